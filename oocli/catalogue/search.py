"""Find the operations that answer a question in everyday words, the best match first.

A question is split into ideas: single words, or phrases that mean one thing (`log in history`).
The module `vocabulary` lists synonyms of each. The score of an operation rises with the ideas that
its name contains (rare words count more), falls with the words of its name that the question does
not contain, and rises if its method suits the verb of the question.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from oocli.catalogue.operations import KIND_NAMES, KindName, Operation, of_kinds, read
from oocli.catalogue.vocabulary import ACTIONS, ARTICLES, EVERYDAY, STOP_WORDS, VERBS
from oocli.catalogue.words import NAME_PIECES, divide, question_words, split_name, stem

# The most that each part adds to the score.
_RECALL, _PRECISION, _METHOD = 0.60, 0.25, 0.15
_VERB_IN_NAME = 0.95  # the least that a method fits if the verb is in the name
_SHAPE, _LENGTH = 0.05, 0.008  # added for a path that suits, subtracted for each of its segments
_GAP = 2  # the most words that may stand between two words of a phrase
_SECOND_WORD = 0.25  # the share that a second word for the same idea adds
_CUT_OFF = 0.45  # matches below this share of the best score are left out

# Ignored even where the catalogue contains such a word.
_ALWAYS_STOP = frozenset(
    "i me my to of for on is are do does can how what it this that with".split()
)
_NO_VERB = {"GET": 1.0, "POST": 0.3, "PUT": 0.3}  # the methods for a question without a verb
_PREPOSITIONS = frozenset("at by for from in into of on to via with that which who".split())
_PHRASES = {
    tuple(map(stem, phrase.split())): tuple(words.split()) for phrase, words in EVERYDAY.items()
}
_LONG_PHRASES: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)  # by the first word
for _phrase in sorted(_PHRASES, key=len, reverse=True):
    if len(_phrase) > 1:
        _LONG_PHRASES[_phrase[:1]].append(_phrase)
_VERB_STEMS = {stem(word): methods for word, methods in VERBS.items()}
_ACTION_STEMS = {stem(word): methods for word, methods in ACTIONS.items()}


class Match(NamedTuple):
    """An operation that was found, its score (at most about 1), and the words that matched."""

    operation: Operation
    score: float
    words: frozenset[str]


_Idea = dict[str, float]  # the words for one idea of a question, and the weight of each


class _Question(NamedTuple):
    """The parts of a question; `methods` says how well each method suits its verb."""

    ideas: list[_Idea]
    methods: dict[str, float]
    verbs: frozenset[str]
    is_plural: bool


class _Index:
    """The words in the names of the operations of one kind of portal, or of both.

    The words and their weights come from the files that `python -m tests.catalogue` writes. Only
    the entries that a question needs are parsed, to save time.
    """

    def __init__(self, kind: KindName | None) -> None:
        self.operations = of_kinds(kind)
        self.known: set[str] = set()
        self.words: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._titles: list[str] = []
        for name in KIND_NAMES if kind is None else (kind,):
            stored = json.loads(read(f"{name}.words.json"))
            self.known.update(stored["known"].split())
            for word, places in stored["words"].items():
                self.words[word].append((len(self._titles), places))
            self._titles += stored["titles"]
        self._rarities: dict[str, float] = {}

    def places(self, word: str) -> dict[int, float]:
        """Return the numbers of the operations that contain a word, and its weight in each."""
        found = {}
        for offset, text in self.words.get(word, ()):
            for group in text.split(" "):
                weight, numbers = group.split(":")
                for at in numbers.split(","):
                    found[offset + int(at)] = int(weight) / 100
        return found

    def title(self, at: int) -> dict[str, float]:
        """Return the words of an operation's name; a word of a path segment has the weight 1."""
        pairs = (entry.split(":") for entry in self._titles[at].split())
        return {word: int(weight) / 100 for word, weight in pairs}

    def rarity(self, word: str) -> float:
        """Return how rare a word is: the fewer operations contain it, the more it counts."""
        if word not in self._rarities:
            self._rarities[word] = self.rarity_of(self.places(word).values())
        return self._rarities[word]

    def rarity_of(self, found: Iterable[float]) -> float:
        """Return how rare an idea is, from the weights with which operations contain it."""
        return math.log(1 + len(self.operations) / (0.5 + sum(found)))

    def stems(self, name: str) -> list[str]:
        """Return the stems of the words of a name, compounds split: `emptytrash` is two words."""
        return [stem(word) for piece in split_name(name) for word in divide(piece, self.known)]


_index = cache(_Index)


def find(text: str, kind: KindName | None = None, *, limit: int | None = None) -> list[Match]:
    """Return the operations that match a question, the best match first."""
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
    return [match for match in matches if match.score >= best * _CUT_OFF][:limit]


def marked(
    name: str, words: Collection[str], kind: KindName | None = None
) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a name or path, each with whether it is one of the words that matched."""
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
    """Return at most five words of the catalogue that are spelled like those of a question."""
    known = sorted(_index(kind).known | set(VERBS) | {key for key in EVERYDAY if " " not in key})
    found = [
        near for word in question_words(text) for near in get_close_matches(word, known, 2, 0.6)
    ]
    return list(dict.fromkeys(found))[:5]


def _places(idea: _Idea, index: _Index) -> tuple[dict[int, float], dict[int, set[str]]]:
    """Return how well each operation matches an idea, and the words that match."""
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
    """Return the share of an operation's name that the question contains, from 0 to 1."""
    weights = {word: weight * index.rarity(word) for word, weight in index.title(at).items()}
    total = sum(weights.values())
    return sum(weights.get(word, 0.0) for word in words) / total if total else 0.0


