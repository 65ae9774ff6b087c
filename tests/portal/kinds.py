"""Both kinds of portal with states that a test can set, such as suspended or unpaid."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from oocli.demo.accounts import Account, LoginGuard
from oocli.demo.credentials import Identity
from oocli.demo.docspace.envelope import bare_problem, document, envelope, exception, problem
from oocli.demo.docspace.portal import SERVICE, Docspace
from oocli.demo.messages import API, Headers, Request, Response, html_page
from oocli.demo.routing import Refusal, RequestContext, Result, Route
from oocli.demo.state import PortalState
from oocli.demo.workspace import envelope as workspace_envelope
from oocli.demo.workspace import transfer
from oocli.demo.workspace.credentials import cookie
from oocli.demo.workspace.lists import ListQuery
from oocli.demo.workspace.portal import JSON_BODY, Workspace, form_fields
from oocli.demo.workspace.sign_in import check_password
from tests.portal import (
    common_routes,
    crowd,
    docspace_routes,
    workspace_batch,
    workspace_routes,
    workspace_xml,
)
from tests.portal.credentials import docspace_basic, identify_by_field, workspace_basic
from tests.portal.sharing import SharingDocspace, SharingWorkspace

STATES = {
    "active": 0,
    "suspended": 1,
    "removing": 2,
    "transferring": 3,
    "restoring": 4,
    "encrypting": 6,
    "unpaid": 0,
    "ip-forbidden": 0,
    "warming": 0,
}
"""The states of a portal, with the servers' number for each; 0 for those that have none."""

FORBIDDEN_ADDRESS = "Exception of type 'ASC.IPSecurity.IPSecurityException' was thrown."
CORS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS"),
    ("Access-Control-Allow-Headers", "origin, authorization, accept, content-type"),
)
RIGHT_CAPTCHA = "right"
WORKSPACE_STATUSES = {
    "suspended": 404,
    "removing": 404,
    "transferring": 503,
    "restoring": 503,
    "encrypting": 503,
    "unpaid": 402,
}


