"""Fields as they are typed, `name=value` with `key[sub]` and `key[]`, and the JSON they make."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from oocli.model.errors import UsageError
from oocli.model.request import check_utf8

# RFC 8259: what JSON takes as a number. Digits go out as they were typed.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_WORDS = frozenset({"true", "false", "null"})
MAX_DEPTH = 50


class _Written(str):
    """A JSON text that stands for itself."""

    __slots__ = ()


_Node = _Written | dict[str, "_Node"] | list["_Node"]


class Field(NamedTuple):
    """One field: its name with all brackets, its value as text and as JSON.

    `empty_list` marks a `name[]` alone, which makes a list without items.
    """

    name: str
    value: str
    json: str
    empty_list: bool = False

    @classmethod
    def text(cls, typed: str, option: str) -> Field:
        """Read `name=value` whose value is text, whatever it looks like."""
        return cls._read(typed, option, lambda value: value, typed=False)

    @classmethod
    def typed(cls, typed: str, option: str, load: Callable[[str], str]) -> Field:
        """Read `name=value` whose value may be true, false, null or a number.

        A value that starts with `@` is handed to `load`, which returns the text of that file.
        """
        return cls._read(typed, option, load, typed=True)

    @classmethod
    def _read(
        cls, typed_text: str, option: str, load: Callable[[str], str], *, typed: bool
    ) -> Field:
        name, equals, value = typed_text.partition("=")
        if not equals and name.endswith("[]"):
            return cls(name, "", "[]", empty_list=True)
        if not equals or not name:
            raise UsageError(
                f"{option} {typed_text!r} is not of the form NAME=VALUE",
                hint=f"for example: {option} title=Report",
            )
        loaded = typed and value.startswith("@")
        if loaded:
            value = load(value[1:])
        for part, text in (("name", name), ("value", value)):
            check_utf8(f"{option}: the {part}", text)
        is_json = typed and not loaded and (value in _WORDS or _NUMBER.fullmatch(value))
        return cls(name, value, value if is_json else json.dumps(value, ensure_ascii=False))


def pairs(fields: Iterable[Field]) -> list[tuple[str, str]]:
    """Return the fields for a query or a form: names and values as they were typed."""
    return [(field.name, field.value) for field in fields]


def json_object(fields: Iterable[Field]) -> str:
    """Return the JSON object that the fields make, in the order typed.

    `a[b]=v` is an object in `a`, `a[]=v` appends to the list `a`, `a[][b]=v` to a list of objects:
    a new one begins where the last one holds `b` already. Raises `UsageError` for names that cannot
    be read and for fields that contradict each other.
    """
    root: dict[str, _Node] = {}
    for field in fields:
        steps = _steps(field.name)
        if field.empty_list:
            steps = steps[:-1]
        place: _Node = root
        for at, step in enumerate(steps[:-1]):
            made: _Node = [] if steps[at + 1] == "" else {}
            place = _below(place, step, steps[at + 1 :], made, field)
        last = steps[-1]
        leaf: _Node = [] if field.empty_list else _Written(field.json)
        if isinstance(place, list) and last == "":
            place.append(leaf)
        elif isinstance(place, dict) and last and last not in place:
            place[last] = leaf
        else:
            raise _contradiction(field)
    return _text(root)


def _below(place: _Node, step: str, rest: list[str], made: _Node, field: Field) -> _Node:
    """Return the object or list that `step` names inside `place`, made if it is not there yet."""
    if isinstance(place, list) and step == "":
        if not place or not isinstance(place[-1], type(made)) or _holds(place[-1], rest):
            place.append(made)
        return place[-1]
    if isinstance(place, dict) and step:
        found = place.setdefault(step, made)
        if isinstance(found, type(made)):
            return found
    raise _contradiction(field)


def _holds(node: _Node, steps: list[str]) -> bool:
    """Whether a value stands at `steps` below `node` already, so that another one begins."""
    if isinstance(node, list):  # a list in a list: each `[][]=v` begins one
        return True
    for step in steps:
        if step == "":  # a list takes one more
            return False
        if not isinstance(node, dict) or step not in node:
            return False
        node = node[step]
    return True


def _steps(name: str) -> list[str]:
    found = _NAME.fullmatch(name)
    if not found:
        raise UsageError(
            f"the field name {name!r} cannot be read",
            hint="write NAME, NAME[KEY] or NAME[]; other names go into a body: -d '{...}'",
        )
    steps = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])]
    if len(steps) > MAX_DEPTH:
        raise UsageError(f"the field {name!r} nests deeper than {MAX_DEPTH}")
    return steps


def _contradiction(field: Field) -> UsageError:
    return UsageError(
        f"the field {field.name!r} contradicts one before it",
        hint="a list is written NAME[]=VALUE, once for each item",
    )


def _text(node: _Node) -> str:
    if isinstance(node, dict):
        members = (f"{json.dumps(key, ensure_ascii=False)}:{_text(node[key])}" for key in node)
        return "{" + ",".join(members) + "}"
    if isinstance(node, list):
        return "[" + ",".join(map(_text, node)) + "]"
    return str(node)
