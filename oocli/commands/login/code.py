"""The code of a second factor: from an option, from a command, or from a person."""

from __future__ import annotations

from oocli.auth.second_factor import clean_code, code_from_command, otpauth_address
from oocli.auth.sign_in import CodeNeeded, SignIn, SignInResult
from oocli.commands.context import AppContext
from oocli.commands.login.options import LoginOptions
from oocli.model.errors import CodeRequired, OocliError, SignInNeeded, WrongCode
from oocli.model.secret import Secret
from oocli.model.text import shell_word

MAX_TRIES = 3  # on a terminal; a script has one
SMALLEST_TERMINAL = 24  # rows, into which the QR code and all around it must fit


class SecondFactor:
    """Gets a person, or a script, past the second factor."""

    def __init__(self, app: AppContext, sign_in: SignIn, user: str, options: LoginOptions) -> None:
        self._app = app
        self._sign_in = sign_in
        self._user = user
        self._options = options

    def finish(self, needed: CodeNeeded) -> SignInResult:
        """Return the completed sign-in. Raises `CodeRequired` where no code can be had."""
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
        # A code for an app that is only now being set up cannot have been known before.
        if needed.app_key is not None and self._app.stderr.can_ask:
            return None
        if self._options.otp is not None:
            return clean_code(self._options.otp, "--otp")
        if self._options.otp_command is not None:
            environ = self._app.environment.for_user_command()
            try:
                return code_from_command(self._options.otp_command, environ)
            except OocliError as failure:
                failure.why = f"--otp-command: {failure.why}"
                raise
        return None

    def _ask(self, needed: CodeNeeded) -> SignInResult:
        """Ask up to three times; an empty line asks for another SMS."""
        question = "code from the authenticator app"
        if needed.means == "sms":
            question = f"code sent to {needed.phone} (empty: send another)"
        tries = 0
        while True:
            typed = self._app.stderr.ask(question, self._key, "--otp CODE").strip()
            if not typed and needed.means == "sms":
                self._send_another_sms()
                continue
            tries += 1
            try:
                if typed:
                    return self._sign_in.with_code(clean_code(typed, "the code"))
            except WrongCode as failure:
                if tries >= MAX_TRIES:
                    raise
                self._app.stderr.note(failure.why)
            if tries >= MAX_TRIES:
                raise self._code_required(needed)

    def _send_another_sms(self) -> None:
        try:
            sent = self._sign_in.send_sms()
            self._app.stderr.note(f"another SMS was sent to {sent.phone or 'the phone'}")
        except SignInNeeded:
            raise
        except OocliError as failure:
            self._app.stderr.warn(f"no other SMS was sent: {failure.why}")

    def _set_phone(self) -> CodeNeeded:
        portal = self._sign_in.portal
        hint, number = "give it with --phone NUMBER", None
        if portal.kind.code_in_body:
            hint = f"set one in a browser at {portal.address.origin}, then sign in again"
        else:
            number = self._options.phone
            if number is None and self._app.stderr.can_ask:
                number = self._app.stderr.ask(
                    "phone number for the code", self._key, "--phone NUMBER"
                )
        if not number or not number.strip():
            raise CodeRequired(
                "this account has no phone number for the code", hint=hint
            ).add_context(portal=self._key)
        return self._sign_in.set_phone(number.strip())

    def _show_app_key(self, key: Secret) -> None:
        """Show what an authenticator app wants to know, to a person and to nobody else."""
        if not self._app.stderr.can_ask:
            raise CodeRequired(
                "an authenticator app must be set up for this account first",
                hint=f"run it on a terminal: oocli login --portal "
                f"{shell_word(self._sign_in.portal.address.typed)}",
            ).add_context(portal=self._key)
        address = otpauth_address(key, self._key, self._user)
        from oocli.render.pretty import qr_lines  # noqa: PLC0415 - only for a new authenticator

        heading, key_line = "Add this account to your authenticator app:", f"key: {key.reveal()}"
        address_line = f"address: {address}"
        width = self._app.terminal.width()
        room = SMALLEST_TERMINAL - sum(-(-len(line) // width) for line in (heading, key_line))
        lines = qr_lines(address, room)
        if lines is None:
            from oocli.model.version import install_command  # noqa: PLC0415 - for this alone

            lines = [f"(a QR code needs: {install_command('qr')})"]
        # The code holds the address; the key is what a person can type.
        fits = lines and len(lines) - (-len(address_line) // width) <= room
        address_lines = [address_line] if fits else []
        self._app.stderr.block([heading, *lines, key_line, *address_lines])

    def _code_required(self, needed: CodeNeeded) -> OocliError:
        source = "an authenticator app" if needed.means == "app" else f"an SMS to {needed.phone}"
        return CodeRequired(
            f"a code from {source} is needed", hint="give it with --otp CODE or --otp-command CMD"
        ).add_context(portal=self._key)

    @property
    def _key(self) -> str:
        return self._sign_in.portal.address.key
