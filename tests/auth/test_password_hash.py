"""The hash that DocSpace takes in place of a password."""

from oocli.auth.password_hash import hashed


def test_the_hash_follows_the_published_formula():
    salt = "0123456789abcdef" * 4

    value = hashed("correct horse", salt, 100_000, 256)

    assert value == "0ca2eeeb4266540bedc4a75aa0974d6f1bb1961ee0ae3253ddd0c31fc8a34ee9"


def test_white_space_around_a_password_is_ignored_as_on_the_portal():
    salt = "0123456789abcdef" * 4

    assert hashed(" a b\n", salt, 1000, 256) == hashed("a b", salt, 1000, 256)
