from datetime import date, datetime

import pytest

from tests.search.made import lookup, source, stems
from tui.errors import QueryError
from tui.search.duplicate_finder import NoDuplicates

VAULT = [
    source("a", title="Alpha", status="raw", signal_tier="paradigm", platform="x",
           creator="David Shapiro", notebooklm_category="ai-agents", cadence="daily",
           date_published=date(2026, 1, 15), key_insights=["Agents plan badly"]),
    source("b", title="Beta", status="triaged", signal_tier="tactical", platform="arxiv",
           creator="david_ondrej", notebooklm_category="claude-code", cadence="weekly",
           date_published=20251128, key_insights=[]),
    source("c", title="Gamma", status="processed", signal_tier=None, platform="YouTube",
           creator="Émile Zola", date_published="Feb 15, 2026", key_insights=""),
    source("d", problem="line 2 cannot be read", title="Delta", status="raw",
           date_published="2025-12", key_insights=["  "], aliases=["The fourth"]),
]  # fmt: skip


@pytest.fixture
def found():
    made = lookup(VAULT, read_body=lambda s: f"The body of {s.stem}:\n  many\nTokens")
    return lambda query: "".join(stems(made, query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tier:par", "a"),
        ("TIER:Par", "a"),
        ("signal_tier:tactical", "b"),
        ("st:raw", "ad"),
        ("-st:raw", "bc"),
        ("st:raw,triaged", "abd"),
        ("-st:raw,triaged", "c"),
        ("st:raw tier:par", "a"),
        ("cadence:week", "b"),
    ],
)
def test_a_choice_is_filtered_by_its_value_or_the_beginning_of_it(found, query, expected):
    assert found(query) == expected


def test_a_short_value_does_not_match_in_the_middle_of_another(found):
    assert found("on:x") == "a"


def test_platforms_written_in_another_case_are_found(found):
    assert found("platform:youtube") == "c"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("by:shap", "a"),
        ("by:david", "ab"),
        ('by:"david shapiro"', "a"),
        ('by:"david ondrej"', "b"),
        ('by:"David Shapiro",zola', "ac"),
        ("by:emile", "c"),
        ("alias:fourth", "d"),
    ],
)
def test_text_is_filtered_by_any_part_of_it_without_accents_and_case(found, query, expected):
    assert found(query) == expected


def test_a_quoted_choice_is_that_value_and_no_longer_one():
    vault = [source("short", platform="web"), source("long", platform="website")]
    assert stems(lookup(vault), "on:web") == ["short", "long"]
    assert stems(lookup(vault), 'on:"web"') == ["short"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("tier:", "cd"), ("-tier:", "ab"), ("key_insights:", "bcd"), ("by:", "d"), ("cat:", "cd")],
)
def test_a_field_without_a_value_finds_what_lacks_it(found, query, expected):
    assert found(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("has:problem", "d"),
        ("-has:problem", "abc"),
        ("has:insight", "a"),
        ("-has:insight", "bcd"),
        ("has:tier", "ab"),
        ("has:cadence,alias", "abd"),
    ],
)
def test_has_finds_what_is_filled_in(found, query, expected):
    assert found(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("published:>2026-01", "c"),
        ("published:>=2026-01", "ac"),
        ("published:<2026", "bd"),
        ("published:<=2026-01", "abd"),
        ("published:>2025-11-27", "abcd"),
        ("published:>2025-11-28", "acd"),
        ("published:>20251128", "acd"),
        ("-published:>2026-01", "abd"),
        ("published:2026-01", "a"),
        ("published:2025", "bd"),
        ("date_published:2025-11-28", "b"),
    ],
)
def test_dates_are_compared_however_they_are_written(found, query, expected):
    assert found(query) == expected


def test_a_moment_counts_as_its_day():
    vault = [source("noon", captured=datetime(2026, 3, 1, 12, 30)), source("never", captured=None)]
    assert stems(lookup(vault), "captured:2026-03-01") == ["noon"]
    assert stems(lookup(vault), "captured:<2027") == ["noon"]


def test_what_is_no_date_lies_neither_before_nor_after_one():
    vault = [source("unread", published="soon"), source("impossible", published="2026-02-30")]
    assert stems(lookup(vault), "published:>1900") == []
    assert stems(lookup(vault), "published:<2100") == []


