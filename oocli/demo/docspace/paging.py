"""Paging and `fields` of DocSpace lists.

Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/ApiContext.cs and
DynamicIgnoreResolver.cs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from oocli.demo.messages import Request

DEFAULT_COUNT = 100
MAX_COUNT = 100

Item = TypeVar("Item")


@dataclass(frozen=True)
class PageQuery:
    """The page that a query asks for; `errors` are the complaints of the validation by name.

    No validation looks at a negative start; lists take it for 0, folder listings refuse it.
    """

    count: int = DEFAULT_COUNT
    start: int = 0
    errors: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, request: Request) -> PageQuery:
        """Read `count`, of which 1 to 100 is allowed, and `startIndex`."""
        values = {name.lower(): value for name, value in reversed(request.query)}
        errors: dict[str, list[str]] = {}
        numbers = {"count": DEFAULT_COUNT, "startindex": 0}
        for name, default in numbers.items():
            text = values.get(name, "")
            try:
                numbers[name] = int(text) if text else default
            except ValueError:
                errors[name] = [f"The value '{text}' is not valid."]
        if not 1 <= numbers["count"] <= MAX_COUNT:
            errors["count"] = ["The field Count must be between 1 and 100."]
        return cls(numbers["count"], numbers["startindex"], errors)

    def cut(self, items: Sequence[Item]) -> list[Item]:
        """Take the page out of a sequence."""
        start = max(self.start, 0)
        return list(items[start : start + self.count])


def keep_fields(response: Any, request: Request) -> Any:
    """Keep the properties that `fields` names, `a.b` inside members; letter case counts."""
    wanted: list[str] = []
    for name, value in request.query:
        if name.lower() in ("fields", "fields[]"):
            wanted += [word for word in value.split(",") if word]
    if not wanted:
        return response
    return _keep(response, [word.split(".") for word in wanted])


def _keep(item: Any, paths: list[list[str]]) -> Any:
    if isinstance(item, list):
        return [_keep(member, paths) for member in item]
    if not isinstance(item, dict):
        return item
    kept: dict[str, Any] = {}
    for name, value in item.items():
        below = [path[1:] for path in paths if path[0] == name]
        if below:
            inner = [path for path in below if path]
            kept[name] = _keep(value, inner) if inner and [] not in below else value
    return kept
