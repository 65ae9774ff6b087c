"""Which operations answer a question in everyday words, the best one first.

A question is cut into ideas: words, or several words that mean one thing (`log in history`). The
module `vocabulary` has other words for them. An operation gets points for the ideas that its name
has, rare words counting more than frequent ones; for having nothing in its name that was not asked
for; and for a method that fits what is to be done.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from oocli.catalogue.operations import KIND_NAMES, KindName, Operation, data, of_kinds
from oocli.catalogue.vocabulary import ACTIONS, EVERYDAY, STOP_WORDS, VERBS
from oocli.catalogue.words import NAME_PIECES, divide, question_words, split_name, stem

# What each part of the score may add.
_RECALL, _PRECISION, _METHOD = 0.60, 0.25, 0.15
_VERB_IN_NAME = 0.95  # how well a method fits at least, if the verb is in the name
_SHAPE, _LENGTH = 0.05, 0.008  # for the right kind of path, and against each segment of it
_SECOND_WORD = 0.25  # what a second word for one idea adds to the first
_WORSE = 0.45  # of the best score: what scores less is not shown

# Even where the catalogue has such a word.
_ALWAYS_STOP = frozenset(
    "a an the i me my to of for on is are do does can how what it this that with".split()
)
_ASKED = {"GET": 1.0, "POST": 0.3, "PUT": 0.3}  # where a question has no verb
_PREPOSITIONS = frozenset("at by for from in into of on to via with that which who".split())
_PHRASES = {tuple(map(stem, key.split())): tuple(value.split()) for key, value in EVERYDAY.items()}
_VERB_STEMS = {stem(word): methods for word, methods in VERBS.items()}
_ACTION_STEMS = {stem(word): methods for word, methods in ACTIONS.items()}


class Match(NamedTuple):
    """An operation that was found: how well it fits (at most about 1), and by which words."""

    operation: Operation
    score: float
    words: frozenset[str]


_Idea = dict[str, float]  # words that say what a question asks for, and how well each says it


class _Question(NamedTuple):
    """A question: its ideas, and the methods that fit, the best one first."""

    ideas: list[_Idea]
    methods: dict[str, float]
    verbs: frozenset[str]
    is_plural: bool


class _Index:
    """Which words the operations of one kind of portal, or of both, have in their names.

    The words and their weights are read from the files that tests/catalogue makes; only those that
    a question needs are taken apart, since that is what costs time.
    """

    def __init__(self, kind: KindName | None) -> None:
        self.operations = of_kinds(kind)
        self.known: set[str] = set()
        self.words: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._titles: list[str] = []
        for name in KIND_NAMES if kind is None else (kind,):
            stored = json.loads(data(f"{name}.words.json"))
            self.known.update(stored["known"].split())
            for word, places in stored["words"].items():
                self.words[word].append((len(self._titles), places))
            self._titles += stored["titles"]
        self._rarities: dict[str, float] = {}

    def places(self, word: str) -> dict[int, float]:
        """Return where a word stands: the numbers of the operations, and how much it says there."""
        return {
            offset + int(at): int(weight) / 100
            for offset, text in self.words.get(word, ())
            for weight, numbers in map(_weight_and_numbers, text.split(" "))
            for at in numbers.split(",")
        }

    def title(self, at: int) -> dict[str, float]:
        """Return the words of an operation's own name, a whole path segment counting 1."""
        pairs = (entry.split(":") for entry in self._titles[at].split())
        return {word: int(weight) / 100 for word, weight in pairs}

    def rarity(self, word: str) -> float:
        """Return how much it says that an operation has this word."""
        if word not in self._rarities:
            self._rarities[word] = self.rarity_of(self.places(word).values())
        return self._rarities[word]

    def rarity_of(self, found: Iterable[float]) -> float:
        """Return how much an idea says, by how well it is found everywhere."""
        return math.log(1 + len(self.operations) / (0.5 + sum(found)))

    def stems(self, name: str) -> list[str]:
        """Return the words of a name without their endings, words written as one taken apart."""
        return [stem(word) for piece in split_name(name) for word in divide(piece, self.known)]


