"""Prints a request instead of sending it: as HTTP, or as a curl command."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from oocli.client.bodies import FilePart
from oocli.client.portal import PortalClient
from oocli.commands.call.options import CallOptions
from oocli.commands.context import AppContext
from oocli.model.request import SAFE_METHODS, Request
from oocli.model.secret import MASK, CredentialKind, Redactor
from oocli.model.text import shell_word
from oocli.transport.options import ConnectionOptions

# Stands for a secret while text is split. No argument of a program can contain it.
_GAP = "\0"
# Text that a shell does not change between double quotes.
_PLAIN = re.compile(r"[\w .:;,/@%+=~?&()\[\]{}<>*#^|-]*", re.ASCII)


def show_request(request: Request, portal: PortalClient, app: AppContext) -> None:
    """Print the request with its secrets masked."""
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
    app.stdout.line("\n".join(lines))


def show_curl(
    request: Request, portal: PortalClient, options: CallOptions, app: AppContext
) -> None:
    """Print a curl command for a POSIX shell that sends the request; it reads OOCLI_TOKEN."""
    words = ["curl", "--globoff", *_curl_options(request, options, portal, app)]
    for name, value in _headers(request):
        if not (options.part and name == "Content-Type"):  # curl makes its own boundary
            words += ["--header", f"{name}: {value}" if value else f"{name};"]
    credential = portal.credential
    if credential is not None:
        bearer = "" if credential.kind is CredentialKind.SESSION else "Bearer "
        words += ["--header", f"Authorization: {bearer}{_GAP}"]
    words += [*_curl_body(request, options), request.target.url(portal.address)]
    # Each option goes on a line of its own.
    program, *others, url = (_shell_word(word, app.redactor) for word in words)
    lines = [program]
    for word in others:
        if word.startswith("--"):
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    app.stdout.line(" \\\n  ".join([*lines, url]))
    if credential is not None and not credential.source.is_variable:
        key = shell_word(portal.address.key)
        app.stderr.note(f'to set the token: export OOCLI_TOKEN="$(oocli token --portal {key})"')


def _headers(request: Request) -> list[tuple[str, str]]:
    given = {name.lower() for name, _ in request.headers}
    accept = ("Accept", "application/json" if request.target.is_api else "*/*")
    return [*([] if "accept" in given else [accept]), *request.headers]


def _curl_options(
    request: Request, options: CallOptions, portal: PortalClient, app: AppContext
) -> list[str]:
    connection, max_time = app.settings.connection, app.settings.limits.max_time
    words = ["--head"] if request.method == "HEAD" else ["--request", request.method]
    if request.method in SAFE_METHODS and not request.target.is_api:
        words.append("--location")  # curl does not send the token to other hosts either
    if portal.address.scheme == "https":
        words += _tls_options(connection)
    if max_time is not None:
        words += ["--max-time", f"{max_time:g}"]
    if options.include and request.method != "HEAD":
        words.append("--include")
    proxy = dict(connection.proxies).get("all", "")
    if app.options.proxy and "@" not in proxy:  # its user name may be a secret
        words += ["--proxy", proxy]
    if options.output:
        words += ["--output", options.output]
    elif options.remote_name:
        words += ["--remote-name", "--remote-header-name"]
    return words


def _tls_options(connection: ConnectionOptions) -> list[str]:
    words = []
    if connection.verify is False:
        words.append("--insecure")
    elif isinstance(connection.verify, str):
        words += ["--cacert", connection.verify]
    if connection.client_cert:
        words += ["--cert", connection.client_cert]
    return words


def _curl_body(request: Request, options: CallOptions) -> list[str]:
    body, data = request.body, options.data or ""
    if body is None:
        return []
    if isinstance(body, bytes):
        if data.startswith("@") and data != "@-":
            # The file itself, unless a byte order mark was removed or it can be read only once.
            with suppress(OSError):
                if Path(data[1:]).stat().st_size == len(body):
                    return ["--data-binary", data]
        return ["--data-raw", body.decode("utf-8", "surrogateescape")]
    if not options.part:
        return ["--data-binary", data]

    def quoted(text: str) -> str:
        """Return text in the quotes of curl."""
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    words, texts = [], iter(body.texts)
    for option, typed in options.inputs:
        if option == "part":
            part = FilePart.read(typed)
            file = f"{quoted(part.path)};type={part.content_type};filename={quoted(part.filename)}"
            words += ["--form", f"{part.name}=@{file}"]
        elif option != "param":
            words += ["--form-string", "=".join(next(texts))]
    return words


def _shell_word(text: str, redactor: Redactor) -> str:
    """Return one argument, quoted for a shell, with OOCLI_TOKEN in place of a secret."""
    pieces = redactor.mask(text, _GAP).split(_GAP)
    if len(pieces) == 1:
        return shell_word(text)
    if all(_PLAIN.fullmatch(piece) for piece in pieces):
        # Braces, so that text after the name, or zsh's `[` and `:`, is not read as part of it.
        rest = ((f"${{OOCLI_TOKEN}}{piece}" if piece else "$OOCLI_TOKEN") for piece in pieces[1:])
        return f'"{pieces[0]}{"".join(rest)}"'
    return '"$OOCLI_TOKEN"'.join(shell_word(piece) if piece else "" for piece in pieces)
