import os
import signal
import subprocess
import sys

import pytest

from tui.state.drafts import Drafts

AWKWARD = 'He said: "no"\n\t— 50 % \u202e🎈 \ud800 \x00'


def test_a_draft_is_there_again_after_a_restart(tmp_path):
    Drafts(tmp_path / "drafts").put("a/SOURCE-one.md", AWKWARD)
    again = Drafts(tmp_path / "drafts")
    assert again.get("a/SOURCE-one.md") == AWKWARD
    assert again.get("SOURCE-one.md") == ""
    assert again.names() == {"a/SOURCE-one.md"}


def test_an_emptied_draft_is_gone(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.put("one.md", "text")
    assert drafts.put("one.md", "")
    assert drafts.put("never-there.md", "")
    assert drafts.get("one.md") == ""
    assert drafts.names() == frozenset()
    assert list(tmp_path.iterdir()) == []


def test_a_source_with_any_name_can_have_a_draft(tmp_path):
    names = {"x" * 3000 + ".md", "../../outside.md", "ü 中.md", "\udce9.md", "CON.md"}
    drafts = Drafts(tmp_path / "drafts")
    for name in names:
        assert drafts.put(name, f"about {name}")
    assert drafts.names() == names
    assert {drafts.get(name) for name in names} == {f"about {name}" for name in names}
    assert [path.name for path in tmp_path.iterdir()] == ["drafts"]


def test_two_running_apps_keep_each_others_drafts(tmp_path):
    one, two = Drafts(tmp_path), Drafts(tmp_path)
    one.put("one.md", "1")
    two.put("two.md", "2")
    one.put("one.md", "1 and more")
    assert Drafts(tmp_path).names() == {"one.md", "two.md"}
    assert two.get("one.md") == "1 and more"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
def test_the_last_draft_survives_kill_9(tmp_path):
    code = (
        "import sys, os, signal; from pathlib import Path; from tui.state.drafts import Drafts\n"
        "drafts = Drafts(Path(sys.argv[1]))\n"
        "for length in range(1, 200): drafts.put('one.md', 'x' * length)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, tmp_path], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert Drafts(tmp_path).get("one.md") == "x" * 199


def test_a_write_that_is_cut_short_leaves_the_draft_before_it(tmp_path, monkeypatch):
    drafts = Drafts(tmp_path)
    drafts.put("one.md", "before")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    assert not drafts.put("one.md", "after")
    assert "(no space left on device); make room" in drafts.error
    assert drafts.get("one.md") == "after"
    assert Drafts(tmp_path).get("one.md") == "before"
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]


@pytest.mark.parametrize("damage", ["", "{", '"text"', "\x00" * 20])
def test_a_damaged_draft_is_set_aside_and_the_others_stay(tmp_path, damage):
    drafts = Drafts(tmp_path)
    drafts.put("one.md", "1")
    (path,) = tmp_path.iterdir()
    drafts.put("two.md", "2")
    path.write_text(damage)
    assert Drafts(tmp_path).names() == {"two.md"}
    assert drafts.get("one.md") == ""
    assert path.with_name(path.name + ".bad").read_text() == damage
    assert drafts.put("one.md", "again")
    assert drafts.get("one.md") == "again"


def test_a_file_that_is_no_draft_is_no_draft(tmp_path):
    (tmp_path / "other.json").write_text('{"source": 1}')
    (tmp_path / "notes.txt").write_text("mine")
    assert Drafts(tmp_path).names() == frozenset()
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_typing_goes_on_where_nothing_can_be_written(tmp_path):
    (tmp_path / "drafts").write_text("a file where the folder should be")
    drafts = Drafts(tmp_path / "drafts")
    assert not drafts.put("one.md", "typed")
    assert "lasts only until you quit" in drafts.error
    assert drafts.get("one.md") == "typed"
    assert drafts.names() == {"one.md"}
    (tmp_path / "drafts").unlink()
    assert drafts.put("one.md", "typed more")
    assert drafts.error == ""
    assert Drafts(tmp_path / "drafts").get("one.md") == "typed more"


def test_emptying_a_draft_holds_even_where_nothing_can_be_written(tmp_path):
    (tmp_path / "drafts").write_text("a file where the folder should be")
    drafts = Drafts(tmp_path / "drafts")
    drafts.put("one.md", "typed")
    drafts.put("one.md", "")
    assert drafts.get("one.md") == ""
    assert drafts.names() == frozenset()


def test_what_a_killed_program_left_half_written_goes_and_what_a_live_one_writes_stays(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, live = (tmp_path / f"x.json.{pid}.tmp" for pid in (gone.pid, os.getpid()))
    dead.write_text("ha")
    live.write_text("ha")
    Drafts(tmp_path)
    assert (dead.exists(), live.exists()) == (False, True)
