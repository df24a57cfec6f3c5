from tui.checks.stray_line import stray_line


def test_a_line_above_the_header_is_found(read):
    stray = read("has_transcript: yes\n---\nstatus: raw\n---\nBody.\n", whole=True)
    (finding,) = stray_line(stray)
    assert (finding.check, finding.line) == ("stray_line", 1)
    assert finding.sentence == "a line above the header"


def test_several_lines_above_the_header_are_counted(read):
    stray = read("a: 1\nb: 2\n---\nstatus: raw\n---\n", whole=True)
    assert [finding.sentence for finding in stray_line(stray)] == ["2 lines above the header"]


def test_other_problems_are_not_its_business(read):
    assert list(stray_line(read("status: raw"))) == []
    assert list(stray_line(read('title: ""a" b"\nstatus: raw'))) == []
    assert list(stray_line(read("Only a body.\n", whole=True))) == []
