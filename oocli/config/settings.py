"""The settings of one run: an option overrides a variable, which overrides the default.

`config/portals.py` adds what `portals.json` holds.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from oocli.config.environment import Directories, Environment
from oocli.model.address import ProxyAddress
from oocli.model.errors import StorageError, UsageError
from oocli.model.secret import Credential, Secret
from oocli.transport.options import ConnectionOptions, RequestLimits

# The allowed values. The parser of the command line uses the same types and limits.
ColorMode = Literal["auto", "always", "never"]
ErrorFormat = Literal["text", "json"]
MAX_RETRIES = 20
_MAX_SECONDS = 10_000_000


class Options(NamedTuple):
    """The options that all commands share, as typed. None: not given."""

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
    """Everything that decides how a run behaves.

    `sources` names the option or variable that set each value, or `default`.
    """

    directories: Directories
    limits: RequestLimits = RequestLimits()
    connection: ConnectionOptions = ConnectionOptions()
    portal_option: str | None = None
    portal_variable: str | None = None
    token: Secret | None = None
    token_file: Path | None = None
    # OOCLI_TOKEN is set but empty, as in a CI job that does not get the secret.
    token_is_empty: bool = False
    no_keyring: bool = False
    # The variable of the keyring library chooses the back end, in place of our record.
    keyring_chosen: bool = False
    insecure_http: bool = False
    sources: Mapping[str, str] = MappingProxyType({})
    # The names, not the values, of the variables that are set and affect oocli.
    variables: tuple[str, ...] = ()

    @classmethod
    def read(
        cls, options: Options | None = None, environment: Environment | None = None
    ) -> Settings:
        """Read the settings from the options and the environment (default: of this process).

        Raises `UsageError` for an invalid value, and `StorageError` for a certificate file that
        cannot be read.
        """
        options = options or Options()
        env = environment or Environment.of_process()
        color = env.get("OOCLI_COLOR") or "auto"
        modes = get_args(ColorMode)
        if color not in modes:
            raise UsageError(f"OOCLI_COLOR: {color!r} is not one of {', '.join(modes)}")
        token = env.get("OOCLI_TOKEN")
        return cls(
            directories=Directories(_path(env, "OOCLI_CONFIG_DIR")),
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
        """The name of the variable that sets the credential, or None."""
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
    """Return the environment of this process, and unset the variables in it that hold secrets.

    From here on the secrets are masked, even if the run fails before it uses them.
    """
    env = Environment.taken_from_process()
    for name, value in env.secrets().items():
        if name == "OOCLI_TOKEN":
            Secret(value)
        else:
            ProxyAddress.parse(value)
    return env


def _path(env: Environment, name: str) -> Path | None:
    """Return a variable as a path. Raises `UsageError` for `~name` without such a user."""
    try:
        return env.path(name)
    except RuntimeError:
        raise UsageError(f"{name}={env.get(name)}: there is no such home directory") from None


def clean_token(text: str, source: str) -> str:
    """Return a token without surrounding white space. Raises `UsageError` if it is no token."""
    token = text.strip()
    fault = Credential.fault(token)
    if fault:
        hint = "pass only the token, on one line" if token else None
        raise UsageError(f"{source} {fault}", hint=hint)
    return token


def read_seconds(text: str) -> float:
    """Return a time limit in seconds. Raises `ValueError` if it is no number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < _MAX_SECONDS:  # also true for NaN
        raise ValueError(f"{text!r} is not a number of seconds above 0 and below {_MAX_SECONDS:,}")
    return number


def _limits(options: Options, env: Environment) -> RequestLimits:
    limits = RequestLimits(max_time=options.max_time)
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
    if timeout is not None:
        limits = limits._replace(timeout=timeout)
    return limits if retries is None else limits._replace(retries=retries)


def _connection(options: Options, env: Environment) -> ConnectionOptions:
    files = {"--client-cert": options.client_cert}
    ca_file = None
    if not options.insecure:
        ca_files = {
            "--cacert": options.cacert,
            "REQUESTS_CA_BUNDLE": env.get("REQUESTS_CA_BUNDLE"),
            "SSL_CERT_FILE": env.get("SSL_CERT_FILE"),
        }
        name, ca_file = next((pair for pair in ca_files.items() if pair[1]), ("", None))
        files[name] = ca_file
    for name, file in files.items():
        if file:
            _check_readable(name, file)
    proxies = []
    if options.proxy:
        proxies.append(("all", options.proxy))
    else:
        for scheme in ("https", "http", "all"):
            proxy = env.get(f"{scheme}_proxy", f"{scheme.upper()}_PROXY")
            if proxy:
                proxies.append((scheme, proxy))
    for _, proxy in proxies:
        ProxyAddress.parse(proxy)  # registers the user and password in it as secrets
    return ConnectionOptions(
        verify=not options.insecure and (ca_file or True),
        client_cert=options.client_cert,
        proxies=tuple(proxies),
        no_proxy="" if options.proxy else env.get("no_proxy", "NO_PROXY") or "",
    )


def _check_readable(name: str, file: str) -> None:
    """Raise an error if a certificate file is missing or unreadable, before a request needs it."""
    try:
        Path(file).stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UsageError(f"{name}: there is no file {file}") from None
    except OSError as failure:
        raise StorageError(f"{name}: {file} cannot be read: {failure.strerror}") from None
    if not os.access(file, os.R_OK):
        raise StorageError(f"{name}: {file} cannot be read: {os.strerror(errno.EACCES)}")


def _sources(options: Options, env: Environment) -> dict[str, str]:
    """Return what set each setting: the name of an option or a variable, or `default`."""
    settings = {
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
    for name, (value, option, variable) in settings.items():
        if value is not None:
            found[name] = option
        elif env.get(variable, variable.lower()):
            found[name] = variable
        else:
            found[name] = "default"
    return found
