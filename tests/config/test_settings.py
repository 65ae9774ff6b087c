"""Options, variables, portals.json and defaults, in this order; the portal of a given token."""

from __future__ import annotations

import pytest

from tests.portal import faults
from tests.waiting import ended

ESCAPE = "\x1b["

# Options, variables, and whether output on a terminal is colored.
COLOR = [
    ((), {}, True),
    (("--color", "auto"), {}, True),
    (("--color", "never"), {"CLICOLOR_FORCE": "1"}, False),
    (("--no-color",), {"FORCE_COLOR": "1"}, False),
    (("--color", "always"), {"NO_COLOR": "1", "TERM": "dumb"}, True),
    ((), {"NO_COLOR": "1"}, False),
    ((), {"NO_COLOR": ""}, True),
    ((), {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
    ((), {"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True),
    ((), {"CLICOLOR_FORCE": "1", "TERM": "dumb"}, True),
    ((), {"CLICOLOR_FORCE": "0", "TERM": "dumb"}, False),
    ((), {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ((), {"FORCE_COLOR": "0", "TERM": "dumb"}, False),
    ((), {"CLICOLOR": "0"}, False),
    ((), {"CLICOLOR": "1"}, True),
    ((), {"TERM": "dumb"}, False),
    ((), {"OOCLI_COLOR": "never"}, False),
    ((), {"OOCLI_COLOR": "always", "NO_COLOR": "1"}, True),
    (("--color", "never"), {"OOCLI_COLOR": "always"}, False),
    (("--color", "auto"), {"OOCLI_COLOR": "never"}, True),
]


@pytest.mark.parametrize(("options", "variables", "colored"), COLOR)
def test_the_first_setting_in_the_order_decides_about_color_on_a_terminal(
    portal, terminal, options, variables, colored
):
    handle = terminal("call", "GET", "people/@self", *options, env=variables, signed_in_to=portal)
    ended(handle)

    assert handle.exitstatus == 0
    assert (ESCAPE in handle.before) == colored
    assert '"' in handle.before


@pytest.mark.parametrize("variable", ["CLICOLOR_FORCE", "FORCE_COLOR"])
def test_the_variables_of_ci_systems_never_color_data_in_a_pipe(portal, oocli, variable):
    ran = oocli("call", "GET", "people/@self", env={variable: "1"}, signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (0, portal.last_body + b"\n")


@pytest.mark.parametrize(
    ("options", "variables"), [(("--color", "always"), {}), ((), {"OOCLI_COLOR": "always"})]
)
def test_color_always_also_colors_data_in_a_pipe(portal, oocli, options, variables):
    ran = oocli("call", "GET", "people/@self", *options, env=variables, signed_in_to=portal)

    assert ran.exit == 0
    assert ran.stdout.startswith(b"{\n  \x1b[")


# A token in a variable belongs to one portal


def test_a_token_variable_is_never_sent_to_the_stored_default_portal(portal, oocli, sign_in):
    sign_in(portal)
    portal.forget()

    ran = oocli("call", "GET", "people/@self", env={"OOCLI_TOKEN": "abc"})

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr == (
        "oocli: OOCLI_TOKEN is set, but no portal is\n"
        "hint: set OOCLI_PORTAL too, or give --portal HOST\n"
    )
    assert portal.requests == []


def test_a_token_of_one_portal_is_never_sent_to_another(portal, docspace, oocli):
    ran = oocli(
        "call", "GET", "people/@self", "--portal", docspace.origin,
        env={"OOCLI_TOKEN": "abc", "OOCLI_PORTAL": portal.origin},
    )  # fmt: skip

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(
        f"oocli: OOCLI_TOKEN belongs to {portal.host} (OOCLI_PORTAL), "
        f"not to {docspace.host}\nhint: "
    )
    assert portal.requests == docspace.requests == []


@pytest.mark.parametrize("other", ["https://{host}", "{origin}/office", "http://localhost:{port}"])
def test_a_token_of_an_address_that_only_looks_alike_is_not_sent(portal, oocli, other):
    named = other.format(host=portal.host, origin=portal.origin, port=portal.port)

    ran = oocli(
        "call", "GET", "people/@self", "--portal", named,
        env={"OOCLI_TOKEN": "abc", "OOCLI_PORTAL": portal.origin},
    )  # fmt: skip

    assert ran.exit == 2
    assert portal.connections == 0


@pytest.mark.parametrize("option", [True, False])
@pytest.mark.parametrize("variable", [True, False])
def test_a_token_goes_to_the_portal_named_beside_it(portal, oocli, option, variable):
    token = portal.issue_token()
    given = ["--portal", portal.origin] if option else []
    env = {"OOCLI_TOKEN": token} | ({"OOCLI_PORTAL": portal.origin} if variable else {})

    ran = oocli("call", "GET", "people/@self", *given, env=env)

    assert ran.exit == (0 if option or variable else 2)
    assert [seen.header("Authorization") for seen in portal.requests] == [token] * (
        option or variable
    )


def test_a_portal_option_without_a_scheme_has_the_recorded_one(portal, oocli, sign_in):
    sign_in(portal)

    ran = oocli(
        "call", "GET", "people/@self", "--portal", portal.host,
        env={"OOCLI_TOKEN": portal.issue_token(), "OOCLI_PORTAL": portal.origin},
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")


def test_the_portal_option_overrides_the_portal_variable(portal, docspace, oocli, sign_in):
    sign_in(portal)
    sign_in(docspace)

    ran = oocli("token", "--portal", docspace.host, env={"OOCLI_PORTAL": portal.host})

    assert ran.exit == 0
    assert docspace.is_live(ran.stdout.decode().strip())


def test_with_a_token_in_a_pipe_neither_keyring_nor_rich_is_imported(portal, oocli):
    ran = oocli(
        "call", "GET", "people/@self", signed_in_to=portal, env={"PYTHONPROFILEIMPORTTIME": "1"}
    )

    assert ran.exit == 0
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.splitlines()}
    assert "requests" in loaded
    assert not {"keyring", "rich"} & loaded


@pytest.mark.parametrize("text", ["two words", "a\tb", "a\nb", "café", "   "])
def test_a_token_with_invalid_characters_is_refused_by_the_name_of_its_variable(
    portal, oocli, text
):
    ran = oocli("call", "GET", "x", env={"OOCLI_TOKEN": text, "OOCLI_PORTAL": portal.origin})

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith("oocli: OOCLI_TOKEN contains ")
    assert portal.requests == []


# Values of variables and options


def test_a_run_with_empty_variables_treats_them_as_unset(portal, oocli, sign_in):
    sign_in(portal)
    names = ("PORTAL", "TOKEN", "TOKEN_FILE", "NO_INPUT", "NO_KEYRING", "TIMEOUT", "RETRY", "COLOR")

    ran = oocli("call", "GET", "people/@self", env={f"OOCLI_{name}": "" for name in names})

    assert (ran.exit, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OOCLI_TIMEOUT", "soon"),
        ("OOCLI_TIMEOUT", "0"),
        ("OOCLI_TIMEOUT", "inf"),
        ("OOCLI_RETRY", "many"),
        ("OOCLI_RETRY", "-1"),
        ("OOCLI_RETRY", "21"),
        ("OOCLI_RETRY", "²"),
        ("OOCLI_COLOR", "purple"),
        ("OOCLI_CONFIG_DIR", "~no-such-user/x"),
        ("REQUESTS_CA_BUNDLE", "nowhere"),
        ("SSL_CERT_FILE", "nowhere"),
    ],
)
def test_an_invalid_value_is_refused_by_the_name_of_its_variable(portal, oocli, variable, value):
    ran = oocli("call", "GET", "x", signed_in_to=portal, env={variable: value})

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(f"oocli: {variable}")
    assert ran.stderr.count("\n") == 1
    assert portal.requests == []


def test_options_override_variables_and_verbose_shows_the_source(portal, oocli):
    env = {"OOCLI_TIMEOUT": "7", "OOCLI_RETRY": "1"}

    ran = oocli("whoami", "-v", "--timeout", "9", signed_in_to=portal, env=env)

    assert ran.exit == 0
    lines = ran.stderr.splitlines()
    assert "timeout: 9 s (--timeout)" in lines
    assert "retry: 1 (OOCLI_RETRY)" in lines
    assert f"portal: {portal.origin} (OOCLI_PORTAL)" in lines


@pytest.mark.parametrize(("options", "asked"), [((), 1), (("--retry", "1"), 2)])
def test_the_retry_option_overrides_the_retry_variable(portal, oocli, options, asked):
    portal.order("GET", "people", faults.Empty(503), times=None)

    ran = oocli("call", "GET", "people", *options, signed_in_to=portal, env={"OOCLI_RETRY": "0"})

    assert ran.exit == 5
    assert len(portal.requests) == asked


@pytest.mark.parametrize(
    ("variables", "asks"),
    [
        ({}, True),
        ({"CI": "false"}, True),
        ({"CI": "0"}, True),
        ({"CI": "true"}, False),
        ({"OOCLI_NO_INPUT": "1"}, False),
        ({"OOCLI_NO_INPUT": "0"}, True),
    ],
)
def test_login_asks_no_question_in_ci_or_without_input(portal, terminal, variables, asks):
    import pexpect

    handle = terminal("login", "--portal", portal.origin, env=variables)
    found = handle.expect(["(?i)user for ", "hint: give it with --user", pexpect.EOF])

    assert found == (0 if asks else 1)


@pytest.mark.parametrize(
    ("options", "variables", "exit"),
    [
        ((), {}, 2),
        (("--insecure-http",), {}, 10),
        ((), {"OOCLI_INSECURE_HTTP": "1"}, 10),
        ((), {"OOCLI_INSECURE_HTTP": "0"}, 2),
    ],
)
def test_plain_http_to_another_machine_needs_insecure_http(oocli, options, variables, exit):
    env = {"OOCLI_TOKEN": "abc", "OOCLI_PORTAL": "http://portal.invalid"} | variables

    ran = oocli("call", "GET", "people/@self", *options, "--retry", "0", env=env)

    assert ran.exit == exit, ran.stderr


@pytest.fixture
def netrc(home):
    """A .netrc file with a password for the portal."""
    file = home.path / ".netrc"
    file.write_text("machine 127.0.0.1 login ann password netrc-secret\n")
    file.chmod(0o600)
    return file


def test_neither_netrc_nor_a_dotenv_file_nor_other_tools_variables_are_read(
    portal, home, netrc, oocli
):
    (home.path / ".env").write_text(f"OOCLI_PORTAL={portal.origin}\nOOCLI_TOKEN=dotenv-secret\n")
    other = {"NETRC": str(netrc), "ONLYOFFICE_TOKEN": "x", "GH_TOKEN": "y"}

    without, with_token = (
        oocli("call", "GET", "people/@self", env=other),
        oocli("call", "GET", "people/@self", env=other, signed_in_to=portal),
    )

    assert (without.exit, with_token.exit) == (4, 0)
    (seen,) = portal.requests
    assert portal.is_live(seen.header("Authorization"))


@pytest.mark.usefixtures("netrc")
def test_a_login_does_not_take_its_password_from_netrc(portal, oocli):
    ran = oocli("login", "--portal", portal.origin, "--with-token", stdin=portal.issue_token())

    assert ran.exit == 0
    assert portal.requests[0].header("Authorization") is None
    assert not any("Basic" in (seen.header("Authorization") or "") for seen in portal.requests)
