"""Paths as they are typed, and the addresses of the portal to which they lead."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oocli.model.address import PortalAddress
from oocli.model.errors import UsageError
from oocli.model.kinds import DOCSPACE, UNKNOWN, WORKSPACE
from oocli.model.request import RequestTarget

PORTAL = PortalAddress.parse("https://docs.example.com")
OFFICE = PortalAddress.parse("https://docs.example.com/office")
ODD_PORT = PortalAddress.parse("http://127.0.0.1:8080")


def url(typed, portal=PORTAL, kind=UNKNOWN, params=()):
    """Return the address that a PATH leads to."""
    return RequestTarget.parse(typed, portal, kind, params).url(portal)


@pytest.mark.parametrize(
    "typed",
    [
        "people/@self",
        "/people/@self",
        "people/@self.json",
        "/people/@self.json",
        "api/2.0/people/@self",
        "/api/2.0/people/@self",
        "/api/2.0/people/@self.json",
        "https://docs.example.com/api/2.0/people/@self",
        "https://docs.example.com/api/2.0/people/@self.json",
        "HTTPS://DOCS.example.COM.:443/api/2.0/people/@self#top",
    ],
)
@pytest.mark.parametrize(
    ("kind", "ending"), [(WORKSPACE, ".json"), (DOCSPACE, ""), (UNKNOWN, "")], ids=str
)
def test_every_spelling_of_a_path_leads_to_the_same_address(typed, kind, ending):
    target = RequestTarget.parse(typed, PORTAL, kind)

    assert target.url(PORTAL) == f"https://docs.example.com/api/2.0/people/@self{ending}"
    assert (target.display_path, target.is_api) == ("people/@self", True)


@pytest.mark.parametrize(
    "typed",
    [
        "people",
        "/office/api/2.0/people",
        "/Office/api/2.0/people",
        "/api/2.0/people",
        "https://docs.example.com/office/api/2.0/people",
        "https://docs.example.com/OFFICE/api/2.0/people.json",
    ],
)
def test_a_path_on_a_portal_below_a_sub_path_stays_below_it(typed):
    assert url(typed, OFFICE) == "https://docs.example.com/office/api/2.0/people"


@pytest.mark.parametrize(
    ("typed", "on_workspace", "elsewhere"),
    [
        ("files/@search/report", "report.json", "report"),
        ("files/@search/report.json", "report.json", "report"),
        ("files/@search/report.json.json", "report.json.json", "report.json"),
        ("files/@search/report.JSON", "report.JSON.json", "report.JSON"),
        ("files/@search/report.xml", "report.xml.json", "report.xml"),
        ("files/@search/report/", "report.json", "report/"),
    ],
)
def test_a_typed_json_ending_is_removed_and_workspace_gets_one(typed, on_workspace, elsewhere):
    below = "https://docs.example.com/api/2.0/files/@search/"

    assert url(typed, kind=WORKSPACE) == below + on_workspace
    assert url(typed, kind=DOCSPACE) == url(typed, kind=UNKNOWN) == below + elsewhere


def test_a_link_of_the_portal_outside_the_api_is_left_unchanged():
    link = "https://docs.example.com/Products/Files/HttpHandlers/filehandler.ashx"
    target = RequestTarget.parse(f"{link}?action=download&fileid=12", PORTAL, WORKSPACE)

    assert target.url(PORTAL) == f"{link}?action=download&fileid=12"
    assert (target.is_api, target.display_path) == (
        False,
        "/Products/Files/HttpHandlers/filehandler.ashx",
    )


def test_a_link_outside_the_api_keeps_its_json_ending():
    link = "https://docs.example.com/static/manifest.json"

    assert url(link, kind=DOCSPACE) == url(link, kind=WORKSPACE) == link


@pytest.mark.parametrize(
    ("typed", "params", "query"),
    [
        ("people?count=10", (), "count=10"),
        ("people?count=10", [("startIndex", "5")], "count=10&startIndex=5"),
        ("people", [("count", "10"), ("count", "11")], "count=10&count=11"),
        ("people?", [("a", "")], "a="),
        ("people", [("filterValue[]", "a,b & c=d")], "filterValue%5B%5D=a%2Cb%20%26%20c%3Dd"),
        ("people", [("q", "50% ü+\r\n#")], "q=50%25%20%C3%BC%2B%0D%0A%23"),
        ("people?q=ü%20x", (), "q=%C3%BC%20x"),
        ("people?q=50%", (), "q=50%25"),
        ("people?a=https://x/y?z", (), "a=https://x/y?z"),
        ("people?a=b#c", (), "a=b%23c"),
        ("https://docs.example.com/api/2.0/people?a=b#c", [("d", "e")], "a=b&d=e"),
    ],
)
def test_parameters_are_added_to_the_query_that_was_typed(typed, params, query):
    assert url(typed, params=params) == f"https://docs.example.com/api/2.0/people?{query}"


def test_further_parameters_do_not_change_the_path():
    target = RequestTarget.parse("people.json?count=1", PORTAL, WORKSPACE).with_query([("x", "y")])

    assert target.url(PORTAL) == "https://docs.example.com/api/2.0/people.json?count=1&x=y"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("files/my file", "files/my%20file"),
        ("files/ü", "files/%C3%BC"),
        ("files/a%2Fb", "files/a%2Fb"),
        ("files/50%", "files/50%25"),
        ("files/50%zz", "files/50%25zz"),
        ("files/%41", "files/%41"),
        ("files/a:b", "files/a:b"),
        ("files/sbox-1-|x", "files/sbox-1-%7Cx"),
        ('files/"<>`{}^', "files/%22%3C%3E%60%7B%7D%5E"),
        ("files/a#b", "files/a%23b"),
        ("files/@my", "files/@my"),
        ("files/...", "files/..."),
        ("files/a..b", "files/a..b"),
    ],
)
def test_a_path_is_escaped_once(typed, path):
    assert url(typed) == f"https://docs.example.com/api/2.0/{path}"


@pytest.mark.parametrize(
    "typed",
    [
        "https://evil.example/api/2.0/people",
        "https://docs.example.com.evil.example/api/2.0/people",
        "https://docs.example.com@evil.example/api/2.0/people",
        "https://docs.example.com:443@evil.example/api/2.0/people",
        "https://ann:secret@docs.example.com/api/2.0/people",
        "https://evil.example\\@docs.example.com/api/2.0/people",
        "https:\\\\docs.example.com/people",
        "https://evil.example?@docs.example.com/api",
        "https://evil.example#@docs.example.com/api",
        "https://evil.example/?x=/filehandler.ashx",
        "https://evil.example#/filehandler.ashx",
        "https://evil.example?/filehandler.ashx",
        "https://evil.example/filehandler.ashx/",
        "https://evil.example/filehandler.ashx;x",
        "https://evil.example/myfilehandler.ashx",
        "https://evil.example/Auth.ashx",
        "https://ann:secret@evil.example/filehandler.ashx",
        "ftp://evil.example/filehandler.ashx",
        "HTTPS://EVIL.example/",
        "https:/evil.example/people",
        "https:///evil.example/people",
        "ftp://docs.example.com/people",
        "file:///etc/passwd",
        "https://",
        "https://d\u03bfcs.example.com/people",
        "https://[::1]/people",
        "https://2130706433/people",
        "//evil.example/people",
        "///evil.example/people",
        "/\\evil.example/people",
        "\\\\evil.example\\people",
    ],
)
def test_an_address_of_another_origin_is_refused_however_it_is_written(typed):
    with pytest.raises(UsageError):
        RequestTarget.parse(typed, PORTAL, UNKNOWN)


DOWNLOAD = "filehandler.ashx?action=download&fileid=12"


@pytest.mark.parametrize(
    ("typed", "at_the_root", "below_office"),
    [
        ("http://docs.example.com/api/2.0/people", "/api/2.0/people", "/api/2.0/people"),
        ("https://docs.example.com:8443/x.docx", "/x.docx", "/x.docx"),
        ("http://DOCS.example.com.:80/a?b=c#d", "/a?b=c", "/a?b=c"),
        ("http://docs.example.com:8080/office/a", "/office/a", "/a"),
        ("https://docs.example.com/Office/a", "/Office/a", "/a"),
        ("https://docs.example.com/officers/people", "/officers/people", "/officers/people"),
        ("https://docs.example.com/", "/", "/"),
        ("https://docs.example.com/office", "/office", "/"),
    ],
)
def test_a_link_with_the_host_of_the_portal_leads_to_the_origin_of_the_portal(
    typed, at_the_root, below_office
):
    assert url(typed) == f"https://docs.example.com{at_the_root}"
    assert url(typed, OFFICE) == f"https://docs.example.com/office{below_office}"
    assert RequestTarget.parse(typed, PORTAL, UNKNOWN).other_host is None


@pytest.mark.parametrize(
    ("typed", "path", "other_host"),
    [
        (f"http://inner:8080/{DOWNLOAD}", f"/{DOWNLOAD}", "inner:8080"),
        (f"https://10.0.0.7/office/{DOWNLOAD}", f"/{DOWNLOAD}", "10.0.0.7"),
        (
            f"http://onlyoffice-community/Products/Files/HttpHandlers/{DOWNLOAD}#x",
            f"/Products/Files/HttpHandlers/{DOWNLOAD}",
            "onlyoffice-community",
        ),
        ("http://[::1]:5000/FILEHANDLER.ASHX", "/FILEHANDLER.ASHX", "[::1]:5000"),
        ("http://inner/ChunkedUploader.ashx?uid=ab", "/ChunkedUploader.ashx?uid=ab", "inner"),
    ],
)
def test_a_link_of_another_host_to_a_file_leads_to_the_origin_of_the_portal(
    typed, path, other_host
):
    target = RequestTarget.parse(typed, OFFICE, WORKSPACE)

    assert target.url(OFFICE) == f"https://docs.example.com/office{path}"
    assert (target.is_api, target.other_host) == (False, other_host)
    assert target.with_query([("a", "b")]).other_host == other_host


@pytest.mark.parametrize("slash", ["", "/", "/office/", "/OFFICE/"])
@pytest.mark.parametrize("path", [DOWNLOAD, "Products/Files/ChunkedUploader.ASHX?uid=ab"])
def test_a_path_that_ends_in_ashx_is_outside_the_api(slash, path):
    target = RequestTarget.parse(slash + path, OFFICE, WORKSPACE)

    assert target.url(OFFICE) == f"https://docs.example.com/office/{path}"
    assert (target.is_api, target.other_host) == (False, None)


def test_a_sub_path_with_an_escape_is_recognized_however_it_is_written():
    portal = PortalAddress.parse("docs.example.com/b\u00fcro")

    for written in ("b\u00fcro", "b%c3%bcro", "b%C3%BCro"):
        typed = f"http://docs.example.com/{written}/x"
        assert url(typed, portal) == "https://docs.example.com/b%C3%BCro/x"


@pytest.mark.parametrize(
    "typed",
    ["http://127.0.0.1:8080/api/2.0/people", "http://127.0.0.1:08080/api/2.0/people"],
)
def test_an_address_with_a_port_is_compared_with_its_port(typed):
    assert url(typed, ODD_PORT) == "http://127.0.0.1:8080/api/2.0/people"


@pytest.mark.parametrize(
    "typed",
    [
        "..", ".", "../people", "people/../../settings", "people/./x", "people/..", "people/.",
        "people/%2e%2e/x", "people/%2E./x", "people/.%2e", "people/..%2fsettings",
        "people/a%2F..%2Fb", "people/..%5Csettings", "/api/2.0/../../login",
        "...json", "people/%2e%2e.json", "people/..json", "/api/2.0/files/...json",
        "https://docs.example.com/api/2.0/../../login", "https://docs.example.com/..",
    ],
)  # fmt: skip
def test_dot_segments_are_refused_even_if_escaped(typed):
    with pytest.raises(UsageError, match=r"`\.` and `\.\.` are not allowed in PATH"):
        RequestTarget.parse(typed, PORTAL, WORKSPACE)


@pytest.mark.parametrize(
    "typed",
    [
        "", "people\r\nX-Evil: 1", "people\nx", "people?a=b\r\nX: y", "people\x00", "people\x7f",
        "people\tx", "a\\b", "people//x", "people//", "files/\udcff", "people?\ud800",
        "https://docs.example.com//evil.example/x",
    ],
)  # fmt: skip
def test_a_path_that_could_split_a_request_or_is_ambiguous_is_refused(typed):
    with pytest.raises(UsageError):
        RequestTarget.parse(typed, PORTAL, UNKNOWN)


def test_a_parameter_that_is_not_utf8_is_refused():
    with pytest.raises(UsageError, match="not valid UTF-8"):
        RequestTarget.parse("people", PORTAL, UNKNOWN, [("q", "\udcff")])


@pytest.mark.parametrize("typed", ["C:/Program Files/Git/people/@self", "d:\\people"])
def test_the_error_about_a_path_that_git_bash_converted_has_a_hint(typed):
    with pytest.raises(UsageError, match="file path") as raised:
        RequestTarget.parse(typed, PORTAL, UNKNOWN)

    assert raised.value.hint == "omit the leading slash: people/@self"


pieces = st.sampled_from(
    ["https://", "http://", "docs.example.com", "evil.example", "@", ":", ":443", "/", "//", "\\",
     "/filehandler.ashx", ".ashx", "?", "#", "..", "%2e%2e", "%2f", "%00",
     "api/2.0", "/office", "people", ".json", ".", " ",
     "\r\n", "\u3002", "ü", "[", "]", "%", "=", "&"]
)  # fmt: skip


@given(
    typed=st.one_of(st.text(max_size=40), st.lists(pieces, max_size=10).map("".join)),
    params=st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=2),
    portal=st.sampled_from([PORTAL, OFFICE, ODD_PORT]),
    kind=st.sampled_from([WORKSPACE, DOCSPACE, UNKNOWN]),
)
@example("https://docs.example.com", [], PORTAL, UNKNOWN)
@example("https://docs.example.com?x", [], PORTAL, UNKNOWN)
@example("@evil.example", [], PORTAL, UNKNOWN)
@example(":443@evil.example", [], PORTAL, UNKNOWN)
def test_any_typed_path_is_refused_or_leads_to_the_portal(typed, params, portal, kind):
    try:
        built = url(typed, portal, kind, params)
    except UsageError:
        return
    split = urlsplit(built)

    assert built.startswith(portal.origin + "/")
    assert f"{split.scheme}://{split.netloc}" == portal.origin.removesuffix(portal.path)
    assert built.isascii()
    assert not set(built) & set("\\ \r\n#")
    assert not {".", ".."} & set(split.path.split("/"))
