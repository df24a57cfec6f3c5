"""The samples of other folders in the app: each key does its work, and ``u`` restores the file."""

from __future__ import annotations

import pytest

from tui.session.questions import PickOne, PickStatus

CLIPPINGS = ("clippings", "Why bread rises", "Why bread rises twice.md")
RFCS = ("rfcs", "Sorting is stable", "0022-sorting-is-stable.md")
BACKLOG = ("backlog", "Print on index", "tasks/task-024 - Print-on-index-cards.md")
BLOG = ("blog", "Sharpening for", "content/posts/sharpening-for-the-impatient.md")


def added(path, before):
    old = before.decode().splitlines()
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line not in old]


@pytest.mark.parametrize(
    ("folder", "title", "note", "view", "moves"),
    [
        (*CLIPPINGS, "inbox", ["status: read", "status: done"]),
        (*RFCS, "Draft", ["stage: Review", "stage: Last Call", "stage: Final"]),
        (*BACKLOG, "To Do", ["state: In Progress", "state: Done"]),
        (*BLOG, "draft", ["draft = false  # photos are missing"]),
    ],
)
def test_p_leads_to_the_end_of_the_line_and_u_back(
    sluice, other_folder, folder, title, note, view, moves
):
    root = other_folder(folder)
    path = root / note
    before = path.read_bytes()
    with sluice(root) as app:
        assert app.drawn.figures.view == view
        app.open_view("all")
        for line in moves:
            app.go_to(title)
            app.press("p")
            assert added(path, before) == [line]
        app.press(*["u"] * len(moves))
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("folder", "title", "note", "line"),
    [
        (*CLIPPINGS, "status: archived"),
        (*RFCS, "stage: Withdrawn"),
        (*BACKLOG, "state: Won't Do"),
        (*BLOG, ""),
    ],
)
def test_a_archives_where_a_status_means_that(sluice, other_folder, folder, title, note, line):
    root = other_folder(folder)
    before = (root / note).read_bytes()
    with sluice(root) as app:
        app.go_to(title)
        app.press("a")
        if not line:
            assert app.toast.startswith("This folder has no status for the archive.")
        assert added(root / note, before) == ([line] if line else [])
        if line:
            app.press("u")
        assert (root / note).read_bytes() == before


@pytest.mark.parametrize(
    ("folder", "title", "note", "tier", "category"),
    [
        (*CLIPPINGS, "", ""),
        (*RFCS, "", "area: tools"),
        (*BACKLOG, "priority: medium", "component: timer"),
        (*BLOG, "", ""),
    ],
)
def test_2_and_c_set_what_the_folder_has(sluice, other_folder, folder, title, note, tier, category):
    root = other_folder(folder)
    before = (root / note).read_bytes()
    with sluice(root) as app:
        app.go_to(title)
        app.press("2")
        assert added(root / note, before) == ([tier] if tier else [])
        assert bool(tier) is ("no tier" not in app.toast)
        app.press(*["u"] * bool(tier), "c")
        if not category:
            assert app.toast.startswith("This folder has no category.")
            return
        app.type(category.partition(": ")[2])
        app.press("enter")
        assert added(root / note, before) == [category]


@pytest.mark.parametrize(
    ("folder", "places"),
    [
        ("clippings", ["preview", "insights", PickStatus, "queue"]),
        ("rfcs", ["preview", "insights", PickOne, PickStatus, "queue"]),
        ("blog", ["preview", PickStatus, "queue"]),
    ],
)
def test_tab_goes_only_to_what_the_folder_has_and_back(sluice, other_folder, folder, places):
    with sluice(other_folder(folder)) as app:
        for key, wanted in (("tab", places), ("shift+tab", [*places[-2::-1], "queue"])):
            for place in wanted:
                app.press(key)
                if isinstance(place, str):
                    assert (app.boxes, app.focused) == ([], place)
                else:
                    assert isinstance(app.box.question, place)


@pytest.mark.parametrize(("folder", "title", "note"), [CLIPPINGS, RFCS, BACKLOG, BLOG])
def test_i_writes_an_insight_where_there_is_a_field(sluice, other_folder, folder, title, note):
    root = other_folder(folder)
    before = (root / note).read_bytes()
    with sluice(root) as app:
        app.go_to(title)
        app.press("i")
        if folder == "blog":
            assert app.toast.startswith("This folder has no field for insights.")
            return
        app.type("Worth it")
        app.press("enter")
        app.press("escape")
        assert added(root / note, before) == ["insights:", '  - "Worth it"']
        app.press("u")
        assert (root / note).read_bytes() == before
