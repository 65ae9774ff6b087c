"""Sign-in, credentials and sign-out of a Workspace portal."""

import base64
from urllib.parse import quote, urlencode

import pytest

from tests.portal import DemoPortal

JSON = {"Content-Type": "application/json"}


def test_a_login_is_a_201_with_escaped_slashes_a_date_with_offset_and_a_cookie(portal, login):
    result = login(portal)

    assert result.status == 201
    assert result.headers["Content-Type"] == "application/json; charset=utf-8"
    assert b"\\/" in result.body
    assert list(result.json) == ["count", "status", "statusCode", "response"]
    token = result.response
    assert list(token) == ["token", "expires"]
    assert token["expires"] == "2027-05-28T23:26:40.0000000+03:00"
    cookie = result.headers["Set-Cookie"]
    assert cookie.startswith(
        f"asc_auth_key={token['token']}; expires=Fri, 28-May-2027 20:26:40 GMT"
    )
    assert cookie.endswith("; path=/; HttpOnly")
    assert portal.live_sessions() == [token["token"]]


@pytest.mark.parametrize("spelling", ["userName", "username", "USERNAME"])
def test_member_names_can_be_in_any_case_and_the_user_can_be_an_id(portal, spelling, ask):
    me = portal.issue_token()
    result = ask(portal, "GET", "people/@self", headers={"Authorization": me})
    id = result.response["id"]
    given = {spelling: id, "PASSWORD": portal.password}

    assert ask(portal, "POST", "authentication.json", json_body=given).status == 201


@pytest.mark.parametrize("kind", ["form", "multipart", "query"])
def test_a_login_can_be_a_form_multipart_or_a_query(portal, kind, ask):
    pairs = {"userName": portal.user, "password": portal.password}
    path, body, headers = "authentication", None, {}
    if kind == "form":
        body, headers = urlencode(pairs), {"Content-Type": "application/x-www-form-urlencoded"}
    elif kind == "query":
        path += "?" + urlencode(pairs)
    else:
        parts = [
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in pairs.items()
        ]
        body = "".join(parts) + "--b--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=b"}

    assert ask(portal, "POST", path, body, headers=headers).status == 201


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "wrong"},
        {"password": " correct horse battery"},
        {"password": ""},
        {"userName": "nobody@example.com"},
        {"userName": ""},
        {"userName": "ann"},
        {"password": "", "passwordHash": "0" * 64},
        {"provider": "google", "accessToken": "x"},
    ],
)
def test_each_failed_login_is_a_500_with_the_same_message(portal, fields, login):
    result = login(portal, **fields)

    assert (result.status, result.reason) == (500, "Server error")
    assert list(result.json) == ["status", "statusCode", "error"]
    assert result.json["error"] == {
        "message": "User authentication failed",
        "hresult": -2147467259,
        "data": {},
    }


def test_a_login_of_broken_json_or_without_an_object_is_a_400(portal, ask):
    for body in ("{", "[1]"):
        assert ask(portal, "POST", "authentication", body, headers=JSON).status == 400


def test_the_sixth_attempt_within_a_minute_is_refused_and_the_block_lasts_a_minute(
    portal, clock, login
):
    for _ in range(5):
        assert login(portal, password="no").message == "User authentication failed"

    assert login(portal).message == "Login Fail. Too many attempts"
    assert login(portal, userName="ANN@example.com").status == 201  # counted as typed
    clock.now += 59
    assert login(portal).status == 500
    clock.now += 2
    assert login(portal).status == 201


def test_correct_passwords_do_not_count_as_attempts(portal, login):
    for _ in range(8):
        assert login(portal).status == 201


def test_the_word_logout_in_the_path_is_taken_for_a_code(portal, ask):
    token = portal.issue_token()

    result = ask(portal, "POST", "authentication/logout", headers={"Authorization": token})

    assert (result.status, result.message) == (500, "User authentication failed")
    assert portal.is_live(token)


