from pathlib import Path

from tui.checks.broken_header import broken_header
from tui.checks.report import problem_of
from tui.checks.too_large import too_large
from tui.vault.reading.one_file import source_from
from tui.vault.source import Stamp

STAMP = Stamp(1 << 40, 0, 0)


def cut(text):
    """A source of whose file only the beginning was read."""
    return source_from(Path("/vault"), "SOURCE-a.md", text, STAMP, whole=False)


def test_a_file_of_which_only_the_beginning_is_read_is_found():
    (finding,) = too_large(cut("---\nstatus: raw\n---\n"))
    assert (finding.name, finding.check, finding.line) == ("SOURCE-a.md", "too_large", None)
    assert "larger than 16 MB" in finding.sentence


def test_it_is_the_gravest_problem_and_a_header_without_end_is_none_beside_it(schema):
    source = cut("---\nstatus: raw\nkey: value\n")
    assert list(broken_header(source)) == []
    assert "larger than 16 MB" in problem_of(schema)(source)


def test_a_file_that_is_read_whole_is_not_its_business(read):
    assert list(too_large(read("status: raw"))) == []
    assert list(too_large(read('title: ""x" y"'))) == []
