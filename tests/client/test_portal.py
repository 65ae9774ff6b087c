"""The client of one portal: what it returns, raises, and leaves to the caller to read."""

import pytest

from oocli.client.portal import PortalClient
from oocli.model.address import PortalAddress
from oocli.model.errors import ConnectionFailed, NotFound, RedirectNotFollowed
from oocli.model.secret import Credential
from oocli.transport.options import RequestLimits
from tests.portal import faults

ATTACHMENT = [("Content-Type", "application/json"), ("Content-Disposition", "attachment")]


@pytest.fixture
def advised():
    """The errors for which the client asked for a hint, with request and client."""
    return []


@pytest.fixture
def client(either, advised):
    """A client of a running portal."""
    with PortalClient(
        PortalAddress.parse(either.origin),
        credential=Credential.of(either.issue_token(), "test"),
        limits=RequestLimits(retries=0),
        advise=lambda error, request, portal: advised.append((error, request.line, portal)),
    ) as opened:
        yield opened


def test_a_failing_answer_is_an_envelope_and_is_raised_on_demand(either, client, advised):
    either.answers("GET", "things", status=404, error="None here")

    envelope = client.send(client.request("GET", "things"))

    assert (envelope.status, envelope.error.why) == (404, "None here")
    assert envelope.error.portal == either.host
    assert advised == [(envelope.error, "GET things", client)]
    with pytest.raises(NotFound, match="None here"):
        envelope.raise_for_error()


@pytest.mark.parametrize("send", ["send", "stream"])
def test_an_error_without_an_answer_names_its_request(either, client, advised, send):
    either.order("GET", "things", faults.DropBeforeAnswer())

    with pytest.raises(ConnectionFailed) as raised:
        getattr(client, send)(client.request("GET", "things"))

    error = raised.value
    assert (error.method, error.path, error.portal) == ("GET", "things", either.host)
    assert advised == [(error, "GET things", client)]


@pytest.mark.parametrize("send", ["send", "stream"])
def test_a_redirect_that_is_not_followed_is_raised(either, client, send):
    either.order("GET", "things", faults.Redirect(302, "https://elsewhere.example/x"))

    with pytest.raises(RedirectNotFollowed) as raised:
        getattr(client, send)(client.request("GET", "things"))

    assert raised.value.answer.status == 302


@pytest.mark.parametrize("send", ["send", "stream"])
def test_an_answer_of_the_api_is_read_at_once(either, client, send):
    envelope = getattr(client, send)(client.request("GET", "people/@self"))

    assert envelope.answer.rest is None
    assert envelope.raise_for_error().response["email"] == either.user


@pytest.mark.parametrize("path", ["report", "/filehandler.ashx"])
def test_the_body_of_a_file_is_left_to_the_caller_to_read(either, client, path):
    either.answers("GET", path, body=b"content", headers=ATTACHMENT)

    envelope = client.stream(client.request("GET", path.removeprefix("/")))

    assert (envelope.raw, envelope.error) == (b"", None)
    assert b"".join(envelope.answer.rest) == b"content"
    envelope.answer.rest.close()


def test_the_error_of_a_body_that_breaks_off_names_its_request(either, client, advised):
    either.answers("GET", "report", body=b"content", headers=ATTACHMENT)
    either.order("GET", "report", faults.DropInBody())

    with pytest.raises(ConnectionFailed) as raised:
        b"".join(client.stream(client.request("GET", "report")).answer.rest)

    assert (raised.value.method, raised.value.path) == ("GET", "report")
    assert advised[-1][0] is raised.value
