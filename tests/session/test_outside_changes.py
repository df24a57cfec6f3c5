"""Others write to the vault just before a key: nobody's work is lost."""

from tests.samples import replace
from tui.session.questions import ConfirmRepair

NAME = "SOURCE-001-apples.md"


def test_another_field_written_meanwhile_is_kept_and_shown(sluice, vault):
    with sluice() as app:
        replace(vault / NAME, "creator: Someone", "creator: An Editor")
        app.press("1")
        assert app.source.text("creator") == "An Editor"
    text = (vault / NAME).read_text()
    assert "creator: An Editor\n" in text
    assert "signal_tier: paradigm # guessed\n" in text


def test_the_body_written_meanwhile_is_kept_and_shown(sluice, vault):
    with sluice() as app:
        replace(vault / NAME, "The body of number 1.", "A new body altogether.")
        app.press("1")
        assert "A new body altogether." in app.drawn.source.body
    assert "A new body altogether." in (vault / NAME).read_text()


def test_the_same_field_written_meanwhile_refuses_with_both_values(sluice, vault):
    with sluice() as app:
        replace(vault / NAME, "signal_tier: tactical", "signal_tier: noise")
        theirs = (vault / NAME).read_bytes()
        app.press("1")
        assert "noise" in app.toast and "paradigm" in app.toast
        assert (vault / NAME).read_bytes() == theirs
        assert app.source.text("signal_tier") == "noise", "what others wrote is shown now"
        app.press("1")
        assert app.toast == "◆ paradigm, was · noise · u undoes", "knowing of it, it may be changed"


def test_a_promotion_of_what_others_promoted_is_refused(sluice, vault):
    with sluice() as app:
        replace(vault / NAME, "\nstatus: raw", "\nstatus: archived")
        app.press("p")
        assert "archived" in app.toast
        assert app.dimmed(NAME)
    assert "\nstatus: archived" in (vault / NAME).read_text()


def test_a_deleted_file_is_said_to_be_gone_and_its_row_goes_with_the_next_move(sluice, vault):
    with sluice() as app:
        app.press("j")
        (vault / "SOURCE-002-bridges.md").unlink()
        app.press("1")
        assert "File not found" in app.toast
        assert app.title == "Bridges over water"
        app.press("1", "p")
        assert app.title == "Bridges over water"
        app.press("j")
        assert "Bridges over water" not in app.shown
        assert app.title == "Clocks without hands"
        app.press("1")
    assert not (vault / "SOURCE-002-bridges.md").exists()
    assert "paradigm" in (vault / "SOURCE-003-clocks.md").read_text()


def test_a_header_broken_meanwhile_refuses_and_shows_the_problem(sluice, vault):
    with sluice() as app:
        replace(vault / NAME, "creator: Someone", 'creator: ""x" y')
        theirs = (vault / NAME).read_bytes()
        app.press("1")
        assert app.toast
        app.press("p")
        assert isinstance(app.box.question, ConfirmRepair)
        app.press("escape")
    assert (vault / NAME).read_bytes() == theirs


def test_a_folder_that_cannot_be_written_refuses_and_keeps_the_draft(sluice, vault, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    with sluice() as app:
        app.press("i")
        app.type("keep me")
        before = (vault / NAME).read_bytes()
        with monkeypatch.context() as disk:
            disk.setattr("os.fsync", full)
            app.press("enter")
        assert "no space left" in app.toast
        assert app.written[0] == "keep me"
        assert (vault / NAME).read_bytes() == before
        app.press("enter")
    assert "keep me" in (vault / NAME).read_text()
    assert [path.name for path in vault.iterdir() if not path.name.startswith("SOURCE")] == []


def test_rescan_brings_new_files_in_and_keeps_the_place(sluice, vault, write):
    with sluice() as app:
        app.press("j", "j", "p", "k", "k")
        write(0, "Aardvarks come first")
        (vault / NAME).unlink()
        app.press("R")
        assert app.shown == ["Aardvarks come first", "Bridges over water", "Deserts at night"]
        assert app.title == "Bridges over water"


def test_rescan_shows_what_others_wrote(sluice, vault):
    with sluice() as app:
        replace(vault / NAME, "Apples in autumn", "Apricots in spring")
        app.press("R")
        assert app.title == "Apricots in spring"
        assert app.source.title == "Apricots in spring"
        assert "Apples" not in "".join(app.shown)


def test_rescan_keeps_a_search(sluice, vault, write):
    with sluice() as app:
        app.press("slash")
        app.type("bridges")
        app.press("enter")
        write(9, "Bridges of paper")
        app.press("R")
        assert sorted(app.shown) == ["Bridges of paper", "Bridges over water"]
        assert app.bar == "bridges"


def test_two_open_apps_do_not_undo_each_others_work(sluice, vault):
    with sluice() as one:
        one.press("1")
        with sluice() as two:
            assert two.source.text("signal_tier") == "paradigm"
            two.press("2", "j", "4")
        one.press("j", "i")
        one.type("from the first")
        one.press("enter")
    assert "signal_tier: strategic" in (vault / NAME).read_text()
    second = (vault / "SOURCE-002-bridges.md").read_text()
    assert "signal_tier: noise" in second
    assert "from the first" in second
