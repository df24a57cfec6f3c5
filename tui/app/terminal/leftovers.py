"""The rest of damaged or split escape sequences, which is text that nobody typed.

No rule is certain here. These match text that a person hardly ever types within half a second of
a sequence, and in one piece with it.
"""

from __future__ import annotations

from re import DOTALL, Pattern, escape
from re import compile as pattern

from tui.app.terminal.forms import CSI

Leftovers = tuple[Pattern[str], ...]
"""Patterns for the beginning of text to drop."""

SURELY = pattern(
    r"\[(?:[<=>?]|\d*[;:]|\d+ ?[@-~]|[A-Z~]|\[.)|O[A-Zj-y]|N[!-~]\Z|\](?:\d+;|[lLI])"
    r"|P[\d;]*[!$+=>?|]|[_^]|[]PX].*(?:\x1b\\|[\x07\x9c\udc9c])",
    DOTALL,
)
"""How only a sequence can continue after an ESC that was taken for the escape key."""
PERHAPS = pattern(r"\[\d*|O|\]\d*|P[\d;]*")
"""How a sequence may continue, unless these are keys."""
UNFINISHED = pattern(r"[0-9;:<=>?]|[^\x00-\x7f]")
"""Characters that do not end a control sequence."""
DOUBTFUL = pattern(r"\x1b(?:[^\x1b]|\[[a-d])")
"""Keys that a damaged sequence may look like: those with alt, and rxvt's arrows."""
GOES_ON = pattern(r"[^\x00-\x1f\x7f-\x9f]")
"""What follows them if they are damaged."""
_STRING = pattern(r"[^\x1b]*\x07")
_NUMBERED = pattern(r"[\d;:<=>?]|[!-~]{1,40}?[;:<]")
_SEPARATED = pattern(r"[!-~\ud800-\udfff]{0,40}?[;:<]")
_NUMBERS = pattern(r"[\d;:<=>?]*[;:<][\d;:<=>?]*[!-~]")

NOTHING: Leftovers = ()
ANYTHING: Leftovers = (pattern(""),)
AFTER_ESCAPE: Leftovers = (_SEPARATED,)
AFTER_DAMAGE: Leftovers = (_NUMBERED, _STRING)


def behind(sequence: str) -> Leftovers:
    """What to drop right after a key or report, as it may be a damaged sequence."""
    numbers = _NUMBERED if sequence in (f"{CSI}I", f"{CSI}O") else _NUMBERS
    # The last byte may have come twice.
    return (numbers, _STRING, pattern(escape(sequence[-1]) + r"(?![!-~])"))
