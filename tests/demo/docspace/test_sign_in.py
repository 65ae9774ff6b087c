"""Sign-in, credentials and sign-out of a DocSpace portal."""

import base64
import hashlib
from urllib.parse import quote

import pytest

from tests.portal import DemoPortal


def hashed(portal, ask, password):
    rule = ask(portal, "GET", "settings").response["passwordHash"]
    raw = hashlib.pbkdf2_hmac(
        "sha256", password.encode(), rule["salt"].encode(), rule["iterations"], rule["size"] // 8
    )
    return raw.hex()


def test_a_login_is_a_200_with_a_utc_date_both_flags_and_an_escaped_cookie(portal, login):
    result = login(portal)

    assert result.status == 200
    assert list(result.json) == ["response", "count", "links", "status", "statusCode"]
    assert list(result.response) == ["token", "expires", "sms", "tfa"]
    assert result.response["expires"] == "2027-05-28T20:26:40Z"
    assert result.json["links"] == [
        {"href": f"{portal.origin}/api/2.0/authentication", "action": "POST"}
    ]
    cookie = result.headers["Set-Cookie"]
    assert cookie.startswith(
        "asc_auth_key=" + quote(result.response["token"], safe="") + "; expires="
    )
    assert cookie.endswith("samesite=strict; httponly")


def test_a_session_login_and_its_cookie_have_no_end(portal, login):
    result = login(portal, session=True)

    assert result.response["expires"] == "0001-01-01T00:00:00"
    assert "expires" not in result.headers["Set-Cookie"]


def test_an_unlimited_lifetime_is_written_as_the_first_date_of_the_calendar(portal, login):
    portal.set_lifetime(None)

    assert login(portal).response["expires"] == "0001-01-01T00:00:00"


def test_the_password_hash_signs_in_and_precedes_the_password(portal, ask, login):
    right = hashed(portal, ask, portal.password)

    assert login(portal, passwordHash=right, password="wrong").status == 200
    assert login(portal, passwordHash="0" * 64).status == 401


def test_with_ldap_only_the_plain_password_signs_in(portal, ask, login):
    portal.ldap = True

    assert ask(portal, "GET", "capabilities").response["ldapEnabled"] is True
    right = hashed(portal, ask, portal.password)
    assert login(portal, passwordHash=right, password="").status == 401
    assert login(portal).status == 200


def test_a_plain_password_is_trimmed_and_names_are_read_in_any_case(portal, ask):
    given = {"USERNAME": portal.user, "PassWord": f"  {portal.password} "}

    assert ask(portal, "POST", "authentication", json_body=given).status == 200


@pytest.mark.parametrize(
    "fields", [{"password": "no"}, {"userName": ""}, {"userName": "nobody"}, {"password": ""}]
)
def test_each_failed_login_is_a_401_envelope_without_stack(portal, login, fields):
    result = login(portal, **fields)

    assert result.status == 401
    assert result.json == {
        "error": {
            "message": "User authentication failed",
            "type": None,
            "stack": None,
            "hresult": 0,
        },
        "status": 1,
        "statusCode": 401,
    }
    assert list(result.json) == ["error", "status", "statusCode"]
    assert result.headers["Cache-Control"] == "no-cache,no-store"


def test_the_sixth_attempt_is_403_for_a_minute_unless_a_captcha_is_right(portal, login, clock):
    for _ in range(5):
        assert login(portal, password="no").status == 401

    result = login(portal, userName="ANN@example.com")
    assert (result.status, result.json["error"]["type"]) == (403, None)
    assert result.headers["Retry-After"] is None
    assert login(portal, recaptchaResponse="wrong").status == 403
    assert login(portal, recaptchaResponse="right").status == 200
    clock.now += 61
    assert login(portal).status == 200


def test_a_disabled_user_is_a_403_with_a_stack(portal, login):
    portal.terminate(portal.other_user)
    result = login(portal, userName=portal.other_user, password=portal.other_password)

    assert result.status == 403
    assert result.json["error"]["type"] == "System.InvalidOperationException"
    assert result.json["error"]["stack"]


def test_a_login_form_is_a_415_and_broken_json_a_400(portal, ask):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    result = ask(portal, "POST", "authentication", "userName=a", headers=form)
    assert result.status == 415
    assert result.headers["Content-Type"].startswith("application/problem+json")
    assert (result.json["status"], result.json["statusCode"]) == (0, 200)
    assert result.response["title"] == "Unsupported Media Type"

    result = ask(portal, "POST", "authentication", "{", headers={"Content-Type": "text/json"})
    assert result.status == 400
    assert (result.json["status"], result.json["statusCode"]) == (1, 400)
    assert result.response["errors"]


def test_a_logout_ends_only_the_session_of_the_cookie_and_is_always_200(portal, ask):
    token, other = portal.issue_token(), portal.issue_token()

    for headers in ({}, {"Authorization": token}, {"Cookie": "asc_auth_key=dead"}):
        result = ask(portal, "POST", "authentication/logout", headers=headers)
        assert result.status == 200
        assert list(result.json) == ["count", "links", "status", "statusCode"]
    assert portal.live_sessions() == [token, other]

    headers = {"Authorization": other, "Cookie": f"asc_auth_key={token}"}
    assert ask(portal, "POST", "authentication/logout", headers=headers).status == 200
    assert portal.live_sessions() == [other]
    assert ask(portal, "GET", "authentication/logout").status == 405


