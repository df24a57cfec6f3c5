"""What sequences leave behind that are damaged, or came in portions: text that nobody typed.

No rule can be sure here. These take for a leftover what a person hardly types within half a
second of a sequence, and in one portion with it.
"""

from __future__ import annotations

from re import DOTALL, Pattern, escape
from re import compile as pattern

from tui.app.terminal.forms import CSI

Leftovers = tuple[Pattern[str], ...]
"""How text begins that is dropped."""

SURELY = pattern(
    r"\[(?:[<=>?]|\d*[;:]|\d+ ?[@-~]|[A-Z~]|\[.)|O[A-Zj-y]|N[!-~]\Z|\](?:\d+;|[lLI])"
    r"|P[\d;]*[!$+=>?|]|[_^]|[]PX].*(?:\x1b\\|[\x07\x9c\udc9c])",
    DOTALL,
)
"""How only a sequence goes on behind an ESC that was taken for the escape key."""
PERHAPS = pattern(r"\[\d*|O|\]\d*|P[\d;]*")
"""How it may go on, or else keys are pressed."""
UNFINISHED = pattern(r"[0-9;:<=>?]|[^\x00-\x7f]")
"""What a control sequence does not end with."""
DOUBTFUL = pattern(r"\x1b(?:[^\x1b]|\[[a-d])")
"""Keys that a damaged sequence may look like: those with alt, and rxvt's arrows."""
GOES_ON = pattern(r"[^\x00-\x1f\x7f-\x9f]")
"""What stands behind them then."""
_STRING = pattern(r"[^\x1b]*\x07")
_NUMBERED = pattern(r"[\d;:<=>?]|[!-~]{1,40}?[;:<]")
_SEPARATED = pattern(r"[!-~\ud800-\udfff]{0,40}?[;:<]")
_NUMBERS = pattern(r"[\d;:<=>?]*[;:<][\d;:<=>?]*[!-~]")

NOTHING: Leftovers = ()
ANYTHING: Leftovers = (pattern(""),)
AFTER_ESCAPE: Leftovers = (_SEPARATED,)
AFTER_DAMAGE: Leftovers = (_NUMBERED, _STRING)


def behind(sequence: str) -> Leftovers:
    """What is no text directly behind a key or a report, which a damaged one may be by chance."""
    numbers = _NUMBERED if sequence in (f"{CSI}I", f"{CSI}O") else _NUMBERS
    # The last byte may have come twice.
    return (numbers, _STRING, pattern(escape(sequence[-1]) + r"(?![!-~])"))
