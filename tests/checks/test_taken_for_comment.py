import pytest

from tui.checks.taken_for_comment import taken_for_comment


@pytest.mark.parametrize(
    ("header", "line", "lost"),
    [
        ("title: Episode #5 review", 2, "#5 review"),
        ("id: a\ntitle: C #1 # a note", 3, "#1"),
        ("title: Der Weg\t#größer", 2, "#größer"),
        ("topics: #a #b", 2, "#a #b"),
        ("colour: #fff", 2, "#fff"),
        ("topics:\n  - one\n  - #two", 4, "#two"),
        ("topics:\n  - one #1", 3, "#1"),
        ("topics: [a, b] #c", 2, "#c"),
        ('title: "Episode" #5', 2, "#5"),
        ("title: one\n  two #3", 2, "#3"),
        ("unknown: 12 #shorts", 2, "#shorts"),
        ("in:\n  depth: one #2", 3, "#2"),
        ("status: #raw", 2, "#raw"),
    ],
)
def test_a_text_that_yaml_takes_for_a_comment_is_found(schema, read, header, line, lost):
    (finding,) = taken_for_comment(schema)(read(header))
    assert (finding.check, finding.line) == ("taken_for_comment", line)
    assert finding.sentence.startswith(f"YAML reads “{lost}” as a comment")


@pytest.mark.parametrize(
    "header",
    [
        "title: Episode # a note",
        "title: Episode #",
        "title: # FIXME",
        "title: #\xa0FIXME",
        "title: x ##",
        "# title: old #1",
        "#draft: yes",
        "title: one # and #2",
        'title: "Episode #5"',
        "title: 'Episode #5' # five",
        "title: C#",
        "title: |\n  Episode #5",
        "title: |  #5\n  Episode",
        "topics: #work\n  - a",
        "in: # see #5\n  depth: 1",
        "status: raw #todo",
        "date_published: 2026-01-01 #about",
        "has_transcript: yes #checked",
        "url: https://example.com/a #old",
        "url: https://example.com/a#b",
    ],
)
def test_comments_and_values_that_are_whole_are_in_order(schema, read, header):
    assert list(taken_for_comment(schema)(read(header))) == []
