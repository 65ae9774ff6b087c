"""The operations of both kinds of portal, and how to find and call one."""
