"""What is decided is shown at once, and what came of it on disk."""

import os

import pytest

from tests.samples import replace, write_source

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


def test_u_after_a_failure_that_was_seen_is_about_the_decision_before(limits, sluice, files, vault):
    limits["noticed"] = 0.0
    with sluice() as app:
        app.press("1", "j")
        replace(vault / SECOND, "tactical", "noise")
        app.press("2")
        assert "noise" in app.toast
        app.press("u")
        assert app.toast == "Undid: ◆ paradigm, was ■ tactical · Apples in autumn · U redoes"
    assert set(files.changes) == {SECOND}


LONG_NAME = "SOURCE-20251028-youtube-lecture-the_long_archive-a_file_name_of_eighty_five_letters.md"


@pytest.mark.parametrize("keys", ["1", "x 1", "u", "F enter", "i z enter"])
def test_a_failure_begins_with_the_title_and_names_no_file(sluice, vault, keys):
    path = write_source(vault, 9, "Yellow submarine", date_published="20251128")
    path = path.rename(vault / LONG_NAME)
    with sluice() as app:
        app.open_view("all")
        app.press("x")
        app.go_to("Yellow")
        app.press("X", "2", *(["g", "x"] if "x" in keys else []))
        app.go_to("Yellow")
        os.link(path, vault / "second-name.txt")
        app.press(*keys.split())
        begins = "Changed 1 of 2 sources, then: “Yellow" if "x" in keys else "“Yellow"
        assert app.toast.startswith(f"{begins} submarine”: A change would break the hard link")
        assert "between its file and another file" in app.toast
