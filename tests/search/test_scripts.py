"""Words are found in every script, with their signs, and between quotes as they are."""

import pytest

from tests.search.made import lookup, source, stems
from tui.search.highlight import match_spans

RUNS = [
    ("inside", "使用人工智能写作"),
    ("first", "人工智能的未来"),
    ("last", "关于人工"),
    ("apart", "人 与 工具"),
    ("mixed", "使用GPT学习"),
    ("japanese", "明日の料理ロボット"),
    ("korean", "우리의인공지능이야기"),
    ("thai", "การเรียนรู้ของเครื่องจักร"),
    ("lao", "ຮຽນພາສາລາວ"),
]
OTHERS = [source(f"other{i}", title=f"人工{i}") for i in range(3)]


@pytest.mark.parametrize("others", [[], OTHERS], ids=["alone", "beside others"])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("人工", {"inside", "first", "last"}),
        ("智能", {"inside", "first"}),
        ("智能写作", {"inside"}),
        ("gpt", {"mixed"}),
        ("学习", {"mixed"}),
        ("料理", {"japanese"}),
        ("ロボ", {"japanese"}),
        ("지능", {"korean"}),
        ("이야기", {"korean"}),
        ("เรียน", {"thai"}),
        ("เครื่อง", {"thai"}),
        ("ภาษา", set()),
        ("ພາສາ", {"lao"}),
        ('"人工"', {"inside", "first", "last"}),
        ('"人工', {"inside", "first", "last"}),
        ("title:人工", {"inside", "first", "last"}),
        ("人工 智能", {"inside", "first"}),
    ],
)
def test_a_word_inside_a_run_is_found_whatever_other_titles_there_are(query, found, others):
    made = lookup([*(source(stem, title=title) for stem, title in RUNS), *others])
    names = [stem for stem in stems(made, query) if not stem.startswith("other")]
    if " " in query:
        # Of several words the others have some, too.
        names = names[: len(found)]
    assert set(names) == found


def test_two_words_typed_as_one_run_are_found_apart():
    made = lookup([source("both", title="人工智能与机器学习"), source("one", title="学习音乐")])
    assert stems(made, "人工学习")[0] == "both"


def test_a_word_to_do_without_may_stand_inside_a_run():
    made = lookup([source(stem, title=title) for stem, title in RUNS[:4]])
    assert stems(made, "-人工") == ["apart"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Łódź by night", "lodz"),
        ("Smørrebrød", "smorrebrod"),
        ("Đặng Thai Son", "dang"),
        ("L'œuvre au noir", "oeuvre"),
        ("Ærø by bike", "aero"),
        ("Kadıköy", "kadikoy"),
        ("Ħal Saflieni", "hal"),
        ("Ŧe end", "te"),
        ("Garðabær", "gardabaer"),
        ("Þingvellir", "thingvellir"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Kɔfi Ɛdwoa", "kofi edwoa"),
        ("Azərbaycan", "azerbaycan"),
        ("lodz", "ŁÓDŹ"),
    ],
)
def test_letters_that_nobody_can_type_are_found_without_their_strokes(title, typed):
    made = lookup([source("it", title=title), source("other", title="Something else")])
    assert stems(made, typed)[0] == "it"
    assert match_spans(typed, title)


SIGNED = [
    "Modern C++ for gardeners", "C# in a nutshell", "F# for fun", ".NET on a boat",
    "The A* search", "Living on $5 a day", "100% cotton", "R&D budgets", "C++20 at last",
    "C for gardeners", "Vitamin C", "F in the exam", "A net of fish", "5 boats", "100 boats",
    "A search party", "Cats", "Notepad++ tips", "20€ meals", "ASP.NET pages",
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("c++", {"Modern C++ for gardeners", "C++20 at last"}),
        ("C++ gardeners", {"Modern C++ for gardeners"}),
        ("c#", {"C# in a nutshell"}),
        ("F#", {"F# for fun"}),
        (".net", {".NET on a boat"}),
        ("a*", {"The A* search"}),
        ("a* search", {"The A* search"}),
        ("$5", {"Living on $5 a day"}),
        ("100%", {"100% cotton"}),
        ("r&d", {"R&D budgets"}),
        ("20€", {"20€ meals"}),
        ("notepad++", {"Notepad++ tips"}),
    ],
)
def test_a_sign_that_makes_the_word_puts_it_before_the_word_without(query, first):
    made = lookup([source(str(i), title=title) for i, title in enumerate(SIGNED)])
    titles = [hit.source.title for hit in made.find(query)]
    assert set(titles[: len(first)]) == first


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"c++"', {"Modern C++ for gardeners", "C++20 at last"}),
        ('"C#"', {"C# in a nutshell"}),
        ('"c"', {"C for gardeners", "Vitamin C"}),
        ('"f"', {"F in the exam"}),
        ('".NET"', {".NET on a boat"}),
        ('"net"', {".NET on a boat", "A net of fish", "ASP.NET pages"}),
        ('"a*"', {"The A* search"}),
        ('"a* search"', {"The A* search"}),
        ('"a search"', {"A search party"}),
        ('"$5"', {"Living on $5 a day"}),
        ('"5"', {"Living on $5 a day", "5 boats"}),
        ('"100%"', {"100% cotton"}),
        ('"100"', {"100% cotton", "100 boats"}),
        ('"r&d"', {"R&D budgets"}),
        ('"c for gardeners"', {"C for gardeners"}),
        ('title:"c++"', {"Modern C++ for gardeners", "C++20 at last"}),
    ],
)
def test_between_quotes_a_sign_is_part_of_the_word(query, found):
    made = lookup([source(str(i), title=title) for i, title in enumerate(SIGNED)])
    assert {hit.source.title for hit in made.find(query)} == found


AI = [
    source("ai", title="AI at sea"), source("airline", title="Airline food"),
    source("dash", title="An AI-driven oven"), source("openai", title="OpenAI moves"),
    source("by", title="Boats", creator="Ai Weiwei"), source("said", title="Said and done"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"ai"', {"ai", "dash", "by"}),
        ('-"ai"', {"airline", "openai", "said"}),
        ('"ai', {"ai", "dash", "by", "airline"}),
        ('"ai at"', {"ai"}),
        ('"ai a"', set()),
        ('"ai a', {"ai"}),
        ('title:"ai"', {"ai", "dash"}),
        ('by:"ai"', {"by"}),
        ('by:"ai we"', set()),
    ],
)
def test_what_is_quoted_is_exactly_that_and_may_go_on_while_it_is_typed(query, found):
    assert set(stems(lookup(AI), query)) == found


@pytest.mark.parametrize(
    ("query", "text", "letters"),
    [
        ("人工", "机器人工程与人工智能", ["人工", "人工"]),
        ("지능", "인공지능의 역사", ["지능"]),
        ("เรียน", "การเรียนรู้", ["เรียน"]),
        ("lodz", "Łódź i Łodzianie", ["Łódź", "Łodz"]),
        ("aero", "Ærø", ["Ærø"]),
        ("c++", "Cats in C++ and c", ["C++"]),
        ("$5", "5 or $5", ["$5"]),
        ("100%", "100% of 100", ["100%"]),
        ("c#", "C only", ["C"]),
        ('"ai"', "Airline AI, said OpenAI", ["AI"]),
        ('"go tool"', "Go tools: the go tool", ["go", "tool"]),
    ],
)
def test_the_letters_that_were_meant_are_lit(query, text, letters):
    assert [text[start:end] for start, end in match_spans(query, text)] == letters
