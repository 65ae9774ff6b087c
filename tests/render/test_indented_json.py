"""Indented JSON: only white space and color change."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from oocli.render.stdout import indented_json, json_tokens

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(DOCUMENTS, st.booleans(), st.sampled_from([None, 0, 3]))
def test_the_document_means_the_same_when_it_is_indented(document, ascii_only, indent):
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent)

    indented = "".join(piece for _, piece in json_tokens(text))

    assert json.loads(indented) == document
    assert all(mark.isprintable() or mark in "\n" or mark.isspace() for mark in indented)


@given(DOCUMENTS)
def test_the_layout_is_that_of_an_indented_document(document):
    text = json.dumps(document)

    assert "".join(piece for _, piece in json_tokens(text)) == json.dumps(document, indent=2)


def test_each_token_has_its_kind():
    pieces = list(json_tokens('{"a":["b",1,true,null]}'))

    assert [(kind, piece) for kind, piece in pieces if kind != "mark"] == [
        ("key", '"a"'),
        ("string", '"b"'),
        ("number", "1"),
        ("word", "true"),
        ("null", "null"),
    ]


def drawn_by_rich(pieces):
    """Return what rich prints for these tokens as one text with a style for each."""
    styles = {
        "key": "bold blue", "string": "green", "number": "cyan", "word": "italic magenta",
        "null": "dim", "mark": "",
    }  # fmt: skip
    console = Console(
        force_terminal=True, color_system="standard", markup=False, emoji=False, highlight=False,
        legacy_windows=False, _environ={},
    )  # fmt: skip
    text = Text(no_wrap=True, overflow="ignore", end="")
    for kind, piece in pieces:
        text.append(piece, styles[kind])
    with console.capture() as drawn:
        console.print(text, soft_wrap=True, end="")
    return drawn.get()


@given(DOCUMENTS)
def test_the_colors_are_those_of_rich_byte_by_byte(document):
    text = json.dumps(document, ensure_ascii=False)

    assert "".join(indented_json(text, color=True)) == drawn_by_rich(json_tokens(text))


def test_a_large_document_is_formatted_in_parts():
    text = json.dumps([{"id": number, "title": "x" * 20} for number in range(50_000)])

    parts = indented_json(text, color=True)

    assert len(next(parts)) < 200_000
    assert sum(1 for _ in parts) > 10
