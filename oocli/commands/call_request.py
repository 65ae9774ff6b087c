"""From what was typed for a call to the request: query, body, headers; and whether to send it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from oocli.commands.call_options import CallOptions
from oocli.commands.run import Run
from oocli.core.parts import FilePart, StreamedBody, multipart, whole_file
from oocli.core.portal import Portal
from oocli.core.settings import shell_rewrites_paths
from oocli.model import document
from oocli.model.display import one_line
from oocli.model.document import NotJson
from oocli.model.errors import NotConfirmed, StorageTrouble, UsageError
from oocli.model.exchange import SAFE_METHODS, Request
from oocli.model.fields import Field, json_object, pairs
from oocli.model.headers import check_header

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def build_request(options: CallOptions, portal: Portal, run: Run) -> Request:
    """Return the request that was asked for. Raises `UsageError` before anything is sent."""
    _refuse_combinations(options)
    headers = [read_header(one) for one in options.header]
    files = [FilePart.read(one) for one in options.part]
    params = [_param(one) for one in options.param]
    fields = [Field.text(one, "--raw-field") for one in options.raw_field]
    fields += [
        Field.typed(one, "--field", lambda name: _file_text(name, run)) for one in options.field
    ]
    body: bytes | StreamedBody | None = None
    content_type = JSON
    if options.data is not None:
        body = _data(options.data, headers, run)
    elif files:
        _refuse_content_type(headers)
        body = multipart(pairs(fields), files, lambda: run.input.stream("--part @-"), run.messages)
    elif options.form:
        body, content_type = urlencode(pairs(fields)).encode(), FORM
    elif options.method in SAFE_METHODS:
        params += pairs(fields)
    elif fields:
        body = json_object(fields).encode()
    return portal.request(
        options.method,
        _path(options.path),
        params=params,
        headers=headers,
        body=body,
        content_type=content_type,
    )


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


def read_header(typed: str) -> tuple[str, str]:
    """Read `Name: value`. Raises `UsageError` for what HTTP, or oocli, does not let through."""
    name, colon, value = typed.partition(":")
    value = value.strip(" \t")
    if not colon or not name:
        raise UsageError(
            f"--header {one_line(name, 60)!r} is not of the form 'Name: value'",
            hint="for example: -H 'Accept-Language: en'",
        )
    check_header(name, value, "--header")
    return name, value


def _refuse_combinations(options: CallOptions) -> None:
    fields = bool(options.raw_field or options.field)
    if options.data is not None and (fields or options.form or options.part):
        raise UsageError("--data is a whole body: it does not go with fields, --form or --part")
    if options.form and not (fields or options.part):
        raise UsageError("--form sends fields, and there are none", hint="add -f NAME=VALUE")
    if options.method in SAFE_METHODS and (options.form or options.part):
        raise UsageError(
            f"{options.method} puts fields into the query; --form and --part need another method"
        )


def _refuse_content_type(headers: list[tuple[str, str]]) -> None:
    if any(name.lower() == "content-type" for name, _ in headers):
        raise UsageError("--part makes the Content-Type itself, with the mark between the parts")


def _path(text: str) -> str:
    """Undo what a Unix-like shell on Windows does to an argument that starts with a slash."""
    if shell_rewrites_paths() and "/api/2.0/" in text.replace("\\", "/"):
        return "/api/2.0/" + text.replace("\\", "/").partition("/api/2.0/")[2]
    return text


def _param(text: str) -> tuple[str, str]:
    field = Field.text(text, "--param")
    return field.name, field.value


def _file_text(path: str, run: Run) -> str:
    """Return the text of a field's file, `-` for stdin."""
    if path == "-":
        return run.input.text("--field @-")
    try:
        return Path(path).read_bytes().decode("utf-8")
    except OSError as failure:
        raise StorageTrouble(f"--field @{path} cannot be read: {failure.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(
            f"--field @{path} is not UTF-8 text", hint="send a file as it is: --part NAME=@FILE"
        ) from None


def _data(data: str, headers: list[tuple[str, str]], run: Run) -> bytes | StreamedBody:
    """Return the body as it will be sent. A text that is no JSON is refused here.

    Only a Content-Type of the user's own that is not JSON lets other bodies through.
    """
    own_type = next((value for name, value in headers if name.lower() == "content-type"), JSON)
    media_type = own_type.partition(";")[0].strip().lower()
    is_json = media_type in (JSON, "text/json") or media_type.endswith("+json")
    if data.startswith("@") and not is_json:
        return whole_file(data[1:], own_type, lambda: run.input.stream("--data @-"), run.messages)
    if data == "@-":
        raw = run.input.read("--data @-")
    elif data.startswith("@"):
        try:
            raw = Path(data[1:]).read_bytes()
        except OSError as failure:
            raise StorageTrouble(f"--data: {data[1:]} cannot be read: {failure.strerror}") from None
    else:
        raw = data.encode("utf-8", "surrogateescape")
    if not is_json:
        return raw
    try:
        document.parsed(document.decoded(raw))
    except NotJson as failure:
        raise UsageError(
            f"--data is not JSON: {failure}", hint="for single fields use -f NAME=VALUE"
        ) from None
    return raw.removeprefix(document.BOM)
