"""Settings of one run: option before environment before built-in default.

What `portals.json` adds comes in `config/portals.py`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from oocli.config.directories import Directories
from oocli.config.environment import Environment
from oocli.model.address import ProxyAddress
from oocli.model.errors import StorageError, UsageError
from oocli.model.secret import Credential, Secret
from oocli.transport.options import ConnectionOptions, RequestLimits

# What options and variables may hold; the parser of the command line checks the same.
ColorMode = Literal["auto", "always", "never"]
ErrorFormat = Literal["text", "json"]
MAX_RETRIES = 20
_MAX_SECONDS = 10_000_000


class Options(NamedTuple):
    """What was typed of the options that all commands share; None: not given."""

    portal: str | None = None
    no_input: bool = False
    quiet: bool = False
    verbose: int = 0
    debug: bool = False
    color: ColorMode | None = None
    no_color: bool = False
    error_format: ErrorFormat = "text"
    timeout: float | None = None
    max_time: float | None = None
    retry: int | None = None
    proxy: str | None = None
    cacert: str | None = None
    client_cert: str | None = None
    insecure: bool = False
    insecure_http: bool = False


class Settings(NamedTuple):
    """Everything that decides how a run behaves. `sources` tells where each value came from."""

    directories: Directories
    limits: RequestLimits = RequestLimits()
    connection: ConnectionOptions = ConnectionOptions()
    portal_option: str | None = None
    portal_variable: str | None = None
    token: Secret | None = None
    token_file: Path | None = None
    # OOCLI_TOKEN is set to nothing, as in a CI job that does not get the secret.
    token_is_empty: bool = False
    no_keyring: bool = False
    # Keyring's own variable is set: then it decides on the back end, not our record.
    keyring_chosen: bool = False
    insecure_http: bool = False
    sources: Mapping[str, str] = MappingProxyType({})
    # The names of the variables that are set and obeyed; never a value.
    variables: tuple[str, ...] = ()

    @classmethod
    def read(
        cls, options: Options | None = None, environment: Environment | None = None
    ) -> Settings:
        """Gather the settings; without an environment, from that of this process.

        Raises `UsageError` for a value that means nothing, `StorageError` for a file of
        certificates that cannot be read.
        """
        options = options or Options()
        env = environment or Environment.of_process()
        color = env.get("OOCLI_COLOR") or "auto"
        if color not in get_args(ColorMode):
            modes = ", ".join(get_args(ColorMode))
            raise UsageError(f"OOCLI_COLOR: {color!r} is not one of {modes}")
        token = env.get("OOCLI_TOKEN")
        return cls(
            directories=Directories.find(_path(env, "OOCLI_CONFIG_DIR")),
            limits=_limits(options, env),
            connection=_connection(options, env),
            portal_option=options.portal or None,
            portal_variable=env.get("OOCLI_PORTAL"),
            token=Secret(clean_token(token, "OOCLI_TOKEN")) if token else None,
            token_file=_path(env, "OOCLI_TOKEN_FILE"),
            token_is_empty=env.is_empty("OOCLI_TOKEN"),
            no_keyring=env.flag("OOCLI_NO_KEYRING"),
            keyring_chosen=bool(env.get("PYTHON_KEYRING_BACKEND")),
            insecure_http=options.insecure_http or env.flag("OOCLI_INSECURE_HTTP"),
            sources=_sources(options, env),
            variables=tuple(name for name in OBEYED if env.get(name)),
        )

    @property
    def token_variable(self) -> str | None:
        """The name of the variable that gives the credential, if one does."""
        if self.token is not None:
            return "OOCLI_TOKEN"
        return "OOCLI_TOKEN_FILE" if self.token_file is not None else None


OBEYED = (
    "OOCLI_PORTAL OOCLI_TOKEN OOCLI_TOKEN_FILE OOCLI_CONFIG_DIR OOCLI_NO_INPUT OOCLI_NO_KEYRING "
    "OOCLI_TIMEOUT OOCLI_RETRY OOCLI_INSECURE_HTTP OOCLI_COLOR OOCLI_DEBUG NO_COLOR CLICOLOR "
    "CLICOLOR_FORCE FORCE_COLOR HTTPS_PROXY https_proxy HTTP_PROXY http_proxy ALL_PROXY all_proxy "
    "NO_PROXY no_proxy SSL_CERT_FILE REQUESTS_CA_BUNDLE PYTHON_KEYRING_BACKEND CI"
).split()


def process_environment() -> Environment:
    """Return the environment of this process, and take the secrets in it out of the process.

    They are known secrets from here on, whatever goes wrong before they are used.
    """
    env = Environment.taken_from_process()
    for name, value in env.secrets().items():
        if name == "OOCLI_TOKEN":
            Secret(value)
        else:
            _know_secrets_of(value)
    return env


def _path(env: Environment, name: str) -> Path | None:
    """Return a variable that is a path. Raises `UsageError` for `~name` where no user has it."""
    try:
        return env.path(name)
    except RuntimeError:
        raise UsageError(f"{name}={env.get(name)}: there is no such home directory") from None


def clean_token(text: str, source: str) -> str:
    """Return a token without the white space around it. Raises `UsageError` for no token."""
    token = text.strip()
    fault = Credential.fault(token)
    if fault:
        hint = "pass only the token, on one line" if token else None
        raise UsageError(f"{source} {fault}", hint=hint)
    return token


def read_seconds(text: str) -> float:
    """Read a limit of time. Raises `ValueError` for what is no number of seconds above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < _MAX_SECONDS:  # also true for NaN
        raise ValueError(f"{text!r} is not a number of seconds above 0 and below {_MAX_SECONDS:,}")
    return number


