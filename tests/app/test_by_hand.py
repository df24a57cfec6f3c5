"""What a person set gets no suggestion against it, and = leaves it as it is."""

import pytest

from tests.app.conftest import write_source
from tests.app.test_fast_typing import field
from tests.app.test_outside_changes import replace
from tests.app.test_suggestions import NEW, before, learnt
from tui.cli.main import main

__all__ = ["before", "learnt"]
CATEGORY, TIER = "notebooklm_category", "signal_tier"
OTHER = "SOURCE-051-steel.md"


@pytest.fixture
def command(learnt):
    """Run a command on the vault of the test, as in another terminal."""

    def run(*arguments):
        assert main([*arguments, "--vault", str(learnt)]) == 0

    return run


def suggested(app):
    """The fields of the source under the cursor that = would set."""
    panes = app.screen.category, app.screen.status
    return [pane.id for pane in panes if pane.suggestion()]


async def test_a_category_set_by_a_key_stays_whatever_the_others_say(sluice, learnt):
    async with sluice() as app:
        assert suggested(app) == ["category", "status"]
        await app.press("c", "1", "k")
        await app.go_to(NEW)
        assert suggested(app) == ["status"]
        await app.press("=")
        assert field(learnt, NEW, CATEGORY) == "agents-orchestration"
        assert field(learnt, NEW, TIER).startswith("noise")


async def test_a_tier_set_by_a_key_stays_and_equals_says_so(sluice, learnt):
    async with sluice() as app:
        await app.press("1")
        await app.go_to(NEW)
        assert suggested(app) == ["category"]
        await app.press("=")
        await app.go_to(NEW)
        await app.press("=")
        assert "you set" in app.toast
    assert field(learnt, NEW, TIER).startswith("paradigm")


async def test_it_holds_after_a_restart(sluice, learnt):
    async with sluice() as app:
        await app.press("c", "1", "k", "1")
    async with sluice() as app:
        await app.go_to(NEW)
        assert suggested(app) == []
        await app.press("=")
    assert field(learnt, NEW, CATEGORY) == "agents-orchestration"
    assert field(learnt, NEW, TIER).startswith("paradigm")


async def test_the_picker_offers_nothing_instead_and_keeps_what_was_set(sluice, learnt, watch):
    async with sluice() as app:
        await app.press("c", "1")
        await app.go_to(NEW)
        files = watch(learnt)
        await app.press("c")
        assert not any(line.startswith("≈") for line in app.picker)
        assert "agents-orchestration" in app.under_picker_cursor
        await app.press("enter")
    assert files.changes == {}


async def test_what_a_command_set_counts_in_an_app_that_is_open_and_its_undo_too(
    sluice, learnt, command
):
    async with sluice() as app:
        assert "category" in suggested(app)
        command("set", str(learnt / NEW), f"{CATEGORY}=vibe-coding")
        await app.until(lambda: "vibe-coding" in app.picture)
        await app.settled()
        assert "category" not in suggested(app)
        command("undo")
        await app.until(lambda: "vibe-coding" not in app.picture)
        await app.settled()
        assert "category" in suggested(app)


async def test_what_a_command_set_before_the_app_was_opened_counts(sluice, learnt, command):
    command("set", str(learnt / NEW), f"{CATEGORY}=vibe-coding", f"{TIER}=strategic")
    async with sluice() as app:
        await app.go_to(NEW)
        assert suggested(app) == []


async def test_a_field_that_only_got_another_name_holds_a_guess_still(sluice, learnt, command):
    path = learnt / NEW
    path.write_text(path.read_text().replace(f"{CATEGORY}:", "notebook:"))
    command("rename-field", f"notebook={CATEGORY}", "--yes")
    assert f"{CATEGORY}: general" in path.read_text()
    async with sluice() as app:
        await app.go_to(NEW)
        assert "category" in suggested(app)


async def test_undo_makes_it_a_guess_again_and_redo_a_decision(sluice, learnt):
    async with sluice() as app:
        await app.press("c", "1")
        await app.press("u")
        await app.go_to(NEW)
        assert "category" in suggested(app)
        await app.press("U")
        await app.go_to(NEW)
        assert "category" not in suggested(app)
        await app.press("u")
    async with sluice() as app:
        await app.go_to(NEW)
        assert "category" in suggested(app)
        await app.press("=")
    assert field(learnt, NEW, CATEGORY) == "career-growth"


async def test_equals_on_marks_skips_what_was_set(sluice, learnt):
    async with sluice() as app:
        await app.press("c", "1")
        await app.go_to(NEW)
        await app.press("x", "x", "=")
    assert field(learnt, NEW, CATEGORY) == "agents-orchestration"
    assert field(learnt, OTHER, CATEGORY) == "coding-tools"


