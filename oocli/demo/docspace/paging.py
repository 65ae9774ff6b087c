"""Paging and `fields` of DocSpace lists.

Source: ONLYOFFICE/DocSpace-server, common/ASC.Api.Core/Core/ApiContext.cs and
DynamicIgnoreResolver.cs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from oocli.demo.arguments import BadArgument
from oocli.demo.messages import Request

DEFAULT_COUNT = 100
MAX_COUNT = 100

Item = TypeVar("Item")


@dataclass(frozen=True)
class PageQuery:
    """The page that a query asks for.

    A negative start passes the validation: lists read it as 0, folder listings refuse it.
    """

    count: int = DEFAULT_COUNT
    start: int = 0

    @classmethod
    def read(cls, request: Request) -> PageQuery:
        """Read `count`, from 1 to 100, and `startIndex`. Raises `BadArgument`."""
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
        if errors:
            raise BadArgument(errors=errors)
        return cls(numbers["count"], numbers["startindex"])

    def cut(self, items: Sequence[Item]) -> list[Item]:
        """Return the page of a sequence."""
        start = max(self.start, 0)
        return list(items[start : start + self.count])


def keep_fields(response: object, request: Request) -> object:
    """Keep the properties in `fields`, `a.b` for nested ones; case matters."""
    wanted: list[str] = []
    for name, value in request.query:
        if name.lower() in ("fields", "fields[]"):
            wanted += [word for word in value.split(",") if word]
    return _keep(response, [word.split(".") for word in wanted]) if wanted else response


def _keep(item: object, paths: list[list[str]]) -> object:
    if isinstance(item, list):
        return [_keep(member, paths) for member in item]
    if not isinstance(item, dict):
        return item
    kept: dict[str, object] = {}
    for name, value in item.items():
        below = [path[1:] for path in paths if path[0] == name]
        if below:
            kept[name] = value if [] in below else _keep(value, below)
    return kept
