"""The search for secrets in the output of all tests finds those that are there."""

import subprocess
import sys

import pytest

# A program that prints a text on stdout or stderr; one of its arguments is oocli.
PRINTER = "import sys; print(sys.argv[2], file=sys.stderr if sys.argv[1] == 'err' else sys.stdout)"


@pytest.mark.parametrize(
    ("stream", "words", "leaks"),
    [
        ("err", ["oocli", "call"], 1),
        ("err", ["oocli", "token"], 1),
        ("out", ["oocli", "whoami"], 1),
        ("out", ["oocli", "call", "--dry-run"], 1),
        ("out", ["oocli", "call"], 0),
        ("out", ["oocli", "token"], 0),
        ("err", ["secret-tool"], 0),
    ],
)
def test_a_secret_is_found_where_none_is_allowed(secrecy, docspace, stream, words, leaks):
    secret = docspace.issue_token()

    subprocess.run(
        [sys.executable, "-c", PRINTER, stream, f"<{secret}>", *words],
        capture_output=True,
        check=True,
    )

    found = secrecy.leaks()
    secrecy.forget()
    assert len(found) == leaks
