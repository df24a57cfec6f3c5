from tui.checks.broken_header import broken_header


def test_a_header_yaml_cannot_read_is_found_with_its_line(read):
    (finding,) = broken_header(read('id: a\ntitle: ""Ralph" agent"\nstatus: raw'))
    assert (finding.name, finding.check, finding.line) == ("SOURCE-a.md", "broken_header", 3)
    assert "line 3" in finding.sentence


def test_a_file_without_a_header_is_not_its_business(read):
    assert list(broken_header(read("Only a body.\n", whole=True))) == []


def test_a_header_that_never_closes_is_found(read):
    (finding,) = broken_header(read("---\nstatus: raw\n", whole=True))
    assert "closing" in finding.sentence


def test_a_readable_header_and_a_stray_line_are_not_its_business(read):
    assert list(broken_header(read("status: raw"))) == []
    stray = read("has_transcript: yes\n---\nstatus: raw\n---\n", whole=True)
    assert list(broken_header(stray)) == []
