"""Views saved into views.yaml: config.yaml is read, and never written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.errors import SettingsError
from tui.state.config import load_config
from tui.state.folders import Folders
from tui.state.saved_views import remove_view, save_view
from tui.state.views import View

ROOT = Path(__file__).parent.parent.parent
NOISE = View("noise", "tier:noise")


@pytest.fixture
def folders(tmp_path):
    return Folders(*(tmp_path / kind for kind in ("config", "state", "cache")))


@pytest.fixture
def given(folders):
    """A config file with two views and a comment, which nothing may change."""
    folders.config.mkdir()
    path = folders.config / "config.yaml"
    path.write_text("# mine\nadvance: off\nviews:\n  a: x # why\n  b: {query: y, sort: tier}\n")
    before = path.read_bytes(), path.stat()
    yield path
    assert (path.read_bytes(), path.stat()) == before


def shown(folders):
    """The queries of the views that the next start offers, in order."""
    return {name: view.query for name, view in load_config(folders.config).views.items()}


def lines(folders):
    text = (folders.config / "views.yaml").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_a_first_view_makes_the_file_and_its_folder_and_no_other(folders):
    config = save_view(folders, View("good ones", 'tier:par by:"the quiet"', "-date"))
    assert lines(folders) == ["good ones:", '  query: tier:par by:"the quiet"', "  sort: -date"]
    assert config.views == {"good ones": View("good ones", 'tier:par by:"the quiet"', "-date")}
    assert config == load_config(folders.config)
    assert [entry.name for entry in folders.config.iterdir()] == ["views.yaml"]


def test_views_stay_in_the_order_in_which_they_were_saved(folders):
    for name in ("z", "a", "m"):
        save_view(folders, View(name, "x"))
    save_view(folders, View("a", "changed"))
    assert shown(folders) == {"z": "x", "a": "changed", "m": "x"}
    save_view(folders, View("b", "x"), "a")
    assert list(shown(folders)) == ["z", "b", "m"]
    remove_view(folders, "z")
    assert lines(folders) == ["b: x", "m: x"]


def test_a_view_that_takes_the_name_of_another_leaves_one_of_them(folders):
    for name in ("a", "b"):
        save_view(folders, View(name, name))
    save_view(folders, View("b", "a"), "a")
    assert shown(folders) == {"b": "a"}


def test_a_file_written_by_hand_is_read_like_the_views_of_the_config_file(folders):
    folders.config.mkdir()
    (folders.config / "views.yaml").write_text("2026: pub:2026\nquick: {query: 'by:some'}\n")
    assert shown(folders) == {"2026": "pub:2026", "quick": "by:some"}
    save_view(folders, NOISE)
    assert list(shown(folders)) == ["2026", "quick", "noise"]


@pytest.mark.parametrize(
    "name",
    ["no", "2026", "-x", "a: b", "#1", "null", "日本", '"q"', "yes it is", "~", "🙂", "x" * 60],
)
def test_any_name_and_query_is_read_again_as_it_was_saved(folders, name):
    views = [View(name, f"{name} " * 200, "tier"), View("other", name), View("empty", "")]
    for view in views:
        config = save_view(folders, view)
    assert list(config.views.values()) == views
    assert load_config(folders.config) == config


# The old place


def test_views_in_the_config_file_are_still_there_before_the_saved_ones(folders, given):
    save_view(folders, NOISE)
    assert shown(folders) == {"a": "x", "b": "y", "noise": "tier:noise"}
    assert lines(folders) == ["noise: tier:noise"]


def test_a_saved_view_wins_over_one_of_the_same_name_in_the_config_file(folders, given):
    save_view(folders, View("a", "changed"), "a")
    assert shown(folders) == {"a": "changed", "b": "y"}
    assert lines(folders) == ["a: changed"]


def test_a_view_of_the_config_file_that_is_deleted_stays_deleted(folders, given):
    assert list(remove_view(folders, "a").views) == ["b"]
    assert shown(folders) == {"b": "y"}
    assert lines(folders) == ["a: null"]
    save_view(folders, View("a", "again"))
    remove_view(folders, "a")
    assert shown(folders) == {"b": "y"}


def test_a_view_of_the_config_file_gets_another_name(folders, given):
    save_view(folders, View("c", "x"), "a")
    assert shown(folders) == {"b": "y", "c": "x"}
    save_view(folders, View("d", "x"), "c")
    assert shown(folders) == {"b": "y", "d": "x"}
    assert lines(folders) == ["d: x", "a: null"]


def test_what_is_hidden_is_forgotten_once_the_config_file_has_it_no_longer(folders):
    folders.config.mkdir()
    config = folders.config / "config.yaml"
    config.write_text("views: {a: x}\n")
    remove_view(folders, "a")
    config.write_text("advance: off\n")
    save_view(folders, NOISE)
    config.write_text("views: {a: x}\n")
    assert list(shown(folders)) == ["a", "noise"]


def test_a_config_file_that_is_wrong_by_now_is_left_and_reported(folders):
    folders.config.mkdir()
    path = folders.config / "config.yaml"
    path.write_text("advance: maybe\n")
    with pytest.raises(SettingsError, match="`advance` is `maybe`"):
        save_view(folders, NOISE)
    path.write_text("advance: 'on\n")
    with pytest.raises(SettingsError, match="not valid YAML"):
        remove_view(folders, "a")
    assert [entry.name for entry in folders.config.iterdir()] == ["config.yaml"]


# Trouble


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (b"a: x\nb: 'y", "line 2 is not valid YAML"),
        (b"- a\n", 'has no views; write one per line, such as `noise: "tier:noise"`.'),
        (b"a: [x]\n", "the query of a is not text on one line; quote it."),
        (b"a: {quary: x}\n", "a has the unknown part `quary`; use query and sort."),
        (b"' a': x\n", "without spaces around it."),
        (b"a: \xe9\n", "is not UTF-8 text; fix or remove it."),
        (b"a: x\n" * 300_000, "larger than 1 MB"),
    ],
)
def test_a_broken_file_is_reported_and_kept_and_the_other_views_stay(
    folders, given, broken, sentence
):
    path = folders.config / "views.yaml"
    path.write_bytes(broken)
    config = load_config(folders.config)
    assert list(config.views) == ["a", "b"]
    assert config.advance is False
    assert config.broken.startswith("The views you saved are missing: ")
    assert str(path) in config.broken and sentence in config.broken
    for change in (lambda: save_view(folders, NOISE), lambda: remove_view(folders, "a")):
        with pytest.raises(SettingsError) as refused:
            change()
        assert str(path) in str(refused.value) and sentence in str(refused.value)
    assert path.read_bytes() == broken
    path.write_text("mine: x\n")
    assert list(save_view(folders, NOISE).views) == ["a", "b", "mine", "noise"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no locks between programs")
def test_apps_that_save_at_the_same_time_lose_no_view(folders):
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tui.state.folders import Folders\n"
        "from tui.state.saved_views import save_view\n"
        "from tui.state.views import View\n"
        "folders = Folders(*map(Path, sys.argv[2:]))\n"
        "for number in range(20):\n"
        "    save_view(folders, View(f'{sys.argv[1]} {number}', 'x'))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = [[sys.executable, "-c", code, name, *map(str, folders)] for name in "abc"]
    apps = [subprocess.Popen(each, env=environment) for each in arguments]
    assert [app.wait() for app in apps] == [0, 0, 0]
    assert set(shown(folders)) == {f"{name} {number}" for name in "abc" for number in range(20)}


def test_what_somebody_else_writes_meanwhile_is_not_overwritten(folders, monkeypatch):
    save_view(folders, NOISE)
    path = folders.config / "views.yaml"
    sync = os.fsync

    def write_too(descriptor):
        sync(descriptor)
        path.write_text("theirs: x\n")

    monkeypatch.setattr(os, "fsync", write_too)
    with pytest.raises(SettingsError, match="Another program just changed"):
        save_view(folders, View("ours", "y"))
    assert path.read_text() == "theirs: x\n"


def test_a_file_that_cannot_be_written_is_reported_and_nothing_is_left_behind(
    folders, given, monkeypatch
):
    save_view(folders, NOISE)
    before = lines(folders)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(SettingsError, match=r"Cannot write .*views.yaml \(permission denied\)"):
        save_view(folders, View("ours", "y"))
    assert {entry.name for entry in folders.config.iterdir()} == {"config.yaml", "views.yaml"}
    assert lines(folders) == before


@pytest.mark.parametrize("kind", ["config", "state"])
def test_a_folder_that_cannot_be_used_is_named(folders, kind):
    folder = getattr(folders, kind)
    folder.write_text("a file where the folder should be")
    with pytest.raises(SettingsError, match=rf"/{kind}/\w+\.\w+ \(not a directory\)"):
        save_view(folders, NOISE)
    assert folder.read_text() == "a file where the folder should be"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_reported(folders):
    folders.config.mkdir(0o500)
    with pytest.raises(SettingsError, match=r"\(permission denied\), so the view is not saved"):
        save_view(folders, NOISE)


def test_views_that_could_not_be_read_again_are_not_saved(folders):
    save_view(folders, NOISE)
    with pytest.raises(SettingsError, match="larger than 1 MB; delete some views"):
        save_view(folders, View("long", "x" * 1_100_000))
    assert shown(folders) == {"noise": "tier:noise"}


def test_a_link_to_the_file_stays_a_link_and_its_mode_stays(folders, tmp_path):
    real = tmp_path / "dotfiles.yaml"
    real.write_text("a: x\n")
    real.chmod(0o640)
    folders.config.mkdir()
    (folders.config / "views.yaml").symlink_to(real)
    save_view(folders, NOISE)
    assert (folders.config / "views.yaml").is_symlink()
    assert "noise" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640
