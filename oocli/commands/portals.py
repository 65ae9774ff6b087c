"""`oocli portals`: the known portals."""

from __future__ import annotations

import json
from typing import Annotated, NamedTuple

import typer

from oocli.auth.interrupts import STORE_GRACE, delayed_signals
from oocli.auth.stores import forget
from oocli.commands.context import AppContext
from oocli.commands.options import (
    JsonFormat,
    LocalCommand,
    NounGroup,
    examples,
    portal_host,
    with_options,
)
from oocli.config.portals import PortalRecord, PortalRegistry, UnknownPortal, locked_portal
from oocli.model.errors import StorageError
from oocli.model.kinds import kind_named
from oocli.model.text import escape_control, shell_word
from oocli.model.times import format_timestamp, parse_timestamp

app = typer.Typer(cls=NounGroup, add_completion=False, pretty_exceptions_enable=False)


class ListOptions(NamedTuple):
    """The options of `oocli portals list`."""

    output_format: JsonFormat = None


class HostOptions(NamedTuple):
    """The options of the commands that name a portal."""

    host: Annotated[str, typer.Argument(metavar="HOST", parser=portal_host, help="A known portal.")]


@app.callback()
@examples(
    "oocli portals",
    "oocli portals list --format json",
    "oocli portals use docs.example.com",
    "oocli portals remove old.example.com",
)
def portals() -> None:
    """List the known portals, choose the default, or remove one.

    `oocli portals` alone is the same as `oocli portals list`. Nothing is sent to a portal.
    """


@app.command("list", cls=LocalCommand)
@with_options(ListOptions)
@examples("oocli portals", "oocli portals list --format json")
def list_portals(app: AppContext, options: ListOptions) -> None:
    """List the known portals; the default one is marked with a star."""
    registry = PortalRegistry.read(app.settings.directories)
    if options.output_format == "json":
        listed = [
            {
                "host": record.key,
                "origin": record.origin,
                "kind": record.kind,
                "default": record.key == registry.default,
                "signed_in": record.is_signed_in,
                "account": record.account or None,
                "credential": record.credential_kind,
                "store": record.store,
                "expires": record.expires if parse_timestamp(record.expires) else None,
            }
            for record in registry.all()
        ]
        app.stdout.document(json.dumps(listed, ensure_ascii=False))
        return
    rows = [_row(record, registry.default) for record in registry.all()]
    if not rows:
        app.stderr.note("no portal is known: oocli login --portal yourportal.onlyoffice.com")
    elif app.stdout.is_terminal:
        # Short, so that rows fit on 80 columns; a pipe keeps the words that scripts know.
        rows = [
            [default, key, account, kind.removeprefix("ONLYOFFICE "), credential, expires[:16]]
            for default, key, kind, account, credential, expires in rows
        ]
        headings = ["", "portal", "account", "kind", "credential", "expires"]
        app.stdout.table(headings, rows, mark="default")
    else:
        for row in rows:
            app.stdout.line("\t".join(map(escape_control, row)))


@app.command("use", cls=LocalCommand)
@with_options(HostOptions)
@examples("oocli portals use docs.example.com")
def use_portal(app: AppContext, options: HostOptions) -> None:
    """Make a known portal the default one."""
    registry = PortalRegistry.read(app.settings.directories)
    key = registry.named(options.host)[0].key
    registry.use(key)
    app.stderr.note(f"{key} is now the default portal")


@app.command("remove", cls=LocalCommand)
@with_options(HostOptions)
@examples("oocli portals remove old.example.com")
def remove_portal(app: AppContext, options: HostOptions) -> None:
    """Remove a portal and its credential from this machine.

    Nothing is sent to the portal.
    """
    directories = app.settings.directories
    address, record = PortalRegistry.read(directories).named(options.host)
    key = address.key
    if record is None:
        raise UnknownPortal(key, f"{key} is not a known portal")
    with locked_portal(directories, key), delayed_signals(STORE_GRACE):
        registry = PortalRegistry.read(directories)
        record = registry.find(key)
        if record is not None and record.stores:
            try:
                forget(app.settings, record)
            except StorageError as failure:
                hint = "the portal was not removed; repair the store and try again"
                failure.hint = failure.hint or hint
                raise
            app.stderr.note(
                "its session stays valid at the portal until it expires; next time, to end it too, "
                f"first run: oocli logout --portal {shell_word(key)}"
            )
        was_default = registry.default == key
        registry.remove(key)
    app.stderr.note(f"{key} was removed" + ("; there is no default portal now" * was_default))


def _row(record: PortalRecord, default: str | None) -> list[str]:
    end = parse_timestamp(record.expires)
    return [
        "*" if record.key == default else "",
        record.key,
        kind_named(record.kind).title,
        record.account,
        f"{record.credential_kind or 'credential'} in {record.store}"
        if record.is_signed_in
        else "signed out",
        format_timestamp(end) if end else "",
    ]
