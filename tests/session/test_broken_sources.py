"""A source whose header is broken is found and read; a decision offers to repair it first."""

import pytest

from tests.samples import WAYS_TO_BREAK, write_broken, write_quoted, write_source
from tui.session.questions import ConfirmBulk, ConfirmRepair, EditLine, TurnItems
from tui.vault.progress import Progress

DECIDING = [
    ["1"], ["0"], ["p"], ["a"], ["C"], ["P", "p"], ["c", "3"],
    ["i", "z", "enter"], ["t"], ["f", "g", "u", "e", "s", "t", "enter"],
]  # fmt: skip


@pytest.fixture(params=WAYS_TO_BREAK)
def broken(request, vault):
    """A vault with one more source, broken in one way."""
    return write_broken(vault, request.param)


def at_it(app):
    """Go to the broken source by the view of problems."""
    app.press("v")
    app.type("problems")
    app.press("enter")
    app.go_to("yellow")


def test_it_is_found_by_its_title_and_its_body_is_read(sluice, broken):
    with sluice() as app:
        app.press("slash")
        app.type("yelow submarin")
        assert app.here == broken.name
        assert "The body of number 9." in app.drawn.source.body
        app.press("enter", "enter")
        assert app.text.fills_screen
        assert "The body of number 9." in app.drawn.source.body


def decide(app, keys):
    """Press deciding keys; boxes that take a typed value or an item get one."""
    app.press(*keys)
    if isinstance(question := app.box.question, TurnItems):
        app.box.save(["boats"], [])
    elif isinstance(question, EditLine):
        app.box.save("Ringo")


@pytest.mark.parametrize("keys", DECIDING, ids=" ".join)
def test_a_deciding_key_repairs_first_and_one_undo_restores_every_byte(
    sluice, broken, watch, vault, keys
):
    files = watch(vault)
    with sluice() as app:
        app.press("c", "5", "u")
        at_it(app)
        decide(app, keys)
        assert isinstance(app.box.question, ConfirmRepair), "the repair is shown first"
        assert app.box.question.then
        assert files.changes == {}
        app.press("enter")
        assert app.boxes == []
        fresh = app.session.desk.vault.reread(broken.name)
        assert fresh.problem is None
        log = app.session.desk.vault.log()
        assert log[-1].names == (broken.name,)
        assert log[-1].label.startswith("repaired, ")
        assert log[-1].fields
        app.press("u")
    assert files.changes == {}


@pytest.mark.parametrize("keys", DECIDING, ids=" ".join)
def test_esc_at_the_repair_changes_nothing_and_stays(sluice, broken, watch, vault, keys):
    files = watch(vault)
    with sluice() as app:
        app.press("c", "5", "u")
        at_it(app)
        decide(app, keys)
        app.press("escape")
        assert app.boxes == []
        assert app.here == broken.name
    assert files.changes == {}


def test_the_line_of_the_decision_is_written_beside_the_repair(sluice, vault, watch):
    path = write_quoted(vault)
    files = watch(vault)
    with sluice() as app:
        at_it(app)
        app.press("2")
        assert app.box.question.then == "▲ strategic"
        app.press("enter")
        assert app.toast == "repaired, ▲ strategic, was ■ tactical · u undoes"
        assert app.source.problem is None
        assert app.here == path.name
    assert files.lines(path.name) == [
        '- title: ""Yellow" submarine"',
        '+ title: "\\"Yellow\\" submarine"',
        "- signal_tier: tactical # guessed",
        "+ signal_tier: strategic # guessed",
        '- creator: ""Quoted" badly',
        '+ creator: "\\"Quoted\\" badly"',
    ]


def test_redo_repairs_and_decides_again(sluice, vault):
    path = write_quoted(vault)
    with sluice() as app:
        at_it(app)
        app.press("2", "enter")
        after = path.read_bytes()
        app.press("u", "U")
    assert path.read_bytes() == after


def test_undo_also_restores_the_lines_when_another_line_has_changed_since(sluice, vault):
    path = write_quoted(vault)
    before = path.read_text()
    with sluice() as app:
        at_it(app)
        app.press("2", "enter")
        path.write_text(path.read_text().replace("platform: web", "platform: paper"))
        app.press("u")
    assert path.read_text() == before.replace("platform: web", "platform: paper")


def test_the_next_keys_need_no_second_repair(sluice, vault):
    path = write_quoted(vault)
    with sluice() as app:
        at_it(app)
        app.press("2", "enter", "c", "3", "p")
        assert app.boxes == []
    text = path.read_text()
    assert "signal_tier: strategic" in text
    assert "status: triaged" in text


