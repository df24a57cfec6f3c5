"""``sluice list``."""

import json
import re

import pytest

from tui.display import cells

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"


def first_cells(outcome):
    return [line.split("\t")[0] for line in outcome.lines]


def test_a_pipe_gets_one_tab_separated_row_a_source(vault, run):
    outcome = run("list")
    assert outcome.code == 0
    assert outcome.err == ""
    assert outcome.lines == [
        f"{ALPHA}\tSOURCE-20260101-001\traw\ttactical\tclaude-code\tAlpha and the agents",
        f'{BETA}\tSOURCE-20260102-002\ttriaged\tparadigm\tgeneral\tBeta: a "quoted" 日本 title',
        f'{GAMMA}\tSOURCE-20260103-003\traw\t\t\t"Gamma" is broken',
    ]


def test_json_has_the_promised_keys_and_the_values_of_the_header(vault, run):
    rows = [json.loads(line) for line in run("list", "--json").lines]
    assert rows[0] == {
        "path": str(vault / ALPHA),
        "id": "SOURCE-20260101-001",
        "title": "Alpha and the agents",
        "status": "raw",
        "signal_tier": "tactical",
        "notebooklm_category": "claude-code",
        "url": "https://example.com/alpha",
        "aliases": ["First letter"],
        "insights": [],
        "problem": None,
        "snoozed_until": None,
        "notebooks": [],
    }
    assert rows[1]["insights"] == ["one", "two"]
    assert rows[2]["signal_tier"] is None
    assert "line 3 cannot be read" in rows[2]["problem"]


def test_a_query_narrows_the_list(vault, run):
    assert first_cells(run("list", "-q", "status:raw")) == [ALPHA, GAMMA]
    assert first_cells(run("list", "-q", "has:problem")) == [GAMMA]
    assert first_cells(run("list", "--query", "quoted")) == [BETA]


def test_a_query_may_begin_with_a_dash(vault, run):
    assert first_cells(run("list", "-q", "-status:raw")) == [BETA]


def test_a_wrong_filter_is_refused_with_what_would_be_right(vault, run):
    outcome = run("list", "-q", "statu:raw")
    assert (outcome.code, outcome.out) == (2, "")
    assert "did you mean" in outcome.err and "status:" in outcome.err


def test_the_order_follows_a_field_with_empty_ones_last(vault, run):
    assert first_cells(run("list", "--sort", "tier")) == [BETA, ALPHA, GAMMA]
    assert first_cells(run("list", "--sort", "tier", "--reverse")) == [ALPHA, BETA, GAMMA]
    assert first_cells(run("list", "--sort", "title", "--reverse")) == [BETA, ALPHA, GAMMA]
    assert first_cells(run("list", "--sort", "name", "--reverse")) == [GAMMA, BETA, ALPHA]
    assert first_cells(run("list", "--reverse")) == [GAMMA, BETA, ALPHA]


@pytest.mark.parametrize("key", ["date", "date_published", "published"])
def test_the_newest_date_comes_first_unless_reversed(vault, run, key):
    assert first_cells(run("list", "--sort", key)) == [BETA, ALPHA, GAMMA]
    assert first_cells(run("list", "--sort", key, "--reverse")) == [ALPHA, BETA, GAMMA]


def test_an_unknown_sort_key_is_refused(vault, run):
    outcome = run("list", "--sort", "colour")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == ("sluice: Unknown sort field colour; try name, title or tier.\n")


