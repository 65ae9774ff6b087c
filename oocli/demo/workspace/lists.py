"""The query parameters that the Workspace framework reads for each list, whatever the route.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Impl/ApiContext.cs and
ApiSmartListResponceFilter.cs, Collections/SmartList.cs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from oocli.demo.exchange import Call
from oocli.demo.routing import Reply

CAP = 1000
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d[:-]\d\d[:-]\d\d(\.\d{1,7})?(Z|[+-]\d\d:?\d\d)?)?")


class Unreadable(Exception):
    """A parameter broke the framework before the action ran: an HTML 500."""


@dataclass(frozen=True)
class Asked:
    """What the query asks of a list; a comma splits each value but those of `name[]`."""

    count: int = CAP
    start: int = 0
    sort_by: str = ""
    descending: bool = False
    filter_by: str = ""
    filter_op: str = "equals"
    filter_values: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    type: str = ""
    everything: bool = False

    @classmethod
    def read(cls, call: Call) -> Asked:
        """Read the query of a request."""
        values = _values(call)

        def one(name: str) -> str:
            return next(iter(values.get(name, [])), "")

        since = one("updatedsince")
        if since and not _DATE.fullmatch(since):
            raise Unreadable(since)
        count = _whole(one("count"), CAP)
        return cls(
            count=CAP if count < 0 else min(count, CAP),
            start=max(_whole(one("startindex"), 0), 0),
            sort_by=one("sortby").lower(),
            descending=one("sortorder") == "descending",
            filter_by=one("filterby").lower(),
            filter_op=one("filterop").lower() or "equals",
            filter_values=tuple(value for value in values.get("filtervalue", []) if value),
            fields=tuple(value.lower() for value in values.get("fields", [])),
            type=one("type").lower(),
            everything=count == 0,
        )

    def cut(self, items: Any) -> list[Any]:
        """Take the page out of a sequence."""
        stop = len(items) if self.everything else self.start + self.count
        return list(items[self.start : stop])


class Mapped(Sequence[Any]):
    """A long list whose items are built only when the page that holds them is cut."""

    def __init__(self, source: Sequence[Any], build: Callable[[Any], Any]) -> None:
        self._source = source
        self._build = build

    def __len__(self) -> int:
        return len(self._source)

    def __getitem__(self, index: Any) -> Any:
        found = self._source[index]
        return (
            [self._build(one) for one in found] if isinstance(index, slice) else self._build(found)
        )


def _values(call: Call) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in call.query:
        plain = name.lower().removesuffix("[]")
        parts = [value] if name.endswith("[]") else value.split(",")
        found.setdefault(plain, []).extend(parts)
    return found


def _whole(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default


def shape(reply: Reply, asked: Asked) -> tuple[Reply, int, int | None]:
    """Filter, sort and cut a list, keep the asked-for fields; give the start and next index.

    `nextIndex` is one too high, as the server's is (ApiHttpHandlerBase.cs), and missing for lists
    that are built lazily. `total` appears only when the list does not fit; where a method pages
    itself and sets none, it is `count` + 1: there is at least one more.
    """
    items = reply.response
    if not isinstance(items, list | Mapped):
        if isinstance(items, dict) and asked.fields:
            reply = replace(reply, response=keep(items, asked.fields))
        return reply, asked.start if reply.paged else 0, None
    more: bool = reply.paged and reply.total is not None and reply.total > asked.start + len(items)
    if reply.paged and reply.total is None:
        more = not asked.everything and len(items) > asked.count
        items = items[: asked.count] if more else items
        reply = replace(reply, total=asked.count + 1 if more else None)
    elif not reply.paged:
        items = arrange(items, asked)
        whole = len(items)
        page = asked.cut(items)
        more = asked.start + len(page) < whole
        reply = replace(
            reply, total=whole if not asked.everything and whole > asked.count else None
        )
        items = page
    if asked.fields:
        items = [keep(one, asked.fields) for one in items]
    next_index = asked.start + len(items) + 1 if more and not reply.lazy else None
    return replace(reply, response=items), asked.start, next_index


def keep(item: Any, fields: tuple[str, ...]) -> Any:
    """Keep the named top-level members, letter case ignored."""
    if not isinstance(item, dict):
        return item
    return {name: value for name, value in item.items() if name.lower() in fields}


def arrange(items: Sequence[Any], asked: Asked) -> Sequence[Any]:
    """Filter and sort by the generic parameters; unknown members change nothing."""
    if asked.type:
        items = [one for one in items if _contract(one) == asked.type]
    if asked.filter_by and asked.filter_values and any(_has(one, asked.filter_by) for one in items):
        items = [one for one in items if _passes(one, asked)]
    if asked.sort_by and any(_has(one, asked.sort_by) for one in items):
        items = sorted(
            items, key=lambda one: _sortable(_member(one, asked.sort_by)), reverse=asked.descending
        )
    return items


def _contract(item: Any) -> str:
    """Name the data contract of an item as `type` is compared with it."""
    if isinstance(item, dict) and "userName" in item:
        return "person"
    if isinstance(item, dict) and "fileExst" in item:
        return "file"
    return "folder" if isinstance(item, dict) and "foldersCount" in item else ""


def _member(item: Any, path: str) -> Any:
    for word in path.split("."):
        if not isinstance(item, dict):
            return None
        item = next((value for name, value in item.items() if name.lower() == word), None)
    return item


def _has(item: Any, path: str) -> bool:
    return _member(item, path) is not None


def _sortable(value: Any) -> tuple[int, Any]:
    if value is None:
        return (0, "")
    return (1, value) if isinstance(value, int | float) else (2, str(value).casefold())


def _passes(item: Any, asked: Asked) -> bool:
    value = str(_member(item, asked.filter_by))
    if asked.filter_op == "present":  # the one that minds letter case
        return any(wanted in value for wanted in asked.filter_values)
    value = value.lower()
    tests = {"contains": value.__contains__, "startswith": value.startswith}
    test = {**tests, "endswith": value.endswith}.get(asked.filter_op, value.__eq__)
    return any(test(wanted.lower()) for wanted in asked.filter_values)
