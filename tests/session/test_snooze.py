"""z keeps sources out of the queue until a day, as one change, and ends that again."""

from datetime import date, timedelta

import pytest

from tests.samples import replace, value_of, write_broken, write_source
from tui.cli.main import main
from tui.days import spoken_day

NAME, NEXT = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


def until(days: int) -> str:
    """The line of a header for a day so far away."""
    return f"snoozed_until: {date.today() + timedelta(days=days)}"


def said(days: int) -> str:
    """Such a day, as the screen says it."""
    return spoken_day(date.today() + timedelta(days=days), date.today())


def test_a_digit_snoozes_until_a_usual_day_and_u_undoes_to_the_byte(sluice, vault, files):
    before = (vault / NAME).read_bytes()
    with sluice() as app:
        app.press("z", "1", "enter")
        assert files.lines(NAME) == [f"+ {until(1)}"]
        assert "snoozed until" in app.toast
        assert app.dimmed(NAME)
        assert app.here == NEXT, "the cursor goes to the next open source"
        app.press("u")
        assert (vault / NAME).read_bytes() == before
        assert app.here == NAME
        assert not app.dimmed(NAME)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("tomorrow", 1), ("3d", 3), ("+2w", 14), ("in 10 days", 10), ("in two weeks", 14)],
)
def test_a_day_is_typed_as_one_says_it(sluice, files, typed, days):
    with sluice() as app:
        app.press("z")
        app.type(typed)
        assert app.picker == [said(days)]
        app.press("enter")
    assert files.lines(NAME) == [f"+ {until(days)}"]


def test_a_date_that_begins_with_a_digit_is_typed_as_any_other(sluice, files):
    with sluice() as app:
        app.press("z")
        app.type("2099-01-15")
        app.press("enter")
    assert files.lines(NAME) == ["+ snoozed_until: 2099-01-15"]


@pytest.mark.parametrize("typed", ["yesterday", "soon", "last week", "-3d", "today"])
def test_what_is_no_day_to_come_snoozes_nothing(sluice, files, typed):
    with sluice() as app:
        app.press("z")
        app.type(typed)
        assert "not a day to come" in app.picker[0]
        app.press("enter")
        if app.boxes:
            app.press("escape")
    assert files.changes == {}


def test_the_first_letters_of_a_usual_day_are_enough(sluice, files):
    with sluice() as app:
        app.press("z")
        app.type("tom")
        assert app.picker == ["tomorrow"]
        app.press("enter")
    assert files.lines(NAME) == [f"+ {until(1)}"]


def test_all_marked_sources_are_snoozed_as_one_change(sluice, vault, files):
    with sluice() as app:
        app.press("x", "x", "z")
        assert app.box.question.title == "snooze of 2 marked"
        app.press("3", "enter")
        assert files.changes == {name: [f"+ {until(14)}"] for name in (NAME, NEXT)}
        assert "2 sources" in app.toast
        app.press("u")
    assert files.changes == {}


def test_a_full_stop_snoozes_the_next_source_until_the_same_day(sluice, files):
    with sluice() as app:
        app.press("z", "1", "enter", ".")
    assert files.changes == {name: [f"+ {until(1)}"] for name in (NAME, NEXT)}


def test_a_snoozed_source_says_until_when_and_z_ends_it(sluice, vault, files):
    with sluice() as app:
        app.press("z", "1", "enter")
        app.open_view("snoozed")
        assert app.here == NAME
        app.press("z")
        assert app.box.question.said[0] == f"snoozed until {said(1)} · tomorrow"
        assert app.box.under_cursor.label == "end the snooze"
        app.press("enter")
        assert "no longer snoozed" in app.toast
        assert files.changes == {}
        app.press("u")
        assert files.lines(NAME) == [f"+ {until(1)}"]


def test_ending_it_at_once_brings_the_row_back(sluice, files):
    with sluice() as app:
        app.press("z", "1", "enter", "k")
        assert app.dimmed(NAME)
        app.press("z", "0", "enter")
        assert not app.dimmed(NAME)
    assert files.changes == {}


