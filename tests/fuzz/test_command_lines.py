"""Unusual command lines: each ends with a clear error and a known exit code."""

from __future__ import annotations

import random

import pytest

from oocli.commands import TABLE
from tests.fuzz.verdict import problem

FAST, ALL, SIZE = 10, 16, 50  # groups of command lines; the rest is slow
# Options of each command, with the kind of value they take (empty: none).
SHARED = """
    --portal=address --timeout=number --max-time=number --retry=number --proxy=address --cacert=file
    --client-cert=file --color=word --error-format=word --no-input= -q= -v= -vv= --debug=
    --insecure= --insecure-http=
""".split()
OWN = {
    "call": """
        -p=field -f=field -F=field -d=data --form= --part=field -H=header -r= --paginate=
        --limit=number --page-size=number --jq=jq --format=word --columns=columns --safe-cells= -i=
        -o=file -O= --dry-run= --print-curl= --wait= --wait-timeout=number --no-fail= -y=
    """,
    "login": """
        --user=text --password-file=file --password-stdin= --with-token= --print-token= --otp=text
        --otp-command=shell --phone=text --api-key= --key-name=text --key-days=number
        --key-scope=text
        --insecure-storage=
    """,
    "batch": "--parallel=number --rate=rate --stop-on-error= --resume=file -y=",
    "logout": "--all=",
    "whoami": "--format=word",
    "portals": "--format=word",
    "completion": "--write=file",
}
ANY = [
    "",
    " ",
    "x" * 5000,
    "é",
    "\udcff\udcfe",
    "\x1b[31m",
    "\u202ex",
    "\x85",
    "$(id)",
    "%00",
    "-",
    "--",
]
VALUES = {
    "number": ["0", "-1", "1e999", "nan", "inf", "9" * 400, "0x10", "١٢", "1", "2.5", "7"],
    "rate": ["1/s", "0/s", "1000/s", "9e9/s", "1", "/s"],
    "address": [
        "127.0.0.1:1",
        "http://127.0.0.1:1",
        "http://[",
        "ftp://x",
        "u:p@host",
        "[::1",
        "[::1]:1",
        "http://u:p@127.0.0.1:1",
        "ß.example",
        "127.0.0.1:99999",
        "127.1",
        "a..b",
        "x/../y",
    ],
    "file": ["/dev/null", "/", "missing/x", ".", "..", "/dev/full", "file", "a\nb"],
    "word": ["json", "ndjson", "csv", "table", "raw", "tsv", "always", "never", "text", "JSON"],
    "field": [
        "a=b",
        "a[]=1",
        "a[b][c]=@-",
        "[=",
        "a[=1",
        "a]=1",
        "=",
        "a",
        "name=@/",
        "a=@missing",
        "a=@/dev/null",
        "a=null",
        "a=9" + "9" * 400,
        "a[x]=1",
        "a=true",
        "a[][b]=-0",
        "count=-5",
    ],
    "data": [
        "{}",
        "[1,2",
        '"\\ud800"',
        "@-",
        "@/dev/null",
        "@/",
        "@missing",
        "@",
        "null",
        "{" * 3000,
    ],
    "header": [
        "X: y",
        "X:",
        ": y",
        "X\r\nY: z",
        "Authorization: x",
        "Cookie: a",
        "Content-Type: x/y",
    ],
    "jq": [
        ".",
        ".[]",
        ".response|keys",
        "{",
        "halt_error",
        "error(1)",
        "input",
        "$ENV",
        "1/0",
        "[limit(3;repeat(1))]",
    ],
    "columns": ["id", "id,displayName", ",", "a.b.c", "id,id", "response"],
    "shell": ["echo 123456", "exit 3", "", "yes x | head -c 100000", "printf '\\0'"],
    "text": ["ann@example.com", "123456"],
}
PATHS = [
    "people/@self",
    "people",
    "files/@my",
    "people/../x",
    "//x",
    "/api/2.0/people.json",
    "?",
    "#",
    "people?count=1",
    "C:/people",
    "files/fileops",
    "%2e%2e/x",
    "é",
    "http://x/y",
    "\udcff",
]
METHODS = ["GET", "get", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE", "", "G T"]


def command_line(jitter: random.Random) -> list[str]:
    """Return the words after `oocli`: mostly a command that could have been meant."""
    command = jitter.choice([name for name in TABLE if name != "demo"] + ["call"] * 20)
    words = [command]
    if command == "call":
        words += [jitter.choice([*METHODS, *["GET", "POST"] * 10]), jitter.choice(PATHS)]
    elif command == "batch":
        words.append(jitter.choice(["-", "/dev/null", "/", "missing"]))
    elif jitter.random() < 0.3:
        words.append(jitter.choice([*ANY, "list", "use", "remove", "bash", "formats"]))
    options = [*SHARED, *OWN.get(command, "").split() * 3]
    for _ in range(jitter.randrange(5)):
        name, _, kind = jitter.choice(options).partition("=")
        words.append(name)
        if kind:
            values = VALUES[kind] if jitter.random() < 0.8 else [*ANY, *VALUES["text"]]
            words.append(jitter.choice(values))
    if jitter.random() < 0.05:
        jitter.shuffle(words)
    return words


@pytest.mark.posix
@pytest.mark.parametrize(
    "group",
    [pytest.param(group, marks=pytest.mark.slow if group >= FAST else ()) for group in range(ALL)],
)
def test_any_command_line_ends_with_an_exit_code_of_the_table(group, portal, oocli):
    jitter = random.Random(f"command lines {group}")
    found = []
    for _ in range(SIZE):
        words = command_line(jitter)
        stdin = jitter.choice([None, b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe\0", b"{}\n" * 3])
        signed_in = portal if jitter.random() < 0.6 else None

        ran = oocli(*words, stdin=stdin, signed_in_to=signed_in)

        if (what := problem(ran, words[0])) is not None:
            found.append((words, stdin, what))
    assert not found
