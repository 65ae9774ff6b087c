"""`oocli api`: find an operation of the portal's API, or show one. Nothing is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal, NamedTuple, cast

import typer

from oocli.catalogue import paths, search
from oocli.catalogue.call_line import call_line
from oocli.catalogue.operations import (
    LIST_PARAMETERS,
    KindName,
    Operation,
    Parameter,
    of_kinds,
)
from oocli.commands.context import AppContext
from oocli.commands.options import (
    NOT_GIVEN,
    SHOW,
    PortalKindCommand,
    api_word,
    examples,
    option,
    with_options,
)
from oocli.config.portals import PortalRegistry, PortalSelection, resolve_portal
from oocli.model.errors import NotFound, OocliError
from oocli.model.kinds import UNKNOWN, kind_named
from oocli.model.request import METHODS

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_GAP = "  "
_NARROWEST = 20  # columns for the parameters


class ApiOptions(NamedTuple):
    """The options of `oocli api`."""

    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS... | METHOD PATH",
            parser=api_word,
            help="What to look for, or an operation as it is typed in `oocli call`.",
        ),
    ] = NOT_GIVEN
    kind: Annotated[
        Literal["workspace", "docspace", "all"] | None,
        option(
            SHOW,
            "--kind",
            short=True,
            metavar="KIND",
            help="Show operations of workspace, docspace or all (default: the kind of the chosen "
            "portal, else all).",
        ),
    ] = None
    limit: Annotated[
        int,
        option(
            SHOW,
            "--limit",
            short=True,
            metavar="N",
            min=1,
            help="Show the best N operations (default: 20).",
        ),
    ] = 20
    format: Annotated[
        Literal["json", "ndjson", "table", "csv", "tsv"] | None,
        option(
            SHOW,
            "--format",
            short=True,
            metavar="FORMAT",
            help="Print json, ndjson, table, csv or tsv.",
        ),
    ] = None


class _Row(NamedTuple):
    """An operation in a list: of both kinds where both have it under the same path."""

    operation: Operation
    kind: str
    words: frozenset[str]


@app.command(cls=PortalKindCommand, epilog="Exits with 7 if nothing is found.")
@with_options(ApiOptions)
@examples(
    "oocli api disable a user",
    "oocli api share link --kind docspace",
    "oocli api PUT people/status/{status}",
    "oocli api GET files/rooms/42/links --format json",
)
def api(app: AppContext, options: ApiOptions) -> None:
    """Find operations of the API, or show one and the call to fill in.

    Everyday words will do. The call is shown with all parameters of the
    operation. Works offline and without a portal.
    """
    selection = _selection(app)
    kind = _kind(options, selection)
    words = " ".join(options.words).split()
    if not words:
        _show_list(
            [search.Match(found, 0.0, frozenset()) for found in of_kinds(kind)], app, options
        )
        return
    shown = _named(words, kind, app)
    if shown:
        if options.format is None:
            _show_each(shown, words[-1], selection, app)
        else:
            _show_list([search.Match(found, 1.0, frozenset()) for found in shown], app, options)
        return
    found = search.find(" ".join(words), kind, limit=options.limit)
    if not found:
        near = search.nearest_words(" ".join(words), kind)
        hint = f"similar words: {', '.join(near)}" if near else "oocli api lists all operations"
        raise NotFound(f"no operation fits {' '.join(words)!r}", hint=hint)
    _show_list(found, app, options, kind)


def _selection(app: AppContext) -> PortalSelection | None:
    """Return the chosen portal, None where there is none; only --portal must be right."""
    try:
        return resolve_portal(app.settings, PortalRegistry.read(app.settings.directories))
    except OocliError:
        if app.options.portal is not None:
            raise
        return None


def _kind(options: ApiOptions, selection: PortalSelection | None) -> KindName | None:
    """Return the kind whose operations are meant; None: both."""
    if options.kind is not None:
        return None if options.kind == "all" else options.kind
    if selection is None or selection.kind is UNKNOWN:
        return None
    return cast(KindName, selection.kind.name)


def _named(words: Sequence[str], kind: KindName | None, app: AppContext) -> list[Operation]:
    """Return the operations that METHOD PATH, or a PATH alone, means; none for other words."""
    path = words[-1]
    method = words[0].upper() if len(words) == 2 else ""
    if method not in METHODS and not (len(words) == 1 and "/" in path):
        return []
    operations = of_kinds(kind)
    same = [found for found in operations if not method or found.method == method]
    found = paths.matching(path, tuple(same))
    if not found and "/" in path:
        found = paths.matching(path, operations)
        methods = ", ".join(dict.fromkeys(other.method for other in found))
        if methods:
            app.stderr.note(f"no operation is {method} {path}; that path takes {methods}")
        else:
            app.stderr.note(f"no operation is {' '.join(words)}; these are the nearest")
    return found


# Lists


def _show_list(
    matches: Sequence[search.Match],
    app: AppContext,
    options: ApiOptions,
    kind: KindName | None = None,
) -> None:
    """Write operations, one for each line or item."""
    if options.format is not None:
        _show_format([match.operation for match in matches], options.format, app)
        return
    rows = _rows(matches)
    if not app.stdout.is_terminal:
        for row in rows:
            found = row.operation
            app.stdout.line(
                "\t".join((found.method, found.short_path, ", ".join(_names(found)), row.kind))
            )
        return
    width = max(len(row.operation.short_path) for row in rows)
    room = app.stdout.table_width() - 6 - width - 9 - 3 * len(_GAP)
    for row in rows:
        found = row.operation
        names = ", ".join(_names(found)) if room >= _NARROWEST else ""
        if len(names) > room:
            names = names[: room - 1] + "…"
        space = " " * (width - len(found.short_path))
        app.stdout.pieces(
            [
                (f"{found.method:6}{_GAP}", False),
                *search.marked(found.short_path, row.words, kind),
                (f"{space}{_GAP}{row.kind:9}{_GAP}", False),
                *search.marked(names, row.words, kind),
            ]
        )
    if options.words:
        best = rows[0].operation
        app.stderr.note(f"to show one: oocli api {best.method} {best.short_path}")


def _rows(matches: Iterable[search.Match]) -> list[_Row]:
    """Return the lines of a list, in which an operation of both kinds has one."""
    rows: dict[tuple[str, str], _Row] = {}
    for found, _, words in matches:
        key = (found.method, found.path)
        kind = "both" if key in rows else found.kind
        rows[key] = _Row(rows[key].operation if key in rows else found, kind, words)
    return list(rows.values())


def _names(operation: Operation) -> list[str]:
    """Return the names of what an operation takes besides its path."""
    names = [found.name for found in operation.parameters if found.place != "path"]
    return list(dict.fromkeys(names))


def _show_format(found: Sequence[Operation], name: str, app: AppContext) -> None:
    """Write operations for a script."""
    from oocli.render.formats import WRITERS, RowOptions  # noqa: PLC0415 - with --format alone

    if name in ("json", "ndjson"):
        texts = [json.dumps(_as_dict(operation), ensure_ascii=False) for operation in found]
        if name == "json":
            app.stdout.document(f"[{', '.join(texts)}]")
            return
    else:
        texts = [
            json.dumps(
                {
                    "method": operation.method,
                    "path": operation.path,
                    "parameters": " ".join(_names(operation)),
                    "kind": operation.kind,
                }
            )
            for operation in found
        ]
    writer = WRITERS[name](app.stdout, app.stderr, RowOptions())
    writer.items(texts)
    writer.end()


def _as_dict(operation: Operation) -> dict[str, object]:
    return {**operation.as_dict(), "call": call_line(operation)}


# One operation


def _show_each(
    found: Sequence[Operation], typed: str, selection: PortalSelection | None, app: AppContext
) -> None:
    """Write all that is known of some operations, mostly one or the same of both kinds."""
    path = "/".join(paths.segments_of(typed))
    origin = selection.address.origin if selection else "https://{portal}"
    for at, operation in enumerate(found):
        if at:
            app.stdout.line("")
        title = kind_named(operation.kind).title
        app.stdout.pieces(
            [(f"{operation.method} {operation.short_path}", True), (f"{_GAP}({title})", False)]
        )
        for line in _parameter_lines(operation.parameters):
            app.stdout.line(line)
        for mark in _marks(operation):
            app.stdout.line(mark)
        filled = call_line(operation, path if "{" not in path else None, origin)
        if filled is not None:
            app.stdout.line(f"\n{_GAP}{filled}")


def _parameter_lines(parameters: Sequence[Parameter]) -> Iterator[str]:
    """Yield a line for each parameter: its place, name, type, and what it must be."""
    if not parameters:
        return
    width = max(len(parameter.name) for parameter in parameters)
    types = [_type(parameter) for parameter in parameters]
    type_width = max(map(len, types))
    for parameter, type_name in zip(parameters, types, strict=True):
        line = f"{_GAP}{parameter.place:5}  {parameter.name:{width}}  {type_name:{type_width}}"
        yield f"{line}  {', '.join(_limits(parameter))}".rstrip()


def _type(parameter: Parameter) -> str:
    if parameter.is_file:
        return "file"
    if parameter.type == "array":
        # Workspace's own file makes arrays of many single values.
        return f"{parameter.items or 'any'}, one or more"
    return parameter.format if parameter.format in ("uuid", "date-time") else parameter.type


def _limits(parameter: Parameter) -> Iterator[str]:
    if parameter.required:
        yield "required"
    if parameter.choices:
        numbers = parameter.numbers or [None] * len(parameter.choices)
        yield "one of " + " | ".join(
            name if number is None else f"{name} ({number})"
            for name, number in zip(parameter.choices, numbers, strict=True)
        )
    if parameter.minimum is not None:
        yield f"at least {parameter.minimum}"
    if parameter.maximum is not None:
        yield f"at most {parameter.maximum}"
    if parameter.pattern is not None:
        yield f"matches {parameter.pattern}"
    if parameter.default is not None:
        yield f"default {json.dumps(parameter.default)}"


def _marks(operation: Operation) -> Iterator[str]:
    """Yield what else there is to know of an operation, a sentence each."""
    if operation.is_paged:
        yield f"Answers in pages of at most {operation.page_cap} items; --paginate gets all pages."
        if operation.kind == "workspace":
            yield f"Like every list, takes -p with {', '.join(LIST_PARAMETERS)}."
    if operation.is_upload:
        yield "Takes a file: --part NAME=@FILE."
        if operation.kind == "docspace" and operation.segments[-1] == "upload":
            yield "Its other fields, such as createNewIfExist, are taken from the query: -p."
    if operation.needs_cookie:
        yield "Needs the cookie of a browser session, so oocli cannot call it."
    if operation.is_anonymous:
        yield "Can be called without a sign-in; the answer may then be different."
    if operation.key_scopes == ("any",):
        yield "With an API key: any scope."
    elif operation.key_scopes:
        yield f"With an API key: needs the scope {' or '.join(operation.key_scopes)}."
    if operation.kind == "workspace" and any(
        parameter.place == "body" for parameter in operation.parameters
    ):
        yield "Which fields of the body are required is not known."
