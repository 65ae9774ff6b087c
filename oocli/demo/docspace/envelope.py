"""What a DocSpace portal wraps its answers into, and its four shapes of errors."""

from __future__ import annotations

import json
from typing import Any

from oocli.demo.exchange import Answer
from oocli.demo.routing import Refusal, Reply

JSON_TYPE = "application/json; charset=utf-8"
PROBLEM_TYPE = "application/problem+json; charset=utf-8"
SECTIONS = {400: "15.5.1", 402: "15.5.3", 403: "15.5.4", 404: "15.5.5", 415: "15.5.16"}
TITLES = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 415: "Unsupported Media Type"}


def without_nulls(value: Any) -> Any:
    """Drop null members at every depth, as the server's writer does."""
    if isinstance(value, dict):
        return {key: without_nulls(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [without_nulls(one) for one in value]
    return value


def envelope(reply: Reply, url: str, method: str, status: int = 200) -> Any:
    """Build the envelope of a success.

    Order and omissions: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Middleware/
    CommonApiResponse.cs. A list that is built lazily counts as 1, whatever its length.
    """
    response = without_nulls(reply.response)
    count = reply.count
    if count is None:
        known = isinstance(response, list) and not reply.lazy
        count = len(response) if known else int(response is not None)
    built: dict[str, Any] = {} if response is None else {"response": response}
    built["count"] = count
    if reply.total is not None:
        built["total"] = reply.total
    built["links"] = [{"href": url, "action": method}]
    built |= {"status": 0, "statusCode": status}
    return built


def to_json(built: Any) -> bytes:
    """Write JSON as the server does: no blanks, non-ASCII raw."""
    return json.dumps(built, ensure_ascii=False, separators=(",", ":")).encode()


def document(built: Any, status: int, content_type: str = JSON_TYPE) -> Answer:
    """Turn an envelope into an answer."""
    return Answer(status, to_json(built), (("Content-Type", content_type),))


def exception(refusal: Refusal) -> Answer:
    """Build the exception envelope, nulls written; one with a type carries a stack.

    Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Middleware/ResponseWrapper.cs.
    """
    error: dict[str, Any] = {"message": refusal.message, "type": refusal.kind, "stack": None}
    error["hresult"] = 0
    if refusal.kind:
        error["stack"] = (
            f"   at {refusal.kind.rpartition('.')[0]}.Demo.Act(CancellationToken token)"
        )
        error["hresult"] = -2146233088
    built = {"error": error, "status": 1, "statusCode": refusal.status}
    answer = document(built, refusal.status)
    return answer.plus(("Cache-Control", "no-cache,no-store"))


def problem(status: int, serial: int, **more: Any) -> dict[str, Any]:
    """Build a problem object; the one for 402 has no type and no title."""
    built: dict[str, Any] = {}
    if status in TITLES:
        built["type"] = f"https://tools.ietf.org/html/rfc9110#section-{SECTIONS[status]}"
        built["title"] = TITLES[status]
    built |= {"status": status, **more}
    built["traceId"] = f"00-{serial:032x}-{serial:016x}-00"
    return built


def bare_problem(status: int, serial: int) -> Answer:
    """Answer with a problem object alone, as filters do that cut a request short."""
    return document(problem(status, serial), status, PROBLEM_TYPE)


def wrapped_problem(
    status: int, url: str, method: str, serial: int, errors: dict[str, list[str]] | None = None
) -> Answer:
    """Answer with a problem inside a success envelope.

    Validation says so in the envelope; anything else still says `status` 0 and `statusCode` 200.
    """
    if errors:
        body = problem(status, serial, errors=errors)
        body["title"] = "One or more validation errors occurred."
    else:
        body = problem(status, serial)
    built = envelope(Reply(body), url, method)
    if errors:
        built |= {"status": 1, "statusCode": status}
    return document(built, status, PROBLEM_TYPE)
