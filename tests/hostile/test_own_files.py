"""Files of sluice's own that were spoilt: a sentence or a fresh start, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hostile.conftest import SOME_MEGABYTES, Drive, assert_harmless
from tests.hostile.vaults import TITLE, put, source
from tui.app.themes import load_themes
from tui.errors import SettingsError
from tui.state.chosen_theme import ChosenTheme
from tui.state.config import load_config
from tui.state.drafts import Drafts
from tui.state.folders import user_folders

SPOILT = {
    "empty": b"",
    "nul": b"\x00" * 100_000,
    "deep": b"[" * 500_000,
    "deep maps": b'{"a":' * 200_000,
    "long number": b"1" * 1_000_000,
    "huge": b'{"a": "' + b"x" * 1_000_000 + b'"}\n',
    "invalid": b"\xff\xfe\x9b31m",
    "list": b"[1, 2]\n",
    "text": b'"\\u001b[31m"\n',
    "numbers": b'{"kind": 1, "id": [], "theme": 3, "source": {}, "text": [], "advance": {}}\n',
    "kinds": b'{"kind":"change","id":"x","label":[],"time":5,"files":{"a":1}}\n'
    b'{"kind":"undo","id":"y"}\n{"kind":"change","id":{},"label":1,"time":"x","files":[[]]}\n',
    "bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [" % (n, n) + b", ".join([b"*%c" % (n - 1)] * 9) + b"]\n"
               for n in range(ord("b"), ord("k")))
    + b"theme: *j\n",
    "tag": b'!!python/object/apply:os.system ["touch owned"]\n',
}  # fmt: skip


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_journal_or_schema_is_reported_or_skipped(
    place: Path, drive: Drive, kind: str
) -> None:
    file = put(place, "SOURCE-1.md", source(TITLE))
    put(place, "SOURCE-2.md", source(TITLE))
    (made,) = drive(place, ["set", str(file), "tier=strategic"]).runs
    assert made.code == 0
    state = user_folders().vault_state(place)
    (state / "journal.jsonl").write_bytes(SPOILT[kind])
    report = drive(
        place, ["log"], ["log", "--json"], ["undo"], ["set", str(file), "tier=noise"], ["undo"]
    )
    for run in report.runs:
        assert_harmless(run)
    assert report.megabytes < SOME_MEGABYTES
    assert file.read_bytes() == source(TITLE + b"signal_tier: strategic\n")
    put(place, "sluice.yaml", SPOILT[kind])
    for run in drive(place, ["list"], ["check"]).runs:
        assert_harmless(run)


@pytest.mark.parametrize("kind", SPOILT)
def test_spoilt_settings_drafts_and_themes_are_reported_or_skipped(
    tmp_path: Path, kind: str
) -> None:
    data = SPOILT[kind]
    for name in ("config.yaml", "settings.json", "drafts.json", "bad.toml"):
        put(tmp_path, name, data)
    try:
        load_config(tmp_path)
    except SettingsError as error:
        assert len(str(error)) < 1_000
    (tmp_path / "config.yaml").unlink()
    put(tmp_path, "views.yaml", data)
    config = load_config(tmp_path)
    assert len(config.broken) < 1_000 and config.broken.isprintable()
    assert not config.broken or config.views == {}
    assert ChosenTheme(tmp_path).name is None
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.put("SOURCE-1.md", "kept")
    put(tmp_path / "drafts", "0.json", data)
    assert drafts.names() == {"SOURCE-1.md"}
    themes, sentences = load_themes([tmp_path])
    assert themes == []
    assert [len(said) < 1_000 for said in sentences] == [True]


def test_a_theme_file_of_the_wrong_types_is_reported(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", b'name = "a"\ndark = true\nprimary = [1, {a = 2}]\n')
    put(tmp_path, "b.toml", b'name = "\\u001b[31m"\ndark = true\n')
    put(tmp_path, "c.toml", b'name = "c"\ndark = "yes"\nvariables = 3\n')
    put(tmp_path, "d.toml", json.dumps("x" * 1_000_000).encode())
    themes, sentences = load_themes([tmp_path])
    assert themes == []
    assert len(sentences) == 4
    assert all(said.isprintable() and len(said) < 1_000 for said in sentences)
