"""JSON files that only their owner can read, replaced as a whole."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oocli.model.errors import StorageError
from oocli.model.local_files import atomic_write
from oocli.model.text import shell_word
from oocli.model.version import update_command

LOCK_LIMIT = 10.0  # seconds to wait while another oocli writes


def read_object(path: Path, known_version: int) -> dict[str, object]:
    """Return the JSON object in `path`, or an empty one if there is no file.

    Raises `StorageError` for a file that cannot be read, is broken, or was written by a newer
    oocli. Such a file is never overwritten.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # Reading a named pipe would wait for a writer.
            raise StorageError(f"{path} is not a file", hint=_move_away(path))
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as failure:
        raise StorageError(f"{path} cannot be read: {_why(failure)}") from None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise StorageError(
            f"{path} is not a JSON document", hint=f"repair it, or {_move_away(path)}"
        ) from None
    if not isinstance(found, dict):
        raise StorageError(f"{path} is not a JSON object", hint=_move_away(path))
    version = found.get("version", known_version)
    if not isinstance(version, int) or version > known_version:
        raise StorageError(
            f"{path} was written by a newer oocli (version {version!r}; this one knows "
            f"{known_version})",
            hint=f"update oocli: {update_command()}",
        )
    return found


@contextmanager
def changing(path: Path, known_version: int) -> Iterator[dict[str, object]]:
    """Yield the object in `path`, and write it back when the block ends without an error.

    Other processes wait meanwhile, so no change is lost. Raises `StorageError`.
    """
    try:
        make_private_directory(path.parent)
        with locked(path.with_name(path.name + ".lock"), LOCK_LIMIT):
            found = read_object(path, known_version)
            found["version"] = known_version
            yield found
            text = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
            # A portal may cut a name in the middle of an emoji. UTF-8 cannot encode the half that
            # is left; `backslashreplace` writes it as \uXXXX, which is also its escape in JSON.
            write(path, text.encode(errors="backslashreplace"))
    except OSError as failure:
        raise StorageError(f"{path} cannot be written: {_why(failure)}") from None


def member(data: dict[str, object], key: str, path: Path) -> dict[str, object]:
    """Return the object under `key`, which is created if it is missing.

    Raises `StorageError`, which names the file `path`, if the value is not an object.
    """
    found = data.setdefault(key, {})
    if not isinstance(found, dict):
        raise StorageError(f"{path}: {key!r} is not a JSON object", hint=_move_away(path))
    return found


def write(path: Path, content: bytes) -> None:
    """Replace the file by `content`: 0600 from the start, whole or not at all, on disk after."""
    with atomic_write(path, private=True) as file:
        file.write(content)


def make_private_directory(path: Path) -> None:
    """Create a directory and its missing parents, each with mode 0700."""
    for level in [*reversed(path.parents), path]:
        try:
            level.mkdir(mode=0o700)
        except (FileExistsError, IsADirectoryError):
            continue
        except OSError:
            if not level.is_dir():
                raise


def refuse_if_shared(path: Path) -> None:
    """Raise `StorageError` if other users can read the file or one of them owns it (POSIX)."""
    if sys.platform == "win32":  # there the access list of the user's profile protects the file
        return
    try:
        found = path.stat()
    except FileNotFoundError:
        return
    except OSError as failure:
        raise StorageError(f"{path} cannot be read: {_why(failure)}") from None
    if found.st_uid != os.geteuid():
        raise StorageError(
            f"{path} belongs to another user and is not trusted",
            hint=f"inspect it, then run: chown {os.geteuid()} {shell_word(str(path))}",
        )
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise StorageError(
            f"{path} can be read by others (mode {stat.S_IMODE(found.st_mode):04o})",
            hint=f"chmod 600 {shell_word(str(path))}; "
            "if other people use this machine, sign out and in again",
        )


@contextmanager
def locked(path: Path, limit: float) -> Iterator[None]:
    """Lock a file against other processes while the block runs.

    Raises `StorageError` if another process holds the lock for more than `limit` seconds.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        end = time.monotonic() + limit
        while not lock_now(handle):
            if time.monotonic() > end:
                raise StorageError(
                    f"{path} has been locked by another oocli for more than {limit:.0f} s"
                )
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)  # this also releases the lock


if sys.platform == "win32":
    import msvcrt

    def lock_now(handle: int) -> bool:
        """Lock an open file until it is closed. Return False if another process holds the lock."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def lock_now(handle: int) -> bool:
        """Lock an open file until it is closed. Return False if another process holds the lock."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _why(failure: Exception) -> str:
    return getattr(failure, "strerror", None) or str(failure)


def _move_away(path: Path) -> str:
    """Return the hint that moves a file away, with the command of this system."""
    if os.name == "nt":
        return f'move it away: ren "{path}" "{path.name}.broken"'
    return f"move it away: mv {shell_word(str(path))} {shell_word(f'{path}.broken')}"
