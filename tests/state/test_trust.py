"""A config file that somebody else may change runs nothing."""

import os
from pathlib import Path

import pytest

from tui.state.config import load_config
from tui.state.folders import Folders
from tui.state.saved_views import save_view
from tui.state.trust import distrust_of
from tui.state.views import View

TEXT = "advance: off\ncommands:\n- {name: fetch, key: f, run: [touch, ran]}\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
AS_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="wants root")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "home" / "config"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    (folder / "config.yaml").write_text(TEXT)
    (folder / "config.yaml").chmod(0o644)
    return folder


def test_what_the_user_alone_may_write_to_is_trusted(folder):
    config = load_config(folder)
    assert (len(config.commands), config.distrust) == (1, "")


@pytest.mark.parametrize("mode", [0o666, 0o664, 0o646, 0o622, 0o777, 0o602])
def test_commands_of_a_file_that_others_may_write_to_are_not_run_and_that_is_reported(folder, mode):
    path = folder / "config.yaml"
    path.chmod(mode)
    config = load_config(folder)
    assert config.commands == ()
    assert config.advance is False
    assert f"sluice does not run the commands in {path}" in config.distrust
    assert f"`chmod go-w {path}`" in config.distrust
    path.chmod(mode & ~0o022)
    assert len(load_config(folder).commands) == 1


@pytest.mark.parametrize("above", [0, 1])
@pytest.mark.parametrize("mode", [0o777, 0o775, 0o757])
def test_a_folder_that_others_may_write_to_counts_too(folder, above, mode):
    shared = (folder, folder.parent)[above]
    shared.chmod(mode)
    config = load_config(folder)
    assert config.commands == ()
    assert f"others can write to {shared}; run `chmod go-w {shared}`" in config.distrust
    shared.chmod(0o1777)
    assert len(load_config(folder).commands) == 1


def linked(folder: Path, target: Path) -> Path:
    """The config file moved to ``target``, with a link in its place."""
    target.parent.mkdir(exist_ok=True)
    (folder / "config.yaml").rename(target)
    (folder / "config.yaml").symlink_to(os.path.relpath(target, folder))
    return target


def test_a_link_into_a_folder_of_dotfiles_is_followed_and_the_file_itself_judged(folder, tmp_path):
    real = linked(folder, tmp_path / "dotfiles" / "sluice.yaml")
    assert len(load_config(folder).commands) == 1
    real.chmod(0o666)
    assert f"`chmod go-w {real}`" in load_config(folder).distrust
    real.chmod(0o644)
    real.parent.chmod(0o777)
    assert f"`chmod go-w {real.parent}`" in load_config(folder).distrust
    real.parent.chmod(0o755)
    folder.chmod(0o777)
    assert f"`chmod go-w {folder}`" in load_config(folder).distrust


def test_each_link_on_the_way_is_judged_where_it_lies(folder, tmp_path):
    between = tmp_path / "between"
    between.mkdir()
    (between / "config").symlink_to(folder)
    assert len(load_config(between / "config").commands) == 1
    between.chmod(0o777)
    assert f"`chmod go-w {between}`" in load_config(between / "config").distrust


def test_links_that_go_round_in_a_circle_end(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert distrust_of(tmp_path / "a" / "config.yaml") == ""


@AS_ROOT
@pytest.mark.parametrize("what", ["config.yaml", "."])
def test_what_belongs_to_another_user_is_not_trusted(folder, what):
    os.chown(folder / what, 12345, 12345)
    config = load_config(folder)
    assert config.commands == ()
    assert "belongs to another user" in config.distrust


def test_a_view_that_is_saved_brings_no_commands_back(folder):
    (folder / "config.yaml").chmod(0o666)
    config = save_view(Folders(folder, folder, folder), View("mine", "tier:noise"))
    assert (config.commands, config.distrust != "") == ((), True)
    assert (folder / "config.yaml").read_text() == TEXT


def test_a_name_that_would_be_read_otherwise_is_quoted_and_shown_safely(tmp_path):
    folder = tmp_path / "a b\x1b[31m"
    folder.mkdir()
    (folder / "config.yaml").write_text(TEXT)
    (folder / "config.yaml").chmod(0o666)
    said = load_config(folder).distrust
    assert f"chmod go-w '{tmp_path}/a b" in said
    assert "\x1b" not in said
