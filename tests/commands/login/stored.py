"""What the tests of `oocli login` look up on this machine."""


def nothing_is_stored(home):
    """Whether neither configuration, keyring nor credential file holds anything."""
    files = ("portals.json", "credentials.json")
    return home.keyring == {} and not any((home.config / name).exists() for name in files)
