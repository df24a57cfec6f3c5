"""What a press of tab offers."""

import subprocess
import sys

import pytest


@pytest.fixture
def offered(vault, run_process, tmp_path, monkeypatch):
    """What the shell is answered for a line with the cursor at its end, as bash asks."""
    answer = tmp_path / "answer"
    monkeypatch.setenv("_ARGCOMPLETE", "1")
    monkeypatch.setenv("_ARGCOMPLETE_IFS", "\n")
    monkeypatch.setenv("_ARGCOMPLETE_STDOUT_FILENAME", str(answer))
    monkeypatch.setenv("_ARGCOMPLETE_COMP_WORDBREAKS", " \t\n\"'><=;|&(:")

    def complete(line):
        monkeypatch.setenv("COMP_LINE", line)
        monkeypatch.setenv("COMP_POINT", str(len(line)))
        assert run_process(cwd=vault).returncode == 0
        return answer.read_text().split("\n")

    return complete


def test_commands_and_folders_come_first(offered):
    assert {"list", "find", "set", "promote", "inbox/"} <= set(offered("sluice "))
    assert offered("sluice pro") == ["promote", "propose", "proposals"]
    assert offered("sluice inb") == ["inbox/"]


def test_a_reference_is_completed_by_stem_path_or_id(offered):
    assert offered("sluice show SOURCE-20260101-a") == ["SOURCE-20260101-alpha "]
    assert offered("sluice archive inbox/SOU") == ["inbox/SOURCE-20260103-gamma.md "]
    assert offered("sluice promote SOURCE-20260102-0") == ["SOURCE-20260102-002 "]


def test_after_a_reference_set_offers_fields_and_then_their_values(offered):
    line = "sluice set SOURCE-20260101-alpha "
    assert "signal_tier=" in offered(line)
    assert offered(f"{line}signal_t") == ["signal_tier="]
    assert offered(f"{line}tier=") == ["paradigm", "strategic", "tactical", "noise"]
    assert offered(f"{line}has_transcript=") == ["yes", "no"]
    assert offered(f"{line}aliases-=Fi") == [r"First\ letter "]


def test_an_open_field_offers_the_values_in_use_too(offered, vault):
    path = vault / "SOURCE-20260101-alpha.md"
    path.write_text(path.read_text().replace("claude-code", "my-own-notebook"))
    offers = offered("sluice set SOURCE-20260101-alpha cat=")
    assert {"claude-code", "my-own-notebook"} <= set(offers)


def test_queries_statuses_and_sort_keys_are_completed(offered):
    assert offered("sluice list -q stat") == ["status:"]
    assert offered("sluice list -q status:ra") == ["raw "]
    assert offered("sluice list -q 'status:raw tie") == ["status:raw tier:"]
    assert offered("sluice list -q 'status:raw,tri") == ["status:raw,triaged"]
    assert offered("sluice list -q has:prob") == ["problem "]
    assert offered("sluice promote SOURCE-20260101-alpha --to inte") == ["integrated "]
    assert offered("sluice list --sort date_pu") == ["date_published "]


def test_values_that_only_the_vault_knows_are_offered_in_queries(offered, vault):
    path = vault / "SOURCE-20260101-alpha.md"
    path.write_text(path.read_text().replace("claude-code", "my-own-notebook"))
    assert offered("sluice list -q cat:my") == ["my-own-notebook "]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_code_names_the_command(run, shell):
    outcome = run("completion", shell)
    assert (outcome.code, outcome.err) == (0, "")
    assert "_ARGCOMPLETE" in outcome.out
    assert "sluice" in outcome.out


def test_bash_accepts_the_code_and_completes_with_it(run, vault, tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "sluice"
    root = __file__.rpartition("/tests/")[0]
    script.write_text(f'#!/bin/sh\nPYTHONPATH={root} exec {sys.executable} -m tui "$@"\n')
    script.chmod(0o755)
    code = run("completion", "bash").out
    ask = (
        f"PATH={folder}:$PATH\n{code}\n"
        'COMP_LINE="sluice und" COMP_POINT=10 COMP_TYPE=9\n'
        "_python_argcomplete sluice und sluice\n"
        'printf "%s" "${COMPREPLY[*]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "-i", "-c", ask],
        capture_output=True,
        text=True,
        check=False,
        cwd=vault,
    )
    assert done.stdout == "undo "


def test_names_and_values_to_rename_are_completed(offered):
    assert offered("sluice rename-field signal_t") == ["signal_tier="]
    assert offered("sluice rename-value signal_t") == ["signal_tier "]
    assert {"paradigm=", "tactical="} <= set(offered("sluice rename-value tier "))
    assert offered("sluice rename-value topics x=y -q stat") == ["status:"]


def test_fields_that_only_the_vault_knows_are_offered(offered, vault):
    path = vault / "SOURCE-20260101-alpha.md"
    text = path.read_text().replace("---\n# A", "分类: [小说]\nread by: Ada\na=b: x\n---\n# A")
    path.write_text(text)
    line = "sluice set SOURCE-20260101-alpha "
    assert offered(f"{line}分") == ["分类="]
    assert offered(f"{line}分类=") == ["小说 "]
    assert offered(f"{line}read") == [r"read\ by="]


def test_set_of_a_query_offers_fields_at_once(offered):
    assert offered("sluice set -q status:raw signal_t") == ["signal_tier="]
    assert offered("sluice set -q stat") == ["status:"]


def test_the_vault_may_be_named_before_the_command(offered, vault, tmp_path, monkeypatch):
    (vault / "SOURCE-20260101-alpha.md").rename(tmp_path / "SOURCE-moved.md")
    line = f"sluice --vault {tmp_path} show SOURCE-"
    assert "SOURCE-moved" in offered(line)


def test_a_name_in_another_unicode_form_is_completed(offered, vault):
    apart = "cafe\u0301s"
    (vault / f"SOURCE-{apart}.md").write_text("---\nstatus: raw\n---\n")
    assert offered("sluice show SOURCE-caf\u00e9") == ["SOURCE-caf\u00e9s "]


def test_a_field_of_that_name_is_offered_before_what_the_name_is_short_for(vault, offered):
    path = vault / "SOURCE-20260102-beta.md"
    path.write_text(path.read_text().replace("status:", "tier: gold\nstatus:"))
    assert offered("sluice set SOURCE-20260102-beta tier=") == ["gold "]
    assert "paradigm" in offered("sluice set SOURCE-20260102-beta signal_tier=")


def test_commands_of_two_words_and_the_names_of_notebooks_are_completed(offered, vault):
    path = vault / "SOURCE-20260101-alpha.md"
    text = path.read_text()
    path.write_text(text.replace("status: raw", "status: raw\nnotebooks: [Agents at work]"))
    assert {"list", "add", "rename"} <= {one.strip() for one in offered("sluice notebook ")}
    assert offered("sluice notebook add Ag") == ["Agents\\ at\\ work "]
    assert offered("sluice notebook add x SOURCE-20260101-a") == ["SOURCE-20260101-alpha "]
