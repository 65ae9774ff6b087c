"""Reading JSON text: values, and the spans of the text in which they stand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model import json_text
from oocli.model.json_text import InvalidJson

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


def cut(text, span):
    """Return the part of a text at a span."""
    return text[span[0] : span[1]]


def test_a_span_covers_the_original_characters_of_a_value():
    text = ' { "total" : 1.10 , "response" : [ 1e2, 12345678901234567890.0, "\\u00e9\\/" ] } '
    response = cut(text, json_text.member(text, "response"))

    assert response == '[ 1e2, 12345678901234567890.0, "\\u00e9\\/" ]'
    assert cut(text, json_text.member(text, "total")) == "1.10"
    assert [cut(response, span) for span in json_text.items(response)] == [
        "1e2", "12345678901234567890.0", '"\\u00e9\\/"',
    ]  # fmt: skip


def test_of_a_repeated_key_the_last_value_counts_and_each_is_a_member():
    text = '{"a":1,"b":2,"a":3}'

    assert [key for key, _, _ in json_text.members(text)] == ["a", "b", "a"]
    assert cut(text, json_text.member(text, "a")) == "3"
    assert json_text.parse(text)["a"] == 3


def test_a_key_is_found_however_it_is_escaped():
    text = '{"respon\\u0073e":{"__proto__":1}}'

    assert cut(text, json_text.member(text, "response")) == '{"__proto__":1}'


@pytest.mark.parametrize("text", ["{}", "[]", "7", '"response"', "null", '{"responses":1}'])
def test_a_missing_key_has_no_span(text):
    assert json_text.member(text, "response") is None


@given(st.dictionaries(st.text(max_size=6), VALUES, max_size=5), st.sampled_from([None, 1]))
def test_each_member_of_an_object_has_its_span(value, indent):
    text = json.dumps(value, indent=indent, ensure_ascii=False)

    found = {key: json.loads(text[a:b]) for key, a, b in json_text.members(text)}
    assert found == value
    assert list(found) == list(value)


@given(st.lists(VALUES, max_size=6), st.sampled_from([None, 1]))
def test_each_item_of_a_list_has_its_span(value, indent):
    text = json.dumps(value, indent=indent)

    assert [json.loads(cut(text, span)) for span in json_text.items(text)] == value


@given(st.text(max_size=60) | st.text('{}[]",:0123456789eE.-+ntfalsr\\u ', max_size=60))
def test_a_text_that_is_parsed_is_json(text):
    try:
        json_text.parse(text)
    except InvalidJson:
        return
    json.loads(text)


def test_a_byte_order_mark_is_ignored():
    assert json_text.parse(json_text.decode(b'\xef\xbb\xbf{"a":1}')) == {"a": 1}


@pytest.mark.parametrize(
    "raw", [b'{"a":"\xff"}', b'\xff\xfe{\x00"\x00', b'"\xed\xa0\x80"', b'{"a":"\xc3']
)
def test_bytes_that_are_not_utf8_are_refused_with_their_position(raw):
    with pytest.raises(InvalidJson, match=r"not valid UTF-8 at byte \d+"):
        json_text.decode(raw)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1 column 1"),
        ("  ", "line 1 column 3"),
        ("{", "line 1 column 2"),
        ('{"a":1}\n{"a":2}', "more text after the document, line 2 column 1"),
        ("[1,\n 2,\n x]", "line 3 column 2"),
        ("[1 2]", "line 1 column 4"),
        ("NaN", "NaN is not JSON"),
        ("[1, Infinity]", "Infinity is not JSON"),
        ('{"a":-Infinity}', "-Infinity is not JSON"),
        ("'a'", "line 1 column 1"),
        ("ab\ncd", "line 1 column 1"),
        ("[1,\n x]", "line 2 column 2"),
        ("[1,]", "line 1 column"),
        ('"a\nb"', "line 1 column 3"),
        ("01", "more text"),
        ("\u00a01", "line 1 column 1"),
    ],
)
def test_a_text_that_is_not_json_is_refused_with_the_position(text, why):
    with pytest.raises(InvalidJson, match=why):
        json_text.parse(text)


@pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000, "[" * 100_000])
def test_a_hundred_thousand_brackets_are_refused_as_too_deep(text):
    with pytest.raises(InvalidJson, match="levels of nesting"):
        json_text.parse(text)


def test_an_integer_of_ten_thousand_digits_keeps_its_digits():
    digits = "7" * 10_000
    text = f'{{"response":[{digits}]}}'

    assert json_text.parse(text) == {"response": [digits]}
    assert cut(text, json_text.items(text, text.index("["))[0]) == digits


@pytest.mark.parametrize(
    ("after", "why"),
    [(", oops]", "line 1 column"), (", NaN]", "NaN"), (", " + "[" * 100_000, "levels of nesting")],
)
def test_an_error_after_a_huge_integer_is_found(after, why):
    with pytest.raises(InvalidJson, match=why):
        json_text.parse("[" + "7" * 10_000 + after)


def test_a_lone_surrogate_is_parsed_and_its_escape_is_kept():
    text = '{"a":"\\ud83d"}'

    assert json_text.parse(text) == {"a": "\ud83d"}
    assert cut(text, json_text.member(text, "a")) == '"\\ud83d"'


@given(st.dictionaries(st.text(max_size=4), VALUES), st.booleans())
def test_an_outline_has_the_outermost_members_and_their_simple_values(members, spaced):
    text = json.dumps(members, indent=2 if spaced else None)

    found = json_text.parse_outline(text)

    assert list(found) == list(members)
    for key, value in members.items():
        assert isinstance(value, (dict, list)) or found[key] == value


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"a":}', "[NaN]", '{"a":1} x', '{"a":{"b":[1,]}}', "[" * 200_000, '{"a":Infinity}'],
)
def test_an_outline_is_refused_with_the_same_message_as_the_document(text):
    with pytest.raises(InvalidJson) as refused:
        json_text.parse(text)
    with pytest.raises(InvalidJson) as refused_outline:
        json_text.parse_outline(text)

    assert str(refused_outline.value) == str(refused.value)


def test_an_outline_can_contain_numbers_of_any_length():
    assert json_text.parse_outline(f'{{"n":{"1" * 5000}}}') == {"n": "1" * 5000}
