"""Sign-in, credentials and sign-out of a Workspace portal."""

import base64
import http.client
import json
from urllib.parse import quote, urlencode

import pytest

from tests.portal import DemoPortal

JSON = {"Content-Type": "application/json"}


def ask(portal, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=5)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def login(portal, more="", **fields):
    given = {"userName": portal.user, "password": portal.password} | fields
    return ask(portal, "POST", "/api/2.0/authentication" + more, json.dumps(given), JSON)


def message(body):
    return json.loads(body)["error"]["message"]


def test_a_login_is_a_201_with_escaped_slashes_a_date_with_offset_and_a_cookie(portal):
    answer, body = login(portal)

    assert answer.status == 201
    assert answer.getheader("Content-Type") == "application/json; charset=utf-8"
    assert b"\\/" in body
    assert list(json.loads(body)) == ["count", "status", "statusCode", "response"]
    token = json.loads(body)["response"]
    assert list(token) == ["token", "expires"]
    assert token["expires"] == "2027-05-28T23:26:40.0000000+03:00"
    cookie = answer.getheader("Set-Cookie")
    assert cookie.startswith(
        f"asc_auth_key={token['token']}; expires=Fri, 28-May-2027 20:26:40 GMT"
    )
    assert cookie.endswith("; path=/; HttpOnly")
    assert portal.live_sessions() == [token["token"]]


@pytest.mark.parametrize("spelling", ["userName", "username", "USERNAME"])
def test_member_names_can_be_in_any_case_and_the_user_can_be_an_id(portal, spelling):
    me = portal.issue_token()
    _, body = ask(portal, "GET", "/api/2.0/people/@self", headers={"Authorization": me})
    id = json.loads(body)["response"]["id"]
    given = {spelling: id, "PASSWORD": portal.password}

    assert (
        ask(portal, "POST", "/api/2.0/authentication.json", json.dumps(given), JSON)[0].status
        == 201
    )


@pytest.mark.parametrize("kind", ["form", "multipart", "query"])
def test_a_login_can_be_a_form_multipart_or_a_query(portal, kind):
    pairs = {"userName": portal.user, "password": portal.password}
    path, body, headers = "/api/2.0/authentication", None, {}
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

    assert ask(portal, "POST", path, body, headers)[0].status == 201


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
def test_each_failed_login_is_a_500_with_the_same_message(portal, fields):
    answer, body = login(portal, **fields)

    assert (answer.status, answer.reason) == (500, "Server error")
    assert list(json.loads(body)) == ["status", "statusCode", "error"]
    assert json.loads(body)["error"] == {
        "message": "User authentication failed",
        "hresult": -2147467259,
        "data": {},
    }


def test_a_login_of_broken_json_or_without_an_object_is_a_400(portal):
    for body in ("{", "[1]"):
        assert ask(portal, "POST", "/api/2.0/authentication", body, JSON)[0].status == 400


def test_the_sixth_attempt_within_a_minute_is_refused_and_the_block_lasts_a_minute(portal, clock):
    for _ in range(5):
        assert message(login(portal, password="no")[1]) == "User authentication failed"

    assert message(login(portal)[1]) == "Login Fail. Too many attempts"
    assert login(portal, userName="ANN@example.com")[0].status == 201  # counted as typed
    clock.now += 59
    assert login(portal)[0].status == 500
    clock.now += 2
    assert login(portal)[0].status == 201


def test_correct_passwords_do_not_count_as_attempts(portal):
    for _ in range(8):
        assert login(portal)[0].status == 201


def test_the_word_logout_in_the_path_is_taken_for_a_code(portal):
    token = portal.issue_token()

    answer, body = ask(
        portal, "POST", "/api/2.0/authentication/logout", headers={"Authorization": token}
    )

    assert (answer.status, message(body)) == (500, "User authentication failed")
    assert portal.is_live(token)


