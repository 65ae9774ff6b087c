"""Addresses of portals: origin, sub-path and key, and what is refused."""

from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from oocli.model.address import PortalAddress
from oocli.model.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("docs.example.com", "https://docs.example.com"),
        ("  docs.example.com\n", "https://docs.example.com"),
        ("docs.example.com/", "https://docs.example.com"),
        ("DOCS.Example.COM", "https://docs.example.com"),
        ("docs.example.com:8443", "https://docs.example.com:8443"),
        ("docs.example.com:443", "https://docs.example.com"),
        ("http://docs.example.com:80", "http://docs.example.com"),
        ("http://docs.example.com:443", "http://docs.example.com:443"),
        ("https://docs.example.com:0443", "https://docs.example.com"),
        ("https://docs.example.com:", "https://docs.example.com"),
        ("HTTPS://docs.example.com", "https://docs.example.com"),
        ("docs.example.com.", "https://docs.example.com"),
        ("localhost:8080", "https://localhost:8080"),
        ("portal", "https://portal"),
        ("my_portal.example.com", "https://my_portal.example.com"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("BÜCHER.example", "https://xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("docs\u3002example\uff0ecom", "https://docs.example.com"),
        ("\uff11\uff12\uff17.0.0.1", "https://127.0.0.1"),
        ("straße.example", "https://xn--strae-oqa.example"),
        ("strasse.example", "https://strasse.example"),
        ("ΟΔΟΣ.example", "https://xn--pxavbq.example"),
        ("οδος.example", "https://xn--pxavbm.example"),
        ("xn--strae-oqa.example", "https://xn--strae-oqa.example"),
        ("192.0.2.10:8080", "https://192.0.2.10:8080"),
        ("[2001:DB8:0::1]", "https://[2001:db8::1]"),
        ("[::1]:8080", "https://[::1]:8080"),
        ("[::ffff:1.2.3.4]", "https://[::ffff:102:304]"),
        ("[::FFFF:0102:0304]", "https://[::ffff:102:304]"),
        ("[::1.2.3.4]", "https://[::102:304]"),
    ],
)
def test_a_host_in_any_spelling_has_one_origin(typed, origin):
    assert PortalAddress.parse(typed).origin == origin


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("docs.example.com/office", "/office"),
        ("docs.example.com/office/", "/office"),
        ("docs.example.com//office//two", "/office/two"),
        ("https://docs.example.com/Office", "/Office"),
        ("docs.example.com/my%20office", "/my%20office"),
        ("docs.example.com/büro", "/b%C3%BCro"),
        ("docs.example.com?x=/office", ""),
        ("docs.example.com#/office", ""),
        ("docs.example.com/office?a=b#c", "/office"),
        ("https://docs.example.com/Products/Files/Default.aspx", ""),
        ("https://docs.example.com/office/Products/Files/", "/office"),
        ("https://docs.example.com/rooms/shared/filter?folder=12", ""),
        ("https://docs.example.com/api/2.0/people/@self", ""),
        ("https://docs.example.com/office/api/2.0/people/@self.json", "/office"),
        ("https://docs.example.com/login", ""),
        ("https://docs.example.com/office/login?culture=de", "/office"),
        ("https://docs.example.com/portal-settings/security", ""),
        ("https://docs.example.com/Auth.aspx?t=logout", ""),
        ("https://docs.example.com/office/anything.aspx", "/office"),
        ("https://docs.example.com/filehandler.ashx?action=download", ""),
        ("https://docs.example.com/office/rooms-of-ours", "/office/rooms-of-ours"),
    ],
)
def test_the_sub_path_is_the_part_before_the_first_page_of_the_portal(typed, path):
    assert PortalAddress.parse(typed).path == path


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("https://DOCS.example.com", "docs.example.com"),
        ("http://docs.example.com:8080", "docs.example.com:8080"),
        ("https://docs.example.com/Office", "docs.example.com/office"),
        ("http://docs.example.com", "docs.example.com"),
        ("[::1]:8080", "[::1]:8080"),
    ],
)
def test_the_key_has_no_scheme_no_default_port_and_no_capitals(typed, key):
    assert PortalAddress.parse(typed).key == key


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "https://", "https:///docs.example.com", "/docs", "?x", ":8080", "https://:8080",
        "ftp://docs.example.com", "file:///etc/passwd", "javascript://docs.example.com",
        "http:docs.example.com", "https:/docs.example.com", "mailto:ann@example.com",
        "docs.example.com\\@other.example", "docs.example.com\\", "https:\\\\docs.example.com",
        "docs example.com", "docs.example.com\r\nX: y", "docs\t.example.com", "docs\x00.example",
        "docs.example.com:0", "docs.example.com:65536", "docs.example.com:8080x",
        "docs.example.com:-1", "docs.example.com:" + "9" * 5000, "docs.example.com:1:2",
        "docs..example.com", ".example.com", "docs.example.com..", "-docs.example.com",
        "docs-.example.com", "a" * 64 + ".example", "a." * 130 + "example", "do%63s.example.com",
        "docs.example.com,other.example", "\u2100.example", "\u202edocs.example.com",
        "[::1", "::1", "[docs.example.com]", "[::1]x", "[fe80::1%25eth0]", "[fe80::1%eth0]",
        "\u2603.example", "ü_x.example", "a\u200db.example", "\u0301x.example",
        "ü" * 64 + ".example", "ü." * 5000, "ab--ü.example", "\u05d0b.example",
        "docs.example.com/../other", "docs.example.com/%2e%2E/other", "docs.example.com/./x",
        "docs.example.com/office/.%2e/login",
    ],
)  # fmt: skip
def test_an_invalid_address_of_a_portal_is_refused(typed):
    with pytest.raises(UsageError):
        PortalAddress.parse(typed)


