"""``sluice notebook show | urls | export | packet | reconcile``: from judged to delivered."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from tui.cli.scripts import scripts_page

TODAY = date.today().isoformat()
ADDRESSES = {
    "video": "https://youtu.be/abc?si=x",
    "page": "https://example.com/page?utm_source=mail",
    "again": "https://www.example.com/page/",
    "thread": "https://x.com/a/status/1",
    "nowhere": "internal",
}
TITLES = {
    "video": "A video about agents",
    "page": 'A page: "quoted" by @me',
    "again": "The same page, captured twice",
    "thread": "A thread about agents",
    "nowhere": "Notes of our own",
}


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Five sources in one notebook, two of them with the same address."""
    root = tmp_path / "vault"
    root.mkdir()
    for at, (name, url) in enumerate(ADDRESSES.items(), 1):
        tier = "paradigm" if name == "page" else "tactical"
        (root / f"SOURCE-{name}.md").write_text(
            f"---\nid: SOURCE-{at}\ntitle: {json.dumps(TITLES[name])}\nstatus: triaged\n"
            f"signal_tier: {tier}\ndate_published: 2026-01-0{at}\nurl: {url}\n"
            f"notebooks: [Agents at work]\n---\n# One\n\n{'word ' * 60}\n"
        )
    monkeypatch.chdir(root)
    return root


NAME = "agents AT work"
PAGE, VIDEO = "https://example.com/page", "https://www.youtube.com/watch?v=abc"


def sent(root):
    return {
        path.stem.removeprefix("SOURCE-")
        for path in root.iterdir()
        if f"Agents at work@{TODAY}" in path.read_text()
    }


def test_urls_are_printed_once_normalised_by_tier_and_what_is_left_out_is_said(shelf, run):
    outcome = run("notebook", "urls", NAME)
    assert (outcome.code, outcome.lines) == (0, [PAGE, VIDEO])
    assert outcome.err.splitlines()[:2] == [
        "left out: 2 sources to export as files: “internal” is not an address, x.com cannot be "
        "fetched",
        "left out: 1 source with the same address as another one",
    ]
    assert "1 with a duplicate" in outcome.err or "2 with a duplicate" in outcome.err


def test_the_next_ones_are_those_not_yet_delivered(shelf, run):
    outcome = run("notebook", "urls", NAME, "--next", "1", "--mark")
    assert outcome.lines == [PAGE]
    assert "note: 1 more to come" in outcome.err
    assert sent(shelf) == {"page"}
    assert run("notebook", "urls", NAME, "--next", "5", "--mark").lines == [VIDEO]
    assert sent(shelf) == {"page", "video"}
    again = run("notebook", "urls", NAME, "--next", "5", "--mark")
    assert (again.code, again.lines) == (0, [])
    assert "2 sources delivered already" in again.err and "Nothing to note" in again.err
    assert run("notebook", "urls", NAME).lines == [PAGE, VIDEO]
    assert run("undo").code == 0
    assert sent(shelf) == {"page"}


def test_what_is_delivered_comes_last_without_next(shelf, run):
    run("notebook", "sent", NAME, "SOURCE-2")
    outcome = run("notebook", "urls", NAME)
    assert outcome.lines == [VIDEO, PAGE]
    assert "1 source delivered already, at the end" in outcome.err


def test_export_writes_the_files_and_prints_their_paths(shelf, run, tmp_path):
    out = tmp_path / "out"
    outcome = run("notebook", "export", NAME, "--to", str(out), "--manifest")
    files = ["Notes of our own.md", "A thread about agents.md"]
    manifests = ["manifest.json", "manifest.csv"]
    assert (outcome.code, outcome.lines) == (0, [str(out / name) for name in files + manifests])
    assert "Exported 4 files" in outcome.err and "3 sources to add by address" in outcome.err
    text = (out / "A thread about agents.md").read_text()
    assert text.startswith(
        "# A thread about agents\n\n- Address: https://x.com/a/status/1\n"
        "- Source: [[SOURCE-thread]]\n\n# One\n"
    )
    rows = json.loads((out / "manifest.json").read_text())["sources"]
    assert [row["route"] for row in rows].count("address") == 3
    again = run("notebook", "export", NAME, "--to", str(out), "--manifest")
    assert again.lines == outcome.lines and "4 unchanged" in again.err


