"""Hints for a call that the portal refused, from the catalogue of operations.

The catalogue may be older than the portal, so it is used only after the portal has refused a call.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import cast
from urllib.parse import parse_qsl

from oocli.catalogue.nearest import Nearest, Why, known, nearest
from oocli.catalogue.operations import LIST_PARAMETERS, KindName, Operation
from oocli.client.portal import PortalClient
from oocli.model import json_text
from oocli.model.errors import OocliError
from oocli.model.json_text import InvalidJson
from oocli.model.kinds import UNKNOWN, kind_named
from oocli.model.request import Request
from oocli.model.text import shell_word

_MAX_BODY = 1_000_000  # bytes; the fields of larger bodies are not checked


def add_advice(error: OocliError, request: Request, portal: PortalClient) -> None:
    """Set the hint of an error to the operation or the fields that were probably meant."""
    if not request.target.is_api or request.anonymous:
        return
    path = request.target.display_path
    kind = None if portal.kind is UNKNOWN else cast(KindName, portal.kind.name)
    found = known(request.method, path, kind)
    if found and all(operation.needs_cookie for operation in found):
        error.hint = f"{request.line} takes only the cookie of a browser, which oocli never sends"
    elif error.status in (404, 405) and not found:
        if near := nearest(request.method, path, kind):
            error.hint = _path_hint(near, path)
    elif error.status == 400 and found and not error.hint:
        error.hint = _field_hint(found, request, path)


def _path_hint(near: Nearest, typed: str) -> str:
    method = near.operation.method
    if near.why is Why.KIND:
        kind = kind_named(near.operation.kind)
        word = shell_word(near.path)
        return (
            f"only {kind.title} portals have {near.path}: "
            f"oocli api {method} {word} --kind {kind.name}"
        )
    # Without fields to fill in, the call itself is the hint. Otherwise `oocli api` shows them.
    can_call = method == "GET" and "{" not in near.path
    command = f"oocli {'call' if can_call else 'api'} {method} {shell_word(near.path)}"
    if near.why is Why.METHOD:
        return f"{typed} takes {method}: {command}"
    return f"did you mean: {command}"


def _field_hint(found: Sequence[Operation], request: Request, path: str) -> str | None:
    """Name fields that the operation does not have, and required ones that are missing.

    The catalogue says which fields are required for DocSpace only.
    """
    parameters = [p for operation in found for p in operation.parameters if p.place != "path"]
    has_other_body = any(op.body_item is not None or op.is_upload for op in found)
    if not parameters or has_other_body:
        return None
    names = list(dict.fromkeys(parameter.name for parameter in parameters))
    sent = list(dict.fromkeys(name.partition("[")[0] for name in _names_sent(request)))
    allowed = {name.lower() for name in (*names, *LIST_PARAMETERS)}
    reasons = []
    for name in sent:
        if name.lower() not in allowed:
            near = get_close_matches(name, names, 1, 0.6)
            meant = f" ({near[0]} is)" if near else ""
            reasons.append(f"{name} is not one of its fields{meant}")
    if all(operation.kind == "docspace" for operation in found):
        given = {name.lower() for name in sent}
        missing = [p.name for p in parameters if p.required and p.name.lower() not in given]
        if missing:
            reasons.append(f"it needs {', '.join(missing)}")
    if not reasons:
        return None
    return f"{'; '.join(reasons[:3])}: oocli api {request.method} {shell_word(path)}"


def _names_sent(request: Request) -> Iterator[str]:
    """Yield the names of query parameters and of the fields of a small body."""
    for name, _ in parse_qsl(request.target.query, keep_blank_values=True):
        yield name
    body = request.body
    if not isinstance(body, bytes) or len(body) > _MAX_BODY:
        return
    try:
        parsed = json_text.parse(json_text.decode(body))
    except InvalidJson:
        for name, _ in parse_qsl(body.decode(errors="replace")):
            yield name
        return
    if isinstance(parsed, dict):
        yield from parsed
