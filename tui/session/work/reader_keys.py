"""The keys of the reader, for the key bar and for help."""

from __future__ import annotations

OTHERS = (
    "find.search", "select.mark", "read.next_source", "go.open", "decide.snooze", "undo.undo",
    "move.down", "app.help",
)  # fmt: skip
"""The commands in the key bar after those that decide."""
HERE = (
    (("move.down", "move.up"), "scroll, or move the cursor"),
    (("move.preview_page",), "page down"),
    (("move.half_down", "move.half_up"), "half a page down, up"),
    (("move.first", "move.last"), "beginning and end of the text"),
    (("read.next_source", "read.previous_source"), "next and previous source"),
    (("find.search",), "search in the text"),
    (("find.next_hit", "find.previous_hit"), "next and previous match"),
    (("select.mark",), "show a cursor, then mark its line"),
    (("select.down", "select.up"), "mark lines down, up"),
    (("decide.insight",), "add an insight; quotes marked lines"),
    (("select.clear",), "drop the marks, then the cursor"),
    (("go.read", "app.back"), "back to the queue"),
)
"""What keys do in the reader that they do not do in the queue."""
WORDS = {
    "find.search": "in text", "select.mark": "mark lines", "read.next_source": "sources",
    "go.open": "open", "move.down": "scroll", "app.help": "help",
}  # fmt: skip
"""What the key bar says of commands that mean something else here, or have no word."""
TOGETHER = {
    "read.next_source": ("read.previous_source", "read.next_source"),
    "move.down": ("move.down", "move.up"),
}
"""The commands whose keys are shown in place of one's own."""
CLICKED = {"decide.tier_1": "decide.promote_to", "read.next_source": "read.next_source"}
"""What a click on several keys runs."""
