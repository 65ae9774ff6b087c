"""Many people and groups, who are made when they are looked at."""

from __future__ import annotations

import html
import uuid
from collections.abc import Iterator
from typing import Any

from oocli.demo.accounts import Account, Group, People, first_group

_FIRST = ("Ada", "Boris", "Chen", "Dolores", "Émile", "Fatima", "Gita", "Hugo", "Ivana", "Jürgen")
_LAST = ("Adler", "Baker", "Costa", "D'Angelo", "Eriksen", "Fischer", "García", "Haas", "Ito")


def made_up(number: int) -> Account:
    """Make the person with this number, the same one each time."""
    return Account(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo:person:{number}")),
        user_name=f"person{number}",
        first_name=_FIRST[number % len(_FIRST)],
        last_name=_LAST[number // len(_FIRST) % len(_LAST)],
        email=f"person{number}@example.com",
    )


class ManyPeople(People):
    """The accounts with passwords, then `extra` made-up people."""

    extra = 0

    @property
    def known(self) -> list[Account]:
        """The people that are not made up."""
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
        """Find by user name or id without making everybody."""
        digits = name.lower().removeprefix("person")
        if digits.isdigit() and digits != name.lower():
            return made_up(int(digits)) if int(digits) < self.extra else None
        return super().by_name(name)


class ManyGroups(list[Group]):
    """The group of Ann and Bob, then `extra` made-up groups."""

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
