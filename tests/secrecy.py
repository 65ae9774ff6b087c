"""Search everything that the program printed during a test for the secrets of its portals."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from tests.portal import DemoPortal

# Commands whose stdout is data of the portal, or a secret that the user asked for.
_DATA = ("call", "batch", "token", "api", "--print-token")
_PREVIEW = ("--dry-run", "--print-curl")


class Secrecy:
    """The portals of one test with their secrets, and what the program printed.

    No secret is allowed on stderr, nor on stdout, except in the data of some commands. A terminal
    shows both streams and is treated as stdout.
    """

    def __init__(self) -> None:
        self._portals: list[DemoPortal] = []
        self._printed: list[tuple[str, str, str]] = []
        self._screens: dict[int, tuple[object, list[str]]] = {}

    def portal(self, portal: DemoPortal) -> None:
        """Remember a portal that was started."""
        self._portals.append(portal)

    def printed(self, args: object, stdout: object, stderr: object) -> None:
        """Remember what a run printed, if it was one of the program."""
        words = [str(word) for word in args] if isinstance(args, Sequence) else []
        # A test runs `secret-tool lookup service oocli` to see the secret.
        is_program = any("oocli" in word for word in words) and "secret-tool" not in words
        if is_program and "demo" not in words:
            self._printed.append((" ".join(words), _text(stdout), _text(stderr)))

    def shown(self, child: Any, piece: object) -> None:
        """Remember what was written to a terminal."""
        words = [word.decode() if isinstance(word, bytes) else str(word) for word in child.args]
        self._screens.setdefault(id(child), (words, []))[1].append(_text(piece))

    def forget(self) -> None:
        """Forget what was printed, because the test has checked it."""
        self._printed.clear()
        self._screens.clear()

    def leaks(self) -> list[str]:
        """Return the runs that printed a secret."""
        for words, pieces in self._screens.values():
            self.printed(words, "".join(pieces), "")
        secrets = {secret for portal in self._portals for secret in portal.issued_secrets()}
        found = []
        for args, stdout, stderr in self._printed:
            is_data = _has(args, _DATA) and not _has(args, _PREVIEW)
            for secret in secrets:
                if secret in stderr or (secret in stdout and not is_data):
                    found.append(f"{args}: ...{secret[-6:]}")
        return found


def watch(secrecy: Secrecy, patch: Callable[[Any, str, Any], None]) -> None:
    """Report every portal that starts, and what every process prints, to `secrecy`."""
    start, communicate = DemoPortal.start, subprocess.Popen.communicate

    def started(portal: DemoPortal) -> DemoPortal:
        secrecy.portal(portal)
        return start(portal)

    def communicated(child: Any, *args: Any, **how: Any) -> Any:
        stdout, stderr = communicate(child, *args, **how)
        secrecy.printed(child.args, stdout, stderr)
        return stdout, stderr

    patch(DemoPortal, "start", started)
    if sys.platform != "win32":
        import pexpect

        read = pexpect.spawn.read_nonblocking

        def shown(child: Any, *args: Any, **how: Any) -> Any:
            piece = read(child, *args, **how)
            secrecy.shown(child, piece)
            return piece

        patch(pexpect.spawn, "read_nonblocking", shown)
    patch(subprocess.Popen, "communicate", communicated)


def _has(args: str, words: tuple[str, ...]) -> bool:
    return bool(set(args.replace('"', " ").replace("'", " ").split()) & set(words))


def _text(printed: object) -> str:
    if isinstance(printed, bytes):
        return printed.decode("utf-8", "replace")
    return printed if isinstance(printed, str) else ""
