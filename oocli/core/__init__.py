"""The client's knowledge: settings, portals, the vault, signing in, a signed-in portal."""