def test_body_finds_words_in_the_text_below_the_header(found):
    assert found("body:tokens") == "abcd"
    assert found('body:"of c: many tokens"') == "c"
    assert found("body:absent") == ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"agents plan"', "a"),
        ('"the fourth"', "d"),
        ('"emile zola"', "c"),
        ('-"emile zola"', "abd"),
        ('"agents pl', "a"),
        ('"plan agents"', ""),
        ('"gents plan"', ""),
        ("-gamma", "abd"),
    ],
)
def test_an_exact_phrase_stands_word_by_word_in_one_of_the_fields(found, query, expected):
    assert found(query) == expected


def test_filters_narrow_what_words_find(found):
    assert found("alpah st:raw") == "a"
    assert found("alpah st:triaged") == ""


@pytest.mark.parametrize("query", ["published:>soon", "published:<=2026-13", "has:>2026"])
def test_a_comparison_with_no_date_says_what_it_wants(found, query):
    with pytest.raises(QueryError, match=r"needs one date"):
        found(query)


def test_a_comparison_still_being_typed_hides_nothing_that_has_a_date(found):
    assert found("published:>") == "abcd"


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("tire:par", "tier:"),
        ("statsu:raw", "status:"),
        ("creater:x", "creator:"),
        ("tag:x", "cat:"),
    ],
)
def test_an_unknown_filter_names_the_near_ones(found, query, near):
    with pytest.raises(QueryError) as refused:
        found(query)
    assert f'"{query.split(":")[0]}:" is not a field' in str(refused.value)
    assert near in str(refused.value)


def test_an_unknown_field_after_has_names_the_near_ones(found):
    with pytest.raises(QueryError, match="has:problem"):
        found("has:problme")


@pytest.mark.parametrize(
    "words",
    ["https://example.org/a?b=c", "10:30", "foo: bar", "AI:the future", "C:\\notes", "std::string",
     "a:b", ":", "tier :", "-", '"', '""', "--", "has:", "body:", "-https://example.org"],
)  # fmt: skip
def test_words_that_only_look_like_a_filter_are_words(found, words):
    found(words)


def test_an_empty_vault_answers_every_filter_of_the_schema():
    assert stems(lookup([]), "st:raw tier: by:x") == []


def test_an_address_field_is_filled_by_an_address_of_the_web_alone():
    urls = ["https://a.example/x", "internal", "", "HTTP://b.example", "https://", "https://a b"]
    made = lookup([source(f"s{n}", url=url) for n, url in enumerate(urls)])
    made.know(NoDuplicates(), ["url"])
    assert stems(made, "has:url") == ["s0", "s3"]
    assert stems(made, "-has:url") == ["s1", "s2", "s4", "s5"]
    assert stems(made, "url:") == ["s2"]


def test_duplicates_are_asked_of_whoever_knows_duplicates_and_hears_of_changes():
    class DuplicatesByTitle(NoDuplicates):
        def __init__(self):
            self.titles = {}
            self.looks = 0

        def prepare(self):
            self.looks += 1

        def note(self, source):
            self.titles[source.name] = source.title

        def remove(self, name):
            del self.titles[name]

        def has(self, source):
            return list(self.titles.values()).count(source.title) > 1

    made, duplicates = lookup([]), DuplicatesByTitle()
    made.know(duplicates, [])
    made.extend([source("a", title="One"), source("b", title="Two"), source("c", title="One")])
    assert stems(made, "has:duplicate") == ["a", "c"]
    assert stems(made, "-has:duplicate") == ["b"]
    assert duplicates.looks == 2
    made.update(source("b", title="One"))
    made.remove("a.md")
    assert stems(made, "has:duplicate") == ["b", "c"]
    stems(made, "has:title")
    assert duplicates.looks == 3


