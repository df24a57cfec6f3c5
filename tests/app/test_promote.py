"""p takes a source to its next status; P to any that is allowed, also back."""

from datetime import date

import pytest

NAME, NEXT = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
TODAY = date.today().isoformat()


async def view(app, name):
    await app.press("v")
    await app.type(name)
    await app.press("enter")


async def test_promote_moves_a_raw_source_and_the_cursor_to_the_next_open_one(sluice, files):
    async with sluice() as app:
        await app.press("p")
        assert app.here == NEXT
        assert app.dimmed(NAME)
        assert app.shown[0] == "Apples in autumn", "it stays in its place"
        assert "1 done today" in app.picture
        assert "3 left" in app.picture
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


async def test_promote_without_a_tier_warns_and_moves(sluice, write, watch, vault):
    write(9, "Yawning gaps", signal_tier="null")
    files = watch(vault)
    async with sluice() as app:
        await app.go_to("Yawning")
        await app.press("p")
        assert "signal_tier is empty; triaged" in app.toast
    assert files.lines("SOURCE-009-yawning.md") == ["- status: raw", "+ status: triaged"]


async def test_processed_stamps_today_and_warns_without_an_insight(sluice, write, watch, vault):
    write(9, "Zebras", status="triaged")
    files = watch(vault)
    async with sluice() as app:
        await view(app, "triaged")
        await app.press("p")
        assert "key_insights is empty; processed" in app.toast
    assert sorted(files.lines("SOURCE-009-zebras.md")) == sorted(
        [
            "- status: triaged",
            "+ status: processed",
            "- date_processed: 2026-01-02",
            f"+ date_processed: {TODAY}",
        ]
    )


async def test_integrated_adds_its_stamp_and_asks_where_it_went(sluice, write, watch, vault):
    write(9, "Zebras", status="processed", key_insights="[one]")
    files = watch(vault)
    async with sluice() as app:
        await view(app, "processed")
        await app.press("p")
        assert "integrated_into is empty; integrated" in app.toast
    lines = files.lines("SOURCE-009-zebras.md")
    assert "+ status: integrated" in lines
    assert f"+ date_integrated: {TODAY}" in lines
    assert len(lines) == 3


async def test_done_sources_leave_when_the_view_is_opened_again(sluice):
    async with sluice() as app:
        await app.press("p", "p")
        assert len(app.shown) == 4
        await view(app, "raw")
        assert app.shown == ["Clocks without hands", "Deserts at night"]
        await view(app, "triaged")
        assert app.shown == ["Apples in autumn", "Bridges over water"]


async def test_the_cursor_skips_done_sources_and_turns_back_at_the_end(sluice, vault):
    async with sluice() as app:
        await app.press("j", "p", "k", "k", "p")
        assert app.here == "SOURCE-003-clocks.md"
        await app.press("G", "p")
        assert app.here == "SOURCE-003-clocks.md"
        await app.press("p")
        assert "0 left" in app.picture
    statuses = [path.read_text().split("status: ")[1].split("\n")[0] for path in vault.iterdir()]
    assert statuses == ["triaged"] * 4


async def test_with_advance_off_the_cursor_stays(sluice, home, files):
    config = home / "config" / "sluice" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text("advance: off\n")
    async with sluice() as app:
        await app.press("p")
        assert app.here == NAME
        assert app.dimmed(NAME)
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


async def test_after_a_lookup_the_cursor_stays_on_what_was_wanted(sluice):
    async with sluice() as app:
        await app.press("slash", *"bridges", "enter", "p")
        assert app.here == NEXT
        assert "triaged" in app.picture


async def test_promote_twice_on_a_source_goes_two_steps(sluice, vault, home):
    async with sluice() as app:
        await app.press("p", "k", "p")
    assert "\nstatus: processed\n" in (vault / NAME).read_text()


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("archived", "move it back, use P"),
        ("integrated", "move it back, use P"),
    ],
)
async def test_at_the_end_of_the_line_promote_is_refused(
    sluice, write, watch, vault, status, sentence
):
    write(9, "Ends", status=status)
    files = watch(vault)
    async with sluice() as app:
        await view(app, "all")
        await app.go_to("Ends")
        await app.press("p")
        assert status in app.toast and sentence in app.toast
    assert files.changes == {}


