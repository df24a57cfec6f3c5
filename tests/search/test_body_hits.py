import pytest

from tui.search.body_hits import CHUNK, BodyHits

BODY = "The quiet compiler orchestrates builds. Café notes, don't panic; it builds on.\n"


def lit(query, body=BODY, head=""):
    pattern = BodyHits(query, head, body).pattern
    return [match[0] for match in pattern.finditer(body)] if pattern else []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("compiler", ["compiler"]),
        ("COMPI", ["compi"]),
        ("compilre", ["compiler"]),
        ("bilds", ["builds", "builds"]),
        ("building", ["builds", "builds"]),
        ("orchestrate", ["orchestrate"]),
        ("orchestration", ["orchestrates"]),
        ("orchestated no", ["orchestrates", "no"]),
        ("orhcestr", ["orchestrates"]),
        ("cafe", ["Café"]),
        ("dont", ["don't"]),
        ('"compiler orch', ["compiler orch"]),
        ("body:comp", ["comp"]),
        ("body:piler", []),
        ('body:"quiet compiler",panic', ["quiet compiler", "panic"]),
        ("-compiler", []),
        ("-body:compiler", []),
        ("status:compiler", []),
        ("Note:builds", ["builds", "note", "builds"]),
        ("kestrel", []),
        ("zq", []),
    ],
)
def test_words_light_as_typed_else_the_nearest_words_of_the_body(query, found):
    assert lit(query) == found


def test_only_the_nearest_words_are_lit():
    body = "A compiler, a compilers' guild, the complier."
    assert lit("comqiler", body) == ["compiler"]


def test_a_word_that_the_title_holds_does_not_light_a_typo_of_it():
    assert lit("quiet", "It is quite late.") == ["quite"]
    assert lit("quiet", "It is quite late.", head="The Quiet Compiler") == []


def test_hits_far_down_are_found_from_any_place_also_for_a_typo():
    filler = "some filler words\n" * 3_000
    body = f"{filler}a needle here\n{filler}needles there\n"
    for query in ("needle", "neeedle", "needel"):
        hits = BodyHits(query, "", body)
        first = hits.find_from(0)
        assert body[first:].startswith("needle here")
        if query == "needle":
            second = hits.find_from(first + 1)
            assert body[second:].startswith("needles there")
        assert hits.find_from(len(body) - 3) is None
        assert hits.find_from(0, first) is None


def test_hits_far_up_are_found_from_any_place_also_for_a_typo():
    filler = "some filler words\n" * 3_000
    body = f"{filler}a needle here\n{filler}needles there\n{filler}"
    for query in ("needle", "neeedle", "needel"):
        hits = BodyHits(query, "", body)
        first, second = body.index("needle here"), body.index("needles there")
        if query == "needle":
            assert hits.find_before(len(body)) == second
        assert hits.find_before(second) == first
        assert hits.find_before(second, first + 1) is None
        assert hits.find_before(first) is None


def test_a_body_is_compared_only_as_far_as_it_is_looked_at():
    body = "filler " * CHUNK + "needle"
    hits = BodyHits("neeedle", "", body)
    assert hits.pattern is None
    assert hits.read_to(len(body))
    assert hits.pattern.search(body)
    assert not hits.read_to(len(body))


@pytest.mark.parametrize(
    "text", ["", "\x00", "漢字の本文", "\ud800", "a" * 100_000, "'’'", "[/red] ("]
)
def test_odd_bodies_and_queries_do_no_harm(text):
    for query in (text, f"body:{text}", "needle", f'"{text}'):
        hits = BodyHits(query, text, text)
        hits.find_from(0)
        hits.read_to(len(text) + 1)
