"""Remote paths as they are typed and printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.files.remote_path import SECTIONS, RemotePath
from oocli.model.errors import UsageError

titles = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from("/%25F20AaDd\n\r:@."), min_size=1
)
starts = st.one_of(
    st.builds(lambda name: {"section": name}, st.sampled_from(SECTIONS)),
    st.builds(
        lambda kind, id: {"id_type": kind, "id": id},
        st.sampled_from([None, "folder", "file"]),
        titles.filter(lambda id: not id.startswith("@") and id not in (".", "..")),
    ),
)


@given(starts, st.lists(titles, max_size=4), st.booleans())
def test_a_printed_path_is_parsed_as_the_same_path(start, names, names_folder):
    path = RemotePath(**start, titles=tuple(names), names_folder=names_folder)

    assert RemotePath.parse(str(path)) == path


@given(starts, st.lists(titles, max_size=4))
def test_a_printed_path_is_one_line(start, names):
    assert not set(str(RemotePath(**start, titles=tuple(names)))) & {"\n", "\r"}


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("my", RemotePath("my")),
        ("my/", RemotePath("my", names_folder=True)),
        ("/my/a", RemotePath("my", titles=("a",))),
        ("@my/a", RemotePath("my", titles=("a",))),
        ("My/a", RemotePath("my", titles=("a",))),
        ("rooms/Contracts/", RemotePath("rooms", titles=("Contracts",), names_folder=True)),
        ("my/and%2For", RemotePath("my", titles=("and/or",))),
        ("my/and%2for", RemotePath("my", titles=("and/or",))),
        ("my/100%", RemotePath("my", titles=("100%",))),
        ("my/100%20", RemotePath("my", titles=("100%20",))),
        ("my/%252F", RemotePath("my", titles=("%2F",))),
        ("my/..", RemotePath("my", titles=("..",))),
        ("id:12", RemotePath(id="12")),
        ("file:12", RemotePath(id="12", id_type="file")),
        ("folder:drive-1-|a/b", RemotePath(id="drive-1-|a", id_type="folder", titles=("b",))),
        ("my/id:12", RemotePath("my", titles=("id:12",))),
        ("/", RemotePath()),
    ],
)
def test_a_typed_path_has_a_start_and_titles(typed, path):
    assert RemotePath.parse(typed) == path


@pytest.mark.parametrize(
    "typed",
    ["", "Reports", "my//a", "//my", "my/a//", "id:", "id:@my", "folder:..", "C:/Git/my/a",
     "my/\udcff", "@@my", "/id:"],
)  # fmt: skip
def test_an_invalid_path_is_refused(typed):
    with pytest.raises(UsageError):
        RemotePath.parse(typed)


def test_the_parent_of_a_path_is_its_folder():
    path = RemotePath.parse("my/Reports/plan.docx")

    assert (str(path.parent), path.title) == ("my/Reports/", "plan.docx")


def test_a_child_is_below_its_folder():
    assert str(RemotePath.parse("my/Reports/").child("a/b")) == "my/Reports/a%2Fb"
