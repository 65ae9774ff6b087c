"""The kinds of portal, how they are recognized, and what differs between them."""

import pytest

from oocli.model.kinds import DOCSPACE, UNKNOWN, WORKSPACE, kind_from_build, kind_named


@pytest.mark.parametrize(
    ("build", "kind"),
    [
        ({"communityServer": "12.7.0", "documentServer": "9.0", "mailServer": "1"}, WORKSPACE),
        ({"docSpace": "3.7.2", "documentServer": "9.0"}, DOCSPACE),
        ({"docSpace": "3.1.0"}, DOCSPACE),
        ({"documentServer": "9.0"}, None),
        ({"docspace": "3.1.0"}, None),
        ({}, None),
        ([], None),
        ("docSpace", None),
        (None, None),
    ],
)
def test_the_version_key_tells_the_kind(build, kind):
    assert kind_from_build(build) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("workspace", WORKSPACE),
        ("docspace", DOCSPACE),
        ("unknown", UNKNOWN),
        ("Workspace", UNKNOWN),
        ("", UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_a_recorded_name_gives_the_kind(name, kind):
    assert kind_named(name) is kind


@pytest.mark.parametrize(
    ("kind", "suffix", "wants_body", "page_size", "page_cap", "keys"),
    [
        (WORKSPACE, ".json", False, 1000, 1000, False),
        (DOCSPACE, "", True, 100, 100, True),
        (UNKNOWN, "", True, 100, 1000, True),
    ],
)
def test_each_kind_has_its_values(kind, suffix, wants_body, page_size, page_cap, keys):
    row = (kind.suffix, kind.wants_body, kind.page_size, kind.page_cap, kind.has_api_keys)

    assert row == (suffix, wants_body, page_size, page_cap, keys)


def test_each_kind_has_its_sign_out_and_its_place_for_the_code():
    assert WORKSPACE.sign_out == ("GET", "/Auth.aspx?t=logout")
    assert DOCSPACE.sign_out == ("POST", "/api/2.0/authentication/logout")
    assert (WORKSPACE.code_in_body, DOCSPACE.code_in_body) == (False, True)


def test_a_portal_of_unknown_kind_may_have_the_sections_of_both():
    both = dict(WORKSPACE.sections) | dict(DOCSPACE.sections)

    assert dict(UNKNOWN.sections) == both
