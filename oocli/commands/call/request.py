"""From what was typed for a call to the request: query, body, headers; and whether to send it."""

from __future__ import annotations

import re

from oocli.client.portal import PortalClient
from oocli.commands.call.options import CURLY_QUOTES, JSON, CallOptions
from oocli.commands.context import AppContext
from oocli.model.errors import NotConfirmed, UsageError
from oocli.model.request import Request, check_header, check_utf8


def build_request(options: CallOptions, portal: PortalClient, app: AppContext) -> Request:
    """Return the request that was asked for. Raises `UsageError` before anything is sent."""
    headers = [read_header(header) for header in options.header]
    params = iter([_param(text) for name, text in options.inputs if name == "param"])
    fields, body, content_type = None, None, JSON
    if options.sends:
        from oocli.commands.call.body import build_body  # noqa: PLC0415 - most calls send nothing

        fields, body, content_type = build_body(options, headers, app)
    more = iter(fields or [])
    query = [
        next(params if name == "param" else more)
        for name, _ in options.inputs
        if name == "param" or fields is not None
    ]
    return portal.request(
        options.method,
        _path(options.path, app),
        params=query,
        headers=headers,
        body=body,
        content_type=content_type,
    )


def confirm(request: Request, portal: PortalClient, app: AppContext, *, yes: bool) -> None:
    """Ask before a DELETE. Raises `NotConfirmed` without a yes, or without anybody to ask."""
    if request.method != "DELETE" or yes:
        return
    if not app.stderr.can_ask:
        raise NotConfirmed(
            f"{request.line} on {portal.address.key} must be confirmed",
            hint="confirm with --yes",
        )
    if not app.stderr.confirm(f"{request.line} on {portal.address.key}: are you sure?", "--yes"):
        raise NotConfirmed("not confirmed, nothing was sent")


def read_header(typed: str) -> tuple[str, str]:
    """Read `Name: value`. Raises `UsageError` for what HTTP, or oocli, does not let through."""
    name, colon, value = typed.partition(":")
    value = value.strip(" \t")
    if not colon or not name:
        raise UsageError(
            f"--header {name!r} is not of the form 'Name: value'",
            hint="for example: -H 'Accept-Language: en'",
        )
    check_header(name, value, "--header")
    return name, value


def _path(text: str, app: AppContext) -> str:
    """Undo what a Unix-like shell on Windows does to an argument that starts with a slash."""
    if text[:1] in CURLY_QUOTES:
        raise UsageError(
            f"{text}: PATH has curly quotes, which no shell understands",
            hint="use ' or \", or none: oocli call GET people/@self",
        )
    if unfilled := re.search(r"\{[A-Za-z]\w*\}", text.partition("?")[0]):
        raise UsageError(
            f"{text}: put a value in place of {unfilled[0]}",
            hint="ids stand in the lists, for example: oocli call GET files/@my",
        )
    if app.environment.shell_rewrites_paths and "/api/2.0/" in text.replace("\\", "/"):
        return "/api/2.0/" + text.replace("\\", "/").partition("/api/2.0/")[2]
    return text


def _param(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(
            f"--param {text!r} is not of the form NAME=VALUE",
            hint="for example: --param count=10",
        )
    check_utf8("--param: the name", name)
    check_utf8("--param: the value", value)
    return name, value
