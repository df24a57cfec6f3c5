import pytest

from tui.checks import check_vault
from tui.checks.text_for_list import text_for_list


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("key_insights: ''", "key_insights is empty text; expected a list"),
        ("topics: agents", "topics is a single value; expected a list"),
        ("aliases: 7", "aliases is a single value; expected a list"),
    ],
)
def test_what_is_no_list_is_found(schema, read, header, sentence):
    (finding,) = text_for_list(schema)(read(f"status: raw\n{header}"))
    assert (finding.check, finding.sentence) == ("text_for_list", sentence)


@pytest.mark.parametrize(
    "header", ["key_insights: []", "key_insights:", "topics: [a]", "topics:\n- a", "title: text"]
)
def test_lists_nothing_and_other_fields_are_in_order(schema, read, header):
    assert list(text_for_list(schema)(read(f"status: raw\n{header}"))) == []


def test_a_header_read_line_by_line_is_left_to_its_repair(schema, read):
    broken = read('title: ""a" b"\nkey_insights: ""')
    assert broken.problem is not None
    assert [finding.check for finding in check_vault(schema, [broken])] == ["broken_header"]
