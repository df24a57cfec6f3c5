"""Short names of platforms, in the three cells that a row has for them."""

import pytest

from tui.display import cells
from tui.errors import SchemaError
from tui.triage.schema import load_schema
from tui.triage.short_names import WIDEST, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("youtube", "yt"), ("YouTube", "yt"), ("podcast", "pod"), ("substack", "ss"), ("x", "x"),
        ("web", "web"), ("website", "web"), ("internal", "int"), ("Hacker News", "hn"),
        ("hacker_news", "hn"), ("www.youtube.com", "yt"), ("example.com", "exa"),
        ("The Quiet Stack", "tqs"), ("MyOwnSite", "mos"), ("radio", "rad"), ("a", "a"),
        ("one two three four", "ott"), ("漢字", "漢"), ("🎧", "🎧"), ("  radio ", "rad"),
        ("---", "---"), ("", ""), ("[/red]", "red"),
    ],
)  # fmt: skip
def test_a_name_is_shortened_as_people_do(name, short):
    assert short_name(name) == short


@pytest.mark.parametrize(
    "name", ["漢字の見出し", "👩‍👩‍👧‍👦 e\u0301\u0301", "\x1b]0;x\x07", "\ud800", "x" * 10**6]
)
def test_no_name_is_wider_than_its_column(name):
    assert cells(short_name(name)) <= WIDEST
    assert "\x1b" not in short_name(name)


def test_every_platform_of_the_schema_has_a_short_name_of_its_own():
    names = [name for name in load_schema().fields["platform"].values if name != "website"]
    shorts = [load_schema().fields["platform"].abbreviated(name) for name in names]
    assert len(set(shorts)) == len(names)
    assert all(0 < len(short) <= WIDEST for short in shorts)


def test_a_vault_gives_its_own_short_names(tmp_path):
    (tmp_path / "sluice.yaml").write_text(
        "fields: {platform: {values: {youtube: {short: tv}, radio: {}, podcast: {}}}}\n"
    )
    platform = load_schema(tmp_path).fields["platform"]
    assert [platform.abbreviated(name) for name in ("youtube", "radio", "podcast", "odd one")] == [
        "tv", "rad", "pod", "oo"
    ]  # fmt: skip


def test_a_short_name_that_is_not_a_text_is_refused(tmp_path):
    (tmp_path / "sluice.yaml").write_text("fields: {platform: {values: {tv: {short: [1]}}}}\n")
    with pytest.raises(SchemaError, match="short of the value tv"):
        load_schema(tmp_path)
