"""A DocSpace portal: from a request to its response."""

from __future__ import annotations

import re
from dataclasses import replace

from oocli.demo.api_keys import allowed
from oocli.demo.arguments import BadArgument, json_object, multipart
from oocli.demo.credentials import COOKIE, Identity
from oocli.demo.dates import http_date
from oocli.demo.docspace import (
    about,
    api_keys,
    files,
    paging,
    people,
    sign_in,
    transfer,
)
from oocli.demo.docspace.envelope import (
    bare_problem,
    document,
    envelope,
    exception,
    wrapped_problem,
)
from oocli.demo.docspace.objects import DocspaceDialect
from oocli.demo.messages import API, Request, Response, html_page
from oocli.demo.routing import Portal, Refusal, RequestContext, Result, Route
from oocli.demo.second_factor import FactorRefused, TooManyMessages

JSON_BODY = re.compile(r"(application|text)/json|application/[\w.-]+\+json")
SERVICE = ("Server-Timing", "aspnetcore-request-time;dur=1ms")
VERSIONED = ("api-supported-versions", "2.0")


class Docspace(Portal):
    """Answers as ONLYOFFICE/DocSpace-server does."""

    server_name = "openresty"
    dialect = DocspaceDialect()

    def routes(self) -> list[Route]:
        """Return all routes of the API."""
        modules = [sign_in, about, people, files, transfer]
        if self.state.api_keys:
            modules.append(api_keys)
        return [route for module in modules for route in module.ROUTES]

    def identify(self, request: Request) -> Identity:
        """Find the caller. `Bearer` is case-sensitive and needs the space after it.

        An API key wins over a cookie; a cookie wins over a token in the header. Source:
        ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/BaseStartup.cs (the selector).
        """
        header, now = request.header("Authorization") or "", self.state.clock()
        is_bearer = header.startswith("Bearer ")
        token = header[7:].strip() if is_bearer else header.strip()
        if is_bearer and token.startswith("sk-") and self.state.api_keys:
            key = self.state.keys.find(token, now)
            return Identity(key.owner, key) if key else Identity(bad_key=True)
        cookie = request.cookies.get(COOKIE)
        session = self.state.sessions.find(cookie or token, now)
        if session:
            return Identity(session.account)
        if not cookie:
            return Identity()
        cleared = f"{COOKIE}=; expires={http_date(0)}; path=/; samesite=strict; httponly"
        return Identity(headers=(("Set-Cookie", cleared),))

    def respond(self, request: Request) -> Response:
        """Answer a request."""
        if not request.path.startswith(API):
            return self._page(request)
        return self._service(request).plus(SERVICE)

    def _page(self, request: Request) -> Response:
        """Answer outside the API: two handlers that ignore scopes, else the web client."""
        path = request.path.lower()
        is_file = path.endswith(transfer.HANDLER)
        if not is_file and path != transfer.CHUNKS:
            return html_page(200, "DocSpace")
        caller = self.identify(request).account
        page = transfer.file_page if is_file else transfer.chunk_page
        return page(request, self.state, caller).plus(SERVICE)

    def _service(self, request: Request) -> Response:
        routes = self.matching_routes(request.segments[2:])
        matches = [pair for pair in routes if pair[0].method == request.method]
        if not routes:
            return Response(404)
        if not matches:
            methods = sorted({route.method for route, _ in routes})
            return Response(405, b"", (("Allow", ", ".join(methods)),))
        route, names = matches[0]
        identity = self.identify(request)
        context = RequestContext(request, self.state, self.dialect, route, names, identity.account)
        return self._check(context, identity).plus(*identity.headers, VERSIONED)

    def _check(self, context: RequestContext, identity: Identity) -> Response:
        """Filter in the server's order: login, state of the portal, scope of a key; then act."""
        request, route, key = context.request, context.route, identity.key
        path = "/".join(request.segments[2:]).lower()
        out_of_scope = key is not None and not allowed(key.scopes, request.method, path)
        if not route.open and identity.account is None:
            return Response(401)
        if not route.open and out_of_scope:
            return Response(403)
        closed = self.closed(context)
        if closed is not None:
            return closed
        if out_of_scope or (identity.bad_key and route.open):
            return bare_problem(403, self.state.serial())
        return self._act(context)

    def closed(self, context: RequestContext) -> Response | None:
        """Return the response of a portal that is suspended or busy; this one never is."""
        return None

    def _act(self, context: RequestContext) -> Response:
        request = context.request
        cookie = request.cookies.get(COOKIE)
        if cookie:
            context.cookie_session = self.state.sessions.find(cookie, context.now)
        try:
            self._read_arguments(context)
            result = context.route.action(context)
        except Refusal as refusal:
            return exception(refusal)
        except TooManyMessages:
            return exception(Refusal(403, "Too many SMS", "System.InvalidOperationException"))
        except FactorRefused:
            return exception(Refusal(401, sign_in.FAILED))
        except BadArgument as error:
            url, serial = request.origin + request.target, self.state.serial()
            return wrapped_problem(error.status, url, request.method, serial, error.errors)
        result = result if isinstance(result, Result) else Result(result)
        result = replace(result, response=paging.keep_fields(result.response, request))
        status = result.status or 200
        built = envelope(result, request.origin + request.target, request.method, status)
        return document(built, status).plus(*result.headers)

    def _read_arguments(self, context: RequestContext) -> None:
        """Read query and body. Raises `BadArgument`."""
        request, arguments = context.request, context.arguments
        arguments.add(request.query)
        if context.route.paged:
            paging.PageQuery.read(request)
        if not context.route.body:
            fields, arguments.files = multipart(request)
            arguments.add(fields)
            return
        if not JSON_BODY.fullmatch(request.content_type):
            raise BadArgument(errors={}, status=415)
        if not request.body:
            raise BadArgument(errors={"": ["A non-empty request body is required."]})
        members = json_object(request.body).items()
        arguments.pairs[:0] = [
            (name.lower(), value) for name, value in members if value is not None
        ]

    def error(self, status: int, message: str) -> Response:
        """Build an error response."""
        return exception(Refusal(status, message))
