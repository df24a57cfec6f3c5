"""f asks for any field, then for its value in the box that fits the field's kind."""

from datetime import date, timedelta

import pytest
import yaml

from tests.app.conftest import NARROW
from tui.app.boxes.field import FieldBox
from tui.app.boxes.list import ListBox
from tui.app.boxes.text import TextBox
from tui.app.screens.triage import TriageScreen

NAME = "SOURCE-001-apples.md"
HARD = 'A "quoted": line, it\'s 50% #1\n\n- not a list\n  indented [x] {y} — 👍 é\n---\nend: yes'


def header(path):
    """The header's fields as PyYAML reads them from the file."""
    return yaml.safe_load(path.read_text().split("\n---\n")[0].removeprefix("---\n"))


async def field(app, letters):
    """Press f and choose the field that the letters find."""
    await app.press("f")
    await app.type(letters)
    await app.press("enter")


async def clear(app):
    """Empty the field that is open."""
    await app.press("end", "ctrl+u")


async def test_every_field_is_listed_with_its_value_and_its_meaning(sluice, write):
    write(0, "Aardvarks", id="SOURCE-0\nmood: sunny")
    async with sluice() as app:
        await app.press("f")
        lines = {line.split()[0]: line for line in app.picker}
        assert "web" in lines["platform"]
        assert "site or medium" in lines["platform"]
        assert "[3] one, two, three" in lines["topics"]
        assert "sunny" in lines["mood"]
        assert "not in the schema" in lines["mood"]
        assert set(app.session.desk.schema.fields) < set(lines)


async def test_a_closed_field_offers_its_values_and_takes_one_by_its_digit(sluice, files):
    async with sluice() as app:
        await field(app, "tier")
        assert "changes how you think" in app.picker[0]
        assert "tactical" in app.under_picker_cursor
        await app.press("1")
        assert app.toast == "signal_tier = paradigm"
        await field(app, "platform")
        await app.type("podc")
        await app.press("enter")
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed", "+ signal_tier: paradigm # guessed",
        "- platform: web", "+ platform: podcast",
    ]  # fmt: skip


async def test_a_value_can_be_cleared(sluice, files):
    async with sluice() as app:
        await field(app, "teleology")
        await app.press("0")
        assert app.toast == "teleology = nothing"
    assert files.lines(NAME) == ["- teleology: extract", "+ teleology: null"]


async def test_a_closed_field_takes_no_other_value(sluice, files):
    async with sluice() as app:
        await field(app, "platform")
        await app.type("myspace")
        assert app.picker == []
        await app.press("enter", "escape")
    assert files.changes == {}


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


async def test_the_status_goes_by_the_rules_of_moves(sluice, files):
    async with sluice() as app:
        await field(app, "status")
        await app.press("3")
        assert "raw and cannot become processed" in app.toast
        await field(app, "status")
        await app.press("2")
        assert app.dimmed(NAME)
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


async def test_a_date_is_shown_as_it_is_meant_before_it_is_saved(sluice, files):
    meant = date.today() - timedelta(days=3)
    async with sluice() as app:
        await field(app, "published")
        await clear(app)
        await app.type("-3d")
        assert f"→ {meant:%A}, {meant.isoformat()} · 3 days ago" in app.picture
        assert files.changes == {}
        await app.press("enter")
    assert files.lines(NAME)[1] == f"+ date_published: {meant.isoformat()}"


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


async def test_digits_alone_are_a_date(sluice, files):
    async with sluice() as app:
        await field(app, "captured")
        await app.type("20260301")
        await app.press("enter")
    assert files.lines(NAME) == ["+ captured_date: 2026-03-01"]


async def test_a_bool_is_yes_no_or_nothing(sluice, vault):
    async with sluice() as app:
        await field(app, "transcript")
        await app.press("y")
        assert "has_transcript: yes\n" in (vault / NAME).read_text()
        await field(app, "transcript")
        await app.press("0")
    assert header(vault / NAME)["has_transcript"] is None


async def test_a_url_must_be_one(sluice, files):
    async with sluice() as app:
        await field(app, "url")
        await clear(app)
        await app.type("example.org")
        assert "! url: " in app.picture
        await app.press("enter", "home")
        await app.type("https://")
        await app.press("enter")
    assert files.lines(NAME)[1] == "+ url: https://example.org"


@pytest.mark.parametrize("text", ["no", "a: b", "2026-01-01", "@x", 'it\'s "so"', "[x]", "# y"])
async def test_a_text_is_read_back_as_it_was_typed(sluice, vault, files, text):
    async with sluice() as app:
        await field(app, "creator")
        await clear(app)
        await app.type(text)
        await app.press("enter")
    assert header(vault / NAME)["creator"] == text
    assert len(files.lines(NAME)) == 2


async def test_an_emptied_text_clears_the_field(sluice, files):
    async with sluice() as app:
        await field(app, "creator")
        await clear(app)
        assert "leave empty to clear it" in app.picture
        await app.press("enter")
    assert files.lines(NAME) == ["- creator: Someone", "+ creator: null"]


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


async def test_a_draft_stays_with_a_file_that_is_renamed(sluice, vault):
    async with sluice() as app:
        await field(app, "creator")
        await app.type(" Else")
        await app.press("escape")
        (vault / NAME).rename(vault / "SOURCE-001-renamed.md")
        await app.until(lambda: app.here == "SOURCE-001-renamed.md")
        await field(app, "creator")
        assert "Someone Else" in app.picture


