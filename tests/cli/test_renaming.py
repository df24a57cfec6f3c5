"""``sluice rename-value`` and ``sluice rename-field``."""

import json

import pytest

GAMMA = "inbox/SOURCE-20260103-gamma.md"
CAFE, CAFE_APART = "caf\u00e9", "cafe\u0301"

HEAD = "---\nid: {}\nstatus: raw\n{}\n---\ntopics: a body, mood: too\n"


@pytest.fixture
def lines(vault):
    """Write sources with these lines in their headers, and say what they are by then."""
    for path in vault.rglob("*.md"):
        path.unlink()
    paths = []

    def write(*texts, newline="\n"):
        for number, text in enumerate(texts):
            path = vault / f"SOURCE-{number}.md"
            path.write_bytes(HEAD.format(number, text).replace("\n", newline).encode())
            paths.append(path)

    def read():
        found = []
        for number, path in enumerate(paths):
            text = path.read_bytes().decode().replace("\r\n", "\n")
            before, _, after = HEAD.format(number, "|").partition("|")
            assert text.startswith(before)
            assert text.endswith(after)
            found.append(text[len(before) : len(text) - len(after)])
        return found

    write.read = read
    return write


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("topics: [a, old, b] # c", "topics: [a, new, b] # c"),
        ("topics: [ 'old' ]", "topics: [ 'new' ]"),
        ("topics:\n- a\n- old # c\n- b", "topics:\n- a\n- new # c\n- b"),
        ('topics:\n  -  "old"\n  # c\n  - b', 'topics:\n  -  "new"\n  # c\n  - b'),
        ("topics: old # c", "topics: new # c"),
        ("topics: [new, old, b]", "topics: [new, b]"),
        ("topics:\n- old\n- a\n- new", "topics:\n- a\n- new"),
        ("topics: [old, a, old]", "topics: [new, a]"),
        ("topics: [older, an old]", "topics: [older, an old]"),
        ("topics: []", "topics: []"),
        ("other: old", "other: old"),
    ],
)
def test_only_the_bytes_of_the_value_change_and_it_keeps_its_place(
    run, lines, before, after, newline
):
    lines(before, "topics: [old]", newline=newline)
    outcome = run("rename-value", "topics", "old=new")
    assert (outcome.code, outcome.out) == (0, "")
    assert lines.read() == [after, "topics: [new]"]
    assert len(run("log").lines) == 1
    assert run("undo").code == 0
    assert lines.read() == [before, "topics: [old]"]
    assert run("redo").code == 0
    assert lines.read() == [after, "topics: [new]"]


def test_it_lists_first_what_it_changes(run, lines):
    lines("topics: [old]", "topics: [x]", "topics: [new, old]")
    outcome = run("rename-value", "topic", "old=new")
    assert outcome.err.splitlines() == [
        "topics: old → new: 2 sources to change",
        "  SOURCE-0  0",
        "  SOURCE-2  2",
        "topics: old → new (2 sources)",
    ]


@pytest.mark.parametrize(
    ("field", "line", "pair", "after"),
    [
        ("tier", "signal_tier: high", "high=Strat", "signal_tier: strategic"),
        ("cat", 'notebooklm_category: "Old"', "old=new", 'notebooklm_category: "new"'),
        ("creator", "creator: a=b", '"a=b"="c=d"', "creator: c=d"),
        ("mood", "mood: calm", "calm=a: b", 'mood: "a: b"'),
        ("mood", "mood: 3", "3=4", "mood: 4"),
        ("mood", "mood: [1, 2]", "2=3", "mood: [1, 3]"),
        ("has_transcript", "has_transcript: yes", "yes=no", "has_transcript: no"),
        ("published", "date_published: 2026-01-02", "2026-01-02=20260103",
         "date_published: 2026-01-03"),
        ("分类", "分类: 小说", "小说=诗", "分类: 诗"),
        ('"a=b"', "a=b: x", "x=z", "a=b: z"),
        ("a=b", "a=b: x", "x=z", "a=b: z"),
        (CAFE, f"{CAFE_APART}: x", "x=z", f"{CAFE_APART}: z"),
        ("mood", f"mood: [{CAFE_APART}]", f"{CAFE}=tea", "mood: [tea]"),
        ("mood", f"mood: {CAFE_APART}", f"{CAFE_APART}={CAFE}", f"mood: {CAFE}"),
        ("topics", "topics: [AI, ai]", "AI=ai", "topics: [ai]"),
        ("topics", "topics: [AI, x]", "AI=ai", "topics: [ai, x]"),
    ],
)  # fmt: skip
def test_a_value_of_any_kind_is_renamed_as_its_field_takes_it(run, lines, field, line, pair, after):
    lines(line)
    assert run("rename-value", field, pair).code == 0
    assert lines.read() == [after]


