"""Limits: from which size on work is done in parts or in a thread, and how long things wait."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers of sources and of seconds; the defaults are measured."""

    found_at_once: int = 10_000
    """Sources up to which a question is answered within a frame.

    A keystroke's lookup takes 1 to 4 ms of CPU there, and 10 to 40 among 100,000.
    """
    sorted_at_once: int = 3_000
    """Sources that are sorted within a frame, repeatedly while the vault is read."""
    counted_at_once: int = 2_000
    """Sources whose values are counted within a frame."""
    counted_later: float = 0.5
    """Seconds after a change until what needs all sources is counted again."""
    shown_at_once: int = 200
    """Changed sources that are shown without a pause for keys, within a frame or two."""
    previewed: int = 5
    """Marked sources from which a change is previewed before it is made."""
    matches_at_first: int = 300
    """Matches that are shown before the others, if there are many."""
    many_matches: int = 3_000
    renewed_rows: int = 5_000
    """Changed sources whose rows are updated within the frame that shows them."""
    batch: int = 100
    """Sources read between two checks of the clock and of the keys."""
    shown_every: float = 0.1
    """Seconds between two updates of the screen while the vault is read."""
    large: int = 2_000
    """Sources from which a reread is excluded from garbage collection too.

    What the screen shows at that moment is excluded with them, for good: 0.2 MB.
    """
    checked: int = 200
    """Changed files that are read before any of them is taken in."""
    slice: float = 0.010
    """Seconds spent on taking in files at a time, before keys are answered."""
    indexed: int = 20
    """Changed sources that are indexed at a time."""
    folder_checked: float = 0.5
    """Seconds without an event after which the vault's folder itself is checked."""
    polled: float = 2.0
    """Seconds between two checks of all stamps, where there are no events."""
    swept: float = 10.0
    """The same where there are events."""
    told_later: float = 0.5
    """Seconds after files have changed until it is told who did what."""
    history_looked: float = 0.5
    """Seconds between two looks for new changes while a list of changes is open."""
    git_asked: float = 2.0
    """Seconds that git gets for the commits of a source."""
    proposals_looked: float = 0.5
    """Seconds between two looks at the size of the file with proposals."""
    day_checked: float = 300.0
    """Seconds after which the date is looked at, if nothing happens: a computer may have slept."""
    place_saved: float = 2.0
    """Seconds after a move until the place in the view is saved."""
    noticed: float = 1.0
    """Seconds after a reported failure in which a key may not yet be a reaction to it."""
    learning_rests: float = 5.0
    """Seconds without a change before learning from scratch."""
    rest_factor: int = 10
    """The same, at least, in multiples of the time that learning took."""
    rows_rest: float = 0.15
    """Seconds without a new row in sight after which suggestions for the rows are looked for."""
    judged_rows: int = 2_000
    """Rows whose suggestions stay known."""
