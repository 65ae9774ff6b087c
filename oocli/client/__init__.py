"""One portal, asked with one credential: requests, pages, file operations, bodies."""