def test_a_status_that_no_move_knows_becomes_one_that_is_known(vault, run, lines):
    lines("x: y")
    path = vault / "SOURCE-0.md"
    path.write_text(path.read_text().replace("status: raw", "status: inbox # yet"))
    assert run("rename-value", "status", "inbox=nonsense").code == 1
    assert run("rename-value", "status", "inbox=RAW").code == 0
    assert "\nstatus: raw # yet\n" in path.read_text()
    outcome = run("rename-value", "status", "raw=processed")
    assert outcome.code == 1
    assert "keeps its name; to move its sources" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rename-value", "topics", "odl=new"], "did you mean old?"),
        (["rename-value", "nofield", "old=new"], "No source has “old” in nofield"),
        (["rename-value", "tier", "noise=great"], "use paradigm"),
        (["rename-field", "odl=new"], "No source has the field odl"),
        (["rename-field", "topic=new"], "did you mean topics?"),
        (["rename-field", "status=state"], "does not rename it"),
        (["rename-value", "topics", "old=new", "-q", "nofield:x"], "not a field"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(run, lines, arguments, said):
    lines("topics: [old]\nsignal_tier: noise")
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2 if "-q" in arguments else 1, "")
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert run("log").out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["rename-value", "topics", "a=b=c"],
        ["rename-value", "topics", "a"],
        ["rename-value", "topics", "=a"],
        ["rename-value", "topics", "a="],
        ["rename-value", "topics", "a=a"],
        ["rename-value", "a=b"],
        ["rename-field", "a=b=c"],
        ["rename-field", "a="],
        ["rename-field", "a=b", "-q", " "],
        ["rename-field"],
    ],
)
def test_sides_that_are_not_clear_are_wrong_arguments(run, lines, arguments):
    lines("topics: [a]\na: 1")
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert lines.read() == ["topics: [a]\na: 1"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("pair", "before", "after"),
    [
        ("mood=tone", "mood : calm # c", "tone : calm # c"),
        ("mood=tone", "mood:\n- a\n# c\n- b", "tone:\n- a\n# c\n- b"),
        ("mood=tone", "'mood': |\n  a", "'tone': |\n  a"),
        ("mood=a: b", "mood: calm", '"a: b": calm'),
        ("mood=read by", "mood: calm", "read by: calm"),
        ("read by=分类", "read by: calm", "分类: calm"),
        ('"a=b"=mood', "a=b: calm", "mood: calm"),
        ('mood="c++"', "mood: calm", "c++: calm"),
        (f"{CAFE}=tea", f"{CAFE_APART}: calm", "tea: calm"),
        ("Mood=mood", "Mood: calm", "mood: calm"),
    ],
)
def test_only_the_bytes_of_the_name_change_and_undo_takes_it_back(
    run, lines, pair, before, after, newline
):
    lines(before, "moody: x", newline=newline)
    outcome = run("rename-field", pair)
    assert (outcome.code, outcome.out) == (0, "")
    assert lines.read() == [after, "moody: x"]
    assert run("undo").code == 0
    assert lines.read() == [before, "moody: x"]
    assert run("redo").code == 0
    assert lines.read() == [after, "moody: x"]


def test_a_source_that_has_the_new_name_is_listed_and_the_others_are_changed(run, lines):
    lines("mood: calm", "mood: x\ntone: y", "mood: x\nTone: y", "mood: z")
    outcome = run("rename-field", "mood=tone")
    assert outcome.code == 1
    assert outcome.err.splitlines() == [
        "field mood → tone: 2 sources to change, 2 refused",
        "  SOURCE-0  0",
        "  SOURCE-3  3",
        "  refused: SOURCE-1: It already has tone; remove one of the two first.",
        "  refused: SOURCE-2: It already has Tone; remove one of the two first.",
        "field mood → tone (2 sources)",
    ]
    assert lines.read() == ["tone: calm", "mood: x\ntone: y", "mood: x\nTone: y", "tone: z"]


def test_a_field_of_the_schema_is_renamed_with_a_note(run, lines):
    lines("guest: Ada")
    assert "note: The schema has guest but not host" in run("rename-field", "guest=host").err
    assert lines.read() == ["host: Ada"]
    assert "note:" not in run("rename-field", "host=creator").err


def test_a_query_narrows_it_and_a_dry_run_writes_nothing(run, lines):
    before = ["mood: [calm]\nguest: Ada", "mood: [calm]\nguest: Bo"]
    lines(*before)
    for arguments in (["rename-field", "mood=tone"], ["rename-value", "mood", "calm=wild"]):
        outcome = run(*arguments, "--dry-run")
        assert outcome.code == 0
        assert "2 sources to change" in outcome.err
        assert sum(line.startswith("+") for line in outcome.lines) == 4
        assert lines.read() == before
    run("rename-field", "mood=tone", "-q", "guest:ada")
    run("rename-value", "mood", "calm=wild", "-q", "guest:bo")
    assert lines.read() == ["tone: [calm]\nguest: Ada", "mood: [wild]\nguest: Bo"]


def test_a_broken_source_is_listed_and_left_as_it_is(vault, run):
    before = (vault / GAMMA).read_bytes()
    for arguments in (
        ["rename-field", "url=link"],
        ["rename-value", "url", "internal=https://example.com"],
    ):
        outcome = run(*arguments)
        assert outcome.code == 1
        assert ", 1 refused\n" in outcome.err and "\n  refused: " in outcome.err
        assert (vault / GAMMA).read_bytes() == before


def test_the_log_tells_both_names(run, lines):
    lines("mood: calm")
    run("rename-field", "mood=tone")
    (change,) = map(json.loads, run("log", "--json").lines)
    assert change["files"][0]["fields"] == [
        {"field": "mood", "before": "calm", "after": None},
        {"field": "tone", "before": None, "after": "calm"},
    ]


@pytest.mark.parametrize("keys", [b"y\n", b"n\n"])
def test_in_a_terminal_it_asks_first(run_in_terminal, lines, keys):
    lines("mood: calm")
    outcome = run_in_terminal("rename-field", "mood=tone", keys=keys, after=b"[y/N] ")
    assert outcome.code == (0 if keys == b"y\n" else 1)
    assert lines.read() == ["tone: calm" if keys == b"y\n" else "mood: calm"]