def test_export_takes_all_packs_them_and_says_what_it_would_do(shelf, run, tmp_path):
    out = tmp_path / "out"
    dry = run("notebook", "export", NAME, "--to", str(out), "--all", "--dry-run")
    assert len(dry.lines) == 5 and "Would export 5 files" in dry.err and not out.exists()
    packed = run("notebook", "export", NAME, "--to", str(out), "--all", "--pack")
    assert packed.lines == [str(out / "Agents at work - pack 01.md")]
    text = Path(packed.lines[0]).read_text()
    assert [ln for ln in text.splitlines() if ln.startswith("# ")] == [
        f"# {TITLES[name]}" for name in ("page", "nowhere", "thread", "again", "video")
    ]
    assert text.count("## One") == 5


def test_export_never_writes_into_the_vault_or_over_files_of_others(shelf, run, tmp_path):
    before = {path.name: path.read_bytes() for path in shelf.iterdir()}
    refused = run("notebook", "export", NAME, "--to", "files")
    assert (refused.code, refused.out) == (1, "")
    assert "is inside the vault" in refused.err
    out = tmp_path / "out"
    out.mkdir()
    (out / "Notes of our own.md").write_text("mine")
    outcome = run("notebook", "export", NAME, "--to", str(out))
    assert outcome.code == 1
    assert outcome.lines == [str(out / "A thread about agents.md")]
    assert "left out: Notes of our own.md: is already in the folder" in outcome.err
    assert (out / "Notes of our own.md").read_text() == "mine"
    assert {path.name: path.read_bytes() for path in shelf.iterdir()} == before


def test_an_export_that_cannot_be_written_is_a_sentence(shelf, run, tmp_path):
    (tmp_path / "file").write_text("")
    outcome = run("notebook", "export", NAME, "--to", str(tmp_path / "file" / "in"))
    assert outcome.code == 1 and len(outcome.err.splitlines()) == 1
    assert "Traceback" not in outcome.err


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux's /proc")
def test_a_folder_that_takes_no_others_is_a_sentence(shelf, run):
    outcome = run("notebook", "export", NAME, "--to", "/proc/none/in")
    assert outcome.code == 1
    assert outcome.err.startswith("sluice: Cannot write Notes of our own.md to /proc/none/in (")


def test_export_can_note_what_it_wrote_as_delivered(shelf, run, tmp_path):
    run("notebook", "export", NAME, "--to", str(tmp_path / "out"), "--mark")
    assert sent(shelf) == {"thread", "nowhere"}
    assert run("undo").code == 0 and sent(shelf) == set()
    run("notebook", "export", NAME, "--to", str(tmp_path / "out"), "--mark", "--dry-run")
    assert sent(shelf) == set()


def test_a_notebook_of_addresses_only_has_nothing_to_export(shelf, run, tmp_path):
    for name in ("thread", "nowhere"):
        (shelf / f"SOURCE-{name}.md").unlink()
    outcome = run("notebook", "export", NAME, "--to", str(tmp_path / "out"))
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith("Nothing to export: 3 sources, all with an address; --all")


def test_show_says_route_delivery_warnings_and_what_changed_since(shelf, run):
    run("notebook", "sent", NAME, "SOURCE-1")
    run("set", "SOURCE-1", "tier=noise", "title=Another title")
    run("promote", "SOURCE-3", "--to", "raw")
    rows = {
        json.loads(line)["id"]: json.loads(line)
        for line in run("notebook", "show", NAME, "--json").lines
    }
    assert rows["SOURCE-1"]["sent"] == TODAY and rows["SOURCE-1"]["address"] == VIDEO
    assert rows["SOURCE-1"]["changed"] == ["title"]
    assert rows["SOURCE-2"]["changed"] == [] and rows["SOURCE-2"]["sent"] is None
    assert (rows["SOURCE-4"]["route"], rows["SOURCE-4"]["reason"]) == (
        "file",
        "x.com cannot be fetched",
    )
    kinds = {row["id"]: [one["kind"] for one in row["warnings"]] for row in rows.values()}
    assert kinds["SOURCE-3"] == ["raw", "duplicate"] and kinds["SOURCE-4"] == []
    plain = run("notebook", "show", NAME)
    assert any("title changed" in line for line in plain.lines)


