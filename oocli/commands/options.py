"""How commands declare their options, and the options that they share."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, TypeVar, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_params_convertors_ctx_param_name_from_function
from typer.models import OptionInfo

from oocli.commands.context import AppContext
from oocli.config.settings import MAX_RETRIES, Options, read_seconds

if TYPE_CHECKING:
    # The classes that typer calls our methods with; it exports none of them.
    from typer._click import Command as Command
    from typer._click import Context as Context
    from typer._click import Parameter

_Options = TypeVar("_Options")  # a named tuple
# The default of an option that can be repeated. The parser copies it.
NOT_GIVEN: list[str] = []


def _any_text() -> Callable[[str], str]:
    """Return a parser that accepts any text. Completion tells these parsers apart."""
    return lambda text: text


file_path = _any_text()
text_or_file = _any_text()  # a text, or a file after an `@`
portal_host = _any_text()
api_path = _any_text()  # the path of an operation
api_word = _any_text()  # a word to look for, or a part of METHOD PATH
query_pair = _any_text()  # NAME=VALUE of a query
body_pair = _any_text()  # NAME=VALUE of a body
body_pair_or_file = _any_text()  # the same, or NAME=@FILE
remote_path = _any_text()  # the path of a file on the portal
help_word = _any_text()  # a command, or a topic of the help


def seconds(text: str) -> float:
    """Parse a number of seconds above 0."""
    try:
        return read_seconds(text)
    except ValueError as failure:
        raise typer.BadParameter(str(failure)) from None


# The headings of options that more than one command has.
SHOW = "Show"
TRY = "Try safely"
CONNECTION = "Connection"
MESSAGES = "Messages"


class Placement(NamedTuple):
    """Where the help lists an option: under which heading, and whether `-h` lists it too."""

    group: str
    in_short: bool


def option(group: str, *names: str, short: bool = False, **declared: Any) -> OptionInfo:
    """Declare an option; the keywords are those of `typer.Option`.

    The help lists it under the heading `group`; the short help (`-h`) leaves it out unless `short`.
    `help` is a full sentence that ends with the default and the variable: `Wait SEC seconds
    (default: 60; env: OOCLI_TIMEOUT).`
    """
    declared["rich_help_panel"] = Placement(group, short)
    info: OptionInfo = typer.Option(*names, **declared)
    return info


JsonFormat = Annotated[
    Literal["json"] | None,
    option(SHOW, "--format", metavar="json", help="Print one JSON document.", short=True),
]
# How the command line spells the fields of `Options`, which holds their types and defaults.
_LOCAL = {
    "quiet": option(MESSAGES, "--quiet", "-q", help="Print only errors on stderr."),
    "verbose": option(
        MESSAGES,
        "--verbose",
        "-v",
        short=True,
        count=True,
        help="Log each request on stderr; -vv adds the headers.",
    ),
    "debug": option(
        MESSAGES, "--debug", help="Log everything, and the traces of bugs (env: OOCLI_DEBUG)."
    ),
    "color": option(
        MESSAGES,
        "--color",
        metavar="WHEN",
        help="Use colors: auto, always or never (default: auto; env: OOCLI_COLOR, NO_COLOR).",
    ),
    "no_color": option(MESSAGES, "--no-color", help="Use no colors, as --color never does."),
    "error_format": option(
        MESSAGES,
        "--error-format",
        metavar="FORMAT",
        help="Print errors as text or json (default: text).",
    ),
    "no_input": option(
        MESSAGES, "--no-input", help="Never prompt; fail instead (env: OOCLI_NO_INPUT, CI)."
    ),
}
_PORTAL = {
    "portal": option(
        CONNECTION,
        "--portal",
        short=True,
        metavar="HOST",
        parser=portal_host,
        help="Use this portal (default: see `oocli portals`; env: OOCLI_PORTAL).",
    ),
    "timeout": option(
        CONNECTION,
        "--timeout",
        metavar="SEC",
        parser=seconds,
        help="Stop waiting for data after SEC seconds (default: 60; env: OOCLI_TIMEOUT).",
    ),
    "max_time": option(
        CONNECTION,
        "--max-time",
        metavar="SEC",
        parser=seconds,
        help="Stop the whole command after SEC seconds (default: never).",
    ),
    "retry": option(
        CONNECTION,
        "--retry",
        metavar="N",
        min=0,
        max=MAX_RETRIES,
        help=f"Retry temporary failures N times, at most {MAX_RETRIES} "
        "(default: 2; env: OOCLI_RETRY).",
    ),
    "proxy": option(
        CONNECTION,
        "--proxy",
        metavar="URL",
        help="Use this proxy (env: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY).",
    ),
    "cacert": option(
        CONNECTION,
        "--cacert",
        metavar="FILE",
        parser=file_path,
        help="Trust the CA certificates in this PEM file (env: REQUESTS_CA_BUNDLE, SSL_CERT_FILE).",
    ),
    "client_cert": option(
        CONNECTION,
        "--client-cert",
        metavar="FILE",
        parser=file_path,
        help="Send the client certificate in this PEM file, which also holds its key.",
    ),
    "insecure": option(CONNECTION, "--insecure", help="Do not check the portal's certificate."),
    "insecure_http": option(
        CONNECTION,
        "--insecure-http",
        help="Allow unencrypted http to other machines (env: OOCLI_INSECURE_HTTP).",
    ),
}


def with_options(
    declared: type[_Options],
) -> Callable[[Callable[[AppContext, _Options], None]], Callable[..., None]]:
    """Give a command the options that the fields of a named tuple declare.

    A field is declared as `name: Annotated[type, option(...)] = default`. Fields without
    `Annotated` are no options. The function is called with the `AppContext` and the named tuple.
    """
    hints = get_type_hints(declared, include_extras=True)
    fields = {name: hint for name, hint in hints.items() if hasattr(hint, "__metadata__")}

    def decorate(function: Callable[[AppContext, _Options], None]) -> Callable[..., None]:
        """Return the function that typer calls with a keyword for each option."""

        @functools.wraps(function)
        def command(ctx: typer.Context, **values: object) -> None:
            """Call the function with all options in one named tuple."""
            function(ctx.obj, declared(**values))

        _declare(command, fields, getattr(declared, "_field_defaults", {}))
        return command

    return decorate


def examples(*lines: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command its examples. The short help shows the first three."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        """Set an attribute, which other decorators copy to the function that they return."""
        vars(function)["examples"] = lines
        return function

    return decorate


def _declare(
    command: Callable[..., None], fields: dict[str, object], defaults: Mapping[str, object]
) -> None:
    """Give a function the signature from which typer makes these options."""
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
    vars(command)["__signature__"] = inspect.Signature([context, *options])
    command.__annotations__ = {"ctx": typer.Context, **fields}


def _shared(declarations: Mapping[str, OptionInfo]) -> Sequence[Parameter]:
    """Return shared options as parameters of the parser."""
    hints = get_type_hints(Options)

    def holder() -> None:
        """Have a signature, from which typer reads the declarations."""

    fields: dict[str, object] = {
        name: Annotated[hints[name], declared] for name, declared in declarations.items()
    }
    _declare(holder, fields, Options._field_defaults)
    return get_params_convertors_ctx_param_name_from_function(holder)[0]


class HelpAsked(Exception):
    """Raised to print the help of a command in place of running it. `path` names the command."""

    def __init__(self, command: Command, path: str, *, whole: bool) -> None:
        super().__init__(path)
        self.command, self.words, self.whole = command, path.split(), whole


def _ask_help(ctx: Context, param: Parameter, value: bool) -> None:
    if value:
        raise HelpAsked(ctx.command, ctx.command_path, whole=param.name == "help")


class WithHelp:
    """A command with a short help (`-h`) and a whole one (`--help`)."""

    params: list[Parameter]

    def get_params(self, _: object) -> list[Parameter]:
        """Return the parameters, with the two options for help."""
        return [*self.params, *_HELP]


_HELP = [
    TyperOption(
        param_decls=[decl, name],
        is_flag=True, is_eager=True, expose_value=False, callback=_ask_help,
    )
    for decl, name in (("-h", "short_help"), ("--help", "help"))
]  # fmt: skip


class LocalCommand(WithHelp, TyperCommand):
    """A command that talks to no portal."""

    declarations = _LOCAL

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(name, **more)
        self.params.extend(_shared(self.declarations))

    def invoke(self, ctx: Context) -> object:
        """Hand the shared options to the `AppContext`, the others to the command's function."""
        _start(ctx, self.declarations)
        try:
            return super().invoke(ctx)
        finally:
            ctx.obj.stderr.finished()