def _limits(options: Options, env: Environment) -> RequestLimits:
    default = RequestLimits()
    timeout, retries = options.timeout, options.retry
    if timeout is None and (text := env.get("OOCLI_TIMEOUT")):
        try:
            timeout = read_seconds(text)
        except ValueError as failure:
            raise UsageError(f"OOCLI_TIMEOUT: {failure}") from None
    if retries is None and (text := env.get("OOCLI_RETRY")):
        try:
            retries = int(text)
        except ValueError:
            retries = -1
        if not 0 <= retries <= MAX_RETRIES:
            raise UsageError(f"OOCLI_RETRY: {text!r} is not a number from 0 to {MAX_RETRIES}")
    return RequestLimits(
        timeout=default.timeout if timeout is None else timeout,
        max_time=options.max_time,
        retries=default.retries if retries is None else retries,
    )


def _connection(options: Options, env: Environment) -> ConnectionOptions:
    verify: bool | str = True
    given = [("--client-cert", options.client_cert)]
    if options.insecure:
        verify = False
    else:
        found = (
            ("--cacert", options.cacert),
            ("REQUESTS_CA_BUNDLE", env.get("REQUESTS_CA_BUNDLE")),
            ("SSL_CERT_FILE", env.get("SSL_CERT_FILE")),
        )
        bundle = next((pair for pair in found if pair[1]), None)
        if bundle is not None:
            given.append(bundle)
            verify = bundle[1] or True
    for name, file in given:
        if file:
            _must_be_readable(name, file)
    return ConnectionOptions(
        verify=verify,
        client_cert=options.client_cert,
        proxies=_proxies(options.proxy, env),
        no_proxy="" if options.proxy else env.get("no_proxy", "NO_PROXY") or "",
    )


def _must_be_readable(name: str, file: str) -> None:
    """Raise for a file of certificates that is missing or unreadable, before it is needed."""
    try:
        Path(file).stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError(f"{name}: there is no file {file}") from None
    except OSError as failure:
        raise StorageError(f"{name}: {file} cannot be read: {failure.strerror}") from None
    if not os.access(file, os.R_OK):
        raise StorageError(f"{name}: {file} cannot be read: {os.strerror(errno.EACCES)}")


def _proxies(option: str | None, env: Environment) -> tuple[tuple[str, str], ...]:
    if option:
        _know_secrets_of(option)
        return (("all", option),)
    found = []
    for scheme in ("https", "http", "all"):
        value = env.get(f"{scheme}_proxy", f"{scheme.upper()}_PROXY")
        if value:
            _know_secrets_of(value)
            found.append((scheme, value))
    return tuple(found)


def _know_secrets_of(proxy: str) -> None:
    """Register user and password of a proxy's address as secrets."""
    if "@" in proxy:
        ProxyAddress.parse(proxy)


def _sources(options: Options, env: Environment) -> dict[str, str]:
    typed = {
        "portal": (options.portal, "--portal", "OOCLI_PORTAL"),
        "timeout": (options.timeout, "--timeout", "OOCLI_TIMEOUT"),
        "retry": (options.retry, "--retry", "OOCLI_RETRY"),
        "color": (options.color, "--color", "OOCLI_COLOR"),
        "proxy": (options.proxy, "--proxy", "HTTPS_PROXY"),
        "cacert": (options.cacert, "--cacert", "REQUESTS_CA_BUNDLE"),
        "insecure-http": (options.insecure_http or None, "--insecure-http", "OOCLI_INSECURE_HTTP"),
        "config": (None, "", "OOCLI_CONFIG_DIR"),
        "no-keyring": (None, "", "OOCLI_NO_KEYRING"),
    }
    found = {}
    for name, (value, option, variable) in typed.items():
        if value is not None:
            found[name] = option
        elif env.get(variable, variable.lower()):
            found[name] = variable
        else:
            found[name] = "default"
    return found
