"""The second factor: codes from a command, and the address for an authenticator app."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from urllib.parse import quote

from oocli.model.errors import OocliError, TimeoutExceeded, UsageError
from oocli.model.secret import Secret

COMMAND_TIMEOUT = 30.0  # seconds


def code_from_command(command: str, environ: Mapping[str, str]) -> Secret:
    """Return the line that a command prints. It runs without a shell and without stdin.

    The user sees its stderr. Raises `UsageError` if the command cannot be started or does not
    print one line, `TimeoutExceeded` after 30 s, and `OocliError` if the command fails.
    """
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError as failure:
        raise UsageError(str(failure)) from None
    if not words:
        raise UsageError("the command is empty")
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, and no shell
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env=dict(environ),
            timeout=COMMAND_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutExceeded(
            f"{words[0]} printed no code within {COMMAND_TIMEOUT:.0f} s"
        ) from None
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or str(failure)
        raise UsageError(f"{words[0]} cannot be started: {why}") from None
    if done.returncode != 0:
        raise OocliError(f"{words[0]} ended with exit code {done.returncode}")
    return clean_code(done.stdout.decode("utf-8", "replace"), words[0])


def clean_code(text: str, source: str) -> Secret:
    """Return a code without surrounding white space. Raises `UsageError` unless it is one line."""
    code = text.strip()
    if not code or len(code.splitlines()) > 1 or len(code) > 100:
        raise UsageError(f"{source}: expected a code on one line, at most 100 characters")
    return Secret(code)


def otpauth_address(key: Secret, host: str, user: str) -> str:
    """Return the address for the QR code that authenticator apps scan (Key Uri Format)."""
    label = f"{quote(host, safe='')}:{quote(user, safe='@')}"
    return f"otpauth://totp/{label}?secret={quote(key.reveal())}&issuer={quote(host, safe='')}"
