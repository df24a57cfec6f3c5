"""What Textual keeps of widgets that are gone, let go.

It promises neither `StylesCache` and its `get_inner_outer` nor `__watchers`; they stand here only.
"""

from __future__ import annotations

from textual._styles_cache import StylesCache
from textual.widget import Widget


def let_go_of_lines() -> None:
    """Have the drawn lines of a widget go with it.

    Textual remembers the two backgrounds of 1,024 widgets by the object that keeps a widget's
    lines, and so keeps all of these. They follow from two colours alone: the method's first
    argument is called ``cls``, and bound to the class it needs no object.
    """
    method = StylesCache.__dict__["get_inner_outer"]
    if not isinstance(method, classmethod):
        StylesCache.get_inner_outer = classmethod(method)  # type: ignore[assignment]


def stop_watching(widget: Widget) -> None:
    """Have the app tell a widget that goes of nothing more.

    Textual forgets who watched only when what was watched changes, as the theme hardly does.
    """
    for watchers in getattr(widget.app, "__watchers", {}).values():
        watchers[:] = [watcher for watcher in watchers if watcher[0] is not widget]
