"""Routes, and what their actions take and return."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from oocli.demo.accounts import Account, Session
from oocli.demo.arguments import Arguments
from oocli.demo.messages import Headers, JsonObject, Request, Response
from oocli.demo.operations import Operation
from oocli.demo.state import PortalState
from oocli.demo.storage import File, Folder, Storage

NOT_FOUND = "ASC.Common.Web.ItemNotFoundException"


@dataclass(eq=False)
class Refusal(Exception):
    """The portal refuses a request, with an HTTP status and a message.

    `exception_type` is its .NET type, if the server shows one.
    """

    status: int
    message: str
    exception_type: str | None = None


@dataclass(frozen=True)
class Result:
    """What an action returns if there is more than the `response`.

    With None, the kind of portal sets `count` and `total`. On Workspace `lazy` marks a list
    that the server builds while it writes, and `paged` one that the action has cut itself.
    """

    response: object = None
    count: int | None = None
    total: int | None = None
    status: int | None = None
    headers: Headers = ()
    lazy: bool = False
    paged: bool = False


@dataclass(frozen=True)
class Route:
    """One row of a table of routes; `{name}` in the path takes any one segment.

    `open` needs no login, `paged` reads `count` and `startIndex`, `body` needs a JSON body.
    """

    method: str
    path: str
    action: Callable[[RequestContext], object]
    open: bool = False
    paged: bool = False
    body: bool = False

    def match(self, segments: Sequence[str]) -> dict[str, str] | None:
        """Return the path variables if the path matches, else None; words match in any case."""
        words = self.path.split("/")
        pairs = list(zip(words, segments, strict=False))
        if len(words) != len(segments) or not all(
            segment if word.startswith("{") else segment.lower() == word for word, segment in pairs
        ):
            return None
        return {word[1:-1]: segment for word, segment in pairs if word.startswith("{")}


def readable_size(size: int) -> str:
    """Format a size as the web page does."""
    power = min(max(size.bit_length() - 1, 0) // 10, 3)
    return f"{size / 1024**power:.2f} {' KMG'[power]}B" if power else f"{size} bytes"


class Dialect(ABC):
    """How one kind of portal describes objects and refuses requests."""

    handler: str
    """The path of the page that sends files."""
    editor: str
    """The path of the page that edits files."""
    not_found: int
    """The status for a folder or file that does not exist."""
    too_large: int
    """The status for a file above the limit."""
    denied_message: str
    missing_argument_message: str
    missing_person_message: str
    operation_member: str
    """The name of the member that holds the number of an operation."""
    returns_single_operation: bool
    packs_single_files: bool
    """Whether a bulk download of one file is an archive too."""
    another: int
    """How another file gets its title where that is taken: DUPLICATE or TWIN."""

    @abstractmethod
    def person(self, context: RequestContext, account: Account) -> JsonObject:
        """Describe a person."""

    @abstractmethod
    def file(self, context: RequestContext, file: File) -> JsonObject:
        """Describe a file."""

    @abstractmethod
    def folder(self, context: RequestContext, folder: Folder) -> JsonObject:
        """Describe a folder."""

    @abstractmethod
    def contents(self, context: RequestContext, folder: Folder) -> Result:
        """Return the requested page of a folder."""

    def path_part(self, folder: Folder) -> object:
        """Describe a folder in a path."""
        return folder.id

    def title(self, context: RequestContext, default: str) -> str:
        """Return the title that was sent, or a default."""
        return context.arguments.text("title") or default

    def file_start(self, context: RequestContext, file: File) -> JsonObject:
        """Return the first members of a file, which both kinds share."""
        origin, size = context.request.origin, file.size
        return {
            "folderId": file.folder,
            "version": file.version,
            "versionGroup": file.version,
            "contentLength": readable_size(size),
            **({"pureContentLength": size} if size else {}),
            "fileStatus": 0,
            "viewUrl": f"{origin}{self.handler}?action=download&fileid={file.id}",
            "webUrl": f"{origin}{self.editor}?fileid={file.id}",
            "fileType": file.type_number,
            "fileExst": file.extension,
        }

    def folder_start(self, context: RequestContext, folder: Folder) -> JsonObject:
        """Return the first members of a folder, which both kinds share."""
        folders, files = context.storage.ids_in(folder.id)
        counts = {"filesCount": len(files), "foldersCount": len(folders)}
        return {"parentId": folder.parent or 0, **counts}

    def operation(self, context: RequestContext, operation: Operation) -> JsonObject:
        """Describe an operation on files; entries that are gone are left out."""
        storage = context.storage
        entries = [
            entry
            for entry in operation.entries
            if entry.id in (storage.files if isinstance(entry, File) else storage.folders)
        ]
        files = [self.file(context, entry) for entry in entries if isinstance(entry, File)]
        folders = [self.folder(context, entry) for entry in entries if isinstance(entry, Folder)]
        return {
            "id": operation.id,
            self.operation_member: operation.kind,
            "progress": operation.progress,
            "error": operation.error or None,
            "processed": str(len(operation.processed) or operation.done),
            "finished": operation.finished,
            "url": operation.url if operation.finished else None,
            "files": files or None,
            "folders": folders or None,
        }

    def denied(self) -> Refusal:
        """Return the refusal for a right that is missing."""
        return Refusal(403, self.denied_message, "System.Security.SecurityException")

    def missing_folder(self) -> Refusal:
        """Return the refusal for a folder that does not exist."""
        return Refusal(self.not_found, "The required folder was not found", NOT_FOUND)

    def missing_file(self, id: str) -> Refusal:
        """Return the refusal for a file that does not exist."""
        return Refusal(self.not_found, "The required file was not found", NOT_FOUND)

    def missing_argument(self, name: str) -> Refusal:
        """Return the refusal for an argument that was not sent."""
        return Refusal(400, self.missing_argument_message.format(name), "System.ArgumentException")


@dataclass
class RequestContext:
    """A request with its caller and arguments, as actions get it."""

    request: Request
    state: PortalState
    dialect: Dialect
    route: Route
    names: dict[str, str] = field(default_factory=dict)
    caller: Account | None = None
    cookie_session: Session | None = None
    arguments: Arguments = field(default_factory=Arguments)

    @property
    def user(self) -> Account:
        """The caller, who must be signed in."""
        if self.caller is None:
            raise self.dialect.denied()
        return self.caller

    @property
    def now(self) -> float:
        """The portal's clock."""
        return self.state.clock()

    @property
    def storage(self) -> Storage:
        """Folders and files."""
        return self.state.storage

    def folder(self, id: str) -> Folder:
        """Return a folder that the caller may read."""
        folder = self.storage.folder(id)
        if folder is None:
            raise self.dialect.missing_folder()
        if not self.storage.readable(folder, self.caller):
            raise self.dialect.denied()
        return folder

    def file(self, id: str) -> File:
        """Return a file that the caller may read."""
        file = self.storage.file(id)
        if file is None:
            raise self.dialect.missing_file(id)
        if not self.storage.readable(file, self.caller):
            raise self.dialect.denied()
        return file

    def path(self, folder: Folder) -> list[Folder]:
        """Return the folders from the root to a folder that the caller may read."""
        path = self.storage.path(folder.id)
        return [part for part in path if self.storage.readable(part, self.caller)]

    def require_writable(self, folder: Folder) -> Folder:
        """Return a folder if the caller may change it, else refuse."""
        if not self.storage.writable(folder, self.caller):
            raise self.dialect.denied()
        return folder

    def alias_folder(self) -> Folder:
        """Return the folder behind the alias in the path of the route; guests have no `@my`."""
        alias = "@" + self.route.path.split("/")[1].removeprefix("@")
        if alias == "@my" and self.user.visitor:
            raise self.dialect.denied()
        return self.storage.root(alias, self.user)

    def target_folder(self) -> Folder:
        """Return the folder in the path, an id or an alias, if the caller may change it."""
        id = self.names.get("folder")
        return self.require_writable(self.folder(id) if id else self.alias_folder())


class Portal(ABC):
    """Answers requests as one kind of portal does."""

    server_name: str
    dialect: Dialect

    def __init__(self, state: PortalState) -> None:
        self.state = state
        # Routes with fewer variables go first.
        self._routes = sorted(self.routes(), key=lambda route: route.path.count("{"))

    def matching_routes(self, segments: Sequence[str]) -> list[tuple[Route, dict[str, str]]]:
        """Return each route whose path matches, with the path variables, whatever its method."""
        matches = ((route, route.match(segments)) for route in self._routes)
        return [(route, names) for route, names in matches if names is not None]

    @abstractmethod
    def routes(self) -> list[Route]:
        """Return all routes of the API."""

    @abstractmethod
    def respond(self, request: Request) -> Response:
        """Answer a request."""

    @abstractmethod
    def error(self, status: int, message: str) -> Response:
        """Build an error response."""
