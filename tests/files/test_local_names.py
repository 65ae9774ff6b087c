"""Local file names for the titles of a portal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.files.entry_list import EntryList
from oocli.files.local_names import LocalNames
from oocli.files.remote_path import RemotePath
from oocli.files.tree import Entry
from oocli.model.local_files import MAX_LOCAL_BYTES, local_name, name_with_suffix


def entries(*titles):
    return [
        Entry(
            "folder" if title.endswith("/") else "file", id, title.removesuffix("/"), RemotePath()
        )
        for id, title in enumerate(titles, 1)
    ]


def local_names(entries, ignores_case):
    found = LocalNames(entries, ignores_case)
    return [found.name_of(entry) for entry in entries]


def names(*titles, ignores_case=False):
    return local_names(entries(*titles), lambda: ignores_case)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("plan.docx", "plan.docx"),
        (".gitignore", ".gitignore"),
        ("..", "_"),
        ("...", "_"),
        ("", "_"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\\b", "a_b"),
        ("Makefile.", "Makefile"),
        ("x ", "x"),
        (" x", " x"),
        ("a:b*c?", "a_b_c_"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM¹", "_COM¹"),
        ("console", "console"),
        ("a\nb\x1b\x85", "a_b__"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("👩‍👧.txt", "👩‍👧.txt"),
        ("\ud83d", "_"),
        (".oocli-x.part", "_.oocli-x.part"),
        ("é" * 200 + ".txt", "é" * 125 + ".txt"),
        ("x" * 300, "x" * 255),
    ],
)
def test_a_title_becomes_a_name_that_every_system_allows(title, name):
    assert local_name(title) == name


@given(st.text())
def test_no_title_gives_a_path_to_another_directory(title):
    name = local_name(title)

    assert name not in ("", ".", "..")
    assert not set(name) & set("/\\\0")
    assert len(name.encode()) <= MAX_LOCAL_BYTES
    assert local_name(name) == name or name.startswith("_")


def test_titles_that_give_the_same_name_get_their_ids():
    assert names("a.txt", "b", "a.txt") == ["a (1).txt", "b", "a (3).txt"]
    assert names("a:b", "a_b", "a?b") == ["a_b (1)", "a_b (2)", "a_b (3)"]
    assert names("v1.2/", "v1.2") == ["v1.2 (folder 1)", "v1 (2).2"]
    assert names(".env", ".env") == [".env (1)", ".env (2)"]


def test_a_title_that_looks_like_one_with_its_id_keeps_its_name():
    assert names("a", "a", "a (1)") == ["a (1) (1)", "a (2)", "a (1)"]


def test_case_and_unicode_form_count_if_the_file_system_distinguishes_them():
    e = ["é", unicodedata.normalize("NFD", "é")]

    assert names("README", "readme", *e) == ["README", "readme", *e]
    assert names("README", "readme", *e, ignores_case=True) == [
        "README (1)", "readme (2)", f"{e[0]} (3)", f"{e[1]} (4)",
    ]  # fmt: skip


def test_the_file_system_is_not_checked_if_all_names_differ_anyway():
    assert local_names(entries("a", "b"), lambda: 1 / 0) == ["a", "b"]


@given(st.lists(st.text(alphabet="aA_:.é ()1", max_size=6), max_size=12), st.booleans())
def test_names_are_unique_and_do_not_depend_on_the_order(titles, ignores_case):
    found = entries(*titles)
    given_names = local_names(found, lambda: ignores_case)
    reversed_names = local_names(found[::-1], lambda: ignores_case)

    assert len({name.casefold() if ignores_case else name for name in given_names}) == len(titles)
    assert reversed_names[::-1] == given_names


def test_a_long_name_keeps_its_id_and_its_extension():
    name = name_with_suffix("x" * 251 + ".txt", " (12345)", has_extension=True)

    assert name == "x" * 243 + " (12345).txt"


def test_entries_beyond_the_memory_limit_are_kept_in_a_file(monkeypatch):
    monkeypatch.setattr("oocli.files.entry_list._MAX_IN_MEMORY", 1)
    folder = RemotePath.parse("my/Top/")
    given_entries = [
        Entry("folder", 1, "a", folder.child("a").as_folder(), in_trash=True),
        Entry("folder", "drive-1", "b/c", folder.child("b/c").as_folder()),
        Entry(
            "file", 2, "\ud83d\n", folder.child("\ud83d\n"), 5, "2026-01-01T00:00:00Z", version=3
        ),
    ]

    found = EntryList(folder, given_entries)

    assert list(found) == list(found) == given_entries
    found.close()
