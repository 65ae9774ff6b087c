"""Paging, filters and fields of Workspace lists."""

import pytest


def test_the_count_has_a_maximum_of_1000_and_zero_means_all(portal, get):
    portal.add_people(1498)
    fields = "&fields=id"

    assert get("people?x=1" + fields).json["count"] == 1000
    assert get("people?count=5000" + fields).json["count"] == 1000
    assert get("people?count=-1" + fields).json["count"] == 1000
    assert get("people?count=junk" + fields).json["count"] == 1000
    assert get("people?count=0" + fields).json["count"] == 1500
    last = get("people?startIndex=1499" + fields)
    assert (last.json["count"], last.json["startIndex"]) == (1, 1499)


def test_a_total_is_present_only_if_the_list_is_longer_than_the_page(portal, get):
    portal.add_people(8)

    assert "total" not in get("people").json
    assert "total" not in get("people?count=10").json
    assert get("people?count=9").json["total"] == 10


def test_the_next_index_is_one_too_high_and_some_lists_have_none(portal, get):
    portal.add_groups(9)
    portal.add_people(8)

    result = get("group?count=3")
    assert list(result.json) == ["count", "nextIndex", "total", "status", "statusCode", "response"]
    assert (result.json["nextIndex"], result.json["total"]) == (4, 10)
    assert get("group?count=3&startIndex=3").json["nextIndex"] == 7
    assert "nextIndex" not in get("group?count=3&startIndex=7").json
    assert "nextIndex" not in get("people?count=3").json
    assert "nextIndex" not in get("group?startIndex=-4").json


def test_people_filter_pages_itself_and_always_has_a_total(portal, get):
    portal.add_people(8)

    assert get("people/filter").json["total"] == 10
    result = get("people/filter?count=4&startIndex=4")
    assert (result.json["count"], result.json["total"], result.json["nextIndex"]) == (4, 10, 9)
    assert get("people/filter?filterValue=person7").json["total"] == 1


def test_a_list_that_pages_itself_without_a_total_has_a_total_of_count_plus_one(portal, get):
    portal.add_posts(7)

    result = get("community/blog?count=3")
    assert (result.json["count"], result.json["total"], result.json["nextIndex"]) == (3, 4, 4)
    assert "total" not in get("community/blog?count=3&startIndex=4").json
    assert get("community/blog?count=0").json["count"] == 7


def test_fields_keep_top_level_members_in_any_case(get):
    assert [sorted(person) for person in get("people?fields=ID,email").response] == [
        ["email", "id"]
    ] * 2
    assert list(get("people/@self?fields[]=id").response) == ["id"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("filterBy=userName&filterValue=BOB", ["bob"]),
        ("filterBy=userName&filterValue=ann,bob", ["ann", "bob"]),
        ("filterBy=userName&filterValue[]=ann,bob", []),
        ("filterBy=username&filterOp=contains&filterValue=O", ["bob"]),
        ("filterBy=userName&filterOp=present&filterValue=O", []),
        ("filterBy=userName&filterOp=startsWith&filterValue=a", ["ann"]),
        ("filterBy=userName&filterOp=nonsense&filterValue=ann", ["ann"]),
        ("filterBy=nonsense&filterValue=ann", ["ann", "bob"]),
        ("filterBy=userName&filterValue=", ["ann", "bob"]),
        ("sortBy=userName&sortOrder=descending", ["bob", "ann"]),
        ("sortBy=userName&sortOrder=Descending", ["ann", "bob"]),
        ("type=person", ["ann", "bob"]),
        ("type=file", []),
        ("updatedSince=2026-01-01", ["ann", "bob"]),
    ],
)
def test_generic_parameters_filter_and_sort_a_list(get, query, names):
    assert [person["userName"] for person in get("people?" + query).response] == names


def test_an_unreadable_date_is_a_500_page(get):
    result = get("people?updatedSince=tomorrow")

    assert (result.status, result.headers["Content-Type"]) == (500, "text/html")
