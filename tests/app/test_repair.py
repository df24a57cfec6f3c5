"""``F`` shows what would repair a source, and repairs it."""

from tests.app.conftest import write_source
from tui.app.boxes.repair import RepairBox
from tui.session.flow.saver import Saver

STRAY = "has_transcript: yes\n---\nstatus: raw\ntitle: Stray\nhas_transcript: no\n---\nBody.\n"


def quoted(vault):
    """One more source, with two faulty lines."""
    path = write_source(vault, 9, "Yellow submarine", creator='""Quoted" badly')
    path.write_text(path.read_text().replace('"Yellow submarine"', '""Yellow" submarine"'))
    return path


async def at(app, part):
    """Go to a source through the view of problems."""
    await app.press("v")
    await app.type("problems")
    await app.press("enter")
    await app.go_to(part)


async def test_the_lines_are_shown_and_enter_repairs_them_and_u_undoes_it(sluice, vault, watch):
    path = quoted(vault)
    files = watch(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("F")
        assert isinstance(app.app.screen, RepairBox)
        assert '- title: ""Yellow" submarine"' in app.picture
        assert '+ title: "\\"Yellow\\" submarine"' in app.picture
        assert '+ creator: "\\"Quoted\\" badly"' in app.picture
        assert "id: SOURCE" not in app.picture.split("+ creator")[0].split("- title")[1]
        assert files.changes == {}
        await app.press("enter")
        assert app.toast == "Repaired · u undoes it"
        assert app.here == path.name
        assert app.title == '"Yellow" submarine'
        assert app.session.board.current.problem is None
        assert len(files.lines(path.name)) == 4
        await app.press("1")
        await app.press("u", "u")
        assert app.session.board.current.problem is not None
    assert files.changes == {}


async def test_esc_leaves_it_as_it_is(sluice, vault, watch):
    quoted(vault)
    files = watch(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("F", "escape")
        assert app.app.screen is app.screen
    assert files.changes == {}


async def test_of_two_values_the_reader_chooses(sluice, vault):
    path = vault / "SOURCE-stray.md"
    path.write_text(STRAY)
    async with sluice() as app:
        await at(app, "stray")
        await app.press("F")
        assert "kept “has_transcript: no” and removed “has_transcript: yes”" in app.picture
        await app.press("s")
        assert "kept “has_transcript: yes” and removed “has_transcript: no”" in app.picture
        await app.press("enter")
    assert path.read_text() == "---\nhas_transcript: yes\nstatus: raw\ntitle: Stray\n---\nBody.\n"


async def test_of_two_values_in_a_header_the_reader_chooses(sluice, vault):
    path = write_source(vault, 9, "Yellow submarine")
    text = path.read_text().replace("platform: web\n", "platform: web\nplatform: x\n")
    path.write_text(text)
    async with sluice() as app:
        await at(app, "yellow")
        assert "platform appears twice" in app.picture
        await app.press("F")
        assert "kept “platform: x” and removed “platform: web”" in app.picture
        await app.press("s", "enter")
        assert path.read_text() == text.replace("platform: x\n", "")
        await app.press("u")
        assert path.read_text() == text


async def test_what_hides_data_is_repaired_and_other_decisions_go_on(sluice, vault, watch):
    path = write_source(vault, 9, "Yellow submarine")
    path.write_text(path.read_text().replace("platform: web", "guest: Ann #2"))
    files = watch(vault)
    async with sluice() as app:
        await at(app, "yellow")
        assert "YAML reads “#2” as a comment" in app.picture
        await app.press("1")
        assert "+ signal_tier: paradigm # guessed" in files.lines(path.name)
        await app.press("u")
        assert files.changes == {}
        await app.go_to("yellow")
        await app.press("F", "enter")
    assert files.lines(path.name) == ["- guest: Ann #2", '+ guest: "Ann #2"']


async def test_no_second_field_is_written_beside_one_that_looks_like_it(sluice, vault, watch):
    path = write_source(vault, 9, "Yellow submarine")
    path.write_text(path.read_text().replace("status: raw", "Status: raw"))
    files = watch(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("p")
        assert "Status, which looks like status" in app.toast
        assert files.changes == {}
        await app.press("F", "enter", "p")
    assert files.lines(path.name) == ["- Status: raw", "+ status: triaged"]


async def test_a_heading_above_the_header_is_moved_below_it(sluice, vault):
    path = write_source(vault, 9, "Yellow submarine")
    text = path.read_text()
    path.write_text(f"# Heading\n\n{text}")
    async with sluice() as app:
        await at(app, "yellow")
        assert "a heading above the header" in app.picture
        await app.press("F", "enter")
    assert path.read_text() == text.replace("\n---\n", "\n---\n# Heading\n\n", 1)


async def test_a_file_without_a_header_gets_one_by_its_first_decision(sluice, vault, watch):
    path = vault / "SOURCE-yellow.md"
    path.write_text("Text.\n")
    files = watch(vault)
    async with sluice() as app:
        await app.press("v", "a", "l", "l", "enter")
        await app.go_to("yellow")
        await app.press("1")
        assert path.read_text() == "---\nsignal_tier: paradigm\n---\nText.\n"
        await app.press("u")
    assert files.changes == {}


async def test_a_value_that_is_certain_is_fixed_too(sluice, vault, watch):
    path = write_source(vault, 9, "Yellow submarine", date_published="20251128")
    files = watch(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("F", "enter")
    assert files.lines(path.name) == ["- date_published: 20251128", "+ date_published: 2025-11-28"]


async def test_what_has_no_repair_says_why_and_where_the_editor_opens(sluice, vault, watch):
    path = write_source(vault, 9, "Yellow submarine")
    path.write_text(path.read_text().replace("platform: web", "nobody's line"))
    files = watch(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("F")
        assert "No safe repair: line 7 does not belong" in app.toast
        assert "e opens your editor at line" in app.toast
        assert app.app.screen is app.screen
    assert files.changes == {}


async def test_a_healthy_source_needs_none(sluice):
    async with sluice() as app:
        await app.press("F")
        assert app.toast == "This source has no problem."


async def test_a_file_that_changes_under_the_box_is_not_repaired(sluice, vault):
    path = quoted(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("F")
        text = path.read_text() + "a line from elsewhere\n"
        path.write_text(text)
        await app.press("enter")
        assert "Another program just changed" in app.toast
    assert path.read_text() == text


async def test_brackets_go_from_problem_to_problem(sluice, vault):
    write_source(vault, 0, "Ants first", signal_tier="high")
    write_source(vault, 9, "Yellow submarine", creator="@someone")
    async with sluice() as app:
        await app.press("v", "a", "l", "l", "enter")
        await app.go_to("clocks")
        await app.press("right_square_bracket")
        assert "yellow" in app.here
        await app.press("right_square_bracket")
        assert "No more problems below" in app.toast
        await app.press("left_square_bracket")
        assert "ants" in app.here


async def test_a_refused_change_names_the_key(sluice, vault):
    quoted(vault)
    async with sluice() as app:
        await at(app, "yellow")
        await app.press("1")
        assert "F or `sluice check --fix` repairs it" in app.toast


async def test_the_box_fits_a_small_terminal_and_shows_nothing_raw(sluice, vault):
    path = quoted(vault)
    path.write_text(path.read_text().replace("Quoted", "[red]Q\u202e" + "long " * 300))
    async with sluice(size=(45, 20)) as app:
        await at(app, "yellow")
        await app.press("F")
        assert "repair" in app.picture
        assert "\u202e" not in app.picture
        for _ in range(60):
            await app.press("j")
        assert "long" in app.picture
        assert all(len(line) <= 45 for line in app.picture.split("\n"))
        await app.press("q")
        assert app.app.screen is app.screen


async def test_a_repair_that_comes_late_is_not_shown_over_a_search_begun_meanwhile(
    sluice, write, monkeypatch
):
    write(0, "Aardvark", creator='""Quoted" badly')
    later = []
    async with sluice() as app:
        app.waits_for_disk = False
        monkeypatch.setattr(Saver, "busy", property(lambda _: True))
        monkeypatch.setattr(Saver, "when_idle", lambda _, action: later.append(action))
        await app.press("F", "slash")
        later.pop()()
        await app.type("apples")
        assert app.app.screen is app.screen
        assert app.screen.search.value == "apples"
        await app.press("escape", "F")
        later.pop()()
        await app.settled()
        assert app.app.screen is not app.screen
