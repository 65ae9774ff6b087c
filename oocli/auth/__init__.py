"""Signing in and out, API keys, and the stores of credentials."""
