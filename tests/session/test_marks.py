"""x, shift with an arrow and * mark sources; a deciding key then changes all of them as one."""

from tui.session.questions import ConfirmBulk
from tui.vault.progress import Progress

FIRST, SECOND, THIRD, FOURTH = (
    "SOURCE-001-apples.md",
    "SOURCE-002-bridges.md",
    "SOURCE-003-clocks.md",
    "SOURCE-004-deserts.md",
)


def marked(app):
    """The sources in the queue that it draws a mark at."""
    return [source.name for source in app.rows.sources if source.name in app.rows.marked]


def log(app):
    return [(change.label, list(change.names)) for change in app.session.desk.vault.log()]


def test_x_on_a_marked_source_takes_its_mark(sluice):
    with sluice() as app:
        app.press("x", "k", "x")
        assert marked(app) == []
        assert app.here == SECOND
        assert not any("marked" in key for key in app.keys)


def test_a_deciding_key_changes_all_marked_as_one_change_with_one_undo(sluice, files):
    with sluice() as app:
        app.press("x", "j", "x", "1")
        assert app.toast == "◆ paradigm, was ■ tactical · 2 sources · u undoes"
        assert log(app) == [("signal_tier = paradigm", [FIRST, THIRD])]
        assert set(files.changes) == {FIRST, THIRD}
        assert all("+ signal_tier: paradigm # guessed" in lines for lines in files.changes.values())
        app.press("u")
        assert app.toast == "Undid: ◆ paradigm, was ■ tactical · 2 sources · U redoes"
    assert files.changes == {}


def test_marks_are_gone_after_their_change_and_the_next_key_is_about_the_cursor(sluice, files):
    with sluice() as app:
        app.press("x", "x", "1")
        assert marked(app) == []
        assert app.here == THIRD
        app.press("2")
    assert "+ signal_tier: strategic # guessed" in files.changes[THIRD]
    assert "+ signal_tier: paradigm # guessed" in files.changes[FIRST]


def test_rows_of_a_bulk_change_dim_in_place_and_the_cursor_goes_to_the_next_open_one(sluice, files):
    with sluice() as app:
        app.press("j", "shift+down", "p")
        assert app.toast == "◔ triaged, was ○ raw · 2 sources · u undoes"
        assert [app.dimmed(name) for name in (FIRST, SECOND, THIRD, FOURTH)] == [
            False, True, True, False,
        ]  # fmt: skip
        assert len(app.shown) == 4
        assert app.here == FOURTH
        assert "2 left" in app.figures.words
        assert app.figures.done == 2
        app.press("u")
        assert not app.dimmed(SECOND) and not app.dimmed(THIRD)
        assert app.figures.done == 0
    assert files.changes == {}


def test_shift_and_an_arrow_mark_a_range_and_going_back_gives_it_back(sluice):
    with sluice() as app:
        app.press("j", "shift+down")
        assert marked(app) == [SECOND, THIRD]
        app.press("shift+down")
        assert marked(app) == [SECOND, THIRD, FOURTH]
        app.press("shift+up", "shift+up")
        assert marked(app) == [SECOND]
        app.press("shift+up")
        assert marked(app) == [FIRST, SECOND]
        assert app.here == FIRST


def test_a_range_that_shrinks_keeps_marks_that_were_there_before(sluice):
    with sluice() as app:
        app.press("j", "j", "x", "g", "shift+down", "shift+down", "shift+down")
        assert marked(app) == [FIRST, SECOND, THIRD, FOURTH]
        app.press("shift+up", "shift+up", "shift+up")
        assert marked(app) == [FIRST, THIRD]


def test_a_range_begins_again_where_the_cursor_was_moved_to(sluice):
    with sluice() as app:
        app.press("shift+down", "j", "j", "shift+up")
        assert marked(app) == [FIRST, SECOND, THIRD, FOURTH]
        app.press("shift+down")
        assert marked(app) == [FIRST, SECOND, FOURTH]


def test_star_marks_all_shown_and_again_none(sluice):
    with sluice() as app:
        app.press("x", "*")
        assert marked(app) == [FIRST, SECOND, THIRD, FOURTH]
        assert "4 marked" in app.keys
        app.press("*")
        assert marked(app) == []


def test_star_leaves_out_what_is_done_with(sluice, files):
    with sluice() as app:
        app.press("p", "*")
        assert marked(app) == [SECOND, THIRD, FOURTH]
        app.press("p")
    assert "+ status: triaged" in files.changes[FIRST]
    assert "+ status: triaged" in files.changes[FOURTH]


def test_capital_x_clears_the_marks(sluice):
    with sluice() as app:
        app.press("*", "X")
        assert marked(app) == []
        app.press("X")
        assert "no source is marked" in app.toast