async def test_promote_to_refuses_to_skip_a_step_and_names_the_allowed_one(sluice, files):
    async with sluice() as app:
        await app.press("P")
        await app.type("integrated")
        await app.press("enter")
        assert "cannot become integrated" in app.toast
        assert "it can become triaged" in app.toast
        assert app.here == NAME
    assert files.changes == {}


async def test_promote_to_goes_back_without_asking_for_anything(sluice, write, watch, vault):
    write(9, "Zebras", status="processed")
    files = watch(vault)
    async with sluice() as app:
        await view(app, "processed")
        await app.press("P")
        assert any("raw" in line and "back" in line for line in app.picker)
        await app.type("raw")
        await app.press("enter")
        assert "wants" not in app.toast
    assert files.lines("SOURCE-009-zebras.md") == ["- status: processed", "+ status: raw"]


async def test_promote_to_has_the_next_step_under_the_cursor_and_slots(sluice, files):
    async with sluice() as app:
        await app.press("P")
        assert "triaged" in app.under_picker_cursor
        await app.press("2")
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


async def test_promote_to_the_status_it_has_writes_nothing(sluice, files):
    async with sluice() as app:
        await app.press("P", "1")
        assert app.toast
        assert app.here == NAME
    assert files.changes == {}


async def test_an_unknown_status_can_be_brought_back_by_name(sluice, write, watch, vault):
    write(9, "Oddity", status="someday")
    files = watch(vault)
    async with sluice() as app:
        await view(app, "all")
        await app.go_to("Oddity")
        await app.press("p")
        assert "someday" in app.toast
        assert files.changes == {}
        await app.press("P", "1")
    assert files.changes.get("SOURCE-009-oddity.md") == ["- status: someday", "+ status: raw"]


async def test_keys_pressed_fast_decide_one_source_each(sluice, vault):
    async with sluice() as app:
        await app.press("2", "p", "4", "p", "1", "p")
    tiers = [
        path.read_text().split("signal_tier: ")[1].split()[0] for path in sorted(vault.iterdir())
    ]
    assert tiers == ["strategic", "noise", "paradigm", "tactical"]


async def test_the_menu_goes_to_the_archive_as_the_key_does(sluice, files):
    async with sluice() as app:
        await app.press("P")
        lines = {line.split()[2]: line for line in app.picker}
        assert "via triaged" in lines["archived"]
        assert "not from raw: triaged comes first" in lines["integrated"]
        await app.type("archived")
        await app.press("enter")
        assert app.toast.startswith("raw → triaged → archived")
        assert files.lines(NAME) == ["- status: raw", "+ status: archived"]
        await app.press("u")
    assert files.changes == {}


async def test_the_menu_counts_those_that_reach_the_archive_on_their_way(sluice, write):
    write(9, "Ends", status="integrated")
    async with sluice() as app:
        await view(app, "all")
        await app.go_to("Deserts")
        await app.press("x", "x", "P")
        lines = {line.split()[2]: line for line in app.picker}
        assert "possible for 1 of 2" in lines["archived"]


@pytest.mark.parametrize("line", ["null", '""', "[]", "RAW"])
async def test_no_status_is_in_the_view_raw_and_is_written_from_the_menu(
    sluice, write, watch, vault, line
):
    write(9, "Nothing said", status=line)
    files = watch(vault)
    async with sluice() as app:
        assert "Nothing said" in app.shown
        await app.go_to("Nothing said")
        await app.press("P")
        await app.type("raw")
        await app.press("enter")
        assert app.toast == "status = raw"
    written = "[raw]" if line == "[]" else '"raw"' if line == '""' else "raw"
    lines = files.lines("SOURCE-009-nothing.md")
    assert lines in (
        [f"- status: {line}", f"+ status: {written}"],
        [f"- status: {line}", "+ status:", '+   - "raw"'],
    )


async def test_beside_the_line_the_key_takes_the_only_move(sluice, vault, write, watch):
    (vault / "sluice.yaml").write_text(
        "flow: {moves: {triaged: [archived], archived: [triaged]}}\n"
    )
    write(9, "Put away", status="archived")
    files = watch(vault)
    async with sluice() as app:
        await view(app, "archived")
        assert "p ◔ triaged" in app.picture
        await app.press("p")
    assert files.lines("SOURCE-009-put.md") == ["- status: archived", "+ status: triaged"]
