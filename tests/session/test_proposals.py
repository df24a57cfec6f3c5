"""What others propose: shown beside the values, taken and refused with keys, undone with one."""

import json

import pytest

from tests.samples import Files, value_of
from tui.triage import proposals as store

TIER, CATEGORY = "signal_tier", "notebooklm_category"
WHY = ("--by", "tagger", "--why", "cited in two notes")


@pytest.fixture
def propose(vault, command):
    """Propose values for a source, as another process does."""

    def run(name, *assignments, by=WHY):
        command("propose", str(vault / name), *assignments, *by)

    return run


@pytest.fixture
def told(command, capsys):
    """The proposals that the newest change answered, as ``log --json`` tells."""

    def run():
        capsys.readouterr()
        command("log", "--json", "--limit", "1")
        (entry,) = map(json.loads, capsys.readouterr().out.splitlines())
        return {(one["field"], one["by"], one["answer"]) for one in entry["proposals"]}

    return run


def come(app):
    """Let the session look at the file with proposals, as it does twice a second."""
    app.enter(app.session.proposal_news.look)
    app.settled()


def figure(app, view):
    """How many sources a view above the queue has; empty without it."""
    return {tab.name: tab.figure for tab in app.figures.views}.get(view, "")


def proposed(app):
    """What is shown as proposed for the source in hand: what, by whom, whether it can be taken."""
    able, old = app.drawn.proposed
    return [(one.label, one.by, one in able) for one in (*able, *old)]


def test_what_is_proposed_shows_beside_the_values_and_equals_takes_it(
    sluice, vault, files, names, propose, told
):
    name = names[0]
    propose(name, "tier=paradigm", "cat=ai-agents", "aliases+=Alef")
    with sluice() as app:
        assert proposed(app) == [
            ("signal_tier = paradigm", "tagger", True),
            ("notebooklm_category = ai-agents", "tagger", True),
            ("aliases += Alef", "tagger", True),
        ]
        assert app.session.row_suggestions.sign(app.source) == "»"
        assert "= take »" in app.keys
        before = (vault / name).read_bytes()
        app.press("=")
        assert value_of(vault, name, TIER) == "paradigm"
        assert value_of(vault, name, CATEGORY) == "ai-agents"
        assert "Alef" in (vault / name).read_text()
        assert proposed(app) == []
        assert app.session.row_suggestions.sign(app.source) == ""
        assert told() == {
            (TIER, "tagger", "taken"),
            (CATEGORY, "tagger", "taken"),
            ("aliases", "tagger", "taken"),
        }
        app.press("u")
        assert (vault / name).read_bytes() == before
        assert files.changes == {}
        assert len(proposed(app)) == 3
        app.press("U")
        assert value_of(vault, name, TIER) == "paradigm"


def test_proposals_appear_and_go_while_the_app_is_open_counts_included(
    sluice, vault, names, propose, command
):
    with sluice() as app:
        assert proposed(app) == []
        assert figure(app, "proposed") == ""
        propose(names[0], "tier=paradigm")
        propose(names[2], "tier=paradigm")
        come(app)
        app.until(lambda: figure(app, "proposed") == "2")
        assert proposed(app) == [("signal_tier = paradigm", "tagger", True)]
        app.open_view("proposed")
        assert [source.name for source in app.rows.sources] == [names[0], names[2]]
        propose(names[1], "tier=paradigm")
        come(app)
        assert [source.name for source in app.rows.sources] == names[:3]
        command("proposals", str(vault / names[0]), "--refuse")
        come(app)
        app.until(lambda: figure(app, "proposed") == "2")
        assert app.dimmed(names[0])
        assert proposed(app) == []


def test_the_view_of_proposals_goes_on_to_the_next_source_once_one_is_answered(
    sluice, vault, names, propose
):
    for name in names[:3]:
        propose(name, "tier=paradigm")
    with sluice() as app:
        app.open_view("proposed")
        app.press("=")
        assert app.here == names[1]
        app.press("-", "-")
        assert app.here == names[2]
        app.until(lambda: figure(app, "proposed") == "1")
        app.press("u")
        assert app.here == names[1]
        assert not app.dimmed(names[1])
        app.until(lambda: figure(app, "proposed") == "2")


