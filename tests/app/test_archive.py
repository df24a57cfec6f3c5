"""a puts a source away, by the statuses that lead there, as one change."""

NAME = "SOURCE-001-apples.md"


async def test_a_raw_source_is_archived_in_one_change_and_one_undo(sluice, files):
    async with sluice() as app:
        await app.press("a")
        assert app.dimmed(NAME)
        assert app.here == "SOURCE-002-bridges.md"
        assert files.lines(NAME) == ["- status: raw", "+ status: archived"]
        assert len(app.session.desk.vault.log()) == 1
        await app.press("u")
        assert app.here == NAME
        assert not app.dimmed(NAME)
    assert files.changes == {}