class ControlledWorkspace(Workspace):
    """A Workspace portal with states, blog posts, batches, and the errors of a debug build."""

    dialect = SharingWorkspace()
    tenant_state = "active"
    debug_build = False
    posts = 0

    suffixes = (".json", ".xml", ".tml")

    def routes(self) -> list[Route]:
        """Return all routes of the API."""
        batch = [Route(method, "batch", self._batch) for method in ("GET", "POST")]
        blog = Route("GET", "community/blog", self._posts)
        usual = [
            replace(route, action=self._restricted(route.action))
            if route.path.startswith("authentication")
            else route
            for route in super().routes()
        ]
        first = (*crowd.WORKSPACE_ROUTES, *workspace_routes.ROUTES, *common_routes.ROUTES)
        return [*first, *usual, blog, *batch]

    def identify(self, request: Request) -> Identity:
        """Find the caller; by Basic, and by a query or form field of the cookie's name too."""
        header = request.header("Authorization") or ""
        if "Basic" in header:
            session = workspace_basic(header.partition("Basic")[2].strip(), self.state)
            if session:
                return Identity(session.account, headers=(cookie(session, request.secure),))
            request = replace(request, headers=without(request.headers, "Authorization"))
        identity = super().identify(request)
        if identity.account:
            return identity
        account = identify_by_field(request, self.state, form_fields(request))
        return replace(identity, account=account)

    def _restricted(self, action: Callable[[RequestContext], Any]) -> Callable[..., Any]:
        """Let only the owner sign in while the portal restricts addresses."""

        def act(context: RequestContext) -> Any:
            if self.tenant_state == "ip-forbidden" and not check_password(context).owner:
                raise Refusal(500, FORBIDDEN_ADDRESS)
            return action(context)

        return act

    def respond(self, request: Request) -> Response:
        """Carry a request out; `capabilities.json` mostly passes where nothing else does.

        Source: ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Global.asax.cs.
        """
        if self.tenant_state == "warming":
            return html_page(502, "502 Bad Gateway")
        passes = request.path.lower().endswith("capabilities.json")
        if self.tenant_state in WORKSPACE_STATUSES and (
            self.tenant_state == "removing" or not passes
        ):
            return Response(WORKSPACE_STATUSES[self.tenant_state])
        if self.tenant_state == "ip-forbidden":
            account = self.identify(request).account
            if account and not account.owner:
                return Response(403)
        query = dict(request.query)
        signature = workspace_routes.signature(self.state, query.get("fileid", ""))
        if request.path == transfer.HANDLER and query.get("stream_auth") == signature:
            return transfer.file_page(request, self.state, self.state.people[0])
        path = request.path.lower()
        pages = (transfer.CHUNKS, transfer.HANDLER)
        if path in [page.lower() for page in pages] and request.path not in pages:
            return workspace_routes.redirect_spelling(request)
        return super().respond(request)

    def answer_call(self, request: Request, identity: Identity) -> Response:
        """Answer a call of the API, with an ETag of no use, and so that nothing is kept."""
        if request.method == "OPTIONS":
            return Response(200, b"", CORS)
        response = super().answer_call(request, identity)
        if response.header("Content-Type") != workspace_envelope.JSON_TYPE:
            return response
        if request.path.lower().endswith((".xml", ".tml")) and request.content_type != JSON_BODY:
            kept = [pair for pair in response.headers if pair[0] != "Content-Type"]
            headers = (("Content-Type", workspace_xml.XML_TYPE), *kept)
            body = workspace_xml.to_xml(json.loads(self._debug(response).body))
            response = replace(response, body=body, headers=headers)
        tag = hashlib.sha256(f"{id(self)}:{self.state.serial()}".encode()).hexdigest()[:32]
        stamps = (("Cache-Control", "private, max-age=0"), ("ETag", f'"{tag}"'), CORS[0])
        return self._debug(response).plus(*stamps)

    def error(self, status: int, message: str) -> Response:
        """Build a response that says that something failed."""
        return self._debug(super().error(status, message))

    def _debug(self, response: Response) -> Response:
        """Put `type` and `stack` into an error, as debug builds do."""
        is_json = response.header("Content-Type") == workspace_envelope.JSON_TYPE
        if not (self.debug_build and response.status >= 400 and is_json):
            return response
        built = json.loads(response.body)
        trace = {"type": "System.Exception", "stack": "   at ASC.Api.Demo.Act()\r\n"}
        built["error"] = {"message": built["error"]["message"], **trace, **built["error"]}
        return replace(response, body=workspace_envelope.document(built, 400).body)

    def success(self, status: int, response: object) -> Response:
        """Build a success with this response."""
        built = workspace_envelope.envelope(Result(response), status)
        return workspace_envelope.document(built, status)

    def read_arguments(self, context: RequestContext) -> None:
        """Read the arguments; a batch is not read from a bare JSON body."""
        if context.route.path == "batch" and context.request.content_type == JSON_BODY:
            context.arguments.add(context.request.query)
        else:
            super().read_arguments(context)

    def _batch(self, context: RequestContext) -> Response | list[Any]:
        """Answer GET and POST `batch`; without any call status 200 and an error document."""

        def answer(request: Request) -> Response | None:
            if self.find_route(request) is None:
                return None
            return self.answer_call(request, self.identify(request))

        try:
            results = workspace_batch.answer_batch(context, answer)
        except workspace_batch.BrokenBatch:
            return html_page(500, "Runtime Error")
        if results:
            return results
        built = workspace_envelope.error_envelope(200, "no batch specified")
        del built["statusCode"]
        return workspace_envelope.document({**built, "status": 0}, 200)

    def _posts(self, context: RequestContext) -> Result:
        """Answer GET `community/blog`, which pages itself, asks for one more and sets no total."""
        query = ListQuery.read(context.request)
        stop = self.posts if query.everything else query.start + query.count + 1
        author = self.state.people[0]
        posts = [
            {
                "id": number,
                "title": f"Post {number}",
                "createdBy": {"id": author.id, "displayName": author.display_name},
            }
            for number in range(query.start, min(stop, self.posts))
        ]
        return Result(posts, paged=True)


ROUTED = re.compile(
    r"/(files|privacyroom|people|group|accounts|keys|authentication|modules|portal|security"
    r"|settings|smtpsettings|capabilities|thirdparty|backup)",
    re.IGNORECASE,
)
"""Words, anywhere in a path, by which the reverse proxy finds a service (ONLYOFFICE/
DocSpace-buildtools, config/nginx/onlyoffice.conf); it answers paths without any of them itself."""

