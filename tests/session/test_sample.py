"""r can ask about 20 sources drawn at random; if they are right, y accepts the others unseen."""

import pytest

from tests.samples import Files
from tui.session.questions import ShowVerdict

GUESS = "signal_tier: tactical # a guess"
OPT_IN = "roles: {confirmed: confirmed}\nfields: {confirmed: {kind: list}}\n"


@pytest.fixture
def many(tmp_path):
    """151 sources with a guessed tier, and one without."""
    root = tmp_path / "many"
    root.mkdir()
    for number in range(151):
        lines = ["---", f"id: s{number:03}", f"title: Guess {number:03}", "status: raw", GUESS]
        (root / f"SOURCE-{number:03}.md").write_text("\n".join([*lines, "---", "Text.\n"]))
    (root / "SOURCE-999.md").write_text("---\nid: s999\ntitle: None\nstatus: raw\n---\nText.\n")
    return root


def sample(app, what="tier"):
    """Begin a sample."""
    app.press("r", "r")
    app.type(f"sample: {what}")
    app.press("enter")


def found(app, query):
    """The sources that a query finds."""
    return {source.name for source in app.session.desk.matching(query)}


def said(app):
    """The verdict on the screen."""
    assert isinstance(app.box.question, ShowVerdict)
    return app.box.question.verdict.sentence


def test_twenty_right_accept_the_others_as_one_change_with_one_undo(sluice, many, watch):
    files = watch(many)
    with sluice(root=many) as app:
        sample(app)
        assert app.asked.name == "sample: tier"
        assert app.asked.meaning == "20 of 151 drawn at random"
        app.press(*["enter"] * 20)
        assert said(app) == "20 of 20 right: at most 14 % wrong (95 %)"
        assert len(found(app, "confirmed:tier")) == 20
        app.press("y")
        assert "131 sources: tier accepted" in app.toast
        assert len(found(app, "confirmed:tier")) == 151
        assert found(app, "-confirmed:tier") == {"SOURCE-999.md"}
        app.press("u")
        assert len(found(app, "confirmed:tier")) == 20
        app.press("u")
        assert len(found(app, "confirmed:tier")) == 19
    assert files.changes == {}


def test_with_the_list_in_the_header_each_gets_one_item_and_undo_restores_every_byte(
    sluice, many, watch
):
    (many / "sluice.yaml").write_text(OPT_IN)
    files = watch(many)
    with sluice(root=many) as app:
        sample(app)
        app.press("3", *["enter"] * 19)
        app.press("y")
        assert len(files.changes) == 151
        assert {tuple(lines) for lines in files.changes.values()} == {
            ("+ confirmed:", '+   - "signal_tier"')
        }
        app.press(*"u" * 21)
        assert files.changes == {}


def test_another_answer_corrects_the_value_and_counts_as_wrong(sluice, many, watch):
    files = watch(many)
    with sluice(root=many) as app:
        sample(app)
        wrong = app.source.name
        app.press("1", *["enter"] * 19)
        assert said(app) == "19 of 20 right: at most 22 % wrong (95 %)"
        app.press("y")
        assert len(found(app, "confirmed:tier")) == 151
    # It is corrected, and moved nowhere.
    assert set(files.changes) == {wrong}
    assert files.lines(wrong) == [f"- {GUESS}", "+ signal_tier: paradigm # a guess"]


def test_a_bad_sample_is_refused_until_more_were_drawn(sluice, many, watch):
    files = watch(many)
    with sluice(root=many) as app:
        sample(app)
        app.press("1", "2", *["enter"] * 18)
        assert said(app) == "18 of 20 right: at most 29 % wrong (95 %)"
        app.press("y")
        assert said(app)
        app.press("r")
        assert (app.asked.number, app.asked.size) == (21, 40)
        app.press(*["enter"] * 20)
        # After one look it would be 15 %.
        assert said(app) == "38 of 40 right: at most 22 % wrong (95 %)"
        app.press("y")
        assert len(found(app, "confirmed:tier")) == 151
    assert len(files.changes) == 2


def test_the_same_group_goes_on_and_another_one_begins(sluice, many):
    with sluice(root=many) as app:
        sample(app)
        app.press("1", "2", "3", "escape")
        assert said(app) == "1 of 3 right, 17 not judged: at most 100 % wrong (95 %)"
        app.press("y", "escape")
        sample(app)
        assert (app.asked.number, app.asked.size) == (4, 20)
        app.press("escape", "escape", "x", "x", "x")
        sample(app)
        assert app.asked.number == 1 and app.asked.size <= 3


