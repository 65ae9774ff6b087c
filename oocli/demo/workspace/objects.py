"""The objects of people, files, folders and operations in a Workspace portal.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api.Documents/FileWrapper.cs,
FolderWrapper.cs, FileOperationWraper.cs and module/ASC.Api/ASC.Employee/EmployeeWraper*.
"""

from __future__ import annotations

from oocli.demo.accounts import Account
from oocli.demo.dates import zoned
from oocli.demo.files import folder_page
from oocli.demo.listing import (
    BY_EXTENSION,
    BY_EXTENSION_WITH_FOLDERS,
    ListingQuery,
    filter_type,
)
from oocli.demo.messages import JsonObject
from oocli.demo.routing import Dialect, RequestContext, Result
from oocli.demo.storage import TWIN, File, Folder
from oocli.demo.workspace.lists import ListQuery


class WorkspaceDialect(Dialect):
    """How a Workspace portal describes objects and refuses requests."""

    handler = "/Products/Files/HttpHandlers/filehandler.ashx"
    editor = "/Products/Files/DocEditor.aspx"
    # Mostly 403 where others say 404. Source: ONLYOFFICE/CommunityServer, web/studio/
    # ASC.Web.Studio/Products/Files/Services/WCFService/FileStorageServiceController.cs.
    not_found = 403
    too_large = 500
    denied_message = "You don't have enough permission to perform the operation"
    missing_argument_message = "Value cannot be null. Parameter name: {}"
    missing_person_message = "User not found"
    operation_member = "operation"
    returns_single_operation = False
    packs_single_files = True
    another = TWIN

    def person(self, context: RequestContext, account: Account) -> JsonObject:
        """Describe a person, nulls included."""
        origin = context.request.origin
        return {
            "id": account.id,
            "userName": account.user_name,
            "isVisitor": account.visitor,
            "firstName": account.first_name,
            "lastName": account.last_name,
            "email": account.email,
            "status": 2 if account.terminated else 1,
            "activationStatus": 1,
            "terminated": None,
            "department": "",
            "displayName": account.display_name,
            "mobilePhone": account.phone,
            "isAdmin": account.admin,
            "isLDAP": False,
            "isOwner": account.owner,
            "isSSO": False,
            "avatarSmall": "/skins/default/images/default_user_photo_size_32-32.png",
            "profileUrl": f"{origin}/Products/People/Profile.aspx?user={account.user_name}",
            "cultureName": "en-US",
            "quotaLimit": 0,
            "usedSpace": 0,
        }

    def file(self, context: RequestContext, file: File) -> JsonObject:
        """Describe a file; `pureContentLength` is left out when it is 0."""
        return {
            **self.file_start(context, file),
            "comment": None,
            "id": file.id,
            "title": file.title,
            **_common(file, file.owner),
            "rootFolderType": context.storage.folders[file.folder].root_type,
        }

    def folder(self, context: RequestContext, folder: Folder) -> JsonObject:
        """Describe a folder."""
        return {
            **self.folder_start(context, folder),
            "id": folder.id,
            "title": folder.title,
            **_common(folder, folder.owner or context.state.people[0]),
            "rootFolderType": folder.root_type,
        }

    def contents(self, context: RequestContext, folder: Folder) -> Result:
        """Return a page of a folder; its `count` is that of the envelope too."""
        query = ListQuery.read(context.request)
        number = filter_type(context.arguments.text("filterType"))
        by_extension = number in (BY_EXTENSION, BY_EXTENSION_WITH_FOLDERS)
        listing = ListingQuery(
            start=query.start,
            count=None if query.everything else query.count,
            filter=number,
            text=query.filter_values[0] if query.filter_values else "",
            extensions=(context.arguments.text("extension").lower(),) if by_extension else (),
            with_subfolders=context.arguments.flag("withSubfolders"),
            sort_by=query.sort_by,
            descending=query.descending,
        )
        page = folder_page(context, folder, listing)
        return Result(page, count=page["count"])


def _common(entry: File | Folder, owner: Account) -> JsonObject:
    author = {
        "id": owner.id,
        "displayName": owner.display_name,
        "title": None,
        "avatarSmall": "/skins/default/images/default_user_photo_size_32-32.png",
        "profileUrl": "",
    }
    return {
        "access": 0,
        "shared": False,
        "created": zoned(entry.created),
        "createdBy": author,
        "updated": zoned(entry.updated),
        "updatedBy": author,
    }
