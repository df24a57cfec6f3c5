from threading import Event, Thread
from time import perf_counter

import pytest

from tui.checks.duplicates import Duplicate, Duplicates

TITLE = "How OpenAI builds for everyone"


def make(read, name, **fields):
    header = "\n".join(["status: raw", *(f"{field}: {value!r}" for field, value in fields.items())])
    return read(header, f"SOURCE-{name}.md")


def duplicates_among(sources):
    duplicates = Duplicates(lambda: sources)
    duplicates.prepare()
    return duplicates


def test_sources_of_one_page_are_duplicates_by_whichever_address(read):
    sources = [
        make(read, "a", url="https://youtu.be/AbC?si=x"),
        make(read, "b", url="https://m.youtube.com/watch?v=AbC&t=42s"),
        make(read, "c", url="https://youtu.be/other"),
    ]
    duplicates = duplicates_among(sources)
    assert [duplicates.has(source) for source in sources] == [True, True, False]
    assert duplicates.of(sources[0]) == (Duplicate("SOURCE-b.md", "url"),)
    assert duplicates.of(sources[2]) == ()


@pytest.mark.parametrize(
    "other", [TITLE, "HOW OPENAI BUILDS – for everyone!", "How OpenAl builds for everyone"]
)
def test_sources_of_one_title_are_duplicates_give_or_take_a_letter(read, other):
    one, two = make(read, "a", title=TITLE), make(read, "b", title=other)
    assert duplicates_among([one, two]).of(one) == (Duplicate("SOURCE-b.md", "title"),)


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
    duplicates = duplicates_among(sources)
    assert not any(duplicates.has(source) for source in sources)
    assert duplicates.ranks() == {}


def test_what_shares_address_and_title_is_reported_once_and_addresses_come_first(read):
    page = "https://example.com/one"
    sources = [
        make(read, "a", title=TITLE, url=page),
        make(read, "b", title=TITLE),
        make(read, "c", title=TITLE, url=f"{page}/?utm_source=mail#top"),
    ]
    assert duplicates_among(sources).of(sources[0]) == (
        Duplicate("SOURCE-c.md", "url"), Duplicate("SOURCE-b.md", "title"),
    )  # fmt: skip


def test_duplicates_of_duplicates_are_one_group(read):
    sources = [
        make(read, "a", url="https://example.com/1"),
        make(read, "b", url="https://example.com/1", title=TITLE),
        make(read, "c", title=TITLE),
        make(read, "d", url="https://example.com/2"),
    ]
    ranks = duplicates_among(sources).ranks()
    assert ranks == dict.fromkeys(["SOURCE-a.md", "SOURCE-b.md", "SOURCE-c.md"], 0.0)


def test_a_change_counts_for_its_source_at_once_and_for_all_after_the_next_look(read):
    one, other = make(read, "a", title=TITLE), make(read, "b", title="Something else entirely")
    held = [one, other]
    duplicates = Duplicates(lambda: held)
    assert not duplicates.has(one)
    duplicates.prepare()
    assert not duplicates.has(one) and duplicates.is_ready
    same = make(read, "b", title=TITLE.replace("AI", "Al"))
    held[1] = same
    duplicates.note(same)
    assert duplicates.has(same) and not duplicates.is_ready
    duplicates.prepare()
    assert duplicates.has(one) and duplicates.is_ready
    duplicates.note(other)
    assert not duplicates.has(other)
    held.pop()
    duplicates.remove("SOURCE-b.md")
    duplicates.prepare()
    assert not duplicates.has(one)


def test_a_change_of_another_field_costs_no_second_look(read):
    one = make(read, "a", title=TITLE)
    duplicates = duplicates_among([one])
    duplicates.note(make(read, "a", title=TITLE, signal_tier="noise"))
    assert duplicates.is_ready


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
    duplicates_among(sources)
    # A comparison of each with each would take minutes.
    assert perf_counter() - began < 10


def test_who_notes_a_change_while_all_are_compared_does_not_wait_and_is_not_forgotten(read):
    title = "One title of some length"
    one, twin = make(read, "one", title=title), make(read, "two", title="Quite another")
    begun, go_on = Event(), Event()

    def sources():
        found = [one, twin]
        begun.set()
        go_on.wait(5)
        return found

    made = Duplicates(sources)
    comparing = Thread(target=made.prepare)
    comparing.start()
    begun.wait(5)
    made.note(make(read, "two", title=title))
    made.remove("SOURCE-gone.md")
    assert comparing.is_alive()
    go_on.set()
    comparing.join()
    assert made.of(one) == (Duplicate("SOURCE-two.md", "title"),)
    assert not made.is_ready
