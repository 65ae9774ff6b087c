"""The query parameters that the Workspace framework reads for all lists.

Source: ONLYOFFICE/CommunityServer, module/ASC.Api/ASC.Api/Impl/ApiContext.cs and
ApiSmartListResponceFilter.cs, Collections/SmartList.cs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from oocli.demo.messages import Request
from oocli.demo.routing import Result

MAX_COUNT = 1000
CONTRACTS = {"person": "userName", "file": "fileExst", "folder": "foldersCount"}
"""What `type` may name, with a member that tells such an item."""

Item = TypeVar("Item")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d[:-]\d\d[:-]\d\d(\.\d{1,7})?(Z|[+-]\d\d:?\d\d)?)?")


class UnreadableQuery(Exception):
    """A parameter that the framework cannot read: status 500 with an HTML page."""


@dataclass(frozen=True)
class ListQuery:
    """The list parameters of a query; values are split at commas, except those of `name[]`."""

    count: int = MAX_COUNT
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
    def read(cls, request: Request) -> ListQuery:
        """Read the query of a request."""
        values: dict[str, list[str]] = {}
        for name, value in request.query:
            parts = [value] if name.endswith("[]") else value.split(",")
            values.setdefault(name.lower().removesuffix("[]"), []).extend(parts)

        def first(name: str) -> str:
            return next(iter(values.get(name, [])), "")

        since = first("updatedsince")
        if since and not _DATE.fullmatch(since):
            raise UnreadableQuery(since)
        count = _number(first("count"), MAX_COUNT)
        return cls(
            count=MAX_COUNT if count < 0 else min(count, MAX_COUNT),
            start=max(_number(first("startindex"), 0), 0),
            sort_by=first("sortby").lower(),
            descending=first("sortorder") == "descending",
            filter_by=first("filterby").lower(),
            filter_op=first("filterop").lower() or "equals",
            filter_values=tuple(value for value in values.get("filtervalue", []) if value),
            fields=tuple(value.lower() for value in values.get("fields", [])),
            type=first("type").lower(),
            everything=count == 0,
        )

    def cut(self, items: Sequence[Item]) -> list[Item]:
        """Return the page of a sequence."""
        stop = len(items) if self.everything else self.start + self.count
        return list(items[self.start : stop])


def _number(text: str, default: int) -> int:
    try:
        return int(text)
    except ValueError:
        return default


def apply_query(result: Result, query: ListQuery) -> tuple[Result, int, int | None]:
    """Filter, sort and cut a list, keep the wanted fields; also return the start and next index.

    `nextIndex` is one too high, as on the server (ApiHttpHandlerBase.cs), and missing for lists
    that are built lazily. `total` appears only if the list does not fit; if an action that cuts
    its list sets none, it is `count` + 1: there is at least one more.
    """
    items = result.response
    if isinstance(items, str) or not isinstance(items, Sequence):
        return replace(result, response=_keep_fields(items, query.fields)), 0, None
    if result.paged and result.total is not None:
        more = result.total > query.start + len(items)
    elif result.paged:
        more = not query.everything and len(items) > query.count
        items = items[: query.count] if more else items
        result = replace(result, total=query.count + 1 if more else None)
    else:
        items = _arrange(items, query)
        total = len(items)
        items = query.cut(items)
        more = query.start + len(items) < total
        fits = query.everything or total <= query.count
        result = replace(result, total=None if fits else total)
    items = [_keep_fields(item, query.fields) for item in items]
    next_index = query.start + len(items) + 1 if more and not result.lazy else None
    return replace(result, response=items), query.start, next_index


def _keep_fields(item: object, fields: tuple[str, ...]) -> object:
    """Keep the named top-level members, ignoring case; without names keep all."""
    if not isinstance(item, dict) or not fields:
        return item
    return {name: value for name, value in item.items() if name.lower() in fields}


def _arrange(items: Sequence[object], query: ListQuery) -> Sequence[object]:
    """Filter and sort by the generic parameters; unknown members are ignored."""
    if query.type:
        member = CONTRACTS.get(query.type)
        items = [item for item in items if isinstance(item, dict) and member in item]
    if query.filter_values and _any_has(items, query.filter_by):
        items = [item for item in items if _passes(item, query)]
    if not _any_has(items, query.sort_by):
        return items

    def key(item: object) -> tuple[int, float | str]:
        value = _member(item, query.sort_by)
        if value is None:
            return (0, "")
        return (1, value) if isinstance(value, int | float) else (2, str(value).casefold())

    return sorted(items, key=key, reverse=query.descending)


def _member(item: object, path: str) -> object:
    for word in path.split("."):
        members = item.items() if isinstance(item, dict) else ()
        item = next((value for name, value in members if name.lower() == word), None)
    return item


def _any_has(items: Sequence[object], path: str) -> bool:
    return bool(path) and any(_member(item, path) is not None for item in items)


def _passes(item: object, query: ListQuery) -> bool:
    value = str(_member(item, query.filter_by))
    if query.filter_op == "present":  # the only case-sensitive one
        return any(wanted in value for wanted in query.filter_values)
    value = value.lower()
    tests = {
        "contains": value.__contains__,
        "startswith": value.startswith,
        "endswith": value.endswith,
    }
    test = tests.get(query.filter_op, value.__eq__)
    return any(test(wanted.lower()) for wanted in query.filter_values)
