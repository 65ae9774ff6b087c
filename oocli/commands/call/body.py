"""What the fields, files and texts of a call become: its body, or more of its query."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from oocli.client.bodies import FilePart, StreamedBody, multipart, whole_file
from oocli.commands.call.options import CURLY_QUOTES, JSON, CallOptions
from oocli.commands.context import AppContext
from oocli.model import json_text
from oocli.model.errors import StorageError, UsageError
from oocli.model.fields import Field, json_object, pairs
from oocli.model.json_text import InvalidJson
from oocli.model.request import SAFE_METHODS
from oocli.model.text import shell_word

FORM = "application/x-www-form-urlencoded"
# A word of a JSON text that has lost its quotes.
_BARE = re.compile(r'[^{}\[\],:"]*[^{}\[\],:"\s][^{}\[\],:"]*')
Pairs = list[tuple[str, str]]


def build_body(
    options: CallOptions, headers: Pairs, app: AppContext
) -> tuple[Pairs | None, bytes | StreamedBody | None, str]:
    """Return the fields for the query if they go there, the body, and its type.

    Raises `UsageError`.
    """
    _refuse_combinations(options)
    _refuse_text_for_file(options, app)
    pieces = [_piece(name, text, app) for name, text in options.inputs if name != "param"]
    fields = [piece for piece in pieces if isinstance(piece, Field)]
    if options.data is not None:
        return None, _data(options.data, headers, app), JSON
    if options.part:
        if any(name.lower() == "content-type" for name, _ in headers):
            raise UsageError(
                "--part sets the Content-Type itself, with the boundary between the parts"
            )
        stdin = partial(app.stdin.stream, "--part @-")
        return None, multipart(pieces, stdin, app.stderr, "--part"), JSON
    if options.form:
        return None, urlencode(pairs(fields)).encode(), FORM
    if options.method in SAFE_METHODS:
        return pairs(fields), None, JSON
    return None, json_object(fields).encode(), JSON


def _piece(name: str, text: str, app: AppContext) -> Field | FilePart:
    if name == "part":
        return FilePart.read(text, "--part")
    if name == "raw_field":
        return Field.text(text, "--raw-field")
    return Field.typed(text, "--field", lambda path: _file_text(path, app))


def _refuse_combinations(options: CallOptions) -> None:
    fields = options.raw_field or options.field
    if options.data is not None and (fields or options.form or options.part):
        raise UsageError("--data cannot be combined with fields, --form or --part")
    if options.data is not None and options.method in SAFE_METHODS:
        raise UsageError(
            f"{options.method} sends no body, so --data needs another method",
            hint="for a query parameter use -p NAME=VALUE; to send the body: oocli call POST ...",
        )
    if options.form and not (fields or options.part):
        raise UsageError("--form needs at least one field", hint="add -f NAME=VALUE")
    if options.method in SAFE_METHODS and (options.form or options.part):
        raise UsageError(
            f"{options.method} sends fields in the query; --form and --part need another method"
        )


def _refuse_text_for_file(options: CallOptions, app: AppContext) -> None:
    """Refuse a field `file=@PATH` for an upload, which would send a text and no file."""
    path = options.path.partition("?")[0].rstrip("/").removesuffix(".json")
    fields = [*options.raw_field, *options.field]
    files = [field for field in fields if field.partition("=")[2].startswith("@")]
    if not files or options.part or not path.endswith(("/upload", "/insert")):
        return
    words = ["oocli", "call", options.method, options.path]
    for name, typed in options.inputs:
        option = "--part" if typed in files else f"--{name.replace('_', '-')}"
        words += [option, typed]
    if app.options.portal:
        words += ["--portal", app.options.portal]
    raise UsageError(
        f"{files[0]!r} is a field, which sends text; a file is sent with --part",
        hint=" ".join(map(shell_word, words)),
    )


def _file_text(path: str, app: AppContext) -> str:
    """Return the text of a field's file, `-` for stdin, without a BOM at its beginning."""
    if path == "-":
        return app.stdin.text("--field @-")
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as failure:
        raise StorageError(f"--field @{path} cannot be read: {failure.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(
            f"--field @{path} is not UTF-8 text", hint="to send a binary file: --part NAME=@FILE"
        ) from None


def _data(data: str, headers: Pairs, app: AppContext) -> bytes | StreamedBody:
    """Return the body as it will be sent. A text that is no JSON is refused here.

    Only a Content-Type of the user's own that is not JSON lets other bodies through.
    """
    own_type = next((value for name, value in headers if name.lower() == "content-type"), JSON)
    media_type = own_type.partition(";")[0].strip().lower()
    is_json = media_type in (JSON, "text/json") or media_type.endswith("+json")
    if data.startswith("@") and not is_json:
        stdin = partial(app.stdin.stream, "--data @-")
        return whole_file(data[1:], own_type, stdin, app.stderr, "--data")
    if data == "@-":
        raw = app.stdin.read("--data @-")
    elif data.startswith("@"):
        try:
            raw = Path(data[1:]).read_bytes()
        except OSError as failure:
            raise StorageError(f"--data: {data[1:]} cannot be read: {failure.strerror}") from None
    else:
        raw = data.encode("utf-8", "surrogateescape")
    if not is_json:
        return raw
    try:
        json_text.parse(json_text.decode(raw))
    except InvalidJson as failure:
        raise _not_json(data, failure) from None
    return raw.removeprefix(json_text.BOM)


def _not_json(data: str, failure: InvalidJson) -> UsageError:
    """Return the error for a body that is no JSON, with the JSON that was meant if it is clear."""
    hint = "for single fields use -f NAME=VALUE"
    mended = None if data.startswith("@") else _with_quotes(data)
    if mended is None:
        return UsageError(f"--data is not JSON: {failure}", hint=hint)
    curly = any(mark in data for mark in CURLY_QUOTES)
    why = "it has curly quotes" if curly else "its quotes are missing; the shell removed them"
    hint = f"-d {shell_word(mended)}; in cmd.exe: -d @FILE"
    if re.search("(?i)passw|secret|token|key", mended):  # not for the log of a CI job
        hint = "write the JSON to a file: -d @FILE"
    return UsageError(f"--data is not JSON: {why}", hint=hint)


def _with_quotes(text: str) -> str | None:
    """Return a JSON text with the quotes that it lost or that were replaced; None if unclear."""
    for mark in CURLY_QUOTES:
        text = text.replace(mark, '"')
    text = text.strip("'")
    for candidate in (text, text.replace("'", '"'), _BARE.sub(_quoted, text)):
        try:
            if isinstance(json_text.parse(candidate), dict | list):
                return candidate
        except InvalidJson:
            continue
    return None


def _quoted(word: re.Match[str]) -> str:
    text = word[0].strip()
    is_value = not word.string[word.end() :].startswith(":")
    try:
        json_text.parse(text)
    except InvalidJson:
        return f'"{text}"'
    return text if is_value else f'"{text}"'
