"""Remote paths as arguments of commands, and what to do where one leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from oocli.commands.context import AppContext
from oocli.files.remote_path import RemotePath
from oocli.files.tree import CONNECTIONS, AmbiguousPath, NoSuchEntry, Tree
from oocli.model.text import shell_word


@contextmanager
def open_tree(app: AppContext, *, max_connections: int = CONNECTIONS) -> Iterator[Tree]:
    """Give the files of the chosen portal. Errors in the block get the command that helps."""
    with app.open_portal(max_connections=max_connections) as portal:
        try:
            yield Tree(portal, app.stderr)
        except NoSuchEntry as failure:
            failure.hint = _ls(portal.address.typed, failure.folder)
            raise
        except AmbiguousPath as failure:
            failure.hint = f"name one by its id, for example: {failure.found[0].by_id}"
            raise


def _ls(portal: str, folder: RemotePath) -> str:
    words = ["oocli files ls --portal", shell_word(portal)]
    return " ".join(words if folder.is_root else [*words, shell_word(str(folder))])
