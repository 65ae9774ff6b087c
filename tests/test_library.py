"""The class `Portal` for Python programs: the calls and errors of the command, no output."""

from __future__ import annotations

import subprocess
import sys

import pytest

from oocli import Envelope, OocliError, Portal
from oocli.model import errors
from tests.portal import faults


@pytest.fixture
def signed_in(either):
    """A portal object with a live token."""
    with Portal(either.origin, token=either.issue_token()) as portal:
        yield portal


def test_get_returns_the_envelope_and_its_response(either, signed_in, capfd):
    envelope = signed_in.get("people/@self")

    assert isinstance(envelope, Envelope)
    assert envelope.status == 200
    assert envelope.raw == either.last_body
    assert envelope.response["email"] == either.user
    assert capfd.readouterr() == ("", "")


def test_params_become_the_query(either, signed_in):
    signed_in.get("people", params={"count": 1, "startIndex": 1})

    assert either.requests[-1].target == "/api/2.0/people?count=1&startIndex=1"


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_an_unknown_keyword_is_a_type_error_and_nothing_is_sent(either, signed_in, method):
    with pytest.raises(TypeError, match="count"):
        getattr(signed_in, method)("people", count=1)

    assert either.requests == []


_RECURSIVE: list[object] = []
_RECURSIVE.append(_RECURSIVE)


@pytest.mark.parametrize(
    "body",
    [float("nan"), {"a": [float("inf")]}, [-float("inf")], {"a": object()}, _RECURSIVE],
    ids=["nan", "infinity", "negative infinity", "object", "recursive"],
)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_body_that_is_not_valid_json_is_refused_before_anything_is_sent(
    either, signed_in, method, body
):
    with pytest.raises(errors.UsageError, match="the body cannot be sent as JSON: "):
        getattr(signed_in, method)("things", body)

    assert either.requests == []


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_body_becomes_json(either, signed_in, method):
    either.answers(method.upper(), "things", response={"id": 7})

    answered = getattr(signed_in, method)("things", {"title": "é", "n": [1, None]}).response

    assert answered == {"id": 7}
    seen = either.requests[-1]
    assert (seen.method, seen.target) == (method.upper(), "/api/2.0/things")
    assert seen.header("Content-Type") == "application/json"
    assert seen.body == b'{"title": "\\u00e9", "n": [1, null]}'


@pytest.mark.parametrize(
    ("status", "error_class"),
    [
        (400, errors.Rejected),
        (401, errors.SignInNeeded),
        (402, errors.PaymentRequired),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (500, errors.PortalFailed),
    ],
)
def test_the_library_raises_the_error_classes_of_the_command(
    either, signed_in, status, error_class, capfd
):
    either.answers("GET", "people", status=status, error="Its words")

    with pytest.raises(error_class) as raised:
        signed_in.get("people")

    assert isinstance(raised.value, OocliError)
    assert raised.value.status == status
    assert raised.value.answer.raw == either.last_body
    assert str(raised.value) == f"GET people on {either.host}: Its words ({status})"
    assert capfd.readouterr() == ("", "")


def test_a_lost_connection_raises_connection_failed(either, signed_in):
    either.order("POST", "people", faults.DropBeforeAnswer(), times=None)

    with pytest.raises(errors.ConnectionFailed):
        signed_in.post("people", {})


def test_nothing_is_sent_before_the_first_call_and_one_connection_serves_them_all(either):
    with Portal(either.origin, token=either.issue_token()) as portal:
        assert either.connections == 0
        portal.get("people/@self")
        portal.get("people/@self")

        assert either.connections == 1


def test_a_token_is_never_sent_unencrypted_to_another_machine():
    with pytest.raises(errors.UsageError, match="unencrypted"):
        Portal("http://docs.example.com", token="abc")


def test_no_repr_shows_the_token(either):
    portal = Portal(either.origin, token="s3cret-token-of-a-user")

    assert "s3cret" not in repr(vars(portal)) + repr(vars(portal._client))


def test_a_given_kind_decides_the_suffix_of_the_path(portal):
    with Portal(portal.origin, token=portal.issue_token(), kind="workspace") as signed_in:
        signed_in.get("people/@self")

    assert portal.requests[-1].target == "/api/2.0/people/@self.json"


