"""? lists every key, ctrl+p the themes too: letters filter, enter runs."""

from tui.session.keys.catalogue import COMMANDS, TIERS

NAME = "SOURCE-001-apples.md"


def lines(app):
    """The lines of the picker: keys, name and what there is to say."""
    rows = (one for one in app.box.options if not one.is_prose)
    return [f"{one.lead} {one.label} {one.note}" for one in rows]


def test_every_command_is_in_help_with_its_key(sluice):
    with sluice() as app:
        app.press("question_mark")
        tiers = app.session.desk.schema.tier.values
        for command in COMMANDS.values():
            if command.id in TIERS[len(tiers) : -1]:
                assert not any(command.id == one.value for one in app.box.options)
                continue
            named = {**dict(zip(TIERS, tiers, strict=False)), TIERS[-1]: "Clear the tier"}
            name = named.get(command.id, command.name)
            assert any(
                line.startswith(command.key_label) and name in line for line in lines(app)
            ), command.id


def test_help_names_the_groups_as_the_pages_do_and_begins_with_the_place(sluice):
    with sluice() as app:
        app.press("question_mark")
        headings = [one.label for one in app.box.options if one.is_heading]
        assert headings[:3] == ["HERE: queue", "Move", "Mark"]
        app.press("escape", "tab", "question_mark")
        headings = [one.label for one in app.box.options if one.is_heading]
        assert headings[:3] == ["HERE: text", "Decide", "Move"]


def test_help_explains_tiers_statuses_category_and_insight(sluice):
    with sluice() as app:
        app.press("question_mark")
        schema = app.session.desk.schema
        for number, choice in enumerate(schema.tier.choices, 1):
            assert lines(app)[number - 1].startswith(f"{number} "), "what to decide comes first"
            assert f"{choice.glyph} {choice.name}" in lines(app)[number - 1]
        for choice in (*schema.tier.choices, *schema.status.choices):
            assert any(choice.name in line and choice.meaning in line for line in lines(app))
        for field in (schema.category, schema.insights):
            assert any(field.meaning in line for line in lines(app))
        app.type("noise")
        assert "noise" in app.box.under_cursor.label


def test_every_key_of_the_product_is_bound():
    keys = "j k g G J K space tab 1 2 3 4 0 c C i I p P a t full_stop slash n N v y Y A w enter o e"
    keys += " u U ctrl+r question_mark ctrl+p R q down up home end ctrl+d ctrl+u pagedown pageup"
    bound = {key for command in COMMANDS.values() for key in command.keys}
    assert set(keys.split()) - bound == set()


def test_no_key_is_bound_twice():
    keys = [key for command in COMMANDS.values() for key in command.keys]
    assert len(keys) == len(set(keys))


def test_help_opens_what_opens_a_picker_itself(sluice, files):
    with sluice() as app:
        app.press("question_mark")
        app.type("pick the category")
        app.press("enter", "6")
    assert files.lines(NAME)[1] == "+ notebooklm_category: claude-code"


def test_esc_leaves_help_without_running_anything(sluice, files):
    with sluice() as app:
        app.press("question_mark")
        app.type("promote")
        app.press("escape")
        assert app.boxes == []
        assert app.focused == "queue"
    assert files.changes == {}


def test_the_palette_runs_commands(sluice, files):
    with sluice() as app:
        app.press("ctrl+p")
        app.type("promote to the next")
        app.press("enter")
    assert files.lines(NAME) == ["- status: raw", "+ status: triaged"]


def test_q_quits_from_the_queue_and_only_from_there(sluice):
    with sluice() as app:
        app.press("tab", "q")
        assert app.focused == "queue"
        app.press("slash")
        app.type("app")
        app.press("enter", "q")
        assert app.bar == ""
        assert not app.ended
        app.press("q")
        assert app.ended
