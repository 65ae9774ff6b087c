"""What a call meant whose method and path no operation has: the operation that is most like it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum
from functools import cache
from typing import NamedTuple

from oocli.catalogue import search
from oocli.catalogue.operations import KIND_NAMES, KindName, Operation, of_kinds
from oocli.catalogue.paths import fit_of, matching, segments_of
from oocli.catalogue.words import split_name, stem

# How much of a score comes from the segments, and how much from the words that they hold.
_SEGMENTS, _WORDS, _METHOD = 0.65, 0.25, 0.10
_PLACEHOLDER = 0.5  # what a placeholder weighs against a word of the path
_MOVED = 0.08  # against a segment that stands elsewhere
_LIKE = 0.75  # from here on two words are spelt alike
_LEAST = 0.42  # of a score, to be worth a hint
_OTHER_KIND = 0.2  # how much better an operation that the portal does not have must be
_NUMBERS = ("integer", "number")
# The methods to look at when a path does not take the one that was typed.
_INSTEAD = {"PUT": ("POST", "PATCH"), "POST": ("PUT",), "PATCH": ("PUT", "POST")}


class Why(Enum):
    """What is wrong with a call."""

    METHOD = "the path takes another method"
    KIND = "only the other kind of portal has it"
    PATH = "no operation has the path"


class Nearest(NamedTuple):
    """The operation that was probably meant.

    `path` is its path with the values that were typed; a placeholder without one stays.
    """

    operation: Operation
    why: Why
    path: str


def known(method: str, path: str, kind: KindName | None) -> list[Operation]:
    """Return the operations that a call names; none if it can only be a mistake.

    A word in place of a number, or one that is almost another word of the path, is a mistake.
    """
    of_method = tuple(found for found in of_kinds(kind) if found.method == method)
    segments = segments_of(path)
    return [found for found in matching(path, of_method) if _is_meant(segments, found)]


def nearest(method: str, path: str, kind: KindName | None) -> Nearest | None:
    """Return what a call meant, None where the operation exists or nothing is like it."""
    if known(method, path, kind):
        return None
    for other in (*_INSTEAD.get(method, ()), "GET", "POST", "PUT", "DELETE", "PATCH"):
        if found := known(other, path, kind):
            return Nearest(found[0], Why.METHOD, "/".join(segments_of(path)))
    if kind is not None and (found := known(method, path, _other(kind))):
        return Nearest(found[0], Why.KIND, "/".join(segments_of(path)))
    score, best = _most_alike(method, path, kind)
    if kind is not None:
        other_score, other_best = _most_alike(method, path, _other(kind))
        if other_best is not None and other_score > max(score + _OTHER_KIND, 2 * _LEAST):
            return Nearest(other_best, Why.KIND, _filled(other_best, path))
    if best is None or score < _LEAST:
        return None
    return Nearest(best, Why.PATH, _filled(best, path))


def _other(kind: KindName) -> KindName:
    return next(name for name in KIND_NAMES if name != kind)


def _is_meant(segments: Sequence[str], operation: Operation) -> bool:
    """Whether the values that stand in place of placeholders can be meant as such."""
    for at, (segment, template) in enumerate(zip(segments, operation.segments, strict=True)):
        if not template.startswith("{") or _is_value(segment):
            continue
        kind = next((p.type for p in operation.parameters if p.name == template[1:-1]), "any")
        if kind in _NUMBERS and not segment.startswith("@"):
            return False
        words = _words_at(tuple(operation.segments[:at]))
        if any(_likeness(segment, word) >= _LIKE for word in words):
            return False
    return True


@cache
def _words_at(prefix: tuple[str, ...]) -> frozenset[str]:
    """Return the words that may stand after some segments, on either kind of portal."""
    length = len(prefix)
    return frozenset(
        found.segments[length]
        for found in of_kinds(None)
        if len(found.segments) > length
        and tuple(found.segments[:length]) == prefix
        and not found.segments[length].startswith("{")
    )


def _is_value(segment: str) -> bool:
    """Whether a segment is an id, a placeholder or a name rather than a word of a path."""
    return segment.startswith("{") or any(c.isdigit() or c in ".%" for c in segment)


@cache
def _likeness(typed: str, word: str) -> float:
    """Return how alike two words of paths are, from 0 to 1."""
    one, other = typed.lower().lstrip("@"), word.lower().lstrip("@")
    if one == other:
        return 1.0
    if stem(one) == stem(other):
        return 0.95
    matcher = SequenceMatcher(None, one, other)
    alike = matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0
    words, others = set(map(stem, split_name(typed))), set(map(stem, split_name(word)))
    shared = len(words & others) / max(len(words), len(others), 1)
    return max(alike if alike >= _LIKE else 0.0, 0.9 * shared)


def _most_alike(method: str, path: str, kind: KindName | None) -> tuple[float, Operation | None]:
    """Return the operation whose path is most like the one typed, and how much."""
    segments = segments_of(path)
    typed = " ".join(part for part in segments if not _is_value(part))
    answers = search.find(f"{method} {typed}", kind, limit=40)
    asked = {id(match.operation): match.score for match in answers}
    best, found = 0.0, None
    for operation in of_kinds(kind):
        words = asked.get(id(operation), 0.0)
        score = _SEGMENTS * _alike(segments, operation.segments) + _WORDS * words
        changes_alike = (operation.method == "GET") == (method == "GET")
        score += _METHOD * ((operation.method == method) + changes_alike) / 2 * (score > 0)
        if score > best:
            best, found = score, operation
    return best, found


def _alike(typed: Sequence[str], template: Sequence[str]) -> float:
    """Return how alike two paths are, from 0 to 1: their segments paired, the most alike first."""
    pairs = sorted(_pairs(typed, template), key=lambda pair: -pair[0])
    used: set[int] = set()
    taken: set[int] = set()
    points = 0.0
    for likeness, at, to in pairs:
        if at in used or to in taken:
            continue
        used.add(at)
        taken.add(to)
        weight = _PLACEHOLDER if template[to].startswith("{") else 1.0
        points += weight * max(0.0, likeness - _MOVED * abs(at - to))
    whole = sum(_PLACEHOLDER if _is_value(part) else 1.0 for part in typed)
    whole += sum(_PLACEHOLDER if part.startswith("{") else 1.0 for part in template)
    return 2 * points / whole


def _pairs(typed: Sequence[str], template: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    for at, segment in enumerate(typed):
        for to, word in enumerate(template):
            if word.startswith("{"):
                likeness = 0.9 if _is_value(segment) else 0.2
            else:
                likeness = 0.0 if _is_value(segment) else _likeness(segment, word)
            if likeness:
                yield likeness, at, to


def _filled(operation: Operation, path: str) -> str:
    """Return the path of an operation with the values that were typed, as far as they fit.

    A value keeps its place in the path, or stands after the same word as before.
    """
    typed, template = segments_of(path), operation.segments
    parts = list(template)
    for to, part in enumerate(template):
        if not part.startswith("{"):
            continue
        parameter = next((p for p in operation.parameters if p.name == part[1:-1]), None)
        for at, value in enumerate(typed):
            stays = at == to and len(typed) == len(template)
            follows = bool(at and to) and _likeness(typed[at - 1], template[to - 1]) >= _LIKE
            is_free = _is_value(value) and not value.startswith("{") and value not in parts
            if is_free and (stays or follows) and fit_of(value, parameter):
                parts[to] = value
                break
    return "/".join(parts)
