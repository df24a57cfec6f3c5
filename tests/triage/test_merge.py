"""Of two sources that are the same one is kept, with what the other has."""

from datetime import date

import pytest

from tui.errors import EditRefused, MoveRefused
from tui.triage.merge import carried, merge

TODAY = date(2026, 3, 1)


def edits(planned):
    return {(edit.source.name, edit.field): edit.value for edit in planned.edits}


def test_insights_aliases_and_topics_are_carried_over_each_once(schema, make):
    kept = make("a.md", id="A", status="raw", topics=["x", 7], key_insights=["mine"])
    other = make(
        "b.md", id="B", status="raw", topics=["7", "y"], key_insights=["mine", "theirs", "theirs"],
        aliases="one name", signal_tier="noise",
    )  # fmt: skip
    planned = merge(schema, kept, other, TODAY)
    assert edits(planned) == {
        ("a.md", "topics"): ("x", 7, "y"),
        ("a.md", "key_insights"): ("mine", "theirs"),
        ("a.md", "aliases"): ("one name",),
        ("b.md", "status"): "archived",
    }
    assert planned.label == "A kept, B archived"
    assert planned.warnings == ()


def test_only_the_other_changes_when_it_has_nothing_of_its_own(schema, make):
    kept, other = make("a.md", topics=["x"]), make("b.md", topics=["x"], key_insights=["", None])
    assert carried(schema, kept, other) == {}
    assert list(edits(merge(schema, kept, other, TODAY))) == [("b.md", "status")]


def test_what_the_archive_wants_is_reported(schema, make):
    planned = merge(schema, make("a.md"), make("b.md", signal_tier="paradigm"), TODAY)
    assert "archived expects noise or tactical" in planned.warnings[0]


def test_one_that_is_archived_already_is_still_carried_over(schema, make):
    kept, other = make("a.md"), make("b.md", status="archived", aliases=["n"])
    assert edits(merge(schema, kept, other, TODAY)) == {("a.md", "aliases"): ("n",)}


def test_one_that_cannot_be_archived_or_changed_is_refused(schema, make):
    with pytest.raises(MoveRefused, match="cannot become archived"):
        merge(schema, make("a.md"), make("b.md", status="integrated"), TODAY)
    with pytest.raises(EditRefused, match="broken header"):
        merge(schema, make("a.md"), make("b.md", problem="it is"), TODAY)
