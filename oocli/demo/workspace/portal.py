"""A Workspace portal: from a request to its answer."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from oocli.demo.arguments import Arguments, BadArgument, form_pairs, json_object, multipart
from oocli.demo.exchange import API, Answer, Call, first, html
from oocli.demo.routing import Refusal, Reply, Route, Table, Visit
from oocli.demo.state import PortalState
from oocli.demo.workspace import about, batch, files, lists, people, sign_in, transfer
from oocli.demo.workspace.credentials import COOKIE, Identity, by_token, identify, identify_late
from oocli.demo.workspace.envelope import document, envelope, error_envelope, refused, to_json
from oocli.demo.workspace.pages import auth_page, not_found

SUFFIXES = (".json", ".xml", ".tml")
STATE_ANSWERS = {
    "suspended": 404,
    "removing": 404,
    "transferring": 503,
    "restoring": 503,
    "encrypting": 503,
    "unpaid": 402,
}
REWRITTEN = "X-REWRITER-URL"
CORS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS"),
    ("Access-Control-Allow-Headers", "origin, authorization, accept, content-type"),
)


class Workspace:
    """Answers as ONLYOFFICE/CommunityServer does, for one portal."""

    SERVER = "nginx"

    def __init__(self, state: PortalState) -> None:
        self.state = state
        rooms = (sign_in, about, people, files, transfer)
        routes = [route for room in rooms for route in room.ROUTES]
        routes += [Route(method, "batch", self._batch) for method in ("GET", "POST")]
        self.table = Table(routes)

    def origin(self, call: Call, sub_path: str) -> str:
        """Return the start of absolute addresses: of `X-REWRITER-URL`, else of the request.

        The first is a header or part of the query (ONLYOFFICE/CommunityServer,
        common/ASC.Common/Utils/HttpRequestExtensions.cs).
        """
        address = urlsplit(call.header(REWRITTEN) or first(call.query, REWRITTEN) or "")
        if address.scheme in ("http", "https") and address.netloc:
            return f"{address.scheme}://{address.netloc}"
        return call.origin + sub_path

    def answer(self, call: Call) -> Answer:
        """Carry a request out."""
        closed = self._closed(call)
        if closed is not None:
            return closed
        identity = identify(call, self.state)
        if self.state.state == "ip-forbidden" and identity.account and not identity.account.owner:
            return Answer(403)
        if call.path.lower().startswith(API):
            answer = self._api(call, identity)
        else:
            answer = self._page(call, identity)
        return answer.plus(*identity.cookies)

    def _page(self, call: Call, identity: Identity) -> Answer:
        """Answer outside the API: what is no page of its own is the web application."""
        if call.path.lower() == "/auth.aspx":
            return auth_page(call, self.state)
        try:
            if call.path == transfer.CHUNKS:
                return transfer.chunk_page(call, self.state)
            if call.path == transfer.HANDLER:
                return transfer.file_page(call, self.state, identity.account)
        except BadArgument as error:
            return html(400, str(error))
        lower = call.path.lower()
        if lower in (transfer.CHUNKS.lower(), transfer.HANDLER.lower()):
            return transfer.wrong_case(call)
        return html(200, "Portal")

    def _batch(self, visit: Visit) -> Any:
        """Answer GET and POST `batch`; without any item status 200 and an error document."""

        def inner(call: Call) -> Answer | None:
            words, _ = _words(call)
            if not any(pair[0].method == call.method for pair in self.table.fitting(words)):
                return None
            return self._api(call, identify(call, self.state))

        try:
            result = batch.run(visit, inner)
        except batch.BrokenBatch:
            return html(500, "Runtime Error")
        if result != batch.NONE:
            return result
        built = error_envelope(200, batch.NONE)
        del built["statusCode"]
        return document({**built, "status": 0}, 200)

    def _closed(self, call: Call) -> Answer | None:
        """Answer in place of a portal that is not open; `capabilities.json` mostly passes.

        Source: ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Global.asax.cs.
        """
        state = self.state.state
        if state == "warming":
            return html(502, "502 Bad Gateway")
        if state not in STATE_ANSWERS:
            return None
        if call.path.lower().endswith("capabilities.json") and state != "removing":
            return None
        return Answer(STATE_ANSWERS[state])

    def _api(self, call: Call, identity: Identity) -> Answer:
        if call.method == "OPTIONS":
            return Answer(200, b"", CORS)
        words, suffix = _words(call)
        fitting = [pair for pair in self.table.fitting(words) if pair[0].method == call.method]
        if not fitting:
            return not_found()
        route, names = fitting[0]
        visit = Visit(call, self.state, Arguments(), names, identity.account, identity.session)
        cookie = call.cookies.get(COOKIE)
        visit.cookie_session = by_token(cookie, self.state) if cookie else None
        if not route.open and visit.caller is None:
            late = identify_late(call, self.state, _form(call))
            visit.caller, visit.session = late.account, late.session
            if visit.caller is None:
                return _unauthorized(call)
        xml = suffix in (".xml", ".tml") and call.content_type != "application/json"
        return self._act(route, visit, xml)

    def _act(self, route: Route, visit: Visit, xml: bool) -> Answer:
        call = visit.call
        start = 0
        try:
            start = lists.Asked.read(call).start
            fill(visit, from_json=route.path != "batch")
            result = route.act(visit)
        except BadArgument as error:
            return self._stamp(self._refused(Refusal(400, str(error)), xml))
        except Refusal as refusal:
            return self._stamp(self._refused(refusal, xml, start))
        except lists.Unreadable:
            return html(500, "Runtime Error")
        if isinstance(result, Answer):
            return result
        reply = result if isinstance(result, Reply) else Reply(result)
        status = reply.status or (201 if call.method == "POST" else 200)
        reply, start, next_index = lists.shape(reply, lists.Asked.read(call))
        built: Any = envelope(reply, status, start, next_index)
        answer = document(built, status, xml=xml).plus(*reply.headers)
        # The server looks for the exact word between commas: ` gzip` after a blank is missed.
        accepted = (call.header("Accept-Encoding") or "").split(",")
        return self._stamp(replace(answer, packed="gzip" in accepted))

    def _refused(self, refusal: Refusal, xml: bool = False, start: int = 0) -> Answer:
        return refused(refusal, xml=xml, start=start, debug=self.state.debug)

    def _stamp(self, answer: Answer) -> Answer:
        """Add what each API answer carries: an ETag of no use, and that nothing is to be kept."""
        tag = hashlib.sha256(f"{id(self)}:{self.state.serial()}".encode()).hexdigest()[:32]
        return answer.plus(("Cache-Control", "private, max-age=0"), ("ETag", f'"{tag}"'), CORS[0])

    def ordered(self, status: int, error: str | None, response: Any, has_response: bool) -> Answer:
        """Build an answer to order: the error envelope, or a success with this response."""
        if error is not None:
            answer = self._refused(Refusal(status, error))
            return replace(answer, reason=answer.reason if status >= 400 else None)
        reply = Reply(response if has_response else None)
        return Answer(status, to_json(envelope(reply, status)), document({}, status).headers)


def fill(visit: Visit, from_json: bool = True) -> None:
    """Read the arguments: path, then query, then body; the first value of a name counts.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Impl/ApiArgumentBuilder.cs. JSON is
    read whatever the method, forms not on GET; a null becomes an empty text, an empty list nothing.
    """
    call = visit.call
    visit.arguments.add(visit.names.items())
    visit.arguments.add(call.query)
    if call.content_type == "application/json":
        if not (call.body and from_json):
            return
        body = json_object(call.body)
        pairs = ((name, "" if value is None else value) for name, value in body.items())
        visit.arguments.add(pair for pair in pairs if pair[1] != [] and pair[0][:1] != "@")
    elif call.content_type == "multipart/form-data":
        fields, visit.arguments.files = multipart(call)
        visit.arguments.add(fields)
    else:
        visit.arguments.add(_form(call))


def _form(call: Call) -> tuple[tuple[str, str], ...]:
    if call.content_type != "application/x-www-form-urlencoded" or call.method == "GET":
        return ()
    return tuple(form_pairs(call.body))


def _words(call: Call) -> tuple[tuple[str, ...], str]:
    """Split the path into words; the last one loses `.json`, `.xml` or `.tml`, once."""
    words = list(call.words[2:])
    last = words[-1] if words else ""
    suffix = next((one for one in SUFFIXES if last.lower().endswith(one)), "")
    if suffix:
        words[-1] = last[: -len(suffix)]
    return tuple(words), suffix


def _unauthorized(call: Call) -> Answer:
    """Say 401 in plain text; a challenge only to those who sent the header, whatever its scheme."""
    answer = Answer(401, b"Unauthorized", (("Content-Type", "text/html"),))
    if call.header("Authorization") is None:
        return answer
    host = call.origin.partition("://")[2]
    return answer.plus(("WWW-Authenticate", f'Basic Realm="{host}"'))
