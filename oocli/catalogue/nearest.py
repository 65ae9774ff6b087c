"""Find the operation that a call with an unknown method or path probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum
from functools import cache
from typing import NamedTuple

from oocli.catalogue import search
from oocli.catalogue.operations import KIND_NAMES, KindName, Operation, of_kinds
from oocli.catalogue.paths import matching, segments_of, value_fit
from oocli.catalogue.words import split_name, stem

# The shares of a score: similar segments, words that the search finds, and the method.
_SEGMENTS, _WORDS, _METHOD = 0.65, 0.25, 0.10
_PLACEHOLDER = 0.5  # the weight of a placeholder; a word of the path has 1
_MOVED = 0.08  # subtracted for each place that a segment is away from its own
_SIMILAR = 0.75  # the least similarity of two words for one to be a misspelling of the other
_MIN_SCORE = 0.42  # below this score there is no hint
_OTHER_KIND = 0.2  # how much higher an operation of the other kind of portal must score
# The methods to try first if a path does not take the one that was typed.
_INSTEAD = {"PUT": ("POST", "PATCH"), "POST": ("PUT",), "PATCH": ("PUT", "POST")}


class Why(Enum):
    """What is wrong with a call."""

    METHOD = "the path takes another method"
    KIND = "only the other kind of portal has it"
    PATH = "no operation has the path"


class Nearest(NamedTuple):
    """The operation that was probably meant.

    `path` is its path with the values that were typed; a placeholder without a value remains.
    """

    operation: Operation
    why: Why
    path: str


def known(method: str, path: str, kind: KindName | None) -> list[Operation]:
    """Return the operations that a call names; none if the call must be a mistake.

    A word in place of a number is a mistake, and so is a misspelled word of the path.
    """
    of_method = tuple(found for found in of_kinds(kind) if found.method == method)
    segments = segments_of(path)
    return [found for found in matching(path, of_method) if _is_meant(segments, found)]


def nearest(method: str, path: str, kind: KindName | None) -> Nearest | None:
    """Return what a call probably meant; None if the operation exists or nothing is similar."""
    if known(method, path, kind):
        return None
    for other in (*_INSTEAD.get(method, ()), "GET", "POST", "PUT", "DELETE", "PATCH"):
        if found := known(other, path, kind):
            return Nearest(found[0], Why.METHOD, "/".join(segments_of(path)))
    if kind is not None and (found := known(method, path, _other(kind))):
        return Nearest(found[0], Why.KIND, "/".join(segments_of(path)))
    score, best = _most_similar(method, path, kind)
    if kind is not None:
        other_score, other_best = _most_similar(method, path, _other(kind))
        if other_best is not None and other_score > max(score + _OTHER_KIND, 2 * _MIN_SCORE):
            return Nearest(other_best, Why.KIND, _filled(other_best, path))
    if best is None or score < _MIN_SCORE:
        return None
    return Nearest(best, Why.PATH, _filled(best, path))


def _other(kind: KindName) -> KindName:
    return next(name for name in KIND_NAMES if name != kind)


def _is_meant(segments: Sequence[str], operation: Operation) -> bool:
    """Return whether the segments in place of placeholders are values, and not mistakes."""
    for at, (segment, template) in enumerate(zip(segments, operation.segments, strict=True)):
        if not template.startswith("{") or _is_value(segment):
            continue
        parameter = operation.path_parameter(template)
        is_number = parameter is not None and parameter.type in ("integer", "number")
        if is_number and not segment.startswith("@"):
            return False
        words = _words_after(tuple(operation.segments[:at]))
        if any(_similarity(segment, word) >= _SIMILAR for word in words):
            return False
    return True


@cache
def _words_after(prefix: tuple[str, ...]) -> frozenset[str]:
    """Return the words that can follow some segments, on either kind of portal."""
    length = len(prefix)
    return frozenset(
        found.segments[length]
        for found in of_kinds(None)
        if len(found.segments) > length
        and tuple(found.segments[:length]) == prefix
        and not found.segments[length].startswith("{")
    )


def _is_value(segment: str) -> bool:
    """Return whether a segment is an id, a placeholder or a file name, and not a word of a path."""
    return segment.startswith("{") or any(c.isdigit() or c in ".%" for c in segment)


@cache
def _similarity(typed: str, word: str) -> float:
    """Return how similar two segments are, from 0 to 1."""
    left, right = typed.lower().lstrip("@"), word.lower().lstrip("@")
    if left == right:
        return 1.0
    if stem(left) == stem(right):
        return 0.95
    matcher = SequenceMatcher(None, left, right)
    spelling = matcher.ratio() if matcher.quick_ratio() >= _SIMILAR else 0.0
    stems, others = set(map(stem, split_name(typed))), set(map(stem, split_name(word)))
    shared = len(stems & others) / max(len(stems), len(others), 1)
    return max(spelling if spelling >= _SIMILAR else 0.0, 0.9 * shared)


def _most_similar(method: str, path: str, kind: KindName | None) -> tuple[float, Operation | None]:
    """Return the highest score and its operation."""
    segments = segments_of(path)
    words = " ".join(segment for segment in segments if not _is_value(segment))
    matches = search.find(f"{method} {words}", kind, limit=40)
    scores = {id(match.operation): match.score for match in matches}
    best, found = 0.0, None
    for operation in of_kinds(kind):
        score = _SEGMENTS * _path_similarity(segments, operation.segments)
        score += _WORDS * scores.get(id(operation), 0.0)
        both_change = (operation.method == "GET") == (method == "GET")
        score += _METHOD * ((operation.method == method) + both_change) / 2 * (score > 0)
        if score > best:
            best, found = score, operation
    return best, found


def _path_similarity(typed: Sequence[str], template: Sequence[str]) -> float:
    """Return how similar two paths are, from 0 to 1: their segments are paired, the best first."""
    pairs = sorted(_pairs(typed, template), key=lambda pair: -pair[0])
    points = 0.0
    while pairs:
        similarity, at, to = pairs[0]
        weight = _PLACEHOLDER if template[to].startswith("{") else 1.0
        points += weight * max(0.0, similarity - _MOVED * abs(at - to))
        pairs = [pair for pair in pairs if pair[1] != at and pair[2] != to]
    most = sum(_PLACEHOLDER if _is_value(segment) else 1.0 for segment in typed)
    most += sum(_PLACEHOLDER if segment.startswith("{") else 1.0 for segment in template)
    return 2 * points / most


def _pairs(typed: Sequence[str], template: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """Yield the similarity and the positions of each two segments that have any in common."""
    for at, segment in enumerate(typed):
        for to, word in enumerate(template):
            if word.startswith("{"):
                similarity = 0.9 if _is_value(segment) else 0.2
            else:
                similarity = 0.0 if _is_value(segment) else _similarity(segment, word)
            if similarity:
                yield similarity, at, to


def _filled(operation: Operation, path: str) -> str:
    """Return the path of an operation with the typed values that fit its placeholders.

    A value stays at its place in the path, or after the word that it followed.
    """
    typed, template = segments_of(path), operation.segments
    parts = list(template)
    for to, part in enumerate(template):
        if not part.startswith("{"):
            continue
        for at, value in enumerate(typed):
            stays = at == to and len(typed) == len(template)
            follows = bool(at and to) and _similarity(typed[at - 1], template[to - 1]) >= _SIMILAR
            is_free = _is_value(value) and not value.startswith("{") and value not in parts
            if is_free and (stays or follows) and value_fit(value, operation, part):
                parts[to] = value
                break
    return "/".join(parts)
