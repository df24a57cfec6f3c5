"""A vault too large to be looked through within a frame: other threads do it, keys go on."""

from threading import Event

import pytest

from tui.app import key_order
from tui.search import building
from tui.session.flow import finder, loader


@pytest.fixture(autouse=True)
def everything_is_large(limits, monkeypatch):
    limits["found_at_once"] = 0
    monkeypatch.setattr(building, "APART", 5)
    limits["batch"] = 3
    limits["shown_every"] = 0


@pytest.fixture
def held_back(monkeypatch):
    """Lookups wait until the event is set."""
    go_on = Event()
    answer = finder.Finder._answer

    def wait(question):
        go_on.wait(20)
        return answer(question)

    monkeypatch.setattr(finder.Finder, "_answer", staticmethod(wait))
    yield go_on
    go_on.set()


async def test_hits_come_while_the_keys_go_on(sluice, vault_copy, held_back):
    async with sluice(vault_copy) as user:
        before = user.shown
        await user.press("/")
        await user.type("opne")
        assert user.screen.search.value == "opne"
        assert user.shown == before
        await user.type(" bui 800")
        held_back.set()
        await user.until(lambda: user.shown != before)
        assert user.title.startswith("How OpenAI Builds for 800 Million Weekly Users")
        assert "matches" in user.picture


async def test_an_answer_to_an_older_question_is_dropped(sluice, vault_copy, held_back):
    async with sluice(vault_copy) as user:
        before, here = user.shown, user.here
        await user.press("/")
        await user.type("opne bui 800")
        await user.press("escape")
        held_back.set()
        await user.press("/", "z", "q", "escape")
        assert user.shown == before
        assert user.here == here


async def test_keys_after_enter_are_about_the_hits(sluice, vault_copy, held_back):
    async with sluice(vault_copy) as user:
        await user.press("/")
        await user.type("opne bui 800")
        await user.press("enter", "4")
        held_back.set()
        assert user.title.startswith("How OpenAI Builds for 800 Million Weekly Users")
    changed = next(vault_copy.glob("SOURCE-20251128-youtube-interview-a16z*"))
    assert "signal_tier: noise" in changed.read_text()


async def test_keys_typed_while_a_view_opens_are_about_its_sources(sluice, vault_copy, late):
    async with sluice(vault_copy) as user:
        late(user, user.session.desk, "queue")
        await user.burst("v", "2", "4")
        source = user.session.board.current
        assert source.text("status") == "triaged"
    assert "signal_tier: noise" in source.path.read_text()


async def test_a_view_opens_although_the_queue_is_shown_anew_meanwhile(
    sluice, vault_copy, held_back
):
    async with sluice(vault_copy) as user:
        await user.press("v", "2")
        assert user.shown == []
        user.session.board.refresh(user.here)
        held_back.set()
        await user.until(lambda: user.session.board.worklist.view == "triaged")
        assert all(s.text("status") == "triaged" for s in user.session.board.rows.sources)


async def test_no_key_is_about_a_source_of_the_view_that_was_left(
    sluice, vault_copy, held_back, monkeypatch
):
    # They wait for the view, but not for ever.
    monkeypatch.setattr(key_order, "DISK_PATIENCE", 0.05)
    async with sluice(vault_copy) as user:
        texts = {path: path.read_bytes() for path in user.vault.glob("*.md")}
        await user.press("v", "2")
        assert user.shown == []
        await user.press("4", "p", "a")
        assert {path: path.read_bytes() for path in user.vault.glob("*.md")} == texts
        held_back.set()
        await user.until(lambda: user.shown)
        assert all(s.text("status") == "triaged" for s in user.session.board.rows.sources)


async def test_a_source_can_be_decided_on_while_others_are_still_read(
    sluice, vault_copy, monkeypatch
):
    go_on = Event()
    batches = loader.Loader._seen

    def wait(self, batch):
        if len(self._board.rows):
            go_on.wait(20)
        return batches(self, batch)

    monkeypatch.setattr(loader.Loader, "_seen", wait)
    async with sluice(vault_copy, read=False) as user:
        await user.until(lambda: user.session.board.rows.all)
        assert user.session.reading.busy
        first = user.here
        assert 0 < len(user.shown) < 20
        await user.burst_key("4")
        await user.until(lambda: "signal_tier: noise" in (user.vault / first).read_text())
        await user.burst_key("j")
        second = user.here
        assert second != first
        go_on.set()
        await user.settled()
        assert len(user.shown) == 20
        assert user.here == second
        sources = {s.name: s for s in user.session.board.rows.sources}
        assert sources[first].text("signal_tier") == "noise"


