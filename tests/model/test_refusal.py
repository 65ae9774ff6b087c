"""Which refusal the text of an answer means."""

import pytest

from oocli.model.envelope import Refusal, refusal_in
from oocli.model.response import Response
from oocli.model.secret import Secret

TOO_MANY = b'{"error":{"message":"Login Fail. Too many attempts"}}'
RESTRICTED = b"The access to the portal is restricted"


def answer(body: bytes, content_type: str = "application/json") -> Response:
    return Response(500, "Internal Server Error", (("Content-Type", content_type),), body)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (answer(TOO_MANY), Refusal.TOO_MANY_ATTEMPTS),
        (answer(b'{"error":{"message":"ASC.IPSecurity.X"}}'), Refusal.FORBIDDEN_ADDRESS),
        (answer(RESTRICTED, "text/plain"), Refusal.FORBIDDEN_ADDRESS),
        (answer(b'{"error":{"message":"This folder is restricted"}}'), None),
        (answer(b'{"error":{"message":"User authentication failed"}}'), Refusal.NOT_ACCEPTED),
        (answer(b""), None),
        (None, None),
    ],
)
def test_the_text_of_an_answer_tells_why_a_sign_in_is_refused(said, refusal):
    assert refusal_in(said) is refusal


def test_a_password_within_the_text_does_not_change_the_refusal():
    Secret("attempts")

    said = answer(TOO_MANY)

    assert refusal_in(said) is Refusal.TOO_MANY_ATTEMPTS
