"""u takes back the newest change, U makes it again; both know what others wrote meanwhile."""

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


def test_changes_are_undone_newest_first_and_redone_oldest_first(sluice, files, vault):
    def tier():
        return (vault / NAME).read_text().split("signal_tier: ")[1].split()[0]

    with sluice() as app:
        app.press("1", "2", "4")
        seen = []
        for key in ("u", "u", "u", "U", "ctrl+r", "U"):
            app.press(key)
            seen.append(tier())
        assert seen == ["strategic", "paradigm", "tactical", "paradigm", "strategic", "noise"]
        app.press("U")
        assert "nothing left to redo" in app.toast
        assert app.here == NAME
    assert files.lines(NAME)[1] == "+ signal_tier: noise # guessed"


def test_u_after_a_redo_of_nothing_is_about_the_change_before(sluice, files):
    with sluice() as app:
        app.press("1", "U")
        assert "nothing left to redo" in app.toast
        app.press("u")
        assert app.toast.startswith("Undid: ◆ paradigm, was ■ tactical")
    assert files.changes == {}


def test_a_change_after_an_undo_leaves_nothing_to_redo(sluice, vault):
    with sluice() as app:
        app.press("1", "u", "2", "U")
        assert "nothing left to redo" in app.toast
    assert "signal_tier: strategic" in (vault / NAME).read_text()


def test_changes_of_an_earlier_session_can_be_undone(sluice, files):
    with sluice() as app:
        app.press("1", "j", "p")
    with sluice() as app:
        app.press("u", "u")
        assert app.here == NAME
        app.press("u")
        assert "nothing left to undo" in app.toast
    assert files.changes == {}
    with sluice() as app:
        app.press("U")
    assert files.lines(NAME)[1] == "+ signal_tier: paradigm # guessed"


def test_a_source_that_left_the_view_comes_back_by_undo_after_a_restart(sluice, files):
    with sluice() as app:
        app.press("p")
    with sluice() as app:
        assert "Apples in autumn" not in app.shown
        app.press("u")
        assert app.toast.startswith("Undid: ◔ triaged, was ○ raw")
        assert app.session.desk.vault.get(NAME).text("status") == "raw"
    assert files.changes == {}


def test_undo_keeps_what_others_wrote_into_other_fields(sluice, vault):
    path = vault / NAME
    with sluice() as app:
        app.press("1")
        path.write_text(path.read_text().replace("creator: Someone", "creator: Someone Else"))
        app.press("u")
        assert app.toast.startswith("Undid")
        assert app.source.text("creator") == "Someone Else"
    assert "signal_tier: tactical # guessed\n" in path.read_text()
    assert "creator: Someone Else\n" in path.read_text()


def test_undo_is_refused_when_the_field_was_changed_by_others(sluice, vault):
    path = vault / NAME
    with sluice() as app:
        app.press("1")
        path.write_text(path.read_text().replace("paradigm", "noise"))
        theirs = path.read_bytes()
        app.press("u")
        assert "signal_tier is now “noise”" in app.toast
        assert "no longer “paradigm”" in app.toast
    assert path.read_bytes() == theirs


def test_undo_of_a_file_that_is_gone_is_refused_and_the_rest_goes_on(sluice, vault, files):
    with sluice() as app:
        # Away from it first: a gone source under the cursor is told of as soon as it is noticed.
        app.press("1", "j")
        (vault / NAME).unlink()
        app.press("u")
        assert app.toast.startswith("“Apples in autumn”: File not found; reload the vault.")
        app.press("2")
    assert "+ signal_tier: strategic # guessed" in files.changes[SECOND]


def test_a_second_press_skips_what_cannot_be_undone(sluice, vault, files):
    with sluice() as app:
        app.press("1", "j", "2")
        theirs = (vault / SECOND).read_text().replace("strategic", "noise")
        (vault / SECOND).write_text(theirs)
        app.press("u")
        assert "Press u again to undo the one before it." in app.toast
        assert NAME in files.changes
        app.press("u")
        assert app.toast.startswith("Undid: ")
        assert set(files.changes) == {SECOND}
    assert (vault / SECOND).read_text() == theirs


def test_a_damaged_journal_is_reported_once_and_the_app_goes_on(sluice, files, home):
    with sluice() as app:
        app.press("1")
    [journal] = home.rglob("journal.jsonl")
    journal.write_bytes(b"\x00" * 500)
    with sluice() as app:
        assert "The undo journal was damaged" in app.toast
        assert "journal.jsonl.bad1" in app.toast
        app.press("2", "u")
        assert app.toast.startswith("Undid: ")
    with sluice() as app:
        assert "damaged" not in app.toast


def test_an_undone_promotion_can_be_made_again(sluice, files):
    with sluice() as app:
        app.press("p", "u", "U")
        assert app.toast.startswith("Redid: ◔ triaged, was ○ raw")
        assert app.dimmed(NAME)
        assert "3 left" in app.figures.words
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]
