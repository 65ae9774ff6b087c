"""Hints that name command-line options in place of the hints for Python programs."""

import pytest

from oocli.commands.hints import REMEDY_HINTS, name_option
from oocli.model.errors import OocliError, RedirectNotFollowed, Remedy


@pytest.mark.parametrize("remedy", Remedy)
def test_each_remedy_has_a_hint_for_the_command_line(remedy):
    error = OocliError("it failed", remedy=remedy)

    name_option(error)

    assert error.hint == REMEDY_HINTS[remedy]
    assert "--" in error.hint


def test_naming_the_option_again_keeps_a_changed_hint():
    error = OocliError("it failed", remedy=Remedy.TIMEOUT)
    name_option(error)
    error.hint = "something better"

    name_option(error)

    assert error.hint == "something better"


def test_a_redirect_to_another_address_names_the_command_to_sign_in_there():
    error = RedirectNotFollowed("it points to https://b", hint="use https")
    error.sign_in_at = "https://b"

    name_option(error)
    name_option(error)

    assert error.hint == "use https: oocli login --portal https://b"
