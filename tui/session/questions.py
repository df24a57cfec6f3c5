"""What the session asks a person: frozen questions, each shown by a box of the app.

``Ask.ask`` shows one and calls back with the answer; None when the person closed the box. What
becomes known while a box is open goes to it as news.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar

from tui.checks.file_repair import FileRepair
from tui.session.keys.keymap import Following, Keymap
from tui.session.model.card_facts import CardFacts
from tui.session.model.cards import Cards
from tui.session.option import Option
from tui.state.field_drafts import Items
from tui.state.views import View
from tui.triage.bulk import BulkPlan
from tui.triage.drawing import Line
from tui.triage.moment import Moment
from tui.triage.round import Summary
from tui.triage.sampling import SampleRules
from tui.triage.schema import Schema
from tui.triage.stats import Stats
from tui.triage.verdict import Verdict
from tui.vault.progress import Progress
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.guess.placed import Placed

Answer = TypeVar("Answer")


About = Literal["", "insights", "category", "status"]
"""The line of a source whose place a box takes as a drawer; empty for what is about the app."""


@dataclass(frozen=True)
class Question(Generic[Answer]):
    """Something to ask, and the type of its answer."""


# News


class Complaint(NamedTuple):
    """Why something was refused."""

    sentence: str
    part: str = ""
    """The field it is about, if the box has several."""


class Options(NamedTuple):
    """Other options of a picker."""

    options: Sequence[Option]


class CountedOptions(NamedTuple):
    """The options of a picker again, with their counts."""

    options: Sequence[Option]


class Counts(NamedTuple):
    """How often values are used."""

    counts: Mapping[str, int]


class CopiedAddress(NamedTuple):
    """An address that may be meant."""

    address: str


class Candidate(NamedTuple):
    """A likely duplicate, and the reasons for it."""

    source: Source
    reasons: tuple[str, ...]


class Candidates(NamedTuple):
    """More duplicates."""

    found: Sequence[Candidate]


class CommandEnded(NamedTuple):
    """How a command ended, and the kind of that sentence."""

    sentence: str
    kind: str


class Statistics(NamedTuple):
    """Statistics, counted."""

    stats: Stats


class BoardNow(NamedTuple):
    """The notebooks' board has changed, or the keys that work on it."""

    heading: Sequence[str]
    """What is on the board; of these the first that fits."""
    aside: Sequence[str]
    """What is at the right end; as well."""
    keys: Sequence[tuple[str, ...]]
    """Keys, what each does, and what a click presses."""
    back: tuple[str, ...] | None
    """The key that closes the board."""


class FindCards(NamedTuple):
    """The field for words that cards must have is to be opened, or closed."""

    is_open: bool


class Sheet(NamedTuple):
    """Lines to read, and the keys that act on them."""

    heading: str
    lines: Sequence[tuple[str, str]]
    """Each with the theme's colour for it."""
    hints: Sequence[str]
    """What the keys do, the longest first."""


class Moments(NamedTuple):
    """What was changed, newest first."""

    moments: Sequence[Moment]
    """As long as it is the same list, more were added at its end."""
    is_whole: bool
    """Whether that is all."""
    headings: Sequence[str]
    """The longest first."""
    note: str
    """Why something is missing; else empty."""
    today: date
    """The day that is called so."""


# Pickers


@dataclass(frozen=True)
class PickOne(Question[str]):
    """Which of some options; the answer is its value."""

    title: str
    options: Sequence[Option]
    current: str = ""
    """The value under the cursor at first."""
    new: str = ""
    """What a typed text without a match becomes ("new category"); empty if it cannot."""
    filtered: bool = True
    verb: str = "picks"
    """What enter does."""
    on_cursor: Callable[[str], object] | None = None
    """Gets the value under the cursor."""
    on_number: Callable[[int], Sequence[Option]] | None = None
    """Gets a number typed in a menu that is not filtered, 0 for none; gives the options for it."""
    read: Callable[[str], Sequence[Option]] | None = None
    """Gives the options that a text or a key of one stands for; None where text filters."""
    typed: str = "letters filter"
    """What can be typed, as the empty field says it."""
    hint: str = ""
    """What else can be typed, for the hints of the keys."""
    about: About = ""
    ring: Sequence[str] = ()
    """The names of the drawers beside it, with its own."""
    on_tab: Callable[[int], object] | None = None
    """Called, once it is closed, to open the next of them (1) or the previous one (-1)."""
    on_refuse: Callable[[str], object] | None = None
    """Gets the value under the cursor when delete is pressed, once the box is closed."""
    refuses: str = ""
    """What delete does; a menu that is not filtered does it by ``-`` too."""
    can_refuse: Collection[str] | None = None
    """The values with which delete does something; None for all."""
    said: Sequence[str] = ()
    """A line below the options: the longest of these that fits."""


@dataclass(frozen=True)
class ShowHelp(PickOne):
    """Which of all keys does what; the chosen one does it."""


@dataclass(frozen=True)
class PickStatus(PickOne):
    """Which status to move to; or which tier, which ``rate`` gets once the box is closed."""

    tiers: Sequence[Option] = ()
    rate: Callable[[str], object] = lambda _: None
    now: str = ""
    """What status and tier are."""


