"""Views saved into config.yaml: every other byte stays."""

import os

import pytest

from tui.errors import SettingsError
from tui.state.config import load_config
from tui.state.config_edit import remove_view, save_view
from tui.state.views import View

NOISE = View("noise", "tier:noise")


@pytest.fixture
def written(tmp_path):
    """Save or remove a view in a file of this text; what the file says then."""

    def write(before, view, instead_of=""):
        path = tmp_path / "config.yaml"
        path.write_bytes(before.encode())
        if isinstance(view, str):
            config = remove_view(tmp_path, view)
        else:
            config = save_view(tmp_path, view, instead_of)
        assert config == load_config(tmp_path)
        assert [entry.name for entry in tmp_path.iterdir()] == ["config.yaml"]
        return path.read_bytes().decode()

    return write


def test_a_first_view_makes_the_file_and_its_folder(tmp_path):
    folder = tmp_path / "not" / "there"
    config = save_view(folder, View("good ones", 'tier:par by:"the quiet"', "-date"))
    assert (folder / "config.yaml").read_text() == (
        'views:\n  good ones: {query: "tier:par by:\\"the quiet\\"", sort: -date}\n'
    )
    assert config.views["good ones"] == View("good ones", 'tier:par by:"the quiet"', "-date")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# mine\nadvance: off   # stay\n",
         '# mine\nadvance: off   # stay\nviews:\n  noise: "tier:noise"\n'),
        ("theme: 'paper'", "theme: 'paper'\nviews:\n  noise: \"tier:noise\"\n"),
        ("\ufeffadvance: on\r\n", '\ufeffadvance: on\r\nviews:\r\n  noise: "tier:noise"\r\n'),
        ("# only words\n", '# only words\nviews:\n  noise: "tier:noise"\n'),
        ("views:   # of mine\nadvance: on\n",
         'views:   # of mine\n  noise: "tier:noise"\nadvance: on\n'),
        ("views: {} # none\nadvance: on\n",
         'views: # none\n  noise: "tier:noise"\nadvance: on\n'),
        ('views: {a: "x", b: {query: y, sort: tier}}\n',
         'views:\n  a: "x"\n  b: {query: "y", sort: tier}\n  noise: "tier:noise"\n'),
        ("views:\n    b:  x    # why\n\n    # the other\n    a: y # end\n\n# last\nadvance: on\n",
         'views:\n    b:  x    # why\n\n    # the other\n    a: y # end\n    noise: "tier:noise"\n'
         "\n# last\nadvance: on\n"),
        ("views:\n  a:\n    query: x\n    sort: tier\n# about advance\nadvance: on\n",
         'views:\n  a:\n    query: x\n    sort: tier\n  noise: "tier:noise"\n# about advance\n'
         "advance: on\n"),
        ("views:\n  a: x", 'views:\n  a: x\n  noise: "tier:noise"'),
        ("views:\n  noise: old # why\n  z: x\n", 'views:\n  noise: "tier:noise" # why\n  z: x\n'),
        ("views:\r\n  noise:\r\n    query: old\r\n    sort: tier\r\n  z: y\r\n",
         'views:\r\n  noise: "tier:noise"\r\n  z: y\r\n'),
        ("views:\n  noise:\n  z: y\n", 'views:\n  noise: "tier:noise"\n  z: y\n'),
    ],
)  # fmt: skip
def test_a_view_is_put_in_and_nothing_else_changes(written, before, after):
    assert written(before, NOISE) == after


def test_a_view_with_another_name_keeps_its_place_and_its_comment(written):
    before = "views:\n  a: x # why\n  b: y\n"
    assert written(before, View("c", "x"), "a") == 'views:\n  c: "x" # why\n  b: y\n'


def test_a_view_that_takes_the_name_of_another_leaves_one_of_them(written):
    assert written("views:\n  a: x\n  b: y\n", View("b", "x"), "a") == 'views:\n  b: "x"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("views:\n  noise: x # why\n  b: y\n", "views:\n  b: y\n"),
        ("views:\n  b: y\n  noise:\n    query: x\n\n# more\nadvance: on\n",
         "views:\n  b: y\n\n# more\nadvance: on\n"),
        ("# top\nviews:\n  noise: x\ntheme: paper\n", "# top\nviews:\ntheme: paper\n"),
        ("views: {noise: x}\n", "views:\n"),
    ],
)  # fmt: skip
def test_a_view_is_taken_out_with_its_line_alone(written, before, after):
    assert written(before, "noise") == after


@pytest.mark.parametrize(
    "name", ["no", "2026", "-x", "a: b", "#1", "null", "日本", '"q"', "yes it is"]
)
def test_names_that_yaml_would_read_otherwise_are_quoted(written, name):
    written("advance: off\n", View(name, "x", "tier"))
    written("views: {a: b}\n", View(name, "x"))


@pytest.mark.parametrize(
    "before",
    [
        "{advance: off}\n",
        "advance: on\n...\n",
        "base: &a\n",
        "views: &v\n  a: &q x\n  b: *q\n",
        "views:\n  a: x\nviews:\n  b: y\n",
    ],
)
def test_what_cannot_be_changed_safely_is_refused_and_stays(tmp_path, before):
    path = tmp_path / "config.yaml"
    path.write_text(before)
    try:
        config = save_view(tmp_path, NOISE)
    except SettingsError as error:
        assert str(path) in str(error)
        assert path.read_text() == before
    else:
        assert before in path.read_text().replace('  noise: "tier:noise"\n', "")
        assert config.views["noise"] == NOISE


def test_a_file_that_is_wrong_by_now_is_left_and_reported(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("advance: maybe\n")
    with pytest.raises(SettingsError, match="`advance` is `maybe`"):
        save_view(tmp_path, NOISE)
    path.write_text("advance: 'on\n")
    with pytest.raises(SettingsError, match="not valid YAML"):
        remove_view(tmp_path, "a")
    assert path.read_text() == "advance: 'on\n"


def test_a_file_that_cannot_be_written_is_reported_and_nothing_is_left_behind(
    tmp_path, monkeypatch
):
    path = tmp_path / "config.yaml"
    path.write_text("advance: off\n")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(SettingsError, match=r"Cannot write .* \(permission denied\)"):
        save_view(tmp_path, NOISE)
    assert [entry.name for entry in tmp_path.iterdir()] == ["config.yaml"]
    assert path.read_text() == "advance: off\n"


def test_what_somebody_else_writes_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "config.yaml"
    path.write_text("advance: off\n")
    sync = os.fsync

    def write_too(descriptor):
        sync(descriptor)
        path.write_text("advance: on\n")

    monkeypatch.setattr(os, "fsync", write_too)
    with pytest.raises(SettingsError, match="Another program just changed"):
        save_view(tmp_path, NOISE)
    assert path.read_text() == "advance: on\n"


def test_a_link_to_the_file_stays_a_link_and_its_mode_stays(tmp_path):
    real = tmp_path / "dotfiles.yaml"
    real.write_text("advance: off\n")
    real.chmod(0o640)
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "config.yaml").symlink_to(real)
    save_view(folder, NOISE)
    assert (folder / "config.yaml").is_symlink()
    assert "noise" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640