def test_the_cookie_precedes_a_token_in_the_header_but_not_a_key(portal, ask):
    ann, bob = portal.issue_token(), portal.issue_token(portal.other_user)

    def name(**headers):
        result = ask(portal, "GET", "people/@self", headers=headers)
        return result.response["userName"] if result.status == 200 else result.status

    assert name(Authorization=ann) == name(Authorization=f"Bearer {ann}") == "ann"
    assert name(Authorization=ann, Cookie=f"asc_auth_key={bob}") == "bob"
    assert name(Authorization=ann, Cookie=f"asc_auth_key={quote(bob, safe='')}") == "bob"
    assert name(Authorization=ann, Cookie="asc_auth_key=dead") == 401
    assert name(Authorization=f"bearer {ann}") == 401
    key = portal.make_key()
    assert name(Authorization=f"Bearer {key}", Cookie=f"asc_auth_key={bob}") == "ann"


def test_a_401_is_empty_and_clears_an_invalid_cookie(portal, ask):
    result = ask(portal, "GET", "people/@self")
    assert (result.status, result.body, result.headers["WWW-Authenticate"]) == (401, b"", None)
    assert "aspnetcore-request-time" in result.headers["Server-Timing"]

    result = ask(portal, "GET", "people/@self", headers={"Cookie": "asc_auth_key=dead"})
    assert "asc_auth_key=; expires=Thu, 01 Jan 1970" in result.headers["Set-Cookie"]


def test_basic_is_challenged_even_on_success_and_malformed_basic_is_a_500(portal, ask):
    def basic(text):
        value = "Basic " + base64.b64encode(text.encode()).decode()
        return ask(portal, "GET", "people/@self", token=value)

    good = basic(f"{portal.user}:{portal.password}")
    assert (good.status, good.headers["WWW-Authenticate"][:5]) == (200, "Basic")
    bad = basic(f"{portal.user}:no")
    assert (bad.status, bad.body, bad.headers["WWW-Authenticate"][:5]) == (401, b"", "Basic")
    assert basic("no colon").status == 500
    assert ask(portal, "GET", "people/@self", token="Basic ???").status == 500


def test_a_jwt_is_accepted_if_the_identity_service_knows_it(portal, ask):
    portal.accept_jwt("aaa.bbb.ccc", portal.other_user)

    result = ask(portal, "GET", "people/@self", token="Bearer aaa.bbb.ccc")
    assert result.response["userName"] == "bob"
    assert ask(portal, "GET", "people/@self", token="Bearer aaa.bbb.ddd").status == 401


def test_get_authentication_is_a_boolean_and_never_401(portal, ask):
    assert ask(portal, "GET", "authentication").response is False
    assert ask(portal, "GET", "authentication", token=portal.issue_token()).response is True


def test_active_connections_recognize_the_own_session_only_by_the_cookie(portal, ask):
    token = portal.issue_token()
    path = "security/activeconnections"
    assert ask(portal, "GET", path, token=token).response["loginEvent"] == 0
    cookie = {"Cookie": f"asc_auth_key={token}"}
    event = ask(portal, "GET", path, headers=cookie).response["loginEvent"]

    assert event == ask(portal, "GET", "people/@self", headers=cookie).response["loginEventId"]
    assert ask(portal, "PUT", f"{path}/logout/{event}", token=token).response is True
    assert portal.live_sessions() == []


def test_the_code_of_an_authenticator_app_is_read_from_the_body(clock, ask, login):
    with DemoPortal("docspace", tfa="app", clock=clock) as portal:
        result = login(portal)
        assert list(result.response) == ["expires", "sms", "tfa", "confirmUrl"]
        assert result.response["expires"] == "0001-01-01T00:00:00"
        assert result.headers["Set-Cookie"].startswith("asc_confirm_key_TfaAuth=")

        assert login(portal, "/" + portal.totp()).status == 401  # the body has no code
        assert login(portal, "/000000", code="000000").message == "User authentication failed"
        result = login(portal, "/anything", code=portal.totp())
        assert result.status == 200
        assert list(result.response) == ["token", "expires", "sms", "tfa"]
        assert result.response["tfa"] is True
        code = portal.backup_codes[0]
        assert login(portal, "/x", code=code).status == 200
        assert login(portal, "/x", code=code).status == 401


def test_the_secret_of_a_new_app_is_shown_until_the_first_correct_code(clock, login):
    with DemoPortal("docspace", tfa="app-new", clock=clock) as portal:
        result = login(portal)
        assert base64.b32decode(result.response["tfaKey"]) == b"ann's own secret key"
        assert "asc_confirm_key_TfaActivation" in result.headers["Set-Cookie"]

        assert login(portal, "/x", code=portal.totp()).status == 200
        assert "tfaKey" not in login(portal).response
        assert portal.backup_codes


def test_an_sms_code_signs_in(clock, ask, login):
    with DemoPortal("docspace", tfa="sms", clock=clock) as portal:
        result = login(portal)
        assert result.response["phoneNoise"] == "+1********23"
        assert result.response["expires"] == "2026-05-28T20:36:40Z"
        assert result.response["sms"] is True
        first = portal.sms_code()
        assert login(portal, "/sendsms").status == 200
        assert login(portal, "/x", code=portal.sms_code()).response["sms"] is True
        assert len(first) == 6


def test_setting_a_first_phone_needs_the_header_of_the_confirmation_link(clock, ask, login):
    with DemoPortal("docspace", tfa="sms-new", clock=clock) as portal:
        result = login(portal)
        assert "phoneNoise" not in result.response
        query = result.response["confirmUrl"].partition("?")[2]
        body = {"mobilePhone": "+4930123456"}

        assert ask(portal, "POST", "authentication/setphone", json_body=body).status == 403
        headers = {"confirm": query}
        result = ask(portal, "POST", "authentication/setphone", json_body=body, headers=headers)
        assert result.response["phoneNoise"].startswith("+4")
        assert login(portal, "/x", code=portal.sms_code()).status == 200
