"""A digit sets the tier of the source under the cursor."""

import pytest

NAME = "SOURCE-001-apples.md"


@pytest.mark.parametrize(
    ("key", "tier"), [("1", "◆ paradigm"), ("2", "▲ strategic"), ("4", "· noise")]
)
def test_a_digit_writes_the_tier_and_keeps_the_comment_behind_it(sluice, files, key, tier):
    with sluice() as app:
        app.press(key)
        assert app.toast == f"{tier}, was ■ tactical · u undoes"
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed",
        f"+ signal_tier: {tier[2:]} # guessed",
    ]


def test_the_digit_of_the_tier_it_has_confirms_it_and_writes_no_file(sluice, files):
    with sluice() as app:
        app.press("3")
        assert app.toast == "■ tactical confirmed · u undoes"
        app.press("3")
        assert app.toast == "Nothing to change: ■ tactical"
        app.press("u")
        assert app.toast.startswith("Undid: ■ tactical confirmed")
        app.press("u")
        assert "nothing left to undo" in app.toast
        app.press("3")
        assert app.toast == "■ tactical confirmed · u undoes"
    assert files.changes == {}


def test_0_clears_the_tier(sluice, files):
    with sluice() as app:
        app.press("0")
        assert app.source.text("signal_tier") == ""
        assert app.drawn.suggested is None
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed",
        "+ signal_tier: null # guessed",
    ]


def test_a_tier_does_not_move_the_cursor(sluice):
    with sluice() as app:
        app.press("j", "1")
        assert app.here == "SOURCE-002-bridges.md"
        assert app.source.text("signal_tier") == "paradigm"


def test_a_source_without_the_field_gets_one_line(sluice, vault, files):
    path = vault / NAME
    path.write_text(path.read_text().replace("signal_tier: tactical # guessed\n", ""))
    before = path.read_text().splitlines()
    with sluice() as app:
        app.press("2")
    after = path.read_text().splitlines()
    assert [line for line in after if line not in before] == ["signal_tier: strategic"]
    assert len(after) == len(before) + 1


def test_dot_repeats_the_tier_on_the_next_source(sluice, files):
    with sluice() as app:
        app.press("1", "j", ".")
    assert set(files.changes) == {NAME, "SOURCE-002-bridges.md"}
    assert all("+ signal_tier: paradigm # guessed" in lines for lines in files.changes.values())


def test_dot_without_a_change_before_says_so(sluice, files):
    with sluice() as app:
        app.press(".")
        assert "No change to repeat yet" in app.toast
    assert files.changes == {}
