"""jq expressions, with every digit kept."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.errors import UsageError
from oocli.render.filter import Filter


@pytest.mark.parametrize(
    ("expression", "results"),
    [
        (".n", ["12345678901234567890123.4500"]),
        (".l[]", ["1.10", "2", '{"x":1.000}']),
        (".s, .s", ["a b", "a b"]),
        (".nothing", ["null"]),
        ("empty", []),
        ('.l | map(tostring) | join(",")', ['1.10,2,{"x":1.000}']),
        (". | length # how many", ["3"]),
        ("[.s, 1] | @csv", ['"a b",1']),
    ],
)
def test_results_one_by_one_with_strings_bare(expression, results):
    document = '{"n":12345678901234567890123.4500,"l":[1.10,2,{"x":1.000}],"s":"a b"}'

    assert Filter(expression).results(document) == results


@pytest.mark.parametrize("expression", ["", "(", ".a) , (.b", ".[", "nonsense(1)", "# only"])
def test_what_is_no_jq_is_refused_when_it_is_compiled(expression):
    with pytest.raises(UsageError, match="--jq"):
        Filter(expression)


@pytest.mark.parametrize("expression", [".a.b", ".[]|.x", 'error("no")', "input"])
def test_an_expression_that_does_not_fit_the_document_is_told(expression):
    with pytest.raises(UsageError, match="--jq"):
        Filter(expression).results('{"a":1}')


def test_half_a_surrogate_pair_becomes_a_mark_and_does_not_stop_the_rest():
    text = '["\\ud800", "\\ud83d\\ude00", "\\\\ud800", "x\\udc00y"]'

    assert Filter(".[]").results(text) == ["\ufffd", "😀", "\\ud800", "x\ufffdy"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_every_string_comes_out_as_it_was(texts):
    assert Filter(".[]").results(json.dumps(texts)) == texts


@given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?\Z"))
def test_every_digit_comes_out_as_it_was(number):
    (result,) = Filter(".").results(number)

    assert result == number or float(result) == float(number)
    assert [c for c in result if c in "123456789"][:15] == [c for c in number if c in "123456789"][
        :15
    ]
