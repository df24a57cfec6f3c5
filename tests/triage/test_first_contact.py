"""A folder that sluice does not recognise: what it is told, in whole sentences."""

from pathlib import Path

import pytest

from tui.desk import Desk
from tui.state.folders import user_folders
from tui.triage.first_contact import SAMPLE

WHAT = "A source is a .md file named SOURCE-… or with a status in its header."
OWN = "`sluice init` writes a sluice.yaml for your own statuses."
SKIPPED = "Folders whose names start with . or _ are skipped."


def told(folder: Path) -> tuple[str, ...]:
    return Desk(folder, user_folders()).guidance("here")


def write(folder: Path, *statuses: str | None) -> None:
    """A note for each status; None writes one without a header."""
    for number, status in enumerate(statuses):
        header = "" if status is None else f"---\nstatus: {status}\n---\n"
        (folder / f"note-{number:04}.md").write_text(f"{header}# Note {number}\n")


def test_an_empty_folder_is_answered_with_what_a_source_is(tmp_path):
    assert told(tmp_path) == ("No sources in here.", WHAT, SKIPPED)


def test_files_in_hidden_and_underscore_folders_are_said_to_be_skipped(tmp_path):
    for name in (".hidden", "_drafts"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, "raw")
    assert told(tmp_path) == ("No sources in here.", WHAT, SKIPPED)


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "The only Markdown file in here is not a source."),
        (3, "None of the 3 Markdown files in here is a source."),
    ],
)
def test_plain_notes_learn_how_to_become_sources(tmp_path, count, sentence):
    write(tmp_path, *[None] * count)
    how = "To make a note a source, put status: raw between two --- lines at its top."
    assert told(tmp_path) == (sentence, WHAT, how, OWN, SKIPPED)


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (["draft"], "1 source has the status draft, which sluice does not know."),
        (["draft"] * 12, "12 sources have the status draft, which sluice does not know."),
        (
            ["draft"] * 2 + ["raw"],
            "2 of 3 sources have the status draft, which sluice does not know.",
        ),
        (
            ["To Do", "Done", "Done"],
            "3 sources have statuses that sluice does not know: Done (2), To Do (1).",
        ),
        (
            ["a", "a", "b", "b", "c", "d", "e"],
            "7 sources have statuses that sluice does not know: a (2), b (2), c (1), 2 more.",
        ),
    ],
)
def test_unknown_statuses_are_counted_and_named(tmp_path, statuses, sentence):
    write(tmp_path, *statuses)
    assert told(tmp_path) == (sentence, OWN)


@pytest.mark.parametrize("statuses", [["raw"], ["draft", "raw"], ["", "Triaged"]])
def test_a_folder_whose_statuses_are_mostly_known_hears_nothing(tmp_path, statuses):
    write(tmp_path, *statuses)
    assert told(tmp_path) == ()


def test_a_status_is_shown_short_and_safe(tmp_path):
    write(tmp_path, f'"\\e[31m{"long " * 40}"')
    (sentence, _) = told(tmp_path)
    assert "\x1b" not in sentence
    assert len(sentence) < 160


def test_all_sources_count_when_the_first_ones_have_unknown_statuses(tmp_path):
    write(tmp_path, *["draft"] * (SAMPLE + 1), *["raw"] * (SAMPLE + 1))
    assert told(tmp_path) == ()


def test_own_statuses_in_sluice_yaml_are_known(tmp_path):
    write(tmp_path, "draft", "draft")
    (tmp_path / "sluice.yaml").write_text(
        "fields: {status: {kind: choice, values: [draft, done]}}\n"
        "flow: {main: [draft, done], moves: {}, stamps: {}, wants: {}, archive: done}\n"
    )
    assert told(tmp_path) == ()


@pytest.mark.parametrize(
    ("sources", "what"),
    [
        ("{header: any}", "A source is any Markdown file with a header, by sluice.yaml."),
        ("{header: none-too}", "A source is any Markdown file, by sluice.yaml."),
        (
            '{header: any, include: ["_in/**"], tagged: inbox}',
            "A source is a Markdown file with a status in its header, or one with any header that "
            "matches _in/** or is tagged inbox, by sluice.yaml.",
        ),
        (
            "{header: any, include: [], tagged: inbox}",
            "A source is a Markdown file with a status in its header, or one with any header that "
            "is tagged inbox, by sluice.yaml.",
        ),
        (
            "{header: any, include: []}",
            "A source is a Markdown file with a status in its header, by sluice.yaml.",
        ),
    ],
)
def test_a_source_is_what_the_rule_of_the_folder_says(tmp_path, sources, what):
    (tmp_path / "sluice.yaml").write_text(f"sources: {sources}\n")
    skipped = SKIPPED.replace("Folders", "Other folders") if "_in" in sources else SKIPPED
    assert told(tmp_path) == ("No sources in here.", what, skipped)
