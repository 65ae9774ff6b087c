"""The operations for Python programs: `from oocli import operations`.

```
for operation in operations.find("disable a user", kind="docspace"):
    print(operation.method, operation.path)
```

Nothing here asks a portal. `kind` is `"workspace"`, `"docspace"` or None for both.
"""

from __future__ import annotations

from oocli.catalogue import paths, search
from oocli.catalogue.operations import KIND_NAMES, KindName, Operation, Parameter, of_kinds
from oocli.model.errors import UsageError

__all__ = ["Operation", "Parameter", "find", "list", "show"]


def list(kind: KindName | None = None) -> tuple[Operation, ...]:
    """Return all operations, those of one kind by path and then by method."""
    return of_kinds(_checked(kind))


def find(
    words: str, kind: KindName | None = None, *, limit: int | None = 20
) -> tuple[Operation, ...]:
    """Return the operations that answer a question in everyday words, the best one first."""
    return tuple(match.operation for match in search.find(words, _checked(kind), limit=limit))


def show(method: str, path: str, kind: KindName | None = None) -> tuple[Operation, ...]:
    """Return the operations that a method and a path mean: for most of them one for each kind.

    `path` is taken in every spelling that `Portal.call` takes, with or without values in place of
    its placeholders. Nothing is returned for a path that no operation has: a portal may be newer.
    """
    method = method.upper()
    found = paths.matching(path, tuple(op for op in list(kind) if op.method == method))
    return tuple(found)


def _checked(kind: KindName | None) -> KindName | None:
    if kind is not None and kind not in KIND_NAMES:
        raise UsageError(f"kind={kind!r} is not one of {', '.join(KIND_NAMES)}")
    return kind
