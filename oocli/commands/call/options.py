"""The options of `oocli call`: how they are declared, and the one object in which they travel."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import typer

from oocli.commands.options import PortalCommand
from oocli.model.errors import UsageError

METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS")
FORMATS = ("json", "ndjson", "table", "csv", "tsv", "raw")
ROWS = ("table", "csv", "tsv")
JSON = "application/json"
_ROW_FORMATS = "--format table, csv or tsv"
_NO_COLUMN = "--columns names no column"
_JQ_ALONE = "--jq makes its own output: it goes with no --format but json (@csv and @tsv are jq's)"

Many = list[str] | None

MethodArgument = Annotated[
    str,
    typer.Argument(help=", ".join(METHODS) + "; any case.", autocompletion=lambda: list(METHODS)),
]
PathArgument = Annotated[
    str, typer.Argument(help="people/@self, /api/2.0/people/@self, or its URL.")
]
ParamOption = Annotated[
    Many, typer.Option("--param", "-p", metavar="K=V", help="Add to the query. Repeatable.")
]
RawFieldOption = Annotated[
    Many,
    typer.Option("--raw-field", "-f", metavar="K=V", help="A field whose value is text."),
]
FieldOption = Annotated[
    Many,
    typer.Option(
        "--field",
        "-F",
        metavar="K=V|K=@FILE",
        help="A field: true, false, null, numbers; K[SUB]=V, K[]=V nest; V @FILE or @- is read.",
    ),
]
DataOption = Annotated[
    str | None,
    typer.Option("--data", "-d", metavar="TEXT|@FILE|@-", help="The JSON body, as it is."),
]
FormOption = Annotated[
    bool, typer.Option("--form", help="Send the fields as a form instead of JSON.")
]
PartOption = Annotated[
    Many,
    typer.Option(
        "--part",
        metavar="NAME=@FILE",
        help="A file of a multipart form; then ;type=MEDIA/TYPE ;filename=NAME. Repeatable.",
    ),
]
HeaderOption = Annotated[
    Many, typer.Option("--header", "-H", metavar="'K: V'", help="A header. Repeatable.")
]
ResponseOption = Annotated[
    bool, typer.Option("--response", "-r", help="Only what is inside the envelope.")
]
PaginateOption = Annotated[
    bool, typer.Option("--paginate", help="Ask for all pages and merge them (GET).")
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", metavar="N", help="At most N items, over all pages.")
]
PageSizeOption = Annotated[
    int | None, typer.Option("--page-size", metavar="N", help="Ask for N items at a time.")
]
JqOption = Annotated[
    str | None,
    typer.Option("--jq", metavar="EXPR", help="Show what this jq expression makes of it."),
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="|".join(FORMATS), help="How to show it: oocli help formats."),
]
ColumnsOption = Annotated[
    Many,
    typer.Option("--columns", metavar="A,B.C", help="Columns of table, csv and tsv."),
]
SafeCellsOption = Annotated[
    bool, typer.Option("--safe-cells", help="Disarm cells that a spreadsheet would run.")
]
IncludeOption = Annotated[
    bool, typer.Option("--include", "-i", help="Status line and headers first.")
]
OutputOption = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write it to FILE (-: stdout)."),
]
RemoteNameOption = Annotated[
    bool, typer.Option("--remote-name", "-O", help="The same, under the name the portal gives.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show the request, send nothing.")]
PrintCurlOption = Annotated[
    bool, typer.Option("--print-curl", help="Show the request as a curl command, send nothing.")
]
WaitOption = Annotated[
    bool, typer.Option("--wait", help="Wait for the file operation that the call starts.")
]
WaitTimeoutOption = Annotated[
    float | None, typer.Option("--wait-timeout", metavar="SEC", help="Limit of that wait, none.")
]
NoFailOption = Annotated[
    bool, typer.Option("--no-fail", help="Exit 0 once the portal answered, whatever it was.")
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Confirm a DELETE.")]


# The name of an option (`param`, `raw_field`, `field` or `part`), and what was typed after it.
Stdin = tuple[str, str]
_ORDER = "oocli.call.order"


class CallCommand(PortalCommand):
    """The command, whose repeatable options keep their order across their names."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note in which order the options stand: the parser hands over each one's values apart."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_ORDER] = [param.name for param in order]
        return super().parse_args(ctx, args)


