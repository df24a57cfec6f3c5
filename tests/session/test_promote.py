"""p takes a source to its next status; P to any that is allowed, also back."""

from datetime import date

import pytest

NAME, NEXT = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


def test_promote_without_a_tier_warns_and_moves(sluice, write, watch, vault):
    write(9, "Yawning gaps", signal_tier="null")
    files = watch(vault)
    with sluice() as app:
        app.go_to("Yawning")
        app.press("p")
        assert "signal_tier is empty; triaged" in app.toast
    assert files.lines("SOURCE-009-yawning.md") == ["- status: raw", "+ status: triaged"]


def test_processed_stamps_today_and_warns_without_an_insight(sluice, write, watch, vault):
    write(9, "Zebras", status="triaged")
    files = watch(vault)
    with sluice() as app:
        app.open_view("triaged")
        app.press("p")
        assert "key_insights is empty; processed" in app.toast
    assert sorted(files.lines("SOURCE-009-zebras.md")) == sorted(
        [
            "- status: triaged",
            "+ status: processed",
            "- date_processed: 2026-01-02",
            f"+ date_processed: {date.today()}",
        ]
    )


def test_integrated_adds_its_stamp_and_asks_where_it_went(sluice, write, watch, vault):
    write(9, "Zebras", status="processed", key_insights="[one]")
    files = watch(vault)
    with sluice() as app:
        app.open_view("processed")
        app.press("p")
        assert "integrated_into is empty; integrated" in app.toast
    lines = files.lines("SOURCE-009-zebras.md")
    assert "+ status: integrated" in lines
    assert f"+ date_integrated: {date.today()}" in lines
    assert len(lines) == 3


def test_done_sources_leave_when_the_view_is_opened_again(sluice):
    with sluice() as app:
        app.press("p", "p")
        assert len(app.shown) == 4
        app.open_view("raw")
        assert app.shown == ["Clocks without hands", "Deserts at night"]
        app.open_view("triaged")
        assert app.shown == ["Apples in autumn", "Bridges over water"]


def test_the_cursor_skips_done_sources_and_turns_back_at_the_end(sluice, vault):
    with sluice() as app:
        app.press("j", "p", "k", "k", "p")
        assert app.here == "SOURCE-003-clocks.md"
        app.press("G", "p")
        assert app.here == "SOURCE-003-clocks.md"
        app.press("p")
        assert "0 left" in app.figures.words
    statuses = [path.read_text().split("status: ")[1].split("\n")[0] for path in vault.iterdir()]
    assert statuses == ["triaged"] * 4


def test_with_advance_off_the_cursor_stays(sluice, home, files):
    config = home / "config" / "sluice" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text("advance: off\n")
    with sluice() as app:
        app.press("p")
        assert app.here == NAME
        assert app.dimmed(NAME)
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


def test_after_a_lookup_the_cursor_stays_on_what_was_wanted(sluice):
    with sluice() as app:
        app.press("slash", *"bridges", "enter", "p")
        assert app.here == NEXT
        assert app.source.text("status") == "triaged"


def test_promote_twice_on_a_source_goes_two_steps(sluice, vault, home):
    with sluice() as app:
        app.press("p", "k", "p")
    assert "\nstatus: processed\n" in (vault / NAME).read_text()


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("archived", "move it back, use P"),
        ("integrated", "move it back, use P"),
    ],
)
def test_at_the_end_of_the_line_promote_is_refused(sluice, write, watch, vault, status, sentence):
    write(9, "Ends", status=status)
    files = watch(vault)
    with sluice() as app:
        app.open_view("all")
        app.go_to("Ends")
        app.press("p")
        assert status in app.toast and sentence in app.toast
    assert files.changes == {}


def test_promote_to_refuses_to_skip_a_step_and_names_the_allowed_one(sluice, files):
    with sluice() as app:
        app.move_to("integrated")
        assert "cannot become integrated" in app.toast
        assert "it can become triaged" in app.toast
        assert app.here == NAME
    assert files.changes == {}


def test_promote_to_goes_back_without_asking_for_anything(sluice, write, watch, vault):
    write(9, "Zebras", status="processed")
    files = watch(vault)
    with sluice() as app:
        app.open_view("processed")
        app.press("P")
        assert any("raw" in one.label and one.note == "back" for one in app.box.options)
        app.press("escape")
        app.move_to("raw")
        assert "wants" not in app.toast
    assert files.lines("SOURCE-009-zebras.md") == ["- status: processed", "+ status: raw"]