def test_minus_lists_all_proposals_and_refuses_the_one_under_the_cursor(
    sluice, files, names, propose, told, vault
):
    name = names[0]
    propose(name, "tier=paradigm")
    propose(name, "tier=noise", "url=https://example.org/", by=("--by", "importer"))
    with sluice() as app:
        app.press("-")
        assert app.picker == [
            "tier = noise",
            "tier = paradigm",
            "url = https://example.org/",
        ]
        assert "tagger: cited in two notes · was" in app.box.options[1].note
        app.press("j", "-")
        assert not app.boxes
        assert files.changes == {}, "a refusal changes no file"
        assert [label for label, _, _ in proposed(app)] == [
            "signal_tier = noise",
            "url = https://example.org/",
        ]
        assert told() == {(TIER, "tagger", "refused")}
        app.press("u")
        assert len(proposed(app)) == 3
        app.press("-", "3")
        assert value_of(vault, name, "url") == "https://example.org/"
        assert told() == {("url", "importer", "taken")}


def test_a_value_proposed_by_two_comes_first(sluice, vault, names, propose):
    propose(names[0], "tier=noise", by=("--by", "a"))
    propose(names[0], "tier=paradigm", by=("--by", "b"))
    propose(names[0], "tier=noise", by=("--by", "c"))
    propose(names[0], "tier=paradigm", by=("--by", "d"))
    propose(names[0], "tier=paradigm", by=("--by", "e"))
    with sluice() as app:
        assert proposed(app)[0][0] == "signal_tier = paradigm"
        app.press("=")
        assert value_of(vault, names[0], TIER) == "paradigm"


def test_a_proposal_beats_what_is_learnt_for_that_field_only(sluice, learnt, command):
    name = "SOURCE-050-roses.md"
    with sluice() as app:
        app.go_to(name)
        app.until(lambda: any(app.session.suggester.suggested))
        suggested = app.session.suggester.suggested
        assert suggested.category.value == "career-growth"
        assert suggested.tier.value == "noise"
        command("propose", str(learnt / name), "cat=claude-code", *WHY)
        come(app)
        app.press("c")
        signs = [(option.label, option.sign) for option in app.box.options[:2]]
        assert signs == [("claude-code", "»"), ("career-growth", "≈")]
        assert app.box.options[0].note == "tagger: cited in two notes"
        app.press("escape", "=")
        assert value_of(learnt, name, CATEGORY) == "claude-code"
        assert value_of(learnt, name, TIER) == "noise"


def test_enter_in_the_drawer_of_the_category_takes_and_delete_refuses(
    sluice, vault, files, names, propose, told
):
    propose(names[0], "cat=claude-code")
    with sluice() as app:
        app.press("c", "delete")
        assert files.changes == {}
        assert told() == {(CATEGORY, "tagger", "refused")}
        assert proposed(app) == []
        app.press("u", "c", "enter")
        assert value_of(vault, names[0], CATEGORY) == "claude-code"
        assert told() == {(CATEGORY, "tagger", "taken")}


def test_delete_refuses_nothing_on_a_category_that_nobody_proposes(sluice, names, propose):
    propose(names[0], "cat=claude-code")
    with sluice() as app:
        app.press("c", "down", "delete")
        assert app.boxes
        app.press("escape")
        assert len(proposed(app)) == 1


def test_a_key_that_sets_just_what_is_proposed_takes_it(sluice, vault, names, propose, told):
    propose(names[0], "tier=paradigm")
    with sluice() as app:
        app.press("1")
        assert told() == {(TIER, "tagger", "taken")}
        app.press("u")
        assert len(proposed(app)) == 1
        app.press("4")
        assert [(label, able) for label, _, able in proposed(app)] == [
            ("signal_tier = paradigm", False)
        ]


def test_an_outdated_proposal_is_shown_so_and_taken_only_after_a_question(
    sluice, vault, names, propose, told
):
    propose(names[0], "tier=paradigm")
    before = value_of(vault, names[0], TIER)
    with sluice() as app:
        app.press("4")
        assert value_of(vault, names[0], TIER) == "noise"
        app.press("-")
        assert app.box.options[0].after == "outdated"
        assert app.box.options[0].note.endswith(f"was {before or 'empty'}, now noise")
        app.press("enter")
        assert app.box.question.title == "outdated: now noise"
        take, keep = app.box.options
        assert take.label == "take tier = paradigm"
        assert take.note == f"tagger saw {before or 'empty'}"
        assert keep.label == "keep tier = noise"
        app.press("down", "enter", "-", "enter", "escape")
        assert value_of(vault, names[0], TIER) == "noise" and told() == set()
        app.press("-", "enter", "enter")
        assert value_of(vault, names[0], TIER) == "paradigm"
        assert told() == {(TIER, "tagger", "taken")} and proposed(app) == []
        app.press("u")
        assert value_of(vault, names[0], TIER) == "noise"
        assert [able for _, _, able in proposed(app)] == [False]
        app.press("-", "-")
        assert proposed(app) == []


