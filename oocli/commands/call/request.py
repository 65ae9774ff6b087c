"""Builds the request of a call from its options, and asks before a DELETE is sent."""

from __future__ import annotations

import re

from oocli.client.portal import PortalClient
from oocli.commands.call.options import CURLY_QUOTES, JSON, CallOptions
from oocli.commands.context import AppContext
from oocli.model.errors import NotConfirmed, UsageError
from oocli.model.request import Request, check_header, check_utf8


def build_request(options: CallOptions, portal: PortalClient, app: AppContext) -> Request:
    """Return the request that the options describe. Raises `UsageError`."""
    headers = [_header(typed) for typed in options.header]
    params = iter([_param(typed) for name, typed in options.inputs if name == "param"])
    fields, body, content_type = None, None, JSON
    if options.sends:
        from oocli.commands.call.body import build_body  # noqa: PLC0415 - most calls send nothing

        fields, body, content_type = build_body(options, headers, app)
    fields_left = iter(fields or [])
    query = [
        next(params if name == "param" else fields_left)
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
    """Ask before a DELETE. Raises `NotConfirmed` if the answer is no, or nobody can be asked."""
    if request.method != "DELETE" or yes:
        return
    if not app.stderr.can_ask:
        raise NotConfirmed(
            f"{request.line} on {portal.address.key} must be confirmed",
            hint="confirm with --yes",
        )
    if not app.stderr.confirm(f"{request.line} on {portal.address.key}: are you sure?", "--yes"):
        raise NotConfirmed("not confirmed, nothing was sent")


def _header(typed: str) -> tuple[str, str]:
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
    """Return the path of the call. Raises `UsageError` for curly quotes and placeholders."""
    if text[:1] in CURLY_QUOTES:
        raise UsageError(
            f"{text}: PATH has curly quotes, which no shell understands",
            hint="use ' or \", or none: oocli call GET people/@self",
        )
    if unfilled := re.search(r"\{[A-Za-z]\w*\}", text.partition("?")[0]):
        raise UsageError(
            f"{text}: replace {unfilled[0]} with a value",
            hint="lists contain ids, for example: oocli call GET files/@my",
        )
    # Git Bash on Windows puts a directory of its own before an argument that starts with a slash.
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
