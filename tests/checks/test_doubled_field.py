import pytest

from tui.checks.doubled_field import doubled_field


def test_a_name_that_is_there_twice_is_found_with_both_values_and_lines(read):
    (finding,) = doubled_field(read("title: One\nid: a\ntitle: Two"))
    assert (finding.check, finding.line) == ("doubled_field", 2)
    assert finding.sentence == (
        "title appears twice: “One” in line 2 and “Two” in line 4; only the last counts"
    )


@pytest.mark.parametrize(
    ("header", "whose"),
    [
        ('id: a\n"id": b', "id appears twice"),
        ("on: a\non: b", "on appears twice"),
        ("a:\n  b: 1\n  b: 2", "b in a appears twice"),
        ("a:\n  - {b: 1, b: 2}", "b in a appears twice"),
        ("größe: 1\ngröße:", "größe appears twice"),
    ],
)
def test_it_is_found_wherever_it_stands(read, header, whose):
    (finding,) = doubled_field(read(header))
    assert finding.sentence.startswith(whose)


@pytest.mark.parametrize(
    "header",
    ["a: 1\nb: 1", "a: &x {b: 1}\nc:\n  <<: *x\n  b: 2", "a: {b: 1}\nc: {b: 1}", "a: [1, 1]"],
)
def test_names_that_stand_once_are_in_order(read, header):
    assert list(doubled_field(read(header))) == []
