"""Text from elsewhere, made harmless before a person's terminal shows it."""

from __future__ import annotations


def escape_control(text: str) -> str:
    r"""Return `text` with control, bidi, format and unassigned characters written as `\uXXXX`.

    Such characters could move the cursor, set the clipboard (OSC 52), hide or reorder what is
    read. Letters, marks, emoji and all widths of space stay as they are.
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or _is_space(one) else escaped(one) for one in text)


def escaped(character: str) -> str:
    r"""Return one character as JSON writes it in ASCII: `\u202e`, or a pair of surrogates."""
    number = ord(character)
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


def one_line(text: str, limit: int = 500) -> str:
    """Return `text` on one line of at most `limit` characters, fit for a terminal."""
    text = escape_control(" ".join(text[: limit * 4].split()))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def shell_word(text: str) -> str:
    """Return `text` as one word of a shell's line, for a command that somebody may paste."""
    from shlex import quote  # noqa: PLC0415 - only failures show commands

    return quote(text)


def unescape_html(text: str) -> str:
    """Return text that was encoded for HTML as plain text: `O&#39;Brien` is O'Brien."""
    from html import unescape  # noqa: PLC0415 - its table of names is large, its use rare

    return unescape(text)


def _is_space(one: str) -> bool:
    # NBSP and its family are not "printable" to Python; line and paragraph separators stay out.
    return one.isspace() and ord(one) > 0x9F and one not in "\u2028\u2029"
