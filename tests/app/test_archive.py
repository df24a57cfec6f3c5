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


async def test_a_tier_worth_keeping_is_warned_about(sluice, vault):
    async with sluice() as app:
        await app.press("1", "a")
        assert "archived expects noise or tactical" in app.toast
        assert "paradigm" in app.toast
    assert "\nstatus: archived\n" in (vault / NAME).read_text()


async def test_noise_is_archived_without_a_word_of_warning(sluice):
    async with sluice() as app:
        await app.press("4", "a")
        assert app.toast == "raw → triaged → archived"


async def test_what_is_archived_cannot_be_archived_again(sluice, write, watch, vault):
    write(9, "Filed", status="archived")
    files = watch(vault)
    async with sluice() as app:
        await app.press("v", "4")
        await app.go_to("Filed")
        await app.press("a")
        assert "already archived" in app.toast
    assert files.changes == {}


async def test_what_is_integrated_is_not_archived_and_the_reason_is_said(
    sluice, write, watch, vault
):
    write(9, "Built in", status="integrated")
    files = watch(vault)
    async with sluice() as app:
        await app.press("v", "4")
        await app.go_to("Built")
        await app.press("a")
        assert "integrated and cannot become archived" in app.toast
    assert files.changes == {}
