"""`oocli api`: find an operation of the portal's API, or show one. Nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, NamedTuple, cast

import typer

from oocli.catalogue import paths, search
from oocli.catalogue.call_line import call_line
from oocli.catalogue.operations import LIST_PARAMETERS, KindName, Operation, Parameter, of_kinds
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
from oocli.render.formats import WRITERS, RowOptions

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
    try:
        selection = resolve_portal(app.settings, PortalRegistry.read(app.settings.directories))
    except OocliError:
        if app.options.portal is not None:
            raise
        selection = None
    kind: KindName | None = None if options.kind == "all" else options.kind
    if options.kind is None and selection is not None and selection.kind is not UNKNOWN:
        kind = cast(KindName, selection.kind.name)
    words = " ".join(options.words).split()
    named = _named(words, kind, app) if words else of_kinds(kind)
    if named and words and options.format is None:
        _show_each(named, words[-1], selection, app)
        return
    matches = [search.Match(operation, 0.0, frozenset()) for operation in named]
    if not named:
        text = " ".join(words)
        matches = search.find(text, kind, limit=options.limit)
        if not matches:
            near = search.nearest_words(text, kind)
            hint = f"similar words: {', '.join(near)}" if near else "oocli api lists all operations"
            raise NotFound(f"no operation matches {text!r}", hint=hint)
    if options.format is None:
        _show_list(matches, kind, app, with_note=bool(words))
    else:
        _show_format([match.operation for match in matches], options.format, app)


def _named(words: Sequence[str], kind: KindName | None, app: AppContext) -> Sequence[Operation]:
    """Return the operations that METHOD PATH or PATH means; none for other words."""
    path = words[-1]
    method = words[0].upper() if len(words) == 2 else ""
    if method not in METHODS and not (len(words) == 1 and "/" in path):
        return []
    operations = of_kinds(kind)
    same = tuple(found for found in operations if not method or found.method == method)
    found = paths.matching(path, same)
    if not found and "/" in path:
        found = paths.matching(path, operations)
        methods = ", ".join(dict.fromkeys(other.method for other in found))
        if methods:
            app.stderr.note(f"there is no operation {method} {path}; that path takes {methods}")
        else:
            app.stderr.note(f"there is no operation {' '.join(words)}; these are the nearest")
    return found


# Lists


def _show_list(
    matches: Sequence[search.Match], kind: KindName | None, app: AppContext, *, with_note: bool
) -> None:
    """Write a line for each operation; one that both kinds have gets one line."""
    rows: dict[tuple[str, str], tuple[search.Match, str]] = {}
    for match in matches:
        key = (match.operation.method, match.operation.path)
        rows[key] = (rows[key][0], "both") if key in rows else (match, match.operation.kind)
    if not app.stdout.is_terminal:
        for (found, _, _), kinds in rows.values():
            names = ", ".join(_names(found))
            app.stdout.line(f"{found.method}\t{found.short_path}\t{names}\t{kinds}")
        return
    width = max(len(match.operation.short_path) for match, _ in rows.values())
    room = app.stdout.table_width() - 6 - width - 9 - 3 * len(_GAP)
    for (found, _, words), kinds in rows.values():
        names = ", ".join(_names(found)) if room >= _NARROWEST else ""
        if len(names) > room:
            names = names[: room - 1] + "…"
        space = " " * (width - len(found.short_path))
        app.stdout.pieces(
            [
                (f"{found.method:6}{_GAP}", False),
                *search.marked(found.short_path, words, kind),
                (f"{space}{_GAP}{kinds:9}{_GAP}", False),
                *search.marked(names, words, kind),
            ]
        )
    if with_note:
        best = matches[0].operation
        app.stderr.note(f"to show one: oocli api {best.method} {best.short_path}")


def _names(operation: Operation) -> list[str]:
    """Return the names of what an operation takes besides its path."""
    names = [found.name for found in operation.parameters if found.place != "path"]
    return list(dict.fromkeys(names))


def _show_format(found: Sequence[Operation], name: str, app: AppContext) -> None:
    """Write operations for a script."""
    if name in ("json", "ndjson"):
        listed = [{**operation.as_dict(), "call": call_line(operation)} for operation in found]
    else:
        listed = [
            {
                "method": operation.method,
                "path": operation.path,
                "parameters": " ".join(_names(operation)),
                "kind": operation.kind,
            }
            for operation in found
        ]
    texts = [json.dumps(fields, ensure_ascii=False) for fields in listed]
    if name == "json":
        app.stdout.document(f"[{', '.join(texts)}]")
        return
    writer = WRITERS[name](app.stdout, app.stderr, RowOptions(selectable=False))
    writer.items(texts)
    writer.end()


# One operation


def _show_each(
    found: Sequence[Operation], typed: str, selection: PortalSelection | None, app: AppContext
) -> None:
    """Write all that is known of operations: mostly of one, or of the same one of both kinds."""
    path = "/".join(paths.segments_of(typed))
    origin = selection.address.origin if selection else "https://{portal}"
    for at, operation in enumerate(found):
        if at:
            app.stdout.line("")
        title = kind_named(operation.kind).title
        app.stdout.pieces(
            [(f"{operation.method} {operation.short_path}", True), (f"{_GAP}({title})", False)]
        )
        name_width = max((len(found.name) for found in operation.parameters), default=0)
        types = [_type(parameter) for parameter in operation.parameters]
        type_width = max(map(len, types), default=0)
        for parameter, text in zip(operation.parameters, types, strict=True):
            line = f"{_GAP}{parameter.place:5}  {parameter.name:{name_width}}  {text:{type_width}}"
            app.stdout.line(f"{line}  {', '.join(_limits(parameter))}".rstrip())
        for mark in _marks(operation):
            app.stdout.line(mark)
        filled = call_line(operation, path if "{" not in path else None, origin)
        if filled is not None:
            app.stdout.line(f"\n{_GAP}{filled}")


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
    """Yield notes on an operation, one sentence each."""
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
