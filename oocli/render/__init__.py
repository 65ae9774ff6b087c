"""What people and programs see: the only writer to stdout and stderr."""
