"""What sluice uses of Textual without a promise: each test fails when Textual changes it."""

from __future__ import annotations

import ast
import asyncio
import inspect
import textwrap
import weakref
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from textual import events
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.color import Color
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from textual.widgets._toast import ToastRack

import tui.app
from tui.app.textual_private import (
    KEY_CODES,
    KEY_SEQUENCES,
    OpenApp,
    SequenceReader,
    bind_keys,
    call_after,
    is_closing,
    is_stopped,
    let_go_of_lines,
    replace_screen,
    set_extent,
    stop_watching,
    suggest,
    suggestion,
)


class Trial(OpenApp):
    """An app with one widget."""

    BINDINGS: ClassVar = [Binding("j", "note('old')")]

    def __init__(self, widget: Widget | None = None) -> None:
        super().__init__()
        self.widget = widget or Static("here")
        self.noted: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def note_end(self, error: Exception) -> None:
        self.noted.append(error)

    def action_note(self, what: str) -> None:
        self.noted.append(what)


# How an app ends


async def test_an_error_in_a_handler_ends_the_app_with_1_and_no_traceback(capsys):
    class Failing(Trial):
        def on_key(self) -> None:
            raise ValueError("no such key")

    app = Failing()
    with pytest.raises(ValueError, match="no such key"):
        async with app.run_test() as pilot:
            await pilot.press("x")
    assert [str(error) for error in app.noted] == ["no such key"]
    assert app.return_code == 1
    assert capsys.readouterr() == ("", "")


async def test_an_error_of_our_own_ends_the_app_the_same_and_only_the_first_is_noted():
    app, first = Trial(), ValueError("first")
    with pytest.raises(ValueError, match="first"):
        async with app.run_test() as pilot:
            app.end_for(first)
            app.end_for(ValueError("second"))
            await pilot.pause()
            assert is_closing(app)
    assert app.noted == [first]
    assert app.return_code == 1


async def test_the_driver_is_there_while_the_app_runs():
    app = Trial()
    assert app.driver is None
    async with app.run_test():
        assert isinstance(app.driver, Driver)


# Toasts


async def test_a_toast_is_removed_with_what_holds_it():
    app = Trial()
    async with app.run_test(notifications=True) as pilot:
        app.notify("one")
        app.notify("two")
        await pilot.pause()
        assert [toast.message for toast in app.toasts] == ["one", "two"]
        app.remove_toast(app.toasts[0])
        await pilot.pause()
        (holder,) = app.screen.query("ToastRack > *")
        assert [toast.message for toast in app.toasts] == ["two"]
        assert [str(toast.render()) for toast in holder.children] == ["two"]
        app.remove_toast(app.toasts[0], refresh=False)
        await pilot.pause()
        assert len(app.screen.query("ToastRack > *")) == 1


async def test_textual_itself_leaves_what_held_a_toast():
    """Else `OpenApp` need not take it away."""
    app: App[None] = App()
    async with app.run_test(notifications=True) as pilot:
        app.notify("one")
        await pilot.pause()
        (toast,) = app._notifications
        assert [h.id for h in app.screen.query("ToastRack > *")] == [ToastRack._toast_id(toast)]
        app._unnotify(toast)
        await pilot.pause()
        (holder,) = app.screen.query("ToastRack > *")
        assert not holder.children


# Keys and messages


@pytest.mark.parametrize(
    ("sequence", "keys"),
    [("\x1b[A", ["up"]), ("\x1b[97;5u", ["ctrl+a"]), ("j", ["j"]), ("\x1b[1;2P", ["shift+f1"])],
)
def test_whole_sequences_are_read_as_keys(sequence, keys):
    assert [key.key for key in SequenceReader().keys(sequence)] == keys


def test_a_report_of_the_mouse_is_read_as_an_event():
    pressed = SequenceReader().mouse("\x1b[<0;3;2M")
    assert isinstance(pressed, events.MouseDown)
    assert (pressed.x, pressed.y, pressed.button) == (2, 1, 1)
    assert SequenceReader().mouse("\x1b[<nothing") is None


def test_tables_say_which_sequences_are_keys():
    assert isinstance(KEY_SEQUENCES["\x1b[A"], tuple)
    assert isinstance(KEY_SEQUENCES["\x1bOj"], str), "the asterisk of a number pad"
    assert "\x1bx" not in KEY_SEQUENCES
    assert {"27u", "13u", "1A", "3~", "57427~"} <= KEY_CODES.keys()
    assert "97u" not in KEY_CODES


async def test_a_key_bound_anew_does_only_the_new():
    app = Trial()
    async with app.run_test() as pilot:
        await pilot.press("j")
        bind_keys(app, [Binding("j,k", "note('new')")])
        await pilot.press("j", "k")
    assert app.noted == ["old", "new", "new"]


async def test_a_screen_takes_keys_that_are_bound_while_it_is_shown():
    app = Trial()
    async with app.run_test() as pilot:
        app.push_screen(Screen())
        await pilot.pause()
        bind_keys(app.screen, [Binding("x", "app.note('x')")])
        await pilot.press("x")
    assert app.noted == ["x"]


def test_an_event_is_stopped_when_somebody_took_it():
    event = events.Key("j", "j")
    assert not is_stopped(event)
    event.stop()
    assert is_stopped(event)