def test_an_outdated_proposal_is_not_taken_over_a_value_set_while_the_question_is_open(
    sluice, vault, names, propose, command
):
    propose(names[0], "tier=paradigm")
    with sluice() as app:
        app.press("4", "-", "enter")
        command("set", str(vault / names[0]), "tier=strategic", "--by", "other")
        app.press("enter")
        app.until(lambda: any("did not write “paradigm”" in said for said, _ in app.toasts))
        assert value_of(vault, names[0], TIER) == "strategic"


def test_equals_takes_all_proposals_of_marked_sources_as_one_change(
    sluice, vault, files, names, propose, told
):
    propose(names[0], "tier=paradigm")
    propose(names[1], "cat=claude-code", "topics+=film")
    with sluice() as app:
        app.press("x", "x", "x", "=")
        assert value_of(vault, names[0], TIER) == "paradigm"
        assert value_of(vault, names[1], CATEGORY) == "claude-code"
        assert sorted(files.changes) == names[:2]
        app.press("u")
        assert files.changes == {}
        app.until(lambda: figure(app, "proposed") == "2")


def test_minus_with_marks_refuses_all_of_them_at_once(sluice, files, names, propose, told):
    propose(names[0], "tier=paradigm")
    propose(names[1], "cat=claude-code", "topics+=film")
    with sluice() as app:
        app.press("x", "x", "x", "-")
        assert app.picker == [
            "take the best of 3 proposals for 2 sources",
            "refuse 3 proposals for 2 sources",
        ]
        app.press("-")
        assert files.changes == {}
        assert {answer for _, _, answer in told()} == {"refused"}
        app.press("u")
        app.until(lambda: figure(app, "proposed") == "2")


def test_the_full_stop_takes_the_same_proposal_of_another_source(sluice, vault, names, propose):
    for name in names[:2]:
        propose(name, "tier=paradigm", "topics+=film")
    with sluice() as app:
        app.press("-", "1", "j", ".")
        assert [value_of(vault, name, TIER) for name in names[:2]] == ["paradigm"] * 2
        assert "film" not in value_of(vault, names[1], "topics")
        app.press("j", ".")
        assert app.toast.endswith("nobody proposes tier = paradigm.")


def test_proposals_follow_a_file_that_is_renamed_while_the_app_is_open(
    sluice, vault, names, propose
):
    propose(names[0], "tier=paradigm")
    with sluice() as app:
        (vault / names[0]).rename(vault / "SOURCE-renamed.md")
        app.noticed(names[0], "SOURCE-renamed.md")
        app.go_to("SOURCE-renamed.md")
        assert len(proposed(app)) == 1
        app.press("=")
        assert value_of(vault, "SOURCE-renamed.md", TIER) == "paradigm"


def test_a_damaged_file_with_proposals_is_reported_once(sluice, home, names, propose):
    propose(names[0], "tier=paradigm")
    with sluice() as app:
        file = app.session.desk.state / "proposals.json"
        file.write_text("{")
        come(app)
        come(app)
        assert len(app.reported) == 1
        assert "was damaged" in app.reported[0]
        assert proposed(app) == []
        propose(names[0], "tier=noise")
        come(app)
        assert len(proposed(app)) == 1


def test_no_key_reads_the_file_with_proposals(sluice, names, propose, monkeypatch):
    for name in names[:2]:
        propose(name, "tier=paradigm")
    with sluice() as app:
        monkeypatch.setattr(store.Proposals, "_read", None)
        monkeypatch.setattr(store, "_version_of", None)
        app.press("j", "k", "c", "escape", "P", "escape", "-", "escape")
        app.open_view("proposed")
        assert len(app.shown) == 2


def test_with_nothing_proposed_minus_says_so(sluice, names):
    with sluice() as app:
        app.press("-")
        assert app.toast == "Nothing is proposed for this source."
        app.press("x", "x", "-")
        assert app.toast == "Nothing is proposed for these sources."


def test_where_suggestions_are_off_equals_takes_proposals(sluice, vault, names, propose):
    propose(names[0], "tier=paradigm")
    with sluice() as app:
        app.session.suggester._fault = "Suggestions are off."
        app.press("=")
        assert value_of(vault, names[0], TIER) == "paradigm"
        app.press("j", "=")
        assert app.toast == "Suggestions are off."


