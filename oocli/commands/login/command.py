"""`oocli login`: sign in and store the credential."""

from __future__ import annotations

from pathlib import Path

import typer

from oocli.auth.api_keys import confirm_key, make_key
from oocli.auth.credentials import MAX_CHARACTERS, check_credential_kind, secret_text
from oocli.auth.interrupts import delayed_signals
from oocli.auth.save import SaveResult, save
from oocli.auth.sign_in import ANSWER_GRACE, CodeNeeded, SignIn, SignInResult, confirm
from oocli.auth.sign_in_errors import WrongPassword
from oocli.auth.stores import KeyringStore
from oocli.commands.context import AppContext
from oocli.commands.login.code import MAX_TRIES, SecondFactor
from oocli.commands.login.options import LoginOptions
from oocli.commands.options import PortalCommand, examples, with_options
from oocli.config.portals import PortalRegistry, PortalSelection, resolve_portal
from oocli.config.settings import clean_token
from oocli.model.address import PortalAddress
from oocli.model.errors import UsageError
from oocli.model.secret import Credential, CredentialKind, CredentialSource, Secret
from oocli.model.text import shell_word
from oocli.model.times import format_timestamp, parse_timestamp

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(
    cls=PortalCommand,
    epilog="No option takes a password or token: use --password-stdin or --with-token.",
)
@with_options(LoginOptions)
@examples(
    "oocli login --portal yourportal.onlyoffice.com",
    "oocli login --portal docs.example.com --user ann@example.com --password-stdin < secret",
    "oocli login --portal docs.example.com --with-token < api-key",
    "oocli login --portal docs.example.com --api-key --key-days 90 --key-scope files:read",
    "oocli login --user ci@example.com --password-file pw --otp-command 'oathtool -b @key'",
    'TOKEN="$(oocli login --portal docs.example.com --user ci@example.com '
    '--password-file secret --print-token)"',
)
def login(app: AppContext, options: LoginOptions) -> None:
    """Sign in to a portal.

    The credential is checked with the portal, then stored in the operating system's keyring.
    """
    options.check()
    selection = _select_portal(app, options.host)
    # Fail now if nobody can answer a question that the sign-in will ask.
    if not (options.with_token or options.user):
        app.stderr.must_ask("user", "--user EMAIL")
    if not (options.with_token or options.password_stdin or options.password_file):
        app.stderr.must_ask("password", "--password-stdin or --password-file FILE")
    if not (options.insecure_storage or options.print_token):
        KeyringStore(app.settings, None).check()
    with app.client_for(selection, None) as portal, SignIn(portal) as sign_in:
        kind = sign_in.prepare()
        if options.api_key and not kind.has_api_keys:
            raise UsageError(
                f"{portal.address.key} is an {kind.title} portal, which accepts no API keys",
                hint="omit --api-key",
            )
        known = selection.record.account if selection.record else ""
        signed_in = _sign_in(app, sign_in, options, known)
        if options.api_key:
            with delayed_signals(ANSWER_GRACE):
                signed_in = make_key(sign_in, signed_in, options.key)
        if options.print_token:
            with delayed_signals(ANSWER_GRACE):
                app.stdout.line(signed_in.credential.secret.reveal())
                sign_in.keep(signed_in)
        else:
            in_file = options.insecure_storage
            saved = save(app.settings, selection, sign_in, signed_in, app.stderr, in_file=in_file)
            _report(app, selection.address.key, signed_in, saved)


def _select_portal(app: AppContext, host: str | None) -> PortalSelection:
    """Return the portal to sign in to: from HOST, --portal or OOCLI_PORTAL, or typed by the user.

    Raises `UsageError` if HOST and --portal differ, or if a variable sets a token.
    """
    given = app.options.portal
    if host is not None:
        if given and PortalAddress.parse(given).key != PortalAddress.parse(host).key:
            raise UsageError(
                f"two portals are given: {host} and --portal {given}", hint="use only one"
            )
        app.options = app.options._replace(portal=given or host)
    settings = app.settings
    registry = PortalRegistry.read(settings.directories)
    if not (settings.portal_option or settings.portal_variable or settings.token_variable):
        named = app.stderr.ask("portal", "", "--portal HOST", registry.default or "").strip()
        settings = settings._replace(portal_option=named)
    selection = resolve_portal(settings, registry)
    if settings.token_variable:
        raise UsageError(
            f"{settings.token_variable} is set for {selection.address.key}; nothing was changed",
            hint=f"unset {settings.token_variable}, then sign in",
        )
    return selection


