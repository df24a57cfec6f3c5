import pytest

from tui.checks.invisible_sign import invisible_sign


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        ("id: a\nstatus: \xa0raw", 3, "begins with a no-break space (U+00A0)"),
        ("status: raw\u200b", 2, "ends with a zero width space (U+200B)"),
        ("topics:\n  - \ufeffa", 3, "begins with a byte order mark (U+FEFF)"),
        ("topics:\n  -\xa0a\n  -\xa0b", 3, "a no-break space (U+00A0) after a dash"),
        ("topics:\n  -\u3000a\n  - b", 3, "an ideographic space (U+3000) after a dash"),
        ("title: one\u2028two", 2, "title contains a line separator (U+2028), a line break"),
        ("title: one\x85two", 2, "title contains a next line (U+0085), a line break"),
    ],
)
def test_signs_that_change_a_value_are_named(read, header, line, words):
    (finding,) = invisible_sign(read(header))
    assert (finding.check, finding.line) == ("invisible_sign", line)
    assert words in finding.sentence


@pytest.mark.parametrize(
    "header",
    [
        "title: one\xa0two",
        "title: می\u200cخواهم",
        "title: 👩\u200d👩\u200d👧",
        'title: "\xa0one"',
        'title: "one\u2028two"',
        "title: \u200fשלום\u200f",
        "title: plain",
    ],
)
def test_signs_within_a_text_are_the_text(read, header):
    assert list(invisible_sign(read(header))) == []
