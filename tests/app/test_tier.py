"""A digit sets the tier of the source under the cursor."""

import pytest

NAME = "SOURCE-001-apples.md"


@pytest.mark.parametrize(("key", "tier"), [("1", "paradigm"), ("2", "strategic"), ("4", "noise")])
async def test_a_digit_writes_the_tier_and_keeps_the_comment_behind_it(sluice, files, key, tier):
    async with sluice() as app:
        await app.press(key)
        assert app.toast == f"signal_tier = {tier}"
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed",
        f"+ signal_tier: {tier} # guessed",
    ]


async def test_the_digit_of_the_tier_it_has_writes_nothing_and_says_so(sluice, files):
    async with sluice() as app:
        await app.press("3")
        assert app.toast == "Nothing to change: signal_tier = tactical"
        await app.press("u")
        assert "nothing left to undo" in app.toast
    assert files.changes == {}


async def test_0_clears_the_tier(sluice, files):
    async with sluice() as app:
        await app.press("0")
        assert "paradigm" not in app.picture and "tactical" not in app.picture
    assert files.lines(NAME) == [
        "- signal_tier: tactical # guessed",
        "+ signal_tier: null # guessed",
    ]


async def test_a_tier_does_not_move_the_cursor(sluice):
    async with sluice() as app:
        await app.press("j", "1")
        assert app.here == "SOURCE-002-bridges.md"
        assert "paradigm" in app.picture


async def test_a_tier_works_at_every_size(sluice, files, vault):
    for size, key, tier in (((80, 24), "1", "paradigm"), ((45, 20), "2", "strategic")):
        async with sluice(size=size) as app:
            await app.press(key)
        assert f"signal_tier: {tier}" in (vault / NAME).read_text()


async def test_the_tier_key_works_from_every_pane(sluice, vault):
    async with sluice() as app:
        for tabs, (key, tier) in enumerate(
            [("1", "paradigm"), ("2", "strategic"), ("3", "tactical"), ("4", "noise")], 1
        ):
            await app.press("tab", key)
            assert f"signal_tier: {tier}" in (vault / NAME).read_text(), app.pane
            assert tabs


async def test_a_source_without_the_field_gets_one_line(sluice, vault, files):
    path = vault / NAME
    path.write_text(path.read_text().replace("signal_tier: tactical # guessed\n", ""))
    before = path.read_text().splitlines()
    async with sluice() as app:
        await app.press("2")
    after = path.read_text().splitlines()
    assert [line for line in after if line not in before] == ["signal_tier: strategic"]
    assert len(after) == len(before) + 1


async def test_dot_repeats_the_tier_on_the_next_source(sluice, files):
    async with sluice() as app:
        await app.press("1", "j", ".")
    assert set(files.changes) == {NAME, "SOURCE-002-bridges.md"}
    assert all("+ signal_tier: paradigm # guessed" in lines for lines in files.changes.values())


async def test_dot_without_a_change_before_says_so(sluice, files):
    async with sluice() as app:
        await app.press(".")
        assert "No change to repeat yet" in app.toast
    assert files.changes == {}
