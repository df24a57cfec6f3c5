"""m puts sources into notebooks and takes them out; M puts them into the same as last."""

import pytest

from tests.samples import header
from tui.session.questions import EditLine, TickOptions

NAME, SECOND, THIRD = "SOURCE-001-apples.md", "SOURCE-002-bridges.md", "SOURCE-003-clocks.md"
ALL = (NAME, SECOND, THIRD, "SOURCE-004-deserts.md")


def insert(path, **fields):
    """Write more fields into a source's header."""
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    path.write_text(path.read_text().replace("key_insights:", f"{lines}key_insights:", 1))
    return path


def in_notebooks(vault, name):
    return header(vault / name).get("notebooks")


def test_m_puts_the_source_into_several_notebooks_as_one_change(sluice, vault, files):
    with sluice() as app:
        app.press("m")
        assert isinstance(app.box.question, TickOptions)
        assert app.box.question.known("Agents @work") is None
        assert app.box.save(("Agents @work", " Rust"), ())
        assert app.toast == "notebooks + Agents @work,  Rust · u undoes"
    assert files.lines(NAME) == ["+ notebooks:", '+   - "Agents @work"', '+   - " Rust"']
    with sluice() as app:
        app.press("u")
    assert files.changes == {}


def test_the_picker_lists_notebooks_with_counts_and_ticks_those_of_the_source(sluice, vault, write):
    (vault / "sluice.yaml").write_text(
        "notebooks: {cap: 2, names: {Planned: {for: later}, Rust: {}}}\n"
    )
    insert(write(8, "Ants"), notebooks="[Ants, rust]")
    insert(write(9, "Bees"), notebooks="[Rust, Ants]")
    with sluice() as app:
        app.press("G", "m")
        question = app.box.question
        assert dict(question.held) == {"Rust": 1, "Ants": 1}
        assert [(option.value, option.note) for option in question.options] == [
            ("Rust", "2 of 2 · full"),
            ("Ants", "2 of 2 · full"),
            ("Planned", "0 of 2 · later"),
        ]
        assert app.box.save((), ("Rust", "Ants"))
    assert in_notebooks(vault, "SOURCE-009-bees.md") == []


def test_a_typed_name_takes_the_case_of_the_notebook(sluice, vault, write):
    insert(write(9, "Bees"), notebooks="[Insects]")
    with sluice() as app:
        app.press("m")
        assert app.box.question.known("INSECTS") == "Insects"
        assert app.box.save(("insects",), ())
    assert in_notebooks(vault, NAME) == ["Insects"]


def test_capital_m_and_dot_put_the_next_ones_where_the_last_went(sluice, vault):
    with sluice() as app:
        app.press("M")
        assert "m picks one" in app.toast
        app.press("m")
        app.box.save(("A", "B"), ())
        app.press("j", "M")
        assert app.toast == "notebooks + A, B · u undoes"
        app.press("j", ".")
    for name in (NAME, SECOND, THIRD):
        assert in_notebooks(vault, name) == ["A", "B"]


def test_marks_go_into_a_notebook_as_one_change(sluice, vault, files):
    with sluice() as app:
        app.press("x", "x", "m")
        assert app.box.question.total == 2
        assert app.box.question.heading == "notebooks of 2 marked"
        app.box.save(("A",), ())
        assert "2 sources" in app.toast
        app.press("u")
    assert files.changes == {}


def test_what_cannot_be_a_name_is_refused(sluice, vault, files):
    with sluice() as app:
        app.press("m")
        assert not app.box.save(("two\nlines",), ())
        assert "single line" in app.toast
    assert files.changes == {}


def test_a_category_as_notebook_is_replaced_and_the_toast_says_so(sluice, vault):
    (vault / "sluice.yaml").write_text("notebooks: {from: notebooklm_category}\n")
    with sluice() as app:
        app.press("m")
        assert app.box.question.is_single
        app.box.save(("claude-code",), ())
        assert "claude-code replaces general" in app.toast
    assert header(vault / NAME)["notebooklm_category"] == "claude-code"


def test_a_folder_without_notebooks_says_so_at_m(sluice, vault, files):
    (vault / "sluice.yaml").write_text("roles: {notebooks: null}\n")
    with sluice() as app:
        for key in ("m", "M"):
            app.press(key)
            assert "no field for notebooks" in app.toast
        assert app.boxes == []


def test_a_notebook_is_renamed_in_all_its_sources_as_one_change(sluice, vault, write, files):
    one = insert(write(8, "Ants"), notebooks="[Old]", notebooks_sent="[Old@2026-11-30]")
    two = insert(write(9, "Bees"), notebooks="[x, Old]")
    with sluice() as app:
        app.enter(app.session.run, "decide.rename_notebook")
        app.press("enter")
        assert isinstance(app.box.question, EditLine)
        assert app.box.save("New @home")
        app.settled()
        assert header(one)["notebooks"] == ["New @home"]
        assert header(one)["notebooks_sent"] == ["New @home@2026-11-30"]
        assert header(two)["notebooks"] == ["x", "New @home"]
        app.press("u")
    assert header(one)["notebooks_sent"] == ["Old@2026-11-30"]
    assert header(two)["notebooks"] == ["x", "Old"]


@pytest.mark.parametrize("key", ["m", "M"])
def test_the_keys_work_in_the_reader_and_in_a_rapid_pass(sluice, vault, write, key):
    with sluice() as app:
        app.press("m")
        app.box.save(("A",), ())
        app.press("j", "enter", key)
        if key == "m":
            app.box.save(("A",), ())
        app.press("q", "r", "space", key)
        if key == "m":
            app.box.save(("A",), ())
    assert in_notebooks(vault, SECOND) == ["A"]
    assert sum(in_notebooks(vault, name) == ["A"] for name in ALL) == 3


# Views


def test_each_notebook_is_a_view_after_the_others(sluice, vault, write):
    insert(write(8, "Ants"), notebooks="[Rust, 'say \"hi\", @me']")
    insert(write(9, "Bees"), notebooks="[Rust work]")
    with sluice() as app:
        app.press("v")
        last = app.box.options[-3:]
        assert [(one.value, one.number) for one in last] == [
            ("notebook Rust", "1"),
            ("notebook Rust work", "1"),
            ('notebook say "hi", @me', "1"),
        ]
        app.enter(app.box.close, 'notebook say "hi", @me')
        assert app.shown == ["Ants"]
        (tab,) = [tab for tab in app.drawn.figures.views if tab.is_open]
        assert (tab.name, tab.figure) == ('notebook say "hi", @me', "1")
    with sluice() as app:
        assert app.shown == ["Ants"]
        app.press("v")
        app.enter(app.box.close, "notebook Rust")
        assert app.shown == ["Ants"]
