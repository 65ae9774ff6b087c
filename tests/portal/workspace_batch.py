"""Several calls in one request to a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Batch/*.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from oocli.demo.messages import Headers, JsonObject, Request, Response
from oocli.demo.routing import Refusal, RequestContext

FORM = "application/x-www-form-urlencoded; charset=utf-8"
_INDEXED = re.compile(r"batch\[(\d+)\][.\[](\w+)\]?")


class BrokenBatch(Exception):
    """The batch is not JSON; the answer is an HTML page with status 500."""


def answer_batch(
    context: RequestContext, answer: Callable[[Request], Response | None]
) -> list[JsonObject | None]:
    """Carry out the calls in the order of `order`; a call that fails does not stop the others.

    The list is in the form or query field `batch`; a JSON body is not read. The result for an
    unknown address is null; a body type without a charset makes the whole batch fail.
    """
    calls = sorted(_read_calls(context), key=lambda call: _number(call.get("order")))
    results: list[JsonObject | None] = []
    for call in calls:
        media_type = str(call.get("bodycontenttype") or FORM)
        if "charset=" not in media_type.lower():
            raise Refusal(500, "Object reference not set to an instance of an object.")
        response = answer(_request(call, media_type, context.request))
        results.append(None if response is None else _result(call, response))
    return results


def _read_calls(context: RequestContext) -> list[JsonObject]:
    text = context.arguments.text("batch")
    if text:
        try:
            found = json.loads(text)
        except ValueError as error:
            raise BrokenBatch from error
        listed = found if isinstance(found, list) else [found]
        return [{key.lower(): value for key, value in call.items()} for call in listed]
    indexed: dict[int, JsonObject] = {}
    for name, value in context.arguments.pairs:
        match = _INDEXED.fullmatch(name)
        if match:
            indexed.setdefault(int(match[1]), {})[match[2]] = value
    return [indexed[number] for number in sorted(indexed)]


def _number(value: object) -> int:
    return int(str(value)) if str(value or "").lstrip("-").isdigit() else 0


def _request(call: JsonObject, media_type: str, outer: Request) -> Request:
    body = str(call.get("body") or "").encode()
    address = urlsplit(str(call.get("relativeurl") or ""))
    inherited = ("authorization", "cookie", "host")
    headers: Headers = tuple(pair for pair in outer.headers if pair[0].lower() in inherited)
    if body:
        headers = (*headers, ("Content-Type", media_type))
    return replace(
        outer,
        method=str(call.get("method") or "GET").upper(),
        target=address.path + (f"?{address.query}" if address.query else ""),
        headers=headers,
        body=body,
    )


def _result(call: JsonObject, response: Response) -> JsonObject:
    """Describe a response; the names of its headers begin with a small letter."""
    built: JsonObject = {"name": call["name"]} if call.get("name") else {}
    content_type = response.header("Content-Type")
    return built | {
        "status": response.status,
        "headers": {"content-Type": content_type} if content_type else {},
        "data": bytes(response.body).decode("utf-8", "replace"),
    }
