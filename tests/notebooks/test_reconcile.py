"""A pasted list says what the service has: delivered, missing, double, unknown."""

import random
from pathlib import Path

import pytest

from tests.notebooks.sources import a_source
from tui.notebooks.file_names import file_name
from tui.notebooks.reconcile import reconcile

LONG = "How OpenAI Builds for 800 Million Weekly Users: Model Specialization and Fine-Tuning"
MEMBERS = [
    a_source("openai.md", title=LONG, url="https://youtu.be/abc"),
    a_source("it's.md", title="It's “quoted” — a título", url="https://example.com/a?utm_source=x"),
    a_source("part-1.md", title="The long road to agents, part 1", url=""),
    a_source("part-2.md", title="The long road to agents, part 2", url="internal"),
    a_source("short.md", title="Agents", url="https://x.com/a/status/1"),
    a_source("SOURCE-5.md", title="日本語のタイトルです"),
]
OTHERS = [
    a_source("other.md", title="Somebody else's source", url="https://example.com/other"),
    a_source("prefix.md", title="How OpenAI Bought a Phone", url="https://example.com/phone"),
]


def compared(text, members=MEMBERS, others=OTHERS, files=()):
    found = reconcile(text, members, others, files)
    assert len(found.delivered) + len(found.missing) == len(members)
    return found


def delivered(text, **known):
    found = compared(text, **known)
    return [one.source.name for one in found.delivered], [one.line.text for one in found.unknown]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (LONG, "openai.md"),
        (LONG.upper(), "openai.md"),
        (f"  - {LONG}  ", "openai.md"),
        (f"12. {LONG}", "openai.md"),
        (f"[x] {LONG}", "openai.md"),
        (f"{LONG} - YouTube", "openai.md"),
        (f"YouTube: {LONG}", "openai.md"),
        (f"{LONG}\tYouTube\t2026", "openai.md"),
        ("How OpenAI Builds for 800 Mil…", "openai.md"),
        ("how openai builds f...", "openai.md"),
        ("How OpenAI Builds… Fine-Tuning", "openai.md"),
        ("How OpenAI Builds for 800 Million Weekly Users", "openai.md"),
        (f"{LONG} | The Channel", "openai.md"),
        (LONG.replace("Weekly", "Wekly"), "openai.md"),
        (file_name(LONG), "openai.md"),
        ("How OpenAI Builds for 800 Million Weekly Users.m…", "openai.md"),
        ("The long road to agents, part 1.md…", "part-1.md"),
        ("https://www.youtube.com/watch?v=abc&t=3", "openai.md"),
        ("youtube.com/watch?v=abc", "openai.md"),
        ('Its "quoted" - a titulo', "it's.md"),
        ("it's.md", "it's.md"),
        ("http://www.example.com/a/", "it's.md"),
        ("Agents", "short.md"),
        ("agents.md", "short.md"),
        ("https://twitter.com/a/status/1", "short.md"),
        ("The long road to agents – part 2", "part-2.md"),
        ("日本語のタイトルです", "SOURCE-5.md"),
        ("日本語のタイトル…", "SOURCE-5.md"),
        ("SOURCE-5.md", "SOURCE-5.md"),
    ],
)
def test_a_line_is_the_source_whose_title_file_or_address_it_shows(line, name):
    assert delivered(line) == ([name], [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("The long road to agents, pa…", "could be any of 2 sources"),
        ("How OpenAI B…", "could be any of 2 sources"),
        ("The…", "too short to say which title it is"),
        ("Agents in the wild", "no source has this title"),
        ("Agents - a longer title", "no source has this title"),
        ("The long road to agents, part 3", "no source has this title"),
        ("Somebody else's source", "a source outside the notebook"),
        ("Somebody else's sou…", "a source outside the notebook"),
        ("https://example.com/other", "a source outside the notebook"),
        ("https://example.com/nowhere", "no source has this address"),
    ],
)
def test_what_is_unclear_is_never_claimed(line, why):
    found = compared(line)
    assert not found.delivered
    assert [(one.line.text, one.why) for one in found.unknown] == [(line, why)]


def test_a_mark_after_a_whole_title_may_cut_a_longer_one():
    short, longer = (
        a_source("a.md", title="The long road"),
        a_source("b.md", title="The long road home"),
    )
    known = {"members": [short], "others": [longer]}
    assert delivered("The long road…", **known) == ([], ["The long road…"])
    assert delivered("The long road", **known) == (["a.md"], [])
    assert delivered("The long road…", members=[short], others=[]) == (["a.md"], [])
    marked = a_source("a.md", title="The long road...")
    assert delivered("The long road…", members=[marked], others=[longer]) == (["a.md"], [])


