"""The items of an answer: what a list holds, cut out of the portal's own text."""

from __future__ import annotations

from oocli.model import json_text
from oocli.model.page import Page, is_empty_answer


def items_of(text: str) -> list[str]:
    """Return the JSON texts of the items in an answer, in the portal's order.

    They are what the list in `response` holds; of a folder its folders, then its files; of any
    other value the value itself. An answer that says "nothing" has none. A document that is no
    envelope is taken as a `response`. `text` is known to be JSON.
    """
    page = Page.read(text)
    if page is not None:
        return list(page.texts())
    start = json_text.skip_space(text, 0)
    if text[start] == "{":
        members = {key: first for key, first, _ in json_text.members(text, start)}
        is_envelope = "response" in members or "statusCode" in members
        if is_envelope and is_empty_answer(text):
            return []
        start = members.get("response", start)
    if text[start] == "[":
        return [text[first:last] for first, last in json_text.items(text, start)]
    _, end = json_text.value_at(text, start)
    return [text[start:end]]