def _sign_in(app: AppContext, sign_in: SignIn, options: LoginOptions, known: str) -> SignInResult:
    """Sign in with the token or password; `known` is the account that was signed in before."""
    portal = sign_in.portal
    key = portal.address.key
    if options.with_token:
        if app.terminal.stdin_is_terminal:
            typed = app.stderr.ask_hidden("token", key, "--with-token, on stdin")
            token = clean_token(typed, "the token")
        else:
            piped = app.stdin.text("--with-token", limit_bytes=MAX_CHARACTERS)
            token = clean_token(piped, "stdin")
        credential = Credential.of(token, CredentialSource.STDIN)
        check_credential_kind(credential, portal.kind, portal.address)
        is_key = credential.kind is CredentialKind.API_KEY
        return confirm_key(portal, credential) if is_key else confirm(portal, credential)
    user = options.user or app.stderr.ask("user", key, "--user EMAIL", known).strip()
    if not user:
        raise UsageError("the user is empty", hint="give it with --user EMAIL")
    outcome = _with_password(app, sign_in, user, options)
    if isinstance(outcome, CodeNeeded):
        return SecondFactor(app, sign_in, user, options).finish(outcome)
    return outcome


def _with_password(
    app: AppContext, sign_in: SignIn, user: str, options: LoginOptions
) -> SignInResult | CodeNeeded:
    """Sign in with the password. A password that the user types may be wrong twice.

    If the portal blocks the account, which is not a `WrongPassword`, this does not try again.
    """
    key = sign_in.portal.address.key
    is_typed = not (options.password_stdin or options.password_file)
    tries = 0
    while True:
        tries += 1
        try:
            return sign_in.with_password(user, _password(app, options, key))
        except WrongPassword as failure:
            failure.hint = _password_hint(failure, sign_in.portal.address)
            if not is_typed or tries == MAX_TRIES:
                raise
            app.stderr.note(f"{key}: {failure.why}; try again")
            if failure.other_ways and tries == 1:
                app.stderr.note(f"hint: {failure.hint}")


def _password_hint(failure: WrongPassword, address: PortalAddress) -> str:
    """Return the hint after a wrong password. An account of another service has no password."""
    hint = "check the e-mail address and the password"
    if failure.other_ways:
        step = "copy the cookie asc_auth_key of the browser's session"
        if failure.accepts_keys:
            step = "create an API key in the portal's developer tools"
        hint += (
            f"; an account of {', '.join(failure.other_ways)} has no password here: {step}, "
            f"then: oocli login --portal {shell_word(address.typed)} --with-token"
        )
    return hint


def _password(app: AppContext, options: LoginOptions, key: str) -> Secret:
    """Return the password, without one newline at its end."""
    if options.password_stdin:
        text = app.stdin.text("--password-stdin", limit_bytes=MAX_CHARACTERS)
    elif options.password_file is not None:
        text = secret_text(Path(options.password_file), "--password-file")
    else:
        text = app.stderr.ask_hidden("password", key, "--password-stdin")
    if text.endswith("\n"):
        text = text[:-1].removesuffix("\r")
    if not text.strip():
        raise UsageError("the password is empty")
    return Secret(text)


def _report(app: AppContext, key: str, signed_in: SignInResult, saved: SaveResult) -> None:
    account, end = signed_in.account, parse_timestamp(signed_in.expires)
    who = account.login or account.name or "an unknown account"
    until = f" until {format_timestamp(end)}" if end else ""
    app.stderr.note(f"{key}: signed in as {who} on {signed_in.kind.title}{until}")
    if saved.replaced and saved.replaced != account.login:
        app.stderr.note(f"{key}: this replaces the account {saved.replaced}")
    if saved.default != key:
        default = (
            f"{saved.default} is still the default portal"
            if saved.default
            else "there is no default portal"
        )
        app.stderr.note(f"{default}; to change it: oocli portals use {shell_word(key)}")
