"""p takes a source to its next status; P to any that is allowed, also back."""

NAME, NEXT = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


async def test_promote_moves_a_raw_source_and_the_cursor_to_the_next_open_one(sluice, files):
    async with sluice() as app:
        await app.press("p")
        assert app.here == NEXT
        assert app.dimmed(NAME)
        assert app.shown[0] == "Apples in autumn", "it stays in its place"
        assert " 1 today · 3 left" in app.picture
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


async def test_beside_the_line_the_key_takes_the_only_move(sluice, vault, write, watch):
    (vault / "sluice.yaml").write_text(
        "flow: {moves: {triaged: [archived], archived: [triaged]}}\n"
    )
    write(9, "Put away", status="archived")
    files = watch(vault)
    async with sluice() as app:
        await app.press("v")
        await app.type("archived")
        await app.press("enter")
        assert "p→◔ triaged" in app.picture
        await app.press("p")
    assert files.lines("SOURCE-009-put.md") == ["- status: archived", "+ status: triaged"]
