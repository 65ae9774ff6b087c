"""Fields as they are typed (`name=value`, `key[sub]=value`, `key[]=value`), and their JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from oocli.model.errors import UsageError
from oocli.model.request import check_utf8

# A number in JSON (RFC 8259). It is sent as it was typed.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_WORDS = frozenset({"true", "false", "null"})
MAX_DEPTH = 50
_Node = str | dict[str, "_Node"] | list["_Node"]  # a str is the JSON text of a value


class Field(NamedTuple):
    """One field: its name with all brackets, its value as text and as JSON.

    `empty_list` marks a bare `name[]`, which makes a list without items.
    """

    name: str
    value: str
    json: str
    empty_list: bool = False

    @classmethod
    def text(cls, text: str, option: str) -> Field:
        """Read `name=value` with a value that is always text."""
        return cls._read(text, option)

    @classmethod
    def typed(cls, text: str, option: str, load: Callable[[str], str]) -> Field:
        """Read `name=value` with a value that may be true, false, null or a number.

        For a value that starts with `@`, `load` gets the name after it and returns the file's text.
        """
        return cls._read(text, option, load)

    @classmethod
    def _read(cls, text: str, option: str, load: Callable[[str], str] | None = None) -> Field:
        name, equals, value = text.partition("=")
        if not equals and name.endswith("[]"):
            return cls(name, "", "[]", empty_list=True)
        if not equals or not name:
            raise UsageError(
                f"{option} {text!r} is not of the form NAME=VALUE",
                hint=f"for example: {option} title=Report",
            )
        is_json = load and (value in _WORDS or _NUMBER.fullmatch(value))
        if load and value.startswith("@"):
            value = load(value[1:])
        check_utf8(f"{option}: the name", name)
        check_utf8(f"{option}: the value", value)
        return cls(name, value, value if is_json else json.dumps(value, ensure_ascii=False))


def pairs(fields: Iterable[Field]) -> list[tuple[str, str]]:
    """Return names and values of the fields as they were typed, for a query or a form."""
    return [(field.name, field.value) for field in fields]


def json_object(fields: Iterable[Field]) -> str:
    """Return the JSON object that the fields make, in their order.

    `a[b]=v` makes an object in `a`, `a[]=v` appends to the list `a`, and `a[][b]=v` sets `b` in the
    last object of the list `a`, or in a new one if the last one has a `b`. Raises `UsageError` for
    names that cannot be read and for fields that contradict each other.
    """
    root: dict[str, _Node] = {}
    for field in fields:
        steps = _steps(field.name)
        if field.empty_list:
            _insert(root, steps[:-1], [], field)
        else:
            _insert(root, steps, field.json, field)
    return _text(root)


def _insert(node: _Node, steps: list[str], leaf: _Node, field: Field) -> None:
    """Put `leaf` at `steps` below `node`, and make the objects and lists on the way to it."""
    step, *rest = steps
    new: _Node = leaf
    if rest:
        new = [] if rest[0] == "" else {}
    if isinstance(node, list) and step == "":
        if not rest or not node or not isinstance(node[-1], type(new)) or _has(node[-1], rest):
            node.append(new)
        child = node[-1]
    elif isinstance(node, dict) and step and (rest or step not in node):
        child = node.setdefault(step, new)
    else:
        raise _contradiction(field)
    if rest:
        if not isinstance(child, type(new)):
            raise _contradiction(field)
        _insert(child, rest, leaf, field)


def _has(node: _Node, steps: list[str]) -> bool:
    """Whether there is a value at `steps` below `node`, so that the list needs a new item."""
    if isinstance(node, list):  # each `[][]=v` starts a new list
        return True
    for step in steps:
        if step == "":  # the list below gets one more item
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
            hint="write NAME, NAME[KEY] or NAME[]; for other names, use a body: -d '{...}'",
        )
    steps = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])]
    if len(steps) > MAX_DEPTH:
        raise UsageError(f"the field {name!r} is nested deeper than {MAX_DEPTH} levels")
    return steps


def _contradiction(field: Field) -> UsageError:
    return UsageError(
        f"the field {field.name!r} contradicts an earlier field",
        hint="write a list as NAME[]=VALUE, once for each item",
    )


def _text(node: _Node) -> str:
    if isinstance(node, dict):
        members = (f"{json.dumps(key, ensure_ascii=False)}:{_text(node[key])}" for key in node)
        return "{" + ",".join(members) + "}"
    if isinstance(node, list):
        return "[" + ",".join(map(_text, node)) + "]"
    return str(node)
