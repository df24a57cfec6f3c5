from dataclasses import replace

import pytest

from tests.search.made import SHORTS, source
from tui.search.complete import Completer, Names
from tui.search.doubt import doubt
from tui.search.query import parse_query

STATUSES = ("raw", "triaged", "processed", "integrated", "archived")
NAMES = Names(
    SHORTS,
    {
        "status": STATUSES,
        "signal_tier": ("paradigm", "strategic", "tactical", "noise"),
        "notebooklm_category": ("ai-agents", "ai-engineering", "claude-code", "prompt-engineering"),
        "key_insights": (),
        "platform": ("youtube", "web", "website"),
        "format": ("paper", "panel"),
        "creator": (),
        "topics": (),
        "aliases": (),
        "date_published": (),
        "has_transcript": ("yes", "no"),
    },
    closed=frozenset({"status", "signal_tier", "platform", "format", "has_transcript"}),
    silent=frozenset({"date_published"}),
)
VAULT = [
    source("1", creator="Quill", topics=["tides", "tide tables"], platform="YouTube"),
    source("2", creator="The Quiet Fox", topics=["tides"], notebooklm_category="my-own"),
    source("3", creator="The Quiet Fox", topics="tidal", creator_note="x"),
    source("4", creator="Émile O'Hara, junior", date_published="2026-01-01"),
    source("5", creator='Jo "The Pen" Dee', topics=["x" * 100, " ", "two\nlines"]),
]


@pytest.fixture
def completer():
    made = Completer(NAMES, lambda: VAULT)
    for field in NAMES.values.keys() - NAMES.silent:
        made.count(field)
    return made


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sta", ["status:"]),
        ("words first sta", ["status:"]),
        ("-sta", ["status:"]),
        ("st", ["st:", "status:"]),
        ("al", ["alias:", "aliases:"]),
        ("has", ["has:", "has_transcript:"]),
        ("status:", list(STATUSES)),
        ("status:r", ["raw"]),
        ("st:RA", ["raw"]),
        ("-tier:str", ["strategic"]),
        ("cat:ai", ["ai-agents", "ai-engineering"]),
        ("cat:eng", ["ai-engineering", "prompt-engineering"]),
        ("cat:ai-engineering,pro", ["prompt-engineering"]),
        ("cat:ai-engineering,ai", ["ai-agents"]),
        ("cat:my", ["my-own"]),
        ("on:web", ["website"]),
        ("on:you", ["youtube"]),
        ("has:pr", ["problem", "proposal"]),
        ("has:dup", ["duplicate"]),
        ("has:in", ["insight", "key_insights"]),
        ("has:key", ["key_insights"]),
        ("has:sno", ["snoozed"]),
        ("has:conf", ["confirmed"]),
        ("confirmed:ti", ["tier", "signal_tier"]),
        ("has_transcript:y", ["yes"]),
        ("topic:tid", ["tides", "tide tables", "tidal"]),
        ("topic:two", ["two lines"]),
        ('by:"the qu', ["The Quiet Fox"]),
        ("by:qui", ["Quill", "The Quiet Fox"]),
        ("by:emile", ["Émile O'Hara, junior"]),
        ("by:Quill,the", ["The Quiet Fox", 'Jo "The Pen" Dee']),
    ],
)
def test_the_filter_being_typed_is_completed(completer, typed, offered):
    assert list(completer.complete(typed).shown) == offered


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "s", "story", "status:raw", "status:raw ", "status:zzz", "published:2026",
        "published:>2026", "body:wor", "body:", "https://sta", "nofield:ra", '"a phrase sta',
        'by:"The Quiet Fox"', "topic:xxx", "2026", "--sta",
    ],
)  # fmt: skip
def test_what_is_no_half_typed_filter_is_left_alone(completer, typed):
    completion = completer.complete(typed)
    assert (completion.shown, completion.texts, completion.ghost) == ((), (), "")


