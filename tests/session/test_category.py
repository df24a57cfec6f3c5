"""c asks for the category: by its slot's key, by letters, or a new one."""

import pytest

NAME = "SOURCE-001-apples.md"


@pytest.mark.parametrize(
    ("slot", "category"),
    [("1", "agents-orchestration"), ("0", "prompt-engineering"), ("-", "vibe-coding")],
)
def test_a_slot_takes_its_category_at_once(sluice, files, slot, category):
    with sluice() as app:
        app.press("c", slot)
        assert app.is_on_top
        assert app.source.text("notebooklm_category") == category
    assert files.lines(NAME) == [
        "- notebooklm_category: general",
        f"+ notebooklm_category: {category}",
    ]


def test_letters_filter_and_enter_takes_the_best(sluice, files):
    with sluice() as app:
        app.press("c")
        app.type("vibe")
        assert app.picker[0] == "vibe-coding"
        app.press("enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: vibe-coding"


def test_a_typo_still_finds_the_category(sluice, files):
    with sluice() as app:
        app.press("c")
        app.type("promt-enginering")
        app.press("enter")
    assert files.lines(NAME)[1] == "+ notebooklm_category: prompt-engineering"


def test_the_category_it_has_is_under_the_cursor_so_enter_confirms_it(sluice, files):
    with sluice() as app:
        app.press("c")
        assert app.box.under_cursor.value == "general"
        app.press("enter")
        assert app.toast == "general confirmed · u undoes"
        app.press("c", "enter")
        assert app.toast == "Nothing to change: general"
    assert files.changes == {}


def test_a_new_category_is_one_to_choose_from_afterwards(sluice, files):
    with sluice() as app:
        app.press("c")
        app.type("gardening")
        app.press("enter", "enter", "j", "c")
        app.type("garden")
        assert app.box.under_cursor.value == "gardening"
        assert "new category" not in app.box.under_cursor.note
        app.press("enter", "enter")
    assert "+ notebooklm_category: gardening" in files.changes["SOURCE-002-bridges.md"]


@pytest.mark.parametrize("text", ["no", "a: b", "# y", "it's", "1e3", "ünï 漢字 👍"])
def test_a_new_category_that_yaml_would_read_otherwise_is_read_back_the_same(sluice, vault, text):
    with sluice() as app:
        app.press("c")
        app.type(" " + text)  # a space first: a digit alone is a slot
        while not app.box.under_cursor.is_new:
            app.press("down")
        app.press("enter", "enter")
        source = app.session.desk.vault.reread(NAME)
        assert source is not None
        assert source.fields["notebooklm_category"] == text


def test_esc_leaves_everything_as_it_was(sluice, files):
    with sluice() as app:
        app.press("j", "c")
        app.type("vibe")
        app.press("escape")
        assert app.here == "SOURCE-002-bridges.md"
        assert app.focused == "queue"
        app.press("j")
        assert app.here == "SOURCE-003-clocks.md"
    assert files.changes == {}


def test_capital_c_gives_the_next_source_the_same_category(sluice, files):
    with sluice() as app:
        app.press("C")
        assert "no category set yet" in app.toast
        app.press("c", "6", "j", "C")
    assert files.changes.keys() == {NAME, "SOURCE-002-bridges.md"}
    assert all("+ notebooklm_category: claude-code" in lines for lines in files.changes.values())


def test_tab_comes_to_the_category_too_and_then_back_to_the_text(sluice, files):
    with sluice() as app:
        app.press("tab", "tab", "tab")
        assert "ai-agents" in app.picker
        app.press("2")
        assert app.focused == "preview"
    assert files.lines(NAME)[1] == "+ notebooklm_category: ai-agents"
