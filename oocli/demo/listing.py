"""Pages of a folder: what is shown of it, in which order."""

from __future__ import annotations

from dataclasses import dataclass

from oocli.demo.arguments import BadArgument
from oocli.demo.storage import File, Folder, Storage
from oocli.demo.titles import ARCHIVE, AUDIO, DOCUMENT, IMAGE, PRESENTATION, SPREADSHEET, VIDEO

FILTERS = {
    "none": 0,
    "filesonly": 1,
    "foldersonly": 2,
    "documentsonly": 3,
    "presentationsonly": 4,
    "spreadsheetsonly": 5,
    "imagesonly": 7,
    "archiveonly": 10,
    "byextension": 11,
    "mediaonly": 12,
    "byextensionincludefolders": 13,
}
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


def filter_type(word: str) -> int:
    """Read `filterType`, by number or by name in any letter case."""
    if not word.isdigit() and word.lower() not in ("", *FILTERS):
        raise BadArgument(f"filterType: the value '{word}' is not valid.")
    return int(word) if word.isdigit() else FILTERS.get(word.lower(), 0)


@dataclass(frozen=True)
class Listing:
    """A page of a folder: what is shown, and how many there are before anything was hidden."""

    folders: list[Folder]
    files: list[File]
    total: int


@dataclass(frozen=True)
class Question:
    """What is asked of a folder: filters and order; `filter` is the servers' `filterType`."""

    filter: int = 0
    text: str = ""
    extensions: tuple[str, ...] = ()
    deep: bool = False
    sort_by: str = ""
    descending: bool = False

    @property
    def only_files(self) -> bool:
        """Whether the filter leaves folders out."""
        if self.filter in (FILES_ONLY, BY_EXTENSION, *TYPES):
            return True
        return bool(self.extensions) and self.filter != BY_EXTENSION_WITH_FOLDERS


SORTS = ("dateandtime", "az", "size", "author", "type", "new", "dateandtimecreation")


def listing(
    storage: Storage, folder: Folder, asked: Question, start: int, count: int | None
) -> Listing:
    """Cut a page: folders first, then files, as one sequence; the hidden go after the cut."""
    wanted, types = asked.text.lower(), TYPES.get(asked.filter, ())
    folders: list[Folder] = []
    files: list[File] = []
    if not asked.only_files:
        inside = storage.folders_below if asked.deep else storage.subfolders
        folders = [found for found in inside(folder.id) if wanted in found.title.lower()]
    if asked.filter != FOLDERS_ONLY:
        files = list(storage.below(folder.id) if asked.deep else storage.contents(folder.id))
        files = [file for file in files if wanted in file.title.lower()]
    if asked.extensions:
        files = [file for file in files if file.extension in asked.extensions]
    if types:
        files = [file for file in files if file.type_number in types]
    _sort(folders, asked)
    _sort(files, asked)
    entries: list[File | Folder] = [*folders, *files]
    page = entries[start : None if count is None else start + count]
    shown = [entry for entry in page if entry.id not in storage.hidden]
    return Listing(
        [entry for entry in shown if isinstance(entry, Folder)],
        [entry for entry in shown if isinstance(entry, File)],
        len(entries),
    )


def _sort(entries: list[Folder] | list[File], asked: Question) -> None:
    by = asked.sort_by.lower()
    if by not in SORTS:
        return

    def key(entry: Folder | File) -> tuple[object, str]:
        title = entry.title.casefold()
        if by == "size":
            return (entry.size if isinstance(entry, File) else 0, title)
        if by in ("dateandtime", "new"):
            return (entry.updated, title)
        if by == "dateandtimecreation":
            return (entry.created, title)
        return (entry.extension if by == "type" and isinstance(entry, File) else "", title)

    entries.sort(key=key, reverse=asked.descending)
