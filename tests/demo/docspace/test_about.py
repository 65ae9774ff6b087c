"""Settings, connections, states and forwarded addresses of a DocSpace portal."""

import pytest

from tests.portal import DemoPortal

CONNECTION = [
    "id", "tenantId", "userId", "mobile", "ip", "country", "city", "browser", "platform", "date",
    "page",
]  # fmt: skip
PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "docs.example.com"}


def test_settings_always_contain_the_deep_link_of_the_mobile_apps(portal, ask, get):
    for result in (ask(portal, "GET", "settings"), get("settings")):
        assert list(result.response["deepLink"]) == ["androidPackageName", "url", "iosPackageId"]


@pytest.mark.parametrize("headers", [{}, PROXY, {"X-Forwarded-Proto": "https"}])
def test_absolute_addresses_begin_with_the_forwarded_scheme_and_host(portal, ask, get, headers):
    host = headers.get("X-Forwarded-Host", portal.host)
    origin = f"{headers.get('X-Forwarded-Proto', 'http')}://{host}"
    login = {"userName": portal.user, "password": portal.password}

    result = get("people/@self", headers=headers)
    signed_in = ask(portal, "POST", "authentication", json_body=login, headers=headers)

    assert result.json["links"][0]["href"] == f"{origin}/api/2.0/people/@self"
    assert result.response["profileUrl"].startswith(origin + "/")
    assert ("; secure; " in signed_in.headers["Set-Cookie"]) is origin.startswith("https")


def test_the_rewritten_address_of_workspace_is_ignored(portal, get):
    result = get("people/@self", headers={"X-REWRITER-URL": "https://docs.example.com"})

    assert result.json["links"][0]["href"].startswith(portal.origin)


def test_connections_have_a_country_and_a_city_that_are_empty_when_unknown(portal, ask):
    token = portal.issue_token()
    cookie = {"Cookie": f"asc_auth_key={token}"}

    with_cookie = ask(portal, "GET", "security/activeconnections", headers=cookie).response
    without = ask(portal, "GET", "security/activeconnections", token=token).response

    (item,) = with_cookie["items"]
    assert list(item) == CONNECTION
    assert (item["country"], item["city"]) == ("", "")
    assert with_cookie["loginEvent"] == item["id"] > 0
    assert without == {**with_cookie, "loginEvent": 0}


def test_an_account_without_a_session_has_one_made_up_connection(portal, ask):
    key = portal.make_key()
    browser = {"User-Agent": "oocli/1.0"}

    result = ask(
        portal, "GET", "security/activeconnections", token=f"Bearer {key}", headers=browser
    ).response

    (item,) = result["items"]
    assert list(item) == CONNECTION
    assert (item["id"], item["ip"], item["browser"]) == (0, "127.0.0.1", "oocli/1.0")
    assert result["loginEvent"] == 0


SUSPENDED_ANSWERS = [
    ("GET", "settings", 200),
    ("GET", "settings/colortheme", 200),
    ("GET", "settings/whitelabel/logos", 200),
    ("POST", "authentication/confirm", 200),
    ("GET", "settings/version/build", 404),
    ("GET", "capabilities", 404),
    ("GET", "capabilities.json", 404),
    ("GET", "authentication", 404),
    ("POST", "authentication", 404),
    ("GET", "people/@self", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), SUSPENDED_ANSWERS)
def test_a_suspended_portal_answers_a_few_routes(portal, ask, method, path, status):
    token = portal.issue_token()
    portal.state = "suspended"

    result = ask(portal, method, path, token=token, json_body=None if method == "GET" else {})

    assert result.status == status
    if status == 404:
        assert list(result.json) == ["type", "title", "status", "traceId"]
    if path == "settings":
        assert result.response["tenantStatus"] == 1


def test_a_portal_that_is_being_removed_answers_no_route(portal, ask):
    portal.state = "removing"

    assert ask(portal, "GET", "settings").status == 404


@pytest.mark.parametrize(
    ("state", "number"), [("transferring", 3), ("restoring", 4), ("encrypting", 6)]
)
def test_a_busy_portal_answers_403_and_shows_its_state_in_the_settings(
    portal, ask, get, state, number
):
    portal.state = state

    for path in ("capabilities", "authentication", "people"):
        result = get(path)
        assert (result.status, result.json["status"]) == (403, 403)
    assert ask(portal, "GET", "settings").response["tenantStatus"] == number
    assert ask(portal, "GET", "settings/version/build").status == 200


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("GET", 404), ("HEAD", 404), ("POST", 404),
        ("PUT", 405), ("DELETE", 405), ("PATCH", 405), ("OPTIONS", 405),
    ],
)  # fmt: skip
def test_the_router_answers_paths_that_begin_with_an_unknown_word(portal, ask, method, status):
    result = ask(portal, method, "nix", token=portal.issue_token())

    assert (result.status, result.headers["Content-Type"]) == (status, "text/html")
    assert result.headers["Allow"] is None and result.headers["Server-Timing"] is None
    title = {404: b"404 Not Found", 405: b"405 Not Allowed"}[status]
    assert (title in result.body) is (method != "HEAD")


def test_a_path_with_a_known_second_word_is_answered_by_a_service(portal, ask):
    result = ask(portal, "PUT", "nix/people", token=portal.issue_token())

    assert (result.status, result.body) == (404, b"")
    assert result.headers["Server-Timing"]


def test_absolute_addresses_never_contain_the_sub_path(ask):
    with DemoPortal("docspace", sub_path="/office") as portal:
        result = ask(portal, "GET", "/office/api/2.0/capabilities")

    assert result.json["links"][0]["href"] == f"http://127.0.0.1:{portal.port}/api/2.0/capabilities"
