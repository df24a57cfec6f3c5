"""Every command once: its id, keys, name, and its word in the key bar."""

from __future__ import annotations

from tui.session.keys.command import Command

_TIERS = (
    Command("decide.tier_1", ("1",), "Set tier 1", bar="tier", needs_source=True),
    *(
        Command(f"decide.tier_{n}", (f"{n}",), f"Set tier {n}", needs_source=True, yields=n > 4)
        for n in range(2, 10)
    ),
    Command("decide.tier_0", ("0",), "Clear the tier, or set tier 10", needs_source=True),
)
TIERS = tuple(command.id for command in _TIERS)
"""The commands that set the tiers, from the first one to the tenth."""

GROUPS: dict[str, tuple[Command, ...]] = {
    "move": (
        Command("move.down", ("j", "down"), "Next source"),
        Command("move.up", ("k", "up"), "Previous source"),
        Command("move.first", ("g", "home"), "First source"),
        Command("move.last", ("G", "end"), "Last source"),
        Command("move.half_down", ("ctrl+d",), "Half a page down"),
        Command("move.half_up", ("ctrl+u",), "Half a page up"),
        Command("move.page_down", ("pagedown",), "A page down"),
        Command("move.page_up", ("pageup",), "A page up"),
        Command("move.next_pane", ("tab",), "Next pane"),
        Command("move.previous_pane", ("shift+tab",), "Previous pane"),
        Command("move.preview_down", ("J",), "Scroll the preview down"),
        Command("move.preview_up", ("K",), "Scroll the preview up"),
        Command("move.preview_page", ("space",), "Page through the preview"),
    ),
    "decide": (
        *_TIERS,
        Command("decide.category", ("c",), "Pick the category", bar="category", needs_source=True),
        Command("decide.same_category", ("C",), "Same category as last time", needs_source=True),
        Command("decide.insight", ("i",), "Add an insight", bar="insight", needs_source=True),
        Command("decide.insights", ("I",), "Insights: edit, reorder, delete", needs_source=True),
        Command(
            "decide.promote", ("p",), "Promote to the next status", bar="promote", needs_source=True
        ),
        Command("decide.promote_to", ("P",), "Promote to…, or move back", needs_source=True),
        Command("decide.archive", ("a",), "Archive", bar="archive", needs_source=True),
        Command(
            *("decide.snooze", ("z",), "Snooze until a day, or end that"),
            bar="snooze",
            needs_source=True,
            yields=True,
        ),
        Command(
            *("decide.notebooks", ("m",), "Put into notebooks, or take out"),
            bar="notebook",
            needs_source=True,
            yields=True,
        ),
        Command(
            *("decide.same_notebooks", ("M",), "Same notebooks as last time"),
            needs_source=True,
            yields=True,
        ),
        Command("decide.rename_notebook", (), "Rename a notebook"),
        Command("decide.topics", ("t",), "Add or remove topics", needs_source=True),
        Command("decide.field", ("f",), "Set any field", needs_source=True),
        Command("decide.repeat", ("full_stop",), "Repeat the last change", needs_source=True),
        Command(
            *("decide.suggested", ("equals_sign",), "Accept all suggestions and proposals"),
            bar="take ≈",
            needs_source=True,
        ),
        Command(
            *("decide.proposals", ("minus",), "Proposals: take or refuse each"), needs_source=True
        ),
    ),
    "select": (
        Command("select.mark", ("x",), "Mark and move down", bar="mark", needs_source=True),
        Command("select.down", ("shift+down",), "Extend the marks down", needs_source=True),
        Command("select.up", ("shift+up",), "Extend the marks up", needs_source=True),
        Command("select.all", ("asterisk",), "Mark all shown, or unmark all"),
        Command("select.clear", ("X",), "Unmark all"),
    ),
    "find": (
        Command("find.search", ("slash",), "Search: words or field:value", bar="find"),
        Command("find.next_hit", ("n",), "Next match in the preview"),
        Command("find.previous_hit", ("N",), "Previous match in the preview"),
        Command("find.previous_problem", ("left_square_bracket",), "Previous problem"),
        Command("find.next_problem", ("right_square_bracket",), "Next problem"),
        Command("find.repair", ("F",), "Repair the source", bar="repair", needs_source=True),
        Command("find.view", ("v",), "Views: open, edit, delete", bar="views"),
        Command("find.save_view", ("V",), "Save the search or view"),
        Command("find.sort", ("s",), "Sort the view"),
    ),
    "copy": (
        Command("copy.url", ("y",), "Copy the URL", bar="copy", needs_source=True),
        Command("copy.menu", ("Y",), "Copy… (URLs, alias, link, id, title)", needs_source=True),
        Command("copy.alias", ("A",), "Copy an alias", needs_source=True),
        Command("copy.wikilink", ("w",), "Copy the [[wikilink]]", needs_source=True),
    ),
    "go": (
        Command("go.read", ("enter",), "Read on the whole screen", bar="read", needs_source=True),
        Command("go.open", ("o",), "Open the URL in the browser", needs_source=True),
        Command("go.edit", ("e",), "Edit in $EDITOR", bar="edit", needs_source=True),
        Command("go.duplicates", ("d",), "Duplicates side by side", needs_source=True),
        Command("go.today", ("L",), "What was decided, today and before", yields=True),
        Command("go.history", ("H",), "History of the source", needs_source=True, yields=True),
    ),
    "read": (
        Command("read.next_source", ("l", "right"), "Next source, in the reader", yields=True),
        Command(
            "read.previous_source", ("h", "left"), "Previous source, in the reader", yields=True
        ),
    ),
    "board": (
        Command("board.distribution", ("D",), "Distribution and progress"),
        Command("board.rapid", ("r",), "Rapid pass: one key per source", bar="rapid"),
        Command("board.notebooks", ("b",), "Notebooks, side by side", bar="notebooks", yields=True),
        Command(
            *("board.move_left", ("less_than_sign", "shift+left")),
            "Board: move the card left",
            yields=True,
        ),
        Command(
            *("board.move_right", ("greater_than_sign", "shift+right")),
            "Board: move the card right",
            yields=True,
        ),
        Command(
            *("board.take_out", ("delete",), "Board: take the card out"),
            yields=True,
        ),
        Command(
            *("board.sent", ("S",), "Board: note as delivered, or not"),
            yields=True,
        ),
        Command(
            *("board.compare", ("ctrl+v",), "Board: compare with a copied list"),
            yields=True,
        ),
        Command("board.packet", (), "Board: write a packet with questions"),
    ),
    "undo": (
        Command("undo.undo", ("u",), "Undo the last change", bar="undo"),
        Command("undo.redo", ("U", "ctrl+r"), "Redo"),
    ),
    "app": (
        Command("app.help", ("question_mark",), "Help: every key", bar="help"),
        Command("app.palette", ("ctrl+p",), "Command palette, themes"),
        Command("app.add", ("plus",), "Add a source for a URL"),
        Command("app.rescan", ("R",), "Reload the vault"),
        Command("app.redraw", ("ctrl+l",), "Redraw the screen"),
        Command("app.suspend", ("ctrl+z",), "Suspend; `fg` returns"),
        Command("app.back", ("q",), "Back, then quit", bar="quit"),
    ),
}
"""The commands by group, in the order that help and README list them."""

COMMANDS: dict[str, Command] = {
    command.id: command for commands in GROUPS.values() for command in commands
}
"""Every command by its id."""

OF_MARKED = frozenset(
    command.id
    for command in GROUPS["decide"]
    if command.needs_source and command.id not in ("decide.insight", "decide.insights")
)
"""The commands that change the marked sources, if there are any, and not only the one in hand."""
