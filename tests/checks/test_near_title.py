import pytest

from tui.checks.near_title import near_title


def titled(read, *titles):
    return [
        read(f"status: raw\ntitle: {title!r}", name=f"SOURCE-{index}.md")
        for index, title in enumerate(titles)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How OpenAI builds for everyone", "How OpenAI builds for everyone"),
        ("How OpenAI builds for everyone", "HOW OPENAI BUILDS – for everyone!"),
        ("How OpenAI builds for everyone", "How OpenAl builds for everyone"),
        ("A field guide to context rot", "A field guide to contxt rot"),
    ],
)
def test_titles_that_differ_in_a_letter_or_in_signs_are_found(read, one, other):
    found = list(near_title(titled(read, one, "Something else entirely", other)))
    assert [finding.name for finding in found] == ["SOURCE-0.md", "SOURCE-2.md"]
    assert found[0].sentence == "nearly the same title as SOURCE-2.md"
    assert {finding.check for finding in found} == {"near_title"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The history of Rome, part 1", "The history of Rome, part 2"),
        ("The history of Rome", "The history of Greece"),
        ("Notes", "Notes"),
        ("", ""),
    ],
)
def test_parts_of_a_series_and_short_titles_are_not_alike(read, one, other):
    assert list(near_title(titled(read, one, other))) == []


def test_of_many_duplicates_a_few_are_named(read):
    found = list(near_title(titled(read, *["The very same long title"] * 9)))
    assert len(found) == 9
    assert found[0].sentence.endswith("SOURCE-5.md and 3 more")