def test_it_is_put_off_in_every_view(sluice):
    with sluice() as app:
        app.open_view("all")
        app.press("z", "1", "enter")
        assert app.dimmed(NAME)
        assert app.here == NEXT
        app.press("u")
        assert not app.dimmed(NAME)


def test_in_the_reader_the_next_source_comes(sluice, files):
    with sluice() as app:
        app.press("enter", "z", "1", "enter")
        assert app.here == NEXT
    assert files.lines(NAME) == [f"+ {until(1)}"]


def test_in_a_rapid_pass_it_answers_and_goes_on(sluice, files):
    with sluice() as app:
        app.press("r")
        assert app.here_in_pass == NAME
        app.press("z", "1", "enter")
        assert app.here_in_pass == NEXT
        assert files.lines(NAME) == [f"+ {until(1)}"]
        app.press("u")
        assert app.here_in_pass == NAME
        assert files.changes == {}
        app.press("z", "1", "enter", "q")
        assert app.box.question.summary.counts == {"snoozed": 1}


def test_a_pass_asks_for_no_snoozed_source(sluice):
    with sluice() as app:
        app.press("z", "1", "enter", "g", "r")
        assert app.here_in_pass == NEXT


def test_a_broken_source_is_repaired_first(sluice, vault):
    name = write_broken(vault, "quotes").name
    with sluice() as app:
        app.open_view("all")
        app.go_to(name)
        app.press("z", "1", "enter")
        assert type(app.box.question).__name__ == "ConfirmRepair"
        app.press("enter")
    assert value_of(vault, name, "snoozed_until") == str(date.today() + timedelta(days=1))


def test_a_source_that_cannot_be_repaired_is_refused_before_anything_is_typed(sluice, vault, watch):
    name = "SOURCE-009-hopeless.md"
    (vault / name).write_text("---\ntitle: [a, {b\n\tc: }]\n  - : &x *y\n---\nText\n")
    files = watch(vault)
    with sluice() as app:
        app.open_view("all")
        app.go_to(name)
        app.press("z")
        assert not app.boxes
        assert app.toast
    assert files.changes == {}


def test_a_schema_without_such_a_field_is_told_how_to_get_one(sluice, vault, watch):
    (vault / "sluice.yaml").write_text("roles: {snoozed: null}\n")
    files = watch(vault)
    with sluice() as app:
        app.press("z")
        assert not app.boxes
        assert "sluice.yaml" in app.toast
        assert not any("snooze" in key for key in app.keys)
    assert files.changes == {}


def test_the_field_may_have_another_name(sluice, vault):
    (vault / "sluice.yaml").write_text(
        "fields: {später: {kind: date}}\nroles: {snoozed: später}\n", encoding="utf-8"
    )
    with sluice() as app:
        app.press("z", "1", "enter")
        assert app.dimmed(NAME)
    assert value_of(vault, NAME, "später") == str(date.today() + timedelta(days=1))


def test_a_field_snoozed_of_the_vaults_own_stays_as_it_is(sluice, vault, watch):
    replace(vault / NAME, "status: raw", "status: raw\nsnoozed: twice")
    files = watch(vault)
    with sluice() as app:
        app.press("z", "1", "enter")
        assert app.dimmed(NAME)
    assert files.lines(NAME) == [f"+ {until(1)}"]


@pytest.mark.parametrize("value", ["soon", "2020-01-01", "[2020-01-01]", "{a: b}", "", "0"])
def test_whatever_is_in_the_field_z_opens_and_sets_a_day(sluice, vault, value):
    replace(vault / NAME, "status: raw", f"status: raw\nsnoozed_until: {value}")
    with sluice() as app:
        assert not app.dimmed(NAME)
        app.press("z", "1", "enter")
        if value != "{a: b}":
            assert app.dimmed(NAME)
    assert str(date.today() + timedelta(days=1)) in (vault / NAME).read_text() or value == "{a: b}"


def test_a_source_that_came_back_by_a_change_is_snoozed_again_until_the_same_day(
    sluice, vault, watch
):
    with sluice() as app:
        app.press("z", "1", "enter")
        replace(vault / NAME, "title:", "title: More on")
        app.noticed(NAME)
        assert not app.dimmed(NAME)
        files = watch(vault)
        app.press("g", "z")
        assert "back" in app.box.question.said[0]
        app.press("1", "enter")
        assert "Snoozed again" in app.toast
        assert app.dimmed(NAME)
    assert files.changes == {}


