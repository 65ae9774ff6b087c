"""The envelope of a Workspace portal."""

from __future__ import annotations

import json

from oocli.demo.messages import JsonObject, Response
from oocli.demo.routing import Result

JSON_TYPE = "application/json; charset=utf-8"
GENERAL_FAILURE = -2147467259

REASONS = {
    400: "Invalid arguments",
    402: "Payment required",
    403: "Access denied",
    404: "The record could not be found",
    500: "Server error",
}
"""The fixed English phrases that the server sends with an error."""


def envelope(
    result: Result, status: int, start: int = 0, next_index: int | None = None
) -> JsonObject:
    """Build the envelope of a success; members that are zero or null are left out.

    Order and omissions: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Impl/
    ApiStandartResponce.cs and ApiHttpHandlerBase.cs. A null answer is an empty object, and the
    count of a text is its length (Utils/Binder.cs).
    """
    response = result.response
    count = result.count
    if count is None:
        count = 0 if response is None else len(response) if isinstance(response, list | str) else 1
    numbers = {"count": count, "startIndex": start, "nextIndex": next_index, "total": result.total}
    built: JsonObject = {name: value for name, value in numbers.items() if value}
    built["status"] = 0
    built["statusCode"] = status
    built["response"] = {} if response is None else response
    return built


def error_envelope(status: int, message: str, start: int = 0) -> JsonObject:
    """Build the envelope of an error.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Interfaces/IApiStandartResponce.cs.
    """
    built: JsonObject = {"startIndex": start} if start else {}
    built |= {"status": 1, "statusCode": status}
    built["error"] = {"message": message, "hresult": GENERAL_FAILURE, "data": {}}
    return built


def document(built: JsonObject, status: int) -> Response:
    """Serialize an envelope: raw UTF-8, no spaces, each slash escaped."""
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
    return Response(status, text.encode(), (("Content-Type", JSON_TYPE),), REASONS.get(status))
