"""``sluice check``."""

import json
import shutil

import pytest

GAMMA = "inbox/SOURCE-20260103-gamma.md"


def test_a_finding_is_one_line_with_file_and_line(vault, run):
    outcome = run("check")
    assert outcome.code == 1
    (line,) = outcome.lines
    assert line.startswith(f"{GAMMA}:3: line 3 cannot be read")
    assert outcome.err == "1 problem in 1 of 3 sources\n"


def test_a_healthy_vault_is_a_success(vault, run):
    (vault / GAMMA).unlink()
    outcome = run("check")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "No problems in 2 sources\n"


def test_json_names_the_check(vault, run):
    (finding,) = [json.loads(line) for line in run("check", "--json").lines]
    assert set(finding) == {"path", "id", "title", "check", "line", "sentence"}
    assert finding["path"] == str(vault / GAMMA)
    assert (finding["check"], finding["line"]) == ("broken_header", 3)


def test_named_sources_are_checked_alone_but_against_all(vault, run):
    alpha = "SOURCE-20260101-alpha.md"
    assert run("check", alpha).code == 0
    twin = (vault / alpha).read_text().replace("com/alpha", "com/other")
    (vault / "SOURCE-20260104-twin.md").write_text(twin)
    outcome = run("check", alpha)
    assert outcome.code == 1
    assert outcome.lines == [
        f"{alpha}: the id SOURCE-20260101-001 is also used by SOURCE-20260104-twin.md",
        f"{alpha}: nearly the same title as SOURCE-20260104-twin.md",
    ]


def test_the_samples_show_every_check(vault_copy, run):
    rows = [json.loads(line) for line in run("check", "--json", "--vault", str(vault_copy)).lines]
    found = {row["check"] for row in rows}
    assert found >= {
        "broken_header",
        "stray_line",
        "unknown_value",
        "text_for_list",
        "not_a_date",
        "shared_id",
    }


STRAY = "has_transcript: yes\n---\nid: S\nstatus: raw\nhas_transcript: no\n---\nBody.\n"
ODD = (
    "---\nid: O\nstatus: raw\nkey_insights: ''\ndate_published: 20251128\nurl: https://e.org\n---\n"
)


def test_fix_repairs_every_file_as_one_change(vault, run):
    (vault / "SOURCE-odd.md").write_text(ODD)
    before = {path: path.read_bytes() for path in vault.rglob("*.md")}
    outcome = run("check", "--fix")
    assert outcome.code == 0, outcome
    assert f"{GAMMA}: escaped or closed the quotes in line 3" in outcome.lines
    assert "SOURCE-odd.md: made key_insights an empty list" in outcome.lines
    assert "SOURCE-odd.md: wrote date_published as 2025-11-28" in outcome.lines
    assert outcome.err == "Repaired 2 sources. No problems in 4 sources.\n"
    assert 'title: "\\"Gamma\\" is broken"\n' in (vault / GAMMA).read_text()
    assert (vault / "SOURCE-odd.md").read_text() == ODD.replace("''", "[]").replace(
        "20251128", "2025-11-28"
    )
    assert run("undo").code == 0
    assert {path: path.read_bytes() for path in vault.rglob("*.md")} == before


def test_a_dry_run_prints_the_diff_and_writes_nothing(vault, run):
    before = (vault / GAMMA).read_bytes()
    outcome = run("check", "--fix", "--dry-run")
    assert outcome.code == 0
    assert '-title: ""Gamma" is broken"' in outcome.lines
    assert '+title: "\\"Gamma\\" is broken"' in outcome.lines
    assert outcome.err == "Would repair 1 source. No problems in 3 sources.\n"
    assert (vault / GAMMA).read_bytes() == before
    assert run("log").out == ""


def test_only_the_sources_named_are_repaired(vault, run):
    (vault / "SOURCE-odd.md").write_text(ODD)
    assert run("check", "SOURCE-odd.md", "--fix").code == 0
    assert run("check").code == 1
    assert 'title: ""Gamma" is broken"' in (vault / GAMMA).read_text()


