"""How a DocSpace portal (ONLYOFFICE/DocSpace-server) answers."""
