"""``sluice find``."""

import json

ALPHA = "SOURCE-20260101-alpha.md"


def test_partial_words_and_typos_find_a_source(vault, run):
    outcome = run("find", "alhpa", "agen")
    assert outcome.code == 0
    assert len(outcome.lines) == 1
    name, identity, score, title = outcome.lines[0].split("\t")
    assert (name, identity, title) == (ALPHA, "SOURCE-20260101-001", "Alpha and the agents")
    assert 0 < int(score) <= 100


def test_json_is_one_object_with_the_promised_keys(vault, run):
    (line,) = run("find", "alpha", "--json").lines
    answer = json.loads(line)
    assert answer["query"] == "alpha"
    (hit,) = answer["hits"]
    assert set(hit) == {"path", "id", "title", "score"}
    assert hit["path"] == str(vault / ALPHA)


def test_stdin_is_answered_line_by_line_in_order(vault, run):
    outcome = run("find", "-", "--json", stdin="alpha\n\nquoted\nzzzzqqqq\n")
    answers = [json.loads(line) for line in outcome.lines]
    assert [answer["query"] for answer in answers] == ["alpha", "", "quoted", "zzzzqqqq"]
    assert [len(answer["hits"]) for answer in answers] == [1, 0, 1, 0]


def test_rows_name_their_query_when_there_are_several(vault, run):
    rows = [line.split("\t") for line in run("find", "-", stdin="alpha\nquoted\n").lines]
    assert [(row[0], row[2]) for row in rows] == [
        ("alpha", "SOURCE-20260101-001"),
        ("quoted", "SOURCE-20260102-002"),
    ]


def test_a_wrong_query_on_stdin_does_not_stop_the_others(vault, run):
    outcome = run("find", "-", "--json", stdin="statu:raw\nalpha\n")
    assert outcome.code == 1
    assert [len(json.loads(line)["hits"]) for line in outcome.lines] == [0, 1]
    assert outcome.err.startswith("sluice: statu:raw: ")


def test_the_limit_holds_and_must_be_a_number_above_0(vault, run):
    assert len(run("find", "status:raw", "--limit", "1").lines) == 1
    assert len(run("find", "status:raw").lines) == 2
    for wrong in ("0", "-1", "x"):
        assert run("find", "alpha", "--limit", wrong).code == 2


def test_a_negated_filter_may_come_first(vault, run):
    assert [line.split("\t")[1] for line in run("find", "-status:raw").lines] == [
        "SOURCE-20260102-002"
    ]


def test_nothing_found_is_no_failure(vault, run):
    outcome = run("find", "zzzzqqqq")
    assert (outcome.code, outcome.out) == (0, "")


def test_a_terminal_says_that_nothing_was_found(vault, run_in_terminal):
    assert run_in_terminal("find", "zzzzqqqq").out == "zzzzqqqq: nothing found\n"


def test_a_word_to_do_without_may_come_first_or_alone(vault, run):
    everything = run("find", "status:raw,triaged", "--limit", "9").lines
    without = run("find", "-alpha").lines
    assert 0 < len(without) < len(everything)
    assert not any(ALPHA in line for line in without)
    assert run("find", "-alpha", "quoted", "--limit", "1").code == 0
    assert run("find", "-h").out.startswith("usage")


def test_an_invalid_limit_is_explained(vault, run):
    outcome = run("find", "alpha", "--limit", "0")
    assert "“0” is not a whole number above 0" in outcome.err


def test_a_guest_is_found_by_the_name(vault, run):
    path = vault / "SOURCE-20260109-guest.md"
    path.write_text('---\ntitle: Episode 12\nguest: "Wilhelmina Oyelaran"\n---\n', encoding="utf-8")
    assert [line.split("\t")[0] for line in run("find", "oyelaran").lines] == [path.name]
