"""A digit sets the tier of the source under the cursor."""

NAME = "SOURCE-001-apples.md"


async def test_a_tier_works_at_every_size(sluice, files, vault):
    for size, key, tier in (((80, 24), "1", "paradigm"), ((45, 20), "2", "strategic")):
        async with sluice(size=size) as app:
            await app.press(key)
        assert f"signal_tier: {tier}" in (vault / NAME).read_text()


async def test_the_tier_key_works_from_every_pane(sluice, vault):
    async with sluice() as app:
        for pane, key, tier in (
            ("queue", "1", "paradigm"), ("preview", "2", "strategic"), ("insights", "4", "noise"),
        ):  # fmt: skip
            assert app.pane == pane
            await app.press(key)
            assert f"signal_tier: {tier}" in (vault / NAME).read_text(), pane
            await app.press("tab")