@pytest.mark.parametrize(
    ("typed", "ghost", "taken"),
    [
        ("sta", "tus:", "status:"),
        ("tides -sta", "tus:", "tides -status:"),
        ("st", ":", "st:"),
        ("cat:ai-agents,pro", "mpt-engineering", "cat:ai-agents,prompt-engineering"),
        ('by:"the qu', 'iet Fox"', 'by:"The Quiet Fox"'),
        ("by:the", " Quiet Fox", 'by:"The Quiet Fox"'),
        ("by:emile oh", "", ""),
        ('by:"emile oh', 'ara, junior"', 'by:"Émile O\'Hara, junior"'),
        ('st:"ra', 'w"', 'st:"raw"'),
        ("cat:eng", "", "cat:ai-engineering"),
        ("by:jo", ' "The Pen" Dee', 'by:"Jo ""The Pen"" Dee"'),
        ('by:"jo ""the', ' Pen"" Dee"', 'by:"Jo ""The Pen"" Dee"'),
        ('by:"jo "', "", ""),
    ],
)
def test_what_the_first_candidate_adds_is_shown_behind_the_cursor(completer, typed, ghost, taken):
    completion = completer.complete(typed)
    assert completion.ghost == ghost
    assert (completion.texts[0] if completion.texts else "") == taken


def test_a_completed_query_finds_what_it_names(completer):
    taken = completer.complete("by:the").texts[0]
    (condition,) = parse_query(taken, SHORTS, ()).conditions
    assert [(value.text, value.quoted) for value in condition.values] == [("The Quiet Fox", True)]


def test_values_in_use_come_once_they_are_counted_and_are_forgotten_on_request():
    made = Completer(NAMES, lambda: VAULT)
    assert made.complete("by:qui").shown == ()
    assert made.complete("by:qui").uncounted == "creator"
    made.count("creator")
    assert made.complete("by:qui").shown == ("Quill", "The Quiet Fox")
    assert made.complete("by:qui").uncounted == ""
    made.forget()
    assert made.complete("by:qui").uncounted == "creator"


def test_dates_and_names_ask_for_no_values_of_the_vault(completer):
    completer.forget()
    for typed in ("published:20", "has:pro", "sta", "body:x"):
        assert completer.complete(typed).uncounted == ""


def test_the_values_used_most_come_first_and_their_number_is_bounded():
    vault = [source(str(i), creator=f"maker{i}") for i in range(3_000)]
    vault += [source(f"again{i}", creator="maker2999") for i in range(3)]
    made = Completer(NAMES, lambda: vault)
    made.count("creator")
    shown = made.complete("by:mak").shown
    assert shown[0] == "maker2999"
    assert 50 <= len(shown) <= 100


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("status:rwa", "No status rwa; did you mean raw?"),
        ("words tier:stratgic", "No signal_tier stratgic; did you mean strategic?"),
        ("status:raw,procesed", "No status procesed; did you mean processed?"),
        ("on:zzzzzz", "No platform zzzzzz; there are youtube, web, website."),
        ("status:raw", ""),
        ("status:arch", ""),
        ("-status:rwa", ""),
        ("status:", ""),
        ("cat:nowhere", ""),
        ("by:nobody", ""),
        ("published:2026", ""),
        ("rwa", ""),
    ],
)
def test_an_unknown_value_of_a_closed_field_is_doubted(query, sentence):
    assert doubt(parse_query(query, SHORTS, NAMES.values).conditions, NAMES) == sentence


def test_a_name_with_a_blank_is_completed_in_quotes():
    names = Names({}, {"read by": ("Ada",), "分类": ()}, frozenset(), frozenset())
    made = Completer(names, lambda: [source("1", **{"read by": "Bo"})])
    assert made.complete("rea").texts == ('"read by":',)
    assert made.complete("分类").texts == ("分类:",)
    assert made.complete('"read by":a').texts == ('"read by":Ada',)


def test_items_between_commas_and_values_of_a_fields_own_name_are_offered():
    found = [source("1", topics="bread, rye"), source("2", by="Ann"), source("3", creator="Bea")]
    made = Completer(replace(NAMES, lists=frozenset({"topics"})), lambda: found)
    made.count("topics")
    assert made.complete("topic:").shown == ("bread", "rye")
    made.count("creator")
    assert made.complete("by:").shown == ("Ann", "Bea")
