"""jq expressions keep every digit."""

import json
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.errors import UsageError
from oocli.render.jq import JqFilter


def filtered(expression, document):
    """Return the results of an expression for a document."""
    with closing(JqFilter(expression)) as jq:
        jq.check()
        return [result for results in jq.results(document) for result in results]


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
def test_each_result_is_separate_and_strings_have_no_quotes(expression, results):
    document = '{"n":12345678901234567890123.4500,"l":[1.10,2,{"x":1.000}],"s":"a b"}'

    assert filtered(expression, document) == results


@pytest.mark.parametrize("expression", ["", "(", ".a) , (.b", ".[", "nonsense(1)", "# only"])
def test_an_invalid_expression_is_refused_when_it_is_compiled(expression):
    with closing(JqFilter(expression)) as jq, pytest.raises(UsageError, match="--jq"):
        jq.check()


@pytest.mark.parametrize("expression", [".a.b", ".[]|.x", 'error("no")', "input", "error({b:1})"])
def test_an_expression_that_fails_on_the_document_is_reported(expression):
    with pytest.raises(UsageError, match=r"^--jq failed: ."):
        filtered(expression, '{"a":1}')


@pytest.mark.parametrize(
    ("expression", "results", "why"),
    [
        ("halt", [], None),
        ("1, halt, 2", ["1"], None),
        ('1, ("no such thing\\n" | halt_error), 2', ["1"], "--jq stopped: no such thing"),
        ('"bye" | halt_error(3)', [], "--jq stopped: bye"),
        ("{x: 1.50} | halt_error(0)", [], '--jq stopped: {"x":1.50}'),
        ('"x" | halt_error("y")', [], "halt_error/1: number required"),
        ("[.a, halt_error]", [], '--jq stopped: {"a":1}'),
        ("1, .a.b, 2", ["1"], "--jq failed: Cannot index number"),
    ],
)
def test_results_before_an_early_end_are_kept_and_the_end_is_reported(expression, results, why):
    found = []
    with closing(JqFilter(expression)) as jq:
        jq.check()
        try:
            for some in jq.results('{"a":1}'):
                found += some
        except UsageError as failure:
            assert why is not None and why in str(failure)
        else:
            assert why is None

    assert found == results


def test_a_result_of_many_megabytes_comes_out_whole():
    assert filtered(". * 1000", json.dumps("0123456789" * 1000)) == ["0123456789" * 1_000_000]


def test_a_killed_jq_process_is_reported():
    with closing(JqFilter(".")) as jq, pytest.raises(UsageError, match="its process ended"):
        jq.check()
        jq._process.kill()
        jq._process.wait()
        list(jq.results("1"))


def test_half_a_surrogate_pair_becomes_a_replacement_character():
    text = '["\\ud800", "\\ud83d\\ude00", "\\\\ud800", "x\\udc00y"]'

    assert filtered(".[]", text) == ["\ufffd", "😀", "\\ud800", "x\ufffdy"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_every_string_comes_out_as_it_was(texts):
    assert filtered(".[]", json.dumps(texts)) == texts


@given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?\Z"))
def test_every_digit_comes_out_as_it_was(number):
    (result,) = filtered(".", number)

    assert result == number or float(result) == float(number)
    assert [c for c in result if c in "123456789"][:15] == [c for c in number if c in "123456789"][
        :15
    ]
