"""The catalogue of operations for Python programs: `from oocli import operations`.

```
for operation in operations.find("disable a user", kind="docspace"):
    print(operation.method, operation.path)
```

No request is sent. `kind` is `"workspace"`, `"docspace"` or None for both.
"""

from __future__ import annotations

from oocli.catalogue import paths, search
from oocli.catalogue.operations import KIND_NAMES, KindName, Operation, Parameter, of_kinds
from oocli.model.errors import UsageError

__all__ = ["Operation", "Parameter", "find", "list", "show"]


def list(kind: KindName | None = None) -> tuple[Operation, ...]:
    """Return all operations of a kind, sorted by path and method; None: both kinds."""
    return of_kinds(_checked(kind))


def find(
    words: str, kind: KindName | None = None, *, limit: int | None = 20
) -> tuple[Operation, ...]:
    """Return the operations that match a question in everyday words, the best match first."""
    return tuple(match.operation for match in search.find(words, _checked(kind), limit=limit))


def show(method: str, path: str, kind: KindName | None = None) -> tuple[Operation, ...]:
    """Return the operations with a method and a path: mostly one for each kind of portal.

    `path` may be written as for `Portal.call`, with values or placeholders. For an unknown path the
    result is empty; a portal may be newer than the catalogue.
    """
    method = method.upper()
    return tuple(paths.matching(path, tuple(op for op in list(kind) if op.method == method)))


def _checked(kind: KindName | None) -> KindName | None:
    if kind is not None and kind not in KIND_NAMES:
        raise UsageError(f"kind={kind!r} is not one of {', '.join(KIND_NAMES)}")
    return kind
