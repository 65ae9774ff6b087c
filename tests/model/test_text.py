"""Text that is safe for a terminal, for one line, and for a shell."""

import json
import shlex
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.text import escape_control, escaped, one_line, shell_word


@pytest.mark.parametrize(
    ("text", "escaped_text"),
    [
        ("Ann Müller 你好 😀", "Ann Müller 你好 😀"),
        ("", ""),
        ("a\x00b", "a\\u0000b"),
        ("\x1b[31mred\x1b[0m", "\\u001b[31mred\\u001b[0m"),
        ("\x1b]52;c;aGk=\x07", "\\u001b]52;c;aGk=\\u0007"),
        ("\x9b31m \x85 \x7f", "\\u009b31m \\u0085 \\u007f"),
        ("a\nb\tc\rd", "a\\u000ab\\u0009c\\u000dd"),
        ("\u202efdp.exe\u202c", "\\u202efdp.exe\\u202c"),
        (
            "\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
            "\\u2066\\u2067\\u2068\\u2069\\u200e\\u200f\\u061c",
        ),
        ("zero\u200bwidth\u200d\ufeff", "zero\\u200bwidth\\u200d\\ufeff"),
        ("soft\u00adhyphen", "soft\\u00adhyphen"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("\ud83d", "\\ud83d"),
        ("\ue000", "\\ue000"),
        ("a\u00a0b\u3000c\u2009d", "a\u00a0b\u3000c\u2009d"),
        ("e\u0301", "e\u0301"),
        ("[bold]x[/bold] :smile:", "[bold]x[/bold] :smile:"),
    ],
)
def test_only_what_could_mislead_a_terminal_is_escaped(text, escaped_text):
    assert escape_control(text) == escaped_text


@given(st.text())
def test_escaped_text_has_no_control_format_or_private_characters(text):
    result = escape_control(text)

    assert not {unicodedata.category(character) for character in result} & {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
        "Zl",
    }
    assert escape_control(result) == result


@given(st.characters())
def test_an_escaped_character_is_a_json_escape(character):
    assert json.loads(f'"{escaped(character)}"') == character


@pytest.mark.parametrize(
    ("text", "limit", "line"),
    [
        ("a\r\n  b\tc ", 500, "a b c"),
        ("x" * 500, 500, "x" * 500),
        ("x" * 300 + "y" * 201, 500, "x" * 300 + "y" * 74 + "…" + "y" * 125),
        ("\x00" * 5, 10, "\\u0000\\…00"),
        ("   ", 500, ""),
        ("\u2028a\u2029b\x85c", 500, "a b c"),
    ],
)
def test_one_line_joins_lines_and_shortens_the_text(text, limit, line):
    assert one_line(text, limit) == line


@given(st.text(), st.integers(1, 20))
def test_one_line_is_never_longer_than_its_limit_nor_more_than_one_line(text, limit):
    line = one_line(text, limit)

    assert len(line) <= limit
    assert len(line.splitlines()) <= 1


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_is_one_word_for_a_shell(text):
    assert shlex.split(shell_word(text)) == [text]