def test_the_logout_page_reads_only_the_cookie(portal, ask):
    token = portal.issue_token()

    ask(portal, "GET", "/Auth.aspx?t=logout", headers={"Authorization": token})
    assert portal.is_live(token)
    result = ask(portal, "GET", "/Auth.aspx?t=logout", headers={"Cookie": f"asc_auth_key={token}"})

    assert result.status == 302
    assert result.headers["Location"] == portal.origin + "/Auth.aspx"
    assert "asc_auth_key=;" in result.headers["Set-Cookie"]
    assert not portal.is_live(token)


@pytest.fixture
def self_as(portal, ask):
    """Return a function that sends a GET request with these headers."""

    def self_as(path="people/@self", **headers):
        return ask(portal, "GET", path, headers=headers)

    return self_as


def test_a_token_can_be_plain_with_bearer_escaped_or_in_the_query(portal, self_as):
    token = portal.issue_token()
    for value in (token, f"Bearer {token}", quote(token, safe="")):
        result = self_as(Authorization=value)
        assert result.status == 200
        assert token in result.headers["Set-Cookie"]
    path = "people/@self?asc_auth_key=" + quote(token, safe="")
    assert self_as(path).status == 200
    assert self_as(Authorization=f"bearer {token}").status == 401


def test_the_header_precedes_the_cookie_unless_its_token_is_invalid(portal, self_as):
    ann, bob = portal.issue_token(), portal.issue_token(portal.other_user)
    cookie = f"asc_auth_key={bob}"

    def name(**headers):
        return self_as(**headers).response["userName"]

    assert name(Authorization=ann, Cookie=cookie) == "ann"
    assert name(Authorization="dead", Cookie=cookie) == "bob"
    result = self_as(Cookie=cookie)
    assert result.headers["Set-Cookie"] is None


def test_a_401_is_plain_text_with_a_challenge_only_if_the_header_was_sent(portal, self_as):
    result = self_as()
    assert (result.status, result.body) == (401, b"Unauthorized")
    assert result.headers["WWW-Authenticate"] is None

    result = self_as("people/@self.xml", Authorization="dead")
    assert (result.status, result.body) == (401, b"Unauthorized")
    assert result.headers["WWW-Authenticate"] == f'Basic Realm="{portal.host}"'


def test_an_invalid_cookie_is_cleared(portal, self_as):
    result = self_as(Cookie="asc_auth_key=dead")

    assert result.status == 401
    assert "expires=Thu, 01-Jan-1970" in result.headers["Set-Cookie"]


def test_basic_counts_no_attempts_and_has_no_login_event(portal, self_as):
    def basic(password):
        return "Basic " + base64.b64encode(f"{portal.user}:{password}".encode()).decode()

    for _ in range(7):
        assert self_as(Authorization=basic("wrong")).status == 401
    result = self_as(Authorization=basic(portal.password))
    assert result.status == 200
    path = "security/activeconnections"
    headers = {"Authorization": basic(portal.password), "X-Forwarded-For": "192.0.2.7, 10.0.0.1"}
    result = self_as(path, **headers).response
    (item,) = result["items"]  # derived from this request
    assert (item["id"], item["ip"], item["country"], item["city"]) == (0, "192.0.2.7", "", "")
    assert result["loginEvent"] == 0


def test_active_connections_recognize_the_own_session_only_by_the_cookie(portal, ask, self_as):
    token, other = portal.issue_token(), portal.issue_token()
    path = "security/activeconnections"

    result = self_as(path, Authorization=token)
    assert result.response["loginEvent"] == 0
    headers = {"Authorization": token, "Cookie": f"asc_auth_key={token}"}
    result = self_as(path, **headers)
    event = result.response["loginEvent"]
    items = result.response["items"]
    assert event in [item["id"] for item in items]
    assert {(item["country"], item["city"]) for item in items} == {("", "")}

    result = ask(portal, "PUT", f"{path}/logout/{event}", headers={"Authorization": other})
    assert result.response is True
    assert portal.live_sessions() == [other]
    ask(portal, "PUT", f"{path}/logoutallexceptthis", headers={"Authorization": other})
    assert portal.live_sessions() == []


