"""The objects of people, files, folders and operations in a DocSpace portal.

Source: ONLYOFFICE/DocSpace-server, products/ASC.Files/Core/ApiModels/ResponseDto/*,
common/ASC.Api.Core/Model/EmployeeDto.cs and EmployeeFullDto.cs.
"""

from __future__ import annotations

from oocli.demo.accounts import STARTED, Account
from oocli.demo.arguments import BadArgument
from oocli.demo.dates import zoned
from oocli.demo.docspace.paging import PageQuery
from oocli.demo.files import folder_page
from oocli.demo.listing import ListingQuery, filter_type
from oocli.demo.messages import JsonObject
from oocli.demo.operations import Operation
from oocli.demo.routing import Dialect, Refusal, RequestContext, Result
from oocli.demo.storage import DUPLICATE, File, Folder

MAX_TITLE_LENGTH = 165
NULL_REFERENCE = "Object reference not set to an instance of an object."


def short_person(context: RequestContext, account: Account) -> JsonObject:
    """Describe a person without address and status."""
    origin = context.request.origin
    return {
        "id": account.id,
        "displayName": account.display_name,
        "avatar": "/static/images/default_user_photo_size_32-32.png",
        "profileUrl": f"{origin}/accounts/people/filter?search={account.email}",
        "hasAvatar": False,
        "isAnonim": False,
    }


class DocspaceDialect(Dialect):
    """How a DocSpace portal describes objects and refuses requests."""

    handler = "/filehandler.ashx"
    editor = "/doceditor"
    not_found = 404
    too_large = 402
    denied_message = "Access denied"
    missing_argument_message = "Value cannot be null. (Parameter '{}')"
    missing_person_message = "The user could not be found"
    operation_member = "Operation"  # the capital is the server's (FileOperationDto.cs)
    returns_single_operation = True
    packs_single_files = False
    another = DUPLICATE

    def person(self, context: RequestContext, account: Account) -> JsonObject:
        """Describe a person; `isAdmin` is false for the owner."""
        return {
            "firstName": account.first_name,
            "lastName": account.last_name,
            "userName": account.user_name,
            "email": account.email,
            "status": 2 if account.terminated else 4 if account.pending else 1,
            "activationStatus": 2 if account.pending else 1,
            "department": "",
            "registrationDate": zoned(STARTED, 0),
            "isAdmin": account.admin and not account.owner,
            "isRoomAdmin": False,
            "isLDAP": False,
            "isOwner": account.owner,
            "isVisitor": account.visitor,
            "isCollaborator": not account.admin and not account.visitor,
            "isSSO": False,
            "cultureName": "en-US",
            "mobilePhone": account.phone or None,
            "usedSpace": 0,
            "loginEventId": context.cookie_session.event if context.cookie_session else 0,
            "hasPersonalFolder": not account.visitor,
            **short_person(context, account),
        }

    def file(self, context: RequestContext, file: File) -> JsonObject:
        """Describe a file; `pureContentLength` is left out when it is 0."""
        folder = context.storage.folders[file.folder]
        writable = context.storage.writable(folder, context.caller)
        return {
            **self.file_start(context, file),
            "security": {"Read": True, "Edit": writable, "Delete": writable},
            **_common(file, file.owner, writable),
            "rootFolderType": folder.root_type,
            "fileEntryType": 2,
            "id": file.id,
        }

    def folder(self, context: RequestContext, folder: Folder) -> JsonObject:
        """Describe a folder or room."""
        writable = context.storage.writable(folder, context.caller)
        return {
            **self.folder_start(context, folder),
            "new": 0,
            "roomType": folder.room_type,
            "pinned": False,
            "private": False,
            "indexing": False,
            "denyDownload": False,
            **_common(folder, folder.owner or context.state.people[0], writable),
            "rootFolderType": folder.root_type,
            "fileEntryType": 1,
            "id": folder.id,
        }

    def operation(self, context: RequestContext, operation: Operation) -> JsonObject:
        """Describe an operation, with its status; `error` is empty if there is none."""
        described = super().operation(context, operation)
        return described | {"error": operation.error, "status": operation.status}

    def contents(self, context: RequestContext, folder: Folder) -> Result:
        """Return a page of a folder; the envelope does not show its length.

        Filters look into subfolders unless `withSubFolders` is false (FileStorageService,
        FoldersController).
        """
        page = PageQuery.read(context.request)
        if page.start < 0:
            text = f"from ('{page.start}') must be a non-negative value. (Parameter 'from')"
            raise Refusal(400, text, "System.ArgumentOutOfRangeException")
        arguments = context.arguments
        number, text = filter_type(arguments.text("filterType")), arguments.text("filterValue")
        endings = tuple(filter(None, arguments.text("extension").lower().split(",")))
        query = ListingQuery(
            start=page.start,
            count=page.count,
            filter=number,
            text=text,
            extensions=endings,
            with_subfolders=any((number, text, endings))
            and arguments.flag("withSubFolders", default=True),
            sort_by=arguments.text("sortBy").lower(),
            descending=arguments.text("sortOrder").lower() in ("descending", "1"),
        )
        return Result(folder_page(context, folder, query))

    def path_part(self, folder: Folder) -> JsonObject:
        """Describe a folder in a path."""
        return {
            "id": folder.id,
            "title": folder.title,
            "roomType": folder.room_type,
            "folderType": 0,
        }

    def title(self, context: RequestContext, default: str) -> str:
        """Return the title that was sent. Missing and overlong titles are refused."""
        title = context.arguments.text("title").strip()
        if not title:
            raise self.missing_argument("title")
        if len(title.encode("utf-16-le", "surrogatepass")) > 2 * MAX_TITLE_LENGTH:
            raise BadArgument(f"The field Title must not be longer than {MAX_TITLE_LENGTH}.")
        return title

    def missing_file(self, id: str) -> Refusal:
        """Return the refusal for a missing file; the server fails if the id is not a number."""
        if id.lstrip("-").isdigit():
            return super().missing_file(id)
        return Refusal(500, NULL_REFERENCE, "System.NullReferenceException")


def _common(entry: File | Folder, owner: Account, writable: bool) -> JsonObject:
    """Build the members of files and folders; booleans are present even when false."""
    author = {"id": owner.id, "displayName": owner.display_name, "hasAvatar": False}
    return {
        "title": entry.title,
        "access": 0,
        "shared": False,
        "sharedForUser": False,
        "sharedExternal": False,
        "parentShared": False,
        "canShare": writable,
        "mute": False,
        "created": zoned(entry.created, 0),
        "createdBy": author,
        "updated": zoned(entry.updated, 0),
        "updatedBy": author,
    }
