"""The options of `oocli call`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple, get_args

import typer

from oocli.commands.options import (
    NOT_GIVEN,
    SHOW,
    TRY,
    PortalCommand,
    api_path,
    body_pair,
    body_pair_or_file,
    file_path,
    option,
    query_pair,
    seconds,
    text_or_file,
)
from oocli.model.errors import UsageError
from oocli.model.request import METHODS, Method

Format = Literal["json", "ndjson", "table", "csv", "tsv", "raw"]
FORMATS: tuple[Format, ...] = get_args(Format)
SEND = "Send"
JSON = "application/json"
CURLY_QUOTES = ("\u2018", "\u2019", "\u201c", "\u201d")  # word processors write them for ' and "
_ROW_FORMATS = ("table", "csv", "tsv")
# The options whose values are sent in the order in which they were typed.
_INPUTS = ("param", "raw_field", "field", "part")


class CallCommand(PortalCommand):
    """A command that knows in which order its parameters, fields and parts were typed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse, and add `inputs`: the parser itself returns the values of each option apart."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        rest = super().parse_args(ctx, args)
        values = {name: iter(ctx.params[name]) for name in _INPUTS}
        names = [param.name for param in order if param.name in values]
        ctx.params["inputs"] = tuple((name, next(values[name])) for name in names)
        return rest


