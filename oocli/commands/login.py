"""`oocli login`: sign in and keep the credential."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from oocli.commands.login_code import CodeWishes, SecondFactor
from oocli.commands.options import PortalCommand, with_examples
from oocli.commands.run import Run
from oocli.core.credentials import refuse_foreign, vault_of
from oocli.core.interrupts import held_back
from oocli.core.keeping import Begun, keep
from oocli.core.keys import KeyWishes, confirm_key, make_key
from oocli.core.portal import Portal
from oocli.core.portals import Chosen, PortalBook, choose
from oocli.core.settings import Settings, clean_token
from oocli.core.sign_in import ANSWER_GRACE, CodeNeeded, SignedIn, SignIn, confirm, probe
from oocli.core.token_file import MOST_CHARACTERS, secret_text
from oocli.model.display import shell_word
from oocli.model.errors import UsageError
from oocli.model.moments import moment_shown, read_moment
from oocli.model.secret import Credential, CredentialKind, Secret

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
    code: CodeWishes
    key: KeyWishes | None


@app.command(
    cls=PortalCommand,
    epilog="Passwords and tokens are never options: see --password-stdin.",
    help=with_examples(
        "Sign in to a portal, check the credential, and keep it in the operating system's keyring.",
        "oocli login --portal yourportal.onlyoffice.com",
        "oocli login --portal docs.example.com --user ann@example.com --password-stdin < secret",
        "oocli login --portal docs.example.com --with-token < api-key",
        "oocli login --portal docs.example.com --api-key --key-days 90 --key-scope files:read",
        "oocli login --user ci@example.com --password-file pw --otp-command 'oathtool -b @key'",
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
    otp: Annotated[
        str | None, typer.Option("--otp", metavar="CODE", help="The code of the second factor.")
    ] = None,
    otp_command: Annotated[
        str | None,
        typer.Option("--otp-command", metavar="CMD", help="A command that prints the code."),
    ] = None,
    phone: Annotated[
        str | None,
        typer.Option("--phone", metavar="NUMBER", help="For an account without one (Workspace)."),
    ] = None,
    api_key: Annotated[
        bool, typer.Option("--api-key", help="Make an API key and keep that (DocSpace).")
    ] = False,
    key_name: Annotated[
        str | None, typer.Option("--key-name", metavar="NAME", help="Its name, 30 characters.")
    ] = None,
    key_days: Annotated[
        int | None, typer.Option("--key-days", metavar="N", help="Its life: 1 to 365 days.")
    ] = None,
    key_scope: Annotated[
        list[str] | None,
        typer.Option("--key-scope", metavar="SCOPE", help="What it may do; all. Repeatable."),
    ] = None,
) -> None:
    """Sign in to a portal."""
    run: Run = ctx.obj
    key = KeyWishes(key_name, key_days, tuple(key_scope or ()))
    if not api_key and key != KeyWishes():
        raise UsageError("--key-name, --key-days and --key-scope go with --api-key")
    wishes = Wishes(
        user,
        password_stdin,
        password_file,
        with_token,
        print_token,
        insecure_storage,
        CodeWishes(otp, otp_command, phone),
        key.checked() if api_key else None,
    )
    _refuse_contradictions(wishes)
    chosen = _choose(run, run.settings)
    _refuse_unanswerable(run, wishes)
    if not (insecure_storage or print_token):
        vault_of(run.settings, None).check()
    with Portal.chosen(chosen, run.settings, None, run.messages) as portal:
        kind = probe(portal)
    with Portal.chosen(chosen, run.settings, None, run.messages, kind=kind) as portal:
        _login(run, chosen, portal, wishes)


def _login(run: Run, chosen: Chosen, portal: Portal, wishes: Wishes) -> None:
    """Sign in, make a key of it where that is wished, and keep or print what came of it."""
    if wishes.key is not None and not portal.kind.has_api_keys:
        raise UsageError(
            f"{portal.address.key} is an {portal.kind.title} portal, which knows no API keys",
            hint="leave --api-key out",
        )
    with Begun(portal) as begun:
        signed_in = _sign_in(run, portal, wishes)
        if wishes.key is not None:
            with held_back(ANSWER_GRACE):
                signed_in = make_key(portal, signed_in, wishes.key)
                begun.key_id = signed_in.key_id
        if wishes.print_token:
            with held_back(ANSWER_GRACE):
                run.output.line(signed_in.credential.secret.reveal())
                begun.keep(signed_in.credential)
        else:
            in_file = wishes.insecure_storage
            kept = keep(run.settings, chosen, signed_in, begun, run.messages, in_file=in_file)
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
    if wishes.with_token and (wishes.user or wishes.key is not None):
        other = "--user" if wishes.user else "--api-key"
        raise UsageError(f"--with-token and {other} contradict each other")
    if wishes.code.otp is not None and wishes.code.otp_command is not None:
        raise UsageError("--otp and --otp-command contradict each other")
    if wishes.print_token and wishes.insecure_storage:
        raise UsageError("--print-token stores nothing, so --insecure-storage means nothing")


def _choose(run: Run, settings: Settings) -> Chosen:
    """Return the portal to sign in to, asked for where no option or variable names one."""
    book = PortalBook.read(settings.places)
    if not (settings.portal_option or settings.portal_variable):
        if settings.token_variable:
            return choose(settings, book)  # says that the variable has no portal
        named = run.messages.ask("portal", "", "--portal HOST").strip()
        settings = settings._replace(portal_option=named)
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
        if credential.kind is CredentialKind.API_KEY:
            return confirm_key(portal, credential)
        return confirm(portal, credential)
    user = wishes.user or run.messages.ask("user", key, "--user EMAIL").strip()
    if not user:
        raise UsageError("the user is empty", hint="give it with --user EMAIL")
    attempt = SignIn(portal, user, _password(run, wishes, key))
    outcome = attempt.start()
    if isinstance(outcome, CodeNeeded):
        return SecondFactor(run, portal, attempt, user, wishes.code).finish(outcome)
    return outcome


def _token(run: Run, key: str) -> str:
    if run.terminal.stdin_is_terminal:
        option = "--with-token, on stdin"
        return clean_token(run.messages.ask_hidden("token", key, option), "the token")
    return clean_token(run.input.text("--with-token", most=MOST_CHARACTERS), "stdin")


def _password(run: Run, wishes: Wishes, key: str) -> Secret:
    """Return the password; of one that was piped in, exactly one newline at the end is removed."""
    if wishes.password_stdin:
        text = run.input.text("--password-stdin", most=MOST_CHARACTERS)
    elif wishes.password_file is not None:
        text = secret_text(wishes.password_file, "--password-file")
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
        run.messages.note(f"{named}; to change it: oocli portals use {shell_word(key)}")
