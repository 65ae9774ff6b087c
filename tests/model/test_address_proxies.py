"""Addresses of proxies, with user and password before the last `@`."""

from __future__ import annotations

import base64
from urllib.parse import unquote, urlsplit

import pytest

from oocli.model.address import ProxyAddress
from oocli.model.errors import UsageError
from oocli.model.secret import Redactor


@pytest.mark.parametrize("password", ["plain-one", "pa ss", "p#ass", "p/ass", "p?ass", "p@ass",
    "p[ass]", "p:ass", "p%ass", "p\\ass", "pässwörd", "p]as@[s", "s3cret//x"])  # fmt: skip
@pytest.mark.parametrize("scheme", ["http://", "https://", "socks5h://", ""])
def test_user_and_password_are_everything_before_the_last_at_sign(scheme, password):
    proxy = ProxyAddress.parse(f"{scheme}proxy-user:{password}@proxy.example:3128/").checked()

    assert (proxy.host, proxy.user.reveal(), proxy.password.reveal()) == (
        "proxy.example:3128", "proxy-user", password,
    )  # fmt: skip
    assert str(proxy) == f"{scheme or 'http://'}***@proxy.example:3128"
    parts = urlsplit(proxy.url)
    assert (parts.hostname, parts.port) == ("proxy.example", 3128)
    assert unquote(parts.password) == password
    sent = base64.b64decode(proxy.authorization.removeprefix("Basic ")).decode()
    assert sent == f"proxy-user:{password}"


@pytest.mark.parametrize(
    "address", ["http://proxy-user:a%2Fb%20c-secret@p", "proxy-user:a%2Fb%20c-secret@p"]
)
def test_user_and_password_are_masked_as_typed_decoded_and_encoded(address):
    with Redactor() as redactor:
        ProxyAddress.parse(address)

    for text in ("a%2Fb%20c-secret", "a/b c-secret", "proxy-user",
                 base64.b64encode(b"proxy-user:a/b c-secret").decode()):  # fmt: skip
        assert text not in redactor.mask(f"about {text} here")


@pytest.mark.parametrize(
    "address", ["http://proxy.example:3128", "proxy.example:3128", "http://[::1]:3128"]
)
def test_a_proxy_without_a_user_has_no_authorization(address):
    proxy = ProxyAddress.parse(address).checked()

    assert proxy.authorization is None
    assert proxy.url == str(proxy) == f"http://{address.removeprefix('http://')}"


@pytest.mark.parametrize("address", ["http://me:hush-hush", "http://[::1", "ftp://p:1", "http://",
    "http://me:hush-hush@", "http://me:hush-hush@p:99999", "http://me:hush-hush@p:x",
    "hush-hush://p", "http://a b", "http://me:hush-hush@p[x"])  # fmt: skip
def test_an_invalid_proxy_is_a_usage_error_that_does_not_quote_it(address):
    with pytest.raises(UsageError, match="the proxy cannot be used: ") as caught:
        ProxyAddress.parse(address).checked()

    assert "hush-hush" not in str(caught.value) + str(caught.value.hint)
