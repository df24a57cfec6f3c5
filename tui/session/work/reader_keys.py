"""The keys of the reader, for the key bar and for help."""

from __future__ import annotations

OTHERS = (
    "find.search", "select.mark", "read.next_source", "go.open", "decide.snooze", "undo.undo",
    "move.down", "app.help",
)  # fmt: skip
"""The commands in the key bar after those that decide."""
HERE = (
    (("move.down", "move.up"), "scroll a line, or move the cursor on the lines"),
    (("move.preview_page",), "page down"),
    (("move.half_down", "move.half_up"), "half a page down, up"),
    (("move.first", "move.last"), "beginning and end of the text"),
    (("read.next_source", "read.previous_source"), "next and previous source"),
    (("find.search",), "search in the text"),
    (("find.next_hit", "find.previous_hit"), "next and previous match"),
    (("select.mark",), "cursor on the lines, then mark a line"),
    (("select.down", "select.up"), "mark lines down, up"),
    (("decide.insight",), "add an insight: a quote of what is marked or selected"),
    (("select.clear",), "drop marks, then the cursor on the lines"),
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
