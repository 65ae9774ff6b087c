"""Questions in everyday words, and the operations that answer them.

`questions.json` was written from the tasks of administrators, not from the paths of the API. The
search was tuned with the first, third, fifth question and so on, and never with the others.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from oocli.catalogue import search
from oocli.catalogue.operations import KIND_NAMES, load
from oocli.catalogue.words import divide, split_name, stem

HERE = Path(__file__).parent
QUESTIONS = json.loads((HERE / "questions.json").read_text(encoding="utf-8"))
TOP_FIVE, TOP_ONE = 0.95, 0.75


def names_of(matches):
    return [f"{match.operation.method} {match.operation.path}" for match in matches]


def shares(questions):
    """Return how many questions are answered among the first five, and by the first."""
    five = one = 0
    for question in questions:
        right = {*question["right"], *question.get("also", ())}
        found = names_of(search.find(question["words"], question["kind"], limit=5))
        five += bool(right & set(found))
        one += bool(right & set(found[:1]))
    return five / len(questions), one / len(questions)


def test_the_questions_name_existing_operations():
    known = {kind: {f"{o.method} {o.path}" for o in load(kind)} for kind in KIND_NAMES}

    assert len(QUESTIONS) >= 150
    assert len({(question["kind"], question["words"]) for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert {*question["right"], *question.get("also", ())} <= known[question["kind"]]


def test_the_right_operation_is_among_the_first_five_and_mostly_the_first(capsys):
    tuned, others, whole = shares(QUESTIONS[::2]), shares(QUESTIONS[1::2]), shares(QUESTIONS)

    with capsys.disabled():
        for name, (five, one) in (("tuned", tuned), ("others", others), ("all", whole)):
            sys.stdout.write(f"\n{name}: top five {five:.2f}, top one {one:.2f}")
    assert whole[0] >= TOP_FIVE
    assert whole[1] >= TOP_ONE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("disable a user", "disable users"),
        ("disable a user", "how can I disable a user?"),
        ("empty trash", "trash empty"),
        ("delete folder", "DELETE the folders"),
        ("lock a file", "locking files"),
        ("restore from trash", "restore a file from the trash"),
        ("turn off a webhook", "turn all webhooks off"),
    ],
)
def test_order_number_and_small_words_make_no_difference(one, other):
    first = names_of(search.find(one, "docspace", limit=1))

    assert first == names_of(search.find(other, "docspace", limit=1)) != []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("webhok", "webhook"),
        ("qouta", "quota"),
        ("archve room", "archive room"),
        ("backupp", "backup"),
        ("temlate", "template"),
    ],
)
def test_a_typing_error_finds_what_was_meant(typed, meant):
    found = names_of(search.find(typed, "docspace", limit=3))

    assert set(found) & set(names_of(search.find(meant, "docspace", limit=3)))


def test_the_beginning_of_a_word_is_enough():
    assert names_of(search.find("webh", "docspace", limit=1)) == ["GET /api/2.0/settings/webhook"]


def test_both_kinds_are_searched_if_none_is_named():
    kinds = {match.operation.kind for match in search.find("user photo", limit=10)}

    assert kinds == {"workspace", "docspace"}


@pytest.mark.parametrize("words", ["", "?", "the of a", "xyzzy", "\u202e\u0000", "🙂", "a" * 5000])
def test_words_without_a_meaning_find_nothing(words):
    assert search.find(words) == []


def test_for_an_unknown_word_similar_words_are_named():
    assert "webhook" in search.nearest_words("wbhok")
    assert search.nearest_words("xyzzyxyzzy") == []


def test_the_words_that_matched_can_be_marked_in_a_path():
    (match, *_) = search.find("trash", "docspace")

    pieces = [
        text for text, is_match in search.marked("files/fileops/emptytrash", match.words)
        if is_match
    ]  # fmt: skip
    assert pieces == ["trash"]
    assert "".join(text for text, _ in search.marked("files/@my/{x}", {"my"})) == "files/@my/{x}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("getFileInfo", ("get", "file", "info")),
        ("userIDs", ("user", "i", "ds")),
        ("@self", ("self",)),
        ("Active connections", ("active", "connections")),
        ("create_session", ("create", "session")),
    ],
)
def test_a_name_is_split_at_capitals_and_marks(name, words):
    assert split_name(name) == words


def test_a_compound_is_split_into_the_fewest_known_words():
    known = {"empty", "trash", "log", "out", "logout", "all"}

    assert divide("emptytrash", known) == ("empty", "trash")
    assert divide("logoutall", known) == ("logout", "all")
    assert divide("trashbin", known) == ("trashbin",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("users", "user"),
        ("sharing", "share"),
        ("shared", "share"),
        ("companies", "company"),
        ("boxes", "box"),
        ("stopped", "stop"),
        ("files", "file"),
    ],
)
def test_forms_of_one_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["access", "status", "is", "process"])
def test_an_s_that_is_part_of_a_word_stays(word):
    assert stem(word).endswith("s")
