"""What is half typed into fields is kept for each source and field."""

import pytest

from tui.state.drafts import Drafts
from tui.state.field_drafts import FieldDrafts


@pytest.fixture
def drafts(tmp_path):
    """Makes the drafts of another start, from the same folder."""
    return lambda: FieldDrafts(Drafts(tmp_path / "drafts"))


def test_a_text_is_kept_for_one_field_of_one_source(drafts):
    drafts().put_text("a.md", "title", "half")
    assert drafts().text("a.md", "title") == "half"
    assert drafts().text("a.md", "synopsis") == ""
    assert drafts().text("b.md", "title") == ""


def test_a_list_is_kept_with_the_items_it_had(drafts):
    drafts().put_items("a.md", "aliases", ["x", "y"], (1, "new", 0))
    assert drafts().items("a.md", "aliases", ["x", "y"]) == (1, "new", 0)
    assert drafts().items("a.md", "aliases", ["theirs"]) == ("y", "new", "x")
    drafts().put_items("a.md", "aliases", ["x", "y"], None)
    assert drafts().items("a.md", "aliases", ["x", "y"]) is None


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"was": []}', '{"was": [], "now": [4]}'])
def test_what_is_no_list_is_none(drafts, text):
    drafts().put_text("a.md", "aliases", text)
    assert drafts().items("a.md", "aliases", ["x"]) is None


def test_drafts_go_with_a_renamed_file_and_overwrite_none(drafts):
    for name, text in (("a.md", "one"), ("ab.md", "other")):
        drafts().put_text(name, "title", text)
    drafts().put_text("b.md", "synopsis", "theirs")
    drafts().put_text("a.md", "synopsis", "mine")
    drafts().rename("a.md", "b.md")
    assert drafts().text("b.md", "title") == "one"
    assert drafts().text("a.md", "title") == ""
    assert drafts().text("b.md", "synopsis") == "theirs"
    assert drafts().text("ab.md", "title") == "other"
