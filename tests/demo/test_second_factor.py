"""Codes of RFC 6238, backup codes and masked phone numbers."""

import pytest

from oocli.demo.second_factor import FactorRefused, SecondFactor, mask_phone, new_backup_codes, totp
from tests.portal.crowd import made_up


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_match_the_test_vectors_of_the_rfc(at, code):
    assert totp(b"12345678901234567890", at) == code


def test_the_code_of_the_previous_step_is_accepted_and_an_older_one_is_not():
    factor, account = SecondFactor("app"), made_up(1)
    factor.prepare([account])
    now = 1_000_000.0

    assert factor.check(account, totp(account.totp_secret, now - 30), now).app
    with pytest.raises(FactorRefused):
        factor.check(account, totp(account.totp_secret, now - 90), now)


def test_backup_codes_consist_of_letters_digits_dash_and_underscore():
    codes = new_backup_codes()

    assert len(set(codes)) == 10
    assert all(code.replace("-", "").replace("_", "").isalnum() for code in codes)
    assert {"-", "_"} <= set("".join(codes))


def test_phone_numbers_are_masked_except_for_both_ends():
    assert mask_phone("+12025550123") == "+1********23"
