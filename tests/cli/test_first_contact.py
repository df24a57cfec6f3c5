"""``sluice list`` in a folder that sluice does not recognise says on stderr what the app shows."""

import pytest


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_a_folder_of_plain_notes_is_answered_with_what_a_source_is(tmp_path, run, option):
    (tmp_path / "note.md").write_text("# Note\n")
    outcome = run("list", "--vault", str(tmp_path), *option)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith(f"The only Markdown file in {tmp_path} is not a source. A source")
    assert "put status: raw between two --- lines" in outcome.err
    assert outcome.err.count("\n") == 1


def test_unknown_statuses_are_reported_beside_the_rows(tmp_path, run):
    for number in range(12):
        (tmp_path / f"{number}.md").write_text("---\nstatus: draft\n---\n# Draft\n")
    outcome = run("list", "--vault", str(tmp_path))
    assert len(outcome.lines) == 12
    assert outcome.err == (
        "12 sources have the status draft, which sluice does not know. "
        "`sluice init` writes a sluice.yaml for your own statuses.\n"
    )
