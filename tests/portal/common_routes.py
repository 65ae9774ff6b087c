"""Routes of both kinds of portal that only tests call."""

from __future__ import annotations

import re

from oocli.demo.accounts import Session
from oocli.demo.dates import utc
from oocli.demo.docspace.objects import DocspaceDialect
from oocli.demo.files import entries, store
from oocli.demo.messages import JsonObject
from oocli.demo.routing import RequestContext, Route
from oocli.demo.storage import File
from oocli.demo.titles import with_extension


def active_connections(context: RequestContext) -> JsonObject:
    """Answer GET `security/activeconnections`; `loginEvent` is that of the cookie's session.

    Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Security/SecurityApi.cs;
    ONLYOFFICE/DocSpace-server, web/ASC.Web.Api/Api/ConnectionsController.cs.
    """
    own = context.cookie_session.event if context.cookie_session else 0
    sessions = _with_event(context)
    sessions.sort(key=lambda session: (session.event != own, -session.event))
    items = [_connection(session) for session in sessions]
    if not items:
        # A portal always lists a session; without a real one it derives one from this request.
        session = Session("", context.user, context.now, None, event=0)
        address = context.request.peer
        browser = context.request.header("User-Agent") or ""
        items = [_connection(session) | {"ip": address, "browser": browser}]
    return {"items": items, "loginEvent": own}


def _with_event(context: RequestContext) -> list[Session]:
    """Return the valid sessions of the caller that have a login event."""
    found = context.state.sessions.all.values()
    own = [session for session in found if session.account is context.user]
    return [session for session in own if session.event and session.valid(context.now)]


def end_session(context: RequestContext, event: int) -> bool:
    """End the session of a login event; return False if the caller has none with it."""
    for session in context.state.sessions.all.values():
        if event and session.event == event and session.account is context.user:
            session.live = False
            return True
    return False


def _connection(session: Session) -> JsonObject:
    return {
        "id": session.event,
        "tenantId": 1,
        "userId": session.account.id,
        "mobile": False,
        "ip": "127.0.0.1",
        "country": "",
        "city": "",
        "browser": "",
        "platform": "",
        "date": utc(session.started),
        "page": "",
    }


def end_other_connections(context: RequestContext) -> str:
    """Answer PUT `…/logoutallexceptthis`: end all sessions except that of the cookie."""
    own = context.cookie_session.event if context.cookie_session else 0
    for session in _with_event(context):
        if session.event != own:
            session.live = False
    return context.user.display_name


def end_connection(context: RequestContext) -> bool:
    """Answer PUT `security/activeconnections/logout/{id}`; any error gives false."""
    event = context.names["event"]
    return event.isdigit() and end_session(context, int(event))


def conflicts(context: RequestContext) -> list[JsonObject]:
    """Answer GET `files/fileops/move`: the files in the target with the same titles."""
    target = context.folder(context.arguments.text("destFolderId"))
    files = [entry for entry in entries(context) if isinstance(entry, File)]
    existing = [context.storage.file_named(file.title, target.id) for file in files]
    return [context.dialect.file(context, file) for file in existing if file is not None]


def text_extension(content: str) -> str:
    """Return the extension for a text without one: `.html` if it contains a tag."""
    return ".html" if re.search(r"<([^\s>]*)(\s[^<]*)>", content) else ".txt"


def store_text(context: RequestContext) -> JsonObject:
    """Answer POST `files/{folderId}/text` and `…/html`: a text is HTML if it looks like it."""
    folder = context.target_folder()
    for name in ("title", "content"):
        if not context.arguments.has(name):
            raise context.dialect.missing_argument(name)
    content = context.arguments.text("content")
    ending = ".html" if context.route.path.endswith("/html") else text_extension(content)
    title = with_extension(context.dialect.title(context, ""), ending)
    # On DocSpace, `createNewIfExist` has the opposite effect for texts (FilesController.cs).
    is_docspace = isinstance(context.dialect, DocspaceDialect)
    as_new = not (is_docspace and context.arguments.flag("createNewIfExist"))
    return store(context, folder, title, content.encode(), as_new=as_new)


ROUTES = (
    *(
        Route("POST", f"files/{folder}/{word}", store_text, body=True)
        for folder in ("{folder}", "@my", "@common")
        for word in ("text", "html")
    ),
    Route("GET", "files/fileops/move", conflicts),
    Route("GET", "security/activeconnections", active_connections),
    Route("PUT", "security/activeconnections/logout/{event}", end_connection),
    Route("PUT", "security/activeconnections/logoutallexceptthis", end_other_connections),
)