def _weight_and_numbers(text: str) -> tuple[str, str]:
    weight, _, numbers = text.partition(":")
    return weight, numbers


@cache
def _index(kind: KindName | None) -> _Index:
    return _Index(kind)


def find(text: str, kind: KindName | None = None, *, limit: int | None = None) -> list[Match]:
    """Return the operations that fit the words of a question, the best one first."""
    index = _index(kind)
    question = _read(text, index)
    if not question.ideas:
        return []
    total = 0.0
    points: dict[int, float] = defaultdict(float)
    words: dict[int, set[str]] = defaultdict(set)
    for idea in question.ideas:
        found, used = _places(idea, index)
        rarity = index.rarity_of(found.values()) if found else 0.0
        total += rarity
        for at, value in found.items():
            points[at] += value * rarity
            words[at] |= used[at]
    matches = [
        Match(
            index.operations[at],
            _RECALL * value / (total or 1.0)
            + _PRECISION * _precision(index, at, words[at] | question.verbs)
            + _METHOD * _method_fit(index, at, question)
            + _shape(index.operations[at], question),
            frozenset(words[at]),
        )
        for at, value in points.items()
    ]
    matches.sort(key=lambda match: (-match.score, len(match.operation.path)))
    best = matches[0].score if matches else 0.0
    return [match for match in matches if match.score >= best * _WORSE][:limit]


def marked(
    name: str, words: Collection[str], kind: KindName | None = None
) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a name or path, and of each whether it is one of the words found."""
    known = _index(kind).known
    at = 0
    for found in NAME_PIECES.finditer(name):
        yield name[at : found.start()], False
        at = found.start() + found[0].startswith("@")
        yield name[found.start() : at], False
        for piece in divide(found[0].lstrip("@").lower(), known):
            yield name[at : at + len(piece)], stem(piece) in words
            at += len(piece)
    yield name[at:], False


def nearest_words(text: str, kind: KindName | None = None) -> list[str]:
    """Return words of the catalogue that are spelt like those of a question, at most five."""
    from difflib import get_close_matches  # noqa: PLC0415 - after a question without an answer

    known = sorted(_index(kind).known | set(VERBS) | {key for key in EVERYDAY if " " not in key})
    found = [
        near for word in question_words(text) for near in get_close_matches(word, known, 2, 0.6)
    ]
    return list(dict.fromkeys(found))[:5]


def _places(idea: _Idea, index: _Index) -> tuple[dict[int, float], dict[int, set[str]]]:
    """Return how well each operation has an idea, and the words by which it has it."""
    best: dict[int, float] = {}
    second: dict[int, float] = {}
    used: dict[int, set[str]] = defaultdict(set)
    for word, weight in idea.items():
        for at, place in index.places(word).items():
            value = weight * place
            first = best.get(at, 0.0)
            best[at], rest = max(value, first), min(value, first)
            second[at] = max(second.get(at, 0.0), rest)
            used[at].add(word)
    return {at: value + _SECOND_WORD * second[at] for at, value in best.items()}, used


def _precision(index: _Index, at: int, words: Iterable[str]) -> float:
    """Return how much of an operation's name was asked for, from 0 to 1."""
    said = {word: weight * index.rarity(word) for word, weight in index.title(at).items()}
    whole = sum(said.values())
    return sum(said.get(word, 0.0) for word in words) / whole if whole else 0.0


def _method_fit(index: _Index, at: int, question: _Question) -> float:
    """Return how well the method of an operation fits, or a verb that stands in its name."""
    fit = question.methods.get(index.operations[at].method, 0.0)
    if fit and any(index.places(verb).get(at, 0.0) >= 1.0 for verb in question.verbs):
        return max(fit, _VERB_IN_NAME)
    return fit


def _shape(operation: Operation, question: _Question) -> float:
    """Return what the shape of the path adds: made is in a list, changed or deleted is one item."""
    one = operation.segments[-1].startswith("{")
    if operation.method == "POST":
        fits = not one
    elif operation.method == "GET":
        fits = not (question.is_plural and one) or operation.answers_list
    else:
        fits = one or question.is_plural
    return _SHAPE * fits - _LENGTH * len(operation.segments)