def test_the_vault_is_taken_from_the_option_then_the_variable(vault, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(run("list", "--vault", "small").lines) == 3
    monkeypatch.setenv("SLUICE_VAULT", str(vault / "inbox"))
    assert first_cells(run("list")) == ["SOURCE-20260103-gamma.md"]
    assert len(run("list", "--vault", str(vault)).lines) == 3


def test_a_vault_that_is_not_there_is_said_so(run, tmp_path):
    outcome = run("list", "--vault", str(tmp_path / "nowhere"))
    assert outcome.code == 1
    assert outcome.err.startswith(f"sluice: The vault {tmp_path / 'nowhere'} does not exist")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("command", ["list", "list -q x", "find x", "urls", "check", "stats"])
def test_an_empty_vault_says_what_a_source_is_and_how_to_make_one(run, tmp_path, command):
    (tmp_path / "note.md").write_text("A note.\n")
    outcome = run(*command.split(), "--vault", str(tmp_path))
    assert outcome.code == 0
    said = outcome.err.splitlines()[0]
    assert said.startswith("The only Markdown file in ") and "named SOURCE-" in said
    (tmp_path / "note.md").write_text("\n".join(["---", "status: raw", "---", "A note.\n"]))
    assert "not a source" not in run(*command.split(), "--vault", str(tmp_path)).err


def test_a_terminal_gets_aligned_columns_no_wider_than_it_is(vault, run_in_terminal):
    outcome = run_in_terminal("list", columns=100, environment={"NO_COLOR": "1"})
    assert outcome.code == 0
    assert all(cells(line) <= 100 for line in outcome.lines)
    assert outcome.lines[0].startswith("○ raw      ■ tactical  claude-code  Alpha and the agents ")
    assert outcome.lines[1].startswith("◔ triaged  ◆ paradigm  general      Beta")
    assert outcome.lines[2].startswith("○ raw                               ! ")
    assert "\x1b" not in outcome.out


def test_a_terminal_gets_colours_unless_they_are_unwanted(vault, run_in_terminal):
    coloured = run_in_terminal("list").out
    assert "\x1b[36m■ tactical" in coloured
    assert re.search(r"\x1b\[31m! ", coloured)
    assert "\x1b" not in run_in_terminal("list", environment={"TERM": "dumb"}).out


def test_a_title_cannot_send_commands_to_the_terminal(vault, run, run_in_terminal):
    (vault / ALPHA).write_text(
        '---\nstatus: raw\ntitle: "\\e[31mred\\a [bold]x\\u202Egnp\\x9b2J"\n---\n', encoding="utf-8"
    )
    for outcome in (run("list"), run_in_terminal("list", environment={"NO_COLOR": "1"})):
        assert "[bold]x" in outcome.out
        assert not re.search("[\x07\x1b\x9b\u202e]", outcome.out)


def test_every_sample_source_is_listed(vault_copy, run):
    samples = {path.name for path in vault_copy.rglob("*.md")}
    assert set(first_cells(run("list", "--vault", str(vault_copy)))) == samples


def test_every_real_source_is_listed_as_valid_json(corpus, run):
    rows = [json.loads(line) for line in run("list", "--json", "--vault", str(corpus)).lines]
    assert sorted(row["path"] for row in rows) == sorted(
        str(path) for path in corpus.resolve().rglob("*.md")
    )


def test_a_sort_key_with_a_dash_is_reversed(vault, run):
    forwards, backwards = run("list", "--sort", "title"), run("list", "--sort", "-title")
    assert backwards.code == 0
    assert backwards.lines == forwards.lines[::-1]


def test_lengths_of_time_are_filtered_and_sorted_in_a_field_of_ones_own(vault, run):
    (vault / "sluice.yaml").write_text("fields: {reading: {kind: duration, short: takes}}\n")
    assert run("set", "SOURCE-20260101-alpha", "takes=1:02:33").code == 0
    assert 'reading: "1:02:33"' in (vault / ALPHA).read_text()
    assert run("set", "SOURCE-20260102-beta", "takes=9 min").code == 0
    assert first_cells(run("list", "-q", "takes:>1h")) == [ALPHA]
    assert first_cells(run("list", "-q", "takes:5m..10m")) == [BETA]
    assert first_cells(run("list", "--sort", "takes")) == [BETA, ALPHA, GAMMA]
    assert "has no unit; write takes:9m" in run("list", "-q", "takes:9").err


def test_days_are_filtered_as_one_says_them(vault, run):
    assert first_cells(run("list", "-q", "published:2026-W01")) == [ALPHA, BETA]
    assert first_cells(run("list", "-q", "published:1 january 2026")) == [ALPHA]
    assert first_cells(run("list", "-q", "published:2026-01-02.. quoted")) == [BETA]
    outcome = run("list", "-q", "published:tomorow")
    assert (outcome.code, outcome.out) == (2, "")
    assert "“tomorow” is not a date; did you mean tomorrow?" in outcome.err