def test_what_is_left_is_listed_with_its_line_and_no_value_is_guessed(vault, run):
    text = "---\nid: N\nstatus: raw\nnobody's line\nsignal_tier: high\n---\nBody.\n"
    (vault / "SOURCE-none.md").write_text(text)
    (vault / "SOURCE-tier.md").write_text(text.replace("nobody's line\n", "").replace("N", "M"))
    outcome = run("check", "--fix")
    assert outcome.code == 1
    assert any(
        line.startswith("SOURCE-none.md:") and "line 4 does not belong" in line and "editor" in line
        for line in outcome.lines
    )
    assert any(line.startswith("SOURCE-tier.md: signal_tier is 'high'") for line in outcome.lines)
    assert (vault / "SOURCE-none.md").read_text() == text
    assert "signal_tier: high" in (vault / "SOURCE-tier.md").read_text()


def test_of_two_values_the_headers_stays_unless_asked_otherwise_and_both_are_named(vault, run):
    (vault / "SOURCE-stray.md").write_text(STRAY)
    outcome = run("check", "--fix", "SOURCE-stray.md")
    (line,) = outcome.lines
    assert line == ("SOURCE-stray.md: kept “has_transcript: no” and removed “has_transcript: yes”")
    assert (vault / "SOURCE-stray.md").read_text().startswith("---\nid: S\n")
    run("undo")
    run("check", "--fix", "--keep", "line", "SOURCE-stray.md")
    after = (vault / "SOURCE-stray.md").read_text()
    assert after == "---\nhas_transcript: yes\nid: S\nstatus: raw\n---\nBody.\n"


def test_fix_as_json_says_what_was_fixed_and_what_was_not(vault, run):
    (vault / "SOURCE-none.md").write_text("---\nstatus: raw\nnobody's line\n---\n")
    rows = [json.loads(line) for line in run("check", "--fix", "--json").lines]
    keys = {"path", "id", "title", "check", "line", "sentence"}
    keys |= {"fixed", "changed", "change", "refused"}
    assert all(set(row) == keys for row in rows)
    assert [(row["check"], row["fixed"]) for row in rows] == [
        ("repair", True),
        ("broken_header", False),
    ]


def test_a_dry_run_without_fix_is_wrong_usage(vault, run):
    outcome = run("check", "--dry-run")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--fix" in outcome.err


def test_a_refused_change_names_the_repair(vault, run):
    outcome = run("set", GAMMA, "tier=noise")
    assert outcome.code == 1
    assert "`sluice check --fix`" in outcome.err


def test_every_real_broken_header_is_repaired_and_given_back(corpus, tmp_path, run):
    root = tmp_path / "real"
    shutil.copytree(corpus, root)
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    run("check", "--fix", "--vault", str(root))
    rows = [json.loads(line) for line in run("check", "--json", "--vault", str(root)).lines]
    assert not [row for row in rows if row["check"] in ("broken_header", "stray_line")]
    assert before != {path: path.read_bytes() for path in root.rglob("*.md")}
    run("undo", "--vault", str(root))
    assert before == {path: path.read_bytes() for path in root.rglob("*.md")}


HIDDEN = """\
---
id: SOURCE-20260104-004
Title: Episode #5 review
status: raw
topics:
  - one #1
  - two
key_insights: []
key_insights: []
---
Body: #1
"""


def test_what_hides_data_is_listed_found_and_repaired_as_one_change(run, vault):
    path = vault / "SOURCE-20260104-delta.md"
    path.write_text(HIDDEN)
    told = run("check", path.name)
    assert told.code == 1
    for words in (
        "key_insights appears twice",
        "YAML reads “#5 review” as a comment",
        "YAML reads “#1” as a comment",
        "Title looks like title",
    ):
        assert words in told.out
    assert path.name in run("list", "-q", "has:problem").out
    assert run("set", path.name, "title=Other").code == 1
    assert path.read_text() == HIDDEN
    assert run("check", path.name, "--fix").code == 0
    assert path.read_text() == HIDDEN.replace(
        "Title: Episode #5 review", 'title: "Episode #5 review"'
    ).replace("- one #1", '- "one #1"').replace("key_insights: []\n", "", 1)
    assert run("undo").code == 0
    assert path.read_text() == HIDDEN


