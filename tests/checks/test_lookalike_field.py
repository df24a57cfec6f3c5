import pytest

from tui.checks.lookalike_field import lookalike_field


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Status: raw", "Status looks like status"),
        ("TITLE: x", "TITLE looks like title"),
        ("\xa0status: raw", "status with a no-break space (U+00A0) looks like status"),
        ("sta\u200btus: raw", "status with a zero width space (U+200B) looks like status"),
        ('"status ": raw', "looks like status"),
        ("ｓｔａｔｕｓ: raw", "looks like status"),
        ("stаtus: raw", "with look-alike letters looks like status"),
        ("größe: 1\ngro\u0308ße: 2", "in another Unicode form looks like größe"),
        ("Mood: 1\nmood: 2", "mood looks like Mood"),
        ("\u3000mood: 1", "mood with an ideographic space (U+3000) looks like mood"),
    ],
)
def test_a_name_that_looks_like_another_is_found(schema, read, header, words):
    (finding,) = lookalike_field(schema)(read(header))
    assert finding.check == "lookalike_field"
    assert words in finding.sentence


@pytest.mark.parametrize(
    "header",
    [
        "status: raw",
        "Mood: 1",
        "gro\u0308ße: 1",
        "signal-tier: x",
        "состав: x",
        "分类: x",
        "2026: x",
    ],
)
def test_names_of_their_own_are_in_order(schema, read, header):
    assert list(lookalike_field(schema)(read(header))) == []
