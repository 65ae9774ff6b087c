"""Folders made, and entries moved, copied, renamed and deleted.

Nothing at the portal is overwritten: a title that is taken is refused before anything is sent. With
"Skip" the portal reports a collision as a success (FileMoveCopyOperation.cs), so what was moved or
copied is looked for afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from oocli.client.operations import OperationWaiter
from oocli.files.remote_path import EntryType, RemotePath
from oocli.files.titles import ending, stored_title
from oocli.files.tree import Entry, NoSuchEntry, Tree, matches, segment
from oocli.model.errors import OocliError, PartialFailure, Rejected, UsageError
from oocli.transport.options import ProgressReporter

Verb = Literal["move", "copy"]


class AlreadyExists(Rejected):
    """Another entry has that title already."""


class Transfer(NamedTuple):
    """Entries that go into a folder; the only one of them may get a new title there."""

    verb: Verb
    sources: list[Entry]
    folder: Entry
    title: str = ""

    def target(self, source: Entry) -> RemotePath:
        """Return the path that an entry will have."""
        path = self.folder.path.child(stored_title(self.title) if self.title else source.title)
        return path.as_folder() if source.is_folder else path


def missing_folders(tree: Tree, path: RemotePath) -> tuple[Entry, list[str]]:
    """Return the deepest folder of a path that exists, and the titles that are missing below."""
    for title in path.titles:
        if stored_title(title) in ("", ".", ".."):
            raise _on(tree, path, UsageError(f"{title!r} cannot be the title of a folder"))
    folder = tree.find(path._replace(titles=(), names_folder=True))
    for at, title in enumerate(path.titles):
        found = tree.find_in(folder, title, only_folders=True)
        found = found or tree.find_in(folder, stored_title(title), only_folders=True)
        if found is None:
            return folder, list(path.titles[at:])
        folder = found
    return folder, []


def make_folder(tree: Tree, folder: Entry, title: str) -> Entry:
    """Make a folder in another one. The portal may change its title."""
    answer = tree.portal.call(
        "POST", f"files/folder/{segment(folder.id)}", body=_json({"title": title})
    )
    made = tree.made(answer, "folder", folder.path.child(title))
    tree.add(folder, made)
    return made


def plan(tree: Tree, verb: Verb, sources: Sequence[Entry], path: RemotePath) -> Transfer:
    """Return what moving or copying entries to a path means. Raises where it cannot be done.

    A path of no folder, in a folder that exists, is the new title of the only source.
    """
    sources = list({(source.type, source.id): source for source in sources}.values())
    folder, title = _destination(tree, sources, path)
    planned = Transfer(verb, sources, folder, title)
    if folder.in_trash:
        raise _on(tree, path, UsageError("it is in the trash"))
    new: set[tuple[str, str]] = set()
    for source in sources:
        _check_movable(tree, source, renamed=bool(title))
        if title and not source.is_folder:
            kept = ending(source.title).removesuffix(".")
            if ending(stored_title(title)).removesuffix(".") != kept:
                why = f"the portal keeps the ending of a file, here {kept or 'none'!r}"
                raise _on(tree, source.path, UsageError(why))
        _check_free(tree, planned, source)
        key = (source.type, source.title.casefold())
        if key in new:
            raise _on(tree, source.path, AlreadyExists("another source has the same title"))
        new.add(key)
    return planned


def carry_out(tree: Tree, planned: Transfer, reporter: ProgressReporter) -> list[Entry]:
    """Move, copy or rename as planned, and return the entries as they are then.

    Raises `PartialFailure` if some of several entries did not arrive.
    """
    verb, sources, folder, title = planned
    if verb == "move" and title and _is_in(tree, sources[0], folder):
        return [rename(tree, sources[0], folder.path, title)]
    before = {(child.type, child.id) for child in tree.children(folder)}
    body = _ids(sources) | {
        "destFolderId": folder.id,
        # A copy that gets another title may not stop at the one that it has now.
        "conflictResolveType": "Duplicate" if title and verb == "copy" else "Skip",
    }
    failure = _run(tree, verb, body, reporter)
    tree.forget(folder)
    arrived = [_arrived(tree, planned, source, before) for source in sources]
    lost = [source for source, made in zip(sources, arrived, strict=True) if made is None]
    if lost:
        raise _incomplete(tree, f"{verb} to {folder.path}", lost, len(sources), failure)
    if failure is not None:
        raise failure
    made = [entry for entry in arrived if entry is not None]
    return [rename(tree, made[0], folder.path, title)] if title else made


def rename(tree: Tree, entry: Entry, folder: RemotePath, title: str) -> Entry:
    """Give an entry in a folder another title."""
    kind = "rooms" if entry.is_room else entry.type
    answer = tree.portal.call(
        "PUT", f"files/{kind}/{segment(entry.id)}", body=_json({"title": title})
    )
    return tree.made(answer, entry.type, folder.child(title))


def check_deletable(tree: Tree, entry: Entry, *, permanently: bool) -> None:
    """Raise `UsageError` for a section, for a room, and for what would not go to the trash."""
    _check_movable(tree, entry)
    if entry.in_trash and not permanently:
        why = "it is in the trash already; deleting it there is permanent"
        raise _on(tree, entry.path, UsageError(why))


def delete(
    tree: Tree, entries: Sequence[Entry], reporter: ProgressReporter, *, permanently: bool
) -> None:
    """Put entries into the trash, or delete them for good.

    Raises `PartialFailure` if some of several are still there.
    """
    failure = _run(tree, "delete", _ids(entries) | {"immediately": permanently}, reporter)
    if failure is None:
        return
    left = [entry for entry in entries if _is_left(tree, entry)]
    if 0 < len(left) < len(entries):
        raise _incomplete(tree, "delete", left, len(entries), failure)
    raise failure


def _destination(tree: Tree, sources: Sequence[Entry], path: RemotePath) -> tuple[Entry, str]:
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
        raise _on(tree, path, AlreadyExists("a file with this title exists"))
    return found, ""


def _check_movable(tree: Tree, entry: Entry, *, renamed: bool = False) -> None:
    if entry.is_section:
        raise _on(tree, entry.path, UsageError("a whole section cannot be changed"))
    if entry.is_room and not renamed:
        why = f"it is a room; archive or delete it with the API: files/rooms/{entry.id}"
        raise _on(tree, entry.path, UsageError(why))


def _check_free(tree: Tree, planned: Transfer, source: Entry) -> None:
    """Raise `AlreadyExists` if the entry, under its old or its new title, would meet another."""
    is_there = _is_in(tree, source, planned.folder)
    wanted = [stored_title(planned.title)] if planned.title else []
    # It arrives under its old title, and is renamed then. A copied file gets a free one first.
    only_renamed = planned.verb == "move" and planned.title and is_there
    if not only_renamed and not (planned.verb == "copy" and planned.title and not source.is_folder):
        wanted.append(source.title)
    others = [
        child
        for child in tree.children(planned.folder)
        if child.type == source.type and not (only_renamed and child.id == source.id)
    ]
    for title in wanted:
        if taken := matches(title, others):
            path = planned.folder.path.child(title)
            why = f"{taken[0].by_id} has this title already"
            raise _on(tree, path, AlreadyExists(why))


def _is_in(tree: Tree, entry: Entry, folder: Entry) -> bool:
    key = entry.type, entry.id
    return any((child.type, child.id) == key for child in tree.children(folder))


def _arrived(
    tree: Tree, planned: Transfer, source: Entry, before: set[tuple[EntryType, int | str]]
) -> Entry | None:
    """Return the entry that a source has become in the folder, None where there is none."""
    # Between two storages the id changes as well.
    same = [child for child in tree.children(planned.folder) if child.type == source.type]
    new = [child for child in same if (child.type, child.id) not in before]
    if planned.title and len(new) == 1:
        return new[0]
    found = matches(source.title, new)
    return found[0] if len(found) == 1 else None


def _is_left(tree: Tree, entry: Entry) -> bool:
    try:
        found = Tree(tree.portal).find(entry.by_id)
    except NoSuchEntry:
        return False
    return entry.in_trash or not found.in_trash


def _run(
    tree: Tree, word: str, body: dict[str, object], reporter: ProgressReporter
) -> OocliError | None:
    """Start an operation and wait for its end; return what it failed with."""
    request = tree.portal.request("PUT", f"files/fileops/{word}", body=_json(body))
    waiter = OperationWaiter(tree.portal, request, reporter)
    return waiter.finish(tree.portal.send(request).raise_for_error())[1]


def _incomplete(
    tree: Tree, what: str, left: Sequence[Entry], count: int, failure: OocliError | None
) -> OocliError:
    why = failure.why if failure else "the portal skipped it and gave no reason"
    if count == 1:
        return _on(tree, left[0].path, failure or Rejected(why))
    names = ", ".join(str(entry.path) for entry in left)
    incomplete = PartialFailure(f"{len(left)} of {count} were not done ({names}): {why}")
    key = tree.portal.address.key
    return incomplete.about(f"{what} on {key}").add_context(portal=key)


def _on(tree: Tree, path: RemotePath, failure: OocliError) -> OocliError:
    key = tree.portal.address.key
    return failure.about(f"{path} on {key}").add_context(path=str(path), portal=key)


def _ids(entries: Sequence[Entry]) -> dict[str, object]:
    return {
        "folderIds": [entry.id for entry in entries if entry.is_folder],
        "fileIds": [entry.id for entry in entries if not entry.is_folder],
    }


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value).encode()
