"""Others write to the vault just before a key: nobody's work is lost."""

import pytest

from tui.session.flow.watcher import Watcher

NAME = "SOURCE-001-apples.md"


@pytest.fixture(autouse=True)
def not_noticed_yet(monkeypatch):
    """The key comes before the watcher tells."""
    monkeypatch.setattr(Watcher, "start", lambda _watcher: None)


def replace(path, old, new):
    """Another program's edit, in one move as editors do it."""
    text = path.read_text()
    assert old in text
    other = path.with_suffix(".tmp")
    other.write_text(text.replace(old, new))
    other.replace(path)


async def test_another_field_written_meanwhile_is_kept_and_shown(sluice, vault):
    async with sluice() as app:
        replace(vault / NAME, "creator: Someone", "creator: An Editor")
        await app.press("1")
        assert "An Editor" in app.picture
    text = (vault / NAME).read_text()
    assert "creator: An Editor\n" in text
    assert "signal_tier: paradigm # guessed\n" in text


async def test_the_body_written_meanwhile_is_kept_and_shown(sluice, vault):
    async with sluice() as app:
        replace(vault / NAME, "The body of number 1.", "A new body altogether.")
        await app.press("1")
        assert "A new body altogether." in app.picture
    assert "A new body altogether." in (vault / NAME).read_text()


async def test_the_same_field_written_meanwhile_refuses_with_both_values(sluice, vault):
    async with sluice() as app:
        replace(vault / NAME, "signal_tier: tactical", "signal_tier: noise")
        theirs = (vault / NAME).read_bytes()
        await app.press("1")
        assert "noise" in app.toast and "paradigm" in app.toast
        assert (vault / NAME).read_bytes() == theirs
        assert "noise" in app.picture, "what others wrote is shown now"
        await app.press("1")
        assert app.toast == "signal_tier = paradigm", "knowing of it, it may be changed"


async def test_an_insight_is_not_lost_when_others_wrote_insights(sluice, vault):
    async with sluice() as app:
        await app.press("i")
        await app.type("mine")
        replace(vault / NAME, "key_insights: []", "key_insights: [theirs]")
        await app.press("enter")
        assert "theirs" in app.toast
        assert app.screen.insights.editor.text == "mine"
        await app.press("enter")
        assert app.pane == "queue"
    text = (vault / NAME).read_text()
    assert "theirs" in text and "mine" in text


async def test_a_promotion_of_what_others_promoted_is_refused(sluice, vault):
    async with sluice() as app:
        replace(vault / NAME, "\nstatus: raw", "\nstatus: archived")
        await app.press("p")
        assert "archived" in app.toast
        assert app.dimmed(NAME)
    assert "\nstatus: archived" in (vault / NAME).read_text()


async def test_a_deleted_file_is_said_to_be_gone_and_its_row_goes_with_the_next_move(sluice, vault):
    async with sluice() as app:
        await app.press("j")
        (vault / "SOURCE-002-bridges.md").unlink()
        await app.press("1")
        assert "File not found" in app.toast
        assert app.title == "Bridges over water"
        await app.press("1", "p")
        assert app.title == "Bridges over water"
        await app.press("j")
        assert "Bridges over water" not in app.shown
        assert app.title == "Clocks without hands"
        await app.press("1")
    assert not (vault / "SOURCE-002-bridges.md").exists()
    assert "paradigm" in (vault / "SOURCE-003-clocks.md").read_text()


async def test_a_header_broken_meanwhile_refuses_and_shows_the_problem(sluice, vault):
    async with sluice() as app:
        replace(vault / NAME, "creator: Someone", 'creator: ""x" y')
        theirs = (vault / NAME).read_bytes()
        await app.press("1")
        assert app.toast
        await app.press("p")
        assert "Broken header in" in app.toast
    assert (vault / NAME).read_bytes() == theirs


async def test_a_folder_that_cannot_be_written_refuses_and_keeps_the_draft(
    sluice, vault, monkeypatch
):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    async with sluice() as app:
        await app.press("i")
        await app.type("keep me")
        before = (vault / NAME).read_bytes()
        with monkeypatch.context() as disk:
            disk.setattr("os.fsync", full)
            await app.press("enter")
        assert "no space left" in app.toast
        assert app.screen.insights.editor.text == "keep me"
        assert (vault / NAME).read_bytes() == before
        await app.press("enter")
    assert "keep me" in (vault / NAME).read_text()
    assert [path.name for path in vault.iterdir() if not path.name.startswith("SOURCE")] == []


async def test_rescan_brings_new_files_in_and_keeps_the_place(sluice, vault, write):
    async with sluice() as app:
        await app.press("j", "j", "p", "k", "k")
        write(0, "Aardvarks come first")
        (vault / NAME).unlink()
        await app.press("R")
        assert app.shown == ["Aardvarks come first", "Bridges over water", "Deserts at night"]
        assert app.title == "Bridges over water"


async def test_rescan_shows_what_others_wrote(sluice, vault):
    async with sluice() as app:
        replace(vault / NAME, "Apples in autumn", "Apricots in spring")
        await app.press("R")
        assert app.title == "Apricots in spring"
        assert "Apples" not in app.picture


async def test_rescan_keeps_a_search(sluice, vault, write):
    async with sluice() as app:
        await app.press("slash")
        await app.type("bridges")
        await app.press("enter")
        write(9, "Bridges of paper")
        await app.press("R")
        assert sorted(app.shown) == ["Bridges of paper", "Bridges over water"]
        assert app.screen.search.value == "bridges"


async def test_keys_during_a_rescan_are_refused_or_done_but_never_crash(sluice, vault):
    async with sluice() as app:
        await app.burst("R", "1", "p", "R", "j", "u", "R", "c", "escape", "a")
        assert app.app._running
    for path in vault.iterdir():
        assert path.read_text().startswith("---\nid: ")


async def test_two_open_apps_do_not_undo_each_others_work(sluice, vault):
    async with sluice() as one:
        await one.press("1")
        async with sluice() as two:
            assert "paradigm" in two.picture
            await two.press("2", "j", "4")
        await one.press("j", "i")
        await one.type("from the first")
        await one.press("enter")
    assert "signal_tier: strategic" in (vault / NAME).read_text()
    second = (vault / "SOURCE-002-bridges.md").read_text()
    assert "signal_tier: noise" in second
    assert "from the first" in second
