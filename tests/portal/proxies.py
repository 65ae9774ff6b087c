"""The origin of the portal and the address of the client, as headers of proxies give them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from oocli.demo.messages import Request, first_value

REWRITER = "X-REWRITER-URL"


def forwarded_to_workspace(request: Request) -> Request:
    """Take the origin from `X-REWRITER-URL`, which is a header or in the query.

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
    """Return the first value of a header to which each proxy adds one, or an empty string."""
    return (request.header(name) or "").partition(",")[0].strip()
