"""A DocSpace portal: from a request to its answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from oocli.demo.arguments import Arguments, BadArgument, json_object
from oocli.demo.docspace import (
    about,
    fileops,
    files,
    keys,
    paging,
    people,
    sign_in,
    transfer,
    upload_sessions,
)
from oocli.demo.docspace.credentials import COOKIE, Identity, identify
from oocli.demo.docspace.envelope import (
    JSON_TYPE,
    bare_problem,
    document,
    envelope,
    exception,
    problem,
    to_json,
    wrapped_problem,
)
from oocli.demo.exchange import API, Answer, Call, html
from oocli.demo.keys import allowed
from oocli.demo.routing import Invalid, Refusal, Reply, Route, Table, Visit
from oocli.demo.state import PortalState

ROUTED = re.compile(
    r"/(files|privacyroom|people|group|accounts|keys|authentication|modules|portal|security"
    r"|settings|smtpsettings|capabilities|thirdparty|backup)",
    re.IGNORECASE,
)
"""Words, anywhere in a path, by which the router finds a service (ONLYOFFICE/DocSpace-buildtools,
config/nginx/onlyoffice.conf); it answers paths without any of them itself."""

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
JSON_BODY = re.compile(r"(application|text)/json|application/[\w.-]+\+json")
SERVICE = ("Server-Timing", "aspnetcore-request-time;dur=1ms")
VERSIONED = ("api-supported-versions", "2.0")


class Docspace:
    """Answers as ONLYOFFICE/DocSpace-server does, for one portal."""

    SERVER = "openresty"

    def __init__(self, state: PortalState) -> None:
        self.state = state
        rooms = [sign_in, about, people, files, fileops, transfer, upload_sessions]
        if state.api_keys:
            rooms.append(keys)
        self.table = Table([route for room in rooms for route in room.ROUTES])

    def origin(self, call: Call, sub_path: str) -> str:
        """Return the start of absolute addresses: forwarded scheme and host, never a sub-path.

        Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/BaseStartup.cs.
        """
        scheme, _, host = call.origin.partition("://")
        scheme = _first_value(call, "X-Forwarded-Proto") or scheme
        return f"{scheme}://{_first_value(call, 'X-Forwarded-Host') or host}"

    def answer(self, call: Call) -> Answer:
        """Carry a request out; the router's part first."""
        if self.state.state == "warming":
            return html(502, "502 Bad Gateway")
        if not call.path.startswith(API):
            return self._page(call)
        if not ROUTED.search(call.path, len(API) - 1):
            found = call.method in ("GET", "HEAD", "POST")
            title = "404 Not Found" if found else "405 Not Allowed"
            return html(int(title[:3]), title)
        return self._service(call).plus(SERVICE)

    def _page(self, call: Call) -> Answer:
        """Answer outside the API: two handlers that know no scopes, else the web client."""
        path = call.path.lower()
        handler = path.endswith(transfer.HANDLER)
        if not handler and path != upload_sessions.CHUNKS:
            return html(200, "DocSpace")
        try:
            caller = identify(call, self.state).account
        except Refusal as refusal:
            return exception(refusal)
        if handler and self.state.state == "unpaid":
            return Answer(402)
        page = transfer.file_page if handler else upload_sessions.chunk_page
        return page(call, self.state, caller).plus(SERVICE)

    def _service(self, call: Call) -> Answer:
        fitting = self.table.fitting(call.words[2:])
        matching = [pair for pair in fitting if pair[0].method == call.method]
        if not fitting:
            return Answer(404)
        if not matching:
            methods = sorted({route.method for route, _ in fitting})
            return Answer(405, b"", (("Allow", ", ".join(methods)),))
        route, names = matching[0]
        try:
            identity = identify(call, self.state)
        except Refusal as refusal:
            return exception(refusal)
        answer = self._checked(call, route, names, identity)
        return answer.plus(*identity.headers, VERSIONED)

    def _checked(
        self, call: Call, route: Route, names: dict[str, str], identity: Identity
    ) -> Answer:
        """Filter in the server's order: login, tenant, payment, address, scope; then act."""
        words = "/".join(call.words[2:]).lower()
        key = identity.key
        lacking = key is not None and not allowed(key.scopes, call.method, words)
        if not route.open and identity.account is None:
            return Answer(401)
        if not route.open and lacking:
            return Answer(403)
        closed = self._closed(call, route, identity)
        if closed is not None:
            return closed
        if lacking or (identity.refused and route.open):
            return bare_problem(403, self.state.serial())
        return self._act(call, route, names, identity)

    def _closed(self, call: Call, route: Route, identity: Identity) -> Answer | None:
        """Answer in place of a portal that is not open.

        Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Middleware/TenantStatusFilter.cs,
        PaymentFilter.cs, IpSecurityFilter.cs.
        """
        state = self.state.state
        if state == "removing" or (state == "suspended" and not route.while_suspended):
            return bare_problem(404, self.state.serial())
        if state in BUSY and not call.path.lower().endswith(PASS_WHILE_BUSY):
            return bare_problem(403, self.state.serial())
        if state == "unpaid" and not route.free:
            built = problem(402, self.state.serial())
            return document(built, 402, "application/problem+json; charset=utf-8")
        if state == "ip-forbidden" and identity.account and not identity.account.owner:
            text = b"The access to the portal is restricted"
            return Answer(403, text, (("Content-Type", "text/plain; charset=utf-8"),))
        return None

    def _act(self, call: Call, route: Route, names: dict[str, str], identity: Identity) -> Answer:
        visit = Visit(call, self.state, Arguments(), names, identity.account, identity.session)
        cookie = call.cookies.get(COOKIE)
        if cookie:
            visit.cookie_session = self.state.sessions.find(cookie, self.state.clock())
        url = call.origin + call.target
        invalid = self._bind(visit, route, url)
        if invalid is not None:
            return invalid
        try:
            result = route.act(visit)
        except Refusal as refusal:
            return exception(refusal)
        except BadArgument as error:
            return self._invalid(url, call.method, {"$": [str(error)]})
        except Invalid as error:
            return self._invalid(url, call.method, error.faults)
        if isinstance(result, Answer):
            return result
        reply = result if isinstance(result, Reply) else Reply(result)
        reply = replace(reply, response=paging.keep(reply.response, call))
        status = reply.status or 200
        built = envelope(reply, url, call.method, status)
        return document(built, status).plus(*reply.headers)

    def _bind(self, visit: Visit, route: Route, url: str) -> Answer | None:
        """Read query and body, or answer what the binding complains of."""
        call = visit.call
        visit.arguments.add(call.query)
        if route.paged:
            asked = paging.Asked.read(call)
            if asked.faults:
                return self._invalid(
                    url, call.method, {name: [text] for name, text in asked.faults}
                )
        if not route.body:
            return None
        if not JSON_BODY.fullmatch(call.content_type):
            return wrapped_problem(415, url, call.method, self.state.serial())
        try:
            visit.arguments.pairs[:0] = [
                (name.lower(), value)
                for name, value in json_object(call.body).items()
                if value is not None
            ]
        except BadArgument as error:
            text = str(error) if call.body else "A non-empty request body is required."
            return self._invalid(url, call.method, {"$" if call.body else "": [text]})
        return None

    def _invalid(self, url: str, method: str, errors: dict[str, list[str]]) -> Answer:
        return wrapped_problem(400, url, method, self.state.serial(), errors)

    def ordered(self, status: int, error: str | None, response: Any, has_response: bool) -> Answer:
        """Build an answer to order: the error envelope, or a success with this response."""
        if error is not None:
            return exception(Refusal(status, error))
        reply = Reply(response if has_response else None)
        built = envelope(reply, "http://127.0.0.1/api/2.0/ordered", "GET", status)
        return Answer(status, to_json(built), (("Content-Type", JSON_TYPE),))


def _first_value(call: Call, name: str) -> str:
    """Return the first of the values that proxies put into a header, or an empty text."""
    return (call.header(name) or "").partition(",")[0].strip()