def in_order(ctx: typer.Context, **values: Many) -> tuple[Stdin, ...]:
    """Return the values of some options of a `CallCommand` in the order typed."""
    left = {name: iter(given or ()) for name, given in values.items()}
    return tuple((name, next(left[name])) for name in ctx.meta[_ORDER] if name in left)


class CallOptions(NamedTuple):
    """What was typed for one call, checked as far as it can be without a portal.

    `inputs` are the parameters, fields and parts in the order typed, `wait_timeout` is in seconds;
    None stands for "not given" everywhere.
    """

    method: str
    path: str
    inputs: tuple[Stdin, ...] = ()
    data: str | None = None
    form: bool = False
    header: tuple[str, ...] = ()
    response: bool = False
    paginate: bool = False
    limit: int | None = None
    page_size: int | None = None
    jq: str | None = None
    format: str | None = None
    columns: tuple[str, ...] = ()
    safe_cells: bool = False
    include: bool = False
    output: str | None = None
    remote_name: bool = False
    dry_run: bool = False
    print_curl: bool = False
    wait: bool = False
    wait_timeout: float | None = None
    no_fail: bool = False
    yes: bool = False

    def checked(self) -> CallOptions:
        """Return the options. Raises `UsageError` for words and combinations that mean nothing."""
        if self.method not in METHODS:
            raise UsageError(f"METHOD {self.method!r} is not one of {', '.join(METHODS)}")
        if self.format not in (None, *FORMATS):
            raise UsageError(f"--format: {self.format!r} is not one of {', '.join(FORMATS)}")
        for contradicts, why in (
            (self.jq is not None and self.format not in (None, "json"), _JQ_ALONE),
            (self.columns and self.format not in ROWS, f"--columns goes with {_ROW_FORMATS}"),
            (self.columns and not any(column.strip(", ") for column in self.columns), _NO_COLUMN),
            (self.safe_cells and self.format not in ROWS, f"--safe-cells goes with {_ROW_FORMATS}"),
            (self.response and self.format == "raw", "--format raw shows the whole answer: no -r"),
            (self.all_pages and self.format == "raw", "--format raw shows one answer: no pages"),
            (self.output is not None and self.remote_name, "give either --output or --remote-name"),
            (self.output == "", "--output: the name of a file is missing"),
            (self.dry_run and self.print_curl, "give either --dry-run or --print-curl"),
        ):
            if contradicts:
                raise UsageError(why)
        return self

    @property
    def sends(self) -> bool:
        """Whether there is something to send: a body, or fields for the query."""
        return self.form or self.data is not None or self.has("raw_field", "field", "part")

    def has(self, *names: str) -> bool:
        """Whether one of these options is among the inputs."""
        return any(name in names for name, _ in self.inputs)

    @property
    def all_pages(self) -> bool:
        """Whether more than one page may be asked for: each of the three options says so."""
        return self.paginate or self.limit is not None or self.page_size is not None

    @property
    def waits(self) -> bool:
        """Whether the end of a file operation is waited for: each of the two options says so."""
        return self.wait or self.wait_timeout is not None

    @property
    def saves_to_file(self) -> bool:
        """Whether a place was named for the answer (`-o -` names stdout)."""
        return self.output is not None or self.remote_name

    @property
    def needs_parsing(self) -> bool:
        """Whether something is made of the answer, for which it is read whole."""
        return self.response or self.jq is not None or self.format not in (None, "raw")

    @property
    def is_raw(self) -> bool:
        """Whether the bytes of the answer go out alone and untouched."""
        return self.format == "raw" or (self.saves_to_file and not self.needs_parsing)

    @property
    def shows_items(self) -> bool:
        """Whether the format shows items one by one, instead of a document."""
        return self.format in ("ndjson", *ROWS)

    @property
    def transforms(self) -> bool:
        """Whether something else than the whole answer is wanted: then a failure is not shown."""
        return self.jq is not None or self.format is not None
