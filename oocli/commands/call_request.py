"""From what was typed for a call to the request: query, body, headers; shown, or confirmed."""

from __future__ import annotations

from pathlib import Path

from oocli.commands.call_options import CallOptions
from oocli.commands.run import Run
from oocli.core.portal import Portal
from oocli.core.settings import shell_rewrites_paths
from oocli.model import document
from oocli.model.document import NotJson
from oocli.model.errors import NotConfirmed, StorageTrouble, UsageError
from oocli.model.exchange import Request
from oocli.model.secret import MASK, redact, redact_headers


def build_request(options: CallOptions, portal: Portal, run: Run) -> Request:
    """Return the request that was asked for. Raises `UsageError` before anything is sent."""
    return portal.request(
        options.method,
        _path(options.path),
        params=[_pair(one) for one in options.param],
        body=None if options.data is None else _body(options.data, run),
    )


def show_request(request: Request, portal: Portal, run: Run) -> None:
    """Print the request as it would be sent, secrets masked."""
    lines = [f"{request.method} {redact(request.target.url(portal.address))}"]
    headers = [("Accept", "application/json" if request.target.is_api else "*/*")]
    if portal.credential is not None:
        headers.append(("Authorization", MASK))
    lines += [f"{name}: {value}" for name, value in [*headers, *redact_headers(request.headers)]]
    if isinstance(request.body, bytes):
        lines += ["", redact(request.body.decode("utf-8", "replace"))]
    for line in lines:
        run.output.line(line)


def confirm(request: Request, portal: Portal, run: Run, *, yes: bool) -> None:
    """Ask before a DELETE. Raises `NotConfirmed` without a yes, or without anybody to ask."""
    if request.method != "DELETE" or yes:
        return
    if not run.messages.can_ask:
        raise NotConfirmed(
            f"{request.line} on {portal.address.key} wants a confirmation",
            hint="give it with --yes",
        )
    if not run.messages.confirm(f"{request.line} on {portal.address.key}: really?", "--yes"):
        raise NotConfirmed("not confirmed, nothing was sent")


def _path(text: str) -> str:
    """Undo what a Unix-like shell on Windows does to an argument that starts with a slash."""
    if shell_rewrites_paths() and "/api/2.0/" in text.replace("\\", "/"):
        return "/api/2.0/" + text.replace("\\", "/").partition("/api/2.0/")[2]
    return text


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"--param {text!r} is not of the form NAME=VALUE")
    return name, value


def _body(data: str, run: Run) -> bytes:
    """Return the body as it will be sent. A text that is no JSON is refused here."""
    if data == "@-":
        raw = run.input.read("--data @-")
    elif data.startswith("@"):
        try:
            raw = Path(data[1:]).read_bytes()
        except OSError as failure:
            raise StorageTrouble(f"--data: {data[1:]} cannot be read: {failure.strerror}") from None
    else:
        raw = data.encode("utf-8", "surrogateescape")
    try:
        document.parsed(document.decoded(raw))
    except NotJson as failure:
        raise UsageError(
            f"--data is not JSON: {failure}", hint="for single fields use -f NAME=VALUE"
        ) from None
    return raw.removeprefix(document.BOM)
