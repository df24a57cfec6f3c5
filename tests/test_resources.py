from pathlib import Path

import tui.resources
from tui.resources import seeds_folder, themes_folder


def test_a_checkout_uses_its_own_themes_and_seeds():
    repository = Path(__file__).parent.parent
    assert themes_folder() == repository / "themes"
    assert seeds_folder() == repository / "seeds"


def test_an_installed_package_uses_the_files_inside_it(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "tui"
    for name in ("themes", "seeds"):
        (package / "data" / name).mkdir(parents=True)
    monkeypatch.setattr(tui.resources, "_PACKAGE", package)
    assert themes_folder() == package / "data" / "themes"
    assert seeds_folder() == package / "data" / "seeds"
