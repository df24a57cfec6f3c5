"""The log file: what went wrong, and nothing of what stands in the sources."""

import errno

import pytest

from tui.errors import EditRefused
from tui.state import log
from tui.state.log import note_fault, note_refusal, tell_fault

SECRET = "a sentence out of somebody's source"


def failed():
    """An error that came from another, both quoting a source."""
    try:
        try:
            raise OSError(errno.EIO, SECRET, SECRET)
        except OSError as cause:
            raise KeyError(SECRET) from cause
    except KeyError as error:
        return error


def test_a_fault_is_noted_with_its_classes_and_places_but_not_its_words(tmp_path):
    path = note_fault(tmp_path / "state", failed())
    text = path.read_text()
    assert path == tmp_path / "state" / "sluice.log"
    assert "  KeyError\n" in text
    assert "  OSError EIO\n" in text
    assert text.count("test_log.py:") == 2
    assert "failed" in text
    assert SECRET not in text


def test_a_refused_change_is_noted_with_its_class_and_files_alone(tmp_path):
    note_refusal(tmp_path, EditRefused(SECRET), ["SOURCE-1.md", "a\nfault\x1b[31m.md"])
    (line,) = (tmp_path / "sluice.log").read_text().splitlines()
    assert line.endswith(" refused EditRefused: SOURCE-1.md, a fault␛[31m.md")


def test_of_many_files_a_few_are_named(tmp_path):
    note_refusal(tmp_path, EditRefused(""), [f"SOURCE-{number}.md" for number in range(1_000)])
    text = (tmp_path / "sluice.log").read_text()
    assert text.endswith("SOURCE-19.md and 980 more\n")


def test_the_log_is_put_aside_when_it_is_long_and_only_a_few_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "LONGEST", 1_000)
    for number in range(200):
        note_refusal(tmp_path, EditRefused(""), [f"SOURCE-{number}.md"])
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["sluice.log", "sluice.log.1", "sluice.log.2"]
    assert all(path.stat().st_size <= 1_000 for path in tmp_path.iterdir())
    assert "SOURCE-199.md" in (tmp_path / "sluice.log").read_text()


def test_an_endless_recursion_fills_no_pages(tmp_path):
    def again():
        again()

    with pytest.raises(RecursionError) as caught:
        again()
    assert note_fault(tmp_path, caught.value).read_text().count("again") == 30


def test_a_log_that_cannot_be_written_stops_nothing_and_prints_nothing(tmp_path, capfd):
    (tmp_path / "sluice.log").mkdir()
    note_refusal(tmp_path, EditRefused(""), ["SOURCE-1.md"])
    with pytest.raises(OSError, match=r"sluice\.log"):
        note_fault(tmp_path, KeyError())
    assert capfd.readouterr() == ("", "")


def test_a_fault_of_a_megabyte_is_reported_in_a_line(home):
    said = tell_fault(ValueError("long\x1b[31m\n" * 100_000))
    assert len(said) < 500
    assert said.isprintable()
    assert str(home / "state" / "sluice" / "sluice.log") in said
