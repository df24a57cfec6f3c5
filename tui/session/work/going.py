"""Going: puts the cursor on a source, wherever that is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.desk import Desk
from tui.session.model.board import Board
from tui.session.model.writing import Writing
from tui.session.work.searcher import Searcher
from tui.vault.source import Source

_ODD = re.compile(r":|(?:^|\s)-")
"""What a search takes for a filter, or for a word to leave out."""


@dataclass(eq=False)
class Going:
    """Goes to a source in the view; to one outside it by a search."""

    _desk: Desk
    _board: Board
    _writing: Writing
    _searcher: Searcher

    def go_to(self, name: str) -> Source | None:
        """Put the cursor on a source; returns it, or None when its file is gone."""
        board, vault = self._board, self._desk.vault
        source = vault.find(name) or vault.reread(name)
        if source is None:
            return None
        if board.cards.is_open:
            if board.cards.go_to(name):
                return source
            # It has no card: the queue shows it.
            board.cards.leave()
            board.outdate("source", "figures")
        joins = board.worklist.take_in(source)
        if joins or (board.worklist.looking_up and board.rows.row_of(name) is None):
            self._searcher.forget()
            board.refresh(name)
        if board.rows.row_of(name) is None and not self._writing:
            self._searcher.look_for(_searched(source))
        board.go_to(name)
        return source


def _searched(source: Source) -> str:
    """Words that find a source: its id, else its file's name, as text and not as a filter."""
    words = source.id or source.stem
    if not _ODD.search(words):
        return words
    return f'stem:"{source.stem}"' if '"' not in source.stem else _ODD.sub(" ", words)
