"""d finds the sources that are likely the same, and keeps one of two."""

import pytest

from tests.samples import write_twin
from tui.session.questions import Compare

NAME, TWIN = "SOURCE-001-apples.md", "SOURCE-007-apples.md"


@pytest.fixture
def duplicate(vault):
    """The first source once more."""
    return write_twin(vault)


def keep_the_first(app):
    """Choose it and confirm: the box closes, then it is done."""
    question = app.box.question
    assert isinstance(question, Compare)
    app.box.close()
    app.enter(question.keep, question.source, question.candidates[0].source)
    app.settled()


def test_none_is_found_and_reported(sluice, files):
    with sluice() as app:
        app.press("d")
        assert app.boxes == []
        assert app.toast == "No duplicates: no other source has this URL, title or text."
    assert files.changes == {}


def test_neither_is_changed_when_another_program_changed_one_meanwhile(
    sluice, duplicate, vault, watch
):
    with sluice() as app:
        app.press("d")
        duplicate.write_text(duplicate.read_text().replace("status: raw", "status: triaged"))
        files = watch(vault)
        keep_the_first(app)
        assert "another program" in app.toast
    assert files.changes == {}


def test_the_choice_is_not_repeated_on_another_source(sluice, duplicate, vault):
    with sluice() as app:
        app.press("d")
        keep_the_first(app)
        assert app.dimmed(TWIN)
        app.go_to("bridges")
        app.press(".")
        assert "press d to compare this source" in app.toast
    assert "\nstatus: raw\n" in (vault / "SOURCE-002-bridges.md").read_text()
