"""Make folders; move, copy, rename and delete entries.

Nothing at the portal is overwritten: if a title is taken already, the change is refused before
anything is sent. With the conflict type "Skip" the portal skips an entry whose title is taken and
still reports success (FileMoveCopyOperation.cs), so each entry is looked up afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from oocli.client.operations import OperationWaiter
from oocli.files.remote_path import EntryType, RemotePath
from oocli.files.titles import ending, is_usable, stored_title
from oocli.files.tree import Entry, NoSuchEntry, Tree, matches, segment
from oocli.model.errors import OocliError, PartialFailure, Rejected, UsageError
from oocli.transport.options import ProgressReporter

Verb = Literal["move", "copy"]


class AlreadyExists(Rejected):
    """Another entry has the title already."""


class MovePlan(NamedTuple):
    """Entries to move or copy into a folder. A single entry may get a new title there."""

    verb: Verb
    sources: list[Entry]
    folder: Entry
    title: str = ""

    def target(self, source: Entry) -> RemotePath:
        """Return the path that an entry will have in the folder."""
        path = self.folder.path.child(stored_title(self.title) if self.title else source.title)
        return path.as_folder() if source.is_folder else path


def missing_folders(tree: Tree, path: RemotePath) -> tuple[Entry, list[str]]:
    """Return the deepest existing folder of a path, and the titles that are missing below it."""
    for title in path.titles:
        if not is_usable(stored_title(title)):
            failure = UsageError(f"{title!r} cannot be the title of a folder")
            raise tree.error_at(path, failure)
    folder = tree.find(path._replace(titles=(), names_folder=True))
    for index, title in enumerate(path.titles):
        found = tree.find_in(folder, title, only_folders=True)
        found = found or tree.find_in(folder, stored_title(title), only_folders=True)
        if found is None:
            return folder, list(path.titles[index:])
        folder = found
    return folder, []


def make_folder(tree: Tree, folder: Entry, title: str) -> Entry:
    """Make a folder inside another. The portal may change its title."""
    answer = tree.portal.call(
        "POST", f"files/folder/{segment(folder.id)}", body=_json({"title": title})
    )
    made = tree.entry_from_answer(answer, "folder", folder.path.child(title))
    tree.add(folder, made)
    return made


def plan(tree: Tree, verb: Verb, sources: Sequence[Entry], path: RemotePath) -> MovePlan:
    """Check a move or copy and return what it will do. Raises `OocliError` if it cannot be done.

    If the path does not exist but its parent does, its last title is a new title for the source.
    """
    sources = list({(source.type, source.id): source for source in sources}.values())
    folder, title = _destination(tree, sources, path)
    planned = MovePlan(verb, sources, folder, title)
    if folder.in_trash:
        raise tree.error_at(path, UsageError("it is in the trash"))
    source_keys: set[tuple[str, str]] = set()
    for source in sources:
        _check_movable(tree, source, renamed=bool(title))
        if title and not source.is_folder:
            old_ending = ending(source.title).removesuffix(".")
            if ending(stored_title(title)).removesuffix(".") != old_ending:
                why = f"the portal keeps the ending of a file, here {old_ending or 'none'!r}"
                raise tree.error_at(source.path, UsageError(why))
        _check_titles_free(tree, planned, source)
        key = (source.type, source.title.casefold())
        if key in source_keys:
            raise tree.error_at(source.path, AlreadyExists("another source has the same title"))
        source_keys.add(key)
    return planned


def carry_out(tree: Tree, planned: MovePlan, reporter: ProgressReporter) -> list[Entry]:
    """Move, copy or rename as planned, and return the entries at their new paths.

    Raises `PartialFailure` if some of several entries are not in the folder afterwards.
    """
    verb, sources, folder, title = planned
    if verb == "move" and title and _is_in(tree, sources[0], folder):
        return [rename(tree, sources[0], folder.path, title)]
    before = {(child.type, child.id) for child in tree.children(folder)}
    body = _ids(sources) | {
        "destFolderId": folder.id,
        # A copy under a new title must not be skipped because its old title is taken.
        "conflictResolveType": "Duplicate" if title and verb == "copy" else "Skip",
    }
    failure = _run_operation(tree, verb, body, reporter)
    tree.forget(folder)
    found = [_find_new(tree, planned, source, before) for source in sources]
    missing = [source for source, entry in zip(sources, found, strict=True) if entry is None]
    if missing:
        raise _incomplete(tree, f"{verb} to {folder.path}", missing, len(sources), failure)
    if failure is not None:
        raise failure
    made = [entry for entry in found if entry is not None]
    return [rename(tree, made[0], folder.path, title)] if title else made


def rename(tree: Tree, entry: Entry, folder: RemotePath, title: str) -> Entry:
    """Give an entry in a folder a new title, and return it as the portal stored it."""
    kind = "rooms" if entry.is_room else entry.type
    answer = tree.portal.call(
        "PUT", f"files/{kind}/{segment(entry.id)}", body=_json({"title": title})
    )
    return tree.entry_from_answer(answer, entry.type, folder.child(title))


def check_deletable(tree: Tree, entry: Entry, *, permanently: bool) -> None:
    """Raise `UsageError` for a section or room, and for an entry that is in the trash already.

    An entry in the trash can only be deleted `permanently`.
    """
    _check_movable(tree, entry)
    if entry.in_trash and not permanently:
        why = "it is in the trash already; deleting it there is permanent"
        raise tree.error_at(entry.path, UsageError(why))


def delete(
    tree: Tree, entries: Sequence[Entry], reporter: ProgressReporter, *, permanently: bool
) -> None:
    """Move entries to the trash, or delete them permanently.

    Raises `PartialFailure` if some of several entries still exist afterwards.
    """
    body = _ids(entries) | {"immediately": permanently}
    failure = _run_operation(tree, "delete", body, reporter)
    if failure is None:
        return
    remaining = [entry for entry in entries if _still_exists(tree, entry)]
    if 0 < len(remaining) < len(entries):
        raise _incomplete(tree, "delete", remaining, len(entries), failure)
    raise failure


def _destination(tree: Tree, sources: Sequence[Entry], path: RemotePath) -> tuple[Entry, str]:
    """Return the folder that sources go to, and the new title of a single source, else ''."""
    try:
        found = tree.find(path)
    except NoSuchEntry:
        if path.names_folder or not path.titles or len(sources) > 1:
            raise
        return tree.find(path.parent), path.title
    is_itself = len(sources) == 1 and (found.type, found.id) == (sources[0].type, sources[0].id)
    if is_itself and path.title not in ("", found.title):  # only letter case differs
        return tree.find(path.parent), path.title
    if not found.is_folder:
        raise tree.error_at(path, AlreadyExists("a file with this title exists"))
    return found, ""


def _check_movable(tree: Tree, entry: Entry, *, renamed: bool = False) -> None:
    if entry.is_section:
        raise tree.error_at(entry.path, UsageError("a whole section cannot be changed"))
    if entry.is_room and not renamed:
        why = f"it is a room; archive or delete it with the API: files/rooms/{entry.id}"
        raise tree.error_at(entry.path, UsageError(why))


def _check_titles_free(tree: Tree, planned: MovePlan, source: Entry) -> None:
    """Raise `AlreadyExists` if another entry has a title that the source needs in the folder."""
    needed = [stored_title(planned.title)] if planned.title else []
    is_rename = planned.verb == "move" and planned.title and _is_in(tree, source, planned.folder)
    # An entry arrives under its old title and is renamed afterwards. Only for a copied file, which
    # is sent with "Duplicate", the portal chooses a free title.
    if not is_rename and not (planned.verb == "copy" and planned.title and not source.is_folder):
        needed.append(source.title)
    others = [
        child
        for child in tree.children(planned.folder)
        if child.type == source.type and not (is_rename and child.id == source.id)
    ]
    for title in needed:
        if taken := matches(title, others):
            path = planned.folder.path.child(title)
            why = f"{taken[0].by_id} has this title already"
            raise tree.error_at(path, AlreadyExists(why))


def _is_in(tree: Tree, entry: Entry, folder: Entry) -> bool:
    key = entry.type, entry.id
    return any((child.type, child.id) == key for child in tree.children(folder))


def _find_new(
    tree: Tree, planned: MovePlan, source: Entry, before: set[tuple[EntryType, int | str]]
) -> Entry | None:
    """Return the new entry in the folder that a source was moved or copied to, None if missing."""
    # Its id is no help: even a moved entry gets a new id in another storage.
    new = [
        child
        for child in tree.children(planned.folder)
        if child.type == source.type and (child.type, child.id) not in before
    ]
    if planned.title and len(new) == 1:
        return new[0]
    found = matches(source.title, new)
    return found[0] if len(found) == 1 else None


def _still_exists(tree: Tree, entry: Entry) -> bool:
    try:
        found = Tree(tree.portal).find(entry.by_id)
    except NoSuchEntry:
        return False
    return entry.in_trash or not found.in_trash


def _run_operation(
    tree: Tree, name: str, body: dict[str, object], reporter: ProgressReporter
) -> OocliError | None:
    """Start a file operation and wait for its end. Returns its error, None on success."""
    request = tree.portal.request("PUT", f"files/fileops/{name}", body=_json(body))
    waiter = OperationWaiter(tree.portal, request, reporter)
    return waiter.finish(tree.portal.send(request).raise_for_error())[1]


def _incomplete(
    tree: Tree, what: str, missed: Sequence[Entry], count: int, failure: OocliError | None
) -> OocliError:
    """Return the error of an operation that left out some of `count` entries."""
    why = failure.why if failure else "the portal skipped it and gave no reason"
    if count == 1:
        return tree.error_at(missed[0].path, failure or Rejected(why))
    names = ", ".join(str(entry.path) for entry in missed)
    incomplete = PartialFailure(f"{len(missed)} of {count} entries failed ({names}): {why}")
    key = tree.portal.address.key
    return incomplete.about(f"{what} on {key}").add_context(portal=key)


def _ids(entries: Sequence[Entry]) -> dict[str, object]:
    return {
        "folderIds": [entry.id for entry in entries if entry.is_folder],
        "fileIds": [entry.id for entry in entries if not entry.is_folder],
    }


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value).encode()
