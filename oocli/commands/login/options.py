"""The options of `oocli login`."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from oocli.auth.api_keys import MAX_DAYS, MAX_NAME_LENGTH, ApiKeyOptions
from oocli.commands.options import NOT_GIVEN, file_path, option, portal_host
from oocli.model.errors import UsageError

SIGN_IN = "Sign in"
SECOND_FACTOR = "Second factor"
API_KEY = "API key"
STORE = "Store"


def _key_name(text: str) -> str:
    if not 0 < len(text.strip()) <= MAX_NAME_LENGTH:
        raise typer.BadParameter(f"a name must have 1 to {MAX_NAME_LENGTH} characters")
    return text


class LoginOptions(NamedTuple):
    """The options as typed."""

    host: Annotated[
        str | None,
        typer.Argument(metavar="[HOST]", parser=portal_host, help="The portal, as with --portal."),
    ] = None
    user: Annotated[
        str | None,
        option(
            SIGN_IN,
            "--user",
            short=True,
            metavar="EMAIL",
            help="Sign in as the account with this e-mail address.",
        ),
    ] = None
    password_stdin: Annotated[
        bool,
        option(SIGN_IN, "--password-stdin", short=True, help="Read the password from stdin."),
    ] = False
    password_file: Annotated[
        str | None,
        option(
            SIGN_IN,
            "--password-file",
            short=True,
            metavar="FILE",
            parser=file_path,
            help="Read the password from FILE.",
        ),
    ] = None
    with_token: Annotated[
        bool,
        option(SIGN_IN, "--with-token", short=True, help="Read a token or API key from stdin."),
    ] = False
    otp: Annotated[
        str | None,
        option(
            SECOND_FACTOR,
            "--otp",
            short=True,
            metavar="CODE",
            help="Send this code of the second factor.",
        ),
    ] = None
    otp_command: Annotated[
        str | None,
        option(
            SECOND_FACTOR,
            "--otp-command",
            metavar="CMD",
            help="Run CMD, which prints the code of the second factor.",
        ),
    ] = None
    phone: Annotated[
        str | None,
        option(
            SECOND_FACTOR,
            "--phone",
            metavar="NUMBER",
            help="Set this phone number for an account without one (Workspace).",
        ),
    ] = None
    api_key: Annotated[
        bool,
        option(API_KEY, "--api-key", short=True, help="Create an API key and store it (DocSpace)."),
    ] = False
    key_name: Annotated[
        str | None,
        option(
            API_KEY,
            "--key-name",
            metavar="NAME",
            parser=_key_name,
            help=f"Name the API key, with at most {MAX_NAME_LENGTH} characters.",
        ),
    ] = None
    key_days: Annotated[
        int | None,
        option(
            API_KEY,
            "--key-days",
            short=True,
            metavar="N",
            min=1,
            max=MAX_DAYS,
            help="Let the API key expire after N days (default: never).",
        ),
    ] = None
    key_scope: Annotated[
        list[str],
        option(
            API_KEY,
            "--key-scope",
            short=True,
            metavar="SCOPE",
            help="Limit the API key to this scope (default: no limit).",
        ),
    ] = NOT_GIVEN
    print_token: Annotated[
        bool,
        option(STORE, "--print-token", short=True, help="Print the token and store nothing."),
    ] = False
    insecure_storage: Annotated[
        bool,
        option(
            STORE,
            "--insecure-storage",
            short=True,
            help="Store the credential in a file with mode 0600, not in the keyring.",
        ),
    ] = False

    @property
    def key(self) -> ApiKeyOptions:
        """The options of the new API key."""
        return ApiKeyOptions(self.key_name, self.key_days, tuple(self.key_scope))

    def check(self) -> None:
        """Raise `UsageError` if options contradict each other."""
        if not self.api_key and self.key != ApiKeyOptions():
            raise UsageError("--key-name, --key-days and --key-scope need --api-key")
        sources = {
            "--password-stdin": self.password_stdin,
            "--password-file": self.password_file is not None,
            "--with-token": self.with_token,
        }
        given = [name for name, is_given in sources.items() if is_given]
        if len(given) > 1:
            raise UsageError(f"{' and '.join(given)} cannot be combined")
        if self.with_token and (self.user or self.api_key):
            other = "--user" if self.user else "--api-key"
            raise UsageError(f"--with-token and {other} cannot be combined")
        if self.otp is not None and self.otp_command is not None:
            raise UsageError("--otp and --otp-command cannot be combined")
        if self.print_token and self.insecure_storage:
            raise UsageError(
                "--print-token stores nothing and cannot be combined with --insecure-storage"
            )
