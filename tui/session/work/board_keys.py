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
    (("read.previous_source", "read.next_source"), "previous and next notebook"),
    (("move.down", "move.up"), "next and previous card; above the first one is the head"),
    (("move.first", "move.last"), "the notebook's head, its last card"),
    (("go.read",), "read the source; on the head, deliver the notebook"),
    (("decide.notebooks",), "put the card into notebooks"),
    (("board.move_left", "board.move_right"), "move the card to the column beside it"),
    (("board.take_out",), "take the card out of the notebook"),
    (("move.preview_page",), "stage the card: a delivery is of staged cards, if there are any"),
    (("copy.menu",), "deliver the notebook"),
    (("board.sent",), "note that the card was delivered, or that it was not"),
    (("board.compare",), "compare with the list that the service shows; or paste that"),
    (("board.packet",), "write a packet: the sources, and the questions asked of them"),
    (("find.search",), "filter the cards"),
    (("board.notebooks", "app.back"), "back to the queue"),
)
"""What keys do on the board that they do not do in the queue."""


def bar(keymap: Keymap, *, on_head: bool, in_none: bool) -> Iterator[tuple[str, ...]]:
    """The keys for the bar: each with what it does, and what a click presses."""
    enter = "deliver" if on_head else "read"
    rows: tuple[tuple[tuple[str, ...], str], ...] = (
        (("read.previous_source", "read.next_source"), "notebook"),
        (("go.read",), "" if on_head and in_none else enter),
        (("copy.menu",), "" if in_none or on_head else "deliver"),
        (("decide.notebooks",), "" if on_head else "notebooks"),
        (("board.move_left", "board.move_right"), "" if on_head else "move"),
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