async def test_what_others_wrote_meanwhile_is_reported_before_it_is_written_over(sluice, vault):
    path = vault / NAME
    async with sluice() as app:
        await field(app, "creator")
        await app.type(" Else")
        path.write_text(path.read_text().replace("creator: Someone", "creator: Theirs"))
        await app.until(lambda: app.session.board.current.text("creator") == "Theirs")
        await app.press("enter")
        assert "another program changed creator to “Theirs”" in app.toast
        assert "creator: Theirs" in path.read_text()
        await app.press("enter")
    assert "creator: Someone Else" in path.read_text()


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


async def test_esc_asks_once_before_it_drops_a_changed_list(sluice, files):
    async with sluice() as app:
        await field(app, "aliases")
        await app.press("i", *"some", "enter", "escape")
        assert "esc again discards them" in app.picture
        assert isinstance(app.app.screen, ListBox)
        await app.press("escape")
        assert isinstance(app.app.screen, TriageScreen)
        await field(app, "aliases")
        await app.press("escape")
        assert isinstance(app.app.screen, TriageScreen)
    assert files.changes == {}


async def test_a_list_half_changed_is_there_again_after_a_crash(sluice, vault):
    async with sluice() as app:
        await field(app, "aliases")
        await app.press("i", *"some", "enter", "a", *"half")
    async with sluice() as app:
        await field(app, "aliases")
        assert "Unsaved changes from last time" in app.picture
        await app.press("enter")
    assert header(vault / NAME)["aliases"] == ["some", "half"]


async def test_items_that_are_not_texts_stay_what_they_are(sluice, write, watch, vault):
    path = write(0, "Aardvarks", aliases="[2026-01-01, 7, x]")
    files = watch(vault)
    async with sluice() as app:
        await field(app, "aliases")
        await app.press("G", "d", "g", "J", "enter")
    assert header(path)["aliases"] == [7, date(2026, 1, 1)]
    assert files.lines(path.name)[1] == "+ aliases: [7, 2026-01-01]"


async def test_an_unknown_field_keeps_its_kind(sluice, write):
    path = write(0, "Aardvarks", id="SOURCE-0\nstars: 4\nplaces: [a]\nmap: {x: 1}")
    async with sluice() as app:
        await field(app, "stars")
        await clear(app)
        await app.type("5")
        assert "→ a number, as before" in app.picture
        await app.press("enter")
        await field(app, "places")
        assert isinstance(app.app.screen, ListBox)
        await app.press("i", "b", "enter", "enter")
        await field(app, "map")
        assert "map contains fields of its own" in app.toast
    assert header(path)["stars"] == 5
    assert header(path)["places"] == ["a", "b"]


async def test_a_broken_header_is_reported_before_anything_is_typed(sluice, write, vault, watch):
    write(0, "Aardvarks", creator='""Quoted" badly')
    files = watch(vault)
    async with sluice() as app:
        await app.press("f")
        assert "Broken header in" in app.toast
        assert isinstance(app.app.screen, TriageScreen)
    assert files.changes == {}


async def test_the_picker_begins_at_the_field_edited_last(sluice):
    async with sluice() as app:
        await field(app, "creator")
        await app.press("escape", "j", "f")
        assert "creator" in app.under_picker_cursor


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


async def test_a_field_of_all_marked_is_one_change(sluice, files, vault):
    async with sluice() as app:
        await app.press("x", "x", "x")
        await field(app, "creator")
        assert "creator · 3 sources" in app.picture
        await app.type(" Else")
        await app.press("enter")
        assert app.toast == "creator = Someone Else · 3 sources"
        assert len(files.changes) == 3
        await app.press("u")
    assert files.changes == {}


async def test_marked_sources_that_differ_are_reported_and_one_value_becomes_that_of_all(
    sluice, vault
):
    path = vault / NAME
    path.write_text(path.read_text().replace("Someone", "Ada"))
    async with sluice() as app:
        await app.press("x", "x", "f")
        assert any("2 values" in line for line in app.picker if line.startswith("creator"))
        await app.type("creator")
        await app.press("enter")
        assert "the sources differ" in app.picture
        await app.type("Both")
        await app.press("enter")
    assert header(path)["creator"] == "Both"
    assert header(vault / "SOURCE-002-bridges.md")["creator"] == "Both"


async def test_a_list_of_marked_sources_gains_and_loses_items(sluice, vault, write):
    write(0, "Aardvarks", aliases="[old]")
    async with sluice() as app:
        await app.press("x", "x")
        await field(app, "aliases")
        await app.press(*"old", "enter", *"shared", "enter", "enter", "escape")
    for name in ("SOURCE-000-aardvarks.md", NAME):
        assert header(vault / name)["aliases"] == ["old", "shared"]


async def test_what_others_wrote_into_one_of_the_marked_is_left_and_reported(sluice, vault):
    path = vault / NAME
    async with sluice() as app:
        await app.press("x", "x")
        await field(app, "creator")
        await app.type(" Else")
        path.write_text(path.read_text().replace("creator: Someone", "creator: Theirs"))
        await app.until(lambda: app.session.desk.vault.get(NAME).text("creator") == "Theirs")
        await app.press("enter")
        assert "1 refused" in app.toast
    assert header(path)["creator"] == "Theirs"
    assert header(vault / "SOURCE-002-bridges.md")["creator"] == "Someone Else"


async def test_a_number_stays_one_and_the_box_says_so(sluice, write):
    path = write(0, "Aardvarks", id="SOURCE-0\nrating: 4\ndue: 20260131\nseen: True")
    async with sluice() as app:
        await field(app, "rating")
        await clear(app)
        await app.type("5")
        assert "a number, as before" in app.picture
        await app.press("enter")
        await field(app, "due")
        await clear(app)
        await app.type("2026-03-05")
        assert "Thursday, 20260305" in app.picture
        await app.press("enter")
        await field(app, "seen")
        await app.press("n")
    assert "\nrating: 5\ndue: 20260305\nseen: False\n" in path.read_text()