def test_the_logout_page_reads_only_the_cookie(portal):
    token = portal.issue_token()

    ask(portal, "GET", "/Auth.aspx?t=logout", headers={"Authorization": token})
    assert portal.is_live(token)
    answer, _ = ask(
        portal, "GET", "/Auth.aspx?t=logout", headers={"Cookie": f"asc_auth_key={token}"}
    )

    assert answer.status == 302
    assert answer.getheader("Location") == portal.origin + "/Auth.aspx"
    assert "asc_auth_key=;" in answer.getheader("Set-Cookie")
    assert not portal.is_live(token)


def self_as(portal, path="/api/2.0/people/@self", **headers):
    return ask(portal, "GET", path, headers=headers)


def test_a_token_can_be_plain_with_bearer_escaped_or_in_the_query(portal):
    token = portal.issue_token()
    for value in (token, f"Bearer {token}", quote(token, safe="")):
        answer, _ = self_as(portal, Authorization=value)
        assert answer.status == 200
        assert token in answer.getheader("Set-Cookie")
    path = "/api/2.0/people/@self?asc_auth_key=" + quote(token, safe="")
    assert self_as(portal, path)[0].status == 200
    assert self_as(portal, Authorization=f"bearer {token}")[0].status == 401


def test_the_header_precedes_the_cookie_unless_its_token_is_invalid(portal):
    ann, bob = portal.issue_token(), portal.issue_token(portal.other_user)
    cookie = f"asc_auth_key={bob}"

    def name(**headers):
        return json.loads(self_as(portal, **headers)[1])["response"]["userName"]

    assert name(Authorization=ann, Cookie=cookie) == "ann"
    assert name(Authorization="dead", Cookie=cookie) == "bob"
    answer, _ = self_as(portal, Cookie=cookie)
    assert answer.getheader("Set-Cookie") is None


def test_a_401_is_plain_text_with_a_challenge_only_if_the_header_was_sent(portal):
    answer, body = self_as(portal)
    assert (answer.status, body) == (401, b"Unauthorized")
    assert answer.getheader("WWW-Authenticate") is None

    answer, body = self_as(portal, "/api/2.0/people/@self.xml", Authorization="dead")
    assert (answer.status, body) == (401, b"Unauthorized")
    assert answer.getheader("WWW-Authenticate") == f'Basic Realm="{portal.host}"'


def test_an_invalid_cookie_is_cleared(portal):
    answer, _ = self_as(portal, Cookie="asc_auth_key=dead")

    assert answer.status == 401
    assert "expires=Thu, 01-Jan-1970" in answer.getheader("Set-Cookie")


def test_basic_counts_no_attempts_and_has_no_login_event(portal):
    def basic(password):
        return "Basic " + base64.b64encode(f"{portal.user}:{password}".encode()).decode()

    for _ in range(7):
        assert self_as(portal, Authorization=basic("wrong"))[0].status == 401
    answer, _ = self_as(portal, Authorization=basic(portal.password))
    assert answer.status == 200
    path = "/api/2.0/security/activeconnections"
    headers = {"Authorization": basic(portal.password), "X-Forwarded-For": "192.0.2.7, 10.0.0.1"}
    _, body = self_as(portal, path, **headers)
    result = json.loads(body)["response"]
    (item,) = result["items"]  # derived from this request
    assert (item["id"], item["ip"], item["country"], item["city"]) == (0, "192.0.2.7", "", "")
    assert result["loginEvent"] == 0


def test_active_connections_recognize_the_own_session_only_by_the_cookie(portal):
    token, other = portal.issue_token(), portal.issue_token()
    path = "/api/2.0/security/activeconnections"

    _, body = self_as(portal, path, Authorization=token)
    assert json.loads(body)["response"]["loginEvent"] == 0
    headers = {"Authorization": token, "Cookie": f"asc_auth_key={token}"}
    _, body = self_as(portal, path, **headers)
    event = json.loads(body)["response"]["loginEvent"]
    items = json.loads(body)["response"]["items"]
    assert event in [item["id"] for item in items]
    assert {(item["country"], item["city"]) for item in items} == {("", "")}

    _, body = ask(portal, "PUT", f"{path}/logout/{event}", headers={"Authorization": other})
    assert json.loads(body)["response"] is True
    assert portal.live_sessions() == [other]
    ask(portal, "PUT", f"{path}/logoutallexceptthis", headers={"Authorization": other})
    assert portal.live_sessions() == []


