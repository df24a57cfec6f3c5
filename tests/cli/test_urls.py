"""``sluice urls``."""


def test_each_url_is_printed_once_and_what_is_none_is_left_out(vault, run):
    twin = (vault / "SOURCE-20260101-alpha.md").read_text()
    (vault / "SOURCE-20260104-twin.md").write_text(twin)
    outcome = run("urls")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.lines == ["https://example.com/alpha", "https://example.com/beta"]


def test_a_query_chooses_whose(vault, run):
    assert run("urls", "-q", "tier:paradigm").lines == ["https://example.com/beta"]


def test_a_url_cannot_send_commands_to_the_terminal(vault, run):
    path = vault / "SOURCE-20260101-alpha.md"
    path.write_text('---\nstatus: raw\nurl: "https://example.com/\\e[2Jx"\n---\n')
    assert run("urls").lines[0] == "https://example.com/␛[2Jx"
