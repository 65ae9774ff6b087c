"""The code of a second factor: from an option, from a command, or from a person."""

from __future__ import annotations

from dataclasses import dataclass

from oocli.auth.second_factor import clean_code, code_from_command, otpauth_address
from oocli.auth.sign_in import CodeNeeded, SignIn, SignInResult, code_required
from oocli.client.portal import PortalClient
from oocli.commands.context import AppContext
from oocli.model.errors import CodeRequired, OocliError, SignInNeeded, WrongCode
from oocli.model.secret import Secret
from oocli.model.text import shell_word

TRIES = 3  # on a terminal; a script has one


@dataclass(frozen=True, slots=True)
class OtpOptions:
    """Where the code comes from, if not from a person; `phone` is for accounts without one."""

    otp: str | None = None
    otp_command: str | None = None
    phone: str | None = None


class SecondFactor:
    """Gets a person, or a script, past the second factor."""

    def __init__(
        self, app: AppContext, portal: PortalClient, attempt: SignIn, user: str, options: OtpOptions
    ) -> None:
        self._app = app
        self._portal = portal
        self._attempt = attempt
        self._user = user
        self._options = options

    def finish(self, needed: CodeNeeded) -> SignInResult:
        """Return the completed sign-in. Raises `CodeRequired` where no code can be had."""
        if needed.means == "sms" and not needed.phone:
            needed = self._set_phone(needed)
        if needed.app_key is not None:
            self._show_app_key(needed.app_key)
        given = self._given(needed)
        if given is not None:
            return self._attempt.finish(given)
        if not self._app.stderr.can_ask:
            raise code_required(needed, self._portal)
        return self._ask(needed)

    def _given(self, needed: CodeNeeded) -> Secret | None:
        # A code for an app that is only now being set up cannot have been known before.
        if needed.app_key is not None and self._app.stderr.can_ask:
            return None
        if self._options.otp is not None:
            return clean_code(self._options.otp, "--otp")
        if self._options.otp_command is not None:
            environ = self._app.environment.for_user_command()
            return code_from_command(self._options.otp_command, environ)
        return None

    def _ask(self, needed: CodeNeeded) -> SignInResult:
        """Ask up to three times; an empty line asks for another SMS."""
        question = "code from the authenticator app"
        if needed.means == "sms":
            question = f"code sent to {needed.phone} (empty: send another)"
        tries = 0
        while True:
            typed = self._app.stderr.ask(question, self._portal.address.key, "--otp CODE").strip()
            if not typed and needed.means == "sms":
                self._another_sms()
                continue
            tries += 1
            try:
                if typed:
                    return self._attempt.finish(clean_code(typed, "the code"))
            except WrongCode as failure:
                if tries >= TRIES:
                    raise
                self._app.stderr.note(failure.why)
            if tries >= TRIES:
                raise code_required(needed, self._portal)

    def _another_sms(self) -> None:
        try:
            sent = self._attempt.send_sms()
            self._app.stderr.note(f"another SMS is on its way to {sent.phone or 'the phone'}")
        except SignInNeeded:
            raise
        except OocliError as failure:
            self._app.stderr.warn(f"no other SMS was sent: {failure.why}")

    def _set_phone(self, needed: CodeNeeded) -> CodeNeeded:
        key = self._portal.address.key
        if self._portal.kind.code_in_body:
            raise CodeRequired(
                "this account has no phone for the code",
                hint=f"set one in a browser at {self._portal.address.origin}, then sign in again",
            ).add_context(portal=key)
        number = self._options.phone
        if number is None and self._app.stderr.can_ask:
            number = self._app.stderr.ask("phone number for the code", key, "--phone NUMBER")
        if not number or not number.strip():
            raise CodeRequired(
                "this account has no phone for the code", hint="give it with --phone NUMBER"
            ).add_context(portal=key)
        return self._attempt.set_phone(number.strip()) or needed

    def _show_app_key(self, key: Secret) -> None:
        """Show what an authenticator app wants to know, to a person and to nobody else."""
        messages, host = self._app.stderr, self._portal.address.key
        if not messages.can_ask:
            raise CodeRequired(
                "an authenticator app must be set up for this account first",
                hint=f"run it on a terminal: oocli login --portal {shell_word(host)}",
            ).add_context(portal=host)
        address = otpauth_address(key, host, self._user)
        from oocli.render.pretty import qr_lines  # noqa: PLC0415 - only for a new authenticator

        messages.block(
            [
                "Add this account to your authenticator app:",
                *(qr_lines(address) or ["(a QR code needs: pip install 'oocli[qr]')"]),
                f"key: {key.reveal()}",
                f"address: {address}",
            ]
        )
