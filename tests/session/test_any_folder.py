"""Keys in folders with a schema of their own: each does its work, or says why it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

TAGS = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: status, title: name, topics: tags}
fields:
  status: {kind: tag, of: tags, prefix: status/, values: [inbox, read, done]}
flow: {main: [inbox, read, done], archive: null}
"""
RANKED = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: stage, tier: worth, category: shelf, insights: lessons, title: name, url: link,
        aliases: nicknames, topics: tags}
fields:
  stage: {kind: choice, values: [fresh, kept, gone]}
  worth: {kind: choice, values: [gold, tin]}
  shelf: {kind: choice, open: true, values: [craft]}
  lessons: {kind: list}
flow: {main: [fresh, kept], archive: gone}
"""
HEADER = "name: Note {0}\ntags: [a, status/inbox, b]\nstage: fresh\ntitle: decoy\nurl: decoy\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    root = tmp_path / "notes"
    root.mkdir()
    for number in range(3):
        (root / f"{number}.md").write_text(f"---\n{HEADER.format(number)}---\nText.\n")
    return root


def changed(notes: Path, number: int) -> list[str]:
    """The lines that a note gained."""
    old = HEADER.format(number).splitlines()
    return [line for line in (notes / f"{number}.md").read_text().splitlines()
            if line not in (*old, "---", "Text.")]  # fmt: skip


def test_p_changes_the_tag_of_the_status_and_u_restores_it(sluice, notes):
    (notes / "sluice.yaml").write_text(TAGS)
    before = (notes / "0.md").read_bytes()
    with sluice(notes) as app:
        assert app.source.title == "Note 0"
        app.press("p")
        assert changed(notes, 0) == ["tags: [a, status/read, b]"]
        assert app.drawn is not None
        app.press("u")
        assert (notes / "0.md").read_bytes() == before


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("1", "This folder has no tier."),
        ("0", "This folder has no tier."),
        ("c", "This folder has no category."),
        ("i", "This folder has no field for insights."),
        ("I", "This folder has no field for insights."),
        ("y", "This folder has no field for URLs."),
        ("A", "This folder has no field for aliases."),
        ("a", "This folder has no status for the archive."),
        ("z", "This folder has no field for snoozing."),
        ("o", "This folder has no field for URLs."),
        ("+", "This folder has no field for URLs."),
    ],
)
def test_a_key_for_a_role_that_the_folder_lacks_says_so(sluice, notes, key, said):
    (notes / "sluice.yaml").write_text(TAGS)
    with sluice(notes) as app:
        app.press(key)
        assert (app.toast or "").startswith(f"{said} sluice.yaml can name one: ")
    assert [changed(notes, number) for number in range(3)] == [[], [], []]


def test_keys_write_the_fields_of_the_roles(sluice, notes):
    (notes / "sluice.yaml").write_text(RANKED)
    with sluice(notes) as app:
        app.press("2")
        assert changed(notes, 0) == ["worth: tin"]
        app.press("p")
        assert "stage: kept" in changed(notes, 0)
        app.press("u", "u")
        app.press("a")
        assert changed(notes, 0) == ["stage: gone"]


RATED = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: stage, tier: rating, title: name, date: made}
fields:
  stage: {kind: choice, values: [fresh, kept]}
  rating: {kind: number, values: [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]}
  made: {kind: date}
flow: {main: [fresh, kept], archive: null}
"""


@pytest.mark.parametrize(("key", "rating"), [("1", 12), ("5", 8), ("9", 4), ("0", 3)])
def test_a_digit_sets_each_of_the_first_ten_tiers_in_the_queue(sluice, notes, key, rating):
    (notes / "sluice.yaml").write_text(RATED)
    with sluice(notes) as app:
        app.press(key)
        assert changed(notes, 0) == [f"rating: {rating}"]
        app.press("P")
        slots = [one.slot for one in app.box.question.tiers]
        assert slots == [*"1234567890", "", "", ""]


@pytest.mark.parametrize(("key", "rating"), [("9", 4), ("0", 3), ("-", 2)])
def test_a_rapid_pass_has_keys_for_eleven_tiers(sluice, notes, key, rating):
    (notes / "sluice.yaml").write_text(RATED)
    with sluice(notes) as app:
        app.press("r", key)
        assert changed(notes, 0) == ["stage: kept", f"rating: {rating}"]


def test_a_digit_without_a_tier_begins_a_count_and_is_in_no_list(sluice, notes):
    (notes / "sluice.yaml").write_text(RANKED)
    with sluice(notes) as app:
        app.press("2", "question_mark")
        assert changed(notes, 0) == ["worth: tin"]
        assert "decide.tier_3" not in [one.value for one in app.box.options]
        app.press("escape", "ctrl+p")
        ids = [one.value for one in app.box.options]
        assert "decide.tier_2" in ids and "decide.tier_3" not in ids
        app.press("escape", "5", "x")
        assert len(app.session.board.rows.marked) == 3
