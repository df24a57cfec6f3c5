"""Notebooks are suggested as a person filled them, and up to date after each change."""

import random
from threading import Event, Thread

import pytest

from tests.notebooks.made_notebooks import SCHEMA, THEMES, Made, bare, into, source, themed
from tui.notebooks.learner import NotebookLearner
from tui.notebooks.model import ENOUGH, MANY

ASKED = themed(25, seed=2)
GARDENS, ENGINES, HARBOURS, OPERA = THEMES
VAULT = [bare(one) for one in themed(40, seed=3)]
"""Sources in no notebook: their words are counted."""
PLANNED = "notebooks: {names: {" + ", ".join(f"{name!r}: {{}}" for name in THEMES) + "}}\n"


def test_more_members_suggest_better():
    right = [Made(*VAULT, *themed(count)).right(ASKED) for count in (1, 3, 10, 30)]
    assert right[0] > 0.4
    assert max(right[:2]) < right[2] < right[3]
    assert right[3] > 0.8


def test_without_a_member_the_name_suggests(schema_of):
    schema = schema_of(PLANNED)
    made = Made(*VAULT, schema=schema)
    assert made.names(source("x", "a rose in the garden"))[0] == GARDENS
    assert made.names(source("x", "an engine of steam"))[0] == ENGINES
    assert made.right(ASKED) > 0.3


def test_what_a_notebook_is_for_are_more_words_of_its_name(schema_of):
    text = "notebooks: {names: {Reading: 'violin and cello', Later: 'pistons and boiler'}}\n"
    made = Made(*VAULT, schema=schema_of(text))
    assert made.names(source("x", "a cello alone"))[0] == "Reading"
    assert made.names(source("x", "the boiler room"))[0] == "Later"


def test_a_name_helps_the_first_members():
    named, unnamed = themed(1), themed(1)
    letters = {name: f"n{number}" for number, name in enumerate(THEMES)}
    unnamed = [into(one, letters[one.listed("notebooks")[0]]) for one in unnamed]
    asked = [into(one, letters[one.listed("notebooks")[0]]) for one in ASKED]
    assert Made(*VAULT, *named).right(ASKED) > Made(*VAULT, *unnamed).right(asked)


def test_the_order_of_the_members_does_not_matter():
    members = [*VAULT, *themed(12)]
    shuffled = random.Random(5).sample(members, len(members))
    made, other, back = Made(*members), Made(*shuffled), Made(*members[::-1])
    for one in ASKED[::5]:
        assert made.of(one) == other.of(one) == back.of(one)


def test_members_that_come_one_by_one_teach_what_they_teach_together():
    members = themed(12)
    made = Made(*VAULT, *map(bare, members), background=True)
    made.learn()
    # Notebook by notebook, which is the worst order.
    for one in members:
        made.put(one)
        made.learn()
    together = Made(*VAULT, *members)
    same = [made.names(one)[0] == together.names(one)[0] for one in ASKED]
    assert sum(same) > 0.9 * len(same)
    made.learner.fit_again()
    made.learn()
    assert not made.learner.is_stale
    for one in ASKED[::5]:
        for (name, sure), (other, as_sure) in zip(
            made.of(one).notebooks, together.of(one).notebooks, strict=True
        ):
            assert name == other
            assert sure == pytest.approx(as_sure, abs=0.02)


def test_a_source_in_two_notebooks_teaches_both():
    both = [
        into(one, GARDENS, "Summer") for one in themed(8) if one.listed("notebooks") == (GARDENS,)
    ]
    others = [one for one in themed(8) if one.listed("notebooks") != (GARDENS,)]
    made = Made(*VAULT, *both, *others)
    for one in themed(5, seed=4, share=1.0)[:5]:
        assert set(made.names(one)[:2]) == {GARDENS, "Summer"}


def test_a_member_is_not_suggested_by_itself():
    alone = source("alone", "zebra savanna giraffe", OPERA)
    copy = source("copy", "zebra savanna giraffe")
    made = Made(*VAULT, *themed(6), alone, copy)
    first = dict(made.of(copy).notebooks)[OPERA]
    found = made.learner.of(made.sources["alone.md"])
    assert found is not None
    assert dict(found.notebooks)[OPERA] < first