def test_a_decision_about_a_snoozed_source_brings_it_back(sluice):
    with sluice() as app:
        app.press("z", "1", "enter")
        app.open_view("snoozed")
        app.press("1")
        assert app.dimmed(NAME)
        app.until(lambda: next(v for v in app.figures.views if v.name == "raw").figure == "4")
        app.press("u")
        assert not app.dimmed(NAME)
        app.until(lambda: next(v for v in app.figures.views if v.name == "raw").figure == "3")


def test_many_are_previewed_first(sluice, vault, watch):
    for number in range(5, 9):
        write_source(vault, number, f"More {number}")
    files = watch(vault)
    with sluice() as app:
        app.press("*", "z", "1", "enter", "enter")
        assert len(files.changes) == 8
        assert app.rows.done == {path.name for path in vault.glob("*.md")}
        app.press("u")
    assert files.changes == {}


def test_two_apps_on_one_vault_agree(sluice, vault):
    with sluice() as one, sluice() as other:
        one.press("z", "1", "enter")
        other.noticed(NAME)
        assert other.dimmed(NAME)
        one.press("u")
        other.noticed(NAME)
        assert not other.dimmed(NAME)


def test_the_command_that_ends_it_is_seen(sluice, vault):
    with sluice() as app:
        app.press("z", "1", "enter")
        assert main(["snooze", str(vault / NAME), "--end", "--vault", str(vault)]) == 0
        app.noticed(NAME)
        assert not app.dimmed(NAME)


def test_another_app_learns_of_a_source_that_is_snoozed_again(sluice, vault):
    with sluice() as one, sluice() as other:
        one.press("z", "1", "enter")
        other.noticed(NAME)
        replace(vault / NAME, "title:", "title: More on")
        one.noticed(NAME)
        other.noticed(NAME)
        assert len(other.shown) == 4
        one.press("g", "z", "1", "enter")
        other.press("v", "1")
        assert len(other.shown) == 3


def test_what_was_compared_once_is_known_at_the_next_start(sluice, vault):
    replace(vault / NAME, "status: raw", f"status: raw\n{until(3)}")
    with sluice() as app:
        assert len(app.shown) == 3
    replace(vault / NAME, "title:", "title: More on")
    with sluice() as app:
        assert len(app.shown) == 4, "the file changed while no sluice was open"


def test_a_vault_whose_schema_has_a_field_snoozed_gets_a_view_that_asks_by_the_day(sluice, vault):
    (vault / "sluice.yaml").write_text("fields: {snoozed: {kind: bool}}\n")
    replace(vault / NEXT, "status: raw", "status: raw\nsnoozed: yes")
    with sluice() as app:
        app.press("z", "1", "enter")
        assert "1 snoozed (v -)" in app.figures.words
        app.press("v", "-")
        assert [source.name for source in app.rows.sources] == [NAME]


def test_a_change_of_many_that_is_cancelled_snoozes_none_again(sluice, vault):
    with sluice() as app:
        app.press("z", "1", "enter")
        replace(vault / NAME, "title:", "title: More on")
        app.noticed(NAME)
        for number in range(5, 9):
            write_source(vault, number, f"More {number}")
            app.noticed(f"SOURCE-{number:03}-more.md")
        app.press("*", "z", "1", "enter")
        assert type(app.box.question).__name__ == "ConfirmBulk"
        app.press("escape")
        assert not app.dimmed(NAME)
        app.press("z", "1", "enter", "enter")
        assert app.dimmed(NAME)
        assert app.rows.done == {path.name for path in vault.glob("*.md")}


def test_a_day_is_no_value_to_confirm(sluice, vault, watch):
    (vault / "sluice.yaml").write_text(
        "fields: {confirmed: {kind: list}}\nroles: {confirmed: confirmed}\n"
    )
    files = watch(vault)
    with sluice() as app:
        app.press("z", "1", "enter")
        assert app.dimmed(NAME)
    assert files.lines(NAME) == [f"+ {until(1)}"]
