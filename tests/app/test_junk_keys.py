"""Any keys in any order, in a terminal of any size: no fault, and no file is spoilt."""

import random
from pathlib import Path

import pytest

from tests.renamed import BARE, SCHEMA, plant
from tui.session.keys.catalogue import COMMANDS
from tui.vault.reading.one_file import read_header

KEYS = sorted({key for command in COMMANDS.values() for key in command.keys})
OTHERS = [
    "escape", "enter", "backspace", "delete", "left", "right", "home", "end", "shift+up",
    "shift+down", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+w", "f1", "f5", "insert", "ctrl+z", "x", "X",
    "b", "D", "r", "s", "d", "H", "f", "=", "[", "]", "F", "m", "'", '"', ":", "👍", "é", "日",
    "\\", "ctrl+o", "alt+x", "ctrl+@", "5", "6", "7", "8", "9", "-",
]  # fmt: skip
SIZES = [(120, 36), (80, 24), (45, 20), (20, 5), (1, 1), (200, 60)]
QUITS = {"q"}
STEPS = 60


def readable(path: Path) -> bool:
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    return read_header(text)[1] is None


@pytest.mark.parametrize("seed", range(3))
async def test_random_keys_and_sizes_spoil_nothing(
    sluice, vault_copy, watch, clipboard, monkeypatch, seed
):
    await press_at_random(sluice, vault_copy, monkeypatch, seed)


@pytest.mark.parametrize("schema", [SCHEMA, BARE])
async def test_random_keys_spoil_no_folder_with_a_schema_of_its_own(
    sluice, tmp_path, clipboard, monkeypatch, schema
):
    await press_at_random(sluice, plant(tmp_path / "notes", schema), monkeypatch, 2)


async def press_at_random(sluice, vault_copy: Path, monkeypatch, seed: int) -> None:
    """Press keys; what could be read before can be read afterwards."""
    monkeypatch.setattr("tui.app.world.machine.open_in_browser", lambda _address: True)
    dice = random.Random(seed)
    files = [path for path in vault_copy.iterdir() if path.suffix != ".yaml"]
    before = {path.name: (path.read_bytes(), readable(path)) for path in files}
    async with sluice(vault_copy, SIZES[seed % 3]) as app:
        for _ in range(STEPS):
            keys = dice.choices(KEYS + OTHERS, k=dice.choice([1, 1, 1, 4, 12]))
            # Quitting is no fault, only the end of the trial.
            keys = [key for key in keys if key not in QUITS and key != "ctrl+c"]
            # Else most of them go into one box that few keys leave.
            await app.burst(*(["escape"] if dice.random() < 0.5 else []), *keys)
            if dice.random() < 0.05:
                await app.resize(*dice.choice(SIZES))
            if dice.random() < 0.05:
                await app.paste("pasted\nlines [/red] \x1b[31m")
            assert app.app._running and app.app._exception is None, keys
        changes = app.session.desk.vault.log()
        assert changes
        repaired = {
            record.name
            for change in changes
            for record in change.files
            if record.repaired or change.label == "repair"
        }
        for _ in range(12):
            await app.press("escape")
        await app.resize(120, 36)
        assert app.pane == "queue"
    after = {path.name: path for path in vault_copy.iterdir()}
    assert set(after) - {"sluice.yaml"} == set(before)
    for name, (data, could_be_read) in before.items():
        assert after[name].read_bytes() == data or readable(after[name]), name
        same = after[name].read_bytes() == data
        assert could_be_read or same or name in repaired, f"{name} was broken before"