def test_an_insight_is_a_draft_until_its_source_is_repaired(sluice, vault):
    path = write_quoted(vault)
    with sluice() as app:
        at_it(app)
        app.press("i")
        app.type("worth keeping")
        app.press("enter")
        assert isinstance(app.box.question, ConfirmRepair)
        app.press("escape")
        assert app.written[0] == "worth keeping"
    assert "worth keeping" not in path.read_text()
    with sluice() as app:
        at_it(app)
        app.press("i")
        assert app.written[0] == "worth keeping"
        app.press("enter", "enter")
        assert app.source.items("key_insights") == ("worth keeping",)
        app.press("i")
        assert app.written[0] == ""
    assert "worth keeping" in path.read_text()


def test_a_move_that_is_not_allowed_is_refused_before_any_repair(sluice, vault, watch):
    write_source(vault, 9, "Yellow submarine", creator='""Quoted" badly', status="integrated")
    files = watch(vault)
    with sluice() as app:
        at_it(app)
        app.press("p")
        assert app.boxes == []
        assert "has no next status" in app.toast
    assert files.changes == {}


@pytest.mark.parametrize("keys", DECIDING, ids=" ".join)
def test_without_a_safe_repair_one_line_says_why_and_names_the_editor(sluice, vault, watch, keys):
    path = write_source(vault, 9, "Yellow submarine " + "and its crew " * 30)
    path.write_text(path.read_text().replace("platform: web", "nobody's line"))
    files = watch(vault)
    with sluice() as app:
        app.press("c", "5", "u")
        at_it(app)
        app.press(*keys[:1] if keys[0] == "f" else keys)
        assert app.toast.startswith("“Yellow submarine and its crew")
        assert "…”: no safe repair, line 7 does not belong to any field; e opens" in app.toast
        assert "\n" not in app.toast
        assert path.name not in app.toast
        assert not any(isinstance(box.question, ConfirmRepair) for box in app.boxes)
    assert files.changes == {}


def test_e_in_the_box_opens_the_editor_at_the_line(sluice, vault, watch):
    path = write_quoted(vault)
    files = watch(vault)
    with sluice() as app:
        at_it(app)
        app.press("2")
        app.enter(app.box.question.edit)
        assert app.edited == [(path, app.source.problem.line)]
    assert files.changes == {}


def test_a_file_that_changes_under_the_box_is_not_decided_on(sluice, vault):
    path = write_quoted(vault)
    with sluice() as app:
        at_it(app)
        app.press("2")
        text = path.read_text() + "a line from elsewhere\n"
        path.write_text(text)
        app.press("enter")
        assert app.toast.startswith("“")
        assert "roken header" in app.toast
    assert path.read_text() == text


def test_marked_sources_are_repaired_only_after_the_box_has_said_so(sluice, vault, watch):
    path = write_quoted(vault)
    files = watch(vault)
    with sluice() as app:
        app.open_view("all")
        app.go_to("yellow")
        app.press("x", "g", "x", "1")
        assert isinstance(app.box.question, ConfirmBulk)
        assert [diff.name for diff in app.box.plan.repairs] == [path.name]
        assert files.changes == {}
        app.press("enter")
        assert app.toast == "◆ paradigm, was ■ tactical, 1 repaired · 2 sources · u undoes"
        assert len(files.changes) == 2
        app.press("u")
    assert files.changes == {}


def test_marked_sources_can_be_changed_without_the_broken_ones(sluice, vault):
    path = write_quoted(vault)
    before = path.read_bytes()
    with sluice() as app:
        app.open_view("all")
        app.go_to("yellow")
        app.press("x", "g", "x", "1")
        plan = app.box.question.work(Progress(), False)
        assert [source.name for source, _ in plan.refused] == [path.name]
        assert plan.repairs == []
        app.box.close(plan)
        app.settled()
        assert (
            app.toast
            == "◆ paradigm, was ■ tactical · 1 source · 1 refused: broken header (1) · u undoes"
        )
    assert path.read_bytes() == before


def test_what_can_still_be_read_can_be_copied(sluice, vault):
    write_source(vault, 9, "Yellow submarine", creator='""Quoted" badly')
    with sluice() as app:
        at_it(app)
        app.press("y", "w")
    assert app.clipboard == ["https://example.com/9", "[[SOURCE-009-yellow]]"]
