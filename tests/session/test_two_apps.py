"""Two sessions on one vault: what is half typed in one is nothing to the other."""

import yaml

from tui.session.work.noter import ELSEWHERE

NAME = "SOURCE-001-apples.md"


def insights(path):
    """The insights as PyYAML reads them from the file."""
    header = path.read_text().split("\n---\n")[0].removeprefix("---\n")
    return yaml.safe_load(header)["key_insights"]


def test_enter_in_one_app_leaves_the_insight_that_the_other_is_writing(sluice, vault):
    with sluice() as one, sluice() as other:
        one.press("i", *"first")
        other.press("i")
        assert other.written[0] == ""
        assert other.toast == ELSEWHERE
        other.type("second")
        other.press("enter")
        assert insights(vault / NAME) == ["second"]
        assert one.written[0] == "first"
    with sluice() as app:
        app.press("i")
        assert app.written[0] == "first"
        app.press("enter")
    assert insights(vault / NAME) == ["second", "first"]


def test_a_draft_left_with_esc_stays_with_the_app_that_runs(sluice, vault):
    with sluice() as one, sluice() as other:
        one.press("i", *"first", "escape")
        other.press("i", *"second", "enter")
        one.press("i")
        assert one.written[0] == "first"
    assert insights(vault / NAME) == ["second"]


def test_drafts_of_two_apps_that_ended_are_offered_one_after_the_other(sluice, vault):
    with sluice() as one, sluice() as other:
        one.press("i")
        other.press("i")
        one.type("first")
        other.type("second")
    with sluice() as app:
        assert app.drawn.source.has_draft
        for text in ("first", "second"):
            app.press("i")
            assert app.written[0] == text
            app.press("enter")
        app.press("i")
        assert app.written[0] == ""
    assert insights(vault / NAME) == ["first", "second"]


def test_an_edited_insight_is_a_draft_of_each_app(sluice, vault):
    with sluice() as one, sluice() as other:
        one.press("i", *"both", "enter")
        other.noticed(NAME)
        assert other.drawn.source.insights == ("both",)
        for app, letter in ((one, "1"), (other, "2")):
            app.press("tab", "tab")
            app.enter(app.session.noter.start_editing, 0)
            app.type(letter)
        other.press("enter")
        assert insights(vault / NAME) == ["both2"]
        one.noticed(NAME)
        assert one.drawn.source.insights == ("both2",)
        assert one.written[0] == "both1"
        one.press("enter")
    assert insights(vault / NAME) == ["both2", "both1"]


def test_what_is_half_captured_in_one_app_stays_when_the_other_adds(sluice):
    with sluice() as one, sluice() as other:
        one.press("plus")
        one.type("https://one.example")
        one.press("escape")
        other.press("plus")
        other.type("https://other.example")
        other.press("enter")
        assert other.boxes == []
        assert len(other.shown) == 5
    with sluice() as app:
        app.press("plus")
        assert app.box.typed == "https://one.example"