def test_star_in_a_lookup_marks_its_hits(sluice):
    with sluice() as app:
        app.press("/")
        app.type("deserts")
        app.press("enter", "*", "escape")
        assert marked(app) == [FOURTH]


def test_another_view_clears_the_marks(sluice):
    with sluice() as app:
        app.press("x", "x", "v")
        app.type("all")
        app.press("enter")
        assert marked(app) == []
        assert not any("marked" in key for key in app.keys)


def test_reading_the_vault_again_keeps_the_marks(sluice):
    with sluice() as app:
        app.press("x", "R")
        assert marked(app) == [FIRST]


def test_a_marked_source_that_is_deleted_is_marked_no_more_and_a_renamed_one_still_is(
    sluice, vault
):
    with sluice() as app:
        app.press("j", "x", "x")
        (vault / SECOND).unlink()
        (vault / THIRD).rename(vault / "SOURCE-030-watches.md")
        app.noticed(SECOND, THIRD, "SOURCE-030-watches.md")
        assert marked(app) == ["SOURCE-030-watches.md"]
        assert "1 marked" in app.keys


def test_an_insight_is_added_to_all_marked(sluice, files):
    with sluice() as app:
        app.press("x", "x", "i")
        app.type("shared thought")
        app.press("enter")
        assert app.toast == "new insight · 2 sources · u undoes"
    assert set(files.changes) == {FIRST, SECOND}
    assert all(
        "+ key_insights: [shared thought]" in lines or any("shared thought" in s for s in lines)
        for lines in files.changes.values()
    )


def test_repeat_makes_the_last_change_on_all_marked(sluice, files):
    with sluice() as app:
        app.press("1", "j", "x", "x", ".")
        assert app.toast == "Repeated: ◆ paradigm, was ■ tactical · 2 sources · u undoes"
    assert set(files.changes) == {FIRST, SECOND, THIRD}


def test_a_refused_source_does_not_keep_the_others_from_the_change(sluice, vault, write):
    write(5, "Eagles", creator='"an" unclosed "quote"')
    write(6, "Forests", status="integrated")
    with sluice() as app:
        app.open_view("all")
        app.press("j", "j", "j", "x", "x", "x", "p")
        assert isinstance(app.box.question, ConfirmBulk), "a broken header is asked about"
        app.box.close(app.box.question.work(Progress(), False))
        app.settled()
        assert app.toast == (
            "◔ triaged, was ○ raw · 1 source · 2 refused: broken header (1), "
            "integrated: has no next status (1) · u undoes"
        )
        assert app.session.desk.vault.log()[-1].names == (FOURTH,)


def test_with_all_refused_nothing_is_changed_and_the_marks_stay(sluice, write, vault):
    for number in (5, 6):
        write(number, f"E{number}", status="integrated")
    with sluice() as app:
        app.open_view("all")
        app.press("G", "x", "k", "x", "p")
        assert app.toast == (
            "None of the 2 marked sources can be changed: integrated: has no next status (2)."
        )
        assert len(marked(app)) == 2
        assert log(app) == []


def test_the_copy_menu_takes_urls_and_links_of_all_marked(sluice):
    with sluice() as app:
        app.press("x", "j", "x", "Y")
        assert ("URLs of all marked", "2 marked") in [
            (option.label, option.note) for option in app.box.options
        ]
        app.press("u")
        assert app.clipboard == ["https://example.com/1\nhttps://example.com/3"]
        assert app.toast.startswith("Copied 2 URLs")
        app.press("Y", "w")
        assert app.clipboard[-1] == "[[SOURCE-001-apples]]\n[[SOURCE-003-clocks]]"
        app.press("y")
        assert app.clipboard[-1] == "https://example.com/4"
        app.press("X", "Y", "w")
        assert app.clipboard[-1] == "[[SOURCE-004-deserts]]"


def test_a_picker_says_how_many_sources_it_is_about(sluice, files, write):
    write(5, "Eagles", status="triaged")
    with sluice() as app:
        app.open_view("all")
        app.press("x", "G", "x", "P")
        assert app.box.question.title == "status·tier of 2 marked"
        assert [option.note for option in app.box.options[:3]] == [
            "possible for 2 of 2", "possible for 2 of 2", "possible for 1 of 2",
        ]  # fmt: skip
        app.press("escape", "c")
        assert app.box.question.title == "category of 2 marked"
        app.type("claude")
        app.press("enter")
        assert app.toast == "claude-code, was general · 2 sources · u undoes"
    assert set(files.changes) == {FIRST, "SOURCE-005-eagles.md"}