def test_a_skipped_source_counts_neither_way_and_is_not_accepted(sluice, many):
    with sluice(root=many) as app:
        sample(app)
        skipped = app.source.name
        app.press("space", "enter", "u", "u", "space", *["enter"] * 20)
        assert said(app).startswith("20 of 20 right")
        assert app.box.question.skipped == 1
        app.press("y")
        assert found(app, "-confirmed:tier") == {skipped, "SOURCE-999.md"}


def test_stopping_early_counts_what_was_not_judged_as_wrong(sluice, many):
    with sluice(root=many) as app:
        sample(app)
        app.press(*["enter"] * 14, "q")
        assert said(app) == "14 of 14 right, 6 not judged: at most 51 % wrong (95 %)"
        app.press("y")
        assert said(app)
        app.press("r", *["enter"] * 6)
        assert said(app) == "20 of 20 right: at most 14 % wrong (95 %)"


def test_u_takes_an_answer_back(sluice, many, watch):
    files = watch(many)
    with sluice(root=many) as app:
        sample(app)
        app.press("1", "u")
        assert app.asked.number == 1
        assert files.changes == {}
        app.press(*["enter"] * 20)
        assert said(app).startswith("20 of 20 right")


def test_a_value_changed_by_another_key_counts_as_wrong_and_a_move_is_no_answer(sluice, many):
    with sluice(root=many) as app:
        sample(app)
        app.press("p")
        assert app.asked.number == 1
        app.press("P", "4", "enter")
        app.press(*["enter"] * 19)
        assert said(app).startswith("19 of 20 right")


def test_marked_sources_are_the_group_and_all_of_a_small_one_are_judged(sluice, many):
    with sluice(root=many) as app:
        app.press(*"x" * 4)
        sample(app)
        assert app.asked.size == 4
        app.press(*["enter"] * 4)
        assert said(app) == "4 of 4 right: all were checked"
        app.press("y", "escape")
        assert len(found(app, "confirmed:tier")) == 4


def test_what_another_program_changed_meanwhile_is_left_out_and_marked(sluice, many):
    with sluice(root=many) as app:
        sample(app)
        app.press(*["enter"] * 20)
        name = min(found(app, "-confirmed:tier") - {"SOURCE-999.md"})
        path = many / name
        path.write_text(path.read_text().replace("tactical", "noise"))
        app.press("y")
        assert "1 left out and marked" in app.toast and "noise" in app.toast
        assert list(app.rows.marked) == [name]
        assert found(app, "-confirmed:tier") == {name, "SOURCE-999.md"}


def test_confirmed_values_are_not_drawn_again(sluice, many):
    with sluice(root=many) as app:
        app.press("g", "1", "j", "2")
        sample(app)
        assert app.asked.meaning == "20 of 149 drawn at random"


def test_enter_in_a_pass_confirms_the_value_it_keeps(sluice, vault):
    files = Files(vault)
    with sluice() as app:
        app.press("r", "enter")
        assert len(found(app, "confirmed:tier")) == 1
        app.press("u")
        assert found(app, "confirmed:tier") == set()
    assert files.changes == {}


def test_what_is_confirmed_leaves_a_view_of_the_rest_at_once(sluice, many):
    (many / "sluice.yaml").write_text("views: {guessed: 'status:raw has:tier -confirmed:tier'}\n")
    with sluice(root=many) as app:
        app.open_view("guessed")
        first = app.here
        app.press("1")
        assert app.dimmed(first) and app.here != first
        assert app.figures.shown == 150
        app.press("u")
        assert not app.dimmed(first) and app.figures.shown == 151
        sample(app)
        app.press(*["enter"] * 20, "y")
        assert app.figures.shown == 0
        app.press("u")
        assert app.figures.shown == 131


def test_the_list_of_passes_promises_no_more_than_a_sample_can_draw(sluice, vault, names, command):
    command("confirm", *(str(vault / name) for name in names), "tier")
    with sluice() as app:
        app.press("r", "r")
        (row,) = (option for option in app.box.options if option.label == "sample: tier")
        assert row.note == f"{len(names)} of up to {len(names)}, drawn at random"
        app.press("escape")
        sample(app)
        assert "No source here has a guessed tier" in app.session.rapid._course.without_sources
