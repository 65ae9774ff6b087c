"""Pages of a folder: filter, sort, cut."""

from __future__ import annotations

from dataclasses import dataclass

from oocli.demo.arguments import BadArgument
from oocli.demo.storage import File, Folder, Storage
from oocli.demo.titles import ARCHIVE, AUDIO, DOCUMENT, IMAGE, PRESENTATION, SPREADSHEET, VIDEO

_FILTERS = (
    "none filesonly foldersonly documentsonly presentationsonly spreadsheetsonly - imagesonly - -"
    " archiveonly byextension mediaonly byextensionincludefolders"
)
FILTERS = {word: number for number, word in enumerate(_FILTERS.split())}
FILES_ONLY, FOLDERS_ONLY, BY_EXTENSION, BY_EXTENSION_WITH_FOLDERS = 1, 2, 11, 13
TYPES = {
    3: (DOCUMENT,),
    4: (PRESENTATION,),
    5: (SPREADSHEET,),
    7: (IMAGE,),
    10: (ARCHIVE,),
    12: (VIDEO, AUDIO),
}
"""The values of `filterType` that keep files of some types and leave folders out."""

SORTS = ("dateandtime", "az", "size", "author", "type", "new", "dateandtimecreation")


def filter_type(text: str) -> int:
    """Read `filterType`, by number or by name in any letter case."""
    if not text.isdigit() and text.lower() not in ("", *FILTERS):
        raise BadArgument(f"filterType: the value '{text}' is not valid.")
    return int(text) if text.isdigit() else FILTERS.get(text.lower(), 0)


@dataclass(frozen=True)
class ListingQuery:
    """The requested filters, order and page; `filter` is `filterType`, `count` None no limit."""

    start: int = 0
    count: int | None = None
    filter: int = 0
    text: str = ""
    extensions: tuple[str, ...] = ()
    with_subfolders: bool = False
    sort_by: str = ""
    descending: bool = False


def list_folder(
    storage: Storage, folder: Folder, query: ListingQuery
) -> tuple[list[Folder | File], int]:
    """Return a page of a folder, folders first, and the total number of entries."""
    find_folders = storage.folders_below if query.with_subfolders else storage.subfolders
    find_files = storage.files_below if query.with_subfolders else storage.files_in
    only_files = query.filter in (FILES_ONLY, BY_EXTENSION, *TYPES) or (
        query.extensions and query.filter != BY_EXTENSION_WITH_FOLDERS
    )
    folders = [] if only_files else list(find_folders(folder.id))
    files = [] if query.filter == FOLDERS_ONLY else list(find_files(folder.id))
    if query.text:
        text = query.text.lower()
        folders = [found for found in folders if text in found.title.lower()]
        files = [file for file in files if text in file.title.lower()]
    if query.extensions:
        files = [file for file in files if file.extension in query.extensions]
    if query.filter in TYPES:
        files = [file for file in files if file.type_number in TYPES[query.filter]]
    _sort(folders, query)
    _sort(files, query)
    entries: list[Folder | File] = [*folders, *files]
    stop = None if query.count is None else query.start + query.count
    return entries[query.start : stop], len(entries)


def _sort(entries: list[Folder] | list[File], query: ListingQuery) -> None:
    sort_by = query.sort_by.lower()
    if sort_by not in SORTS:
        return

    def key(entry: Folder | File) -> tuple[object, str]:
        title = entry.title.casefold()
        if sort_by == "size":
            return (entry.size if isinstance(entry, File) else 0, title)
        if sort_by in ("dateandtime", "new"):
            return (entry.updated, title)
        if sort_by == "dateandtimecreation":
            return (entry.created, title)
        return (entry.extension if sort_by == "type" and isinstance(entry, File) else "", title)

    entries.sort(key=key, reverse=query.descending)