def test_of_a_source_with_a_broken_header_a_proposal_is_taken_with_its_repair_or_refused_alone(
    sluice, vault, names, propose
):
    propose(names[0], "tier=paradigm", "url=https://example.org/")
    text = (vault / names[0]).read_text()
    (vault / names[0]).write_text(text.replace("title: ", 'title: "a" quoted ', 1))
    watch = Files(vault)
    with sluice() as app:
        assert app.source.problem is not None
        app.press("-", "j", "-")
        assert not app.boxes
        assert watch.changes == {}, "a refusal repairs nothing"
        assert [label for label, _, _ in proposed(app)] == ["signal_tier = paradigm"]
        app.press("=")
        assert app.boxes, "the repair is shown first"
        app.press("enter")
        assert value_of(vault, names[0], TIER) == "paradigm"
        app.press("u", "u")
        assert watch.changes == {}
        assert len(proposed(app)) == 2


def test_a_proposal_refused_while_another_refusal_is_being_saved_does_not_come_back(
    sluice, names, propose
):
    for name in names[:3]:
        propose(name, "tier=paradigm")
    with sluice() as app:
        app.open_view("proposed")
        app.hasten("-", "-", "-", "-")
        assert app.here == names[2]
        of = app.session.desk.proposals.of
        assert not any(map(of, app.rows.sources[:2]))
        app.settled()
        assert not any(map(of, app.rows.sources[:2]))
        app.until(lambda: figure(app, "proposed") == "1")
        app.press("u")
        app.until(lambda: figure(app, "proposed") == "2")
        app.press("u")
        app.until(lambda: figure(app, "proposed") == "3")


def test_an_agent_that_goes_on_proposing_restores_nothing_that_was_refused(sluice, names, propose):
    propose(names[0], "tier=paradigm", "cat=claude-code")
    with sluice() as app:
        app.press("-", "-")
        propose(names[1], "tier=paradigm")
        come(app)
        assert [label for label, _, _ in proposed(app)] == ["notebooklm_category = claude-code"]
        app.press("=")
        propose(names[0], "tier=paradigm")
        come(app)
        assert [label for label, _, _ in proposed(app)] == ["signal_tier = paradigm"]


@pytest.mark.parametrize(
    "schema",
    [
        "fields: {grade: {values: [good, bad]}, area: {}}\nroles: {tier: grade, category: area}\n",
        "fields: {signal_tier: null, grade: {}}\nroles: {tier: grade}\n",
        "fields: {proposal: {}}\n",
        "passes: {}\n",
    ],
)
def test_whatever_the_schema_is_proposals_are_shown_taken_and_refused(
    sluice, vault, names, command, propose, schema
):
    (vault / "sluice.yaml").write_text(schema)
    propose(names[0], "grade=good", "area=music", "url=https://example.org/")
    propose(names[1], "grade=good")
    with sluice() as app:
        assert len(proposed(app)) == 3
        for key in ("c", "P"):
            app.press(key, "escape")
        app.press("-")
        place = next(at for at, label in enumerate(app.picker, 1) if label.startswith("url"))
        app.press(str(place), "-", "-", "=")
        assert value_of(vault, names[0], "url") == "https://example.org/"
        assert len(proposed(app)) == 0
        app.press("u", "u", "u")
        assert len(proposed(app)) == 3
        app.press("r", "escape")


def test_the_values_that_a_person_took_are_confirmed_where_the_vault_keeps_that(
    sluice, vault, names, propose
):
    (vault / "sluice.yaml").write_text(
        "roles: {confirmed: confirmed}\nfields: {confirmed: {kind: list}}\n"
    )
    propose(names[0], "tier=paradigm")
    propose(names[1], "tier=paradigm")
    with sluice() as app:
        app.press("=")
        assert 'confirmed:\n  - "signal_tier"\n' in (vault / names[0]).read_text()
        app.press("u")
        assert "confirmed" not in (vault / names[0]).read_text()
        app.open_view("proposed")
        app.press("r", "enter")
        assert 'confirmed:\n  - "signal_tier"\n' in (vault / names[0]).read_text()


def test_a_list_is_named_once_and_a_field_as_the_header_names_it(sluice, names, propose):
    propose(names[0], "creator=Ada", "topics+=film", "topics+=sound", "tier=noise")
    with sluice() as app:
        app.press("-")
        labels = [option.label for option in app.box.options]
        assert labels == ["tier = noise", "topics += film, sound", "creator = Ada"]
        app.press("-")
        assert app.toast == "refused tier = noise · u undoes"


def test_what_is_proposed_stays_in_sight_while_the_file_is_read_again(
    sluice, names, propose, monkeypatch
):
    propose(names[0], "tier=paradigm")
    with sluice() as app:
        proposals, seen = app.session.desk.proposals, []
        read = proposals._read

        def look():
            seen.append(list(proposals.pending.names))
            return read()

        monkeypatch.setattr(proposals, "_read", look)
        propose(names[1], "cat=ai-agents")
        come(app)
        assert seen == [[names[0]]]
        assert set(proposals.pending.names) == {names[0], names[1]}
