"""What a portal behind proxies takes for its own origin and for the client's address."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from oocli.demo.messages import Request, first_value

REWRITER = "X-REWRITER-URL"


def forwarded_to_workspace(request: Request) -> Request:
    """Take the origin from `X-REWRITER-URL`, a header or part of the query.

    Source: ONLYOFFICE/CommunityServer, common/ASC.Common/Utils/HttpRequestExtensions.cs.
    """
    address = urlsplit(request.header(REWRITER) or first_value(request.query, REWRITER) or "")
    peer = _first_of_list(request, "X-Forwarded-For") or request.peer
    if address.scheme in ("http", "https") and address.netloc:
        return replace(request, peer=peer, origin=f"{address.scheme}://{address.netloc}")
    return replace(request, peer=peer)


def forwarded_to_docspace(request: Request) -> Request:
    """Take the origin from the forwarded scheme and host.

    Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/BaseStartup.cs.
    """
    scheme, _, host = request.origin.partition("://")
    scheme = _first_of_list(request, "X-Forwarded-Proto") or scheme
    host = _first_of_list(request, "X-Forwarded-Host") or host
    return replace(request, origin=f"{scheme}://{host}")


def _first_of_list(request: Request, name: str) -> str:
    """Return the first of the values that proxies put into a header, or an empty text."""
    return (request.header(name) or "").partition(",")[0].strip()
