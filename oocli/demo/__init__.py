"""A demo portal on loopback that behaves like the two real servers."""
