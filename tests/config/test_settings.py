"""Option before variable before portals.json before default; and whose token a variable holds."""

from __future__ import annotations

import pytest

from tests.portal import faults
from tests.waiting import ended

ESCAPE = "\x1b["

# Option, variables, and whether a terminal is coloured; the order is that of the conventions.
COLOUR = [
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


@pytest.mark.parametrize(("options", "variables", "coloured"), COLOUR)
def test_a_terminal_is_coloured_as_the_first_word_in_the_order_says(
    portal, terminal, options, variables, coloured
):
    handle = terminal("call", "GET", "people/@self", *options, env=variables, signed_in_to=portal)
    ended(handle)

    assert handle.exitstatus == 0
    assert (ESCAPE in handle.before) == coloured
    assert '"' in handle.before


@pytest.mark.parametrize("variable", ["CLICOLOR_FORCE", "FORCE_COLOR"])
def test_what_a_ci_system_sets_never_colours_the_data_of_a_pipe(portal, oocli, variable):
    ran = oocli("call", "GET", "people/@self", env={variable: "1"}, signed_in_to=portal)

    assert (ran.exit, ran.stdout) == (0, portal.last_body + b"\n")


@pytest.mark.parametrize(
    ("options", "variables"), [(("--color", "always"), {}), ((), {"OOCLI_COLOR": "always"})]
)
def test_who_asks_for_colour_by_name_gets_it_in_a_pipe_too(portal, oocli, options, variables):
    ran = oocli("call", "GET", "people/@self", *options, env=variables, signed_in_to=portal)

    assert ran.exit == 0
    assert ran.stdout.startswith(b"{\n  \x1b[")


# The token of a variable belongs to one portal


def test_a_token_is_never_sent_to_a_stored_default(portal, oocli, sign_in):
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


def test_option_and_variable_are_compared_with_the_scheme_that_is_recorded(portal, oocli, sign_in):
    sign_in(portal)

    ran = oocli(
        "call", "GET", "people/@self", "--portal", portal.host,
        env={"OOCLI_TOKEN": portal.issue_token(), "OOCLI_PORTAL": portal.origin},
    )  # fmt: skip

    assert (ran.exit, ran.stderr) == (0, "")


def test_a_portal_variable_without_a_token_gives_way_to_the_option(
    portal, docspace, oocli, sign_in
):
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
def test_a_token_with_anything_odd_inside_is_refused_by_the_name_of_its_variable(
    portal, oocli, text
):
    ran = oocli("call", "GET", "x", env={"OOCLI_TOKEN": text, "OOCLI_PORTAL": portal.origin})

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith("oocli: OOCLI_TOKEN contains ")
    assert portal.requests == []


# Values


def test_an_empty_variable_counts_as_unset(portal, oocli, sign_in):
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
def test_a_variable_of_no_meaning_is_refused_by_name(portal, oocli, variable, value):
    ran = oocli("call", "GET", "x", signed_in_to=portal, env={variable: value})

    assert (ran.exit, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(f"oocli: {variable}")
    assert ran.stderr.count("\n") == 1
    assert portal.requests == []


def test_options_go_before_variables_and_verbose_says_so(portal, oocli):
    env = {"OOCLI_TIMEOUT": "7", "OOCLI_RETRY": "1"}

    ran = oocli("whoami", "-v", "--timeout", "9", signed_in_to=portal, env=env)

    assert ran.exit == 0
    lines = ran.stderr.splitlines()
    assert "timeout: 9 s (--timeout)" in lines
    assert "retry: 1 (OOCLI_RETRY)" in lines
    assert f"portal: {portal.origin} (OOCLI_PORTAL)" in lines


@pytest.mark.parametrize(("options", "asked"), [((), 1), (("--retry", "1"), 2)])
def test_the_number_of_repeats_is_obeyed(portal, oocli, options, asked):
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
def test_in_ci_nobody_is_asked(portal, terminal, variables, asks):
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
def test_plain_http_beyond_this_machine_wants_consent(oocli, options, variables, exit):
    env = {"OOCLI_TOKEN": "abc", "OOCLI_PORTAL": "http://portal.invalid"} | variables

    ran = oocli("call", "GET", "people/@self", *options, "--retry", "0", env=env)

    assert ran.exit == exit, ran.stderr


def test_neither_netrc_nor_a_dotenv_file_nor_other_tools_variables_are_read(portal, home, oocli):
    (home.path / ".netrc").write_text("machine 127.0.0.1 login ann password netrc-secret\n")
    (home.path / ".netrc").chmod(0o600)
    (home.path / ".env").write_text(f"OOCLI_PORTAL={portal.origin}\nOOCLI_TOKEN=dotenv-secret\n")
    other = {"NETRC": str(home.path / ".netrc"), "ONLYOFFICE_TOKEN": "x", "GH_TOKEN": "y"}

    without, with_token = (
        oocli("call", "GET", "people/@self", env=other),
        oocli("call", "GET", "people/@self", env=other, signed_in_to=portal),
    )

    assert (without.exit, with_token.exit) == (4, 0)
    (seen,) = portal.requests
    assert portal.is_live(seen.header("Authorization"))


def test_a_login_does_not_take_its_password_from_netrc(portal, home, oocli):
    (home.path / ".netrc").write_text("machine 127.0.0.1 login ann password netrc-secret\n")
    (home.path / ".netrc").chmod(0o600)

    ran = oocli("login", "--portal", portal.origin, "--with-token", stdin=portal.issue_token())

    assert ran.exit == 0
    assert portal.requests[0].header("Authorization") is None
    assert not any("Basic" in (seen.header("Authorization") or "") for seen in portal.requests)
