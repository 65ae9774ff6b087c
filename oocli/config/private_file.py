"""Files that only their owner may read, changed as a whole or not at all."""

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

LOCK_LIMIT = 10.0  # seconds to wait for another oocli that is writing


def read_object(path: Path, known_version: int) -> dict[str, object]:
    """Return the JSON object in `path`, an empty one if there is no file.

    Raises `StorageError` for a file that cannot be read, is broken, or was written by a newer
    oocli: none of these is ever rewritten.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # To read a pipe would be to wait for a writer.
            raise StorageError(f"{path} is not a file", hint=f"move it away: {_move(path)}")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        return {}
    except (OSError, UnicodeDecodeError) as failure:
        raise StorageError(f"{path} cannot be read: {_why(failure)}") from None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise StorageError(
            f"{path} is not a JSON document", hint=f"repair it, or move it away: {_move(path)}"
        ) from None
    if not isinstance(found, dict):
        raise StorageError(f"{path} holds no JSON object", hint=f"move it away: {_move(path)}")
    version = found.get("version", known_version)
    if not isinstance(version, int) or version > known_version:
        from oocli.model.version import update_command  # noqa: PLC0415 - for this error alone

        raise StorageError(
            f"{path} was written by a newer oocli (version {version!r}; this one knows "
            f"{known_version})",
            hint=f"update oocli: {update_command()}",
        )
    return found


@contextmanager
def changing(path: Path, known_version: int) -> Iterator[dict[str, object]]:
    """Give the object in `path` for changing; it is written when the block ends without error.

    Other processes wait meanwhile, so that nobody's change is lost. Raises `StorageError`.
    """
    try:
        make_private_directory(path.parent)
        with locked(path.with_name(path.name + ".lock"), LOCK_LIMIT):
            found = read_object(path, known_version)
            found["version"] = known_version
            yield found
            try:
                content = json.dumps(found, indent=2, ensure_ascii=False).encode()
            except UnicodeEncodeError:
                # A portal that cuts a name inside an emoji leaves half of it; only an escape
                # holds that.
                content = json.dumps(found, indent=2).encode()
            write(path, content + b"\n")
    except OSError as failure:
        raise StorageError(f"{path} cannot be written: {_why(failure)}") from None


def member(data: dict[str, object], key: str, path: Path) -> dict[str, object]:
    """Return the object under `key`, made if there is none. Raises `StorageError` for others."""
    found = data.setdefault(key, {})
    if not isinstance(found, dict):
        raise StorageError(
            f"{path}: {key!r} holds no JSON object", hint=f"move it away: {_move(path)}"
        )
    return found


def write(path: Path, content: bytes) -> None:
    """Replace the file by `content`: 0600 from the start, whole or not at all, on disk after."""
    with atomic_write(path, private=True) as file:
        file.write(content)


def make_private_directory(path: Path) -> None:
    """Make a directory and what is missing above it, each level 0700."""
    for level in [*reversed(path.parents), path]:
        try:
            level.mkdir(mode=0o700)
        except (FileExistsError, IsADirectoryError):
            continue
        except OSError:
            if not level.is_dir():
                raise


def refuse_if_shared(path: Path) -> None:
    """Raise `StorageError` if others can read the file, or somebody else owns it (POSIX)."""
    if sys.platform == "win32":  # the profile's own access list guards it there
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

    Raises `StorageError` where another process has it for more than `limit` seconds.
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
        os.close(handle)  # and the lock with it


if sys.platform == "win32":
    import msvcrt

    def lock_now(handle: int) -> bool:
        """Lock an open file until it is closed; False where another process has it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def lock_now(handle: int) -> bool:
        """Lock an open file until it is closed; False where another process has it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _why(failure: Exception) -> str:
    return getattr(failure, "strerror", None) or str(failure)


def _move(path: Path) -> str:
    if os.name == "nt":
        return f'ren "{path}" "{path.name}.broken"'
    return f"mv {shell_word(str(path))} {shell_word(f'{path}.broken')}"