class CallOptions(NamedTuple):
    """The arguments and options of one call."""

    method: Annotated[
        Method,
        typer.Argument(
            metavar="METHOD",
            case_sensitive=False,
            help=f"{', '.join(METHODS[:-1])} or {METHODS[-1]}. Case does not matter.",
        ),
    ]
    path: Annotated[
        str,
        typer.Argument(
            metavar="PATH",
            parser=api_path,
            help="A path such as people/@self, or a URL of the portal.",
        ),
    ]
    param: Annotated[
        list[str],
        option(
            SEND,
            "--param",
            "-p",
            short=True,
            metavar="K=V",
            parser=query_pair,
            help="Add a parameter to the query.",
        ),
    ] = NOT_GIVEN
    raw_field: Annotated[
        list[str],
        option(
            SEND,
            "--raw-field",
            "-f",
            short=True,
            metavar="K=V",
            parser=body_pair,
            help="Add a text field to the body. GET and HEAD add it to the query.",
        ),
    ] = NOT_GIVEN
    field: Annotated[
        list[str],
        option(
            SEND,
            "--field",
            "-F",
            short=True,
            metavar="K=V",
            parser=body_pair_or_file,
            help="Add a field: a number, true, false, null or text. K[SUB]=V and K[]=V make "
            "objects and lists; K=@FILE and K=@- read the value.",
        ),
    ] = NOT_GIVEN
    data: Annotated[
        str | None,
        option(
            SEND,
            "--data",
            "-d",
            short=True,
            metavar="TEXT|@FILE|@-",
            parser=text_or_file,
            help="Send this JSON as the body.",
        ),
    ] = None
    form: Annotated[
        bool, option(SEND, "--form", help="Send the fields as a form instead of JSON.")
    ] = False
    part: Annotated[
        list[str],
        option(
            SEND,
            "--part",
            short=True,
            metavar="NAME=@FILE",
            parser=text_or_file,
            help="Upload a file in a multipart form. ;type=MEDIA/TYPE and ;filename=NAME may "
            "follow FILE.",
        ),
    ] = NOT_GIVEN
    header: Annotated[
        list[str], option(SEND, "--header", "-H", metavar="'K: V'", help="Send a header.")
    ] = NOT_GIVEN
    wait: Annotated[
        bool,
        option(
            SEND, "--wait", help="Wait until the file operation that the call starts has ended."
        ),
    ] = False
    wait_timeout: Annotated[
        float | None,
        option(
            SEND,
            "--wait-timeout",
            metavar="SEC",
            parser=seconds,
            help="End --wait after SEC seconds (default: never).",
        ),
    ] = None
    response: Annotated[
        bool,
        option(
            SHOW, "--response", "-r", short=True, help="Print only the content of the envelope."
        ),
    ] = False
    paginate: Annotated[
        bool, option(SHOW, "--paginate", short=True, help="Get all pages of a list and merge them.")
    ] = False
    limit: Annotated[
        int | None,
        option(
            SHOW, "--limit", metavar="N", min=1, help="Stop after N items, counted over all pages."
        ),
    ] = None
    page_size: Annotated[
        int | None,
        option(
            SHOW,
            "--page-size",
            metavar="N",
            min=1,
            help="Ask for N items per page (default: 100 on DocSpace, 1000 on Workspace).",
        ),
    ] = None
    jq: Annotated[
        str | None,
        option(
            SHOW, "--jq", short=True, metavar="EXPR", help="Filter the answer with a jq expression."
        ),
    ] = None
    format: Annotated[
        Format | None,
        option(
            SHOW,
            "--format",
            short=True,
            metavar="FORMAT",
            help=f"Print {', '.join(FORMATS[:-1])} or {FORMATS[-1]} (default: json). "
            "See `oocli help formats`.",
        ),
    ] = None
    columns: Annotated[
        list[str],
        option(
            SHOW,
            "--columns",
            short=True,
            metavar="A,B.C",
            help="Choose the columns of table, csv and tsv.",
        ),
    ] = NOT_GIVEN
    safe_cells: Annotated[
        bool,
        option(SHOW, "--safe-cells", help="Escape cells that a spreadsheet would run as formulas."),
    ] = False
    include: Annotated[
        bool, option(SHOW, "--include", "-i", help="Print the status line and the headers first.")
    ] = False
    output: Annotated[
        str | None,
        option(
            SHOW,
            "--output",
            "-o",
            short=True,
            metavar="FILE",
            parser=file_path,
            help="Write the answer to FILE (-: stdout).",
        ),
    ] = None
    remote_name: Annotated[
        bool,
        option(SHOW, "--remote-name", "-O", help="Save under the file name that the portal sends."),
    ] = False
    no_fail: Annotated[
        bool,
        option(SHOW, "--no-fail", help="Exit with 0 if the portal answers, even with an error."),
    ] = False
    dry_run: Annotated[
        bool, option(TRY, "--dry-run", short=True, help="Print the request and send nothing.")
    ] = False
    print_curl: Annotated[
        bool, option(TRY, "--print-curl", help="Print a curl command and send nothing.")
    ] = False
    yes: Annotated[bool, option(TRY, "--yes", "-y", help="Do not ask before a DELETE.")] = False
    # Names (`param`, `raw_field`, `field`, `part`) and values in the order typed, added by
    # `CallCommand`.
    inputs: tuple[tuple[str, str], ...] = ()

    def check(self) -> None:
        """Raise `UsageError` for options that contradict each other."""
        if self.output in FORMATS:
            raise UsageError(
                f"--output {self.output} names a file, not a format",
                hint=f"--format {self.output}; for a file of that name: -o ./{self.output}",
            )
        in_rows = self.format in _ROW_FORMATS
        for contradicts, why in (
            (
                self.jq is not None and self.format not in (None, "json"),
                "--jq works only with --format json (for CSV and TSV, use @csv and @tsv of jq)",
            ),
            (self.columns and not in_rows, "--columns needs --format table, csv or tsv"),
            (
                self.columns and not any(name.strip(", ") for name in self.columns),
                "--columns names no column",
            ),
            (self.safe_cells and not in_rows, "--safe-cells needs --format table, csv or tsv"),
            (self.response and self.format == "raw", "--format raw cannot be combined with -r"),
            (self.all_pages and self.format == "raw", "--format raw works with one page only"),
            (self.output is not None and self.remote_name, "use either --output or --remote-name"),
            (self.output == "", "--output: the file name is empty"),
            (self.dry_run and self.print_curl, "use either --dry-run or --print-curl"),
        ):
            if contradicts:
                raise UsageError(why)

    @property
    def sends(self) -> bool:
        """Whether options for the body, or for fields in the query, were given."""
        return bool(self.form or self.data is not None or self.raw_field or self.field or self.part)

    @property
    def all_pages(self) -> bool:
        """Whether --paginate, --limit or --page-size was given."""
        return self.paginate or self.limit is not None or self.page_size is not None

    @property
    def waits(self) -> bool:
        """Whether --wait or --wait-timeout was given."""
        return self.wait or self.wait_timeout is not None

    @property
    def saves_to_file(self) -> bool:
        """Whether -o or -O was given, `-o -` included."""
        return self.output is not None or self.remote_name

    @property
    def needs_parsing(self) -> bool:
        """Whether the answer has to be read completely and parsed."""
        return self.response or self.jq is not None or self.format not in (None, "raw")

    @property
    def is_raw(self) -> bool:
        """Whether the bytes of the answer are written unchanged."""
        return self.format == "raw" or (self.saves_to_file and not self.needs_parsing)

    @property
    def shows_items(self) -> bool:
        """Whether the format shows the items of a list."""
        return self.format in ("ndjson", *_ROW_FORMATS)

    @property
    def transforms(self) -> bool:
        """Whether --jq or --format was given."""
        return self.jq is not None or self.format is not None
