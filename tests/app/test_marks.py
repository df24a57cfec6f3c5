"""x, shift with an arrow and * mark sources; a deciding key then changes all of them as one."""

FIRST, SECOND, THIRD, FOURTH = (
    "SOURCE-001-apples.md",
    "SOURCE-002-bridges.md",
    "SOURCE-003-clocks.md",
    "SOURCE-004-deserts.md",
)


def marked(app):
    """The sources that the queue draws a mark at, whatever is in sight."""
    queue = app.screen.queue
    rows = [row for row in range(len(queue.rows)) if queue.render_line(2 * row).text[1] == "+"]
    return [queue.rows[row].source.name for row in rows]


def log(app):
    return [(change.label, list(change.names)) for change in app.session.desk.vault.log()]


async def test_x_marks_the_source_and_goes_down(sluice, files):
    async with sluice() as app:
        await app.press("x")
        assert marked(app) == [FIRST]
        assert app.here == SECOND
        assert "1 marked" in app.picture
        await app.press("j", "x")
        assert marked(app) == [FIRST, THIRD]
        assert "2 marked" in app.picture
    assert files.changes == {}


async def test_x_on_a_marked_source_takes_its_mark(sluice):
    async with sluice() as app:
        await app.press("x", "k", "x")
        assert marked(app) == []
        assert app.here == SECOND
        assert "marked" not in app.picture


async def test_a_deciding_key_changes_all_marked_as_one_change_with_one_undo(sluice, files):
    async with sluice() as app:
        await app.press("x", "j", "x", "1")
        assert app.toast == "signal_tier = paradigm · 2 sources"
        assert log(app) == [("signal_tier = paradigm", [FIRST, THIRD])]
        assert set(files.changes) == {FIRST, THIRD}
        assert all("+ signal_tier: paradigm # guessed" in lines for lines in files.changes.values())
        await app.press("u")
        assert app.toast == "Undid: signal_tier = paradigm · 2 sources"
    assert files.changes == {}


async def test_marks_are_gone_after_their_change_and_the_next_key_is_about_the_cursor(
    sluice, files
):
    async with sluice() as app:
        await app.press("x", "x", "1")
        assert marked(app) == []
        assert app.here == THIRD
        await app.press("2")
    assert "+ signal_tier: strategic # guessed" in files.changes[THIRD]
    assert "+ signal_tier: paradigm # guessed" in files.changes[FIRST]


async def test_rows_of_a_bulk_change_dim_in_place_and_the_cursor_goes_to_the_next_open_one(
    sluice, files
):
    async with sluice() as app:
        await app.press("j", "shift+down", "p")
        assert app.toast == "raw → triaged · 2 sources"
        assert [app.dimmed(name) for name in (FIRST, SECOND, THIRD, FOURTH)] == [
            False, True, True, False,
        ]  # fmt: skip
        assert len(app.shown) == 4
        assert app.here == FOURTH
        assert "2 left" in app.picture
        assert "2 done today" in app.picture
        await app.press("u")
        assert not app.dimmed(SECOND) and not app.dimmed(THIRD)
        assert "0 done today" in app.picture
    assert files.changes == {}


async def test_shift_and_an_arrow_mark_a_range_and_going_back_gives_it_back(sluice):
    async with sluice() as app:
        await app.press("j", "shift+down")
        assert marked(app) == [SECOND, THIRD]
        await app.press("shift+down")
        assert marked(app) == [SECOND, THIRD, FOURTH]
        await app.press("shift+up", "shift+up")
        assert marked(app) == [SECOND]
        await app.press("shift+up")
        assert marked(app) == [FIRST, SECOND]
        assert app.here == FIRST


async def test_a_range_that_shrinks_keeps_marks_that_were_there_before(sluice):
    async with sluice() as app:
        await app.press("j", "j", "x", "g", "shift+down", "shift+down", "shift+down")
        assert marked(app) == [FIRST, SECOND, THIRD, FOURTH]
        await app.press("shift+up", "shift+up", "shift+up")
        assert marked(app) == [FIRST, THIRD]


async def test_a_range_begins_again_where_the_cursor_was_moved_to(sluice):
    async with sluice() as app:
        await app.press("shift+down", "j", "j", "shift+up")
        assert marked(app) == [FIRST, SECOND, THIRD, FOURTH]
        await app.press("shift+down")
        assert marked(app) == [FIRST, SECOND, FOURTH]


async def test_star_marks_all_shown_and_again_none(sluice):
    async with sluice() as app:
        await app.press("x", "*")
        assert marked(app) == [FIRST, SECOND, THIRD, FOURTH]
        assert "4 marked" in app.picture
        await app.press("*")
        assert marked(app) == []


async def test_star_leaves_out_what_is_done_with(sluice, files):
    async with sluice() as app:
        await app.press("p", "*")
        assert marked(app) == [SECOND, THIRD, FOURTH]
        await app.press("p")
    assert "+ status: triaged" in files.changes[FIRST]
    assert "+ status: triaged" in files.changes[FOURTH]


async def test_capital_x_clears_the_marks(sluice):
    async with sluice() as app:
        await app.press("*", "X")
        assert marked(app) == []
        await app.press("X")
        assert "No source is marked" in app.toast


