"""The lines around a text that a rapid pass asks about fit every width and every schema."""

import pytest

from tui.app.widgets.facts import Facts, Hint, Keys, Value
from tui.app.widgets.pass_lines import (
    answer_rows,
    question_line,
    sentence_rows,
    with_question,
)
from tui.app.widgets.source_lines import Place, View
from tui.display import cells
from tui.session.update import AnswerShown, Asked
from tui.triage.schema import load_schema

SCHEMA = load_schema()
TIERS = ("paradigm", "strategic", "tactical", "noise")
FACTS = Facts(
    "Roses",
    creator="園芸家の花子さん",
    format="lecture",
    date="1 Jan 2026",
    host="example.com",
    insight_count=2,
    category="general",
    category_hint=Hint(Value("", "career-growth"), "74 %"),
    status=Value("○", "raw"),
    next_status=Value("◔", "triaged"),
    tier=Value("■", "tactical"),
    tier_hint=Hint(Value("▲", "strategic"), "61 %"),
)
KEYS = Keys("I", "i", "c", "p", "P", "1-4", "=")
ODD = ("日本語の分類", "🌹 roses", "x" * 300, "", "a\x1b[31mb\nc")


def tiers(now="tactical"):
    values = [
        AnswerShown(str(number), name, "■", "tier-1", is_now=name == now)
        for number, name in enumerate(TIERS, 1)
    ]
    return [*values, AnswerShown("a", "archive", is_move=True)]


def many(count, now=0):
    return [AnswerShown(chr(97 + n), f"category-{n}", is_now=n == now) for n in range(count)]


def text(pieces):
    return "".join(piece.text for piece in pieces)


def lines(width, height, asked, facts=FACTS):
    around = with_question(View(width, height, facts, Place(12, 9)), KEYS, asked, SCHEMA)
    return [text(line.pieces) for line in (*around.head, *around.foot)]


@pytest.mark.parametrize("width", [*range(4, 46), 59, 60, 80, 100, 120, 200, 400])
@pytest.mark.parametrize("height", [1, 2, 3, 4, 5, 8, 20, 36])
def test_every_line_has_the_width_and_the_text_keeps_rows(width, height):
    odd = [AnswerShown("é", name, "🌹", "tier-1", is_now=not n) for n, name in enumerate(ODD)]
    for answers in (tiers(), many(25), odd, []):
        asked = Asked("名前" * 30, "m" * 300, "signal_tier", 1_234, 99_999, 61, 5, answers)
        shown = lines(width, height, asked)
        assert {cells(line) for line in shown} == {width}
        assert not any(sign in line for line in shown for sign in "\x1b\n")
        assert len(shown) < height or height < 3


def test_a_pass_for_the_tier_says_category_suggestion_and_insights():
    shown = lines(120, 36, Asked("first", "worth?", "signal_tier", 4, 1_116, 1, 5, tiers()))
    assert shown[0].split("  ")[0].strip() == "first"
    assert shown[0].endswith("━━──────── 1 of 5 s  4 of 1,116 ")
    assert "general c ≈ career-growth 74 %   ✎2 i" in shown[1]
    assert shown[1].rstrip().endswith("12 % · 8 min left")
    assert shown[2].startswith(
        " 1 ■ paradigm   2 ≈ ■ strategic 61 %   3 [■ tactical]   4 ■ noise  "
    )
    assert shown[2].endswith(" a archive ")


def test_what_the_answers_say_is_not_said_twice():
    asked = Asked("confirm", "", "notebooklm_category", 1, 9, 0, 5)
    names = ("general", "career-growth")
    answers = [AnswerShown(str(n), name, is_now=not n) for n, name in enumerate(names)]
    decision, row = lines(120, 36, asked._replace(answers=answers))[1:]
    assert "general" not in decision and "career-growth" not in decision
    assert row.startswith(" 0 [general]   1 ≈ career-growth 74 %")
    # Where some answers are out of sight, or the value is no answer, the line says it.
    assert "general" in lines(45, 20, asked._replace(answers=many(25)))[1]
    assert "general" in lines(120, 36, asked._replace(answers=answers[1:]))[1]


def test_a_key_that_is_an_answer_is_not_shown_for_another_thing():
    asked = Asked("bins", "", "", 1, 9, 0, 5, [AnswerShown("c", "clear"), AnswerShown("i", "in")])
    decision = lines(120, 36, asked)[1]
    assert "general ≈ career-growth" in decision and "✎2  " in decision


def test_answers_without_room_are_counted():
    rows, are_all = answer_rows(many(20), None, "c", 40, 2)
    assert not are_all
    assert [text(row).rstrip() for row in rows] == [
        " a [category-0]  b category-1",
        " c category-2  + 17 more c",
    ]


@pytest.mark.parametrize(
    ("seconds", "limit", "said"),
    [
        (3, 0, "  3 s  1 of 2 "),
        (6, 5, "━━━━━━━━━━ 6 s, over 5 s  1 of 2 "),
        (1, 2.5, "━━━━────── 1 of 2.5 s  1 of 2 "),
    ],
)
def test_the_clock(seconds, limit, said):
    asked = Asked("first", "", "", 1, 2, seconds, limit)
    assert text(question_line(asked, None, 80)).endswith(said)


def test_the_clock_goes_before_the_place():
    asked = Asked("a rather long name of a pass", "", "", 4, 1_116, 3, 5)
    assert text(question_line(asked, None, 50)).endswith(" 3/5 s  4/1,116 ")
    assert text(question_line(asked, None, 45)).endswith("of a pass        4/1,116 ")
    assert text(question_line(asked, None, 30)).endswith("…  4/1,116 ")


@pytest.mark.parametrize("width", [*range(4, 46), 60, 80, 120, 200])
@pytest.mark.parametrize("height", [3, 4, 5, 8, 20, 36])
def test_a_sentence_about_the_source_fits_and_leaves_rows_to_the_text(width, height):
    for sentence in (*ODD, "importer proposes category = ai-agents (was tools): " + "why " * 300):
        asked = Asked("proposals", "", answers=tiers(), number=1, size=2, sentence=sentence)
        shown = lines(width, height, asked)
        assert {cells(line) for line in shown} == {width}
        assert len(shown) <= height
        if width >= 60 and height >= 8 and "importer" in sentence:
            assert any("» importer proposes category = ai-agents (was tools)" in s for s in shown)


@pytest.mark.parametrize("width", range(30, 130))
def test_no_line_of_a_sentence_is_cut_that_has_rows_enough(width):
    words = "tagger proposes category = ai-agents (was agents-orchestration): cited in two notes"
    rows = [text(row)[3:].strip() for row in sentence_rows(words, width, 20)]
    assert " ".join(rows) == words
