"""``sluice urls``."""

import pytest


def test_each_url_is_printed_once_and_what_is_none_is_left_out(vault, run):
    twin = (vault / "SOURCE-20260101-alpha.md").read_text()
    (vault / "SOURCE-20260104-twin.md").write_text(twin)
    outcome = run("urls")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.lines == ["https://example.com/alpha", "https://example.com/beta"]


def test_a_query_chooses_whose(vault, run):
    assert run("urls", "-q", "tier:paradigm").lines == ["https://example.com/beta"]


@pytest.mark.parametrize(
    "url",
    [
        r"https://example.com/\e[2Jx",
        r"https://a.b\nhttps://c.d",
        "https://a.b\tc",
        r"http://\u202ea",
    ],
)
def test_a_url_that_no_browser_can_open_is_skipped_with_a_note(vault, run, url):
    path = vault / "SOURCE-20260101-alpha.md"
    path.write_text(f'---\nstatus: raw\nurl: "{url}"\n---\n')
    outcome = run("urls")
    assert outcome.lines == ["https://example.com/beta"]
    assert outcome.err.startswith("Skipped: 1 source has a URL with a blank")
    command = outcome.err.partition("`sluice ")[2].partition("`")[0].split()
    assert run(*command).out.count("\n") == 1
    assert "SOURCE-20260101-alpha" in run(*command).out