async def test_where_the_cursor_went_and_what_was_decided_stays_when_bodies_were_read(
    sluice, vault, held_back
):
    held_back.set()
    async with sluice() as user:
        await user.press("/")
        await user.type("body:number")
        await user.press("enter")
        first = user.here
        held_back.clear()
        user.session.desk.lookup.bodies.unread = 1
        user.session.searcher.show_bodies_read()
        assert user.session.finder.working
        await user.press("1", "j")
        second = user.here
        assert second != first
        held_back.set()
        await user.until(lambda: not user.session.finder.working)
        await user.settled()
        assert user.here == second
        assert "◆" in user.picture
        [decided] = [s for s in user.session.board.rows.sources if s.name == first]
        assert decided.text("signal_tier") == "paradigm"


async def test_a_source_gone_meanwhile_is_not_shown_again_by_an_older_answer(
    sluice, vault, held_back
):
    held_back.set()
    async with sluice() as user:
        await user.press("/")
        await user.type("body:number")
        await user.press("enter", "j")
        before, here = user.shown, user.title
        held_back.clear()
        user.session.desk.lookup.bodies.unread = 1
        user.session.searcher.show_bodies_read()
        gone = user.session.board.rows.sources[0]
        gone.path.unlink()
        await user.until(lambda: len(user.shown) == len(before) - 1)
        held_back.set()
        await user.until(lambda: not user.session.finder.working)
        await user.settled()
        assert user.title == here
        assert gone.title not in user.shown


async def test_who_went_to_the_first_hits_stays_there_when_all_of_them_come(
    limits, sluice, vault_copy, monkeypatch, held_back
):
    limits["matches_at_first"] = 4
    limits["many_matches"] = 5
    held_back.set()
    async with sluice(vault_copy) as user:
        hits = user.session.desk.lookup.find("the")
        await user.press("/")
        show = user.session.searcher._show_hits

        def held(found):
            held_back.clear()
            show(found)

        monkeypatch.setattr(user.session.searcher, "_show_hits", held)
        await user.paste("the")
        await user.until(lambda: len(user.session.board.rows.all) in range(1, 6))
        await user.pilot.click(user.screen.queue, offset=(6, 3))
        await user.press("4")
        here = user.here
        held_back.set()
        await user.until(lambda: len(user.shown) == len(hits))
        assert user.here == here
        assert user.session.board.current.text("signal_tier") == "noise"


async def test_a_lookup_typed_while_reading_ends_at_the_best_hit_of_all(
    limits, sluice, vault_copy, monkeypatch
):
    for path in vault_copy.iterdir():
        path.unlink()
    for number in range(20):
        text = f"---\nid: S-{number}\ntitle: Notes {number} on gardens\nstatus: raw\n---\n\n"
        (vault_copy / f"SOURCE-{number:03}.md").write_text(text)
    text = "---\nid: S-99\ntitle: Gardens\nstatus: raw\n---\n\n"
    (vault_copy / "SOURCE-099.md").write_text(text)
    go_on, reads = Event(), loader.Loader._seen

    def wait(self, batch):
        seen = reads(self, batch)
        if self._desk.vault.count > 5:
            go_on.wait(20)
        return seen

    limits["batch"] = 5
    monkeypatch.setattr(loader.Loader, "_seen", wait)
    async with sluice(vault_copy, read=False) as user:
        await user.until(lambda: user.session.board.rows.all)
        for key in ("slash", *"gardens"):
            await user.burst_key(key)
        await user.until(lambda: user.session.board.rows.all)
        assert user.title != "Gardens"
        go_on.set()
        await user.settled()
        await user.press("enter")
        assert user.title == "Gardens"
        assert user.screen.queue.first_row == 0
