"""How commands declare their options, and the options that they share."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_params_convertors_ctx_param_name_from_function

from oocli.commands.context import AppContext
from oocli.config.settings import MAX_RETRIES, Options, read_seconds

_Options = TypeVar("_Options")  # a named tuple
# The default of an option that can be repeated; the parser makes a list of its own.
NOT_GIVEN: list[str] = []


# What an option takes, for the completion in a shell (see commands/completion.py).


def file_path(text: str) -> str:
    """Take a text that is the path of a file."""
    return text


def text_or_file(text: str) -> str:
    """Take a text that may name a file after an `@`."""
    return text


def portal_host(text: str) -> str:
    """Take a text that names a portal."""
    return text


def seconds(text: str) -> float:
    """Take a number of seconds above 0."""
    try:
        return read_seconds(text)
    except ValueError as failure:
        raise typer.BadParameter(str(failure)) from None


JsonFormat = Annotated[
    Literal["json"] | None, typer.Option("--format", help="Print one JSON document.")
]
# The fields of `Options`, which holds their types and defaults, as the command line spells them.
_LOCAL = {
    "quiet": typer.Option("--quiet", "-q", help="Print only errors on stderr."),
    "verbose": typer.Option(
        "--verbose",
        "-v",
        count=True,
        show_default=False,
        help="Log each request (-vv: and its headers).",
    ),
    "debug": typer.Option(
        "--debug", help="Log everything, and stack traces of bugs. (env: OOCLI_DEBUG)"
    ),
    "color": typer.Option("--color", help="When to use colors. (env: OOCLI_COLOR, NO_COLOR)"),
    "no_color": typer.Option("--no-color", help="The same as --color never."),
    "error_format": typer.Option("--error-format", help="Format of errors on stderr."),
    "no_input": typer.Option("--no-input", help="Never prompt. (env: OOCLI_NO_INPUT, CI)"),
}
_PORTAL = {
    "portal": typer.Option(
        "--portal", metavar="HOST", parser=portal_host, help="The portal. (env: OOCLI_PORTAL)"
    ),
    "timeout": typer.Option(
        "--timeout",
        metavar="SEC",
        parser=seconds,
        help="Stop waiting for data after SEC seconds (default: 60). (env: OOCLI_TIMEOUT)",
    ),
    "max_time": typer.Option(
        "--max-time",
        metavar="SEC",
        parser=seconds,
        help="Stop the whole command after SEC seconds (default: never).",
    ),
    "retry": typer.Option(
        "--retry",
        metavar="N",
        min=0,
        max=MAX_RETRIES,
        help="Retry temporary failures N times (default: 2). (env: OOCLI_RETRY)",
    ),
    "proxy": typer.Option(
        "--proxy",
        metavar="URL",
        help="Use this proxy. (env: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY)",
    ),
    "cacert": typer.Option(
        "--cacert",
        metavar="FILE",
        parser=file_path,
        help="CA certificates to trust (PEM file). (env: REQUESTS_CA_BUNDLE, SSL_CERT_FILE)",
    ),
    "client_cert": typer.Option(
        "--client-cert",
        metavar="FILE",
        parser=file_path,
        help="Client certificate and its key (PEM file).",
    ),
    "insecure": typer.Option("--insecure", help="Do not check the portal's certificate."),
    "insecure_http": typer.Option(
        "--insecure-http", help="Allow unencrypted http. (env: OOCLI_INSECURE_HTTP)"
    ),
}


def with_options(
    declared: type[_Options],
) -> Callable[[Callable[[AppContext, _Options], None]], Callable[..., None]]:
    """Give a command the options that a named tuple declares, each one a field of it.

    A field is declared as `name: Annotated[type, typer.Option(...)] = default`; fields without
    `Annotated` are left to the command. The function is called with the run and the one tuple.
    """
    hints = get_type_hints(declared, include_extras=True)
    fields = {name: hint for name, hint in hints.items() if hasattr(hint, "__metadata__")}

    def decorate(function: Callable[[AppContext, _Options], None]) -> Callable[..., None]:
        @functools.wraps(function)
        def command(ctx: typer.Context, **values: object) -> None:
            function(ctx.obj, declared(**values))

        _declare(command, fields, getattr(declared, "_field_defaults", {}))
        return command

    return decorate


def examples(*lines: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Put examples before the docstring of a command, which is its help."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        shown = "\n".join(f"  {line}" for line in lines)
        function.__doc__ = f"\b\nExamples:\n{shown}\n\n{inspect.getdoc(function) or ''}"
        return function

    return decorate


def summary(text: str | None) -> str:
    """Return the first sentence of a help text, without the examples that may stand before it."""
    paragraphs = [part.strip() for part in (text or "").split("\n\n") if part[:1] != "\b"]
    first = " ".join((paragraphs or [""])[0].split())
    return re.split(r"(?<=[\w)])\. |\.$| \(env:", first, maxsplit=1)[0]


def _declare(
    command: Callable[..., None], fields: dict[str, object], defaults: Mapping[str, object]
) -> None:
    """Give a function the signature from which typer makes a context and these options."""
    context = inspect.Parameter(
        "ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )
    options = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=defaults.get(name, inspect.Parameter.empty),
            annotation=hint,
        )
        for name, hint in fields.items()
    ]
    command.__signature__ = inspect.Signature([context, *options])  # type: ignore[attr-defined]
    command.__annotations__ = {"ctx": typer.Context, **fields}


def _shared(declarations: dict[str, Any]) -> list[Any]:
    """Return some of the shared options as parameters of the parser."""
    hints = get_type_hints(Options)

    def holder() -> None:
        """Hold the declarations, nothing else."""

    fields: dict[str, object] = {
        name: Annotated[hints[name], declared] for name, declared in declarations.items()
    }
    _declare(holder, fields, Options._field_defaults)
    return get_params_convertors_ctx_param_name_from_function(holder)[0]


class LocalCommand(TyperCommand):
    """A command that talks to no portal."""

    declarations = _LOCAL

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.params.extend(_shared(self.declarations))
        self.short_help = summary(self.help)

    def invoke(self, ctx: Any) -> Any:
        """Hand the shared options to the run, the others to the command's function."""
        _start(ctx, self.declarations)
        try:
            return super().invoke(ctx)
        finally:
            ctx.obj.stderr.finished()


class PortalCommand(LocalCommand):
    """A command that talks to a portal."""

    declarations = _PORTAL | _LOCAL


class LocalGroup(TyperGroup):
    """A noun that does something alone and has verbs as well, and talks to no portal."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.params.extend(_shared(_LOCAL))

    def invoke(self, ctx: Any) -> Any:
        """Hand the shared options to the run; a verb's own are added to them."""
        _start(ctx, _LOCAL)
        return super().invoke(ctx)


class NounGroup(TyperGroup):
    """The sub-verbs of a noun. The noun alone, with or without options, lists."""

    list_verb = "list"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the verb that lists where no sub-verb stands."""
        if not args or (args[0].startswith("-") and args[0] not in ("-h", "--help")):
            args = [self.list_verb, *args]
        return super().parse_args(ctx, args)


def _start(ctx: Any, declarations: dict[str, Any]) -> None:
    """Hand the shared options to the run, except those that leave its options as they are."""
    app: AppContext = ctx.obj
    values = {name: ctx.params.pop(name) for name in declarations}
    given = {k: value for k, value in values.items() if value != Options._field_defaults[k]}
    app.start(app.options._replace(**given))
