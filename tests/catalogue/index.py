"""Write the files of words with which `oocli api` searches.

oocli does not build them itself: to split the names of 1,359 operations would make `oocli api`
twice as slow.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from oocli.catalogue import operations
from oocli.catalogue.operations import KindName, Operation, Parameter
from oocli.catalogue.vocabulary import VERBS
from oocli.catalogue.words import divide, split_name, stem

PACKAGE = Path(operations.__file__).parent
# The weight of a word, by the place where it was found, in hundredths.
LITERAL, ID, PLACEHOLDER, TAG, PARAMETER, CHOICE, TYPE = 100, 100, 60, 50, 30, 25, 25
# The same for the words of an operation's own name.
TITLE, TITLE_PLACEHOLDER, TITLE_ID = 100, 50, 50
# Words in names that say no more than the method.
MUTE = frozenset(
    stem(word)
    for word in [*VERBS, *"all every id ids by from to of the is with body and ops op".split()]
)
# Words that the catalogue contains only in compounds, such as `emptytrash`.
TOGETHER = frozenset(
    "login logout shared default data empty trash bulk download create delete backup schedule "
    "history start restore get progress custom navigation recalculate user quota settings new app "
    "by codes telegram disconnect connected change photo url address mark bring auto cleanup "
    "presigned exist exists info web key form store original check conversion save editing summary "
    "table track edit file files ops used space users count free dns tips".split()
)


class Names:
    """The names of the operations of a kind, split into words."""

    def __init__(self, found: Iterable[Operation]) -> None:
        self.operations = list(found)
        self.known = sorted(self._known())
        self.stems = cache(self._stems)

    def _known(self) -> set[str]:
        """Return the words that are found separately somewhere, to split compounds."""
        known = set(TOGETHER)
        for operation in self.operations:
            inner = (parameter.name for parameter in inner_parameters(operation))
            for name in (operation.id or "", operation.tag, *inner):
                known.update(word for word in split_name(name) if len(word) > 2)
        return known

    def _stems(self, name: str) -> tuple[str, ...]:
        known = frozenset(self.known)
        return tuple(stem(word) for piece in split_name(name) for word in divide(piece, known))

    def title(self, operation: Operation) -> dict[str, int]:
        """Return the words of an operation's own name and their weights."""
        title: dict[str, int] = {}
        for segment in operation.segments:
            weight = TITLE_PLACEHOLDER if segment.startswith("{") else TITLE
            for word in self.stems(segment):
                title[word] = max(title.get(word, 0), weight)
        for word in self.stems(operation.id or ""):
            title.setdefault(word, TITLE_ID)
        return {word: weight for word, weight in title.items() if word not in MUTE}

    def words(self, operation: Operation) -> Iterator[tuple[str, int]]:
        """Yield each word of an operation and its weight."""
        for segment in operation.segments:
            weight = PLACEHOLDER if segment.startswith("{") else LITERAL
            yield from ((word, weight) for word in self.stems(segment))
        yield from ((word, ID) for word in self.stems(operation.id or ""))
        yield from ((word, TAG) for word in self.stems(operation.tag))
        for parameter in inner_parameters(operation):
            yield from ((word, PARAMETER) for word in self.stems(parameter.name))
            for choice in parameter.choices:
                yield from ((word, CHOICE) for word in self.stems(choice))
        yield from ((word, TYPE) for word in self.stems(operation.answer_type or ""))


def inner_parameters(operation: Operation) -> Iterator[Parameter]:
    """Yield the parameters that are not part of the path."""
    return (parameter for parameter in operation.parameters if parameter.place != "path")


def made(kind: KindName) -> str:
    """Return the text of the file of a kind."""
    names = Names(operations.load(kind))
    places: dict[str, dict[int, int]] = defaultdict(dict)
    for at, operation in enumerate(names.operations):
        for word, weight in names.words(operation):
            places[word][at] = max(places[word].get(at, 0), weight)
    titles = (names.title(operation) for operation in names.operations)
    document = {
        "known": " ".join(names.known),
        "words": {word: _by_weight(places[word]) for word in sorted(places)},
        "titles": [
            " ".join(f"{word}:{value}" for word, value in title.items()) for title in titles
        ],
    }
    return json.dumps(document, indent=0, ensure_ascii=False) + "\n"


def _by_weight(places: dict[int, int]) -> str:
    """Return the operations that contain a word, grouped by weight: `100:3,17 30:4`."""
    found: dict[int, list[str]] = defaultdict(list)
    for at, weight in places.items():
        found[weight].append(str(at))
    return " ".join(f"{weight}:{','.join(found[weight])}" for weight in sorted(found, reverse=True))


def path(kind: KindName) -> Path:
    """Return the path of the file of a kind."""
    return PACKAGE / f"{kind}.words.json"


def write() -> None:
    """Write the files of both kinds."""
    for kind in operations.KIND_NAMES:
        path(kind).write_text(made(kind), encoding="utf-8", newline="\n")
