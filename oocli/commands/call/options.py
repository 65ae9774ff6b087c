"""The options of `oocli call`, which travel as one object."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple, get_args

import typer

from oocli.commands.options import NOT_GIVEN, PortalCommand, file_path, seconds, text_or_file
from oocli.model.errors import UsageError
from oocli.model.request import METHODS, Method

Format = Literal["json", "ndjson", "table", "csv", "tsv", "raw"]
ROWS = ("table", "csv", "tsv")
JSON = "application/json"
CURLY_QUOTES = ("\u2018", "\u2019", "\u201c", "\u201d")  # what a word processor makes of ' and "
_ROW_FORMATS = "--format table, csv or tsv"
# The options whose order counts across their names.
_INPUTS = ("param", "raw_field", "field", "part")


class CallCommand(PortalCommand):
    """The command, whose parameters, fields and parts keep the order of the command line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Add `inputs` to what the parser found, which has each option's values apart."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        rest = super().parse_args(ctx, args)
        values = {name: iter(ctx.params[name]) for name in _INPUTS}
        names = [param.name for param in order if param.name in values]
        ctx.params["inputs"] = tuple((name, next(values[name])) for name in names)
        return rest


class CallOptions(NamedTuple):
    """What was typed for one call. None stands for "not given"."""

    method: Annotated[
        Method,
        typer.Argument(
            metavar="METHOD", case_sensitive=False, help=", ".join(METHODS) + "; any case."
        ),
    ]
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="people/@self, /api/2.0/people/@self, or its URL.")
    ]
    param: Annotated[
        list[str],
        typer.Option("--param", "-p", metavar="K=V", help="Add a query parameter. Repeatable."),
    ] = NOT_GIVEN
    raw_field: Annotated[
        list[str],
        typer.Option("--raw-field", "-f", metavar="K=V", help="Add a text field. Repeatable."),
    ] = NOT_GIVEN
    field: Annotated[
        list[str],
        typer.Option(
            "--field",
            "-F",
            metavar="K=V|K=@FILE",
            parser=text_or_file,
            help="Add a field: true, false, null and numbers become JSON; K[SUB]=V and K[]=V nest; "
            "@FILE and @- read the value.",
        ),
    ] = NOT_GIVEN
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            "-d",
            metavar="TEXT|@FILE|@-",
            parser=text_or_file,
            help="Send this JSON body unchanged.",
        ),
    ] = None
    form: Annotated[
        bool, typer.Option("--form", help="Send the fields as a form instead of JSON.")
    ] = False
    part: Annotated[
        list[str],
        typer.Option(
            "--part",
            metavar="NAME=@FILE",
            parser=text_or_file,
            help="Send a file in a multipart form; may end in ;type=MEDIA/TYPE and "
            ";filename=NAME. Repeatable.",
        ),
    ] = NOT_GIVEN
    header: Annotated[
        list[str],
        typer.Option("--header", "-H", metavar="'K: V'", help="Send a header. Repeatable."),
    ] = NOT_GIVEN
    response: Annotated[
        bool, typer.Option("--response", "-r", help="Print only the content of the envelope.")
    ] = False
    paginate: Annotated[
        bool, typer.Option("--paginate", help="Get all pages and merge them (GET).")
    ] = False
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="Stop after N items, over all pages."),
    ] = None
    page_size: Annotated[
        int | None,
        typer.Option("--page-size", metavar="N", min=1, help="Request N items per page."),
    ] = None
    jq: Annotated[
        str | None,
        typer.Option("--jq", metavar="EXPR", help="Filter the answer with a jq expression."),
    ] = None
    format: Annotated[
        Format | None, typer.Option("--format", help="Output format: see oocli help formats.")
    ] = None
    columns: Annotated[
        list[str],
        typer.Option("--columns", metavar="A,B.C", help="Columns for table, csv and tsv."),
    ] = NOT_GIVEN
    safe_cells: Annotated[
        bool, typer.Option("--safe-cells", help="Escape cells that start a formula.")
    ] = False
    include: Annotated[
        bool, typer.Option("--include", "-i", help="Print the status line and headers first.")
    ] = False
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            parser=file_path,
            help="Write the answer to FILE (-: stdout).",
        ),
    ] = None
    remote_name: Annotated[
        bool,
        typer.Option("--remote-name", "-O", help="Save under the file name that the portal sends."),
    ] = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the request; send nothing.")] = (
        False
    )
    print_curl: Annotated[
        bool,
        typer.Option("--print-curl", help="Print a curl command; send nothing."),
    ] = False
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for the file operation that the call starts.")
    ] = False
    wait_timeout: Annotated[
        float | None,
        typer.Option(
            "--wait-timeout",
            metavar="SEC",
            parser=seconds,
            help="End --wait after SEC seconds (default: never).",
        ),
    ] = None
    no_fail: Annotated[
        bool,
        typer.Option("--no-fail", help="Exit with 0 if the portal answers, even with an error."),
    ] = False
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Confirm a DELETE.")] = False
    # The names (`param`, `raw_field`, `field`, `part`) and values in the order typed; `CallCommand`
    # adds them.
    inputs: tuple[tuple[str, str], ...] = ()

    def check(self) -> None:
        """Raise `UsageError` for combinations that mean nothing."""
        if self.output in get_args(Format):
            raise UsageError(
                f"--output {self.output} names a file, not a format",
                hint=f"--format {self.output}; for a file of that name: -o ./{self.output}",
            )
        in_rows = self.format in ROWS
        for contradicts, why in (
            (
                self.jq is not None and self.format not in (None, "json"),
                "--jq works only with --format json (for CSV and TSV, use @csv and @tsv of jq)",
            ),
            (self.columns and not in_rows, f"--columns needs {_ROW_FORMATS}"),
            (
                self.columns and not any(name.strip(", ") for name in self.columns),
                "--columns names no column",
            ),
            (self.safe_cells and not in_rows, f"--safe-cells needs {_ROW_FORMATS}"),
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
        """Whether there is something to send: a body, or fields for the query."""
        return bool(self.form or self.data is not None or self.raw_field or self.field or self.part)

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
        """Whether a file was named for the answer; `-o -` names stdout."""
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
        """Whether only a part or another format of the answer was asked for."""
        return self.jq is not None or self.format is not None