@dataclass(frozen=True)
class PickView(Question[str]):
    """Which view to open. It takes ``Options``, ``CountedOptions``, ``Complaint``."""

    options: Sequence[Option]
    current: str
    saved: Callable[[], Collection[str]]
    """The names of the views that can be deleted."""
    on_edit: Callable[[str], object]
    on_delete: Callable[[str], object]


@dataclass(frozen=True)
class NextKey(Question[str]):
    """Which key follows those pressed so far; the answer is a command's id."""

    after: Callable[[str], Sequence[Following]]
    """The keys that can follow those pressed so far."""
    begun: str


# Fields


class Judgement(NamedTuple):
    """What sluice makes of a typed text."""

    sentence: str
    fits: bool = True
    meant: bool = False
    """Whether the sentence says what the text becomes, not only what the field is for."""


@dataclass(frozen=True)
class EditLine(Question[None]):
    """A value of one line; ``save`` says whether it accepts it."""

    heading: str
    text: str
    judge: Callable[[str], Judgement]
    save: Callable[[str], bool]
    keep: Callable[[str], object] | None = None
    """Keeps a draft; None when none is kept."""
    draft: str = ""
    hint: str = ""
    leaves_first: bool = False
    """Whether the box closes before it saves, since another may be shown then."""
    about: About = "status"
    takes_unchanged: bool = False
    """Whether it also saves the text that it was opened with."""


@dataclass(frozen=True)
class EditText(EditLine):
    """A value of several lines."""


@dataclass(frozen=True)
class EditList(Question[None]):
    """The items of a list."""

    heading: str
    texts: Sequence[str]
    save: Callable[[Items], bool]
    keep: Callable[[Items | None], object]
    draft: Items | None = None
    leaves_first: bool = False
    about: About = "status"


@dataclass(frozen=True)
class TurnItems(Question[None]):
    """Which items to add to lists, and which to remove. It takes ``Counts``."""

    heading: str
    lists: Sequence[Sequence[str]]
    wanted: tuple[int, int]
    save: Callable[[Sequence[str], Sequence[str]], bool]
    keep: Callable[[Sequence[str], Sequence[str]], object]
    """Keeps what is not saved; two empty lists when all is."""
    draft: tuple[Sequence[str], Sequence[str]] = ((), ())
    """The items to add and to remove that were kept."""
    suggested: Sequence[str] = ()
    """Items that may fit, the best first."""
    leaves_first: bool = False
    about: About = "category"


@dataclass(frozen=True)
class TickOptions(Question[None]):
    """Which of some options sources have, ticked and unticked as one change.

    It takes ``Options``: the same ones in another order, with other notes.
    """

    heading: str
    options: Sequence[Option]
    """The likeliest first."""
    held: Mapping[str, int]
    """How many of the sources have an option."""
    total: int
    """How many sources there are."""
    new: str
    """What a typed text without a match becomes ("new notebook")."""
    known: Callable[[str], str | None]
    """The option that a typed text means; None for a new one, which is written as typed."""
    save: Callable[[Sequence[str], Sequence[str]], bool]
    """Gets the options to add and those to remove."""
    is_single: bool = False
    """Whether a source has one of them only."""
    said: Sequence[str] = ()
    """A line below the options: the longest of these that fits."""
    leaves_first: bool = False
    about: About = "category"


class TypedSource(NamedTuple):
    """An address and a title, as typed."""

    address: str = ""
    title: str = ""


@dataclass(frozen=True)
class AddSource(Question[None]):
    """The address and the title of a new source. It takes ``CopiedAddress`` and ``Complaint``."""

    typed: TypedSource
    add: Callable[[TypedSource], object]
    keep: Callable[[TypedSource], object]


Fault = tuple[str, str]
"""The invalid part of a view, and a sentence about it."""


@dataclass(frozen=True)
class EditView(Question[View]):
    """A view's name, query and order; the answer is the saved one. It takes ``Complaint``."""

    title: str
    view: View
    fault_of: Callable[[View], Fault | None]
    replaces: Callable[[str], bool]
    """Whether another view has this name."""
    save: Callable[[View], object]
    suggests: bool = False
    """Whether the name is a suggestion that the first letter replaces."""


# Sources


@dataclass(frozen=True)
class ConfirmBulk(Question[BulkPlan]):
    """Whether to change many sources."""

    count: int
    hidden: int
    """How many of the sources the queue does not show."""
    work: Callable[[Progress, bool], BulkPlan]
    """Works out what would change, with or without repairs of broken headers.

    Raises SluiceError, and Stopped when its progress is stopped.
    """
    summed: Callable[[BulkPlan], Sequence[tuple[int, str]]]
    """What a plan does, with the number of sources for each thing."""
    replaced: Callable[[BulkPlan], str]
    """What it overwrites; empty for nothing."""


@dataclass(frozen=True)
class ConfirmRepair(Question[FileRepair]):
    """Whether to make a repair, or the one that keeps the other value of a duplicate field."""

    title: str
    problem: str
    """What is wrong with the header, in a sentence; empty if it can be read."""
    repair: FileRepair
    other: FileRepair | None
    then: str
    """What is decided once it is repaired; empty for nothing."""
    edit: Callable[[], object]
    """Opens the source in the editor instead."""


