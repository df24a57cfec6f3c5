import os
import sys
from pathlib import Path

import pytest

from tui.state.folders import Folders, user_folders


@pytest.fixture
def here(tmp_path):
    return Folders(config=tmp_path / "c", state=tmp_path / "s", cache=tmp_path / "k")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG is how Linux names folders")
def test_the_xdg_variables_say_where_everything_is(tmp_path, monkeypatch):
    for name in ("config", "state", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    assert user_folders() == Folders(
        config=tmp_path / "config" / "sluice",
        state=tmp_path / "state" / "sluice",
        cache=tmp_path / "cache" / "sluice",
    )
    assert list(tmp_path.iterdir()) == []


def test_each_vault_has_a_folder_of_its_own(here, tmp_path):
    ours, theirs = tmp_path / "a" / "vault", tmp_path / "b" / "vault"
    assert here.vault_state(ours) != here.vault_state(theirs)
    assert here.vault_state(ours).parent == here.state / "vaults"
    assert here.vault_state(ours).name.startswith("vault-")


def test_a_vault_has_one_folder_by_whatever_path_it_is_opened(here, tmp_path, monkeypatch):
    vault = tmp_path / "vault"
    vault.mkdir()
    (tmp_path / "link").symlink_to(vault)
    monkeypatch.chdir(vault)
    assert here.vault_state(tmp_path / "link") == here.vault_state(vault)
    assert here.vault_state(Path()) == here.vault_state(vault)


def test_any_folder_name_makes_a_usable_folder(here, tmp_path):
    for name in ("ü 中/文", "x" * 255, os.fsdecode(b"latin-\xe9"), "..."):
        folder = here.vault_state(tmp_path / name)
        folder.mkdir(parents=True)
        assert folder.parent == here.state / "vaults"
