"""Reading environment variables, and the directories that oocli uses."""

from pathlib import Path

import pytest

from oocli.config.environment import Environment


def test_an_empty_variable_counts_as_unset_and_the_first_one_set_is_taken():
    env = Environment({"https_proxy": "", "HTTPS_PROXY": "http://proxy.example.com"})

    assert env.get("https_proxy") is None
    assert env.get("https_proxy", "HTTPS_PROXY") == "http://proxy.example.com"


@pytest.mark.parametrize(
    ("value", "on"),
    [("1", True), ("true", True), ("anything", True), ("", False), ("0", False), ("false", False),
     ("FALSE", False), ("no", False), (" off ", False)],
)  # fmt: skip
def test_a_switch_is_on_unless_its_value_says_off(value, on):
    assert Environment({"CI": value}).flag("CI") is on


@pytest.mark.parametrize(
    ("value", "columns"), [("80", 80), ("", 0), ("0", 0), ("-1", 0), ("²", 0), ("9" * 9, 0)]
)
def test_columns_is_ignored_unless_it_is_a_sensible_number(value, columns):
    assert Environment({"COLUMNS": value}).columns() == columns


def test_a_tilde_at_the_start_of_a_path_is_expanded():
    assert Environment({"P": "~/portals"}).path("P") == Path.home() / "portals"
    assert Environment({}).path("P") is None


def test_a_users_command_gets_all_variables_but_the_credential():
    env = Environment({"PATH": "/bin", "OOCLI_PORTAL": "a", "OOCLI_TOKEN": "b"})

    assert env.for_user_command() == {"PATH": "/bin", "OOCLI_PORTAL": "a"}


def test_jq_gets_neither_oocli_variables_nor_the_password_of_a_proxy():
    env = Environment(
        {
            "PATH": "/bin", "OOCLI_PORTAL": "a", "OOCLI_TOKEN": "b",
            "HTTP_PROXY": "http://proxy", "https_proxy": "http://user:secret@proxy",
        }
    )  # fmt: skip

    assert env.for_filter() == {"PATH": "/bin", "HTTP_PROXY": "http://proxy"}


def test_the_demo_gets_neither_oocli_variables_nor_proxy_and_certificate_settings():
    env = Environment(
        {"PATH": "/bin", "OOCLI_TOKEN": "b", "https_proxy": "p", "SSL_CERT_FILE": "f"}
    )

    assert env.for_demo(OOCLI_PORTAL="local") == {"PATH": "/bin", "OOCLI_PORTAL": "local"}


# Directories


def files_below(path):
    """Return every file below a path, locks left out."""
    return sorted(
        str(found.relative_to(path))
        for found in path.rglob("*")
        if found.is_file() and found.suffix != ".lock" and ".cache" not in found.parts
    )


@pytest.mark.posix
def test_the_default_configuration_directory_is_that_of_the_system(portal, home, sign_in):
    del home.env["OOCLI_CONFIG_DIR"]

    ran = sign_in(portal, env={"XDG_CONFIG_HOME": str(home.path / "xdg")})

    assert ran.exit == 0
    assert files_below(home.path) == ["keyring.json", "xdg/oocli/portals.json"]


def test_all_files_are_below_oocli_config_dir(portal, home, sign_in):
    ran = sign_in(portal, "--insecure-storage", env={"XDG_CONFIG_HOME": str(home.path / "xdg")})

    assert ran.exit == 0
    assert files_below(home.path) == ["config/credentials.json", "config/portals.json"]


@pytest.mark.parametrize("given", ["relative/place", "~/relative/place"])
def test_oocli_config_dir_may_be_relative_or_begin_with_a_tilde(portal, home, sign_in, given):
    ran = sign_in(portal, env={"OOCLI_CONFIG_DIR": given})

    assert ran.exit == 0
    assert (home.path / "relative" / "place" / "portals.json").exists()


def test_runs_that_store_nothing_leave_no_file_behind(portal, home, oocli):
    for args in (["call", "GET", "people/@self"], ["whoami"], ["token"], ["portals"]):
        assert oocli(*args, signed_in_to=portal).exit == 0

    assert files_below(home.path) == []
    assert not home.config.exists()