def test_show_says_that_another_program_changed_the_file_since(shelf, run):
    import os

    run("notebook", "sent", NAME, "SOURCE-1")
    path = shelf / "SOURCE-video.md"
    path.write_text(path.read_text() + "more\n")
    later = path.stat().st_mtime + 60
    os.utime(path, (later, later))
    (line,) = [ln for ln in run("notebook", "show", NAME, "--json").lines if '"SOURCE-1"' in ln]
    assert json.loads(line)["changed"] == ["the file"]


def test_an_undo_and_a_fresh_clone_are_no_change_of_the_file(shelf, run):
    import os

    def changed():
        lines = run("notebook", "show", NAME, "--json").lines
        return [one for line in lines for one in json.loads(line)["changed"]]

    run("notebook", "sent", NAME, "SOURCE-1")
    run("set", "SOURCE-1", "guest=Ada")
    run("undo")
    path = shelf / "SOURCE-video.md"
    later = path.stat().st_mtime + 60
    os.utime(path, (later, later))
    assert changed() == []
    other = shelf / "SOURCE-thread.md"
    text = other.read_text()
    other.write_text(
        text.replace("notebooks:", "notebooks_sent: [Agents at work@2026-01-05]\nnotebooks:")
    )
    assert changed() == []


def test_a_notebook_over_its_cap_is_said(shelf, run):
    (shelf / "sluice.yaml").write_text("notebooks: {cap: 4}\n")
    assert "note: 5 members, 1 over the cap of 4" in run("notebook", "show", NAME).err


def test_list_counts_the_routes(shelf, run):
    (line,) = run("notebook", "list", "--json").lines
    assert json.loads(line)["routes"] == {"address": 3, "file": 2}


def test_a_packet_lists_sources_and_questions(shelf, run):
    (shelf / "sluice.yaml").write_text(
        "notebooks: {names: {Agents at work: {for: what agents do}}}\n"
    )
    outcome = run("notebook", "packet", NAME, "--ask", "What do they share?", "--ask", "And\nnot?")
    assert outcome.lines[:8] == [
        "# Agents at work",
        "",
        "what agents do",
        "",
        "## Questions",
        "",
        "1. What do they share?",
        "2. And not?",
    ]
    assert f'1. A page: "quoted" by @me · [[SOURCE-page]] · <{PAGE}>' in outcome.lines
    assert outcome.lines[-5:][0].startswith("1. ") and "## Sources (5)" in outcome.lines
    assert """sluice set -q 'nb:"Agents at work"' integrated_into+='[[NOTE]]'""" in outcome.err
    linked = run("set", "-q", 'nb:"Agents at work"', "integrated_into+=[[NOTE]]")
    assert linked.code == 0
    assert all("[[NOTE]]" in path.read_text() for path in shelf.glob("SOURCE-*.md"))


SHOWN = """\
- A VIDEO ABOUT AGE…
A page - “quoted” by @me

A page - “quoted” by @me
Something else entirely
"""


def test_reconcile_tells_delivered_missing_double_and_unknown(shelf, run, tmp_path):
    outcome = run("notebook", "reconcile", NAME, "--json", stdin=SHOWN)
    assert outcome.code == 0
    (line,) = outcome.lines
    found = json.loads(line)
    assert [*found] == ["delivered", "missing", "double", "unknown"]
    assert [one["id"] for one in found["delivered"]] == ["SOURCE-2", "SOURCE-1"]
    assert [one["id"] for one in found["double"]] == ["SOURCE-2"]
    assert {one["id"] for one in found["missing"]} == {"SOURCE-3", "SOURCE-4", "SOURCE-5"}
    assert [(one["line"], one["text"]) for one in found["unknown"]] == [
        (5, "Something else entirely")
    ]
    assert sent(shelf) == set()
    assert "--mark notes 2 sources as delivered" in outcome.err
    listed = tmp_path / "shown.txt"
    listed.write_text(SHOWN)
    rows = [line.split("\t") for line in run("notebook", "reconcile", NAME, str(listed)).lines]
    assert sorted(row[0] for row in rows) == sorted(
        ["delivered"] * 2 + ["missing"] * 3 + ["double", "unknown"]
    )