async def test_a_timer_whose_moment_passes_before_it_is_waited_for_is_still_called(monkeypatch):
    app, called = Trial(), []
    async with app.run_test() as pilot:
        seconds = count()
        monkeypatch.setattr("textual.timer._time.get_time", lambda: float(next(seconds)))
        timer = call_after(app, 0.001, lambda: called.append(True))
        while timer._task is not None and not timer._task.done():
            await asyncio.sleep(0.001)
        monkeypatch.undo()
        await pilot.pause()
    assert called == [True]


async def test_the_first_screen_is_replaced_and_gone():
    app = App[None]()
    async with app.run_test() as pilot:
        first, second, third = app.screen, Screen[None](), Screen[None]()
        for screen in (second, third):
            replace_screen(app, screen)
            await pilot.pause()
        assert list(app.screen_stack) == [third]
        assert not first.is_attached
        assert not second.is_attached


async def test_textual_itself_fails_to_replace_the_first_screen():
    app = App[None]()
    async with app.run_test():
        top = app.screen
        with pytest.raises(IndexError):
            app.switch_screen(Screen())
        app._screen_stack.append(top)


async def test_what_closes_is_known_before_it_is_gone():
    app = Trial()
    async with app.run_test() as pilot:
        assert not is_closing(app.widget)
        await app.widget.remove()
        await pilot.pause()
        assert is_closing(app.widget)
        assert not app.widget.call_later(print)


# Widgets


async def test_a_view_gets_longer_without_a_layout():
    class Lines(ScrollView):
        DEFAULT_CSS = "Lines { overflow-y: scroll; }"

        def render_line(self, _y: int) -> Strip:
            return Strip.blank(self.size.width)

    app, laid_out = Trial(view := Lines()), []
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        app.screen.screen_layout_refresh_signal.subscribe(app.widget, laid_out.append)
        set_extent(view, Size(view.scrollable_content_region.width, 100))
        await pilot.pause()
        assert view.virtual_size.height == 100
        assert view.vertical_scrollbar.window_virtual_size == 100
        view.scroll_to(y=90, animate=False, immediate=True, force=True)
        assert view.scroll_offset.y == 90
        assert laid_out == []


async def test_a_suggestion_is_shown_at_once_until_the_next_letter():
    app = Trial(field := Input())
    async with app.run_test() as pilot:
        await pilot.press("a", "p")
        assert suggestion(field) == ""
        suggest(field, "apple")
        assert suggestion(field) == "apple"
        await pilot.pause()
        assert "apple" in field.render_line(0).text
        await pilot.press("x")
        assert suggestion(field) == ""
        assert field.value == "apx"


# What Textual keeps of widgets


def test_backgrounds_are_remembered_without_the_lines_of_a_widget():
    let_go_of_lines()
    ground, above = Color.parse("#010203"), Color.parse("#040506")
    lines, others = StylesCache(), StylesCache()
    lines._cache[0] = Strip.blank(3)
    inner, outer = lines.get_inner_outer(ground, above)
    assert (inner.background, outer.background) == (ground + above, ground)
    assert others.get_inner_outer(ground, above)[0] is inner
    gone = weakref.ref(lines)
    del lines
    assert gone() is None


def test_textual_remembers_backgrounds_by_a_first_argument_it_does_not_use():
    """Else `let_go_of_lines` would change what is drawn, or need not be there."""
    let_go_of_lines()
    remembered = StylesCache.__dict__["get_inner_outer"].__func__
    assert remembered.cache_parameters()["maxsize"] == 1024
    names = remembered.__wrapped__.__code__.co_varnames
    assert names == ("cls", "base_background", "background")


async def test_a_text_area_that_is_gone_learns_of_no_theme():
    app = Trial(area := TextArea("goes"))
    async with app.run_test() as pilot:
        watchers = getattr(app, "__watchers")["theme"]
        # Else nothing would have to be stopped.
        assert [watcher[0] for watcher in watchers] == [area]
        stop_watching(area)
        assert watchers == []
        await area.remove()
        app.theme = "textual-light"
        await pilot.pause()


# Nobody else

GENERATED = {"_abc_impl", *vars(type("Made", (Widget,), {}))}
"""What Python and Textual set on every class."""


def private_names(kind: type) -> set[str]:
    """The private names that a class has, and those that its methods use of themselves."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("self", "super()")
    }
    private = {name for name in used | set(vars(kind)) if name[:1] == "_" and name[:2] != "__"}
    return private - GENERATED


def test_no_other_class_of_ours_uses_or_covers_a_private_name_of_the_class_it_extends():
    folder = Path(tui.app.__file__).parent
    paths = [path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py")]
    modules = [import_module(".".join(["tui.app", *path.parts])) for path in paths]
    kinds = {kind for module in modules for kind in vars(module).values() if inspect.isclass(kind)}
    found = {
        f"{kind.__qualname__}.{name}"
        for kind in kinds
        if kind.__module__.startswith("tui.") and kind.__module__ != OpenApp.__module__
        for base in kind.__mro__
        if base.__module__.startswith("textual")
        for name in private_names(kind) & private_names(base)
    }
    assert found == set()
