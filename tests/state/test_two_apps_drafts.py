"""Several apps on one source: each keeps its own draft, and none is lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tui.state.drafts import MOST_HELD, Drafts
from tui.state.field_drafts import FieldDrafts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no locks between programs")
ROOT = Path(__file__).parent.parent.parent
FILES = Path("/proc/self/fd")
TYPING = """
import sys
from pathlib import Path
from tui.state.drafts import Drafts
drafts = Drafts(Path(sys.argv[1]))
for line in sys.stdin:
    verb, _, text = line.rstrip("\\n").partition(" ")
    print(drafts.take("a.md") if verb == "take" else drafts.put("a.md", text), flush=True)
"""


class App:
    """Another program that types into the same source."""

    def __init__(self, folder):
        self._program = subprocess.Popen(
            [sys.executable, "-c", TYPING, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def does(self, what):
        self._program.stdin.write(f"{what}\n")
        self._program.stdin.flush()
        return self._program.stdout.readline().rstrip("\n")

    def is_killed(self):
        self._program.send_signal(signal.SIGKILL)
        self._program.communicate()


@pytest.fixture
def start(tmp_path):
    apps = []

    def started():
        apps.append(App(tmp_path))
        return apps[-1]

    yield started
    for app in apps:
        app.is_killed()


def all_taken(folder):
    """What the next starts are offered, one after the other."""
    drafts, found = Drafts(folder), []
    while text := drafts.take("a.md"):
        found.append(text)
        drafts.put("a.md", "")
    return found


def test_enter_in_one_app_leaves_what_the_other_is_typing(tmp_path, start):
    one, other = start(), start()
    one.does("put first")
    other.does("put second")
    other.does("put ")
    assert Drafts(tmp_path).get("a.md") == "first"
    one.is_killed()
    assert all_taken(tmp_path) == ["first"]


def test_an_app_is_not_offered_what_a_running_one_is_typing(tmp_path, start):
    one, other = start(), start()
    one.does("put first")
    assert other.does("take") == ""
    other.does("put second")
    assert one.does("take") == "first"
    assert other.does("take") == "second"


def test_two_killed_apps_leave_two_drafts_which_are_offered_one_after_the_other(tmp_path, start):
    apps = [start(), start()]
    for number, app in enumerate(apps):
        app.does(f"put half {number}")
    for app in apps:
        app.is_killed()
    assert all_taken(tmp_path) == ["half 0", "half 1"]
    assert all_taken(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_killed_apps_draft_is_taken_by_one_app_only(tmp_path, start):
    gone = start()
    gone.does("put half")
    gone.is_killed()
    apps = [start() for _ in range(4)]
    assert sorted(app.does("take") for app in apps) == ["", "", "", "half"]


def test_a_draft_that_was_taken_is_there_again_when_its_app_is_killed_too(tmp_path, start):
    for text in ("half", "half more"):
        app = start()
        assert app.does("take") in ("", "half")
        app.does(f"put {text}")
        app.is_killed()
    assert all_taken(tmp_path) == ["half more"]


def test_many_apps_that_type_and_save_at_once_lose_nothing(tmp_path):
    code = (
        "import sys, random; from pathlib import Path; from tui.state.drafts import Drafts\n"
        "drafts, me = Drafts(Path(sys.argv[1])), sys.argv[2]\n"
        "for round in range(200):\n"
        "    assert drafts.put('a.md', f'{me} {round}')\n"
        "    assert drafts.own('a.md') == f'{me} {round}'\n"
        "    if round % 5 == 4: drafts.put('a.md', '')\n"
        "drafts.put('a.md', f'{me} ends')\n"
    )
    apps = [
        subprocess.Popen(
            [sys.executable, "-c", code, tmp_path, str(number)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for number in range(4)
    ]
    assert [app.wait() for app in apps] == [0, 0, 0, 0]
    assert sorted(all_taken(tmp_path)) == [f"{number} ends" for number in range(4)]


def test_a_draft_of_a_former_version_is_read_and_gone_when_it_is_saved(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.put("a.md", "x")
    (path,) = tmp_path.iterdir()
    drafts.put("a.md", "")
    old = tmp_path / f"{path.name.partition('.')[0]}.json"
    old.write_text(json.dumps({"source": "a.md", "text": "from before"}))
    assert drafts.names() == {"a.md"}
    assert drafts.take("a.md") == "from before"
    drafts.put("a.md", "from before, and more")
    assert Drafts(tmp_path).get("a.md") == "from before, and more"
    drafts.put("a.md", "")
    assert list(tmp_path.iterdir()) == []


def test_a_rename_takes_along_what_no_running_app_has_and_covers_nothing(tmp_path):
    one, other, left = Drafts(tmp_path), Drafts(tmp_path), Drafts(tmp_path)
    left.put("a.md", "left")
    left.put("b.md", "there before")
    del left
    one.put("a.md", "one's")
    other.put("a.md", "other's")
    one.rename("a.md", "b.md")
    assert (one.own("b.md"), other.own("a.md")) == ("one's", "other's")
    other.rename("a.md", "b.md")
    assert (one.own("b.md"), other.own("b.md")) == ("one's", "other's")
    one.let_go()
    other.let_go()
    last, found = Drafts(tmp_path), []
    while text := last.take("b.md"):
        found.append(text)
        last.put("b.md", "")
    assert sorted(found) == ["left", "one's", "other's", "there before"]
    assert last.names() == frozenset()


def test_what_is_left_for_a_renamed_source_does_not_end_up_in_a_field_that_is_open(tmp_path):
    app = Drafts(tmp_path)
    assert app.take("a.md") == ""
    Drafts(tmp_path).put("a.md", "left while the field was open")
    app.rename("a.md", "b.md")
    app.put("b.md", "typed")
    app.put("b.md", "")
    assert app.take("b.md") == "left while the field was open"


def test_emptying_a_field_drops_only_what_was_offered_in_it(tmp_path):
    app = Drafts(tmp_path)
    assert app.take("a.md") == ""
    Drafts(tmp_path).put("a.md", "left while the field was open")
    app.put("a.md", "")
    assert app.take("a.md") == "left while the field was open"


def test_an_app_that_ended_still_drops_what_arrived_unless_it_was_taken(tmp_path):
    app = Drafts(tmp_path)
    app.put("a.md", "on its way")
    app.let_go()
    app.put("a.md", "")
    assert list(tmp_path.iterdir()) == []
    app.put("a.md", "on its way")
    app.let_go()
    next_one = Drafts(tmp_path)
    next_one.put("a.md", f"{next_one.take('a.md')} and more")
    app.put("a.md", "")
    assert next_one.own("a.md") == "on its way and more"


def test_field_drafts_of_two_apps_are_two(tmp_path):
    one, other = FieldDrafts(Drafts(tmp_path)), FieldDrafts(Drafts(tmp_path))
    one.put_text("a.md", "title", "first")
    one.put_items("a.md", "aliases", ["x"], (0, "first"))
    assert other.text("a.md", "title") == ""
    assert other.items("a.md", "aliases", ["x"]) is None
    assert other.elsewhere("a.md", "title")
    assert not one.elsewhere("a.md", "title")
    other.put_text("a.md", "title", "second")
    other.put_items("a.md", "aliases", ["x"], ("second",))
    other.put_text("a.md", "title", "")
    other.put_items("a.md", "aliases", ["x"], None)
    assert one.text("a.md", "title") == "first"
    assert one.items("a.md", "aliases", ["x"]) == (0, "first")


def test_as_many_sources_as_one_likes_have_drafts_with_few_files_open(tmp_path):
    drafts = Drafts(tmp_path)
    before = len(list(FILES.iterdir())) if FILES.exists() else 0
    names = [f"{number}.md" for number in range(3 * MOST_HELD)]
    for name in names:
        assert drafts.put(name, name)
    if before:
        assert len(list(FILES.iterdir())) <= before + MOST_HELD
    assert {drafts.take(name) for name in names} == set(names)
    for name in names:
        assert drafts.put(name, f"{name} more")
    assert {drafts.own(name) for name in names} == {f"{name} more" for name in names}
    assert len(list(tmp_path.iterdir())) == len(names)


def test_no_draft_is_lost_where_the_folder_goes_away(tmp_path):
    drafts = Drafts(tmp_path / "drafts")
    drafts.put("a.md", "typed")
    shutil.rmtree(tmp_path / "drafts")
    assert drafts.put("a.md", "typed more")
    assert Drafts(tmp_path / "drafts").get("a.md") == "typed more"