def test_a_token_expires_with_its_lifetime_and_with_its_account(portal, clock, login, self_as):
    token = login(portal).response["token"]
    clock.now += 365 * 86400 - 1
    assert self_as(Authorization=token).status == 200
    clock.now += 2
    assert self_as(Authorization=token).status == 401
    bob = portal.issue_token(portal.other_user)
    portal.terminate(portal.other_user)
    assert self_as(Authorization=bob).status == 401


@pytest.fixture
def pending(login):
    """Return a function that signs in without a code and returns the response."""

    def pending(portal):
        result = login(portal)
        assert result.status == 201
        assert result.headers["Set-Cookie"] is None
        return result.response

    return pending


def test_the_code_of_an_authenticator_app_or_a_backup_code_is_read_from_the_path(
    clock, login, pending
):
    with DemoPortal(tfa="app", clock=clock) as portal:
        assert pending(portal) == {"token": None, "tfa": True}

        result = login(portal, "/000000")
        assert (result.status, result.message) == (500, "User authentication failed")
        result = login(portal, f"/{portal.totp()}.json")
        token = result.response
        assert result.status == 201
        assert list(token) == ["token", "expires", "tfa"]
        code = portal.backup_codes[0]
        assert login(portal, "/" + quote(code)).status == 201
        assert code not in portal.backup_codes
        assert login(portal, "/" + quote(code)).status == 500


def test_the_secret_of_a_new_app_is_shown_until_the_first_correct_code(clock, login, pending):
    with DemoPortal(tfa="app-new", clock=clock) as portal:
        answer = pending(portal)
        assert list(answer) == ["token", "tfa", "tfaKey"]
        assert base64.b32decode(answer["tfaKey"]) == b"ann's own secret key"

        assert portal.backup_codes == []
        assert login(portal, "/" + portal.totp()).status == 201
        assert len(portal.backup_codes) == 10
        assert "tfaKey" not in pending(portal)


def test_after_five_wrong_codes_a_correct_one_is_refused_for_a_minute(clock, login):
    with DemoPortal(tfa="app", clock=clock) as portal:
        for _ in range(5):
            login(portal, "/000000")
        assert login(portal, "/" + portal.totp()).status == 500
        clock.now += 61
        assert login(portal, "/" + portal.totp()).status == 201


def test_a_new_sms_is_sent_only_after_the_previous_code_has_expired(clock, login, pending):
    with DemoPortal(tfa="sms", clock=clock) as portal:
        answer = pending(portal)
        assert list(answer) == ["token", "expires", "sms", "phoneNoise"]
        assert answer["phoneNoise"] == "+1********23"
        code = portal.sms_code()
        pending(portal)
        assert portal.sms_code() == code

        result = login(portal, "/" + code)
        assert list(result.response) == ["token", "expires", "sms", "phoneNoise"]
        assert login(portal, "/" + code).status == 500


def test_sms_codes_expire_and_more_than_six_messages_are_refused(clock, login, pending):
    with DemoPortal(tfa="sms", clock=clock) as portal:
        pending(portal)
        code = portal.sms_code()
        clock.now += 601
        assert login(portal, "/" + code).status == 500
        for _ in range(6):
            result = login(portal, "/sendsms")
            assert result.status == 201
            assert list(result.response) == ["sms", "phoneNoise", "expires"]
        assert login(portal, "/sendsms").status == 500


def test_without_a_phone_nothing_is_sent_until_one_is_set(clock, login, pending):
    with DemoPortal(tfa="sms-new", clock=clock) as portal:
        assert pending(portal) == {"token": None, "sms": True}
        assert portal.sms_code() == ""

        assert login(portal, "/setphone", mobilePhone="+4930123456").status == 201
        assert login(portal, "/" + portal.sms_code()).status == 201
        assert login(portal, "/setphone", mobilePhone="+4930999999").status == 500
