"""``sluice check``."""

import json

GAMMA = "inbox/SOURCE-20260103-gamma.md"


def test_a_finding_is_one_line_with_file_and_line(vault, run):
    outcome = run("check")
    assert outcome.code == 1
    (line,) = outcome.lines
    assert line.startswith(f"{GAMMA}:3: line 3 cannot be read")
    assert outcome.err == "problems: 1, in 1 of 3 sources\n"


def test_a_healthy_vault_is_no_failure(vault, run):
    (vault / GAMMA).unlink()
    outcome = run("check")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "problems: 0, in 0 of 2 sources\n"


def test_json_names_the_check(vault, run):
    (finding,) = [json.loads(line) for line in run("check", "--json").lines]
    assert set(finding) == {"path", "check", "line", "sentence"}
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
        f"{alpha}: the id SOURCE-20260101-001 is also that of SOURCE-20260104-twin.md"
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
