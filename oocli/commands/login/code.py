"""The code of the second factor: from an option, from a command, or typed by the user."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from urllib.parse import quote

from oocli.auth.sign_in import CodeNeeded, SignIn, SignInResult
from oocli.commands.context import AppContext
from oocli.commands.login.options import LoginOptions
from oocli.model.errors import (
    CodeRequired,
    OocliError,
    SignInNeeded,
    TimeoutExceeded,
    UsageError,
    WrongCode,
)
from oocli.model.secret import Secret
from oocli.model.text import shell_word
from oocli.model.version import install_command

COMMAND_TIMEOUT = 30.0  # seconds
MAX_TRIES = 3  # on a terminal; a script has one try
SMALLEST_TERMINAL = 24  # rows, which must hold the QR code and the text around it


class SecondFactor:
    """Gets the code of the second factor, and completes the sign-in with it."""

    def __init__(self, app: AppContext, sign_in: SignIn, user: str, options: LoginOptions) -> None:
        self._app, self._sign_in, self._user, self._options = app, sign_in, user, options

    def finish(self, needed: CodeNeeded) -> SignInResult:
        """Return the completed sign-in. Raises `CodeRequired` if there is no code."""
        if needed.means == "sms" and not needed.phone:
            needed = self._set_phone()
        if needed.app_key is not None:
            self._show_app_key(needed.app_key)
        code = self._code_from_options(needed)
        if code is not None:
            return self._sign_in.with_code(code)
        if not self._app.stderr.can_ask:
            raise self._code_required(needed)
        return self._ask(needed)

    def _code_from_options(self, needed: CodeNeeded) -> Secret | None:
        # If the app must be set up first, the options cannot contain its code.
        if needed.app_key is not None and self._app.stderr.can_ask:
            return None
        if self._options.otp is not None:
            return clean_code(self._options.otp, "--otp")
        if self._options.otp_command is not None:
            environ = self._app.environment.for_user_command()
            return code_from_command(self._options.otp_command, environ)
        return None

    def _ask(self, needed: CodeNeeded) -> SignInResult:
        """Ask for the code up to three times. An empty line requests another SMS."""
        question = "code from the authenticator app"
        if needed.means == "sms":
            question = f"code sent to {needed.phone} (empty: send another)"
        tries = 0
        while True:
            typed = self._app.stderr.ask(question, self._key, "--otp CODE").strip()
            if not typed and needed.means == "sms":
                try:
                    sent = self._sign_in.send_sms()
                    self._app.stderr.note(f"another SMS was sent to {sent.phone or 'the phone'}")
                except SignInNeeded:
                    raise
                except OocliError as failure:
                    self._app.stderr.warn(f"no other SMS was sent: {failure.why}")
                continue
            tries += 1
            try:
                if typed:
                    return self._sign_in.with_code(clean_code(typed, "the code"))
            except WrongCode as failure:
                if tries == MAX_TRIES:
                    raise
                self._app.stderr.note(failure.why)
            if tries == MAX_TRIES:
                raise self._code_required(needed)

    def _set_phone(self) -> CodeNeeded:
        portal, number = self._sign_in.portal, self._options.phone
        hint = "give it with --phone NUMBER"
        if portal.kind.code_in_body:  # DocSpace: only in a browser
            hint = f"set one in a browser at {portal.address.origin}, then sign in again"
            number = None
        elif number is None and self._app.stderr.can_ask:
            number = self._app.stderr.ask("phone number for the code", self._key, "--phone NUMBER")
        if not number or not number.strip():
            raise CodeRequired(
                "this account has no phone number for the code", hint=hint
            ).add_context(portal=self._key)
        return self._sign_in.set_phone(number.strip())

    def _show_app_key(self, key: Secret) -> None:
        """Show the key for an authenticator app, but only on a terminal."""
        if not self._app.stderr.can_ask:
            raise CodeRequired(
                "an authenticator app must be set up for this account first",
                hint=f"run this on a terminal: oocli login --portal "
                f"{shell_word(self._sign_in.portal.address.typed)}",
            ).add_context(portal=self._key)
        from oocli.render.pretty import qr_lines  # noqa: PLC0415 - only for a new authenticator

        # The address that authenticator apps read from a QR code (Key Uri Format).
        host, user = quote(self._key, safe=""), quote(self._user, safe="@")
        address = f"otpauth://totp/{host}:{user}?secret={quote(key.reveal())}&issuer={host}"
        heading, key_line = "Add this account to your authenticator app:", f"key: {key.reveal()}"
        address_line = f"address: {address}"
        width = self._app.terminal.width()
        room = SMALLEST_TERMINAL - sum(-(-len(line) // width) for line in (heading, key_line))
        lines = qr_lines(address, room)
        if lines is None:
            lines = [f"(a QR code needs: {install_command('qr')})"]
        block = [heading, *lines, key_line]
        # The QR code contains the address, so that may be left out. The key can be typed.
        if lines and len(lines) - (-len(address_line) // width) <= room:
            block.append(address_line)
        self._app.stderr.block(block)

    def _code_required(self, needed: CodeNeeded) -> OocliError:
        source = "an authenticator app" if needed.means == "app" else f"an SMS to {needed.phone}"
        return CodeRequired(
            f"a code from {source} is needed", hint="give it with --otp CODE or --otp-command CMD"
        ).add_context(portal=self._key)

    @property
    def _key(self) -> str:
        return self._sign_in.portal.address.key


def code_from_command(command: str, environ: Mapping[str, str]) -> Secret:
    """Return the line that a command prints. It runs without a shell and without stdin.

    The user sees its stderr. Raises `UsageError` if the command cannot be started or does not
    print one line, `TimeoutExceeded` after 30 s, and `OocliError` if the command fails.
    """
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError as failure:
        raise UsageError(f"--otp-command: {failure}") from None
    if not words:
        raise UsageError("--otp-command: the command is empty")
    program = f"--otp-command: {words[0]}"
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
        raise TimeoutExceeded(f"{program} printed no code within {COMMAND_TIMEOUT:.0f} s") from None
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or str(failure)
        raise UsageError(f"{program} cannot be started: {why}") from None
    if done.returncode != 0:
        raise OocliError(f"{program} ended with exit code {done.returncode}")
    return clean_code(done.stdout.decode("utf-8", "replace"), program)


def clean_code(text: str, source: str) -> Secret:
    """Return a code without surrounding white space. Raises `UsageError` unless it is one line."""
    code = text.strip()
    if not code or len(code.splitlines()) > 1 or len(code) > 100:
        raise UsageError(f"{source}: expected a code on one line, at most 100 characters")
    return Secret(code)
