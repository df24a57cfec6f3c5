import pytest

from tui.checks import check_vault
from tui.checks.list_for_text import list_for_text


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("title: [one]", "title is a list; expected text"),
        ("status:\n  - raw", "status is a list; expected one value"),
        ("url: [https://example.com]", "url is a list; expected an address"),
        ("has_transcript: [yes]", "has_transcript is a list; expected yes or no"),
        ("creator: {name: A}", "creator is a map; expected text"),
        ("synopsis: [[one], [two]]", "synopsis is a list; expected text"),
    ],
)
def test_a_list_where_one_value_is_meant_is_found(schema, read, header, sentence):
    (finding,) = list_for_text(schema)(read(header))
    assert (finding.check, finding.sentence) == ("list_for_text", sentence)


@pytest.mark.parametrize(
    "header",
    ["title: one", "title: [[A Name]]", "topics: [a]", "unknown: [a]", "date_published: [a]"],
)
def test_single_values_links_and_lists_are_in_order(schema, read, header):
    assert list(list_for_text(schema)(read(header))) == []


def test_a_header_read_line_by_line_is_left_to_its_repair(schema, read):
    found = check_vault(schema, [read('title: [a]\ncreator: "a "b""')])
    assert [finding.check for finding in found] == ["broken_header"]
