"""The options that commands share, and the classes of command that carry them."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption

from oocli.commands.context import AppContext

# Name in `Options`, declarations, what it takes (empty: a switch), help.
_Row = tuple[str, tuple[str, ...], str, str]
_LOCAL: tuple[_Row, ...] = (
    ("quiet", ("--quiet", "-q"), "", "Only errors on stderr."),
    ("verbose", ("--verbose", "-v"), "count", "Tell each request; twice: its headers too."),
    ("debug", ("--debug",), "", "Tell everything, traces of bugs too. (env: OOCLI_DEBUG)"),
    ("color", ("--color",), "auto|always|never", "When to colour. (env: OOCLI_COLOR, NO_COLOR)"),
    ("no_color", ("--no-color",), "", "The same as --color never."),
    ("error_format", ("--error-format",), "text|json", "How to tell a failure on stderr."),
    ("no_input", ("--no-input",), "", "Never ask. (env: OOCLI_NO_INPUT, CI)"),
)
_PORTAL: tuple[_Row, ...] = (
    ("portal", ("--portal",), "HOST", "The portal. (env: OOCLI_PORTAL)"),
    ("timeout", ("--timeout",), "SEC", "Limit of each read, 60. (env: OOCLI_TIMEOUT)"),
    ("max_time", ("--max-time",), "SEC", "Limit of the whole call, none."),
    ("retry", ("--retry",), "N", "Repeats after passing failures, 2. (env: OOCLI_RETRY)"),
    ("proxy", ("--proxy",), "URL", "Proxy. (env: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY)"),
    ("cacert", ("--cacert",), "FILE", "Authorities. (env: REQUESTS_CA_BUNDLE, SSL_CERT_FILE)"),
    ("client_cert", ("--client-cert",), "FILE", "Client certificate and key, PEM."),
    ("insecure", ("--insecure",), "", "Do not check the portal's certificate."),
    ("insecure_http", ("--insecure-http",), "", "Allow plain http. (env: OOCLI_INSECURE_HTTP)"),
)
_NUMBERS = {"timeout": float, "max_time": float, "retry": int}


def with_examples(what: str, *examples: str) -> str:
    """Return a command's help: examples first, then what it does."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"\b\nExamples:\n{lines}\n\n{what}"


class LocalCommand(TyperCommand):
    """A command that talks to no portal."""

    rows: tuple[_Row, ...] = _LOCAL

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.params.extend(_option(row) for row in self.rows)

    def invoke(self, ctx: Any) -> Any:
        """Hand the shared options to the run, the others to the command's function."""
        _start(ctx, self.rows)
        try:
            return super().invoke(ctx)
        finally:
            ctx.obj.stderr.finished()


class LocalGroup(TyperGroup):
    """A noun that does something alone and has verbs as well, and talks to no portal."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.params.extend(_option(row) for row in _LOCAL)

    def invoke(self, ctx: Any) -> Any:
        """Hand the shared options to the run; a verb's own are added to them."""
        _start(ctx, _LOCAL)
        return super().invoke(ctx)


class PortalCommand(LocalCommand):
    """A command that talks to a portal."""

    rows = (*_PORTAL, *_LOCAL)


class NounGroup(TyperGroup):
    """The sub-verbs of a noun. The noun alone, with or without options, lists."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` where no sub-verb stands."""
        if not args or (args[0].startswith("-") and args[0] not in ("-h", "--help")):
            args = ["list", *args]
        return super().parse_args(ctx, args)


def _start(ctx: Any, rows: tuple[_Row, ...]) -> None:
    found = {row[0]: ctx.params.pop(row[0], None) for row in rows}
    app: AppContext = ctx.obj
    if found.pop("no_color"):
        found["color"] = "never"
    found["verbose"] = found["verbose"] or None
    given = {k: value for k, value in found.items() if value is not None and value is not False}
    app.start(app.options._replace(**given))


def _option(row: _Row) -> TyperOption:
    name, declarations, takes, text = row
    if takes == "count":
        return TyperOption(param_decls=[name, *declarations], count=True, default=0, help=text)
    if not takes:
        return TyperOption(
            param_decls=[name, *declarations], is_flag=True, default=False, help=text
        )
    return TyperOption(
        param_decls=[name, *declarations],
        type=_NUMBERS.get(name, str),
        metavar=takes,
        help=text,
    )
