"""The titles that portals store (Global.cs of both kinds)."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oocli.demo import titles as demo_titles
from oocli.files.titles import ending, equality_key, file_title, folder_title, stored_title


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("plan", "plan"),
        ("  plan ", "plan"),
        ("a+b", "a_b"),
        ('a\tb*c+d:e"f<g>h?i|j\\k/l', "a_b_c_d_e_f_g_h_i_j_k_l"),
        ("smile \U0001f600", "smile __"),
        ("x" * 200, "x" * 170),
        ("x" * 169 + "\U0001f600", "x" * 169 + "_"),
        ("#%.é", "#%.é"),
    ],
)
def test_a_title_is_stored_as_the_portal_changes_it(sent, stored):
    assert stored_title(sent) == stored


@pytest.mark.parametrize(
    ("title", "last"), [("a.TXT", ".txt"), ("a.tar.gz", ".gz"), ("Makefile", ""), ("a.", ".")]
)
def test_the_extension_starts_at_the_last_dot(title, last):
    assert ending(title) == last


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("plan.docx", "plan.docx"),
        ("README.TXT", "README.txt"),
        ("Makefile", "Makefile."),
        ("a+b.txt", "a_b.txt"),
        ("\U0001f600.txt", "__.txt"),
        (".bashrc", ".bashrc"),
        ("two\nlines.txt", "two_lines.txt"),
        ("not utf-8 \udcff.txt", "not utf-8 _.txt"),
        (" spaces .txt ", "spaces .txt"),
        ("x" * 200 + ".TXT", "x" * 166 + ".txt"),
        ("x" * 200, "x" * 169 + "."),
        ("50%.txt", "50%.txt"),
        ("e\u0301.txt", "e\u0301.txt"),
    ],
)
def test_a_file_gets_a_title_with_a_lower_case_extension(name, title):
    assert file_title(name) == title


@given(name=st.text(st.characters(exclude_characters="\0/"), min_size=1, max_size=260))
def test_the_title_that_is_sent_is_the_one_that_the_portal_stores(name):
    title = file_title(name)

    # .NET has another lower case for a few letters, which no file extension contains.
    assume(title.lower() == title.lower().lower())
    assert demo_titles.stored_file_title(title) == title
    assert file_title(title) == title


@given(name=st.text(st.characters(exclude_characters="\0/"), min_size=1, max_size=260))
def test_both_kinds_of_portal_store_the_title_of_a_folder_unchanged(name):
    title = folder_title(name)

    assert demo_titles.stored_title(title) == title == folder_title(title)
    assert len(title) <= 165


@pytest.mark.parametrize(
    ("one", "other"),
    [("README", "readme"), ("résumé", "RESUME"), ("Ünï", "uni"), ("straße", "STRASE")],
)
def test_titles_that_differ_in_case_or_accents_are_equal(one, other):
    assert equality_key(one) == equality_key(other)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("\u00e9", "e\u0301"), ("a ", "a_")])
def test_titles_with_other_letters_are_different(one, other):
    assert equality_key(one) != equality_key(other)
