"""``--by`` and ``--why``: whoever changes sources says so, and the log and undo know it."""

import hashlib
import json
from argparse import Namespace

import pytest

from tui.cli.completion import authors
from tui.desk import Desk
from tui.state.folders import user_folders
from tui.triage.told import tell
from tui.vault.history.news import News

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
GAMMA = "inbox/SOURCE-20260103-gamma.md"
WHO = ["--by", "importer", "--why", "rule 3: “quoted” <x>"]


def log(run, *arguments):
    return [json.loads(line) for line in run("log", "--json", *arguments).lines]


@pytest.mark.parametrize(
    "command",
    [
        ["set", ALPHA, "tier=noise"],
        ["set", ALPHA, BETA, "guest=Ada"],
        ["set", "-q", "alpha", "tier=noise", "--yes"],
        ["promote", ALPHA],
        ["archive", ALPHA],
        ["add", "https://example.com/new"],
        ["rename-field", "aliases=names", "--yes"],
        ["rename-value", "tier", "tactical=noise", "--yes"],
        ["check", GAMMA, "--fix"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_every_command_that_changes_sources_keeps_both(vault, run, command):
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}
    run(*command, *WHO)
    (entry,) = log(run)
    assert (entry["by"], entry["why"]) == (WHO[1], WHO[3])
    assert len(run("log", "--by", "importer").lines) == 1
    assert run("log", "--by", "other").lines == []
    assert run("undo", "--by", "importer").code == 0
    assert {path: path.read_bytes() for path in vault.rglob("*.md")} == before


def test_the_log_tells_both_to_people_and_programs(vault, run, run_in_terminal):
    run("set", ALPHA, "tier=noise")
    run("set", ALPHA, BETA, "guest=Ada", *WHO)
    run("set", ALPHA, "guest=", "--why", "gone")
    third, second, first = (line.split("\t") for line in run("log").lines)
    assert (third[5:], second[5:], first[5:]) == (["", "gone"], [WHO[1], WHO[3]], [])
    shown = run_in_terminal("log", environment={"NO_COLOR": "1"}).lines
    assert shown[0].endswith("no guest, was Ada (gone)  Alpha and the agents")
    assert shown[1].endswith(
        "  importer: guest: Ada (rule 3: “quoted” <x>)"
        '  Alpha and the agents, Beta: a "quoted" 日本 title'
    )
    assert shown[2].endswith("  · noise, was ■ tactical  Alpha and the agents")


def test_show_as_json_says_who_changed_it_last_and_its_hash(vault, run):
    def shown():
        record = json.loads(run("show", ALPHA, "--json").out)
        assert record["hash"] == hashlib.sha256((vault / ALPHA).read_bytes()).hexdigest()
        return record["by"], record["why"]

    assert shown() == (None, None)
    run("set", ALPHA, "tier=noise", *WHO)
    run("set", BETA, "guest=Bo", "--by", "other")
    assert shown() == (WHO[1], WHO[3])
    run("set", ALPHA, "guest=Ada")
    assert shown() == (None, None)
    run("undo")
    assert shown() == (WHO[1], WHO[3])


def test_undo_by_name_leaves_the_changes_of_others(vault, run):
    before = (vault / ALPHA).read_text()
    run("set", ALPHA, "tier=noise", *WHO)
    run("set", ALPHA, "guest=Ada", "--by", "Ada")
    assert run("undo", "--by", "importer").err == (
        "Undone: signal_tier = noise (Alpha and the agents)\n"
    )
    assert "guest: Ada" in (vault / ALPHA).read_text()
    outcome = run("undo", "--by", "importer")
    assert (outcome.code, outcome.err) == (1, "sluice: “importer” has no change left to undo.\n")
    assert run("redo").err.startswith("Redone: signal_tier = noise")
    assert "signal_tier: noise" in (vault / ALPHA).read_text()
    assert run("undo").code == run("undo").code == 0
    assert (vault / ALPHA).read_text() == before


def test_undo_by_name_refuses_what_was_set_later_and_says_how_to_skip_it(vault, run):
    run("set", ALPHA, "guest=Bo", "--by", "the importer")
    run("set", ALPHA, "tier=noise", "--by", "the importer")
    run("set", ALPHA, "tier=strategic")
    before = (vault / ALPHA).read_text()
    outcome = run("undo", "--by", "the importer")
    assert outcome.code == 1
    assert "set to “noise”" in outcome.err and "from “noise” to “strategic”" in outcome.err
    assert "`sluice undo --by 'the importer' --skip` undoes the one before it." in outcome.err
    assert (vault / ALPHA).read_text() == before
    assert run("undo", "--by", "the importer", "--skip").code == 0
    assert (vault / ALPHA).read_text() == before.replace("guest: Bo\n", "")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\x1b[31mred", "x" * 200_000, "\udcff"])
@pytest.mark.parametrize(
    "command", [["set", ALPHA, "tier=noise"], ["undo"], ["log"], ["add", "https://a.example"]]
)
def test_a_name_that_is_not_a_line_of_text_is_refused_in_a_sentence(vault, run, command, name):
    run("set", ALPHA, "guest=Ada")
    before = (vault / ALPHA).read_text()
    for option in ("--by", "--why")[: 1 + (command[0] in ("set", "add"))]:
        outcome = run(*command, f"{option}={name}")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"sluice: {option}: ") and outcome.err.count("\n") == 1
        assert outcome.err[:-1].isprintable() and len(outcome.err) < 600
    assert (vault / ALPHA).read_text() == before


def test_a_name_is_data_wherever_it_is_told(vault, run, run_in_terminal):
    run("set", ALPHA, "tier=noise", "--by", "[red]--all; $(x)", "--why", "-1")
    assert run("log").lines[0].endswith("\t[red]--all; $(x)\t-1")
    (line,) = run_in_terminal("log", environment={"NO_COLOR": "1"}).lines
    assert "  [red]--all; $(x): · noise, was ■ tactical (-1)  Alpha" in line
    assert run("undo", "--by", "[red]--all; $(x)").code == 0


def test_check_takes_a_name_for_repairs_only(vault, run):
    outcome = run("check", "--by", "x")
    assert outcome.code == 2 and "--by and --why need --fix" in outcome.err


def test_tab_offers_the_names_of_the_log(vault, run):
    run("set", ALPHA, "tier=noise", "--by", "importer")
    run("set", ALPHA, "guest=Ada", "--by", "ida")
    assert authors("", Namespace(vault=None)) == ["ida", "importer"]
    assert authors("im", Namespace(vault=None)) == ["importer"]


def test_all_that_a_script_did_while_the_app_was_open_goes_at_once(vault, run):
    for number in range(50):
        (vault / f"SOURCE-{number:02}.md").write_text(f"---\nstatus: raw\ntitle: {number}\n---\n")
    before = {path: path.read_text() for path in vault.rglob("*.md")}
    desk = Desk(vault, user_folders())
    news = News(desk.vault.journal)
    news.look()
    for number in range(50):
        run("set", f"SOURCE-{number:02}.md", "tier=noise", "--by", "importer")
    run("set", "SOURCE-07.md", "tier=strategic")
    told, mine = tell(desk.schema, news.look(), str)
    assert told.sentence == "importer set tier on 50 sources"
    assert mine.sentence == "Another sluice set tier on “SOURCE-07.md”"
    refused, after = {}, {path: path.read_text() for path in vault.rglob("*.md")}
    assert len(desk.undo_each(told, refused)) == 49
    assert [str(error).partition(":")[0] for error in refused.values()] == ["“7”"]
    desk.undo_each(mine, refused := {})
    assert not refused and len(desk.undo_each(told, {})) == 1
    assert {path: path.read_text() for path in vault.rglob("*.md")} == before
    for _ in range(51):
        desk.redo()
    assert {path: path.read_text() for path in vault.rglob("*.md")} == after
