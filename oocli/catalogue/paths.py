"""From a path as it is typed to the operations that have it."""

from __future__ import annotations

import re
from typing import NamedTuple

from oocli.catalogue.operations import Operation, Parameter

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class _Fit(NamedTuple):
    """How well a path fits that of an operation; larger is better."""

    literal: int  # segments that are the same words
    typed: int  # segments that are values of the right type


def segments_of(typed: str) -> list[str]:
    """Return the parts of a path below /api/2.0, in every spelling that `call` takes."""
    path = re.split(r"[?#]", typed, maxsplit=1)[0]
    path = re.sub(r"(?i)^[a-z][a-z0-9+.-]*://[^/]*", "", path)
    path = re.sub(r"^.*?/?api/2\.0(?=/|$)", "", path)
    return path.strip("/").removesuffix(".json").split("/")


def matching(typed: str, operations: tuple[Operation, ...]) -> list[Operation]:
    """Return the operations that a path means, whatever their method; the best ones alone.

    Words of the path count more than placeholders, and values of the right type more than others:
    `files/@my` is not a folder, and `project/42` is a project's number rather than a status.
    """
    segments = segments_of(typed)
    fits = [(fit, found) for found in operations if (fit := _fit(segments, found)) is not None]
    best = {
        kind: max(fit for fit, found in fits if found.kind == kind)
        for kind in {found.kind for _, found in fits}
    }
    return [found for fit, found in fits if fit == best[found.kind]]


def _fit(segments: list[str], operation: Operation) -> _Fit | None:
    template = operation.segments
    if len(template) != len(segments):
        return None
    literal, values = 0, []
    for wanted, given in zip(template, segments, strict=True):
        if wanted.lower() == given.lower():
            literal += 1
        elif wanted.startswith("{") and given:
            values.append((wanted.strip("{}"), given))
        else:
            return None
    if not values:
        return _Fit(literal, 0)
    known = {parameter.name: parameter for parameter in operation.parameters}
    typed = [fit_of(given, known.get(name)) for name, given in values]
    return _Fit(literal, sum(typed))


def fit_of(value: str, parameter: Parameter | None) -> int:
    """Return how well a value fits a parameter: 2 for its own type, 1 for a text, 0 for neither."""
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
