from threading import Thread

import pytest

from tests.search.made import lookup, source, stems

VAULT = [
    source("SOURCE-20260108-113-youtube-interview-lighthouse_keepers-how_openharbor_builds",
           id="SOURCE-20260108-113", title="How OpenHarbor Builds for 800 Million Sailors",
           creator="Lighthouse Keepers", aliases=["OpenHarbor builds"], topics=["harbors", "scale"],
           notebooklm_category="ai-engineering", url="https://www.youtube.com/watch?v=a_4lU-xzKX0"),
    source("SOURCE-20251203-871-x-thread-weiss-the_quiet_compiler", id="SOURCE-20251203-871",
           title="The Quiet Compiler: GPT-5.1 Reads Your Diary", creator="Anaïs Weiß",
           notebooklm_category="coding-tools", url="https://x.com/weiss/status/1999888777666555444",
           synopsis="Why a compiler that explains itself is worth a slower build."),
    source("SOURCE-20260201-004-website-essay-orchard-pruning_orchestration",
           id="SOURCE-20260201-004", creator="orchard_notes", aliases=["Pruning orchestration"],
           synopsis="Pruning agent orchestration until a single loop is left.",
           heading="Pruning Orchestration"),
    source("SOURCE-20260202-005-website-essay-orchard-gardens", id="SOURCE-20260202-005",
           problem="line 4 of the header cannot be read", title='"Tulip" mania in greenhouses',
           creator="Orchard Notes", topics=["gardens"]),
    source("SOURCE-20260203-006-podcast-panel-weiss-slow_builds", id="SOURCE-20260203-006",
           title="Slow Builds and Fast Sailors", creator="Anaïs Weiß", topics=["scale"]),
]  # fmt: skip
HARBOR, COMPILER, PRUNING, TULIP, SLOW = (s.stem for s in VAULT)


@pytest.fixture(scope="module")
def made():
    return lookup(VAULT)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("openharbor million", HARBOR),
        ("million openharbor", HARBOR),
        ("ope bui 800", HARBOR),
        ("opneharbor", HARBOR),
        ("openhrabor bilds", HARBOR),
        ("openharborbuilds", HARBOR),
        ("openharbrbuilds", HARBOR),
        ("opebui", HARBOR),
        ("open harbor", HARBOR),
        ("hobf8ms", HARBOR),
        ("pnhrbr", HARBOR),
        ("opnhrbr", HARBOR),
        ("building openharbors", HARBOR),
        ("lighthouse sailor", HARBOR),
        ("ligthouse zebra openharbor", HARBOR),
        ("0108-113", HARBOR),
        ("https://www.youtube.com/watch?v=a_4lU-xzKX0", HARBOR),
        ("https://youtu.be/a_4lU-xzKX0?t=12", HARBOR),
        ("a_4lU-xz", HARBOR),
        ("gpt51 diary", COMPILER),
        ("gpt 5.1", COMPILER),
        ("the quiet compiler: gpt-5.1 reads your diary", COMPILER),
        ("anais weiss diary", COMPILER),
        ("kwiet kompiler", COMPILER),
        ("explains itself", COMPILER),
        ("1999888777666555444", COMPILER),
        ("coding-tools diary", COMPILER),
        ("chestrat", PRUNING),
        ("prunning orchestrashun", PRUNING),
        ("tulip", TULIP),
        ("tluip greenhuose", TULIP),
        ("orchard gardens", TULIP),
        (SLOW, SLOW),
    ],
)
def test_half_remembered_words_put_the_right_source_first(made, query, expected):
    assert stems(made, query)[0] == expected