def _method_fit(index: _Index, at: int, question: _Question) -> float:
    """Return how well the method of an operation, or a verb in its name, suits the question."""
    fit = question.methods.get(index.operations[at].method, 0.0)
    if fit and any(index.places(verb).get(at, 0.0) >= 1.0 for verb in question.verbs):
        return max(fit, _VERB_IN_NAME)
    return fit


def _shape(operation: Operation, question: _Question) -> float:
    """Return what the shape of a path adds: POST suits a list, PUT and DELETE suit one item."""
    is_item = operation.segments[-1].startswith("{")
    if operation.method == "POST":
        fits = not is_item
    elif operation.method == "GET":
        fits = not (question.is_plural and is_item) or operation.answers_list
    else:
        fits = is_item or question.is_plural
    return _SHAPE * fits - _LENGTH * len(operation.segments)


def _read(text: str, index: _Index) -> _Question:
    """Split a question into its ideas."""
    typed = [word for word in question_words(text) if word not in ARTICLES]
    question = " ".join(typed)
    ideas: list[_Idea] = []
    methods: dict[str, float] = {}
    verbs: set[str] = set()
    for at, words in enumerate(_units(typed)):
        if len(words) > 1:
            # `share link` is a thing; `share a file with a link` is not.
            is_noun = words[-1] in ("link", "links", "url") and " ".join(words) in question
            verb = words[0] if words[0] in ACTIONS else _PHRASES[_key(words)][0]  # `get rid of`
            methods = methods or ({} if is_noun else ACTIONS.get(verb) or VERBS.get(verb, {}))
            ideas.append(_idea(words, index))
            continue
        word, root = words[0], stem(words[0])
        if word.upper() in ("GET", "POST", "PUT", "DELETE", "PATCH") and at == 0:
            methods = {**VERBS.get(word, {}), word.upper(): 1.0}
            continue
        # `deleted files` does not ask to delete, nor `comments` to comment.
        is_state = word.endswith("ed") or (word.endswith("s") and root != word)
        if root in _VERB_STEMS and not is_state:
            methods = methods or _VERB_STEMS[root]
            verbs.add(root)
        elif word not in STOP_WORDS or (root in index.words and word not in _ALWAYS_STOP):
            methods = methods or ({} if is_state else _ACTION_STEMS.get(root, {}))
            ideas.append(_idea(words, index))
    if not ideas:  # only verbs, such as `create`: look for those
        ideas = [_idea([word], index) for word in typed if word not in _ALWAYS_STOP]
    return _Question(ideas, methods or _NO_VERB, frozenset(verbs), _is_plural(typed))


def _is_plural(typed: list[str]) -> bool:
    """Return whether a question is about several things, from the noun before a preposition."""
    head = ""
    for word in typed:
        if head and word in _PREPOSITIONS:
            break
        if stem(word) not in _VERB_STEMS and word not in STOP_WORDS:
            head = word
    return head.endswith("s") and stem(head) not in (head, "setting")


def _units(typed: list[str]) -> list[list[str]]:
    """Split a question into phrases and single words.

    A few other words may stand within a phrase: `reset the user's password`.
    """
    units = [[word] for word in typed]
    for gap in (0, _GAP):
        at = 0
        while at < len(units):
            for phrase in _LONG_PHRASES.get(_key(units[at]), ()):
                places = [at]
                for word in phrase[1:]:
                    nearby = range(places[-1] + 1, min(places[-1] + 2 + gap, len(units)))
                    places += [place for place in nearby if _key(units[place]) == (word,)][:1]
                if len(places) == len(phrase):
                    units[at] = [units[place][0] for place in places]
                    units = [unit for place, unit in enumerate(units) if place not in places[1:]]
                    break
            at += 1
    return units


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(stem, words))


def _idea(words: list[str], index: _Index) -> _Idea:
    """Return the words for an idea: those of a phrase, or a word and its synonyms."""
    found: _Idea = {}
    for place, other in enumerate(_PHRASES.get(_key(words), ())):
        parts = index.stems(other)
        weight = (1.0 if len(words) > 1 else 0.95) - 0.1 * place
        for root in parts:
            found.setdefault(root, max(weight, 0.6) if len(parts) == 1 else 0.5)
    if len(words) == 1:
        for root, weight in _spelled_like(words[0], index):
            found[root] = max(weight, found.get(root, 0.0))
    return found


def _spelled_like(word: str, index: _Index) -> Iterator[tuple[str, float]]:
    """Yield the words of the catalogue that are spelled like a word of a question."""
    parts = [stem(part) for part in divide(word, index.known)]
    for root in parts:
        if root in index.words:
            yield root, 1.0
    root = stem(word)
    exact = all(part in index.words for part in parts)
    for known in index.words:
        if known[0] != root[0] or known == root:
            continue
        common = _common_length(known, root)
        shorter, longer = sorted((len(known), len(root)))
        if common >= max(4, shorter) and common >= 0.5 * longer:
            yield known, 0.75
        elif common >= 5 and common >= 0.6 * longer:
            yield known, 0.6
        elif not exact and shorter >= 4 and _is_typo(root, known, common):
            yield known, 0.7


def _common_length(left: str, right: str) -> int:
    """Return how many letters two words have in common at the beginning."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(left), len(right)))


def _is_typo(typed: str, known: str, common: int) -> bool:
    """Return whether one letter is wrong, missing or extra, or two adjacent ones are swapped.

    `common` is the number of letters at which both begin.
    """
    left, right = typed[common:], known[common:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
