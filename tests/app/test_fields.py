"""f asks for any field, then for its value in the box that fits the field's kind."""

from tests.app.conftest import NARROW
from tests.samples import header
from tui.app.boxes.field import FieldBox
from tui.app.boxes.list import ListBox
from tui.app.boxes.text import TextBox
from tui.app.screens.triage import TriageScreen

NAME = "SOURCE-001-apples.md"
HARD = 'A "quoted": line, it\'s 50% #1\n\n- not a list\n  indented [x] {y} — 👍 é\n---\nend: yes'


async def field(app, letters):
    """Press f and choose the field that the letters find."""
    await app.press("f")
    await app.type(letters)
    await app.press("enter")


async def clear(app):
    """Empty the field that is open."""
    await app.press("end", "ctrl+u")


async def test_an_open_field_takes_a_new_value_asked_about_once(sluice, vault, files):
    (vault / "sluice.yaml").write_text("fields: {creator: {kind: choice, open: true}}\n")
    async with sluice() as app:
        await field(app, "creator")
        await app.type("Ada")
        assert "new creator" in app.under_picker_cursor
        await app.press("enter")
        assert "enter again" in app.under_picker_cursor
        await app.press("enter", "j")
        await field(app, "creator")
        assert any("Ada" in line for line in app.picker)
        await app.press("escape")
    assert files.changes[NAME] == ["- creator: Someone", "+ creator: Ada"]


async def test_a_wrong_date_is_reported_and_nothing_is_saved(sluice, files):
    async with sluice() as app:
        await field(app, "published")
        await clear(app)
        await app.type("2026-02-30")
        assert "! 2026-02-30 is not a date" in app.picture
        await app.press("enter")
        assert isinstance(app.app.screen, FieldBox)
        await app.press("escape")
        assert isinstance(app.app.screen, TriageScreen)
    assert files.changes == {}


async def test_a_synopsis_of_several_lines_comes_back_letter_by_letter(sluice, vault, files):
    async with sluice() as app:
        await field(app, "synopsis")
        assert isinstance(app.app.screen, TextBox)
        for number, line in enumerate(HARD.split("\n")):
            if number:
                await app.press("enter")
            await app.type(line)
        await app.press("ctrl+s")
        assert isinstance(app.app.screen, TriageScreen)
    assert header(vault / NAME)["synopsis"] == HARD
    assert [line[0] for line in files.lines(NAME)] == ["+"]


async def test_a_block_of_text_is_opened_and_left_as_it_was(sluice, vault, watch):
    path = vault / NAME
    text = "visual_notes: |\n  first: line\n\n  # second\n"
    path.write_text(path.read_text().replace("platform: web\n", f"platform: web\n{text}"))
    files = watch(vault)
    async with sluice() as app:
        await field(app, "visual")
        assert "first: line" in app.picture
        await app.press("ctrl+s")
        assert files.changes == {}
        await field(app, "visual")
        await app.press("ctrl+end", "x", "ctrl+s")
    assert header(path)["visual_notes"] == "first: line\n\n# second\nx"


async def test_a_half_typed_text_is_there_again_after_a_restart(sluice, files):
    async with sluice() as app:
        await field(app, "synopsis")
        await app.type("half a th")
        await app.press("escape", "j")
        await field(app, "synopsis")
        assert "half a th" not in app.picture
        await app.press("escape")
    assert files.changes == {}
    async with sluice() as app:
        await app.press("g")
        await field(app, "synopsis")
        assert "half a th" in app.picture
        assert "· draft" in app.picture
        await app.type("ought")
        await app.press("ctrl+s")
        await field(app, "synopsis")
        assert "· draft" not in app.picture
    assert files.lines(NAME) == ["+ synopsis: half a thought"]


async def test_a_draft_gives_way_to_the_value_the_field_has(sluice, files):
    async with sluice() as app:
        await field(app, "creator")
        await app.type(" Else")
        await app.press("escape")
        await field(app, "creator")
        assert "Someone Else" in app.picture
        await app.press("ctrl+r", "escape")
        await field(app, "creator")
        assert "Someone Else" not in app.picture
    assert files.changes == {}


async def test_a_list_is_edited_and_saved_as_one_change(sluice, vault, files):
    async with sluice() as app:
        await field(app, "aliases")
        assert isinstance(app.app.screen, ListBox)
        for alias in ("First", "Second: it's", "Third"):
            await app.press("i")
            await app.type(alias)
            await app.press("enter")
        await app.press("K", "k", "k", "e", "end", "!", "enter", "j", "j", "d")
        assert files.changes == {}
        await app.press("enter")
        assert header(vault / NAME)["aliases"] == ["First!", "Third"]
        await app.press("u")
    assert files.changes == {}


async def test_esc_leaves_a_changed_list_unsaved_and_keeps_it_as_a_draft(sluice, files):
    async with sluice() as app:
        await field(app, "aliases")
        await app.press("i", *"some", "enter", "escape")
        assert isinstance(app.app.screen, TriageScreen)
        await field(app, "aliases")
        assert "some" in app.picture
        assert "ctrl+r restores" in app.picture
        await app.press("ctrl+r", "escape")
        await field(app, "aliases")
        assert "some" not in app.picture
    assert files.changes == {}


async def test_esc_in_the_field_of_a_list_takes_nothing_over_and_i_continues_it(sluice, files):
    async with sluice() as app:
        await field(app, "aliases")
        await app.press("i", *"so", "escape")
        assert "ALIASES · 0" in app.picture
        assert "i continues the draft" in app.picture
        await app.press("i", *"me", "enter", "enter")
    assert '+   - "some"' in files.lines(NAME) or "+ aliases: [some]" in files.lines(NAME)


async def test_a_list_half_changed_is_there_again_after_a_crash(sluice, vault):
    async with sluice() as app:
        await field(app, "aliases")
        await app.press("i", *"some", "enter", "a", *"half")
    async with sluice() as app:
        await field(app, "aliases")
        assert "unsaved" in app.picture
        await app.press("enter")
    assert header(vault / NAME)["aliases"] == ["some", "half"]


async def test_every_box_works_on_a_small_screen(sluice, files):
    async with sluice(size=NARROW) as app:
        for letters, seen in (
            ("synopsis", "ctrl+s saves"), ("aliases", "i adds · e edits"),
            ("creator", "enter saves"), ("published", "2026-01-01"),
        ):  # fmt: skip
            await field(app, letters)
            assert seen in app.picture
            await app.press("escape")
        await field(app, "synopsis")
        await app.type("short")
        await app.press("ctrl+s")
    assert files.lines(NAME) == ["+ synopsis: short"]


async def test_pasted_lines_become_one_in_a_field_of_one_line(sluice, files):
    async with sluice() as app:
        await field(app, "creator")
        await clear(app)
        await app.paste("Ada\n  Lovelace\n")
        await app.press("enter")
    assert files.lines(NAME)[1] == "+ creator: Ada Lovelace"


async def test_a_number_stays_one_and_the_box_says_so(sluice, write):
    path = write(0, "Aardvarks", id="SOURCE-0\nrating: 4\ndue: 20260131\nseen: True")
    async with sluice() as app:
        await field(app, "rating")
        await clear(app)
        await app.type("5")
        assert "→ a number, as before" in app.picture
        await app.press("enter")
        await field(app, "due")
        await clear(app)
        await app.type("2026-03-05")
        assert "Thursday, 20260305" in app.picture
        await app.press("enter")
        await field(app, "seen")
        await app.press("n")
    assert "\nrating: 5\ndue: 20260305\nseen: False\n" in path.read_text()
