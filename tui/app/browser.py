"""A web address opened in the person's browser."""

from __future__ import annotations

import webbrowser

IN_THE_TERMINAL = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})
"""Browsers that would draw over the screen we draw on."""


def open_in_browser(address: str) -> bool:
    """Whether a browser with a window of its own took the address."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if getattr(browser, "name", "") in IN_THE_TERMINAL:
        return False
    return webbrowser.open(address)
