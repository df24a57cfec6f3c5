"""Where a text was left is where it goes on: after another source, a rename, a restart."""

import shutil

from tui.state.folders import user_folders
from tui.state.text_places import TEXT_PLACES_FILE


def test_another_source_and_back_keeps_the_place(sluice):
    with sluice() as app:
        app.press("J", "J", "j")
        assert app.place == 0
        app.press("k")
        assert app.place == 6


def test_the_next_start_keeps_the_place(sluice):
    with sluice() as app:
        app.press("j", "J", "k", "j", "J")
        here = app.here
    with sluice() as app:
        assert app.here == here
        assert app.place == 6
        app.press("k")
        assert app.place == 0


def test_a_renamed_file_keeps_its_place(sluice, vault):
    with sluice() as app:
        app.press("J", "J")
        old, new = vault / app.here, vault / "SOURCE-renamed.md"
        shutil.move(old, new)
        app.noticed(old.name, new.name)
        assert (app.here, app.place) == (new.name, 6)
        app.press("k", "j")
        assert app.place == 6
        assert app.session.place_keeper.of(old.name) == 0
    with sluice() as app:
        app.go_to("renamed")
        assert app.place == 6


def test_a_damaged_file_of_places_is_no_reason_not_to_start(sluice, vault):
    folder = user_folders().vault_state(vault)
    folder.mkdir(parents=True)
    (folder / TEXT_PLACES_FILE).write_text("\0")
    with sluice() as app:
        assert app.place == 0
        app.press("J")
    with sluice() as app:
        assert app.place == 3
