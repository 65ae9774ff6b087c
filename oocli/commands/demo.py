"""`oocli demo`: try oocli on a demo portal, or serve that portal for tests."""

from __future__ import annotations

import re
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from oocli.commands.context import AppContext
from oocli.commands.options import (
    NOT_GIVEN,
    LocalCommand,
    LocalGroup,
    examples,
    option,
    with_options,
)
from oocli.demo.server import DemoPortal
from oocli.model.errors import Exit, OocliError, PipeClosed, StorageError, UsageError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
PORTAL = "Portal"
KindOption = Annotated[
    Literal["workspace", "docspace"],
    option(
        PORTAL,
        "--kind",
        short=True,
        metavar="KIND",
        help="Start a portal of this kind: workspace or docspace (default: workspace).",
    ),
]
# The commands as they would be typed after `oocli`; `ADDRESS` and `USER` are filled in.
_STEPS = (
    "login --portal ADDRESS --user USER \\\n    --password-file password --insecure-storage",
    "whoami",
    "call GET /people/@self",
    "files put notes.txt my",
    "files get my/notes.txt -o copy.txt",
    "logout",
)
_BEFORE = """\
A demo portal runs at {address} until the end of this demo.
Your keyring and your configuration are not changed."""
_AFTER = """\
To do the same with your own portal:

  oocli login --portal yourportal.onlyoffice.com
  oocli whoami
  oocli call GET /people/@self
  oocli logout"""


@app.callback(cls=LocalGroup, invoke_without_command=True)
@examples("oocli demo", "oocli demo --kind docspace", "oocli demo serve --port 8080")
def demo(ctx: typer.Context, kind: KindOption = "workspace") -> None:
    """Try oocli on a demo portal, or serve that portal for tests.

    The demo signs in to a portal that comes with oocli, shows who is signed in, calls the API,
    uploads and downloads a file, and signs out. It prints each command and its output. The portal
    listens on this machine only; your keyring, configuration and OOCLI_* variables are not used.
    """
    if ctx.invoked_subcommand is not None:
        return
    app: AppContext = ctx.obj
    environment = app.ignore_variables()
    with (
        _running(DemoPortal(kind)) as portal,
        tempfile.TemporaryDirectory(prefix="oocli-demo-", ignore_cleanup_errors=True) as directory,
    ):
        # Other users cannot read them: the directory is private.
        (Path(directory) / "password").write_text(portal.password + "\n", encoding="utf-8")
        (Path(directory) / "notes.txt").write_text("Budget 2027\n", encoding="utf-8")
        color = {"OOCLI_COLOR": app.options.color} if app.options.color else {}
        variables = environment.for_demo(
            OOCLI_CONFIG_DIR=str(Path(directory) / "config"), OOCLI_NO_KEYRING="1", **color
        )
        app.stdout.line(_BEFORE.format(address=portal.origin))
        for step in _STEPS:
            command = step.replace("ADDRESS", portal.origin).replace("USER", portal.user)
            command += " -v" * app.options.verbose
            app.stdout.line("")
            for line in f"$ oocli {command}".splitlines():
                app.stdout.heading(line)
            words = command.replace("\\", "").split()
            code = _run(words, variables, directory)
            if code == Exit.PIPE_CLOSED:
                raise PipeClosed("stdout was closed")
            if code != 0:
                raise OocliError(f"the demo failed: oocli {words[0]} ended with exit code {code}")
        app.stdout.line(f"\n{_AFTER}")


class ServeOptions(NamedTuple):
    """The options of `oocli demo serve`."""

    port: Annotated[
        int,
        option(
            PORTAL,
            "--port",
            short=True,
            metavar="PORT",
            min=0,
            max=65535,
            help="Listen on this port (default: 0, any free port).",
        ),
    ] = 0
    kind: KindOption = "workspace"
    tls_cert: Annotated[
        Path | None,
        option(PORTAL, "--tls-cert", metavar="FILE", help="Use this certificate for https (PEM)."),
    ] = None
    tls_key: Annotated[
        Path | None,
        option(PORTAL, "--tls-key", metavar="FILE", help="Use this private key for https (PEM)."),
    ] = None
    tfa: Annotated[
        Literal["app", "app-new", "sms", "sms-new"] | None,
        option(
            PORTAL,
            "--tfa",
            short=True,
            metavar="FACTOR",
            help="Require a second factor: app, app-new, sms or sms-new. With -new, it is not yet "
            "set up.",
        ),
    ] = None
    api_keys: Annotated[
        bool,
        option(PORTAL, "--api-keys", help="Create an API key and print it (DocSpace)."),
    ] = False
    fault: Annotated[
        list[str],
        option(
            PORTAL,
            "--fault",
            short=True,
            metavar="'METHOD PATH STATUS'",
            help="Answer matching calls with STATUS; * matches any method or path.",
        ),
    ] = NOT_GIVEN


