"""The layout of JSON: whatever the document, only white space changes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from oocli.render.layout import laid_out

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(DOCUMENTS, st.booleans(), st.sampled_from([None, 0, 3]))
def test_the_document_means_the_same_when_it_is_laid_out(document, ascii_only, indent):
    text = json.dumps(document, ensure_ascii=ascii_only, indent=indent)

    laid = "".join(piece for _, piece in laid_out(text))

    assert json.loads(laid) == document
    assert all(one.isprintable() or one in "\n" or one.isspace() for one in laid)


@given(DOCUMENTS)
def test_the_layout_is_that_of_an_indented_document(document):
    text = json.dumps(document)

    assert "".join(piece for _, piece in laid_out(text)) == json.dumps(document, indent=2)


def test_each_piece_has_its_kind():
    pieces = list(laid_out('{"a":["b",1,true,null]}'))

    assert [(kind, piece) for kind, piece in pieces if kind != "mark"] == [
        ("key", '"a"'),
        ("string", '"b"'),
        ("number", "1"),
        ("word", "true"),
        ("null", "null"),
    ]
