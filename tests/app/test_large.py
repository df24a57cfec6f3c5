"""A source too large to be read whole, and one whose folder became a link, in the app."""

from __future__ import annotations

import os

from tests.app.test_open_and_edit import editor  # noqa: F401 - a fixture

NAME = "SOURCE-001-apples.md"


async def test_a_giant_shows_its_problem_and_its_beginning_and_is_not_changed(sluice, vault):
    path = vault / "SOURCE-000-giant.md"
    path.write_text("---\nid: SOURCE-1\nstatus: raw\ntitle: Giant\n---\nIts giraffe\n")
    os.truncate(path, 1 << 40)
    async with sluice() as app:
        assert app.here == path.name
        assert "only the beginning is shown" in app.picture and "Its giraffe" in app.picture
        for key in ("1", "F", "a", "p"):
            await app.press(key)
            assert "is larger than 16 MB, the most sluice can change" in app.toast
        await app.press("slash", *"body:giraf", "enter")
        assert app.here == path.name
        assert not app.app.fault
    assert path.stat().st_size == 1 << 40


async def test_e_does_not_open_what_is_behind_a_link_that_leaves(
    sluice, vault, tmp_path, editor  # noqa: F811 - the fixture
):  # fmt: skip
    path = vault / NAME
    async with sluice() as app:
        path.rename(tmp_path / NAME)
        path.symlink_to(tmp_path / NAME)
        before = path.read_text()
        await app.press("e")
        assert "A link leads out of the vault" in app.toast
    assert not editor.exists()
    assert (tmp_path / NAME).read_text() == before
