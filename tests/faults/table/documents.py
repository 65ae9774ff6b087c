"""Group 3, its second half: JSON as it should not be, and as it seldom is."""

from __future__ import annotations

from tests.faults.checks import BODY, UNTOUCHED, member, printed
from tests.faults.makers import answers
from tests.faults.row import Row
from tests.faults.table.answers import CHECK, GET, ME


def deep(brackets: int) -> bytes:
    """Nest lists inside an envelope."""
    return b'{"response":' + b"[" * brackets + b"]" * brackets + b"}"


ROWS = (
    Row(
        "a byte order mark before the JSON",
        answers(200, b'\xef\xbb\xbf{"response":{"a":1}}', how="JSON behind a BOM"),
        ME,
        0,
        after=(BODY, member("response.a", 1)),
    ),
    Row(
        "NaN, which is not JSON",
        answers(200, b'{"response":NaN}'),
        ME,
        5,
        (f"{GET} broken JSON (NaN is not JSON) instead of an API answer (200)", CHECK),
        (UNTOUCHED,),
    ),
    Row(
        "100,000 brackets inside one another",
        answers(200, deep(100_000), how="100,000 nested lists"),
        ME,
        5,
        (f"{GET} broken JSON (too many levels of nesting) instead of an API answer (200)", CHECK),
        (UNTOUCHED,),
    ),
    Row(
        "100,000 brackets in an error",
        answers(500, deep(100_000), how="100,000 nested lists"),
        ME,
        5,
        (f"{GET} Internal Server Error (500)",),
        (UNTOUCHED,),
    ),
    Row(
        "the same key twice",
        answers(200, b'{"response":{"a":1,"a":2}}'),
        ME,
        0,
        after=(BODY,),
    ),
    Row(
        "bytes that are no UTF-8",
        answers(200, b'{"response":"\xff\xfe"}', how="two bytes of Latin-1"),
        ME,
        5,
        (f"{GET} broken JSON (not valid UTF-8 at byte 13) instead of an API answer (200)", CHECK),
        (UNTOUCHED,),
    ),
    Row(
        "half an emoji, escaped",
        answers(200, b'{"response":"\\ud83d"}'),
        (*ME, "-r"),
        0,
        after=(printed('"\\ud83d"'),),
    ),
    Row(
        "half an emoji, through jq",
        answers(200, b'{"response":"\\ud83d"}'),
        (*ME, "--jq", ".response"),
        0,
    ),
    Row(
        "half an emoji, in a CSV cell",
        answers(200, b'{"response":[{"a":"\\ud83d"}]}'),
        (*ME, "--format", "csv"),
        0,
        after=(printed("a"),),
    ),
    Row(
        "members named __proto__ and constructor",
        answers(200, b'{"response":[{"__proto__":{"x":1},"constructor":"y"}]}'),
        (*ME, "--format", "csv"),
        0,
        after=(printed('__proto__,constructor\n"{""x"":1}",y'),),
    ),
    Row(
        "a number of 5,000 digits",
        answers(200, b'{"response":' + b"7" * 5000 + b"}", how="a number of 5,000 digits"),
        (*ME, "-r"),
        0,
        after=(printed("7" * 5000),),
    ),
    Row(
        "a string of 5 MB",
        answers(200, b'{"response":"' + b"x" * 5_000_000 + b'"}', how="a string of 5 MB"),
        ME,
        0,
        after=(BODY,),
    ),
    Row("an envelope that is a list", answers(200, b"[1, 2]"), ME, 0, after=(BODY,)),
    Row("an envelope that is a number", answers(200, b"7"), ME, 0, after=(BODY,)),
    Row("an envelope that is null", answers(200, b"null"), (*ME, "-r"), 0, after=(BODY,)),
    Row(
        "a list where a person was promised",
        answers(200, b'{"response":[]}'),
        ("whoami",),
        0,
        after=(BODY,),
    ),
    Row(
        "items that are no objects, as a table",
        answers(200, b'{"response":[null,1,"x",[2],{"a":3}]}'),
        (*ME, "--format", "csv"),
        0,
    ),
)
