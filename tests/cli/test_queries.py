"""Queries and ``--limit`` in every command that lists."""

import json

import pytest

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"
LISTING = ["list", "find", "urls"]
NO_TIER = "note: No signal_tier x; there are paradigm, strategic, tactical, noise.\n"


@pytest.mark.parametrize("command", LISTING)
@pytest.mark.parametrize(
    "arguments",
    [
        ["status:triaged"],
        ["-q", "status:triaged"],
        ["--query=status:triaged"],
        ["-q=status:triaged"],
        ["-q", "-status:raw"],
        ["-status:raw"],
        ["status:triaged", "quoted"],
        ["-q", "status:triaged", "quoted"],
        ["quoted", "--limit", "5", "-q", "status:triaged"],
        ["quoted", "-gamma"],
        ["--", "-status:raw"],
    ],
)
def test_a_query_is_words_or_an_option_or_both(vault, run, command, arguments):
    outcome = run(command, *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    assert len(outcome.lines) == 1 and "beta" in outcome.lines[0]


@pytest.mark.parametrize("command", LISTING)
def test_what_could_be_a_query_or_a_word_to_leave_out_is_asked_back(vault, run, command):
    outcome = run(command, "-quoted")
    assert (outcome.code, outcome.out) == (2, "")
    assert "write `-q uoted` to search for that, or `-q -quoted` to leave it out" in outcome.err
    assert not any(BETA in line for line in run("list", "-q", "-quoted").lines)


@pytest.mark.parametrize(
    "command", ["list", "find status:raw,triaged", "urls", "check", "log", "log --json"]
)
def test_the_limit_keeps_the_first_rows(vault, run, command):
    for number in range(3):
        run("set", ALPHA, f"guest=Ada {number}")
    (vault / BETA).write_text((vault / BETA).read_text().replace("paradigm", "gold"))
    words = command.split()
    rows = run(*words).lines
    assert len(rows) > 1
    assert run(*words, "--limit", "1").lines == rows[:1]
    assert run(*words, "--limit", "99").lines == rows


def test_a_limited_list_is_ordered_first(vault, run):
    for more in ([], ["--reverse"]):
        rows = run("list", "--sort", "title", *more).lines
        assert run("list", "--sort", "title", *more, "--limit", "2").lines == rows[:2]


def test_a_limited_check_counts_every_problem(vault, run):
    (vault / BETA).write_text((vault / BETA).read_text().replace("paradigm", "gold"))
    outcome = run("check", "--limit", "1")
    assert outcome.code == 1
    assert outcome.err == "2 problems in 2 of 3 sources, 1 shown\n"


def test_check_looks_at_the_sources_of_a_query_only(vault, run):
    assert run("check", "-q", "status:triaged").err == "No problems in 1 source\n"
    outcome = run("check", "-q", "gamma")
    assert (outcome.code, len(outcome.lines)) == (1, 1)
    before = (vault / GAMMA).read_bytes()
    run("check", "--fix", "-q", "status:triaged")
    assert (vault / GAMMA).read_bytes() == before
    assert run("check", "--fix", "-q", "gamma").code == 0
    assert (vault / GAMMA).read_bytes() != before


def test_the_log_keeps_to_the_sources_of_a_query(vault, run):
    run("set", ALPHA, "guest=Ada")
    run("set", BETA, "guest=Bo")
    run("set", ALPHA, BETA, "platform=youtube")
    labels = [line.split("\t")[3] for line in run("log", "-q", "status:raw").lines]
    assert labels == ["platform = youtube", "guest = Ada"]
    assert len(run("log", "-q", "status:raw", "--limit", "1").lines) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "tier:x"],
        ["list", "-q", "tier:x", "--json"],
        ["find", "tier:x"],
        ["urls", "-q", "tier:x"],
        ["log", "-q", "tier:x"],
    ],
)
def test_a_value_that_no_source_can_have_is_noted(vault, run, arguments):
    run("set", ALPHA, "guest=Ada")
    outcome = run(*arguments)
    assert outcome.code == 0
    assert outcome.err == NO_TIER
    assert "SOURCE" not in outcome.out


def test_a_change_of_nothing_tells_it_too(vault, run):
    outcome = run("set", "-q", "tier:x", "guest=Ada")
    assert outcome.code == 0
    assert outcome.err == f"{NO_TIER}Nothing to change: no source matches tier:x\n"
    assert "did you mean strategic" in run("list", "tier:stratgic").err


def test_nothing_is_said_of_a_value_that_could_be_there(vault, run):
    for query in ("tier:strategic", "cat:nobody", "-tier:x status:integrated"):
        outcome = run("list", "-q", query)
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_a_line_of_stdin_with_such_a_value_is_noted_and_the_rest_answered(vault, run):
    outcome = run("find", "-", "--json", stdin="tier:x\nalpha\n")
    assert outcome.code == 0
    assert outcome.err == NO_TIER
    assert [len(json.loads(line)["hits"]) for line in outcome.lines] == [0, 1]


@pytest.mark.parametrize("command", ["list", "find", "urls", "check", "log"])
@pytest.mark.parametrize("query", ["nofield:x", "published:>soon"])
def test_an_invalid_query_is_wrong_usage(vault, run, command, query):
    outcome = run(command, "-q", query)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("sluice: ") and outcome.err.count("\n") == 1
