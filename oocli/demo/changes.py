"""The work behind operations on files: moving, copying, removing, gathering."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote

from oocli.demo import download
from oocli.demo.accounts import Account
from oocli.demo.state import PortalState
from oocli.demo.storage import DUPLICATE, OVERWRITE, File, Folder, Storage

Entries = list[File | Folder]
Work = Callable[[], Entries]

CONFLICTS = {"skip": 0, "overwrite": OVERWRITE, "duplicate": DUPLICATE}
INTO_ITSELF = "The destination folder is a subfolder of the source folder"


def conflict(word: str) -> int | None:
    """Read what is to be done about a title that is taken, by name or number; None if neither."""
    if word.isdigit():
        return int(word) if int(word) in CONFLICTS.values() else None
    return CONFLICTS.get(word.lower()) if word else 0


def transfer(
    storage: Storage,
    entries: Entries,
    target: Folder,
    how: int,
    copy_for: Account | None = None,
) -> Work:
    """Return the work of moving, or with an owner for the twins of copying."""

    def work() -> Entries:
        if copy_for is not None:
            copies = [storage.copy(entry, target, copy_for, how) for entry in entries]
            return [copied for copied in copies if copied is not None]
        return [one for one in entries if storage.move(one, target, how)]

    return work


def removal(storage: Storage, entries: Entries, trash: Folder, now: bool) -> Work:
    """Return the work of putting things into the trash; `now`, or from there, they go for good."""

    def work() -> Entries:
        for one in entries:
            inside = one.folder if isinstance(one, File) else one.id
            if now or storage.folders[inside].root == trash.root:
                storage.remove(one)
            else:
                storage.move(one, trash, DUPLICATE)
        return entries

    return work


def into_itself(storage: Storage, entries: Entries, target: Folder) -> bool:
    """Tell whether a folder would end up in itself."""
    above = {folder.id for folder in storage.path(target.id)}
    return any(isinstance(one, Folder) and one.id in above for one in entries)


def taken(storage: Storage, entries: Iterable[File | Folder], target: Folder) -> list[File]:
    """Return the files of a folder whose titles the entries have too."""
    files = [one for one in entries if isinstance(one, File)]
    there = [storage.named(one.title, target.id) for one in files]
    return [one for one in there if one is not None]


def bulk_download(
    state: PortalState, owner: Account, entries: Entries, *, pack_one_file: bool
) -> tuple[Work, str]:
    """Return the work of preparing a download, and the query of the address that fetches it."""
    title = download.bulk_title(entries, state.clock(), pack_one_file=pack_one_file)
    sealed = download.sealed(title)

    def work() -> Entries:
        body = download.bulk_body(state.storage, entries, pack_one_file=pack_one_file)
        state.bulk_downloads[owner.id, sealed] = download.Prepared(title, body)
        return []

    return work, f"action=bulk&filename={quote(sealed, safe='')}"
