"""A vault with every hostile kind in it, opened and walked through as a whole."""

import os
import subprocess

import pytest

from tests.app.test_display_is_data import assert_safe
from tests.hostile.conftest import bytes_of
from tests.hostile.vaults import write_all


@pytest.fixture
def hostile(tmp_path):
    """Every kind at once; deeper than Python's own removal of folders can follow."""
    root = tmp_path / "hostile" / "vault"
    root.mkdir(parents=True)
    write_all(root)
    yield root
    subprocess.run(["rm", "-rf", str(root)], check=True)


async def test_every_source_is_shown_as_text_and_none_is_changed(sluice, hostile, clipboard):
    before = bytes_of(hostile.parent)
    async with sluice(hostile) as app:
        await app.press("v")
        await app.type("all")
        await app.press("enter")
        count = len(app.session.board.rows.all)
        assert count > 100
        seen = set()
        await app.press("g")
        # Every source in a sweep, else every fifth: each costs as much as a key does.
        step = 1 if os.environ.get("SLUICE_SWEEPS") else 5
        for _ in range(0, count, step):
            assert_safe(app)
            seen.add(app.here)
            await app.burst(*"j" * step)
        assert len(seen) == -(-count // step)
        for keys in (["slash", *"zebra"], ["enter"], ["n"], ["escape"], ["R"]):
            await app.press(*keys)
            assert_safe(app)
        assert not app.app.fault
    assert bytes_of(hostile.parent) == before
    assert not (hostile.parent / "owned").exists()
    assert not os.path.exists("owned")  # noqa: PTH110