def test_reconcile_marks_as_one_change_with_one_undo(shelf, run):
    outcome = run("notebook", "reconcile", NAME, "--mark", "--json", stdin=SHOWN)
    assert outcome.code == 0 and len(outcome.lines) == 1
    assert sent(shelf) == {"video", "page"}
    again = run("notebook", "reconcile", NAME, "--mark", stdin=SHOWN)
    assert again.code == 0 and "Nothing to note" in again.err
    assert run("undo").code == 0
    assert sent(shelf) == set()


def test_reconcile_knows_the_files_and_packs_that_were_exported(shelf, run, tmp_path):
    run("notebook", "export", NAME, "--to", str(tmp_path / "out"), "--pack")
    outcome = run("notebook", "reconcile", NAME, "--json", stdin="Agents at work - pack 01.md\n")
    found = json.loads(outcome.out)
    assert {one["id"] for one in found["delivered"]} == {"SOURCE-4", "SOURCE-5"}


def test_wrong_arguments_and_names_are_refused(shelf, run, tmp_path):
    assert run("notebook", "urls", "Agnts at work").code == 1
    assert "did you mean Agents at work?" in run("notebook", "urls", "Agnts at work").err
    assert run("notebook", "export", NAME).code == 2
    # As from a script whose variable is not set.
    assert run("notebook", "export", NAME, "--to", "").code == 2
    assert run("notebook", "urls", NAME, "--next", "0").code == 2
    assert run("notebook", "reconcile", NAME, str(tmp_path / "none")).code == 1
    (shelf / "sluice.yaml").write_text("roles: {notebooks: null}\n")
    assert run("notebook", "show", NAME).code == 1


def test_in_a_terminal_a_column_without_text_takes_no_room(shelf, run_in_terminal):
    shown = run_in_terminal("notebook", "show", NAME, "--color=never", columns=120)
    lines = [line for line in shown.lines if line.startswith(("file", "address"))]
    assert len(lines) == 5 and all(len(line) <= 120 for line in lines)
    assert any(re.search("^file +A thread about agents +x.com cannot be", one) for one in lines)


def test_in_a_terminal_it_asks_whether_they_are_delivered(shelf, run_in_terminal):
    arguments = ("notebook", "urls", NAME, "--next", "1", "--mark")
    shown = run_in_terminal(*arguments, keys=b"n\n", after=b"delivered? [y/N]")
    assert "Nothing was noted as delivered" in shown.out and sent(shelf) == set()
    run_in_terminal(*arguments, keys=b"y\n", after=b"delivered? [y/N]")
    assert sent(shelf) == {"page"}


def test_without_a_field_for_deliveries_it_is_said_once_and_first(shelf, run, tmp_path):
    (shelf / "sluice.yaml").write_text("roles: {sent: null}\n")
    to = str(tmp_path / "out")
    for command in (
        ["sent", NAME, "--yes"],
        ["sent", NAME, "-q", "nb:", "--yes"],
        ["urls", NAME, "--mark", "--yes"],
        ["export", NAME, "--to", to, "--mark", "--yes"],
    ):
        outcome = run("notebook", *command)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.count("no field for what was delivered") == 1
    assert not (tmp_path / "out").exists()
    assert run("notebook", "urls", NAME).lines == [PAGE, VIDEO]


@pytest.mark.parametrize(
    "command", [["list"], ["show", NAME], ["reconcile", NAME], ["suggest", "SOURCE-1"]]
)
def test_the_page_for_scripts_names_the_keys_of_each_object(shelf, run, command):
    row = next(
        line
        for line in scripts_page().splitlines()
        if line.startswith(f"| `notebook {command[0]}`")
    )
    named = re.sub(r" \(.*?\)", "", row.split("|")[2]).strip().split(", ")
    outcome = run("notebook", *command, "--json", stdin="A video about agents\n")
    assert list(json.loads(outcome.lines[0])) == named