@app.command("serve", cls=LocalCommand, epilog="Stop it with Ctrl-C (exit code 0).")
@with_options(ServeOptions)
@examples(
    "oocli demo serve --port 8080",
    "oocli demo serve --kind docspace",
    "oocli demo serve --port 8443 --tls-cert cert.pem --tls-key key.pem",
    "oocli demo serve --tfa app",
    "oocli demo serve --fault 'GET people/@self 503'",
)
def serve(app: AppContext, options: ServeOptions) -> None:
    """Run a demo portal for your own tests, on this machine only.

    Prints the address, user and password to stdout. The portal starts empty each time, keeps
    files in memory, and keeps nothing when it ends.
    """
    app.ignore_variables()
    kind, tfa = options.kind, options.tfa
    tls = _tls_files(options.tls_cert, options.tls_key)
    if options.api_keys and kind == "workspace":
        raise UsageError("--api-keys needs --kind docspace: Workspace has no API keys")
    for typed in options.fault:
        if not re.fullmatch(r"\s*\S+\s+\S+\s+[45]\d\d\s*", typed):
            raise UsageError(
                f"--fault {typed!r} is not of the form 'METHOD PATH STATUS', the status 400 to 599",
                hint="for example: --fault 'GET people/@self 503'",
            )
    try:
        with _running(DemoPortal(kind, port=options.port, tls=tls, tfa=tfa)) as portal:
            for method, path, status in map(str.split, options.fault):
                portal.answers(
                    method.upper(), path, status=int(status), error="made to fail by --fault"
                )
            app.stdout.line(f"address: {portal.origin}")
            app.stdout.line(f"user: {portal.user}")
            app.stdout.line(f"password: {portal.password}")
            if tfa == "app":
                app.stdout.line(f"app key: {portal.totp_key()}")
            if options.api_keys:
                app.stdout.line(f"api key: {portal.make_key()}")
            app.stderr.note("serving until Ctrl-C")
            _wait(portal, app)
    except KeyboardInterrupt:
        app.stderr.note("stopped")


def _wait(portal: DemoPortal, app: AppContext) -> None:
    """Wait for ever, and print each code that a real portal would send by SMS."""
    printed = ""
    while True:
        # Not a wait on a lock: Windows would not wake from that for Ctrl-C.
        time.sleep(0.2)
        code = portal.sms_code()
        if code not in ("", printed):
            app.stdout.line(f"sms: {code}")
        printed = code


def _tls_files(cert: Path | None, key: Path | None) -> tuple[str, str] | None:
    """Return the two files if they can be read. Raises `UsageError` for one without the other."""
    if cert is None and key is None:
        return None
    if cert is None or key is None:
        raise UsageError("--tls-cert and --tls-key must be used together")
    for name, file in (("--tls-cert", cert), ("--tls-key", key)):
        try:
            file.read_bytes()
        except OSError as failure:
            raise StorageError(f"{name}: {file} cannot be read: {failure.strerror}") from None
    return str(cert), str(key)


@contextmanager
def _running(portal: DemoPortal) -> Iterator[DemoPortal]:
    """Start and stop a portal. Raises `StorageError` for a taken port and unfit TLS files."""
    wanted = portal.port
    try:
        portal.start()
    except ssl.SSLError:
        raise StorageError(
            "--tls-cert and --tls-key are not a certificate and its key in PEM form"
        ) from None
    except OSError as failure:
        raise StorageError(
            f"the demo portal cannot listen on port {wanted}: {failure.strerror or failure}",
            hint="omit --port to use any free port",
        ) from None
    try:
        yield portal
    finally:
        portal.stop()


def _run(words: list[str], variables: dict[str, str], directory: str) -> int:
    """Run oocli in a process of its own, which never outlives this one; return its exit code.

    It writes to the stdout of this process.
    """
    # In a zip file, the path of that file; `-m` would look for the package elsewhere.
    place = Path(__file__).absolute().parents[2]
    program = [str(place)] if place.is_file() else ["-m", "oocli"]
    child = None
    try:
        with _uninterrupted():
            child = subprocess.Popen(  # noqa: S603 - this very program, with words of our own
                [sys.executable, *program, *words],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
                # Python looks for modules there first, and the user's directory may hold anything.
                cwd=directory,
                env=variables,
                # Ctrl-C goes to this process alone: a Python that starts would print a trace.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        return child.wait()
    finally:
        if child is not None and child.poll() is None:
            child.kill()
            child.wait()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Delay signals that would end the process until the block has ended."""
    caught: list[int] = []
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {
        number: signal.signal(number, lambda number, _: caught.append(number))
        for number in numbers
        if callable(signal.getsignal(number))
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in caught:
            signal.raise_signal(number)
