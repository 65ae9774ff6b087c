"""How commands declare their options, and the options that they share."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
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


def api_path(text: str) -> str:
    """Take a text that is the path of an operation."""
    return text


def api_word(text: str) -> str:
    """Take a text that is a word to look for, or part of METHOD PATH."""
    return text


def query_pair(text: str) -> str:
    """Take a text that is NAME=VALUE, of a query."""
    return text


def body_pair(text: str) -> str:
    """Take a text that is NAME=VALUE, of a body."""
    return text


def body_pair_or_file(text: str) -> str:
    """Take a text that is NAME=VALUE or NAME=@FILE, of a body."""
    return text


def remote_path(text: str) -> str:
    """Take a text that is the path of a file on the portal."""
    return text


def help_word(text: str) -> str:
    """Take a text that is a topic of the help or a command."""
    return text


def seconds(text: str) -> float:
    """Take a number of seconds above 0."""
    try:
        return read_seconds(text)
    except ValueError as failure:
        raise typer.BadParameter(str(failure)) from None


# The groups of options that more than one command has.
SHOW = "Show"
TRY = "Try safely"
CONNECTION = "Connection"
MESSAGES = "Messages"


class Placement(NamedTuple):
    """Where the help lists an option: under which heading, and whether `-h` lists it too."""

    group: str
    in_short: bool


def option(group: str, *names: str, short: bool = False, **declared: Any) -> Any:
    """Declare an option; the keywords are those of `typer.Option`.

    The help lists it under the heading `group`; the short help (`-h`) leaves it out unless `short`.
    `help` is a full sentence that ends with the default and the variable: `Wait SEC seconds
    (default: 60; env: OOCLI_TIMEOUT).`
    """
    placement: Any = Placement(group, short)
    return typer.Option(*names, rich_help_panel=placement, **declared)


JsonFormat = Annotated[
    Literal["json"] | None,
    option(SHOW, "--format", metavar="json", help="Print one JSON document.", short=True),
]
# The fields of `Options`, which holds their types and defaults, as the command line spells them.
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
    """Give a command its examples, the most useful three first: the short help shows those."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        # Decorators that wrap the function, ours and typer's, copy its attributes.
        function.examples = lines  # type: ignore[attr-defined]
        return function

    return decorate


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


class HelpAsked(Exception):
    """The help of a command is asked for: the short one, or the whole one."""

    def __init__(self, command: Any, path: str, *, whole: bool) -> None:
        super().__init__(path)
        self.command, self.words, self.whole = command, path.split(), whole


def _ask_help(ctx: Any, param: Any, value: bool) -> None:
    if value:
        raise HelpAsked(ctx.command, ctx.command_path, whole=param.name == "help")


class WithHelp:
    """A command with the short help (`-h`) and the whole one (`--help`)."""

    params: list[Any]

    def get_params(self, _: object) -> list[Any]:
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

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.params.extend(_shared(self.declarations))

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


class PortalKindCommand(LocalCommand):
    """A command that depends on the chosen portal, and sends it nothing."""

    declarations: dict[str, Any] = {"portal": _PORTAL["portal"]} | _LOCAL


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
    """A noun that does something alone and has verbs as well, and talks to no portal."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.params.extend(_shared(_LOCAL))

    def invoke(self, ctx: Any) -> Any:
        """Hand the shared options to the run; a verb's own are added to them."""
        _start(ctx, _LOCAL)
        return super().invoke(ctx)


class NounGroup(WithHelp, TyperGroup):
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
