"""A portal of our own on loopback that behaves as the two real servers do."""
