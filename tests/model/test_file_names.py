"""Names that a portal suggests, made harmless."""

import os
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oocli.model.local_files import MAX_SUGGESTED_BYTES, safe_name, suggested_name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="report.docx"', "report.docx"),
        ("attachment; filename=report.docx", "report.docx"),
        ("attachment; filename=a b.docx; size=3", "a b.docx"),
        ("attachment; filename*=UTF-8''%C3%9Cber%20%E2%82%AC.txt", "Über €.txt"),
        ("attachment; filename=\"old.txt\"; filename*=UTF-8''new.txt", "new.txt"),
        ("attachment; FILENAME*=utf-8'de'a%2Fb.txt", "b.txt"),
        ("attachment; filename*=iso-8859-1''%FCber.txt", "über.txt"),
        ("attachment; filename=\"Ã\x9cber.txt\"", "Über.txt"),
        ('attachment; filename="a\\"b.txt"', "a_b.txt"),
        ('attachment; filename="x; filename=y.txt"', "x; filename=y.txt"),
        ('attachment; filename="report.docx', "report.docx"),
        ('attachment; filename="a; b.docx', "a; b.docx"),
        ('attachment; filename="report.docx\\', "report.docx"),
        ('attachment; filename="', "from-url.bin"),
        ('attachment; size=3; filename="a.txt"; x="', "a.txt"),
        ("attachment; filename*=UTF-8''", "from-url.bin"),
        ("attachment; filename=\"..\"", "from-url.bin"),
        ("attachment", "from-url.bin"),
        ("", "from-url.bin"),
    ],
)  # fmt: skip
def test_the_name_comes_from_the_header_or_else_from_the_address(header, name):
    assert suggested_name(header, "/files/from-url.bin") == name


def test_without_any_name_there_is_none():
    assert suggested_name("attachment", "/") is None


@pytest.mark.parametrize(
    ("suggested", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\x.dll", "x.dll"),
        ("/absolute", "absolute"),
        (".bashrc", "bashrc"),
        ("...", ""),
        ("-rf", "rf"),
        ("~root", "root"),
        ("a\x1b[31mb\x00\r\n\u202e\u200bc.txt", "a[31mbc.txt"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("LPT\u00b9", "_LPT\u00b9"),
        ("console.txt", "console.txt"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("trailing. . ", "trailing"),
        ("[bold]x[/bold].txt", "bold].txt"),
        ("Überblick 2026 €.xlsx", "Überblick 2026 €.xlsx"),
    ],
)
def test_a_name_is_made_harmless(suggested, safe):
    assert safe_name(suggested) == safe


def test_a_long_name_is_cut_and_keeps_its_ending():
    name = safe_name("ü" * 5000 + ".docx")

    assert name.endswith("ü.docx")
    assert MAX_SUGGESTED_BYTES - 1 <= len(name.encode()) <= MAX_SUGGESTED_BYTES


@given(st.text(max_size=300))
def test_whatever_is_suggested_stays_one_plain_name(text):
    name = safe_name(text)

    assert name == "" or PurePosixPath(name).name == name == PureWindowsPath(name).name
    assert not name.startswith((".", "-", "~", " ")) and not name.endswith((".", " "))
    assert len(os.fsencode(name)) <= MAX_SUGGESTED_BYTES
    assert safe_name(name) == name