async def test_a_bulk_change_of_marks_is_set_by_hand_for_each(sluice, learnt):
    async with sluice() as app:
        await app.press("x", "x", "c", "0")
        for name in (NEW, OTHER):
            await app.go_to(name)
            assert "category" not in suggested(app)


async def test_an_answer_of_the_rapid_pass_is_set_by_hand(sluice, learnt):
    async with sluice() as app:
        await app.press("r", "1", "q")
    async with sluice() as app:
        await app.press("v")
        await app.type("all")
        await app.press("enter")
        await app.go_to(NEW)
        assert "status" not in suggested(app)
        await app.press("=")
    assert field(learnt, NEW, TIER).startswith("paradigm")


async def test_what_was_taken_with_equals_is_not_suggested_away_later(sluice, learnt):
    async with sluice() as app:
        await app.press("=")
    for path in learnt.glob("SOURCE-1*"):
        replace(path, "career-growth", "general")
    async with sluice() as app:
        await app.go_to(NEW)
        assert "category" not in suggested(app)


async def test_an_emptied_value_may_be_suggested_again(sluice, learnt):
    async with sluice() as app:
        await app.press("1", "k", "0")
        await app.go_to(NEW)
        assert "status" in suggested(app)


async def test_topics_that_were_set_are_left_as_they_are(sluice, learnt, command):
    title = "Roses and compost in spring"
    write_source(learnt, 50, title, topics="[plants, x]", creator="Gardener")
    command("set", str(learnt / NEW), "topics-=plants")
    async with sluice() as app:
        await app.go_to(NEW)
        await app.press("=")
    assert field(learnt, NEW, CATEGORY) == "career-growth"
    assert "plants" not in (learnt / NEW).read_text()


async def test_a_value_changed_in_an_editor_counts_also_after_a_restart(sluice, learnt):
    async with sluice() as app:
        replace(learnt / NEW, f"{CATEGORY}: general", f"{CATEGORY}: vibe-coding")
        await app.until(lambda: "vibe-coding" in app.picture)
        await app.settled()
        assert suggested(app) == ["status"]
    async with sluice() as app:
        await app.go_to(NEW)
        assert suggested(app) == ["status"]
        replace(learnt / NEW, f"{CATEGORY}: vibe-coding", f"{CATEGORY}: general")
        await app.until(lambda: "vibe-coding" not in app.picture)
        await app.settled()
        assert suggested(app) == ["category", "status"]


async def test_what_a_script_rewrote_in_many_files_is_a_guess(sluice, learnt):
    names = [write_source(learnt, n, f"Roses and compost {n}") for n in range(60, 70)]
    async with sluice() as app:
        app.session.outside.stop()
        for path in [*names, learnt / NEW]:
            replace(path, f"{CATEGORY}: general", f"{CATEGORY}: vibe-coding")
        app.session.outside.take([path.name for path in [*names, learnt / NEW]])
        await app.until(lambda: "vibe-coding" in app.picture)
        await app.settled()
        await app.go_to(NEW)
        assert "category" in suggested(app)


def test_a_category_set_by_hand_is_not_doubtful_until_that_is_undone(learnt, command, capsys):
    wrong = write_source(
        learnt, 60, "Roses and compost and soil", status="triaged", creator="Gardener",
        notebooklm_category="general", topics="[plants, soil]", signal_tier="noise",
    )  # fmt: skip

    def doubtful():
        capsys.readouterr()
        command("list", "-q", "has:doubt")
        return "Roses and compost and soil" in capsys.readouterr().out

    assert doubtful()
    command("set", str(wrong), f"{CATEGORY}=coding-tools")
    assert not doubtful()
    command("undo")
    assert doubtful()


async def test_a_category_set_by_hand_leaves_the_view_of_wrong_looking_ones(sluice, learnt):
    write_source(
        learnt, 60, "Roses and compost and soil", status="triaged", creator="Gardener",
        notebooklm_category="coding-tools", topics="[plants, soil]", signal_tier="noise",
    )  # fmt: skip
    async with sluice() as app:
        await app.press("v")
        await app.type("looks wrong")
        await app.press("enter")
        await app.until(lambda: "Roses and compost and soil" in app.shown)
        await app.go_to("Roses and compost and soil")
        await app.press("c", "1", "R")
        await app.settled()
        assert "Roses and compost and soil" not in app.shown


async def test_what_was_typed_when_a_source_was_added_is_set_by_hand(sluice, learnt, command):
    category = f"{CATEGORY}=vibe-coding"
    command("add", "https://x.org/1", "--title", "Roses once more", "--set", category)
    async with sluice() as app:
        await app.go_to("Roses once more")
        assert "category" not in suggested(app)
