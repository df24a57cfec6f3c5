"""The keys of the notebooks' board, for its key bar and for help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.session.keys.keymap import Keymap

ELSEWHERE = (
    "find.view", "find.save_view", "find.sort", "find.next_problem", "find.previous_problem",
    "board.rapid", "app.add",
)  # fmt: skip
"""Commands about the queue: the board closes for them."""
IN_READER = (
    "decide.insight", "decide.insights", "move.preview_down", "move.preview_up", "find.next_hit",
    "find.previous_hit",
)  # fmt: skip
"""Commands about a text: the reader opens for them."""
HERE = (
    (("read.previous_source", "read.next_source"), "previous and next column"),
    (("move.down", "move.up"), "next and previous card, and the head"),
    (("move.first", "move.last"), "the head, the last card"),
    (("go.read",), "read; on the head, deliver"),
    (("decide.notebooks",), "put the card into notebooks"),
    (("board.move_left", "board.move_right"), "move the card to the next column"),
    (("board.take_out",), "take the card out of the notebook"),
    (("move.preview_page",), "stage the card for a delivery"),
    (("copy.menu",), "deliver the notebook"),
    (("board.sent",), "note as delivered, or as not"),
    (("board.compare",), "compare with a copied or pasted list"),
    (("board.packet",), "write a packet: sources, questions"),
    (("find.search",), "filter the cards"),
    (("board.notebooks", "app.back"), "back to the queue"),
)
"""What keys do on the board that they do not do in the queue."""


def bar(
    keymap: Keymap, *, on_head: bool, in_none: bool, is_alone: bool, marked: bool
) -> Iterator[tuple[str, ...]]:
    """The keys for the bar: each with what it does, and what a click presses.

    Where the sources have no notebook yet, or some are marked, the key that gives them one is
    first. ``is_alone`` says that there is only one column.
    """
    enter = "deliver" if on_head else "read"
    puts = "" if on_head and not marked else "notebook"
    is_first = in_none or marked
    rows: tuple[tuple[tuple[str, ...], str], ...] = (
        (("decide.notebooks",), puts if is_first else ""),
        (("read.previous_source", "read.next_source"), "" if is_alone else "column"),
        (("go.read",), "" if on_head and in_none else enter),
        (("copy.menu",), "" if in_none or on_head else "deliver"),
        (("decide.notebooks",), "" if is_first else puts),
        (("board.move_left", "board.move_right"), "" if on_head or is_alone else "move"),
        (("move.down", "move.up"), "card"),
        (("move.preview_page",), "" if on_head or in_none else "stage"),
        (("board.sent",), "" if on_head or in_none else "delivered"),
        (("board.compare",), "" if in_none else "compare"),
        (("select.mark",), "" if on_head else "mark"),
        (("board.take_out",), "" if on_head or in_none else "take out"),
        (("find.search",), "filter"),
        (("undo.undo",), "undo"),
        (("app.help",), "help"),
    )
    for ids, what in rows:
        sign = keymap.sign(*ids) if what else ""
        if sign:
            keys = keymap[ids[-1]].keys
            yield sign, what, keys[0] if keys else ""


def empty(keymap: Keymap) -> Sequence[str]:
    """What the board says while there is no notebook."""
    picks = keymap.hint("decide.notebooks", "puts the source, or what is marked, into one")
    lines = ["No notebook yet", picks or "“sluice notebook add” puts sources into one"]
    return [*lines, "notebooks: {names: [NAME, …]} in sluice.yaml plans them"]
