"""The envelope of a DocSpace portal, and its four shapes of errors."""

from __future__ import annotations

import json

from oocli.demo.messages import JsonObject, Response
from oocli.demo.routing import Refusal, Result

JSON_TYPE = "application/json; charset=utf-8"
PROBLEM_TYPE = "application/problem+json; charset=utf-8"
PROBLEMS = {
    400: ("15.5.1", "Bad Request"),
    403: ("15.5.4", "Forbidden"),
    404: ("15.5.5", "Not Found"),
    415: ("15.5.16", "Unsupported Media Type"),
}
"""The section of RFC 9110 and the title of a problem, by its status."""


def without_nulls(value: object) -> object:
    """Drop null members at every depth, as the server's writer does."""
    if isinstance(value, dict):
        return {key: without_nulls(member) for key, member in value.items() if member is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


def envelope(result: Result, url: str, method: str, status: int = 200) -> JsonObject:
    """Build the envelope of a success.

    Order and omissions: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Middleware/
    CommonApiResponse.cs. The server builds most lists while it writes them: such a list counts
    as 1, whatever its length, unless the action sets a count.
    """
    response = without_nulls(result.response)
    built: JsonObject = {} if response is None else {"response": response}
    built["count"] = int(response is not None) if result.count is None else result.count
    if result.total is not None:
        built["total"] = result.total
    built["links"] = [{"href": url, "action": method}]
    built |= {"status": 0, "statusCode": status}
    return built


def document(built: object, status: int, content_type: str = JSON_TYPE) -> Response:
    """Serialize an envelope: no spaces, non-ASCII characters raw."""
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":"))
    return Response(status, text.encode(), (("Content-Type", content_type),))


def exception(refusal: Refusal) -> Response:
    """Build the exception envelope, nulls included; a `type` comes with a `stack`.

    Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Middleware/ResponseWrapper.cs.
    """
    type = refusal.exception_type
    error: JsonObject = {"message": refusal.message, "type": type, "stack": None, "hresult": 0}
    if type:
        namespace = type.rpartition(".")[0]
        error["stack"] = f"   at {namespace}.Demo.Act(CancellationToken token)"
        error["hresult"] = -2146233088
    built = {"error": error, "status": 1, "statusCode": refusal.status}
    return document(built, refusal.status).plus(("Cache-Control", "no-cache,no-store"))


def problem(status: int, serial: int, **more: object) -> JsonObject:
    """Build a problem object."""
    section, title = PROBLEMS[status]
    type = f"https://tools.ietf.org/html/rfc9110#section-{section}"
    trace = f"00-{serial:032x}-{serial:016x}-00"
    return {"type": type, "title": title, "status": status, **more, "traceId": trace}


def bare_problem(status: int, serial: int) -> Response:
    """Answer with only a problem object, as filters do before a request reaches its action."""
    return document(problem(status, serial), status, PROBLEM_TYPE)


def wrapped_problem(
    status: int, url: str, method: str, serial: int, errors: dict[str, list[str]]
) -> Response:
    """Answer with a problem inside a success envelope.

    Only failed validations set `status` and `statusCode` of the envelope; else they are 0 and 200.
    """
    body = problem(status, serial)
    if errors:
        body = problem(status, serial, errors=errors)
        body["title"] = "One or more validation errors occurred."
    built = envelope(Result(body), url, method)
    if errors:
        built |= {"status": 1, "statusCode": status}
    return document(built, status, PROBLEM_TYPE)
