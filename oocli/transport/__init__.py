"""HTTP: connections, retries, redirects, proxies and certificates."""
