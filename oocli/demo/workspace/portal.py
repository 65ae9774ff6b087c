"""A Workspace portal: from a request to its response."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import parse_qsl

from oocli.demo.arguments import BadArgument, json_object, multipart
from oocli.demo.credentials import COOKIE, Identity
from oocli.demo.messages import API, Request, Response, html_page
from oocli.demo.routing import Portal, Refusal, RequestContext, Result, Route
from oocli.demo.second_factor import FactorRefused, TooManyMessages
from oocli.demo.workspace import about, files, lists, people, sign_in, transfer
from oocli.demo.workspace.credentials import by_cookie, by_token, cleared_cookie, cookie
from oocli.demo.workspace.envelope import document, envelope, error_envelope
from oocli.demo.workspace.objects import WorkspaceDialect

JSON_BODY = "application/json"


class Workspace(Portal):
    """Answers as ONLYOFFICE/CommunityServer does."""

    server_name = "nginx"
    dialect = WorkspaceDialect()
    suffixes: ClassVar = (".json",)
    """What the last word of a path may end in."""

    def routes(self) -> list[Route]:
        """Return all routes of the API."""
        modules = (sign_in, about, people, files, transfer)
        return [route for module in modules for route in module.ROUTES]

    def identify(self, request: Request) -> Identity:
        """Find the caller: first the header, then the cookie; an expired cookie is cleared.

        `Authorization` holds the token, raw or after `Bearer`. The response to a request with a
        valid one sets the cookie (ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/
        Global.asax.cs).
        """
        header = request.header("Authorization") or ""
        token = header.partition("Bearer")[2] if "Bearer" in header else header
        session = by_token(token.strip(), self.state)
        if session:
            return Identity(session.account, headers=(cookie(session, request.secure),))
        if not request.cookies.get(COOKIE):
            return Identity()
        session = by_cookie(request, self.state)
        return Identity(session.account) if session else Identity(headers=(cleared_cookie(),))

    def respond(self, request: Request) -> Response:
        """Answer a request."""
        identity = self.identify(request)
        in_api = request.path.lower().startswith(API)
        response = self.answer_call(request, identity) if in_api else self._page(request, identity)
        return response.plus(*identity.headers)

    def _page(self, request: Request, identity: Identity) -> Response:
        """Answer outside the API; unknown paths show the web application."""
        if request.path == transfer.CHUNKS:
            return transfer.chunk_page(request, self.state)
        if request.path == transfer.HANDLER:
            return transfer.file_page(request, self.state, identity.account)
        is_sign_in = request.path.lower() == "/auth.aspx"
        return self._sign_in_page(request) if is_sign_in else html_page(200, "Portal")

    def _sign_in_page(self, request: Request) -> Response:
        """Show the login page; with `t=logout` end the session of the cookie.

        Source: ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Auth.aspx.cs.
        """
        if ("t", "logout") not in [(name.lower(), value.lower()) for name, value in request.query]:
            return html_page(200, "Portal: sign in")
        session = by_cookie(request, self.state)
        if session and session.event:
            session.live = False
        location = request.origin + "/Auth.aspx"
        return html_page(302, "Object moved").plus(("Location", location), cleared_cookie())

    def find_route(self, request: Request) -> tuple[Route, dict[str, str]] | None:
        """Find the route and the path variables."""
        words = list(request.segments[2:])
        last = words[-1] if words else ""
        suffix = next((suffix for suffix in self.suffixes if last.lower().endswith(suffix)), "")
        if suffix:
            words[-1] = last[: -len(suffix)]
        found = self.matching_routes(words)
        return next((pair for pair in found if pair[0].method == request.method), None)

    def answer_call(self, request: Request, identity: Identity) -> Response:
        """Answer a call of the API."""
        found = self.find_route(request)
        if found is None:
            return html_page(404, "404 - Page not found")
        route, names = found
        if not route.open and identity.account is None:
            return _unauthorized(request)
        context = RequestContext(request, self.state, self.dialect, route, names, identity.account)
        if request.cookies.get(COOKIE):
            context.cookie_session = by_cookie(request, self.state)
        return self._act(context)

    def _act(self, context: RequestContext) -> Response:
        request = context.request
        start = 0
        try:
            query = lists.ListQuery.read(request)
            start = query.start
            self.read_arguments(context)
            result = context.route.action(context)
        except BadArgument as error:
            return self.error(400, str(error))
        except Refusal as refusal:
            built = error_envelope(refusal.status, refusal.message, start)
            return document(built, refusal.status)
        except FactorRefused as error:
            is_many = isinstance(error, TooManyMessages)
            return self.error(500, sign_in.TOO_MANY_MESSAGES if is_many else sign_in.FAILED)
        except lists.UnreadableQuery:
            return html_page(500, "Runtime Error")
        if isinstance(result, Response):
            return result
        result = result if isinstance(result, Result) else Result(result)
        status = result.status or (201 if request.method == "POST" else 200)
        result, start, next_index = lists.apply_query(result, query)
        response = document(envelope(result, status, start, next_index), status)
        return response.plus(*result.headers)

    def read_arguments(self, context: RequestContext) -> None:
        """Read the arguments: path, then query, then body; the first value of a name counts.

        Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Impl/ApiArgumentBuilder.cs. JSON
        is read with any method, forms not with GET; null becomes an empty text, an empty list
        nothing.
        """
        request, arguments = context.request, context.arguments
        arguments.add(context.names.items())
        arguments.add(request.query)
        if request.content_type == JSON_BODY:
            pairs = json_object(request.body).items() if request.body else ()
            arguments.add(
                (name, "" if value is None else value)
                for name, value in pairs
                if value != [] and name[:1] != "@"
            )
        # ASP.NET before Core reads `filename` and knows no `filename*`.
        fields, arguments.files = multipart(request, extended=False)
        arguments.add([*fields, *form_fields(request)])

    def error(self, status: int, message: str) -> Response:
        """Build an error response."""
        return document(error_envelope(status, message), status)


def form_fields(request: Request) -> tuple[tuple[str, str], ...]:
    """Return the fields of a form."""
    if request.content_type != "application/x-www-form-urlencoded" or request.method == "GET":
        return ()
    return tuple(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))


def _unauthorized(request: Request) -> Response:
    """Build the 401 response, with a challenge only if `Authorization` was sent."""
    response = Response(401, b"Unauthorized", (("Content-Type", "text/html"),))
    if request.header("Authorization") is None:
        return response
    host = request.origin.partition("://")[2]
    return response.plus(("WWW-Authenticate", f'Basic Realm="{host}"'))
