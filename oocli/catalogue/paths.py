"""Find the operations that a typed path names."""

from __future__ import annotations

import re
from typing import NamedTuple

from oocli.catalogue.operations import KindName, Operation

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class _Fit(NamedTuple):
    """How well a path fits that of an operation; larger is better."""

    literal: int  # segments that are equal
    values: int  # how well the other segments fit their placeholders


def segments_of(typed: str) -> list[str]:
    """Return the segments of a path after /api/2.0; `call` accepts the same spellings."""
    path = re.split(r"[?#]", typed, maxsplit=1)[0]
    path = re.sub(r"(?i)^[a-z][a-z0-9+.-]*://[^/]*", "", path)
    path = re.sub(r"^.*?/?api/2\.0(?=/|$)", "", path)
    return path.strip("/").removesuffix(".json").split("/")


def matching(typed: str, operations: tuple[Operation, ...]) -> list[Operation]:
    """Return the operations whose path fits best, with any method.

    Equal segments count more than placeholders, and values of the right type more than others:
    `files/@my` is not a folder with the id `@my`, and `project/42` has an id rather than a status.
    """
    segments = segments_of(typed)
    best: dict[KindName, _Fit] = {}
    fits = [(found, fit) for found in operations if (fit := _fit(segments, found)) is not None]
    for found, fit in fits:
        best[found.kind] = max(fit, best.get(found.kind, fit))
    return [found for found, fit in fits if fit == best[found.kind]]


def _fit(segments: list[str], operation: Operation) -> _Fit | None:
    template = operation.segments
    if len(template) != len(segments):
        return None
    literal, values = 0, []
    for expected, typed in zip(template, segments, strict=True):
        if expected.lower() == typed.lower():
            literal += 1
        elif expected.startswith("{") and typed:
            values.append((expected, typed))
        else:
            return None
    return _Fit(literal, sum(value_fit(typed, operation, name) for name, typed in values))


def value_fit(value: str, operation: Operation, placeholder: str) -> int:
    """Return how well a value fits a placeholder: 2 by type, 1 as any text, 0 not at all."""
    parameter = operation.path_parameter(placeholder)
    if parameter is None or value.startswith("{"):
        return 1
    if parameter.choices:
        taken = {choice.lower() for choice in parameter.choices} | set(map(str, parameter.numbers))
        return 2 if value.lower() in taken else 0
    if parameter.type in ("integer", "number"):
        return 2 if value.isdecimal() else 0
    if parameter.format == "uuid":
        return 2 if _UUID.fullmatch(value) else 0
    return 1
