"""Credentials in files: the one that `--insecure-storage` keeps, and OOCLI_TOKEN_FILE."""

from __future__ import annotations

from pathlib import Path

from oocli.config import private_file
from oocli.config.directories import Directories
from oocli.config.settings import clean_token
from oocli.model.errors import StorageError, UsageError
from oocli.model.secret import Secret

VERSION = 1
MAX_CHARACTERS = 65536


class FileStore:
    """`credentials.json`: readable by its owner alone, checked each time it is used."""

    def __init__(self, directories: Directories) -> None:
        self._path = directories.credentials

    def read(self, key: str) -> Secret | None:
        """Return the portal's credential, None if there is none. Raises `StorageError`."""
        private_file.refuse_if_shared(self._path)
        tokens = private_file.read_object(self._path, VERSION).get("tokens")
        value = tokens.get(key) if isinstance(tokens, dict) else None
        return Secret(value) if isinstance(value, str) and value else None

    def write(self, key: str, secret: Secret) -> None:
        """Store the portal's credential."""
        private_file.refuse_if_shared(self._path)
        with private_file.changing(self._path, VERSION) as data:
            private_file.member(data, "tokens", self._path)[key] = secret.reveal()

    def delete(self, key: str) -> bool:
        """Remove the portal's credential; return whether there was one."""
        if not self._path.exists():
            return False
        with private_file.changing(self._path, VERSION) as data:
            tokens = private_file.member(data, "tokens", self._path)
            found: bool = tokens.pop(key, None) is not None
        return found


def read_token_file(path: Path) -> Secret:
    """Return the token in the file that OOCLI_TOKEN_FILE names.

    Its mode is not looked at: secrets that a system mounts are often readable by all.
    """
    return Secret(clean_token(secret_text(path, "OOCLI_TOKEN_FILE"), f"OOCLI_TOKEN_FILE ({path})"))


def secret_text(path: Path, named_by: str) -> str:
    """Return the text of a file that should hold a secret; `named_by` begins each message.

    Raises `StorageError`, and `UsageError` for a file of more than 65,536 characters: some are
    endless.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MAX_CHARACTERS + 1)
    except (OSError, UnicodeDecodeError) as failure:
        why = getattr(failure, "strerror", None) or "it is not text"
        raise StorageError(f"{named_by}: {path} cannot be read: {why}") from None
    if len(text) > MAX_CHARACTERS:
        raise UsageError(f"{named_by}: {path} is too large for a secret")
    return text
