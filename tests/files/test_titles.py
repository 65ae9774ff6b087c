"""The titles that portals store (Global.cs of both kinds)."""

from __future__ import annotations

import pytest

from oocli.files.titles import ending, stored_title


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
def test_the_ending_starts_at_the_last_dot(title, last):
    assert ending(title) == last
