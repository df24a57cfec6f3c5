"""The pictures in docs/, and the script that makes them."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PICTURES = sorted(DOCS.glob("*.svg"))
STILLS = [path for path in PICTURES if path.stem != "demo"]
RECORDING = (DOCS / "demo.svg").read_text(encoding="utf-8")


def words(picture: str) -> str:
    """Everything that is written in a picture, in the order it is drawn."""
    return " ".join(" ".join(ElementTree.fromstring(picture).itertext()).split())


def seconds(css: str) -> float:
    """How long one round of the recording takes."""
    (found,) = re.findall(r"animation-duration:([\d.]+)s", css)
    return float(found)


def frames(picture: str) -> list[str]:
    """What is written in a recording between two changes, from its first moment to its last."""
    shown: dict[str, dict[float, bool]] = {}
    for name, hidden, visible in re.findall(
        r"@keyframes (\w+)\{(.*?)\{visibility:hidden\}(.*?)\{visibility:visible\}\}", picture
    ):
        shown[name] = {
            float(moment): is_visible
            for moments, is_visible in ((hidden, False), (visible, True))
            for moment in moments.replace("%", "").split(",")
        }
    groups = [
        (shown.get(group.get("class", "")), " ".join(group.itertext()))
        for group in ElementTree.fromstring(picture).iterfind(".//{*}g/{*}g")
    ]
    return [
        " ".join(
            text
            for changes, text in groups
            if changes is None or changes[max(at for at in changes if at <= moment)]
        )
        for moment in sorted({at for changes in shown.values() for at in changes})
    ]


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_needs_nothing_from_elsewhere_and_shows_nothing_of_a_machine(path):
    text = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert not re.search(r"@font-face|@import|href=|url\(|<script|/tmp/|/home/|/root/", text)
    for name in root.attrib["aria-labelledby"].split():
        assert root.find(f"*[@id='{name}']").text


@pytest.mark.parametrize("path", STILLS, ids=lambda path: path.stem)
def test_a_still_picture_is_small_and_still(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < 60_000
    assert "animation" not in text


@pytest.mark.parametrize("name", ["screenshot", "screenshot-light"])
def test_the_picture_of_the_queue_shows_the_samples_at_work(name):
    told = words((DOCS / f"{name}.svg").read_text(encoding="utf-8"))
    assert "seeds / words, or field:value" in told
    assert "How OpenAI Builds for 800 Million Weekly Users" in told


def test_the_recording_loads_fast_and_ends_soon_and_begins_again():
    assert len(RECORDING.encode()) < 400_000
    assert len(gzip.compress(RECORDING.encode())) < 60_000
    assert 15 < seconds(RECORDING) <= 25
    assert "animation-iteration-count:infinite" in RECORDING


def test_the_recording_shows_every_key_that_is_pressed_and_what_it_brings():
    seen = frames(RECORDING)
    assert len(seen) > 40
    at = 0
    for key, brings in (
        ("/", "opne bui 800"),
        ("esc", "back"),
        ("2", "strategic"),
        ("c", "category"),
        ("enter", "ai-engineering"),
        ("i", "Version prompts like an API, with tests"),
        ("p", "triaged"),
        ("x", "mark three"),
        ("a", "archive all three"),
        ("u", "all three are back"),
    ):
        later = range(at, len(seen))
        pressed = rf"(?<!\S){re.escape(key)}(?!\S)"
        at = next((n for n in later if re.search(pressed, seen[n]) and brings in seen[n]), -1)
        assert at >= 0, f"{key} {brings} is not seen after what comes before it"


def test_nothing_moves_for_people_who_asked_for_less_motion():
    media = "@media (prefers-reduced-motion:reduce){g{animation-name:none!important}}"
    assert media in RECORDING
    still = " ".join(
        " ".join(group.itertext())
        for group in ElementTree.fromstring(RECORDING).iterfind(".//{*}g/{*}g")
        if group.get("visibility") != "hidden"
    )
    assert "promote: raw to triaged" in still
    assert "undo" in still, "the key bar belongs to the still picture"
    assert "back to the queue" not in still


@pytest.mark.timeout(300)
def test_the_script_makes_the_same_pictures_anywhere_and_names_those_out_of_date(tmp_path):
    for path in PICTURES:
        shutil.copy(path, tmp_path)
    (tmp_path / "rapid.svg").write_text("something else")
    strange = {"TZ": "Pacific/Auckland", "LC_ALL": "C", "HOME": "/nowhere", "PYTHONHASHSEED": "5"}
    checked = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "pictures"), "--check", "--to", str(tmp_path)],
        env={**os.environ, **strange, "NO_COLOR": "1", "COLUMNS": "40", "COLORTERM": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 1
    assert "out of date: rapid; run" in checked.stderr.splitlines()[-1]
    assert (tmp_path / "rapid.svg").read_text() == "something else"
