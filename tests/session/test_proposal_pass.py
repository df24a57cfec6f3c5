"""The rapid pass through what others propose: one key for each proposal."""

import pytest

from tests.samples import value_of
from tests.session.test_proposals import CATEGORY, TIER, WHY, come, figure, proposed
from tui.cli.main import main


@pytest.fixture
def propose(vault):
    """Propose values for a source, as another process does."""

    def run(name, *assignments, by=WHY):
        assert main(["propose", str(vault / name), *assignments, *by, "--vault", str(vault)]) == 0

    return run


@pytest.fixture
def two(names, propose):
    """Two proposals for the first source, one for the second."""
    propose(names[0], "tier=paradigm", "cat=claude-code")
    propose(names[1], "tier=noise", by=("--by", "importer"))


def question(app):
    """What is asked, and which one of how many."""
    return app.asked.sentence, app.asked.number, app.asked.size


def start(app):
    """Open the view and press the key of the passes."""
    app.open_view("proposed")
    app.press("r")


def test_r_in_the_view_asks_about_each_proposal(sluice, vault, files, names, two):
    with sluice() as app:
        tier = app.source.text(TIER)
        category = app.source.text(CATEGORY)
        start(app)
        assert question(app) == (
            f"tagger proposes tier = paradigm (was {tier}): cited in two notes", 1, 3,
        )  # fmt: skip
        assert [(one.key, one.name) for one in app.asked.answers] == [
            ("enter", "take tier = paradigm"),
            ("-", "refuse"),
        ]
        app.press("enter")
        assert value_of(vault, names[0], TIER) == "paradigm"
        assert app.here_in_pass == names[0]
        assert question(app) == (
            f"tagger proposes category = claude-code (was {category}): cited in two notes", 2, 3,
        )  # fmt: skip
        app.press("-")
        assert value_of(vault, names[0], CATEGORY) == category
        assert app.here_in_pass == names[1]
        assert app.asked.sentence.startswith("importer proposes tier = noise (was ")
        app.press("=")
        assert value_of(vault, names[1], TIER) == "noise"
        summary = app.box.question.summary
        assert (summary.done, summary.skipped, dict(summary.counts)) == (
            3, 0, {"taken": 2, "refused": 1},
        )  # fmt: skip
        app.press("escape")
        app.until(lambda: figure(app, "proposed") == "0")


def test_u_goes_back_one_answer_at_a_time_and_restores_every_byte(sluice, files, names, two, vault):
    with sluice() as app:
        start(app)
        app.press("enter", "-", "u")
        assert app.here_in_pass == names[0]
        assert app.asked.sentence.startswith("tagger proposes category")
        assert app.asked.number == 2
        app.press("u")
        assert app.asked.sentence.startswith("tagger proposes tier")
        assert app.asked.number == 1
        assert files.changes == {}
        assert len(proposed(app)) == 2
        app.press("u")
        assert app.toast == "This is the first source of the pass."


def test_space_skips_one_proposal_and_u_asks_about_it_again(sluice, vault, files, names, two):
    with sluice() as app:
        start(app)
        app.press("space")
        assert app.asked.sentence.startswith("tagger proposes category")
        app.press("u")
        assert app.asked.sentence.startswith("tagger proposes tier")
        app.press("space", "space", "space")
        summary = app.box.question.summary
        assert (summary.done, summary.skipped) == (0, 3)
        assert files.changes == {}


def test_other_keys_work_in_the_pass_and_u_undoes_them_first(sluice, vault, files, names, two):
    with sluice() as app:
        start(app)
        app.press("i")
        app.type("Keep the seeds dry")
        app.press("enter")
        assert "Keep the seeds dry" in (vault / names[0]).read_text()
        assert app.asked.sentence.startswith("tagger proposes tier")
        app.press("escape") if app.focus != "preview" else None
        app.press("u")
        assert files.changes == {}
        assert app.asked.number == 1


def test_a_key_that_sets_the_value_itself_makes_the_pass_go_on(sluice, vault, names, two):
    with sluice() as app:
        start(app)
        app.press("4")
        assert value_of(vault, names[0], TIER) == "noise"
        assert app.asked.sentence.startswith("tagger proposes category")


def test_of_several_proposals_for_a_field_the_next_comes_if_the_best_is_refused(
    sluice, vault, names, propose
):
    propose(names[0], "tier=noise", by=("--by", "a"))
    propose(names[0], "tier=noise", by=("--by", "b"))
    propose(names[0], "tier=paradigm", by=("--by", "c"))
    with sluice() as app:
        start(app)
        assert "tier = noise" in app.asked.sentence
        app.press("-")
        assert app.asked.sentence.startswith("c proposes tier = paradigm")
        app.press("enter")
        assert value_of(vault, names[0], TIER) == "paradigm"
        assert dict(app.box.question.summary.counts) == {"taken": 1, "refused": 1}


def test_the_best_one_taken_leaves_nothing_to_ask_about_that_field(sluice, vault, names, propose):
    propose(names[0], "tier=noise", by=("--by", "a"))
    propose(names[0], "tier=paradigm", by=("--by", "b"))
    with sluice() as app:
        start(app)
        app.press("enter")
        assert app.box.question.summary.done == 1


def test_what_is_refused_elsewhere_meanwhile_is_asked_no_more(sluice, vault, names, two):
    with sluice() as app:
        start(app)
        assert main(["proposals", str(vault / names[0]), "--refuse", "--vault", str(vault)]) == 0
        come(app)
        assert app.here_in_pass == names[1]
        assert app.asked.sentence.startswith("importer proposes")


def test_the_picker_of_passes_offers_the_proposals(sluice, names, two):
    with sluice() as app:
        app.press("r", "r")
        assert app.box.notes["proposals"] == "3 proposals for 2 sources"
        app.type("proposals")
        app.press("enter")
        assert app.asked.sentence.startswith("tagger proposes tier")


def test_without_proposals_no_pass_is_offered_for_them(sluice, names):
    with sluice() as app:
        app.press("r", "r")
        assert "proposals" not in app.picker


def test_an_answer_that_cannot_be_saved_comes_back(sluice, vault, names, two):
    with sluice() as app:
        start(app)
        text = (vault / names[0]).read_text()
        value = value_of(vault, names[0], TIER)
        (vault / names[0]).write_text(text.replace(f"{TIER}: {value}", f"{TIER}: strategic"))
        app.press("enter")
        assert value_of(vault, names[0], TIER) == "strategic"
        assert "strategic" in app.toast


def test_equals_in_a_pass_for_the_category_takes_what_is_proposed(sluice, vault, names, propose):
    propose(names[0], "cat=claude-code")
    with sluice() as app:
        app.press("r", "r")
        app.type("category")
        app.press("enter")
        while app.here_in_pass != names[0]:
            app.press("space")
        app.press("=")
        assert value_of(vault, names[0], CATEGORY) == "claude-code"
