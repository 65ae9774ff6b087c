"""Signing in and out, second factors, API keys, and where credentials are stored."""
