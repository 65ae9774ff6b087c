"""`oocli login`: sign in and keep the credential."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from oocli.commands.options import PortalCommand, with_examples
from oocli.commands.run import Run
from oocli.core.credentials import refuse_foreign, vault_of
from oocli.core.keeping import keep
from oocli.core.portal import Portal
from oocli.core.portals import Chosen, PortalBook, choose
from oocli.core.settings import Settings, clean_token
from oocli.core.sign_in import CodeNeeded, SignedIn, SignIn, code_required, confirm, probe
from oocli.model.errors import StorageTrouble, UsageError
from oocli.model.moments import moment_shown, read_moment
from oocli.model.secret import Credential, Secret

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked of this sign-in."""

    user: str | None
    password_stdin: bool
    password_file: Path | None
    with_token: bool
    print_token: bool
    insecure_storage: bool


@app.command(
    cls=PortalCommand,
    epilog="Passwords and tokens are never options: see --password-stdin.",
    help=with_examples(
        "Sign in to a portal, check the credential, and keep it in the operating system's keyring.",
        "oocli login --portal yourportal.onlyoffice.com",
        "oocli login --portal docs.example.com --user ann@example.com --password-stdin < secret",
        "oocli login --portal docs.example.com --with-token < api-key",
        'TOKEN="$(oocli login --portal docs.example.com --user ci@example.com '
        '--password-file secret --print-token)"',
    ),
)
def login(
    ctx: typer.Context,
    user: Annotated[
        str | None, typer.Option("--user", metavar="EMAIL", help="The account's e-mail address.")
    ] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from stdin.")
    ] = False,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="FILE", help="Read the password from FILE."),
    ] = None,
    with_token: Annotated[
        bool, typer.Option("--with-token", help="Take a token or API key from stdin.")
    ] = False,
    print_token: Annotated[
        bool, typer.Option("--print-token", help="Print the token and store nothing.")
    ] = False,
    insecure_storage: Annotated[
        bool, typer.Option("--insecure-storage", help="Keep a 0600 file instead of the keyring.")
    ] = False,
) -> None:
    """Sign in to a portal."""
    run: Run = ctx.obj
    wishes = Wishes(user, password_stdin, password_file, with_token, print_token, insecure_storage)
    _refuse_contradictions(wishes)
    settings = run.settings
    chosen = _choose(run, settings)
    _refuse_unanswerable(run, wishes)
    if not (insecure_storage or print_token):
        vault_of(settings, None).check()
    with Portal.chosen(chosen, settings, None, run.messages) as portal:
        kind = probe(portal)
    with Portal.chosen(chosen, settings, None, run.messages, kind=kind) as portal:
        signed_in = _sign_in(run, portal, wishes)
        if print_token:
            run.output.line(signed_in.credential.secret.reveal())
            return
        kept = keep(settings, chosen, signed_in, portal, run.messages, in_file=insecure_storage)
    _tell(run, chosen, signed_in, kept.replaced, kept.default)


def _refuse_contradictions(wishes: Wishes) -> None:
    ways = {
        "--password-stdin": wishes.password_stdin,
        "--password-file": wishes.password_file is not None,
        "--with-token": wishes.with_token,
    }
    given = [name for name, is_given in ways.items() if is_given]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} contradict each other")
    if wishes.with_token and wishes.user:
        raise UsageError("--with-token and --user contradict each other")
    if wishes.print_token and wishes.insecure_storage:
        raise UsageError("--print-token stores nothing, so --insecure-storage means nothing")


def _choose(run: Run, settings: Settings) -> Chosen:
    """Return the portal to sign in to, asked for where no option or variable names one."""
    book = PortalBook.read(settings.places)
    if not (settings.portal_option or settings.portal_variable):
        if settings.token_variable:
            return choose(settings, book)  # says that the variable has no portal
        named = run.messages.ask("portal", "", "--portal HOST").strip()
        settings = replace(settings, portal_option=named)
    chosen = choose(settings, book)
    if settings.token_variable:
        raise UsageError(
            f"{settings.token_variable} is in force for {chosen.address.key}; nothing was changed",
            hint=f"unset {settings.token_variable}, then sign in",
        )
    return chosen


def _refuse_unanswerable(run: Run, wishes: Wishes) -> None:
    """Stop before anything is sent if a question will come up that nobody can answer."""
    if wishes.with_token:
        return
    if not wishes.user:
        run.messages.must_ask("user", "--user EMAIL")
    if not (wishes.password_stdin or wishes.password_file):
        run.messages.must_ask("password", "--password-stdin or --password-file FILE")


def _sign_in(run: Run, portal: Portal, wishes: Wishes) -> SignedIn:
    key = portal.address.key
    if wishes.with_token:
        credential = Credential.of(_token(run, key), "--with-token")
        refuse_foreign(credential, portal.kind, key)
        return confirm(portal, credential)
    user = wishes.user or run.messages.ask("user", key, "--user EMAIL").strip()
    if not user:
        raise UsageError("the user is empty", hint="give it with --user EMAIL")
    password = _password(run, wishes, key)
    outcome = SignIn(portal, user, password).start()
    if isinstance(outcome, CodeNeeded):
        raise code_required(outcome, portal)
    return outcome


def _token(run: Run, key: str) -> str:
    if run.terminal.stdin_is_terminal:
        option = "--with-token, on stdin"
        return clean_token(run.messages.ask_hidden("token", key, option), "the token")
    return clean_token(run.input.text("--with-token"), "stdin")


def _password(run: Run, wishes: Wishes, key: str) -> Secret:
    """Return the password; of one that was piped in, exactly one newline at the end is removed."""
    if wishes.password_stdin:
        text = run.input.text("--password-stdin")
    elif wishes.password_file is not None:
        try:
            text = wishes.password_file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as failure:
            why = getattr(failure, "strerror", None) or "it is not text"
            raise StorageTrouble(
                f"--password-file: {wishes.password_file} cannot be read: {why}"
            ) from None
    else:
        text = run.messages.ask_hidden("password", key, "--password-stdin")
    if text.endswith("\n"):
        text = text[:-1].removesuffix("\r")
    if not text.strip():
        raise UsageError("the password is empty")
    return Secret(text)


def _tell(
    run: Run, chosen: Chosen, signed_in: SignedIn, replaced: str, default: str | None
) -> None:
    key, kind = chosen.address.key, signed_in.kind.title
    who = signed_in.account.login or signed_in.account.name or "an account not known"
    end = read_moment(signed_in.expires)
    until = f" until {moment_shown(end)}" if end else ""
    run.messages.note(f"{key}: signed in as {who} on {kind}{until}")
    if replaced and replaced != signed_in.account.login:
        run.messages.note(f"{key}: this replaces the account {replaced}")
    if default != key:
        named = f"{default} stays the default portal" if default else "no portal is the default"
        run.messages.note(f"{named}; to change it: oocli portals use {key}")
