"""Two apps on one vault: what is half typed in one is nothing to the other."""

from tests.app.test_fields import field
from tests.samples import header, insights
from tui.app.boxes.capture import CaptureBox
from tui.session.work.noter import ELSEWHERE

NAME = "SOURCE-001-apples.md"


async def test_enter_in_one_app_leaves_the_insight_that_the_other_is_writing(sluice, vault):
    async with sluice() as one, sluice() as other:
        await one.press("i", *"first")
        await other.press("i")
        assert other.screen.insights.editor.text == ""
        assert other.toast == ELSEWHERE
        await other.type("second")
        await other.press("enter")
        assert insights(vault / NAME) == ["second"]
        assert one.screen.insights.editor.text == "first"
    async with sluice() as app:
        await app.press("i")
        assert app.screen.insights.editor.text == "first"
        await app.press("enter")
    assert insights(vault / NAME) == ["second", "first"]


async def test_a_draft_left_with_esc_stays_with_the_app_that_runs(sluice, vault):
    async with sluice() as one, sluice() as other:
        await one.press("i", *"first", "escape")
        await other.press("i", *"second", "enter")
        await one.press("i")
        assert one.screen.insights.editor.text == "first"
    assert insights(vault / NAME) == ["second"]


async def test_drafts_of_two_apps_that_ended_are_offered_one_after_the_other(sluice, vault):
    async with sluice() as one, sluice() as other:
        await one.press("i")
        await other.press("i")
        await one.type("first")
        await other.type("second")
    async with sluice() as app:
        assert "draft" in app.picture
        for text in ("first", "second"):
            await app.press("i")
            assert app.screen.insights.editor.text == text
            await app.press("enter")
        await app.press("i")
        assert app.screen.insights.editor.text == ""
    assert insights(vault / NAME) == ["first", "second"]


async def test_saving_a_field_in_one_app_leaves_what_the_other_is_typing_into_it(sluice, vault):
    async with sluice() as one, sluice() as other:
        await field(one, "synopsis")
        await one.type("first")
        await field(other, "synopsis")
        assert "first" not in other.picture
        await other.type("second")
        await other.press("ctrl+s")
        assert header(vault / NAME)["synopsis"] == "second"
    async with sluice() as app:
        await field(app, "synopsis")
        assert "· draft" in app.picture
        assert "first" in app.picture


async def test_an_edited_insight_is_a_draft_of_each_app(sluice, vault):
    async with sluice() as one, sluice() as other:
        await one.press("i", *"both", "enter")
        await other.until(lambda: other.screen.insights.items == ("both",))
        for app, letter in ((one, "1"), (other, "2")):
            await app.press("tab", "tab")
            app.screen.enter(app.session.noter.start_editing, 0)
            await app.type(letter)
        await other.press("enter")
        assert insights(vault / NAME) == ["both2"]
        await one.until(lambda: one.screen.insights.items == ("both2",))
        assert one.screen.insights.editor.text == "both1"
        await one.press("enter")
    assert insights(vault / NAME) == ["both2", "both1"]


async def test_what_is_half_captured_in_one_app_stays_when_the_other_adds(
    sluice, vault, monkeypatch
):
    monkeypatch.setattr("tui.app.world.machine.read_from_clipboard", str)
    async with sluice() as one, sluice() as other:
        await one.press("plus")
        await one.type("https://one.example")
        await one.press("escape")
        await other.press("plus")
        await other.type("https://other.example")
        await other.press("enter")
        await other.until(lambda: not isinstance(other.app.screen, CaptureBox))
    async with sluice() as app:
        await app.press("plus")
        assert "https://one.example" in app.picture