@given(st.text(st.characters(codec="utf-8", min_codepoint=0x80), min_size=1, max_size=12))
@example("ς")
@example("ß")
@example("ẞ")
@example("Σ")
def test_a_host_name_that_is_not_ascii_is_encoded_as_requests_does(label):
    label = label.lower()  # as requests does, so that a last capital sigma becomes a final one
    address = parsed(f"{label}.example")
    try:
        prepared = requests.Request("GET", f"https://{label}.example/").prepare()
    except requests.exceptions.InvalidURL:  # requests refuses characters that need a mapping
        return

    assert address is not None
    assert urlsplit(prepared.url).hostname == address.host


@pytest.mark.parametrize(
    "typed",
    ["0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "127.1", "127.0.1", "127.0.0.256",
     "127.0.0.01", "192.0.2", "1.2.3.4.5", "docs.example.0x1", "docs.example.12"],
)  # fmt: skip
def test_an_ip_address_that_programs_read_differently_is_refused(typed):
    with pytest.raises(UsageError, match="ambiguous IP address"):
        PortalAddress.parse(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "https://ann:hunter2@docs.example.com",
        "ann:hunter2@docs.example.com",
        "https://hunter2@docs.example.com/rooms",
        "ftp://ann:hunter2@docs.example.com",
        "https://ann:hun ter2@docs.example.com",
        "https://ann:hunter2\\@docs.example.com",
        "https://docs.example.com@hunter2.example",
        "@docs.example.com",
    ],
)
def test_user_info_is_refused_and_never_repeated(typed):
    with pytest.raises(UsageError, match="user name or password") as raised:
        PortalAddress.parse(typed)

    assert "hunter2" not in repr(raised.value) + str(raised.value) + str(raised.value.hint)


def test_the_default_scheme_applies_to_an_address_without_one():
    assert PortalAddress.parse("127.0.0.1:80", scheme="http").origin == "http://127.0.0.1"
    assert PortalAddress.parse("https://127.0.0.1", scheme="http").origin == "https://127.0.0.1"


@pytest.mark.parametrize(
    ("typed", "loopback"),
    [
        ("localhost", True),
        ("LOCALHOST.:8080", True),
        ("127.0.0.1", True),
        ("127.255.3.4", True),
        ("[::1]", True),
        ("[0:0:0:0:0:0:0:1]", True),
        ("localhost.example.com", False),
        ("127.0.0.1.example.com", False),
        ("128.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("[::]", False),
        ("[::ffff:127.0.0.1]", False),
        ("notlocalhost", False),
    ],
)
def test_only_addresses_of_this_machine_are_loopback(typed, loopback):
    assert PortalAddress.parse(typed).is_loopback is loopback


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("https://docs.example.com", True),
        ("https://DOCS.example.com.:443/anything", True),
        ("http://docs.example.com", False),
        ("https://docs.example.com:8443", False),
        ("https://www.docs.example.com", False),
        ("https://docs.example.com.evil.example", False),
    ],
)
def test_the_same_server_has_the_same_scheme_host_and_port(other, same):
    portal = PortalAddress.parse("https://docs.example.com/office")

    assert portal.same_server(PortalAddress.parse(other)) is same


def parsed(text):
    """Return the address, or None if it is refused with a usage error."""
    try:
        return PortalAddress.parse(text)
    except UsageError:
        return None


pieces = st.sampled_from(
    ["http://", "https://", "HTTP://", "//", "/", ":", "@", "\\", "[", "]", "::1", "%", "%2e", ".",
     "..", "?", "#", "127.0.0.1", "0x7f", "docs", "example.com", ":443", ":99999", "rooms", "api",
     "ü", "\u3002", "\u2100", "\x00", " ", "Office", "-", "_", "xn--", ".aspx", "\ud800"]
)  # fmt: skip
addresses = st.one_of(
    st.text(max_size=40),
    st.lists(pieces, max_size=8).map("".join),
    st.builds("https://{}.example/{}".format, st.text(max_size=10), st.text(max_size=20)),
)


@given(addresses)
@example("https://docs.example.com:" + "9" * 5000)
@example("https://[" + ":" * 100)
@example("https://\U0001f600.example")
def test_any_text_is_refused_or_an_address_whose_origin_is_parsed_as_the_same(text):
    address = parsed(text)

    if address is not None:
        assert PortalAddress.parse(address.origin) == address
        assert address.key == address.key.lower()
        assert address.origin.isascii()
        assert not set(address.origin) & set("@\\ \r\n?#")