def _read(text: str, index: _Index) -> _Question:
    """Cut a question into its ideas."""
    typed = question_words(text)
    ideas: list[_Idea] = []
    methods: dict[str, float] = {}
    verbs: set[str] = set()
    at = 0
    while at < len(typed):
        length = next((count for count in (4, 3, 2) if _phrase(typed[at : at + count], count)), 1)
        words = typed[at : at + length]
        at += length
        if length > 1:
            is_thing = words[-1] in ("link", "links", "url")  # no verb, as in `share link`
            methods = methods or ({} if is_thing else ACTIONS.get(words[0], {}))
            ideas.append(_idea(words, index))
            continue
        word, root = words[0], stem(words[0])
        if word.upper() in ("GET", "POST", "PUT", "DELETE", "PATCH") and at == 1:
            methods = {**VERBS.get(word, {}), word.upper(): 1.0}
            continue
        # `deleted files` asks for no deletion, and `comments` for no comment to be made.
        is_state = word.endswith("ed") or (word.endswith("s") and root != word)
        if root in _VERB_STEMS and not is_state:
            methods = methods or _VERB_STEMS[root]
            verbs.add(root)
        elif word not in STOP_WORDS or (root in index.words and word not in _ALWAYS_STOP):
            methods = methods or ({} if is_state else _ACTION_STEMS.get(root, {}))
            ideas.append(_idea(words, index))
    if not ideas:  # nothing but verbs, such as `create`: then these are what is asked for
        ideas = [_idea([word], index) for word in typed if word not in _ALWAYS_STOP]
    return _Question(ideas, methods or _ASKED, frozenset(verbs), _is_plural(typed))


def _is_plural(typed: list[str]) -> bool:
    """Whether a question is about several things: by its last word before `of`, `in` and such."""
    head = ""
    for word in typed:
        if head and word in _PREPOSITIONS:
            break
        if stem(word) not in _VERB_STEMS and word not in STOP_WORDS:
            head = word
    return head.endswith("s") and stem(head) not in (head, "setting")


def _phrase(words: list[str], count: int) -> bool:
    return len(words) == count and tuple(map(stem, words)) in _PHRASES


def _idea(words: list[str], index: _Index) -> _Idea:
    """Return what some words of a question mean: themselves, and other words for it."""
    key = tuple(map(stem, words))
    found: _Idea = {}
    for place, other in enumerate(_PHRASES.get(key, ())):
        parts = index.stems(other)
        weight = (1.0 if len(words) > 1 else 0.95) - 0.1 * place
        for root in parts:
            found.setdefault(root, max(weight, 0.6) if len(parts) == 1 else 0.5)
    if len(words) == 1:
        for root, weight in _spelt_like(words[0], index):
            found[root] = max(weight, found.get(root, 0.0))
    return found


def _spelt_like(word: str, index: _Index) -> Iterator[tuple[str, float]]:
    """Yield the words of the catalogue that one of a question may stand for."""
    parts = [stem(part) for part in divide(word, index.known)]
    for root in parts:
        if root in index.words:
            yield root, 1.0
    root = stem(word)
    exact = all(part in index.words for part in parts)
    for known in index.words:
        if known == root:
            continue
        common = _common(known, root)
        if (
            common >= 4
            and common >= min(len(root), len(known))
            and common >= 0.5 * max(len(root), len(known))
        ):
            yield known, 0.75
        elif common >= 5 and common >= 0.6 * max(len(root), len(known)):
            yield known, 0.6
        elif not exact and len(root) >= 4 and is_typo(root, known):
            yield known, 0.7


def _common(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def is_typo(typed: str, known: str) -> bool:
    """Whether one letter is wrong, missing or too much, or two neighbours are swapped."""
    if abs(len(typed) - len(known)) > 1 or typed[0] != known[0] or len(known) < 4:
        return False
    start = _common(typed, known)
    left, right = typed[start:], known[start:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
