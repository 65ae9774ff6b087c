"""Settings of one run: option before environment before built-in default, and whence each came.

What `portals.json` adds comes in `config/portals.py`.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from oocli.config.directories import Directories
from oocli.config.environment import Environment
from oocli.model.errors import StorageError, UsageError
from oocli.model.secret import Credential, Secret
from oocli.transport.options import ConnectionOptions, RequestLimits


class Options(NamedTuple):
    """What was typed of the options that all commands share; None: not given."""

    portal: str | None = None
    no_input: bool = False
    quiet: bool = False
    verbose: int = 0
    debug: bool = False
    color: str | None = None
    error_format: str = "text"
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
    no_input: bool = False
    no_keyring: bool = False
    # Keyring's own variable is set: then it decides on the back end, not our record.
    keyring_chosen: bool = False
    insecure_http: bool = False
    sources: Mapping[str, str] = MappingProxyType({})
    # The names of the variables that are set and obeyed; never a value.
    variables: tuple[str, ...] = ()

    @classmethod
    def read(
        cls, options: Options | None = None, environ: Mapping[str, str] | None = None
    ) -> Settings:
        """Gather the settings. Raises `UsageError` for a value that means nothing.

        `StorageError` for a file of certificates that cannot be read.
        """
        options = options or Options()
        env = Environment.of_process() if environ is None else Environment(environ)
        timeout = _positive("--timeout", options.timeout, env, "OOCLI_TIMEOUT")
        _refuse_odd_colour(env)
        return cls(
            directories=Directories.find(_path(env, "OOCLI_CONFIG_DIR")),
            limits=RequestLimits(
                timeout=timeout or 60.0,
                max_time=_positive("--max-time", options.max_time, env),
                retries=_retries(options.retry, env),
            ),
            connection=_connection(options, env),
            portal_option=options.portal or None,
            portal_variable=env.get("OOCLI_PORTAL"),
            token=_token(env),
            token_file=_path(env, "OOCLI_TOKEN_FILE"),
            no_input=options.no_input or env.flag("OOCLI_NO_INPUT") or env.flag("CI"),
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
    """Return a variable that is a path. Raises `UsageError` for the home of nobody."""
    try:
        return env.path(name)
    except RuntimeError:
        raise UsageError(f"{name}={env.get(name)}: there is no such home directory") from None


def _token(env: Environment) -> Secret | None:
    value = env.get("OOCLI_TOKEN")
    return Secret(clean_token(value, "OOCLI_TOKEN")) if value else None


def clean_token(text: str, source: str) -> str:
    """Return a token without the white space around it. Raises `UsageError` for no token."""
    token = text.strip()
    fault = Credential.fault(token)
    if fault:
        hint = "give the token alone, on one line" if token else None
        raise UsageError(f"{source} {fault}", hint=hint)
    return token


def _positive(
    option: str, typed: float | None, env: Environment, variable: str | None = None
) -> float | None:
    name, value = option, typed
    if value is None and variable and (text := env.get(variable)):
        name = variable
        try:
            value = float(text)
        except ValueError:
            raise UsageError(f"{variable}={text}: not a number of seconds") from None
    if value is None:
        return None
    if not 0 < value < 1e7:
        raise UsageError(f"{name}: {value:g} is no number of seconds above 0")
    return value


def _retries(typed: int | None, env: Environment) -> int:
    name = "--retry"
    if typed is None and (text := env.get("OOCLI_RETRY")):
        name = "OOCLI_RETRY"
        try:
            typed = int(text)
        except ValueError:
            raise UsageError(f"OOCLI_RETRY={text}: not a number of repeats") from None
    if typed is None:
        return 2
    if not 0 <= typed <= 20:
        raise UsageError(f"{name}: {typed} is not between 0 and 20")
    return typed


def _refuse_odd_colour(env: Environment) -> None:
    word = env.get("OOCLI_COLOR") or "auto"
    if word not in ("auto", "always", "never"):
        raise UsageError(f"OOCLI_COLOR={word}: not one of auto, always, never")


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
    """Raise for a file of certificates that is missing or closed to us, before it is needed."""
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
        from oocli.model.proxy import ProxyAddress  # noqa: PLC0415 - few proxies want a sign-in

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


def shell_rewrites_paths() -> bool:
    """Whether a shell may have turned `/people` into a Windows path (MSYS and Git Bash do)."""
    return sys.platform == "win32" and bool(Environment.of_process().get("MSYSTEM"))
