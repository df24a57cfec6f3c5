"""What the app says of a strange folder, and what it offers."""

from __future__ import annotations

from tests.guess.folders import bare, guessed, titled, with_values
from tui.guess.contact import contact_of


def offered(root):
    """The words of the answers, by their keys."""
    found = contact_of(guessed(root), "status", ())
    assert found is not None
    return {one.key: one.words for row in found.answers for one in row}


def test_a_word_for_archived_is_not_said_twice(tmp_path):
    with_values(tmp_path, "stage", {"inbox": 20, "read": 10, "archived": 9})
    assert offered(tmp_path)["enter"].endswith("; archive: archived")


def test_all_notes_are_offered_where_many_have_no_header(tmp_path):
    titled(tmp_path, 30)
    bare(tmp_path, 3)
    assert "a" not in offered(tmp_path)
    bare(tmp_path, 4)
    assert offered(tmp_path)["a"] == "also the 4 without a header"
    bare(tmp_path, 31)
    # Then they are sources anyway.
    assert "a" not in offered(tmp_path)


def test_pages_beside_a_few_notes_with_a_status_are_not_offered(tmp_path):
    with_values(tmp_path, "stage", {"inbox": 20, "read": 10})
    bare(tmp_path, 30)
    assert offered(tmp_path)["a"] == "also the 30 without a header"
    bare(tmp_path, 31)
    assert "a" not in offered(tmp_path)