def test_the_best_hit_scores_highest_and_no_score_leaves_the_scale(made):
    scores = [hit.score for hit in made.find("slow builds")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert len(scores) > 1


def test_a_whole_title_is_a_better_hit_than_half_of_it(made):
    half, whole = made.find("slow builds")[0], made.find("slow builds and fast sailors")[0]
    assert half.source is whole.source
    assert whole.score > half.score


@pytest.mark.parametrize("query", ["", "   ", "-", "..."])
def test_a_query_without_words_keeps_the_order_given(made, query):
    assert stems(made, query) == [s.stem for s in VAULT]
    assert {hit.score for hit in made.find(query)} == {100.0}


def test_one_letter_finds_what_begins_with_it(made):
    assert set(stems(made, "t")) >= {TULIP, COMPILER}
    assert PRUNING not in stems(made, "t")[:2]


def test_nonsense_finds_nothing(made):
    assert stems(made, "zzzzqqqq") == []


def test_a_limit_keeps_the_best(made):
    assert stems(made, "weiss", limit=1) == stems(made, "weiss")[:1]
    assert len(stems(made, "", limit=2)) == 2


def test_a_source_matches_what_finds_it(made):
    assert made.matches("opneharbor", VAULT[0])
    assert not made.matches("opneharbor", VAULT[3])
    assert made.matches("has:problem", VAULT[3])
    assert not made.matches("has:problem", VAULT[0])
    assert made.matches("", VAULT[0])


def test_a_changed_title_is_found_and_the_old_one_is_not():
    made = lookup(VAULT)
    made.find("tulip")
    made.update(VAULT[3]._replace(fields={"title": "Crocus mania"}))
    assert stems(made, "crocus") == [TULIP]
    assert stems(made, "tulip") == []
    assert [hit.source.title for hit in made.find("mania")] == ["Crocus mania"]
    assert stems(made, "") == [s.stem for s in VAULT]


def test_a_new_source_is_found_and_a_removed_one_is_not():
    made = lookup(VAULT)
    assert stems(made, "kestrel") == []
    made.update(source("SOURCE-kestrel", title="The kestrel hovers"))
    assert stems(made, "kestrle") == ["SOURCE-kestrel"]
    made.remove("SOURCE-kestrel.md")
    made.remove("SOURCE-never-there.md")
    assert stems(made, "kestrel") == []
    assert len(made.find("")) == len(VAULT)


def test_other_sources_take_the_place_of_all_that_were_there():
    made = lookup(VAULT)
    made.find("tulip")
    made.replace(lambda: [VAULT[4], source("SOURCE-kestrel", title="The kestrel hovers")])
    assert stems(made, "tulip") == []
    assert stems(made, "kestrel") == ["SOURCE-kestrel"]
    assert stems(made, "slow builds") == [SLOW]


def test_thousands_of_changes_leave_every_source_findable():
    made = lookup(VAULT)
    made.find("tulip")
    for turn in range(2_500):
        made.update(VAULT[3]._replace(fields={"title": f"Crocus number{turn}"}))
        if turn % 500 == 0:
            assert stems(made, f"number{turn}")[0] == TULIP
    assert stems(made, "number2499")[0] == TULIP
    assert stems(made, "openharbor")[0] == HARBOR


def test_an_index_built_ahead_in_steps_answers_as_one_built_at_once(made):
    stepwise = lookup(VAULT)
    assert [stepwise.prepare(2), stepwise.prepare(2), stepwise.prepare(2)] == [3, 1, 0]
    assert stems(stepwise, "weiss") == stems(made, "weiss")


def test_a_field_that_only_a_new_source_has_can_be_filtered_by():
    made = lookup(VAULT)
    assert stems(made, "tulip") == [TULIP]
    made.update(source("SOURCE-mood", title="Moody", mood="calm"))
    assert stems(made, "mood:calm") == ["SOURCE-mood"]


@pytest.mark.parametrize(
    "title",
    [
        "",
        "\x00\x1b[31m",
        "a" * 1_000_000,
        "日本語のタイトル",
        "🎉🎉",
        "\ud800 lone",
        "a\nb\u2028c",
        "'’'",
    ],
)
def test_odd_titles_neither_break_the_index_nor_hide_the_others(title):
    made = lookup([*VAULT, source("SOURCE-odd", title=title, creator="kestrel")])
    assert stems(made, "kestrel") == ["SOURCE-odd"]
    assert stems(made, "tulip")[0] == TULIP


def test_titles_without_latin_letters_are_found_by_a_part():
    made = lookup(
        [*VAULT, source("SOURCE-jp", title="東京の灯台守"), source("SOURCE-yay", title="Yay 🎉")]
    )
    assert stems(made, "灯台")[0] == "SOURCE-jp"
    assert stems(made, "🎉") == ["SOURCE-yay"]


def test_values_of_unexpected_types_are_read_as_text():
    odd = source("SOURCE-odd", title=2026, creator=["one", "two"], aliases="single", topics=None,
                 id=12.5, synopsis={"a": 1}, url=False)  # fmt: skip
    assert stems(lookup([odd]), "single") == ["SOURCE-odd"]


def test_a_word_with_a_dash_is_found_in_titles_as_well_as_in_addresses():
    made = lookup([
        source("SOURCE-1", title="Nothing alike", url="https://example.org/slow-burn"),
        source("SOURCE-2", title="The slow burn of winter"),
    ])  # fmt: skip
    assert set(stems(made, "slow-burn")) == {"SOURCE-1", "SOURCE-2"}


def test_a_filter_that_takes_away_the_best_hits_leaves_the_others():
    best = [source(f"SOURCE-{i}", title="Slow builds", status="raw") for i in range(70)]
    made = lookup([*best, source("SOURCE-other", title="Builds", status="triaged")])
    assert stems(made, "slow builds status:triaged") == ["SOURCE-other"]


def test_a_very_long_word_is_answered(made):
    assert stems(made, "q" * 100_000) == []


def test_a_pasted_page_is_a_query_like_any_other(made):
    assert isinstance(stems(made, "quiet compiler " * 5_000), list)


SHORT = [
    source("old-first", title="Aim for the gap", date_published="2020-01-01"),
    source("new-first", title="Air over water", date_published="2026-01-01"),
    source("inside", title="Zebras and airports", date_published="2026-02-02"),
    source("topic", title="Zoo", topics=["airships"], date_published="2026-03-03"),
    source("word-inside", title="Zen of AI", date_published="2019-01-01"),
    source("word-first", title="AI weekly", date_published="2018-01-01"),
    source("word-topic", title="Zigzag", topics=["ai"], date_published="2026-04-04"),
    source("captured", title="Aisles", captured_date="2024-05-05", date_published="soon"),
    source("undated", title="Ailing"),
    source("none", title="Bread", date_published="2026-05-05"),
]


def test_two_letters_find_the_word_itself_first_then_what_begins_so_and_newer_first():
    assert stems(lookup(SHORT), "ai") == [
        "word-first", "word-inside", "word-topic",
        "new-first", "captured", "old-first", "undated", "inside", "topic",
    ]  # fmt: skip


def test_one_letter_finds_the_titles_that_begin_with_it_first_and_nothing_without_it():
    assert stems(lookup(SHORT), "a") == [
        "new-first", "captured", "old-first", "word-first", "undated",
        "inside", "word-inside", "word-topic", "topic",
    ]  # fmt: skip


def test_a_letter_that_is_a_word_comes_before_words_that_begin_with_it():
    vault = [source("later", title="Xylophones"), source("x", title="Life at X"),
             source("first", title="X marks the spot"), source("y", title="Yaks")]  # fmt: skip
    assert stems(lookup(vault), "x") == ["first", "x", "later"]


def test_initials_and_typos_of_three_letters_come_last():
    vault = [
        source("initials", title="Ships At Port", date_published="2026-01-01"),
        source("typo", title="Sip", date_published="2026-01-01"),
        source("begins", title="Sapling", date_published="2001-01-01"),
        source("word", title="The sap rises", date_published="2000-01-01"),
    ]
    found = stems(lookup(vault), "sap")
    assert found[:2] == ["word", "begins"]
    assert set(found[2:]) == {"initials", "typo"}


def test_two_letters_swapped_or_case_and_accents_do_not_hide_a_short_word():
    vault = [source("go", title="Go by example"), source("e", title="Écoute")]
    assert stems(lookup(vault), "GO") == ["go"]
    assert stems(lookup(vault), "éc") == ["e"]


def test_a_short_query_obeys_its_filters_and_its_limit():
    vault = [source(str(i), title="Apple", status="raw" if i % 2 else "done") for i in range(9)]
    made = lookup(vault)
    assert stems(made, "a status:raw") == ["1", "3", "5", "7"]
    assert len(stems(made, "ap", limit=3)) == 3
    scores = [hit.score for hit in made.find("a")]
    assert scores == sorted(scores, reverse=True)


def test_of_a_frequent_letter_the_newest_sources_are_found():
    days = [f"{2000 + i // 300}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}" for i in range(9_000)]
    vault = [source(f"{i:05}", title="Zero apples", date_published=d) for i, d in enumerate(days)]
    vault.append(source("word", title="A word", date_published="2036-01-01"))
    vault.append(source("first", title="Apples", date_published="2036-01-01"))
    made = lookup(vault)
    found = stems(made, "a")
    assert found[:2] == ["word", "first"]
    newest = sorted(range(9_000), key=lambda i: days[i], reverse=True)
    assert found[2] in {f"{i:05}" for i in newest if days[i] == days[newest[0]]}
    made.update(source("first", title="Apples", date_published="1999-01-01"))
    made.update(source("newer", title="Apricots", date_published="2037-01-01"))
    assert stems(made, "a")[:2] == ["word", "newer"]
    made.remove("newer.md")
    assert "newer" not in stems(made, "a")


def test_a_short_word_with_signs_is_looked_for_as_it_is():
    vault = [source("cpp", title="Modern C++"), source("c", title="Cats")]
    assert stems(lookup(vault), "c++")[0] == "cpp"


GLUED = [
    source("just", title="Open Just Skills"),
    source("robot", title="A Robot for Every Home"),
    source("setup", title="How to Set Up the Lighthouse: A Guide That Should Have Existed"),
    source("epoch", title="The 2045 Timeline of Every Anchor Chain"),
    source("turning", title="Turning sails into tasks"),
    source("tuning", title="Tuning of organs"),
    source("tasks", title="Tasks and tools"),
    source("course", title="The free course on knots"),
    source("vsauce", title="Hey Vsauce, does anything float?"),
    source("sauce", title="Anything with saucers"),
    source("video", title="Tides", url="https://www.youtube.com/watch?v=qR4tYk9WzLm"),
    source("guest", title="Episode 12", guest="Wilhelmina Oyelaran"),
    *(source(f"other{i}", title=f"{word} open scales safely asking") for i, word in
      enumerate(("Just", "Skill", "Robots", "Home", "Guide", "Anchors", "Time", "Knots"))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("openjuskill", "just"),  # beginnings of any length, glued
        ("opjusk", "just"),
        ("arobfor", "robot"),  # a word of one letter among them
        ("robevehom", None),  # with a word between them it is none of that
        ("hsulg", "setup"),  # initials without small words
        ("sulag", "setup"),  # without some of them
        ("gshe", "setup"),
        ("tteac", "epoch"),  # and without numbers
        ("turing tasks", "turning"),
        ("tuning tasks", "turning"),  # a letter left out makes another word
        ("freeocurse", "course"),  # swapped where two words meet
        ("sauce anything", "vsauce"),  # the inside of a word beside one that is right
        ("tYk9Wz", "video"),  # a piece of a video's id
        ("oyelaran", "guest"),
        ("wilhelmina episode", "guest"),
        ('"oyelaran"', "guest"),
    ],
)
def test_more_that_is_half_remembered_is_among_the_first(query, expected):
    found = stems(lookup(GLUED), query, 5)
    assert expected in found if expected else found == []


def test_beginnings_that_all_fit_come_before_a_word_that_is_nearly_typed():
    made = lookup([
        source("begins", title="10 projects to learn Gemstones, sails and knots"),
        source("near", title="Gemini pro: the ship you have waited for"),
        source("other", title="Prose about gems"),
    ])  # fmt: skip
    assert stems(made, "proj gem")[0] == "begins"


def test_a_word_that_no_source_holds_finds_nothing_by_its_scattered_letters():
    titles = [
        "The united kings consider how you decide",
        "Threads under cyan ideas",
        "Thus I decide",
    ]
    made = lookup([source(str(i), title=title) for i, title in enumerate(titles)])
    assert stems(made, "thucydides") == []


def test_what_changes_while_all_sources_are_replaced_is_found_by_its_new_fields():
    made = lookup(VAULT)
    changed = VAULT[3]._replace(fields={"title": "Crocus mania"})
    changing = Thread(target=lambda: made.update(changed))

    def sources():
        read = list(VAULT)
        # The vault has it before the lookup is told.
        changing.start()
        changing.join(0.1)
        return read

    made.replace(sources)
    changing.join()
    assert made.find("crocus mania")[0].source is changed


def test_a_query_that_is_read_while_sources_come_in_goes_on():
    made = lookup(VAULT)
    made.find("")
    names = iter(made._known_fields())
    next(names)
    made.extend([source("SOURCE-kestrel", title="The kestrel hovers", wingspan="76 cm")])
    assert list(names)
    assert made.find("wingspan:76")
