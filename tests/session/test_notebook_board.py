"""b shows the notebooks side by side; keys move, stage and deliver their cards."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tui.session.questions import (
    BoardNow,
    ConfirmBulk,
    EditLine,
    EditText,
    Sheet,
    ShowNotebooks,
    ShowSheet,
    TickOptions,
)  # fmt: skip

APPLES, BRIDGES, CLOCKS, DESERTS = (
    "SOURCE-001-apples.md",
    "SOURCE-002-bridges.md",
    "SOURCE-003-clocks.md",
    "SOURCE-004-deserts.md",
)
FRUIT, TOWNS = "fruit", "towns"


def put(vault: Path, name: str, *lines: str, **replaced: str) -> None:
    """Add lines to a header, and replace values in it."""
    path = vault / name
    text = path.read_text(encoding="utf-8")
    for field, value in replaced.items():
        before = next(line for line in text.splitlines() if line.startswith(f"{field}:"))
        text = text.replace(before, f"{field}: {value}", 1)
    text = text.replace(
        "teleology: extract\n",
        "".join(["teleology: extract\n", *(f"{line}\n" for line in lines)]),
        1,
    )
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def shelf(vault: Path) -> Path:
    """Apples and bridges in fruit, clocks in towns, deserts judged and in none."""
    put(vault, APPLES, "notebooks:", f"  - {FRUIT}", status="triaged", signal_tier="strategic")
    put(
        vault,
        BRIDGES,
        "notebooks: [fruit] # mine",
        status="triaged",
        url="https://x.com/a/status/2",
    )
    put(vault, CLOCKS, "notebooks: [towns]", status="triaged")
    put(vault, DESERTS, status="triaged")
    return vault


def columns(app) -> dict[str, list[str]]:
    """The cards of each column, by its name."""
    cards = app.session.board.cards
    return {column.name: cards.shown_in(column) for column in cards}


def today() -> str:
    return date.today().isoformat()


def test_b_shows_a_column_for_each_notebook_and_one_for_judged_sources_in_none(shelf, sluice):
    with sluice() as app:
        app.press("b")
        assert isinstance(app.box.question, ShowNotebooks)
        assert columns(app) == {"": [DESERTS], FRUIT: [APPLES, BRIDGES], TOWNS: [CLOCKS]}
        app.press("b")
        assert not app.boxes


def test_raw_and_archived_sources_are_not_among_the_judged_ones(vault, sluice):
    put(vault, APPLES, status="archived")
    put(vault, BRIDGES, status="processed")
    with sluice() as app:
        app.press("b")
        assert columns(app) == {"": [BRIDGES]}


def test_planned_notebooks_come_first_in_their_order_and_are_there_without_sources(shelf, sluice):
    (shelf / "sluice.yaml").write_text("notebooks: {names: {towns: , empty one: }}\n", "utf-8")
    with sluice() as app:
        app.press("b")
        assert list(columns(app)) == ["", TOWNS, "empty one", FRUIT]


def test_cards_are_in_order_of_tier_then_newest_first(shelf, sluice):
    put(shelf, CLOCKS, notebooks="[fruit]", signal_tier="paradigm")
    put(shelf, DESERTS, "notebooks: [fruit]", date_published="2026-03-01")
    with sluice() as app:
        app.press("b")
        assert columns(app)[FRUIT] == [CLOCKS, APPLES, DESERTS, BRIDGES]


def test_the_board_opens_on_the_card_of_the_source_in_hand_and_closes_on_that_of_the_card(
    shelf, sluice
):
    with sluice() as app:
        app.open_view("all")
        app.go_to("clocks")
        app.press("b")
        assert app.session.board.cards.cursor == (TOWNS, 0)
        app.press("h", "j", "q")
        assert app.here == BRIDGES


def test_deciding_keys_act_on_the_card(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "l", "1")
        assert list(files.changes) == [CLOCKS]
        assert "+ signal_tier: paradigm # guessed" in files.changes[CLOCKS]
        app.press("u")
    assert files.changes == {}


def test_a_key_moves_the_card_to_the_column_beside_it_as_one_change(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", ">")
        assert columns(app) == {"": [DESERTS], FRUIT: [BRIDGES], TOWNS: [APPLES, CLOCKS]}
        assert app.session.board.cards.cursor == (FRUIT, 0)
        assert files.changes == {APPLES: ["-   - fruit", "+   - towns"]}
        app.press("u")
        assert columns(app)[FRUIT] == [APPLES, BRIDGES]
        assert app.session.board.cards.here == APPLES
    assert files.changes == {}


def test_moving_to_the_column_without_a_notebook_takes_the_card_out(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "j", "<")
        assert columns(app)[""] == [BRIDGES, DESERTS] or columns(app)[""] == [DESERTS, BRIDGES]
        assert list(files.changes) == [BRIDGES]
        app.press("u")
    assert files.changes == {}


def test_delete_takes_the_card_out_of_this_notebook_only(shelf, sluice):
    put(shelf, CLOCKS, notebooks="[towns, fruit]")
    with sluice() as app:
        app.press("b")
        app.session.board.cards.go_to(CLOCKS)
        app.press("l", "delete")
        assert CLOCKS not in columns(app)[TOWNS]
        assert CLOCKS in columns(app)[FRUIT]


def test_marked_cards_move_as_one_change(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "x", "x", ">")
        assert columns(app)[TOWNS] == [APPLES, BRIDGES, CLOCKS]
        assert len(app.session.desk.vault.log()) == 1
        app.press("u")
    assert files.changes == {}


def test_at_the_ends_a_move_says_why_it_is_none(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "l", ">")
        assert "no column to the right" in app.toast
        app.press("g", ">")
        assert "card" in app.toast
    assert files.changes == {}


def test_enter_reads_the_card_and_leaving_comes_back_to_the_card_read_last(shelf, sluice):
    with sluice() as app:
        app.press("b", "enter")
        assert not app.boxes
        assert app.source.name == APPLES
        assert app.drawn.source.position == (1, 2)
        app.press("l")
        assert app.source.name == BRIDGES
        app.press("l")
        assert "last source" in app.toast
        app.press("q")
        assert isinstance(app.box.question, ShowNotebooks)
        assert app.session.board.cards.cursor == (FRUIT, 1)
        app.press("q")
        assert not app.boxes


def test_deciding_keys_work_in_the_reader_of_a_card(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "l", "enter", "1", "q")
        assert list(files.changes) == [CLOCKS]
        assert isinstance(app.box.question, ShowNotebooks)


def test_i_opens_the_reader_with_the_field_for_an_insight(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "i")
        app.type("Apples keep")
        app.press("enter", "q", "q")
        assert not app.boxes or isinstance(app.box.question, ShowNotebooks)
    assert any("Apples keep" in line for line in files.changes[APPLES])


def test_a_command_about_the_queue_closes_the_board_first(shelf, sluice):
    with sluice() as app:
        app.press("b", "v")
        assert not isinstance(app.box.question, ShowNotebooks)
        app.press("escape")
        assert not app.boxes


def test_words_filter_the_cards_and_escape_shows_all_again(shelf, sluice):
    with sluice() as app:
        app.press("b", "/")
        app.type("bridge")
        assert columns(app)[FRUIT] == [BRIDGES]
        assert app.session.board.cards.here == BRIDGES
        app.press("enter", "escape")
        assert columns(app)[FRUIT] == [APPLES, BRIDGES]
        assert app.session.board.cards.here == BRIDGES
        app.press("escape")
        assert not app.boxes


def test_without_a_field_for_notebooks_b_says_so(vault, sluice):
    (vault / "sluice.yaml").write_text("roles: {notebooks: null}\n", encoding="utf-8")
    with sluice() as app:
        app.press("b")
        assert not app.boxes
        assert "no field for notebooks" in app.toast


def test_a_key_of_the_board_says_in_the_queue_where_it_works(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("S")
        assert app.toast == "This key is for the notebooks' board; b opens it."
    assert files.changes == {}


# What others write


def test_a_card_follows_what_another_program_writes(shelf, sluice):
    with sluice() as app:
        app.press("b", "j")
        put(shelf, APPLES, "extra: yes")
        text = (shelf / APPLES).read_text("utf-8").replace("- fruit", "- towns")
        (shelf / APPLES).write_text(text, "utf-8")
        app.noticed(APPLES)
        assert columns(app) == {"": [DESERTS], FRUIT: [BRIDGES], TOWNS: [APPLES, CLOCKS]}
        assert app.session.board.cards.here == BRIDGES


def test_a_card_goes_with_its_file(shelf, sluice):
    with sluice() as app:
        app.press("b")
        (shelf / APPLES).unlink()
        app.noticed(APPLES)
        assert columns(app)[FRUIT] == [BRIDGES]
        app.press("enter")
        assert app.source.name == BRIDGES


def test_a_new_notebook_gets_its_column_among_the_others(shelf, sluice):
    with sluice() as app:
        app.press("b")
        put(shelf, DESERTS, "notebooks: [more]")
        app.noticed(DESERTS)
        assert list(columns(app)) == ["", FRUIT, "more", TOWNS]
        assert app.session.board.cards.here == APPLES


# Delivery


def test_enter_on_the_head_says_in_order_what_it_will_do(shelf, sluice):
    with sluice() as app:
        app.press("b", "k", "enter")
        assert isinstance(app.box.question, ShowSheet)
        lines = app.box.lines
        assert "1 copies 1 address, to paste" in lines
        assert "2 writes 1 file, to upload" in lines
        assert "3 asks whether that is delivered, and notes it in the sources" in lines
        assert any(line.startswith("! ") and "under 50 words" in line for line in lines)


def test_a_delivery_copies_writes_and_notes_what_was_delivered(shelf, sluice, watch, tmp_path):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "k", "enter", "enter")
        assert isinstance(app.box.question, EditLine)
        assert app.box.save(str(tmp_path / "out"))
        app.settled()
        assert app.clipboard == ["https://example.com/1"]
        assert (tmp_path / "out" / FRUIT / "Bridges over water.md").is_file()
        assert files.changes == {}
        assert "Delivered? y notes it in 2 sources" in app.box.lines
        app.press("y")
        assert isinstance(app.box.question, ShowNotebooks)
        assert set(files.changes) == {APPLES, BRIDGES}
        assert f"+   - fruit@{today()}" in files.changes[APPLES]
        assert len(app.session.desk.vault.log()) == 1
        app.press("Y")
        assert "Nothing to deliver: 2 sources noted as delivered" in app.toast
        app.press("u")
    assert files.changes == {}


def test_without_the_answer_nothing_is_noted(shelf, sluice, watch, tmp_path):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "l", "Y", "enter")
        assert app.clipboard == ["https://example.com/3"]
        app.press("n")
        assert "Not noted as delivered" in app.toast
        assert isinstance(app.box.question, ShowNotebooks)
    assert files.changes == {}


def test_the_folder_is_asked_for_once_and_not_inside_the_vault(shelf, sluice, tmp_path):
    with sluice() as app:
        app.press("b", "Y", "enter")
        assert not app.box.question.judge(str(shelf / "inside")).fits
        assert not app.box.save(str(shelf / "inside"))
        assert app.box.save(str(tmp_path / "out"))
        app.press("n")
    with sluice() as app:
        app.press("b", "Y", "enter")
        assert isinstance(app.box.question, ShowSheet)
        assert "Delivered? y notes it in 2 sources" in app.box.lines


def test_a_folder_that_cannot_be_written_is_refused_and_forgotten(
    shelf, sluice, tmp_path, monkeypatch
):
    locked = tmp_path / "locked"
    locked.mkdir()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != locked and may(path, mode))
    with sluice() as app:
        app.press("b", "Y", "enter")
        said = app.box.question.judge(str(locked / "new" / "deep"))
        assert (said.fits, "may not write in" in said.sentence) == (False, True)
        assert not app.box.save(str(locked))
        app.press("escape")
    with sluice() as app:
        app.press("b", "Y", "enter")
        assert app.box.question.heading == "folder for the files"
        assert str(locked) not in app.box.question.text


def test_a_typed_number_says_how_many_addresses(shelf, sluice):
    for name in (BRIDGES, CLOCKS, DESERTS):
        number = name[9]
        text = (shelf / name).read_text("utf-8").replace("notebooks: [towns]\n", "")
        (shelf / name).write_text(text.replace("notebooks: [fruit] # mine\n", ""), "utf-8")
        put(shelf, name, "notebooks: [fruit]", url=f"https://example.com/{number}")
    with sluice() as app:
        app.press("b", "Y")
        assert "1 copies 4 addresses, to paste" in app.box.lines
        app.press("2")
        assert "1 copies 2 addresses of 4 not delivered, to paste" in app.box.lines
        app.press("enter")
        assert app.clipboard[-1].count("\n") == 1
        app.press("y", "Y")
        assert "1 copies 2 addresses, to paste" in app.box.lines


def test_only_staged_cards_are_delivered_if_there_are_any(shelf, sluice, tmp_path):
    with sluice() as app:
        app.press("b", "space")
        assert "1 staged" in app.toast
        app.press("Y")
        assert "1 source staged" in app.box.lines
        app.press("enter")
        assert "Delivered? y notes it in 1 source" in app.box.lines
        app.press("y", "Y")
        assert not any("staged" in line for line in app.box.lines)


def test_s_notes_a_card_as_delivered_and_again_as_not(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "S")
        assert f"+   - fruit@{today()}" in files.changes[APPLES]
        assert app.toast == "delivered to fruit · u undoes"
        app.press("S")
        assert app.toast == "not delivered to fruit · u undoes"
        assert not any("fruit@" in line for line in files.changes.get(APPLES, []))
        app.press("u", "u")
    assert files.changes == {}


def test_the_packet_is_a_new_file_with_questions_and_sources(shelf, sluice, tmp_path):
    with sluice() as app:
        app.press("b", "Y", "w")
        app.box.save(str(tmp_path / "out"))
        app.settled()
        assert isinstance(app.box.question, EditText)
        app.box.save("Which apples keep?\nAnd why?")
        app.settled()
        packet = (tmp_path / "out" / "fruit packet.md").read_text("utf-8")
        assert "1. Which apples keep?" in packet
        assert "[[SOURCE-001-apples]]" in packet
        app.press("w")
        app.box.save("")
        app.settled()
        assert (tmp_path / "out" / "fruit packet 2.md").is_file()


def test_a_number_taken_back_copies_as_many_as_there_is_room_for_again(vault, sluice, write):
    (vault / "sluice.yaml").write_text("notebooks: {cap: 2}\n", encoding="utf-8")
    for number in range(10, 15):
        put(vault, write(number, f"Fruit {number}", status="triaged").name, "notebooks: [fruit]")
    with sluice() as app:
        app.press("b", "l", "Y")
        planned = "1 copies 2 addresses of 5 not delivered, to paste"
        assert planned in app.box.lines
        app.press("4")
        assert "1 copies 4 addresses of 5 not delivered, to paste" in app.box.lines
        app.press("backspace")
        assert planned in app.box.lines


def test_a_notebook_over_its_cap_is_warned_about(shelf, sluice):
    (shelf / "sluice.yaml").write_text("notebooks: {cap: 1}\n", encoding="utf-8")
    with sluice() as app:
        app.press("b", "Y")
        assert any("1 over the cap of 1" in line for line in app.box.lines)


# The list of the service


def test_a_pasted_list_is_compared_and_noted_after_a_look(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b")
        app.paste("Apples in autu…\nSomething else\n")
        lines = app.box.lines
        assert "✓ 1 delivered, 1 not noted yet" in lines
        assert "1 missing in the list" in lines
        assert "1 line unknown" in lines
        assert files.changes == {}
        app.press("enter")
        assert list(files.changes) == [APPLES]
        app.press("x", "escape")
        assert list(app.rows.marked) == [BRIDGES]
        app.press("u")
    assert files.changes == {}


def test_a_key_compares_with_what_was_copied(shelf, sluice):
    with sluice() as app:
        app.clipboard.append("Bridges over water")
        app.press("b", "ctrl+v")
        assert "✓ 1 delivered, 1 not noted yet" in app.box.lines
        app.press("escape")
        assert isinstance(app.box.question, ShowNotebooks)


def test_nothing_copied_asks_for_the_list(shelf, sluice):
    with sluice() as app:
        app.press("b", "ctrl+v")
        assert "Nothing is copied." in app.box.lines
        app.paste("Apples in autumn")
        assert "✓ 1 delivered, 1 not noted yet" in app.box.lines


def test_many_marked_cards_are_previewed_as_in_the_queue(shelf, sluice, write):
    for number in range(10, 30):
        write(number, f"Title {number}", status="triaged")
    with sluice() as app:
        app.press("b", "h", "*", ">")
        assert isinstance(app.box.question, ConfirmBulk)
        app.press("enter")
        assert len(columns(app)[FRUIT]) == 23


def test_a_card_in_no_notebook_says_which_one_fits(vault, sluice, write):
    roses = ("Roses in spring", "Pruning roses", "Compost for roses", "Roses and their soil")
    engines = ("Pistons at work", "Turbine pistons", "Oil for pistons", "Pistons of steel")
    for number, title in enumerate((*roses, *engines), 10):
        path = write(number, title, status="triaged")
        put(vault, path.name, f"notebooks: [{'garden' if title in roses else 'motors'}]")
    loose = write(40, "Old roses, new roses and their soil", status="triaged").name
    with sluice() as app:
        app.until(lambda: app.session.suggester.notebooks_version)
        app.press("b", "h")
        facts, source = app.box.question.facts, app.session.desk.vault.get(loose)
        likeliest = facts.card(source, "").likeliest
        assert likeliest is not None
        name, percent, _ = likeliest
        assert name in ("garden", "")
        assert percent > 50 or not name


def test_the_list_of_changes_goes_to_the_card_or_else_to_the_queue(shelf, sluice, write):
    raw = write(70, "Zebras", notebooks="").name
    with sluice() as app:
        app.press("G")
        assert app.here == raw
        app.press("1", "b", "j", "2")
        app.press("k", "L", "enter")
        assert isinstance(app.box.question, ShowNotebooks)
        assert app.session.board.cards.here == app.session.desk.vault.log()[-1].names[0]
        app.press("L", "j", "enter")
        assert not app.boxes
        assert app.here == raw


def test_where_the_category_is_the_notebook_a_move_replaces_it(vault, sluice, watch):
    put(vault, APPLES, status="triaged", notebooklm_category="fruit")
    (vault / "sluice.yaml").write_text("notebooks: {from: notebooklm_category}\n", "utf-8")
    files = watch(vault)
    with sluice() as app:
        app.press("b")
        assert columns(app)["fruit"] == [APPLES]
        app.session.board.cards.go_to(APPLES)
        app.press(">")
        assert files.changes == {
            APPLES: ["- notebooklm_category: fruit", "+ notebooklm_category: general"]
        }
        app.press("u")
    assert files.changes == {}


def test_a_broken_header_is_repaired_first_when_its_card_moves(shelf, sluice, watch):
    put(shelf, APPLES, title='""Apples" in autumn"')
    files = watch(shelf)
    with sluice() as app:
        app.press("b")
        app.session.board.cards.go_to(APPLES)
        app.press(">")
        if not isinstance(app.box.question, ShowNotebooks):
            app.press("escape")
        assert isinstance(app.box.question, ShowNotebooks)
    assert files.changes == {}


# What has no card, and counts


def test_without_a_card_under_the_cursor_a_key_says_which_key_goes_to_one(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "k")
        for key in ("m", "M", "1", "x", "space", ">", "S", "shift+down"):
            app.press(key)
            assert app.toast == "No card is under the cursor; j goes to the first one.", key
        assert isinstance(app.box.question, ShowNotebooks)
    assert files.changes == {}


def test_on_a_head_keys_decide_about_the_marked_cards(shelf, sluice, watch):
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "*", "k", "1")
        assert set(files.changes) == {APPLES, BRIDGES}
        app.press("u", "*", "k", "m")
        assert isinstance(app.box.question, TickOptions)
        app.box.save((TOWNS,), ())
        app.settled()
        assert columns(app)[TOWNS] == [APPLES, BRIDGES, CLOCKS]


def test_staging_what_is_marked_elsewhere_says_why_nothing_is_staged(shelf, sluice):
    with sluice() as app:
        app.press("b", "x", "l", "space")
        assert app.toast == "None of these is in towns."


def test_unstaging_the_last_card_says_what_a_delivery_takes_now(shelf, sluice):
    with sluice() as app:
        app.press("b", "space", "k", "space")
        app.press("g", "j", "space")
        app.press("*", "space", "space")
        assert app.toast == "None staged: a delivery takes all that were not delivered."


def test_a_count_marks_so_many_cards_and_is_shown_while_it_is_typed(shelf, sluice, write):
    for number in range(10, 20):
        put(shelf, write(number, f"Fruit {number}", status="triaged").name, "notebooks: [fruit]")
    with sluice() as app:
        app.press("b", "j", "5")
        assert any(key[0] == "5…" for key in app.box.latest(BoardNow).keys)
        app.press("x")
        shown = app.session.board.cards.shown
        assert list(app.rows.marked) == shown[1:6]
        app.press("X", "g", "j", "6", "shift+down")
        assert list(app.rows.marked) == shown[:7]


def test_escape_drops_a_count_before_it_closes_the_board(shelf, sluice):
    with sluice() as app:
        app.press("b", "5", "escape")
        assert isinstance(app.box.question, ShowNotebooks)
        app.press("x")
        assert len(app.rows.marked) == 1


# Deliveries of other kinds


def test_staged_cards_that_were_delivered_are_delivered_again(shelf, sluice):
    with sluice() as app:
        app.press("b", "S", "space", "Y")
        assert "1 copies 1 address, to paste" in app.box.lines
        app.press("enter", "y")
        assert app.clipboard == ["https://example.com/1"]


def test_an_address_delivered_under_another_source_is_why_nothing_is_left(shelf, sluice):
    put(shelf, DESERTS, "notebooks: [towns]", url="https://example.com/3")
    with sluice() as app:
        app.press("b", "l", "S", "Y")
        said = "1 source has an address delivered before under another source"
        assert app.toast == f"{said} · S on a card notes it"


def test_without_a_field_for_deliveries_nothing_is_asked_or_noted(shelf, sluice, watch):
    (shelf / "sluice.yaml").write_text("roles: {sent: null}\n", "utf-8")
    files = watch(shelf)
    with sluice() as app:
        app.press("b", "l", "Y")
        assert "2 notes nothing: this folder has no field for what was delivered" in app.box.lines
        app.press("enter")
        assert app.clipboard == ["https://example.com/3"]
        assert app.box.latest(Sheet).hints == ("esc closes",)
        app.press("y")
        assert isinstance(app.box.question, ShowNotebooks)
        app.press("S")
        assert app.toast.startswith("This folder has no field for what was delivered. sluice.yaml")
        app.paste("Clocks")
        assert not any("not noted" in line for line in app.box.lines)
    assert files.changes == {}


def test_two_notebooks_whose_folders_would_have_one_name_get_two(shelf, sluice, tmp_path):
    put(shelf, CLOCKS, url="https://x.com/a/status/3")
    put(shelf, DESERTS, "notebooks: [AC/DC]", url="https://x.com/a/status/4")
    text = (shelf / CLOCKS).read_text("utf-8")
    (shelf / CLOCKS).write_text(text.replace("[towns]", "[AC-DC]"), "utf-8")
    with sluice() as app:
        app.press("b", "h", "h", "h", "l", "Y", "enter")
        assert app.box.save(str(tmp_path / "out"))
        app.settled()
        app.press("y", "l", "Y")
        assert f"  into {tmp_path / 'out' / 'AC-DC 2'}" in app.box.lines
        app.press("enter", "y")
    assert len(list((tmp_path / "out" / "AC-DC").glob("*.md"))) == 1
    assert len(list((tmp_path / "out" / "AC-DC 2").glob("*.md"))) == 1


def test_a_packet_is_written_from_the_palette_when_all_is_delivered(shelf, sluice, tmp_path):
    with sluice() as app:
        app.press("b", "l", "S")
        app.command("board.packet")
        app.box.save(str(tmp_path / "out"))
        app.settled()
        app.box.save("")
        app.settled()
        assert app.toast.startswith("✓ packet: ")
    assert "[[SOURCE-003-clocks]]" in (tmp_path / "out" / "towns packet.md").read_text("utf-8")


def test_a_delivery_that_fails_after_its_box_was_closed_is_reported(shelf, sluice, tmp_path):
    (tmp_path / "out").mkdir()
    with sluice() as app:
        app.press("b", "Y", "f")
        app.box.save(str(tmp_path / "out"))
        app.settled()
        (tmp_path / "out" / FRUIT).write_text("a file", "utf-8")
        # It is written soon, and the box closed before.
        app.enter(app.box.question.press, "enter")
        app.enter(app.box.question.press, "escape")
        app.settled()
        assert "is not a folder" in app.toast


def test_a_folder_that_became_a_file_can_be_replaced(shelf, sluice, tmp_path):
    with sluice() as app:
        app.press("b", "Y", "f")
        app.box.save(str(tmp_path / "out"))
        app.settled()
        (tmp_path / "out").write_text("a file", "utf-8")
        app.press("escape", "Y")
        assert "2 writes 1 file, to upload" in app.box.lines
        app.press("enter")
        assert any(line.startswith("! Cannot write") for line in app.box.lines), app.box.lines
        app.press("n", "Y", "f")
        assert app.box.save(str(tmp_path / "other"))
        app.settled()
        app.press("enter", "y")
    assert len(list((tmp_path / "other" / FRUIT).glob("*.md"))) == 1


def test_nothing_delivered_in_a_list_has_no_tick(shelf, sluice):
    with sluice() as app:
        app.press("b")
        app.paste("Something else\n")
        assert "0 delivered" in app.box.lines


def test_a_source_that_is_gone_is_not_offered_to_be_noted(shelf, sluice):
    with sluice() as app:
        app.press("b")
        app.paste("Apples in autumn\n")
        (shelf / APPLES).unlink()
        app.noticed(APPLES)
        app.press("z")
        assert "✓ 1 delivered" in app.box.lines


def test_a_renamed_notebook_keeps_the_cursor_and_what_is_staged(shelf, sluice):
    with sluice() as app:
        app.press("b", "space", "k")
        app.enter(app.session.shelver.ask_name, FRUIT)
        app.box.save("zebras")
        app.settled()
        assert app.session.board.cards.cursor == ("zebras", 0)
        assert list(columns(app)) == ["", TOWNS, "zebras"]
        app.press("Y")
        assert "1 source staged" in app.box.lines


def test_a_rename_names_the_views_that_ask_for_the_old_name(shelf, sluice, config):
    config("views: {mine: 'nb:fruit st:triaged', other: 'nb:towns'}")
    with sluice() as app:
        app.enter(app.session.shelver.ask_name, FRUIT)
        app.box.save("zebras")
        app.settled()
        assert app.toast == "The view mine asks for fruit; change that to zebras"


@pytest.mark.parametrize("key", ["m", "M"])
def test_the_keys_put_marked_cards_into_notebooks_in_the_midst_of_a_pass_and_repeat(
    shelf, sluice, write, key
):
    write(10, "Loose", status="triaged")
    write(11, "Raw", status="raw")
    with sluice() as app:
        app.open_view("all")
        app.go_to("apples")
        app.press("b", "h", "*", "m")
        app.box.save(("new",), ())
        app.settled()
        assert len(columns(app)["new"]) == 2
        app.press("l", "*", ".")
        assert len(columns(app)["new"]) == 4
        app.press("u", "u", "q")
        app.open_view("all")
        app.press("r", key)
        if key == "m":
            app.box.save(("new",), ())
            app.settled()
        app.press("escape", "b")
        assert len(columns(app)["new"]) == 1


def test_a_source_that_is_removed_while_staged_is_staged_no_longer(shelf, sluice):
    with sluice() as app:
        app.press("b", "space", "space")
        (shelf / BRIDGES).unlink()
        app.noticed(BRIDGES)
        app.press("Y")
        assert "1 source staged" in app.box.lines
        (shelf / APPLES).unlink()
        app.noticed(APPLES)
        app.press("enter", "y")
        assert "Traceback" not in app.toast
        app.press("Y")
        assert columns(app) == {"": [DESERTS], TOWNS: [CLOCKS]}


def keys_shown(app) -> list[str]:
    """What the bar of the board says, key by key."""
    return [f"{sign} {what}" for sign, what, *_ in app.session.notebooks._keys()]


def test_the_bar_begins_with_the_key_that_gives_a_source_its_notebook(shelf, sluice):
    with sluice() as app:
        app.press("b", "h")
        assert keys_shown(app)[0] == "m notebook"
        app.press("l")
        assert keys_shown(app)[0] == "h l column"


def test_without_a_notebook_the_bar_names_no_key_for_other_columns(vault, sluice):
    put(vault, APPLES, status="triaged")
    with sluice() as app:
        app.press("b")
        assert keys_shown(app)[0] == "m notebook"
        assert not any(shown.endswith((" column", " move")) for shown in keys_shown(app))


def test_marked_cards_get_their_notebook_also_from_the_head(shelf, sluice):
    with sluice() as app:
        app.press("b", "x", "g")
        assert keys_shown(app)[:2] == ["1 marked", "m notebook"]
        assert list(app.session.notebooks._asides) == ["1 marked"], "in sight, not hidden"
        app.press("m")
        assert app.box.save((TOWNS,), ())
        assert len(columns(app)[TOWNS]) == 2


def test_a_notebook_without_a_source_says_how_one_comes_into_it(shelf, sluice):
    (shelf / "sluice.yaml").write_text("notebooks: {names: {empty one: }}\n", "utf-8")
    with sluice() as app:
        app.press("b", "h", "h", "l", "Y")
        assert app.toast == "empty one has no source yet; m on a card puts it in."


def test_one_delivered_source_is_one_source(shelf, sluice):
    put(shelf, CLOCKS, "notebooks_sent: [towns@2026-11-30]")
    with sluice() as app:
        app.press("b", "l", "l", "l", "Y")
        assert "Nothing to deliver: 1 source noted as delivered" in app.toast


def test_a_book_that_was_pasted_is_read_no_further_once_its_box_is_closed(shelf, sluice):
    with sluice() as app:
        app.press("b")
        read = []
        delivery = app.session.desk.delivery
        matched = delivery.reconcile

        def reconcile(notebook, text, step):
            def one():
                if len(read) == 3:
                    app.boxes[-1].close()
                read.append(1)
                step()

            return matched(notebook, text, one)

        delivery.reconcile = reconcile
        app.paste("A line\n" * 1000)
        assert len(read) == 4
        assert isinstance(app.box.question, ShowNotebooks)


def test_no_more_texts_are_read_for_warnings_once_the_delivery_is_closed(shelf, sluice, write):
    for number in range(10, 20):
        put(shelf, write(number, f"Fruit {number}", status="triaged").name, "notebooks: [fruit]")
    with sluice() as app:
        app.press("b")
        delivery, read = app.session.desk.delivery, []
        document = delivery.document

        def documents(member):
            read.append(member)
            if len(read) == 3:
                app.boxes[-1].close()
            return document(member)

        delivery.document = documents
        app.press("Y")
        assert len(read) == 3
        assert isinstance(app.box.question, ShowNotebooks)
