"""Many people and groups, which are generated when they are read."""

from __future__ import annotations

import html
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from oocli.demo.accounts import Account, Group, People, first_group
from oocli.demo.routing import RequestContext, Result, Route
from oocli.demo.workspace import people as workspace_people
from oocli.demo.workspace.lists import ListQuery

_FIRST = ("Ada", "Boris", "Chen", "Dolores", "Émile", "Fatima", "Gita", "Hugo", "Ivana", "Jürgen")
_LAST = ("Adler", "Baker", "Costa", "D'Angelo", "Eriksen", "Fischer", "García", "Haas", "Ito")


def made_up(number: int) -> Account:
    """Return the person with this number, always the same."""
    return Account(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo:person:{number}")),
        user_name=f"person{number}",
        first_name=_FIRST[number % len(_FIRST)],
        last_name=_LAST[number // len(_FIRST) % len(_LAST)],
        email=f"person{number}@example.com",
    )


class ManyPeople(People):
    """The accounts with passwords, then `extra` generated people."""

    extra = 0

    @property
    def known(self) -> list[Account]:
        """The people that are not generated."""
        return list(super().__iter__())

    def __len__(self) -> int:
        return super().__len__() + self.extra

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if index >= len(self):
            raise IndexError(index)
        known = super().__len__()
        return super().__getitem__(index) if index < known else made_up(index - known)

    def __iter__(self) -> Iterator[Account]:
        return (self[index] for index in range(len(self)))

    def by_name(self, name: str) -> Account | None:
        """Find a person by user name or id, without generating all people."""
        digits = name.lower().removeprefix("person")
        if digits.isdigit() and digits != name.lower():
            return made_up(int(digits)) if int(digits) < self.extra else None
        return super().by_name(name)


class ManyGroups(list[Group]):
    """The group of Ann and Bob, then `extra` generated groups."""

    extra = 0

    def __init__(self, people: People) -> None:
        super().__init__([first_group(people)])
        self._owner = people[0]

    def __len__(self) -> int:
        return 1 + self.extra

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if index == 0:
            return super().__getitem__(0)
        if index >= len(self):
            raise IndexError(index)
        id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo:group:{index}"))
        return Group(id, html.escape(f"Group {index}"), self._owner, [self._owner])

    def __iter__(self) -> Iterator[Group]:
        return (self[index] for index in range(len(self)))


class LazyList(Sequence[Any]):
    """A list whose items are built only when they are read."""

    def __init__(self, source: Sequence[Any], build: Callable[[Any], Any]) -> None:
        self._source = source
        self._build = build

    def __len__(self) -> int:
        return len(self._source)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._build(item) for item in self._source[index]]
        return self._build(self._source[index])


def everybody(context: RequestContext) -> Result:
    """Answer GET `people` of a Workspace portal without generating all people."""
    people = LazyList(context.state.people, lambda person: context.dialect.person(context, person))
    return Result(people, lazy=True)


def filtered(context: RequestContext) -> Result:
    """Answer GET `people/filter` of a Workspace portal without generating all people."""
    query, people = ListQuery.read(context.request), context.state.people
    if query.filter_values:
        return workspace_people.filtered(context)
    described = [context.dialect.person(context, person) for person in query.cut(people)]
    return Result(described, total=len(people), paged=True)


def groups(context: RequestContext) -> Result:
    """Answer GET `group` of a Workspace portal without generating all groups."""
    return Result(LazyList(context.state.groups, workspace_people.summary))


WORKSPACE_ROUTES = (
    Route("GET", "people", everybody),
    Route("GET", "people/filter", filtered),
    Route("GET", "group", groups),
)
