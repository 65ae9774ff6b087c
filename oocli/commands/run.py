"""One run of the program: its streams, options and settings, handed to the command."""

from __future__ import annotations

from functools import cached_property

from oocli.core.environment import Environment
from oocli.core.settings import Options, Settings
from oocli.model.errors import UsageError
from oocli.render import Terminal
from oocli.render.input import Input
from oocli.render.messages import Messages
from oocli.render.output import Output


class Run:
    """Made once by `main`, filled with the options as soon as a command has parsed them."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.options = Options()
        self.terminal = self._look(None)
        self.messages = Messages(self.terminal)

    def start(self, options: Options) -> None:
        """Take the options that all commands share. Raises `UsageError` for a wrong word."""
        for name, word, words in (
            ("--color", options.color or "auto", ("auto", "always", "never")),
            ("--error-format", options.error_format, ("text", "json")),
        ):
            if word not in words:
                raise UsageError(f"{name}: {word!r} is not one of {', '.join(words)}")
        self.options = options
        self.terminal = self._look(options.color)
        env = self.environment
        self.messages = Messages(
            self.terminal,
            quiet=options.quiet,
            as_json=options.error_format == "json",
            verbosity=options.verbose,
            debug=options.debug or env.flag("OOCLI_DEBUG"),
            may_ask=not (options.no_input or env.flag("OOCLI_NO_INPUT") or env.flag("CI")),
        )
        if options.insecure:
            self.messages.warn("--insecure: the portal's certificate is not checked")

    def ignore_variables(self) -> Environment:
        """Go on as if no variable of oocli were set, and return the environment that is left."""
        self.environment = self.environment.without_ours()
        self.start(self.options)
        return self.environment

    @cached_property
    def settings(self) -> Settings:
        """The settings, read at the first use: help and version work with broken ones."""
        return Settings.read(self.options, self.environment.values)

    @cached_property
    def output(self) -> Output:
        """Stdout."""
        return Output(self.terminal, before=self.messages.hide_progress)

    @cached_property
    def input(self) -> Input:
        """Stdin."""
        return Input(self.terminal, self.messages)

    def errors_as_json(self) -> None:
        """Tell failures as JSON, before a command has parsed its options."""
        self.messages = Messages(self.terminal, as_json=True)

    def _look(self, colour: str | None) -> Terminal:
        env = self.environment
        return Terminal.of_process(
            lambda is_terminal: env.colour(colour, is_terminal=is_terminal),
            env.columns(),
            always_coloured=(colour or env.get("OOCLI_COLOR")) == "always",
        )
