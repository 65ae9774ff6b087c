"""One run of the program: its streams, options and settings, handed to the command."""

from __future__ import annotations

from functools import cached_property

from oocli.auth.credentials import find_credential
from oocli.client.portal import PortalClient
from oocli.commands.hints import advise
from oocli.config.environment import Environment
from oocli.config.portals import PortalRegistry, PortalSelection, resolve_portal
from oocli.config.settings import Options, Settings
from oocli.model.secret import Credential, Redactor
from oocli.render.stderr import Stderr
from oocli.render.stdout import Stdout
from oocli.render.terminal import Stdin, Terminal


class AppContext:
    """The streams, options and settings of one run.

    Created before the command line is parsed; `start` then sets the options. With `as_json`, errors
    of the parser are printed as JSON, too.
    """

    def __init__(
        self, environment: Environment, redactor: Redactor, *, as_json: bool = False
    ) -> None:
        self.environment, self.redactor = environment, redactor
        self.options = Options()
        self.terminal = self._terminal_for(None)
        self.stderr = Stderr(self.terminal, redactor, as_json=as_json)

    def start(self, options: Options) -> None:
        """Take the options that all commands share."""
        if options.no_color:
            options = options._replace(color="never")
        self.options = options
        self.terminal = self._terminal_for(options.color)
        env = self.environment
        self.stderr = Stderr(
            self.terminal,
            self.redactor,
            quiet=options.quiet,
            as_json=options.error_format == "json",
            verbosity=options.verbose,
            debug=options.debug or env.flag("OOCLI_DEBUG"),
            may_ask=not (options.no_input or env.flag("OOCLI_NO_INPUT") or env.flag("CI")),
        )
        if options.insecure:
            self.stderr.warn("--insecure: the portal's certificate is not checked")

    def ignore_variables(self) -> Environment:
        """Continue as if no OOCLI_* variable were set, and return the remaining environment."""
        self.environment = self.environment.without_oocli()
        self.start(self.options)
        return self.environment

    @cached_property
    def settings(self) -> Settings:
        """The settings, read when first used: help and version work with invalid ones."""
        return Settings.read(self.options, self.environment)

    def open_portal(self, *, max_connections: int = 1) -> PortalClient:
        """Return the chosen portal, with the credential that belongs to it."""
        selection, credential = self.find_sign_in()
        return self.client_for(selection, credential, max_connections=max_connections)

    def find_sign_in(self) -> tuple[PortalSelection, Credential]:
        """Return the chosen portal and the credential for it. Raises where there is none."""
        selection = resolve_portal(self.settings, PortalRegistry.read(self.settings.directories))
        return selection, find_credential(self.settings, selection, self.stderr)

    def client_for(
        self,
        selection: PortalSelection,
        credential: Credential | None,
        *,
        max_connections: int = 1,
    ) -> PortalClient:
        """Return the client for a portal and credential from `find_sign_in`."""
        return PortalClient(
            selection.address,
            kind=selection.kind,
            credential=credential,
            connection=self.settings.connection._replace(max_connections=max_connections),
            limits=self.settings.limits,
            reporter=self.stderr,
            advise=advise,
        )

    @cached_property
    def stdout(self) -> Stdout:
        """Where results are printed."""
        return Stdout(self.terminal, self.redactor, before=self.stderr.hide_progress)

    @cached_property
    def stdin(self) -> Stdin:
        """Where prompts and pipes are read from."""
        return Stdin(self.terminal, self.stderr.note)

    def _terminal_for(self, color: str | None) -> Terminal:
        env = self.environment
        return Terminal.of_process(
            lambda is_terminal: env.color(color, is_terminal=is_terminal),
            env.columns(),
            always_colored=(color or env.get("OOCLI_COLOR")) == "always",
        )
