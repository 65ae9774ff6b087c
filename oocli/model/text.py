"""Text from portals and other sources, made safe to show on a terminal."""

from __future__ import annotations

from shlex import quote


def escape_control(text: str) -> str:
    r"""Return `text` with control, bidi, format and unassigned characters written as `\uXXXX`.

    Such characters could move the cursor, set the clipboard (OSC 52), or hide or reorder text.
    Letters, marks, emoji and spaces of any width are not changed.
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable()
        # Wide and no-break spaces, which Python does not count as printable. The separators of
        # lines and paragraphs are spaces as well, but would break the line.
        or (character.isspace() and character > "\x9f" and character not in "\u2028\u2029")
        else escaped(character)
        for character in text
    )


def escaped(character: str) -> str:
    r"""Return one character as JSON writes it in ASCII: `\u202e`, or a surrogate pair."""
    number = ord(character)
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


def one_line(text: str, limit: int = 500) -> str:
    """Return `text` as one line of at most `limit` characters, safe for a terminal.

    A longer text loses its middle: the end often says what is wrong at the start.
    """
    return _shortened(escape_control(_shortened(" ".join(text.split()), limit)), limit)


def shell_word(text: str) -> str:
    """Return `text` as one word of a shell command that can be pasted."""
    return quote(text)


def readable_size(count: float) -> str:
    """Return a number of bytes as `512 B`, `12.1 kB` or `340 MB` (powers of 1000)."""
    units = ("B", "kB", "MB", "GB", "TB")
    at = 0
    while count >= 999.5 and at < len(units) - 1:
        count, at = count / 1000, at + 1
    return f"{count:.0f} {units[at]}" if at == 0 or count >= 99.95 else f"{count:.1f} {units[at]}"


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    end = limit // 4
    return f"{text[: limit - end - 1]}…{text[len(text) - end :]}"
