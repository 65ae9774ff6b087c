"""Several calls in one request to a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Batch/*.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from oocli.demo.exchange import Answer, Call
from oocli.demo.routing import Refusal, Reply, Visit

FORM = "application/x-www-form-urlencoded; charset=utf-8"
NONE = "no batch specified"
_INDEXED = re.compile(r"batch\[(\d+)\][.\[](\w+)\]?")

Inner = Callable[[Call], Answer | None]


class BrokenBatch(Exception):
    """The text of the batch is no JSON: an HTML 500."""


def run(visit: Visit, inner: Inner) -> Any:
    """Carry out the calls one after another by `order`; a failure does not stop the rest.

    The list is the form or query field `batch`; a bare JSON body is not read. An address without a
    route gives a null item; a body type without a charset breaks the whole batch.
    """
    items = _items(visit)
    if not items:
        return NONE
    answered = []
    for item in sorted(items, key=lambda one: _number(one.get("order"))):
        kind = str(item.get("bodycontenttype") or FORM)
        if "charset=" not in kind.lower():
            raise Refusal(500, "Object reference not set to an instance of an object.")
        answered.append(_answered(item, kind, visit, inner))
    return Reply(answered)


def _items(visit: Visit) -> list[dict[str, Any]]:
    text = visit.arguments.text("batch")
    if text:
        try:
            found = json.loads(text)
        except ValueError as error:
            raise BrokenBatch from error
        listed = found if isinstance(found, list) else [found]
        return [{key.lower(): value for key, value in one.items()} for one in listed]
    indexed: dict[int, dict[str, Any]] = {}
    for name, value in visit.arguments.pairs:
        match = _INDEXED.fullmatch(name)
        if match:
            indexed.setdefault(int(match[1]), {})[match[2]] = value
    return [indexed[number] for number in sorted(indexed)]


def _number(value: Any) -> int:
    return int(value) if str(value or "").lstrip("-").isdigit() else 0


def _answered(item: dict[str, Any], kind: str, visit: Visit, inner: Inner) -> dict[str, Any] | None:
    body = str(item.get("body") or "").encode()
    address = urlsplit(str(item.get("relativeurl") or ""))
    kept = {"authorization", "cookie", "host"}
    headers = [pair for pair in visit.call.headers if pair[0].lower() in kept]
    if body:
        headers.append(("Content-Type", kind))
    call = replace(
        visit.call,
        method=str(item.get("method") or "GET").upper(),
        target=address.path + (f"?{address.query}" if address.query else ""),
        headers=tuple(headers),
        body=body,
    )
    answer = inner(call)
    if answer is None:
        return None
    told = {_camel(name): value for name, value in answer.headers if name == "Content-Type"}
    built: dict[str, Any] = {"name": item["name"]} if item.get("name") else {}
    return built | {
        "status": answer.status,
        "headers": told,
        "data": bytes(answer.body).decode("utf-8", "replace"),
    }


def _camel(name: str) -> str:
    """Spell a key as the server's writer does: its first letter becomes small."""
    return name[:1].lower() + name[1:]
