"""Environment, settings, known portals, directories and private files."""