def test_blank_lines_and_labels_of_the_page_are_nothing():
    found = compared("\n  \nSources\nmore_vert\nYouTube\nvideo_youtube\n\ufeff\n")
    assert not found.delivered and not found.unknown


def test_a_title_with_its_address_below_is_once_and_two_of_either_are_double():
    once = compared(f"{LONG}\nhttps://youtu.be/abc")
    assert len(once.delivered) == 1 and not once.double
    twice = compared(f"{LONG}\nAgents\n{LONG[:40]}…")
    assert [one.source.name for one in twice.double] == ["openai.md"]
    assert [line.number for line in twice.double[0].lines] == [1, 3]
    assert compared("https://youtu.be/abc\nhttps://youtube.com/watch?v=abc").double


def test_equal_titles_are_delivered_if_there_are_enough_lines_for_them():
    two = [a_source("a.md", title="The same title"), a_source("b.md", title="the same title")]
    found = compared("The same title\nThe Same Title", members=two)
    assert len(found.delivered) == 2 and not found.double and not found.unknown
    found = compared("The same title", members=two)
    assert not found.delivered and found.unknown[0].candidates == ("a.md", "b.md")
    found = compared("The same title\n" * 3, members=two)
    assert len(found.delivered) == 2 and len(found.double) == 1


def test_two_sources_of_one_page_are_both_there_when_it_is():
    two = [a_source(f"{at}.md", title=f"Title {at}", url="https://a.com/x") for at in "ab"]
    assert len(compared("https://a.com/x", members=two).delivered) == 2


def test_a_pack_has_all_of_its_sources_and_a_source_in_parts_needs_all_of_them():
    files = [
        ("nb - pack 01.md", ["openai.md", "short.md"]),
        ("nb - pack 02.md", ["short.md", "part-1.md"]),
    ]
    found = compared("nb - pack 01.md", files=files)
    assert [one.source.name for one in found.delivered] == ["openai.md"]
    lacking = next(one for one in found.missing if one.source.name == "short.md")
    assert lacking.why == "the list lacks nb - pack 02.md"
    both = compared("nb - pack 01.md\nNB - pack 02", files=files)
    assert len(both.delivered) == 3 and not both.double
    parts = [("part 1 - X.md", ["openai.md"]), ("part 2 - X.md", ["openai.md"])]
    assert not compared("part 1 - X.md", files=parts).delivered
    whole = compared("part 1 - X.md\npart 2 - X.md", files=parts)
    assert len(whole.delivered) == 1 and not whole.double


def test_the_name_of_an_earlier_export_is_known():
    files = [("Old title.md", ["short.md"])]
    assert delivered("Old title.md", files=files) == (["short.md"], [])


def test_nothing_in_is_nothing_out():
    found = compared("")
    assert len(found.missing) == len(MEMBERS) and not found.unknown
    assert reconcile("a title", [], []).unknown


def test_hostile_lines_do_no_harm():
    for line in ("…" * 1000, "[" * 5000, "a" * 1_000_000, "\x00\x1b[31m", "https://[", "(" * 3000):
        assert not compared(line).delivered


CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs real sources beside the checkout")
def test_of_shuffled_and_cut_real_titles_none_is_wrong_and_nearly_all_are_right(tmp_path):
    from tui.vault.vault import Vault

    sources = list(Vault(CORPUS, tmp_path / "state", tmp_path / "cache").sources)
    chance = random.Random(18)
    right = wrong = total = 0
    for _ in range(5):
        members = chance.sample(sources, 40)
        others = [source for source in sources if source not in members]
        shown = {}
        for source in chance.sample(members, 30) + chance.sample(others, 5):
            title = " ".join(source.title.split())
            most = chance.randint(20, 60)
            shown[title[:most].rstrip() + "…" if len(title) > most else title] = source
        lines = list(shown)
        chance.shuffle(lines)
        found = reconcile("\n".join(lines), members, others)
        claimed = {line.text: one.source for one in found.delivered for line in one.lines}
        for line, source in shown.items():
            total += 1
            expected = source if source in members else None
            got = claimed.get(" ".join(line.split()))
            right += got == expected
            wrong += got not in (None, expected)
    assert wrong == 0
    assert right >= 0.97 * total