def test_what_leaves_a_notebook_is_unlearnt():
    members = themed(6)
    wrong = [source(f"w{n}", "roses compost pruning", OPERA) for n in range(6)]
    made = Made(*VAULT, *members, *wrong, background=True)
    made.learn()
    asked = source("x", "roses compost pruning")
    assert made.names(asked)[0] == OPERA
    made.put(*map(bare, wrong))
    made.learn()
    assert made.names(asked)[0] == GARDENS


def test_a_notebook_without_members_is_gone_and_undo_brings_it_back():
    member = source("one", "kites in the wind", "Kites")
    made = Made(*VAULT, *themed(4), member, background=True)
    made.learn()
    assert made.names(source("x", "kites"))[0] == "Kites"
    made.put(bare(member))
    assert "Kites" not in made.names(source("x", "kites"))
    made.put(member)
    assert made.names(source("x", "kites"))[0] == "Kites"


def test_a_deleted_source_teaches_nothing():
    member = source("one", "kites in the wind", "Kites")
    made = Made(*VAULT, *themed(4), member, background=True)
    made.learn()
    made.drop("one.md")
    assert "Kites" not in made.names(source("x", "kites"))


def test_a_renamed_notebook_is_suggested_by_its_new_name():
    members = themed(6)
    made = Made(*VAULT, *members, background=True)
    made.learn()
    made.put(*(into(s, "Songs") for s in members if s.listed("notebooks") == (OPERA,)))
    made.learn()
    asked = source("x", "tenor and chorus in an encore")
    names = made.names(asked)
    assert names[0] == "Songs"
    assert OPERA not in names


def test_a_vault_without_notebooks_has_no_suggestion_until_the_first_member():
    made = Made(*VAULT, background=True)
    made.learn()
    assert made.learner.of(source("x", "roses")) is None
    assert not made.learner.is_learning
    made.put(source("one", "roses and compost", "Roses"))
    made.learn()
    assert made.names(source("x", "roses")) == ["Roses"]


def test_a_vault_whose_schema_has_no_notebooks_does_no_work(schema_of):
    made = Made(*themed(3), schema=schema_of("roles: {notebooks: null}\n"), background=True)
    assert not made.learner.has_work
    made.learn()
    assert made.learner.ranked(ASKED[0]) == ()


def test_a_category_may_be_the_notebook_and_does_not_tell_itself(schema_of):
    schema = schema_of("notebooks: {from: notebooklm_category}\n")
    members = [
        source(f"{n}{kind}", f"{words} {n}", notebooklm_category=kind)
        for n in range(6)
        for kind, words in (("coding-tools", "steel pistons"), ("general", "roses compost"))
    ]
    made = Made(*members, schema=schema)
    asked = source("x", "roses compost", notebooklm_category="coding-tools")
    found = made.learner.ranked(asked)
    assert found[0][0] == "general"


def test_a_category_helps_to_find_the_notebook():
    members = [
        source(f"{n}{kind}", f"number {n}", name, notebooklm_category=kind)
        for n in range(4)
        for kind, name in (("coding-tools", "A"), ("general", "B"))
    ]
    made = Made(*members)
    for kind, name in (("coding-tools", "A"), ("general", "B")):
        found = made.learner.ranked(source("x", "nothing", notebooklm_category=kind))
        assert found[0][0] == name


def test_where_no_notebook_fits_it_says_so_and_where_one_does_it_is_sure():
    made = Made(*VAULT, *themed(15, share=0.9))
    theirs = [made.of(one) for one in themed(10, seed=5, share=0.9)]
    assert sum(one.fits for one in theirs) >= 0.9 * len(theirs)
    assert sum(one.sure for one in theirs) > 0.3 * len(theirs)
    strange = made.of(source("x", "zebra savanna giraffe"))
    assert not strange.fits
    assert not strange.sure


def test_few_members_are_not_enough_to_be_sure_or_to_say_that_none_fits():
    made = Made(*VAULT, *themed(2))
    assert len(THEMES) * 2 < ENOUGH
    for one in (*ASKED, source("x", "zebra savanna")):
        found = made.of(one)
        assert found.fits
        assert not found.sure


