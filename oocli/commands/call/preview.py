"""A request printed instead of sent: as it would be sent, or as a curl command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from oocli.client.bodies import FilePart
from oocli.client.portal import PortalClient
from oocli.commands.call.options import CallOptions
from oocli.commands.context import AppContext
from oocli.config.settings import Settings
from oocli.model.request import SAFE_METHODS, Request
from oocli.model.secret import MASK, CredentialKind, Redactor
from oocli.model.text import escape_control, shell_word

# Stands for a secret while a text is cut into pieces: no argument of a program can hold it.
_GAP = "\0"
_VARIABLE = '"$OOCLI_TOKEN"'
# What a shell leaves alone between double quotes.
_PLAIN = re.compile(r"[\w .:;,/@%+=~?&()\[\]{}<>*#^|-]*", re.ASCII)


def show_request(request: Request, portal: PortalClient, app: AppContext) -> None:
    """Print the request as it would be sent, secrets masked."""
    redact = app.redactor.redact
    lines = [f"{request.method} {redact(request.target.url(portal.address))}"]
    headers = _headers(request)
    if portal.credential is not None:
        headers.append(("Authorization", MASK))
    lines += [f"{name}: {value}" for name, value in app.redactor.redact_headers(headers)]
    if isinstance(request.body, bytes):
        lines += ["", redact(request.body.decode("utf-8", "replace"))]
    elif request.body is not None:
        lines += ["", *(redact(line) for line in request.body.outline)]
    for line in lines:
        app.stdout.line(
            "\n".join(map(escape_control, line.split("\n"))) if app.stdout.is_terminal else line
        )


def show_curl(
    request: Request, portal: PortalClient, options: CallOptions, app: AppContext
) -> None:
    """Print a curl command for a POSIX shell that sends the request; it reads OOCLI_TOKEN."""
    words = ["curl", "--globoff", *_how(request, options, portal, app)]
    for name, value in _headers(request):
        if not (options.part and name == "Content-Type"):  # curl makes a boundary of its own
            words += ["--header", f"{name}: {value}" if value else f"{name};"]
    if portal.credential is not None:
        bearer = "" if portal.credential.kind is CredentialKind.SESSION else "Bearer "
        words += ["--header", f"Authorization: {bearer}{_GAP}"]
    words += [*_body(request, options), request.target.url(portal.address)]
    app.stdout.line(_broken_up([_word(word, app.redactor) for word in words]))
    if portal.credential is not None and not portal.credential.source.is_variable:
        key = shell_word(portal.address.key)
        app.stderr.note(f'to set it: export OOCLI_TOKEN="$(oocli token --portal {key})"')


def _headers(request: Request) -> list[tuple[str, str]]:
    given = {name.lower() for name, _ in request.headers}
    accept = ("Accept", "application/json" if request.target.is_api else "*/*")
    return [*([] if "accept" in given else [accept]), *request.headers]


def _how(
    request: Request, options: CallOptions, portal: PortalClient, app: AppContext
) -> list[str]:
    settings = app.settings
    words = ["--head"] if request.method == "HEAD" else ["--request", request.method]
    if request.method in SAFE_METHODS and not request.target.is_api:
        words.append("--location")  # curl, too, keeps the header from other hosts
    if portal.address.scheme == "https":
        words += _certificates(settings)
    if settings.limits.max_time is not None:
        words += ["--max-time", f"{settings.limits.max_time:g}"]
    if options.include and request.method != "HEAD":
        words.append("--include")
    proxy = dict(settings.connection.proxies).get("all", "")
    if app.options.proxy and "@" not in proxy:  # its user may be a secret
        words += ["--proxy", proxy]
    if options.output:
        words += ["--output", options.output]
    elif options.remote_name:
        words += ["--remote-name", "--remote-header-name"]
    return words


def _certificates(settings: Settings) -> list[str]:
    connection = settings.connection
    words = []
    if connection.verify is False:
        words.append("--insecure")
    elif isinstance(connection.verify, str):
        words += ["--cacert", connection.verify]
    return [*words, "--cert", connection.client_cert] if connection.client_cert else words


def _body(request: Request, options: CallOptions) -> list[str]:
    body, data = request.body, options.data or ""
    if body is None:
        return []
    if isinstance(body, bytes):
        if data.startswith("@") and data != "@-" and _size(Path(data[1:])) == len(body):
            return ["--data-binary", data]
        return ["--data-raw", body.decode("utf-8", "surrogateescape")]
    if not options.part:
        return ["--data-binary", data]
    words, texts = [], iter(body.texts)
    for option, typed in options.inputs:
        if option == "part":
            words += ["--form", _form_file(FilePart.read(typed))]
        elif option != "param":
            words += ["--form-string", "=".join(next(texts))]
    return words


def _size(path: Path) -> int | None:
    """Return a file's size: that of the body, unless a BOM was dropped or it is a pipe."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _form_file(part: FilePart) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return (
        f"{part.name}=@{quoted(part.path)};type={part.content_type}"
        f";filename={quoted(part.filename)}"
    )


def _word(text: str, redactor: Redactor) -> str:
    """Return one argument in a shell's quotes; a secret of this run becomes the variable."""
    pieces = redactor.mask(text, _GAP).split(_GAP)
    if len(pieces) > 1 and all(_PLAIN.fullmatch(piece) for piece in pieces):
        # What follows must not be read as part of the name, nor `[` and `:` by zsh.
        rest = ((f"${{OOCLI_TOKEN}}{piece}" if piece else "$OOCLI_TOKEN") for piece in pieces[1:])
        return f'"{pieces[0]}{"".join(rest)}"'
    is_alone = len(pieces) == 1
    return _VARIABLE.join(shlex.quote(piece) if piece or is_alone else "" for piece in pieces)


def _broken_up(words: list[str]) -> str:
    """Return the command with each option on a line of its own."""
    lines = [words[0]]
    for word in words[1:]:
        if word.startswith("--") or word is words[-1]:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return " \\\n  ".join(lines)