@pytest.mark.parametrize("key", ["enter", "p"])
def test_the_drawer_has_the_next_step_under_the_cursor_and_its_key(sluice, files, key):
    with sluice() as app:
        app.press("P")
        assert app.box.under_cursor.value == "triaged"
        app.press(key)
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


def test_promote_to_the_status_it_has_writes_nothing(sluice, files):
    with sluice() as app:
        app.move_to("raw")
        assert app.toast
        assert app.here == NAME
    assert files.changes == {}


def test_an_unknown_status_can_be_brought_back_by_name(sluice, write, watch, vault):
    write(9, "Oddity", status="someday")
    files = watch(vault)
    with sluice() as app:
        app.open_view("all")
        app.go_to("Oddity")
        app.press("p")
        assert "someday" in app.toast
        assert files.changes == {}
        app.move_to("raw")
    assert files.changes.get("SOURCE-009-oddity.md") == ["- status: someday", "+ status: raw"]


def test_keys_pressed_fast_decide_one_source_each(sluice, vault):
    with sluice() as app:
        app.press("2", "p", "4", "p", "1", "p")
    tiers = [
        path.read_text().split("signal_tier: ")[1].split()[0] for path in sorted(vault.iterdir())
    ]
    assert tiers == ["strategic", "noise", "paradigm", "tactical"]


def test_the_menu_goes_to_the_archive_as_the_key_does(sluice, files):
    with sluice() as app:
        app.press("P")
        notes = {option.value: option.note for option in app.box.options}
        assert "via triaged" in notes["archived"]
        assert notes["triaged"] == "next"
        assert notes["processed"] == "after triaged"
        assert notes["integrated"] == "after 2 more"
        app.press("a")
        assert app.toast.startswith("× archived, was ○ raw")
        assert files.lines(NAME) == ["- status: raw", "+ status: archived"]
        app.press("u")
    assert files.changes == {}


def test_the_menu_counts_those_that_reach_the_archive_on_their_way(sluice, write):
    write(9, "Ends", status="integrated")
    with sluice() as app:
        app.open_view("all")
        app.go_to("Deserts")
        app.press("x", "x", "P")
        notes = {option.value: option.note for option in app.box.options}
        assert "possible for 1 of 2" in notes["archived"]


@pytest.mark.parametrize("line", ["null", '""', "[]", "RAW"])
def test_no_status_is_in_the_view_raw_and_is_written_from_the_menu(
    sluice, write, watch, vault, line
):
    write(9, "Nothing said", status=line)
    files = watch(vault)
    with sluice() as app:
        assert "Nothing said" in app.shown
        app.go_to("Nothing said")
        app.move_to("raw")
        assert app.toast == "○ raw · u undoes"
    written = "[raw]" if line == "[]" else '"raw"' if line == '""' else "raw"
    lines = files.lines("SOURCE-009-nothing.md")
    assert lines in (
        [f"- status: {line}", f"+ status: {written}"],
        [f"- status: {line}", "+ status:", '+   - "raw"'],
    )


@pytest.mark.parametrize(("digit", "tier"), [("1", "paradigm"), ("4", "noise")])
def test_a_digit_in_the_drawer_sets_the_tier_at_once(sluice, files, digit, tier):
    with sluice() as app:
        app.press("P", digit)
        assert app.boxes == []
    assert files.lines(NAME)[1].startswith(f"+ signal_tier: {tier}")


def test_the_drawer_says_what_is_now_and_each_share_beside_its_target(sluice, write):
    for number, tier in enumerate(["paradigm", "noise", "noise"], 20):
        write(number, f"More {number}", signal_tier=tier)
    with sluice() as app:
        app.press("P")
        question = app.box.question
        assert question.now == "now ○ raw ■ tactical"
        shares = [one.number for one in question.tiers if one.slot != "0"]
        assert shares == ["14/ 5 %", "0/20 %", "57/40 %", "29/35 %"]
        assert next(one.value for one in question.tiers if one.is_chosen) == "tactical"


def test_tab_goes_through_the_drawers_and_back_to_the_queue(sluice, files):
    with sluice() as app:
        app.press("c", "tab")
        assert app.box.question.title == "status·tier"
        app.press("shift+tab")
        assert app.box.question.title == "category"
        app.press("tab", "tab")
        assert (app.boxes, app.focused) == ([], "queue")
        app.press("c", "shift+tab")
        assert (app.boxes, app.focused) == ([], "insights")
    assert files.changes == {}
