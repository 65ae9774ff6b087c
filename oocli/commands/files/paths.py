"""Open the files of a portal for a command, with hints for paths that are missing or ambiguous."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from oocli.commands.context import AppContext
from oocli.files.tree import CONNECTIONS, AmbiguousPath, NoSuchEntry, Tree
from oocli.model.text import shell_word


@contextmanager
def open_tree(app: AppContext, *, max_connections: int = CONNECTIONS) -> Iterator[Tree]:
    """Open the files of the chosen portal. Errors in the block get the next command as a hint."""
    with app.open_portal(max_connections=max_connections) as portal:
        try:
            yield Tree(portal, app.stderr)
        except NoSuchEntry as failure:
            words = ["oocli files ls --portal", shell_word(portal.address.typed)]
            if not failure.folder.is_root:
                words.append(shell_word(str(failure.folder)))
            failure.hint = " ".join(words)
            raise
        except AmbiguousPath as failure:
            failure.hint = f"name one by its id, for example: {failure.found[0].by_id}"
            raise