CAFE, CAFE_APART = "caf\u00e9", "cafe\u0301"
ODD = [
    source("han", **{"分类": "小说", "a.b": "x", "🎯": "now"}),
    source("blank", **{"read by": "Ada", 'say "hi"': "x", "dc:title": "One"}),
    source("plain", **{CAFE: "au lait"}),
    source("apart", **{CAFE_APART: "noir"}),
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("分类:小说", ["han"]),
        ("-分类:小说", ["blank", "plain", "apart"]),
        ("a.b:x", ["han"]),
        ("🎯:now", ["han"]),
        ("has:🎯,a.b", ["han"]),
        ('"read by":ada', ["blank"]),
        ('-"read by":ada', ["han", "plain", "apart"]),
        ('"read by":', ["han", "plain", "apart"]),
        ('"say ""hi""":x', ["blank"]),
        ('"dc:title":one', ["blank"]),
        (f"{CAFE}:au", ["plain"]),
        (f"{CAFE_APART}:au,noir", ["plain", "apart"]),
        (f"has:{CAFE}", ["plain", "apart"]),
    ],
)
def test_a_field_of_any_name_and_unicode_form_is_filtered_by(query, expected):
    assert stems(lookup(ODD), query) == expected


@pytest.mark.parametrize("words", ["10:30", "C++:x", "(see:this)", "x.y:z", '"No": a title'])
def test_an_odd_name_that_no_field_has_is_words(words):
    assert stems(lookup([source("here", title=words), *ODD]), words) == ["here"]


def test_a_phrase_with_a_colon_behind_it_is_still_one():
    vault = [source("exact", title="Deep work: a review"), source("near", title="Work, deep")]
    assert stems(lookup(vault), '"deep work": review') == ["exact"]
    assert stems(lookup(vault), '-"deep work":') == ["near"]


def test_an_unknown_name_in_quotes_names_the_near_ones():
    with pytest.raises(QueryError, match='did you mean "read by": '):
        stems(lookup(ODD), '"red by":ada')


def test_a_short_name_means_the_field_of_that_name_in_a_source_that_has_one():
    made = lookup([
        source("a", by="Ann", creator="Zoe"),
        source("b", creator="Ann"),
        source("c", by="", creator="Ann"),
        source("d", title="D"),
    ])  # fmt: skip
    assert stems(made, "by:ann") == ["a", "b"]
    assert stems(made, "-by:ann") == ["c", "d"]
    assert stems(made, "by:zoe") == []
    assert stems(made, "has:by") == ["a", "b"]
    assert stems(made, "by:") == ["c", "d"]
    assert stems(made, "creator:ann") == ["b", "c"]


def test_a_field_that_comes_later_is_meant_before_its_short_name():
    made = lookup([source("a", creator="Ann")])
    assert stems(made, "by:ann") == ["a"]
    made.update(source("b", by="Ann"))
    assert stems(made, "by:ann") == ["a", "b"]
    made.update(source("a", creator="Ann", by="Bob"))
    assert stems(made, "by:ann") == ["b"]


def test_dates_of_a_short_name_are_compared_where_each_source_has_them():
    made = lookup([
        source("a", published="2026-03-01", date_published="2020-01-01"),
        source("b", date_published="2026-03-01"),
        source("c", date_published="2020-01-01"),
    ])  # fmt: skip
    assert stems(made, "published:>2026-01") == ["a", "b"]
    assert stems(made, "published:2020-01-01") == ["c"]


@pytest.mark.parametrize("held", [None, "", "  ", [], [""], "RAW", " raw", ["odd"]])
def test_the_status_is_asked_for_by_what_it_means(held):
    made = lookup([source("a", status=held), source("b", status="done")])

    def status_in(value):
        known = [text for text in ("raw", "done") if text in str(value).lower()]
        return known[0] if known else "raw"

    made.know_meanings("status", status_in, ())
    assert stems(made, "st:raw") == ["a"]
    assert stems(made, 'status:"raw"') == ["a"]
    assert stems(made, "-st:raw") == ["b"]


def test_text_with_commas_is_found_by_its_items():
    made = lookup([source("a", topics="sourdough bread, [[rye, dark]]", key_insights="so, dough")])
    made.know_meanings("status", str, {"topics"})
    assert stems(made, 'topics:"sourdough bread"') == ["a"]
    assert stems(made, 'topics:"bread, rye"') == []
    assert stems(made, "topics:dark") == ["a"]
    assert stems(made, "key_insights:dough") == ["a"]