def test_no_second_field_is_written_beside_one_that_looks_like_it(run, vault):
    path = vault / "SOURCE-20260104-delta.md"
    for name in ("Status", "STATUS", "\xa0status", "sta\u200btus"):
        path.write_text(f"---\nid: d\n{name}: raw\n---\n")
        before = path.read_bytes()
        for words in (["promote"], ["set", "status=triaged"], ["archive"]):
            refused = run(words[0], path.name, *words[1:])
            assert refused.code == 1
            assert "looks like status" in refused.err
            assert "`sluice check --fix`" in refused.err
            assert path.read_bytes() == before
        assert run("check", path.name, "--fix").code == 0
        assert path.read_text() == "---\nid: d\nstatus: raw\n---\n"


def test_two_values_are_left_alone_until_one_is_named(run, vault):
    path = vault / "SOURCE-20260104-delta.md"
    text = "---\nid: d\ntitle: One\nstatus: raw\ntitle: Two\n---\n"
    path.write_text(text)
    told = run("check", path.name, "--fix")
    assert told.code == 1
    assert "“One” in line 3 and “Two” in line 5" in told.out
    assert path.read_text() == text
    assert run("check", path.name, "--fix", "--keep", "line").code == 0
    assert path.read_text() == text.replace("title: Two\n", "")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_heading_above_the_header_is_moved_below_it(run, vault, newline, mark):
    path = vault / "SOURCE-20260104-delta.md"
    header, body = "---\nid: d\nstatus: raw\n---\n", "Text.\n\n---\n"
    text = f"{mark}# Delta\n\n{header}{body}".replace("\n", newline)
    path.write_bytes(text.encode())
    assert "a heading above the header" in run("check", path.name).out
    shown = run("show", path.name)
    assert shown.lines[0] == "Delta"
    assert "status  raw" in shown.out
    refused = run("promote", path.name)
    assert refused.code == 1
    assert "`sluice check --fix`" in refused.err
    assert path.read_bytes() == text.encode()
    assert run("check", path.name, "--fix").code == 0
    after = f"{mark}{header}# Delta\n\n{body}".replace("\n", newline)
    assert path.read_bytes() == after.encode()
    assert run("undo").code == 0
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize(
    "text",
    ["", "Text.\n", "# Title\r\n\r\nText.", "\ufeffText.\n", "---\n\nA rule.\n", "a\u2028b\x85\n"],
)
def test_a_file_without_a_header_gets_one_and_undo_takes_it_away(run, vault, text):
    path = vault / "SOURCE-20260104-delta.md"
    path.write_bytes(text.encode())
    newline = "\r\n" if "\r\n" in text else "\n"
    header = "---\nstatus: triaged\n---\n".replace("\n", newline)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    assert run("promote", path.name).code == 0
    after = (mark + header + text.removeprefix(mark)).encode()
    assert path.read_bytes() == after
    assert run("undo").code == 0
    assert path.read_bytes() == text.encode()
    assert run("redo").code == 0
    assert path.read_bytes() == after
    path.write_bytes(after + b"More.\n")
    assert run("undo").code == 0
    assert path.read_bytes() == text.encode() + b"More.\n"


def test_no_repair_is_advised_where_there_is_none(run, vault):
    path = vault / "SOURCE-20260104-delta.md"
    for text in ("---\nstatus: raw\nnobody's line\n---\n", "+++\na = 1 2\n+++\n"):
        path.write_text(text)
        refused = run("set", path.name, "title=x")
        assert refused.code == 1
        assert "no safe repair is known, so use an editor" in refused.err
        assert "--fix" not in refused.err
