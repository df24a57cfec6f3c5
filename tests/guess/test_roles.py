"""Which fields have the other roles."""

from __future__ import annotations

import pytest

from tests.guess.folders import guessed, note, titled, with_values, write


@pytest.mark.parametrize(
    ("field", "counts", "values"),
    [
        ("priority", {"low": 9, "high": 3, "medium": 6}, ("high", "medium", "low")),
        ("Priorität", {"niedrig": 9, "hoch": 3, "mittel": 6}, ("hoch", "mittel", "niedrig")),
        ("prioridad", {"baja": 9, "alta": 3, "media": 6}, ("alta", "media", "baja")),
        ("优先级", {"低": 9, "高": 3, "中": 6}, ("高", "中", "低")),
        ("priority", {"P1": 9, "P0": 3, "P2": 6}, ("P0", "P1", "P2")),
        ("rating", {4: 9, 5: 3, 3: 6}, (5, 4, 3, 2, 1)),
        ("rating", {"4": 9, "5": 3}, ("5", "4", "3", "2", "1")),
        ("rating", {7: 9, 9: 3}, (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)),
        ("rating", {4.5: 9, 3: 3}, (4.5, 3)),
        ("priority", {1: 9, 2: 3, 3: 4}, (1, 2, 3)),
        ("评分", {"⭐⭐": 9, "⭐⭐⭐⭐⭐": 3, "⭐": 2}, ("⭐⭐⭐⭐⭐", "⭐⭐", "⭐")),
        ("priority", {"P1-High": 9, "critical": 4, "P0": 3}, ("P0", "critical", "P1-High")),
        ("priority", {"🔥 high": 9, "low": 4}, ("🔥 high", "low")),
        ("priority", {"high": 9, "low": 4, "none": 7}, ("high", "low")),
        ("importance", {"[[Must]]": 9, "[[Could]]": 3}, ("Must", "Could")),
    ],
)
def test_a_scale_is_a_tier_with_the_best_first(field, counts, values, tmp_path):
    found = guessed(with_values(tmp_path, field, counts))
    assert found.roles["tier"].name == field
    assert found.roles["tier"].values == values


@pytest.mark.parametrize(
    ("field", "counts"),
    [
        ("note", {f"a sentence {n}": 1 for n in range(30)}),
        ("rating", {1990: 4, 2001: 8}),
        ("quality", {"crisp": 4, "dull": 8}),
        ("score", {"12:30": 9}),
    ],
)
def test_what_is_no_scale_is_no_tier(field, counts, tmp_path):
    assert not guessed(with_values(tmp_path, field, counts)).roles["tier"].name


def test_a_category_has_a_few_values_in_many_notes(tmp_path):
    with_values(tmp_path, "type", {"bug": 20, "feature": 9, "chore": 4})
    role = guessed(tmp_path).roles["category"]
    assert (role.name, role.distinct, role.is_list) == ("type", 3, False)


def test_a_category_may_be_a_list_of_links(tmp_path):
    for number in range(30):
        kind = ("Books", "Films", "Papers")[number % 3]
        write(
            tmp_path, {f"{number}.md": note({"title": f"t{number}", "categories": [f"[[{kind}]]"]})}
        )
    role = guessed(tmp_path).roles["category"]
    assert (role.name, role.is_list) == ("categories", True)


@pytest.mark.parametrize(
    "counts",
    [{"ERC": 60}, {f"only {n}": 1 for n in range(30)}, {"ERC": 60, "other": 3}],
)
def test_a_field_that_says_nothing_is_no_category(counts, tmp_path):
    assert not guessed(with_values(tmp_path, "category", counts)).roles["category"].name


def test_an_address_is_one_most_of_the_time(tmp_path):
    titled(tmp_path, 20, "a/", source="https://example.com", link="the book of Ada")
    titled(tmp_path, 5, "b/", source="a book")
    assert guessed(tmp_path).roles["url"].name == "source"


def test_two_fields_on_different_notes_share_a_role(tmp_path):
    titled(tmp_path, 20, "a/", source="https://example.com")
    titled(tmp_path, 10, "b/", url="https://example.com")
    role = guessed(tmp_path).roles["url"]
    assert (role.name, role.also) == ("source", ("url",))


def test_places_that_lead_here_are_no_other_names(tmp_path):
    titled(tmp_path, 20, aliases=["/old/place/"])
    assert not guessed(tmp_path).roles["aliases"].name


def test_other_names_in_many_languages(tmp_path):
    titled(tmp_path, 20, 别名=["一"], 标签=["二"], 作者="三", 创建时间="2024-01-02")
    roles = guessed(tmp_path).roles
    found = [roles[name].name for name in ("aliases", "topics", "author", "date")]
    assert found == ["别名", "标签", "作者", "创建时间"]


def test_the_date_that_nearly_all_have_and_the_list_names_first(tmp_path):
    titled(tmp_path, 20, updated="2025-01-01", created="2024-01-01", due="soon")
    titled(tmp_path, 1, "x/", updated="2025-01-01")
    found = guessed(tmp_path)
    assert found.roles["date"].name == "created"
    assert list(found.dates) == ["updated", "created"]


def test_years_and_numbers_are_no_dates(tmp_path):
    titled(tmp_path, 20, date=1999, created="3000")
    assert not guessed(tmp_path).roles["date"].name


def test_insights_are_the_list_that_exists_or_new(tmp_path):
    titled(tmp_path / "a", 20, highlights=["one thing"])
    titled(tmp_path / "b", 20, highlights="short", insights="x")
    assert guessed(tmp_path / "a").roles["insights"].name == "highlights"
    role = guessed(tmp_path / "b").roles["insights"]
    assert (role.name, role.is_new) == ("key_insights", True)


def test_a_title_is_distinct(tmp_path):
    titled(tmp_path / "a", 20)
    write(tmp_path / "b", {f"{n}.md": note({"title": "Same", "name": f"n{n}"}) for n in range(20)})
    assert guessed(tmp_path / "a").roles["title"].name == "title"
    assert guessed(tmp_path / "b").roles["title"].name == "name"


@pytest.mark.parametrize(("field", "taken"), [("title", "title"), ("name", "")])
def test_a_title_counts_where_some_notes_have_one_and_a_name_does_not(field, taken, tmp_path):
    write(tmp_path, {f"a{n}.md": note({field: f"Matter {n}", "tags": ["x"]}) for n in range(8)})
    write(tmp_path, {f"b{n}.md": note({"tags": ["x"]}) for n in range(12)})
    role = guessed(tmp_path).roles["title"]
    assert (role.name, role.certainty) == (taken, "likely" if taken else "sure")


@pytest.mark.parametrize(
    ("body", "untitled"),
    [
        ("# Heading {n}\n\nText\n", "heading"),
        ("<!-- made by hand -->\n# Heading {n}\n", "heading"),
        ("# Summary\n\nText {n}\n", "file"),
        ("Text\n\n# Heading {n}\n", "file"),
        ("```\n# comment {n}\n```\n", "file"),
        ("## Deep {n}\n", "file"),
    ],
)
def test_what_a_note_without_a_title_is_called(body, untitled, tmp_path):
    notes = {f"n{n}.md": note({"a": n}, body.replace("{n}", str(n))) for n in range(20)}
    assert guessed(write(tmp_path, notes)).untitled == untitled
