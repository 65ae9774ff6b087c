"""What a Workspace portal wraps its answers into, in JSON and in XML."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from oocli.demo.exchange import Answer
from oocli.demo.routing import Refusal, Reply

JSON_TYPE = "application/json; charset=utf-8"
XML_TYPE = "text/xml; charset=utf-8"
GENERAL_FAILURE = -2147467259

REASONS = {
    400: "Invalid arguments",
    402: "Payment required",
    403: "Access denied",
    404: "The record could not be found",
    500: "Server error",
}


def envelope(reply: Reply, status: int, start: int = 0, next_index: int | None = None) -> Any:
    """Build the envelope of a success; members that are zero or null are left out.

    Order and omissions: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Impl/
    ApiStandartResponce.cs and ApiHttpHandlerBase.cs. A null answer is an empty object, and the
    count of a text is its length (Utils/Binder.cs).
    """
    response = reply.response
    count = reply.count
    if count is None:
        count = 0 if response is None else len(response) if isinstance(response, list | str) else 1
    whole = {"count": count, "startIndex": start, "nextIndex": next_index, "total": reply.total}
    built: dict[str, Any] = {name: value for name, value in whole.items() if value}
    built["status"] = 0
    built["statusCode"] = status
    built["response"] = {} if response is None else response
    return built


def error_envelope(status: int, message: str, start: int = 0, debug: bool = False) -> Any:
    """Build the envelope of an error; `type` and `stack` are in debug builds of the server only.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Interfaces/IApiStandartResponce.cs.
    """
    built: dict[str, Any] = {"startIndex": start} if start else {}
    built |= {"status": 1, "statusCode": status}
    trace = {"type": "System.Exception", "stack": "   at ASC.Api.Demo.Act()\r\n"} if debug else {}
    built["error"] = {"message": message, **trace, "hresult": GENERAL_FAILURE, "data": {}}
    return built


def to_json(built: Any) -> bytes:
    """Write JSON as the server does: raw UTF-8, no blanks, each slash escaped."""
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":"))
    return text.replace("/", "\\/").encode()


def to_xml(built: dict[str, Any]) -> bytes:
    """Write the same document as XML: a list is its element repeated, without any attribute."""
    return ("<result>" + "".join(_element(*pair) for pair in built.items()) + "</result>").encode()


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    if isinstance(value, dict):
        inner = "".join(_element(*pair) for pair in value.items())
    elif isinstance(value, bool):
        inner = str(value).lower()
    else:
        inner = "" if value is None else escape(str(value))
    return f"<{name}>{inner}</{name}>" if inner else f"<{name} />"


def document(built: Any, status: int, *, xml: bool = False, reason: str | None = None) -> Answer:
    """Turn an envelope into an answer."""
    if xml:
        return Answer(status, to_xml(built), (("Content-Type", XML_TYPE),), reason)
    return Answer(status, to_json(built), (("Content-Type", JSON_TYPE),), reason)


def refused(refusal: Refusal, *, xml: bool = False, start: int = 0, debug: bool = False) -> Answer:
    """Turn a refusal into an answer with the server's fixed English phrase for the status."""
    built = error_envelope(refusal.status, refusal.message, start, debug)
    return document(built, refusal.status, xml=xml, reason=REASONS.get(refusal.status))
