"""How a Workspace portal (ONLYOFFICE/CommunityServer) answers."""
