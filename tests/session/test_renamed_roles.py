"""Keys in a folder whose fields all have other names: see tests/renamed.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.renamed import BARE, DECOY, NOTES, header_of, plant
from tui.cli.main import main
from tui.session.keys.catalogue import COMMANDS
from tui.session.questions import ShowVerdict, Statistics


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return plant(tmp_path / "notes")


@pytest.fixture
def app(sluice, notes) -> Iterator:
    """A session on these notes with the cursor on the first one; no decoy is ever in sight."""
    with sluice(notes) as stage:
        stage.go_to("one")
        yield stage
        assert "decoy" not in stage.toast
        drawn = stage.drawn
        said = (drawn.suggested, drawn.figures, drawn.keys, drawn.line, drawn.asked)
        assert "decoy" not in str(said)


def options(app) -> str:
    """What the rows of the open box say."""
    said = "\n".join(f"{one.label} {one.note} {one.sign} {one.number}" for one in app.box.options)
    assert "decoy" not in said
    return said


def test_the_first_view_is_that_of_the_first_status(app):
    assert app.figures.view == "fresh"
    assert app.shown == ["Glazing a bowl", "Firing a kiln"]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("1", "worth: gold"),
        ("2", "worth: silver"),
        ("0", "worth: null"),
        ("p", "state: seen"),
        ("a", "state: gone"),
        ("P =seen", "state: seen"),
        ("z 1 enter", f"asleep: {date.today() + timedelta(days=1)}"),
        ("c *music enter", "shelf: music"),
        ("t +glaze", "tags: [clay, fire, glaze]"),
        ("i *Wait enter", '  - "Wait"'),
        ("x j x 2", "worth: silver"),
    ],
)
def test_a_key_writes_the_field_of_its_role_and_u_restores_every_byte(app, notes, keys, line):
    before = {name: (notes / name).read_bytes() for name in NOTES}
    for key in keys.split():
        if key.startswith("*"):
            app.type(key[1:])
        elif key.startswith("+"):
            assert app.box.save((key[1:],), ())
        elif key.startswith("="):
            app.press("escape")
            app.move_to(key[1:])
        else:
            app.press(key)
    header = header_of(notes, "one.md")
    assert line in header.splitlines(), header
    app.press("escape", "escape", "u")
    assert {name: (notes / name).read_bytes() for name in NOTES} == before


def test_c_again_and_the_full_stop_repeat_by_the_roles(app, notes):
    app.press("c")
    app.type("music")
    app.press("enter")
    app.go_to("three")
    app.press("C")
    assert "shelf: music" in header_of(notes, "three.md")
    app.press("3", "full_stop")
    assert "worth: tin" in header_of(notes, "three.md")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("glazing", {"Glazing a bowl"}),
        ("bowls", {"Glazing a bowl"}),
        ("author:bell", {"Tuning a lute"}),
        ("tier:tin", {"Tuning a lute"}),
        ("tags:strings", {"Tuning a lute"}),
        ("has:insights", {"Tuning a lute"}),
        ("decoy", set()),
    ],
)
def test_a_search_finds_by_the_roles(app, query, found):
    app.press("slash")
    app.type(query)
    app.press("enter")
    assert set(app.shown) == found


def test_sorting_offers_the_names_of_the_roles_and_sorts_by_their_fields(app):
    app.open_view("all")
    app.press("s")
    assert "synopsis" not in options(app)
    app.type("date")
    app.press("enter")
    assert app.shown == ["Firing a kiln", "Tuning a lute", "Glazing a bowl"]
    app.press("s")
    app.type("tier")
    app.press("enter")
    assert app.shown[0] == "Glazing a bowl" or app.shown[0] == "Tuning a lute"


def test_copies_and_the_browser_take_the_fields_of_the_roles(app):
    app.press("y")
    assert app.clipboard[-1] == "https://a.example/bowl"
    app.press("A")
    assert app.clipboard[-1] == "Bowls"
    app.press("w")
    assert "Glazing a bowl" in app.clipboard[-1] or "one" in app.clipboard[-1]
    app.press("Y")
    said = options(app)
    assert "Glazing a bowl" in said
    app.press("t")
    assert app.clipboard[-1] == "Glazing a bowl"
    app.press("Y", "m")
    assert app.clipboard[-1] == "[Glazing a bowl](https://a.example/bowl)"
    app.press("o")
    assert app.browsed == ["https://a.example/bowl"]


def test_what_was_decided_is_told_in_the_words_of_the_folder(app):
    app.press("2")
    app.press("H")
    said = "\n".join(app.box.rows)
    assert "silver" in said and "decoy" not in said
    app.press("escape", "L")
    said = "\n".join(app.box.rows)
    assert "Glazing a bowl" in said and "decoy" not in said


def test_duplicates_are_found_by_the_addresses_of_the_role(sluice, notes):
    text = (notes / "one.md").read_text().replace("Glazing a bowl", "Glazing bowls")
    (notes / "four.md").write_text(text)
    with sluice(notes) as app:
        app.go_to("four")
        app.press("d")
        assert {one.source.name for one in app.box.question.candidates} == {"one.md"}


def test_a_new_source_has_the_fields_of_the_roles(app, notes):
    app.press("plus")
    app.type("https://d.example/page")
    app.press("enter")
    (new,) = (path for path in notes.glob("*.md") if path.name not in NOTES)
    assert 'link: "https://d.example/page"' in new.read_text()
    assert "url:" not in new.read_text()


def test_the_statistics_count_by_the_roles(app):
    app.press("D")
    lines = app.box.question.draw(app.box.latest(Statistics).stats, 120)
    said = "\n".join("".join(text for text, _ in line) for line in lines)
    assert "\ntier " in said and "\ncategory " in said and "1 of 3 sources judged" in said
    assert "1999" not in said
    assert "decoy" not in said


def test_a_rapid_pass_asks_for_the_tier_of_the_role(app, notes):
    app.press("r", "3")
    assert "worth: tin" in header_of(notes, "one.md")


def test_a_folder_that_does_without_the_roles_leaves_their_keys_out(sluice, tmp_path):
    notes = plant(tmp_path / "bare", BARE)
    before = {name: (notes / name).read_bytes() for name in NOTES}
    with sluice(notes) as app:
        bar = " ".join(app.keys)
        for word in ("tier", "category", "insight", "archive", "copy", "snooze", "notebook"):
            assert word not in bar.split()
        app.press("slash")
        assert "state:fresh filters" in app.keys
        app.press("escape", "question_mark")
        gone = [one.label for one in app.box.options if one.label.startswith("No ")]
        assert gone == [
            "No tier", "No category", "No field for insights", "No field for topics",
            "No field for URLs", "No field for aliases", "No field for snoozing",
            "No field for notebooks", "No status for the archive",
        ]  # fmt: skip
        names = [one.label for one in app.box.options]
        assert "Pick the category" not in names and "Archive" not in names
        app.press("escape", "ctrl+p")
        assert "Pick the category" not in [one.label for one in app.box.options]
        app.press("escape")
        # Tab goes through what there is.
        stops = []
        for _ in range(3):
            app.press("tab")
            stops.append(app.box.question.title if app.boxes else app.focused)
        assert stops == ["preview", "status", "queue"]
        app.press("r")
        assert app.asked is not None
        assert [answer.name for answer in app.asked.answers] == ["promote"]
        assert not {"c category", "i insight"} & set(app.keys)
        app.press("q", "escape", "escape")
        app.press("shift+tab", "shift+tab")
        assert (app.boxes, app.focused) == ([], "preview")
    assert {name: (notes / name).read_bytes() for name in NOTES} == before


def test_every_key_alone_says_what_it_does_or_why_not_in_such_a_folder(sluice, tmp_path):
    notes = plant(tmp_path / "bare", BARE)
    with sluice(notes) as app:
        for id in COMMANDS:
            if id in ("app.suspend", "app.back", "go.edit"):
                continue
            app.command(id)
            assert "decoy" not in app.toast, id
            for _ in range(4):
                app.press("escape")
    for name in NOTES:
        assert header_of(notes, name)


def test_parts_of_the_schema_that_sluice_does_not_know_are_told_at_the_start(sluice, tmp_path):
    notes = plant(tmp_path / "bare", BARE + "weather: {rain: 1}\n")
    with sluice(notes) as app:
        assert any("weather" in said and "ignored" in said for said, _ in app.toasts), app.toasts


@pytest.mark.parametrize(
    ("role", "guess", "other"),
    [("tier", "worth: silver", "worth: tin"), ("category", "shelf: music", "shelf: craft")],
)
def test_a_sample_of_a_group_asks_about_the_field_of_the_role(sluice, notes, role, guess, other):
    for number in range(30):
        header = f"{DECOY}called: Guess {number}\nstate: fresh\n{guess}\n"
        (notes / f"guess-{number:02}.md").write_text(f"---\n{header}---\nText.\n")
    guessed = [path.name for path in notes.glob("guess-*.md")]
    with sluice(notes) as app:
        app.press("slash")
        app.type(guess.replace(": ", ":"))
        app.press("enter")
        app.press("r", "r")
        app.type(f"sample: {role}")
        app.press("enter")
        assert app.asked.size == 20
        changed = app.source.name
        if role == "tier":
            app.press("3")
        else:
            app.press("c")
            app.type("craft")
            app.press("enter")
        app.press(*["enter"] * 19)
        assert isinstance(app.box.question, ShowVerdict)
        assert app.box.question.verdict.sentence.startswith("19 of 20 right")
        app.press("y")
        assert "decoy" not in app.toast
        assert len(app.session.desk.matching(f"confirmed:{role}")) >= 30
    lines = {name: header_of(notes, name).splitlines() for name in guessed}
    assert {name for name in guessed if guess not in lines[name]} == {changed}
    assert other in lines[changed]


def propose(notes, *arguments):
    """Propose values for a note, as another process does."""
    who = ("--by", "tagger", "--why", "cited twice", "--vault", str(notes))
    assert main(["propose", str(notes / "one.md"), *arguments, *who]) == 0


def test_equals_takes_what_is_proposed_for_the_fields_of_the_roles(sluice, notes):
    before = (notes / "one.md").read_bytes()
    propose(notes, "tier=tin", "shelf=music", "nicknames+=Alef", "link=https://new.example/")
    with sluice(notes) as app:
        app.go_to("one")
        able, old = app.drawn.proposed
        assert not old
        assert {one.label for one in able} == {
            "worth = tin", "shelf = music", "nicknames += Alef", "link = https://new.example/",
        }  # fmt: skip
        app.press("=")
        header = header_of(notes, "one.md").splitlines()
        assert {"worth: tin", "shelf: music", "nicknames: [Bowls, Alef]"} <= set(header)
        app.press("u")
        assert (notes / "one.md").read_bytes() == before


def test_minus_refuses_what_is_proposed_and_changes_no_file(sluice, notes):
    before = (notes / "one.md").read_bytes()
    propose(notes, "tier=tin", "category=music")
    with sluice(notes) as app:
        app.go_to("one")
        app.press("minus")
        assert [one.label for one in app.box.options] == ["tier = tin", "category = music"]
        app.press("-")
        assert (notes / "one.md").read_bytes() == before
        app.press("=")
    header = header_of(notes, "one.md").splitlines()
    assert "worth: gold" in header and "shelf: music" in header


def test_a_folder_without_roles_takes_a_proposal_for_its_status(sluice, tmp_path):
    notes = plant(tmp_path / "bare", BARE)
    propose(notes, "state=kept")
    with sluice(notes) as app:
        app.go_to("one")
        app.press("=")
    assert "state: kept" in header_of(notes, "one.md").splitlines()
