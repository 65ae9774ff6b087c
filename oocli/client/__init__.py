"""The client of one portal: requests, pages, file operations and request bodies."""
