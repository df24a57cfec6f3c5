"""Unified diffs."""

import pytest

from tui.cli.diff import write_diff


@pytest.fixture
def diff(capfd):
    def shown(before, after):
        write_diff("a.md", before, after)
        return capfd.readouterr().out

    return shown


def test_a_changed_line_stands_between_three_of_its_neighbours(diff):
    before = "".join(f"{n}\n" for n in range(10))
    assert diff(before, before.replace("5", "five")) == (
        "--- a/a.md\n+++ b/a.md\n@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    )


def test_a_missing_last_line_break_is_shown(diff):
    assert diff("a\nb", "a\nc") == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n a\n"
        "-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )


def test_only_a_line_feed_ends_a_line(diff):
    shown = diff("a\r\nb\x0c\u2028c\n", "a\r\nB\x0c\u2028c\n")
    assert "-b\x0c\u2028c\n+B\x0c\u2028c\n" in shown


def test_a_long_body_is_not_compared(diff):
    body = "same\n" * 400_000
    shown = diff(f"old\n{body}", f"new\n{body}")
    assert shown == "--- a/a.md\n+++ b/a.md\n@@ -1,4 +1,4 @@\n-old\n+new\n same\n same\n same\n"


def test_nothing_changed_prints_nothing(diff):
    assert diff("a\n", "a\n") == ""


def test_a_terminal_sees_control_codes_as_symbols(vault, run_in_terminal):
    path = vault / "SOURCE-20260101-alpha.md"
    path.write_text('---\nstatus: raw\nguest: "\\e[2J"\n---\n\x9b2J\n')
    arguments = ("set", path.name, "guest=Ada", "--dry-run")
    shown = run_in_terminal(*arguments, environment={"NO_COLOR": "1"}).lines
    assert '-guest: "\\e[2J"' in shown
    assert '+guest: "Ada"' in shown
    assert " ␦2J" in shown