def test_a_portal_that_does_not_answer_is_a_timeout(portal):
    portal.order("GET", "people", faults.Hang(), times=None)

    with (
        Portal(portal.origin, token="abc", timeout=0.3) as signed_in,
        pytest.raises(errors.TimeoutExceeded, match=r"0\.3 s") as raised,
    ):
        signed_in.get("people")

    assert raised.value.hint == "allow a longer timeout"


@pytest.mark.parametrize("status", [401, 403, 404])
def test_no_error_names_a_command_line_option(either, signed_in, status):
    either.answers("GET", "people", status=status, error="Its words")

    with pytest.raises(OocliError) as raised:
        signed_in.get("people")

    assert "--" not in f"{raised.value} {raised.value.hint}"


@pytest.mark.parametrize("link", ["https://elsewhere.example/people", "../people", "a//b"])
def test_no_usage_error_names_a_command_line_option(either, signed_in, link):
    with pytest.raises(errors.UsageError) as raised:
        signed_in.get(link)

    assert "--" not in f"{raised.value} {raised.value.hint}"
    assert either.requests == []


def test_an_unknown_kind_is_refused():
    with pytest.raises(errors.UsageError, match="workspace, docspace"):
        Portal("docs.example.com", token="abc", kind="sharepoint")


def test_from_keyring_finds_a_stored_sign_in_by_host_or_as_the_default(
    either, home, sign_in, tmp_path
):
    sign_in(either)
    code = (
        "import sys; from oocli import Portal\n"
        "host = sys.argv[1] if len(sys.argv) > 1 else None\n"
        "with Portal.from_keyring(host) as portal:\n"
        "    print(portal.get('people/@self').response['email'])\n"
    )

    for given in ([either.host], []):
        done = subprocess.run(
            [sys.executable, "-c", code, *given],
            env=home.env, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

        assert (done.returncode, done.stdout, done.stderr) == (0, f"{either.user}\n", "")


@pytest.fixture
def own_state(tmp_path, monkeypatch):
    """Store the state of uploads in a temporary folder."""
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


def test_an_unchanged_file_is_not_uploaded_again(either, signed_in, tmp_path, own_state, capfd):
    (tmp_path / "a+b.txt").write_bytes(b"one")

    (first,) = signed_in.upload(tmp_path / "a+b.txt", "my")
    (second,) = signed_in.upload(tmp_path / "a+b.txt", "my")

    assert (first.result, first.path, first.bytes, first.title) == (
        "done", "my/a_b.txt", 3, "a_b.txt",
    )  # fmt: skip
    assert (second.result, second.id) == ("same", first.id)
    assert either.content(first.id) == b"one"
    assert capfd.readouterr() == ("", "")


def test_upload_takes_a_folder_only_with_recursive(either, signed_in, tmp_path, own_state):
    (tmp_path / "work/below").mkdir(parents=True)
    (tmp_path / "work/below/a.txt").write_bytes(b"a")
    (tmp_path / "work/b.txt").write_bytes(b"b")

    records = signed_in.upload(tmp_path / "work", "my", recursive=True, name="other")

    assert sorted(record.path for record in records) == ["my/other/b.txt", "my/other/below/a.txt"]
    with pytest.raises(OocliError) as caught:
        signed_in.upload(tmp_path / "work", "my")
    assert "directory" in str(caught.value)
    assert "-r" not in str(caught.value.hint)


def test_an_upload_that_fails_raises_its_error(either, signed_in, tmp_path, own_state):
    (tmp_path / "a.txt").write_bytes(b"a")

    with pytest.raises(errors.StorageError):
        signed_in.upload(tmp_path / "missing.txt", "my")
    with pytest.raises(errors.NotFound):
        signed_in.upload(tmp_path / "a.txt", "my/nowhere")
    either.order("POST", f"files/{either.folder_id()}/upload", faults.Html(500, "Broken"))
    with pytest.raises(errors.PortalFailed):
        signed_in.upload(tmp_path / "a.txt", "my")