class Pair(NamedTuple):
    """The beginnings of two texts, and how similar they are."""

    left: str
    right: str
    alike: int
    """How similar they are, in percent."""


@dataclass(frozen=True)
class Compare(Question[None]):
    """Which of two duplicates to keep. It takes ``Candidates``."""

    schema: Schema
    source: Source
    candidates: Sequence[Candidate]
    read: Callable[[Source, Source, Callable[[Pair], object]], object]
    """Reads two texts, and calls back with them later."""
    keep: Callable[[Source, Source], object]
    """Gets the source to keep and the one to archive."""


@dataclass(frozen=True)
class CopyByHand(Question[None]):
    """A text that no clipboard took."""

    text: str
    why: str


@dataclass(frozen=True)
class ShowStatistics(Question[None]):
    """The distribution of the sources. It takes ``Statistics``."""

    draw: Callable[[Stats, int], list[Line]]
    """The lines of the picture for a width in cells."""
    undo: Callable[[], object]
    """Undoes what the key for that undoes in the queue."""
    redo: Callable[[], object]
    """The same for redoing."""
    keymap: Keymap


Signs = Mapping[str, str]
"""The key that each command has in a box, as people write it; empty where it has none."""
OnMoment = Callable[[Moment, Signs], object]
"""What a key of the list does with a change; a refusal names the keys there."""


@dataclass(frozen=True)
class ShowNotebooks(Question[None]):
    """The board of the notebooks. It takes ``BoardNow`` and ``FindCards``."""

    cards: Cards
    facts: CardFacts
    schema: Schema
    marked: Collection[str]
    """The names of the marked sources, as they are at any time."""
    bindings: Sequence[tuple[str, str]]
    """Keys by Textual's names, with the ids of their commands."""
    empty: Sequence[str]
    """What the board says without a notebook."""
    run: Callable[[str], object]
    """Runs a command."""
    back: Callable[[], object]
    """Shows all cards again, else closes the board."""
    filter: Callable[[str], object]
    """Gets the words that cards must have."""
    leave_field: Callable[[], object]
    """Ends typing these words."""
    pick: Callable[[int, int], object]
    """Gets the column and the row that were clicked."""
    paste: Callable[[str], object]
    """Gets a pasted text."""


@dataclass(frozen=True)
class ShowSheet(Question[None]):
    """Lines to read before a key acts on them. It takes ``Sheet``."""

    sheet: Sheet
    press: Callable[[str], object]
    """Gets every key that does not scroll, by Textual's name or by what it writes."""
    paste: Callable[[str], object] | None = None
    """Gets a pasted text."""


@dataclass(frozen=True)
class ShowMoments(Question[Moment]):
    """What was changed; the answer is the change to whose source to go.

    It takes ``Moments`` and ``Complaint``.
    """

    of_one: bool
    """Whether all of it is about one source."""
    keymap: Keymap
    more: Callable[[], object]
    """Has the next part read."""
    refuses: Callable[[Moment], str]
    """Why it cannot go to the source of a change, in a sentence; empty when it can."""
    undo: OnMoment
    redo: OnMoment
    history: Callable[[Moment], object]
    """Shows the history of a change's source."""


# The user's own commands


@dataclass(frozen=True)
class ShowOutput(Question[str]):
    """The output of a command; the answer is a text to copy. It takes ``CommandEnded``."""

    title: str
    lines: Sequence[str]
    """They become more."""
    stop: Callable[[], object]


@dataclass(frozen=True)
class AcceptDrafts(Question[list[str]]):
    """Which drafts of insights to accept."""

    title: str
    drafts: Sequence[str]


# The rapid pass


@dataclass(frozen=True)
class ShowSummary(Question[bool]):
    """The results of a pass; the answer is whether to continue it."""

    name: str
    summary: Summary
    targets: Mapping[str, float]


@dataclass(frozen=True)
class ShowVerdict(Question[str]):
    """What a sample says of its group; the answer is "take" for the rest, or "more" to go on."""

    name: str
    verdict: Verdict
    rules: SampleRules
    skipped: int
    """How many sources were skipped: they count neither way, and stay as they are."""


# A strange folder


@dataclass(frozen=True)
class ProposeSchema(Question[str]):
    """Whether to use a schema; the answer is "write", or "order" to order the statuses first."""

    found: str
    """What the folder has, in a sentence."""
    lines: Sequence[tuple[str, str, str]]
    """A line for each part: its name, what was found, and how certain that is."""


@dataclass(frozen=True)
class OrderStatuses(Question["Placed"]):
    """In which order a note goes through the statuses."""

    placed: Placed
    """Where they are now."""
    numbers: Mapping[str, int]
    """How many notes have each."""


AnyQuestion = Question[Any]
News = (
    BoardNow | Candidates | CommandEnded | Complaint | CopiedAddress | CountedOptions | Counts
    | FindCards | Moments | Options | Sheet | Statistics
)  # fmt: skip