async def test_a_lookup_keeps_marks_and_says_how_many_are_out_of_sight(sluice, files):
    async with sluice() as app:
        await app.press("x", "x", "/")
        await app.type("bridges")
        assert "2 marked · 1 hidden" in app.picture
        await app.press("enter")
        assert marked(app) == [SECOND]
        await app.press("escape")
        assert marked(app) == [FIRST, SECOND]
        assert "hidden" not in app.picture
        await app.press("1")
    assert set(files.changes) == {FIRST, SECOND}


async def test_star_in_a_lookup_marks_its_hits(sluice):
    async with sluice() as app:
        await app.press("/")
        await app.type("deserts")
        await app.press("enter", "*", "escape")
        assert marked(app) == [FOURTH]


async def test_another_view_clears_the_marks(sluice):
    async with sluice() as app:
        await app.press("x", "x", "v")
        await app.type("all")
        await app.press("enter")
        assert marked(app) == []
        assert "marked" not in app.picture


async def test_reading_the_vault_again_keeps_the_marks(sluice):
    async with sluice() as app:
        await app.press("x", "R")
        assert marked(app) == [FIRST]


async def test_a_marked_source_that_is_deleted_is_marked_no_more_and_a_renamed_one_still_is(
    sluice, vault
):
    async with sluice() as app:
        await app.press("j", "x", "x")
        (vault / SECOND).unlink()
        (vault / THIRD).rename(vault / "SOURCE-030-watches.md")
        await app.until(lambda: marked(app) == ["SOURCE-030-watches.md"])
        assert "1 marked" in app.picture


async def test_an_insight_is_added_to_all_marked(sluice, files):
    async with sluice() as app:
        await app.press("x", "x", "i")
        await app.type("shared thought")
        await app.press("enter")
        assert app.toast == "key_insights += shared thought · 2 sources"
    assert set(files.changes) == {FIRST, SECOND}
    assert all(
        "+ key_insights: [shared thought]" in lines or any("shared thought" in s for s in lines)
        for lines in files.changes.values()
    )


async def test_editing_an_insight_is_about_its_own_source_only(sluice, files):
    async with sluice() as app:
        await app.press("i")
        await app.type("first")
        await app.press("enter", "j", "x", "x", "g", "I", "e")
        await app.type(" of all")
        await app.press("enter")
    assert set(files.changes) == {FIRST}
    assert any("first of all" in line for line in files.changes[FIRST])


async def test_repeat_makes_the_last_change_on_all_marked(sluice, files):
    async with sluice() as app:
        await app.press("1", "j", "x", "x", ".")
        assert app.toast == "Repeated: signal_tier = paradigm · 2 sources"
    assert set(files.changes) == {FIRST, SECOND, THIRD}


async def test_a_refused_source_does_not_keep_the_others_from_the_change(sluice, vault, write):
    write(5, "Eagles", creator='"an" unclosed "quote"')
    write(6, "Forests", status="integrated")
    async with sluice() as app:
        await app.press("v")
        await app.type("all")
        await app.press("enter", "j", "j", "j", "x", "x", "x", "p")
        assert app.toast == (
            "raw → triaged · 1 source · 2 refused: broken header (1), "
            "integrated: has no next status (1)"
        )
        assert app.session.desk.vault.log()[-1].names == (FOURTH,)


async def test_with_all_refused_nothing_is_changed_and_the_marks_stay(sluice, write, vault):
    for number in (5, 6):
        write(number, f"E{number}", status="integrated")
    async with sluice() as app:
        await app.press("v")
        await app.type("all")
        await app.press("enter", "G", "x", "k", "x", "p")
        assert app.toast == (
            "None of the 2 marked sources can be changed: integrated: has no next status (2)."
        )
        assert len(marked(app)) == 2
        assert log(app) == []


async def test_marks_are_seen_on_a_small_screen_without_colours(sluice):
    async with sluice(size=(45, 20)) as app:
        await app.press("x")
        assert marked(app) == [FIRST]
        assert "1 marked" in app.picture
        await app.press("tab")
        assert "1 marked" in app.picture


async def test_the_copy_menu_takes_urls_and_links_of_all_marked(sluice, clipboard):
    async with sluice() as app:
        await app.press("x", "j", "x", "Y")
        assert any("URLs of all marked" in line and "2 marked" in line for line in app.picker)
        await app.press("u")
        assert clipboard == ["https://example.com/1\nhttps://example.com/3"]
        assert app.toast.startswith("Copied 2 URLs")
        await app.press("Y", "w")
        assert clipboard[-1] == "[[SOURCE-001-apples]]\n[[SOURCE-003-clocks]]"
        await app.press("y")
        assert clipboard[-1] == "https://example.com/4"
        await app.press("X", "Y", "w")
        assert clipboard[-1] == "[[SOURCE-004-deserts]]"


async def test_a_picker_says_how_many_sources_it_is_about(sluice, files, write):
    write(5, "Eagles", status="triaged")
    async with sluice() as app:
        await app.press("v")
        await app.type("all")
        await app.press("enter", "x", "G", "x", "P")
        assert "promote to · 2 marked" in app.picture
        assert [line.split()[-4:] for line in app.picker[:3]] == [
            ["for", "2", "of", "2"],
            ["for", "2", "of", "2"],
            ["for", "1", "of", "2"],
        ]
        await app.press("escape", "c")
        assert "category · 2 marked" in app.picture
        await app.type("claude")
        await app.press("enter")
        assert app.toast == "notebooklm_category = claude-code · 2 sources"
    assert set(files.changes) == {FIRST, "SOURCE-005-eagles.md"}