def test_a_token_expires_with_its_lifetime_and_with_its_account(portal, clock):
    token = json.loads(login(portal)[1])["response"]["token"]
    clock.now += 365 * 86400 - 1
    assert self_as(portal, Authorization=token)[0].status == 200
    clock.now += 2
    assert self_as(portal, Authorization=token)[0].status == 401
    bob = portal.issue_token(portal.other_user)
    portal.terminate(portal.other_user)
    assert self_as(portal, Authorization=bob)[0].status == 401


def pending(portal):
    answer, body = login(portal)
    assert answer.status == 201
    assert answer.getheader("Set-Cookie") is None
    return json.loads(body)["response"]


def test_the_code_of_an_authenticator_app_or_a_backup_code_is_read_from_the_path(clock):
    with DemoPortal(tfa="app", clock=clock) as portal:
        assert pending(portal) == {"token": None, "tfa": True}

        answer, body = login(portal, "/000000")
        assert (answer.status, message(body)) == (500, "User authentication failed")
        answer, body = login(portal, f"/{portal.totp()}.json")
        token = json.loads(body)["response"]
        assert answer.status == 201
        assert list(token) == ["token", "expires", "tfa"]
        code = portal.backup_codes[0]
        assert login(portal, "/" + quote(code))[0].status == 201
        assert code not in portal.backup_codes
        assert login(portal, "/" + quote(code))[0].status == 500


def test_the_secret_of_a_new_app_is_shown_until_the_first_correct_code(clock):
    with DemoPortal(tfa="app-new", clock=clock) as portal:
        answer = pending(portal)
        assert list(answer) == ["token", "tfa", "tfaKey"]
        assert base64.b32decode(answer["tfaKey"]) == b"ann's own secret key"

        assert portal.backup_codes == []
        assert login(portal, "/" + portal.totp())[0].status == 201
        assert len(portal.backup_codes) == 10
        assert "tfaKey" not in pending(portal)


def test_after_five_wrong_codes_a_correct_one_is_refused_for_a_minute(clock):
    with DemoPortal(tfa="app", clock=clock) as portal:
        for _ in range(5):
            login(portal, "/000000")
        assert login(portal, "/" + portal.totp())[0].status == 500
        clock.now += 61
        assert login(portal, "/" + portal.totp())[0].status == 201


def test_a_new_sms_is_sent_only_after_the_previous_code_has_expired(clock):
    with DemoPortal(tfa="sms", clock=clock) as portal:
        answer = pending(portal)
        assert list(answer) == ["token", "expires", "sms", "phoneNoise"]
        assert answer["phoneNoise"] == "+1********23"
        code = portal.sms_code()
        pending(portal)
        assert portal.sms_code() == code

        _, body = login(portal, "/" + code)
        assert list(json.loads(body)["response"]) == ["token", "expires", "sms", "phoneNoise"]
        assert login(portal, "/" + code)[0].status == 500


def test_sms_codes_expire_and_more_than_six_messages_are_refused(clock):
    with DemoPortal(tfa="sms", clock=clock) as portal:
        pending(portal)
        code = portal.sms_code()
        clock.now += 601
        assert login(portal, "/" + code)[0].status == 500
        for _ in range(6):
            answer, body = login(portal, "/sendsms")
            assert answer.status == 201
            assert list(json.loads(body)["response"]) == ["sms", "phoneNoise", "expires"]
        assert login(portal, "/sendsms")[0].status == 500


def test_without_a_phone_nothing_is_sent_until_one_is_set(clock):
    with DemoPortal(tfa="sms-new", clock=clock) as portal:
        assert pending(portal) == {"token": None, "sms": True}
        assert portal.sms_code() == ""

        assert login(portal, "/setphone", mobilePhone="+4930123456")[0].status == 201
        assert login(portal, "/" + portal.sms_code())[0].status == 201
        assert login(portal, "/setphone", mobilePhone="+4930999999")[0].status == 500
