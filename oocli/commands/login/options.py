"""The options of `oocli login`, which travel as one object."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from oocli.auth.api_keys import MAX_DAYS, MAX_NAME_LENGTH, ApiKeyOptions
from oocli.commands.options import NOT_GIVEN, file_path, portal_host
from oocli.model.errors import UsageError


def _key_name(text: str) -> str:
    if not 0 < len(text.strip()) <= MAX_NAME_LENGTH:
        raise typer.BadParameter(f"a name must have 1 to {MAX_NAME_LENGTH} characters")
    return text


class LoginOptions(NamedTuple):
    """What was typed for one sign-in."""

    host: Annotated[
        str | None,
        typer.Argument(metavar="[HOST]", parser=portal_host, help="The portal, as with --portal."),
    ] = None
    user: Annotated[
        str | None, typer.Option("--user", metavar="EMAIL", help="The account's e-mail address.")
    ] = None
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from stdin.")
    ] = False
    password_file: Annotated[
        str | None,
        typer.Option(
            "--password-file",
            metavar="FILE",
            parser=file_path,
            help="Read the password from FILE.",
        ),
    ] = None
    with_token: Annotated[
        bool, typer.Option("--with-token", help="Read a token or API key from stdin.")
    ] = False
    print_token: Annotated[
        bool, typer.Option("--print-token", help="Print the token and store nothing.")
    ] = False
    insecure_storage: Annotated[
        bool,
        typer.Option(
            "--insecure-storage", help="Store the credential in a 0600 file, not in the keyring."
        ),
    ] = False
    otp: Annotated[
        str | None, typer.Option("--otp", metavar="CODE", help="Two-factor authentication code.")
    ] = None
    otp_command: Annotated[
        str | None,
        typer.Option("--otp-command", metavar="CMD", help="Run CMD, which prints the code."),
    ] = None
    phone: Annotated[
        str | None,
        typer.Option(
            "--phone",
            metavar="NUMBER",
            help="The phone number to set for an account without one (Workspace).",
        ),
    ] = None
    api_key: Annotated[
        bool, typer.Option("--api-key", help="Create an API key and store it (DocSpace).")
    ] = False
    key_name: Annotated[
        str | None,
        typer.Option(
            "--key-name",
            metavar="NAME",
            parser=_key_name,
            help="The name of the API key, at most 30 characters.",
        ),
    ] = None
    key_days: Annotated[
        int | None,
        typer.Option(
            "--key-days",
            metavar="N",
            min=1,
            max=MAX_DAYS,
            help="Let the API key expire after N days (default: never).",
        ),
    ] = None
    key_scope: Annotated[
        list[str],
        typer.Option(
            "--key-scope",
            metavar="SCOPE",
            help="What the API key may do (default: everything). Repeatable.",
        ),
    ] = NOT_GIVEN

    @property
    def key(self) -> ApiKeyOptions:
        """What the new API key is to be."""
        return ApiKeyOptions(self.key_name, self.key_days, tuple(self.key_scope))

    def check(self) -> None:
        """Raise `UsageError` for options that contradict each other."""
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
