"""Frees what Textual keeps of removed widgets.

It uses `StylesCache.get_inner_outer` and `__watchers`, which are private to Textual.
"""

from __future__ import annotations

from textual._styles_cache import StylesCache
from textual.widget import Widget


def let_go_of_lines() -> None:
    """Free the drawn lines of a widget together with it.

    Textual caches a method that computes two backgrounds for up to 1,024 widgets, and with it the
    object that keeps each widget's lines. The result depends on two colours only, so the method
    (its first argument is called ``cls``) can be bound to the class instead.
    """
    method = StylesCache.__dict__["get_inner_outer"]
    if not isinstance(method, classmethod):
        StylesCache.get_inner_outer = classmethod(method)  # type: ignore[assignment]


def stop_watching(widget: Widget) -> None:
    """Remove a widget that goes from the app's watchers.

    Textual does so only when the watched value changes, and the theme hardly ever does.
    """
    for watchers in getattr(widget.app, "__watchers", {}).values():
        watchers[:] = [watcher for watcher in watchers if watcher[0] is not widget]
