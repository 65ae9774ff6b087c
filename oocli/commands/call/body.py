"""Builds the body of a call, or more of its query, from fields, files and text."""

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

_FORM = "application/x-www-form-urlencoded"
# A key or value of a JSON text without its quotes.
_UNQUOTED = re.compile(r'[^{}\[\],:"]*[^{}\[\],:"\s][^{}\[\],:"]*')
Pairs = list[tuple[str, str]]


def build_body(
    options: CallOptions, headers: Pairs, app: AppContext
) -> tuple[Pairs | None, bytes | StreamedBody | None, str]:
    """Return the fields if they go into the query, the body, and its media type.

    Raises `UsageError`.
    """
    _refuse_combinations(options)
    _refuse_text_for_file(options, app)
    if options.data is not None:
        return None, _data(options.data, headers, app), JSON
    parts: list[Field | FilePart] = []
    for name, text in options.inputs:
        if name == "part":
            parts.append(FilePart.read(text, "--part"))
        elif name == "raw_field":
            parts.append(Field.text(text, "--raw-field"))
        elif name == "field":
            parts.append(Field.typed(text, "--field", lambda path: _file_text(path, app)))
    if options.part:
        if any(name.lower() == "content-type" for name, _ in headers):
            raise UsageError("--part sets the Content-Type itself, to add the boundary")
        stdin = partial(app.stdin.stream, "--part @-")
        return None, multipart(parts, stdin, app.stderr, "--part"), JSON
    fields = [part for part in parts if isinstance(part, Field)]
    if options.form:
        return None, urlencode(pairs(fields)).encode(), _FORM
    if options.method in SAFE_METHODS:
        return pairs(fields), None, JSON
    return None, json_object(fields).encode(), JSON


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
    """Refuse a field `file=@PATH` for an upload, since it would send text instead of a file."""
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
    """Return the text of a file for --field (`-`: stdin), without a byte order mark."""
    if path == "-":
        return app.stdin.text("--field @-")
    try:
        return _file_bytes(path, "--field").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"--field @{path} is not UTF-8 text", hint="to send a binary file: --part NAME=@FILE"
        ) from None


def _file_bytes(path: str, option: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as failure:
        raise StorageError(f"{option} @{path} cannot be read: {failure.strerror}") from None


def _data(data: str, headers: Pairs, app: AppContext) -> bytes | StreamedBody:
    """Return the body for --data.

    It must be JSON unless a header of the user says otherwise; such a file is streamed.
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
        raw = _file_bytes(data[1:], "--data")
    else:
        raw = data.encode("utf-8", "surrogateescape")
    if not is_json:
        return raw
    try:
        json_text.parse(json_text.decode(raw))
    except InvalidJson as failure:
        raise _invalid_json(data, failure) from None
    return raw.removeprefix(json_text.BOM)


def _invalid_json(data: str, failure: InvalidJson) -> UsageError:
    """Return the error for --data that is not JSON, with corrected JSON if it is clear."""
    corrected = None if data.startswith("@") else _with_quotes(data)
    if corrected is None:
        return UsageError(f"--data is not JSON: {failure}", hint="for fields use -f NAME=VALUE")
    is_curly = any(mark in data for mark in CURLY_QUOTES)
    why = "it has curly quotes" if is_curly else "its quotes are missing; the shell removed them"
    hint = f"-d {shell_word(corrected)}; in cmd.exe: -d @FILE"
    if re.search("(?i)passw|secret|token|key", corrected):  # the log of a CI job must not show it
        hint = "write the JSON to a file: -d @FILE"
    return UsageError(f"--data is not JSON: {why}", hint=hint)


def _with_quotes(text: str) -> str | None:
    """Return JSON text with quotes in place of curly or missing ones; None if that is no JSON."""

    def quoted(word: re.Match[str]) -> str:
        """Return a word in quotes, unless it is a number, true, false or null as a value."""
        plain = word[0].strip()
        is_key = word.string[word.end() :].startswith(":")
        try:
            json_text.parse(plain)  # a number, true, false or null
        except InvalidJson:
            return f'"{plain}"'
        return f'"{plain}"' if is_key else plain

    for mark in CURLY_QUOTES:
        text = text.replace(mark, '"')
    text = text.strip("'")
    for candidate in (text, text.replace("'", '"'), _UNQUOTED.sub(quoted, text)):
        try:
            if isinstance(json_text.parse(candidate), dict | list):
                return candidate
        except InvalidJson:
            continue
    return None
