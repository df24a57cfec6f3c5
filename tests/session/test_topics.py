"""t turns many topics at once; . makes the last change again; C takes the last category."""

from tests.samples import header, write_evenings
from tui.session.questions import Counts, TurnItems

NAME, SECOND, THIRD = "SOURCE-001-apples.md", "SOURCE-002-bridges.md", "SOURCE-003-clocks.md"


def test_many_sources_are_counted_behind_the_box(limits, sluice, vault):
    write_evenings(vault)
    limits["counted_at_once"] = 0
    with sluice() as app:
        app.enter(app.session.run, "decide.topics")
        box = app.box
        assert isinstance(box.question, TurnItems)
        assert box.news == []
        app.settled()
        [counts] = [news.counts for news in box.news if isinstance(news, Counts)]
        assert (counts["agents"], counts["evals"], counts["prompting"]) == (3, 2, 1)
        assert box.save(("agents",), ())
    assert header(vault / NAME)["topics"][-1] == "agents"


# The last change again


def test_dot_tells_what_it_made_again(sluice, vault):
    with sluice() as app:
        app.press("t")
        assert app.box.save(("zither",), ())
        app.press("j", ".")
        assert app.toast == "Repeated: topics + zither · u undoes"
    assert header(vault / SECOND)["topics"][-1] == "zither"


def test_dot_repeats_a_field_on_all_marked(sluice, vault):
    with sluice() as app:
        app.press("f", *"creator", "enter")
        assert app.box.save("Someone Else")
        app.press("j", "x", "x", ".")
        assert app.toast == "Repeated: creator: Someone Else, was Someone · 2 sources · u undoes"
    for name in (NAME, SECOND, THIRD):
        assert "creator: Someone Else\n" in (vault / name).read_text()


def test_dot_repeats_what_went_and_came_in_a_list(sluice, vault, write):
    path = write(9, "Zebras", aliases="[theirs, old]")
    with sluice() as app:
        app.press("f", *"aliases", "enter")
        assert app.box.save(("old",))
        app.press("f", "enter")
        assert app.box.question.texts == ("old",)
        assert app.box.save(("new",))
        app.press("G", ".")
        assert app.toast == "Repeated: aliases + new - old · u undoes"
    assert header(path)["aliases"] == ["theirs", "new"]


def test_dot_after_an_insight_was_deleted_harms_no_other_source(sluice, vault, write):
    path = write(0, "Aardvarks", key_insights="[a, b, c]")
    with sluice() as app:
        app.press("I")
        app.enter(app.session.noter.change, (1, 2))
        app.press("q", "j", ".")
        assert app.toast == "Nothing to change: key_insights -= a"
        app.press("k", "I")
        app.enter(app.session.noter.change, (1, 0))
        app.press("q", "j", ".")
        assert "cannot reorder them" in app.toast
    assert header(path)["key_insights"] == ["c", "b"]


def test_dot_repeats_an_insight(sluice, vault):
    with sluice() as app:
        app.press("i", *"worth it", "enter", "j", ".")
        assert app.toast == "Repeated: insight 1 · “Bridges over water” · u undoes"
    assert header(vault / SECOND)["key_insights"] == ["worth it"]


# The last category again


def test_the_last_category_is_known_by_whichever_key_it_was_set(sluice, vault):
    with sluice() as app:
        app.press("C")
        assert "no category set yet" in app.toast
        app.press("f", *"notebook", "enter", *"vibe", "enter", "j", "C")
        assert app.toast == "vibe-coding, was general · u undoes"
    assert "notebooklm_category: vibe-coding\n" in (vault / SECOND).read_text()


def test_the_last_category_is_known_after_a_restart(sluice, vault):
    with sluice() as app:
        app.press("c", "1", "j", "c", "2", "u")
    with sluice() as app:
        app.press("G", "C")
        assert app.toast == "agents-orchestration, was general · u undoes"
