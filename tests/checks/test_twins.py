from time import perf_counter

import pytest

from tui.checks.twins import Twin, Twins, twins_among

TITLE = "How OpenAI builds for everyone"


def make(read, name, **fields):
    header = "\n".join(["status: raw", *(f"{field}: {value!r}" for field, value in fields.items())])
    return read(header, f"SOURCE-{name}.md")


def test_sources_of_one_page_are_duplicates_by_whichever_address(read):
    sources = [
        make(read, "a", url="https://youtu.be/AbC?si=x"),
        make(read, "b", url="https://m.youtube.com/watch?v=AbC&t=42s"),
        make(read, "c", url="https://youtu.be/other"),
    ]
    twins = twins_among(sources)
    assert [twins.has(source) for source in sources] == [True, True, False]
    assert twins.of(sources[0]) == (Twin("SOURCE-b.md", "url"),)
    assert twins.of(sources[2]) == ()


@pytest.mark.parametrize(
    "other", [TITLE, "HOW OPENAI BUILDS – for everyone!", "How OpenAl builds for everyone"]
)
def test_sources_of_one_title_are_duplicates_give_or_take_a_letter(read, other):
    one, two = make(read, "a", title=TITLE), make(read, "b", title=other)
    assert twins_among([one, two]).of(one) == (Twin("SOURCE-b.md", "title"),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Notes"}, {"title": "Notes"}),
        ({"title": "The history of Rome, part 1"}, {"title": "The history of Rome, part 2"}),
        ({"url": "internal"}, {"url": "internal"}),
        ({}, {}),
    ],
)
def test_what_is_alike_by_chance_is_no_duplicate(read, one, other):
    sources = [make(read, "a", **one), make(read, "b", **other)]
    twins = twins_among(sources)
    assert not any(twins.has(source) for source in sources)
    assert twins.groups() == []


def test_what_shares_address_and_title_is_reported_once_and_addresses_come_first(read):
    page = "https://example.com/one"
    sources = [
        make(read, "a", title=TITLE, url=page),
        make(read, "b", title=TITLE),
        make(read, "c", title=TITLE, url=f"{page}/?utm_source=mail#top"),
    ]
    assert twins_among(sources).of(sources[0]) == (
        Twin("SOURCE-c.md", "url"), Twin("SOURCE-b.md", "title"),
    )  # fmt: skip


def test_duplicates_of_duplicates_are_one_group(read):
    sources = [
        make(read, "a", url="https://example.com/1"),
        make(read, "b", url="https://example.com/1", title=TITLE),
        make(read, "c", title=TITLE),
        make(read, "d", url="https://example.com/2"),
    ]
    assert twins_among(sources).groups() == [("SOURCE-a.md", "SOURCE-b.md", "SOURCE-c.md")]


def test_a_change_counts_for_its_source_at_once_and_for_all_after_the_next_look(read):
    one, other = make(read, "a", title=TITLE), make(read, "b", title="Something else entirely")
    held = [one, other]
    twins = Twins(lambda: held)
    assert not twins.has(one)
    twins.prepare()
    assert not twins.has(one) and twins.is_ready
    same = make(read, "b", title=TITLE.replace("AI", "Al"))
    held[1] = same
    twins.note(same)
    assert twins.has(same) and not twins.is_ready
    twins.prepare()
    assert twins.has(one) and twins.is_ready
    twins.note(other)
    assert not twins.has(other)
    held.pop()
    twins.remove("SOURCE-b.md")
    twins.prepare()
    assert not twins.has(one)


def test_a_change_of_another_field_costs_no_second_look(read):
    one = make(read, "a", title=TITLE)
    twins = twins_among([one])
    twins.note(make(read, "a", title=TITLE, signal_tier="noise"))
    assert twins.is_ready


def test_ten_thousand_sources_are_looked_at_within_seconds(read):
    words = [f"word{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}" for i in range(300)]
    base = make(read, "x")
    sources = [
        base._replace(
            name=f"SOURCE-{n}.md",
            fields={
                "title": " ".join(words[n * k % 300] for k in (1, 7, 11, 13, 17)),
                "url": f"https://example.com/{n}",
            },
        )
        for n in range(10_000)
    ]
    began = perf_counter()
    twins_among(sources)
    # A comparison of each with each would take minutes.
    assert perf_counter() - began < 10