BUSY = ("transferring", "restoring", "encrypting")
PASS_WHILE_BUSY = (
    "preparation-portal",
    "portal",
    "getrestoreprogress",
    "cancelrestore",
    "settings",
    "settings.json",
    "colortheme",
    "colortheme.json",
    "logos",
    "logos.json",
    "build",
    "build.json",
    "@self",
    "@self.json",
    "encryption/progress",
    "rebranding/additional",
    "rebranding/company",
)
PASS_WHILE_SUSPENDED = (
    "settings",
    "settings/colortheme",
    "settings/whitelabel/logos",
    "authentication/confirm",
)
PASS_UNPAID = (
    *PASS_WHILE_SUSPENDED,
    "settings/version/build",
    "capabilities",
    "capabilities.json",
    "people/filter",
    "people/@self",
    "authentication",
    "authentication/{code}",
    "authentication/logout",
    "authentication/setphone",
    "authentication/sendsms",
)


def after_captcha(action: Callable[[RequestContext], Any]) -> Callable[[RequestContext], Any]:
    """Let a right captcha answer pass the block (web/ASC.Web.Core/BruteForceLoginManager.cs)."""

    def act(context: RequestContext) -> Any:
        answer = context.arguments.text("recaptchaResponse")
        if answer not in ("", RIGHT_CAPTCHA):
            raise Refusal(403, "Invalid Recaptcha")
        if answer:
            context.state.guard = LoginGuard()
        return action(context)

    return act


def without(headers: Headers, name: str) -> Headers:
    """Return all headers but those of a name."""
    return tuple(pair for pair in headers if pair[0].lower() != name.lower())


class ControlledDocspace(Docspace):
    """A DocSpace portal with states."""

    dialect = SharingDocspace()
    tenant_state = "active"

    def routes(self) -> list[Route]:
        """Return all routes of the API."""
        more = [*docspace_routes.ROUTES, *common_routes.ROUTES]
        keyless = [route for route in more if not route.path.startswith("keys/")]
        usual = [
            replace(route, action=after_captcha(route.action))
            if route.path.startswith("authentication")
            else route
            for route in super().routes()
        ]
        return [*usual, *(more if self.state.api_keys else keyless)]

    def __init__(self, state: PortalState) -> None:
        super().__init__(state)
        self.jwts: dict[str, Account] = {}

    def identify(self, request: Request) -> Identity:
        """Find the caller; Basic and access tokens win over a cookie too."""
        header = request.header("Authorization") or ""
        if header.startswith("Basic "):
            return docspace_basic(header[6:].strip(), self.state)
        if header.startswith("Bearer ") and header.count(".") == 2:
            return Identity(self.jwts.get(header[7:].strip()))
        return super().identify(request)

    def respond(self, request: Request) -> Response:
        """Carry a request out, unless the portal is still starting or the file handler unpaid."""
        if self.tenant_state == "warming":
            return html_page(502, "502 Bad Gateway")
        path = request.path.lower()
        if self.tenant_state == "unpaid" and path.endswith(self.dialect.handler):
            return Response(402)
        if request.path.startswith(API) and not ROUTED.search(request.path, len(API) - 1):
            known = request.method in ("GET", "HEAD", "POST")
            return html_page(*((404, "404 Not Found") if known else (405, "405 Not Allowed")))
        try:
            return super().respond(request)
        except Refusal as refusal:
            return exception(refusal).plus(SERVICE)

    def closed(self, context: RequestContext) -> Response | None:
        """Return what a portal answers that is not open.

        Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Middleware/TenantStatusFilter.cs,
        PaymentFilter.cs, IpSecurityFilter.cs.
        """
        state, path = self.tenant_state, context.route.path
        if state == "removing" or (state == "suspended" and path not in PASS_WHILE_SUSPENDED):
            return bare_problem(404, self.state.serial())
        if state in BUSY and not context.request.path.lower().endswith(PASS_WHILE_BUSY):
            return bare_problem(403, self.state.serial())
        if state == "unpaid" and path not in PASS_UNPAID:
            # This problem has no type and no title.
            built = {"status": 402, "traceId": problem(403, self.state.serial())["traceId"]}
            return document(built, 402, "application/problem+json; charset=utf-8")
        if state == "ip-forbidden" and context.caller and not context.caller.owner:
            text = b"The access to the portal is restricted"
            return Response(403, text, (("Content-Type", "text/plain; charset=utf-8"),))
        return None

    def success(self, status: int, response: object) -> Response:
        """Build a success with this response; a list is counted."""
        count = len(response) if isinstance(response, list) else None
        result = Result(response, count=count)
        return document(envelope(result, f"http://127.0.0.1{API}ordered", "GET", status), status)