def test_all_that_is_sure_together_is_never_more_than_one():
    made = Made(*VAULT, *themed(5))
    for one in ASKED:
        ranked = made.of(one).notebooks
        assert sum(sure for _, sure in ranked) < 1
        assert [sure for _, sure in ranked] == sorted((s for _, s in ranked), reverse=True)


def test_names_in_scripts_without_spaces_are_read(schema_of):
    schema = schema_of("notebooks: {names: {機械学習: {}, 料理: {}}}\n")
    vault = [source(f"{n}", title) for n, title in enumerate(["機械学習の基礎", "料理の本"] * 3)]
    made = Made(*vault, schema=schema)
    assert made.names(source("x", "機械学習入門"))[0] == "機械学習"
    assert made.names(source("x", "日本の料理"))[0] == "料理"


@pytest.mark.parametrize("name", ["", "   ", "🧠", "2024", "the", "a" * 900, "[/red]", "\x1b[31m"])
def test_a_notebook_of_any_name_is_learnt(name):
    made = Made(*VAULT, *themed(2), source("one", "kites in the wind", name or "-"))
    assert made.of(source("x", "kites"))


def test_for_several_sources_their_common_notebook_comes_first():
    made = Made(*VAULT, *themed(10))
    gardens = [bare(one) for one in ASKED if one.listed("notebooks") == (GARDENS,)]
    found = made.learner.of_all(gardens)
    assert found is not None
    assert found.notebooks[0][0] == GARDENS


def test_a_change_during_the_learning_is_learnt_after_it():
    made = Made(*VAULT, *themed(6), background=True)
    steps = made.learner.steps()
    for _ in range(20):
        next(steps)
    made.put(source("one", "kites in the wind", "Kites"))
    made.learner.of(source("x", "kites"))
    for _ in steps:
        pass
    made.learn()
    assert made.names(source("x", "kites"))[0] == "Kites"


def test_changes_while_all_is_fitted_again_lose_nothing():
    members = themed(10)
    made = Made(*VAULT, *members, background=True)
    made.learn()
    made.learner.fit_again()
    for number, _ in enumerate(made.learner.steps()):
        one = members[number % len(members)]
        made.put(into(one, "Kites") if number % 3 else bare(one))
        if number < 60:
            made.learner.of(ASKED[0])
        else:
            break
    made.put(*members)
    made.learn()
    made.learner.fit_again()
    made.learn()
    fresh = Made(*VAULT, *members)
    for one in ASKED[::5]:
        for (name, sure), (other, as_sure) in zip(
            made.of(one).notebooks, fresh.of(one).notebooks, strict=True
        ):
            assert name == other
            assert sure == pytest.approx(as_sure, abs=0.02)


def test_hundreds_of_members_are_learnt_in_blocks_and_changed_one_by_one():
    members = themed(MANY // len(THEMES) + 5)
    assert len(members) > MANY
    made = Made(*VAULT, *members, background=True)
    made.learn()
    assert made.right(ASKED) > 0.85
    other = Made(*random.Random(3).sample(members, len(members)), *VAULT)
    assert [made.names(one) for one in ASKED] == [other.names(one) for one in ASKED]
    made.put(*(into(s, "Songs") for s in members if s.listed("notebooks") == (OPERA,)))
    made.learn()
    names = made.names(source("x", "tenor and chorus in an encore"))
    assert names[0] == "Songs"
    assert OPERA not in names


def test_an_answer_that_finds_the_first_member_goes_on_while_all_is_learnt_again():
    members = themed(1)
    names = {one.name: one for one in members}
    built, waits = Event(), []

    def sources():
        built.set()
        return tuple(names.values())

    def find(name):
        if len(waits) == 1:
            # The second one it takes in: a thread learns all again meanwhile.
            learning.start()
            built.wait(0.2)
        waits.append(name)
        return names[name]

    learner = NotebookLearner(SCHEMA, lambda _: "", lambda: (), find)
    learner.in_background = True
    learner.settle()
    learner._sources = sources
    for name in [*names][:2]:
        learner.note(name)
    learner.note("third")
    names["third"] = members[0]._replace(name="third")
    learning = Thread(target=learner.settle)
    learner.of(bare(members[0]))
    learning.join()
    assert learner.of(bare(members[0])) is not None