class PortalCommand(LocalCommand):
    """A command that talks to a portal."""

    declarations = _PORTAL | _LOCAL


class PortalKindCommand(LocalCommand):
    """A command that needs to know the chosen portal, but sends it nothing."""

    declarations = {"portal": _PORTAL["portal"]} | _LOCAL


class LazyCommands(Mapping[str, Any]):
    """The commands of a group, each loaded when it is asked for first."""

    def __init__(self, names: Iterable[str], load: Callable[[str], Any]) -> None:
        self._names, self._load = tuple(names), functools.cache(load)

    def __getitem__(self, name: str) -> Any:
        """Return a command. Raises `KeyError`."""
        if name not in self._names:
            raise KeyError(name)
        return self._load(name)

    def __contains__(self, name: object) -> bool:
        """Whether there is a command of this name; this loads nothing."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return the number of commands."""
        return len(self._names)


class LocalGroup(WithHelp, TyperGroup):
    """A command with sub-commands that also works alone. It talks to no portal."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.params.extend(_shared(_LOCAL))

    def invoke(self, ctx: Context) -> object:
        """Hand the shared options to the `AppContext`; the sub-command adds its own."""
        _start(ctx, _LOCAL)
        return super().invoke(ctx)


class NounGroup(WithHelp, TyperGroup):
    """A command that consists of sub-commands. Without one, it runs the one that lists."""

    list_verb = "list"

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Insert the name of the sub-command that lists if none is given."""
        if not args or (args[0].startswith("-") and args[0] not in ("-h", "--help")):
            args = [self.list_verb, *args]
        return super().parse_args(ctx, args)


def _start(ctx: Context, declarations: Mapping[str, OptionInfo]) -> None:
    """Hand the shared options that were given to the `AppContext`."""
    app: AppContext = ctx.obj
    values = {name: ctx.params.pop(name) for name in declarations}
    given = {k: value for k, value in values.items() if value != Options._field_defaults[k]}
    app.start(app.options._replace(**given))
