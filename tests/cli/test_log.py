"""``sluice log REF``: the history of one source, with its git commits; ``--today``."""

import json
import subprocess
from pathlib import Path

import pytest

from tui.state.folders import user_folders

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
PEOPLE = {"NO_COLOR": "1"}


@pytest.fixture
def git(vault, monkeypatch):
    """Runs git in the vault, as somebody with a name."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ada Äöü")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ada@example.com")

    def run_git(*arguments):
        subprocess.run(["git", *arguments], cwd=vault, check=True, capture_output=True)

    return run_git


def log(run, *arguments):
    outcome = run("log", *arguments, "--json")
    assert outcome.code == 0
    return [json.loads(line) for line in outcome.lines]


def labels(run, *arguments):
    return [entry["label"] for entry in log(run, *arguments)]


def test_the_history_of_a_source_has_its_changes_only_newest_first(vault, run):
    run("set", ALPHA, "tier=noise")
    run("set", BETA, "guest=Bo")
    run("set", ALPHA, BETA, "guest=Ada")
    entries = log(run, ALPHA)
    assert [entry["label"] for entry in entries] == ["guest = Ada", "signal_tier = noise"]
    assert [[file["name"] for file in entry["files"]] for entry in entries] == [[ALPHA]] * 2
    assert labels(run, "SOURCE-20260101-001", "--reverse", "--limit", "1") == [
        "signal_tier = noise"
    ]


def test_it_follows_the_file_through_its_names_and_outlives_it(vault, run):
    run("set", ALPHA, "tier=noise")
    (vault / ALPHA).rename(vault / "inbox" / "SOURCE-new.md")
    run("set", "inbox/SOURCE-new.md", "guest=Ada")
    assert labels(run, "SOURCE-new") == ["guest = Ada", "signal_tier = noise"]
    (vault / "inbox" / "SOURCE-new.md").unlink()
    assert labels(run, "inbox/SOURCE-new.md") == ["guest = Ada", "signal_tier = noise"]
    outcome = run("log", "SOURCE-never.md")
    assert outcome.code == 1 and "No source is called SOURCE-never.md" in outcome.err


def test_today_is_what_was_decided_today(vault, run):
    run("set", ALPHA, "tier=noise")
    journal = next(user_folders().state.rglob("journal.jsonl"))
    journal.write_text(journal.read_text().replace('"time":"20', '"time":"19'))
    run("set", BETA, "guest=Bo", "--by", "x")
    assert labels(run, "--today") == ["guest = Bo"]
    assert labels(run) == ["guest = Bo", "signal_tier = noise"]
    assert labels(run, ALPHA, "--today") == []
    assert labels(run, BETA, "--today", "--by", "x") == ["guest = Bo"]
    assert labels(run, "--today", "-q", "alpha") == []


def test_a_ref_and_a_query_do_not_go_together(vault, run):
    outcome = run("log", ALPHA, "-q", "alpha")
    assert outcome.code == 2 and "Give a REF or -q QUERY, not both" in outcome.err


def test_commits_are_told_between_the_changes_with_what_they_changed(
    vault, run, git, run_in_terminal
):
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Begin")
    git("mv", ALPHA, "SOURCE-renamed.md")
    git("commit", "-qm", "Rename [red] 日本")
    run("set", "SOURCE-renamed", "tier=noise", "topics+=x", "--by", "importer")
    git("commit", "-qam", "Import")
    run("set", "SOURCE-renamed", "guest=Ada")
    entries = log(run, "SOURCE-renamed")
    assert [(entry["kind"], entry["label"]) for entry in entries] == [
        ("change", "guest = Ada"),
        ("commit", "Import"),
        ("change", "signal_tier = noise, topics += x"),
        ("commit", "Rename [red] 日本"),
        ("commit", "Begin"),
    ]
    assert all(set(entry) == set(entries[0]) for entry in entries)
    imported, renamed, begun = (entries[place] for place in (1, 3, 4))
    assert imported["by"] == "Ada Äöü"
    assert imported["files"] == [
        {
            "name": "SOURCE-renamed.md",
            "fields": [
                {"field": "signal_tier", "before": "tactical", "after": "noise"},
                {"field": "topics", "before": None, "after": ["x"]},
            ],
            "hash": entries[2]["files"][0]["hash"],
        }
    ]
    assert renamed["files"][0]["fields"] == [] and begun["files"][0]["name"] == ALPHA
    assert [e["label"] for e in log(run, "SOURCE-renamed", "--by", "importer")] == [
        "signal_tier = noise, topics += x"
    ]
    shown = run_in_terminal("log", "SOURCE-renamed", environment=PEOPLE).lines
    assert shown[0] == "Alpha and the agents  SOURCE-renamed.md"
    assert shown[1].endswith("  guest: Ada")
    assert shown[2].endswith(
        f"commit {imported['id'][:7]} by Ada Äöü: Import (· noise, was ■ tactical; topics + x)"
    )
    assert shown[5].endswith(f"  as {ALPHA}") and " by Ada Äöü: Begin (id, " in shown[5]
    plain = run("log", "SOURCE-renamed").lines[1].split("\t")
    assert plain[2:] == ["commit", "Import", "SOURCE-renamed.md", "Ada Äöü", ""]


def test_a_rename_that_is_not_committed_yet_hides_no_commit(vault, run, git):
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Begin")
    run("set", ALPHA, "tier=noise")
    (vault / ALPHA).rename(vault / "SOURCE-later.md")
    assert labels(run, "SOURCE-later") == ["signal_tier = noise", "Begin"]


def test_a_vault_in_a_folder_of_a_repository_has_its_commits(vault, run, git):
    git("init", "-q", "..")
    git("add", ".")
    git("commit", "-qm", "Begin")
    (entry,) = log(run, "inbox/SOURCE-20260103-gamma.md")
    assert entry["files"][0]["name"] == "inbox/SOURCE-20260103-gamma.md"


def test_without_git_there_are_the_changes_and_no_word(vault, run):
    run("set", ALPHA, "tier=noise")
    outcome = run("log", ALPHA)
    assert (len(outcome.lines), outcome.err) == (1, "")


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("sleep 60", "git took longer than 0.3 seconds"),
        ("echo fatal: dubious ownership >&2; exit 128", "git refused: fatal: dubious ownership"),
        ("exit 3", "git refused: it ended with 3"),
        ("head -c 100000 /dev/urandom", ""),
        ("printf '\\0a\\0b\\0c\\0d\\0\\n:1 2\\0'", ""),
        (None, "git is not installed"),
    ],
)
def test_a_git_that_does_not_answer_delays_and_breaks_nothing(
    vault, run, tmp_path, monkeypatch, program, said
):
    (vault / ".git").mkdir()
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("sh", "sleep", "head", "printf"):
        where = next(p for p in ("/bin", "/usr/bin") if Path(p, name).exists())
        (folder / name).symlink_to(f"{where}/{name}")
    if program is not None:
        (folder / "git").write_text(f"#!/bin/sh\n{program}\n")
        (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("tui.vault.past.past_of.__defaults__", (0.3,))
    run("set", ALPHA, "tier=noise")
    outcome = run("log", ALPHA)
    assert (outcome.code, len(outcome.lines)) == (0, 1)
    assert outcome.err == (f"note: {said}, so the commits are missing.\n" if said else "")


def test_git_runs_nothing_that_the_folder_names(vault, run, git, tmp_path):
    planted = tmp_path / "planted"
    planted.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n")
    planted.chmod(0o755)
    git("init", "-q")
    (vault / ".gitattributes").write_text("*.md diff=x filter=x\n")
    git("add", ".")
    git("commit", "-qm", "Begin")
    for name in ("core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv",
                 "diff.x.command", "filter.x.smudge", "filter.x.clean", "gpg.program",
                 "core.sshCommand", "core.askPass"):  # fmt: skip
        git("config", name, str(planted))
    git("config", "log.showSignature", "true")
    assert labels(run, ALPHA) == ["Begin"]
    assert not (tmp_path / "ran").exists()


def test_another_repository_in_the_environment_is_not_asked(vault, run, git, tmp_path, monkeypatch):
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "Begin")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    assert labels(run, ALPHA) == ["Begin"]
