"""Snoozed sources in the app: they leave the queue and the counts, and have a view of their own."""

from tests.samples import replace, write_quick_view


def tabs(app):
    """The views above the queue: their keys, and how many sources they have."""
    return {view.name: (view.key, view.figure) for view in app.figures.views}


def counted(app, view, count):
    """Whether a view is counted so, as soon as the counts are taken again."""
    app.until(lambda: view in tabs(app) and tabs(app)[view][1] == str(count))
    return True


def test_the_count_of_a_view_is_that_of_its_rows(sluice, vault, command):
    names = sorted(path.name for path in vault.glob("*.md"))
    command("snooze", str(vault / names[0]), "in 2 weeks")
    with sluice() as app:
        assert len(app.shown) == len(names) - 1
        assert counted(app, "raw", len(names) - 1)
        assert counted(app, "all", len(names))
        command("snooze", str(vault / names[1]), "in 2 weeks")
        app.noticed(names[1])
        assert counted(app, "raw", len(names) - 2)
        replace(vault / names[0], "title:", "title: More on")
        app.noticed(names[0])
        assert counted(app, "raw", len(names) - 1)


def test_their_view_has_room_above_the_queue_once_there_are_any(sluice, vault, command):
    [name, *_] = sorted(path.name for path in vault.glob("*.md"))
    with sluice() as app:
        assert "snoozed" not in tabs(app)
        command("snooze", str(vault / name), "monday")
        app.noticed(name)
        assert counted(app, "snoozed", 1)
        assert tabs(app)["snoozed"] == ("-", "1")
        app.press("v", "-")
        assert app.here == name
        command("undo")
        app.noticed(name)
        assert counted(app, "snoozed", 0), "it is open"
        app.press("v", "1")
        assert "snoozed" not in tabs(app)


def test_saved_views_have_the_keys_they_had_before_there_was_one(sluice, vault):
    write_quick_view()
    with sluice() as app:
        app.press("v")
        slots = {option.value: option.slot for option in app.box.options}
        assert (slots["looks wrong"], slots["quick"], slots["snoozed"]) == ("0", "-", "=")
