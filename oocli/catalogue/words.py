"""Split names and questions into words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_VOWELS = frozenset("aeiouy")
NAME_PIECES = re.compile(r"@?[A-Z]+(?=[A-Z][a-z])|@?[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@cache
def stem(word: str) -> str:
    """Return a word without the ending of a plural, a participle or a gerund."""
    if word in ("setting", "settings"):  # the noun, not a form of `set`
        return "setting"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-2] if word.endswith(("xes", "ches", "shes", "sses")) else word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and not _VOWELS.isdisjoint(root):
            doubled = root[-1] == root[-2] and root[-1] not in "ls"
            word = root[:-1] if doubled else root
    if len(word) > 3 and word.endswith("y"):
        return word
    return word.removesuffix("e") if len(word) > 3 else word


@cache
def split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name such as `getFileInfo` or `Active connections`, in lower case."""
    return tuple(piece.lower().lstrip("@") for piece in NAME_PIECES.findall(name))


def divide(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Split a compound in lower case into the fewest known words: `emptytrash` into two.

    A name that is not made of known words alone is returned unchanged.
    """
    best: list[tuple[str, ...] | None] = [()] + [None] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 14), end - 1):
            before = best[start]
            if before is None or text[start:end] not in known:
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = (*before, text[start:end])
    return best[-1] or (text,)


def question_words(text: str) -> list[str]:
    """Return the words of a question in lower case."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return re.findall(r"[a-z0-9]+", spaced.lower())
