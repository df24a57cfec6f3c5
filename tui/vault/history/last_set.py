"""LastSet: who last set which field of which source to what, from the undo journal.

The journal is read once. What came of it is stored in a file, and only later changes are read, so
a command that asks for it stays fast. The file also knows of changes that a long journal dropped.
An app takes in each change as it is made; after an undo it reads only the changes of those files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

from tui.errors import JournalError
from tui.private import read_file, replacing
from tui.vault.header.edit import MISSING
from tui.vault.history.change import Change, FileRecord, new_name
from tui.vault.history.journal import Grown, Journal
from tui.vault.rule import Tagged

_FORMAT = 1
_LONGEST = 64
"""Longest value to store; of a longer one, only a digest."""
_UNSAVED = 200
"""Entries to take in before the file is written again."""
_FEW = 20
"""Files of an undone change up to which only their own changes are read again."""


class Setting(NamedTuple):
    """One setting of a field that is not undone."""

    time: str
    """When, as ISO text in UTC."""
    value: str
    """What to, in the form of ``plain``."""
    by: str = ""
    """The name that a program or an import gave; empty for a person."""

    @property
    def when(self) -> datetime:
        """The time."""
        return datetime.fromisoformat(self.time)


class Guess(NamedTuple):
    """A value that no person had set, when a person judged it."""

    right: bool
    """Whether the person kept it."""
    by: str = ""
    """The name that its writer gave; empty if nobody did."""


_Held = TypeVar("_Held")
Settings = dict[str, dict[str, Setting]]
"""By source and field."""
Guesses = dict[str, dict[str, Guess]]
"""The last guess judged, by source and field."""


class LastSet:
    """The last settings of a vault's fields; ``file`` is where they are stored.

    ``born`` gives the fields that a person chose for a source that a change created. A ``tagged``
    value counts as a field, called ``Tagged.key``: its list may change for other reasons.
    """

    def __init__(
        self,
        journal: Journal,
        file: Path,
        born: Callable[[FileRecord], Mapping[str, Any]],
        tagged: Tagged | None = None,
    ) -> None:
        self._journal = journal
        self._tagged = tagged
        self._file = file
        self._born = born
        self._version: object = ()
        self._seen = _Seen()
        self._mark: tuple[int, int] | None = None
        """Where the journal ended when it was last asked."""
        self._unsaved = 0
        """How many entries the file does not know of."""
        self._by_person: Settings = {}
        self._by_others: Settings = {}
        self._guesses: Guesses = {}
        self._reading = Lock()
        """Only one thread at a time reads new changes; what it has given out stays as it is."""

    def by_person(self) -> Settings:
        """What a person last set. Raises JournalError."""
        with self._reading:
            self._catch_up()
            return self._by_person

    def by_others(self) -> Settings:
        """What programs and imports that gave a name last set. Raises JournalError."""
        with self._reading:
            self._catch_up()
            return self._by_others

    def keep_up(self) -> None:
        """Take in what the journal has, as long as it has it, and store that."""
        with suppress(JournalError), self._reading:
            self._read_on(self._journal.version, saves=True)

    def keep(self) -> None:
        """Store what is known, if the file does not have it yet."""
        if self._unsaved:
            self.keep_up()

    def guesses(self) -> Guesses:
        """How right the guesses were that a person judged. Raises JournalError."""
        with self._reading:
            self._catch_up()
            return self._guesses

    @property
    def version(self) -> object:
        """A value that differs after every change or undo; cheap to get."""
        return self._journal.version

    def _catch_up(self) -> None:
        version = self._journal.version
        if version != self._version:
            self._read_on(version)

    def _read_on(self, version: object, *, saves: bool = False) -> None:
        if self._version == ():
            self._load()
            if version == self._version:
                return
        saves |= self._unsaved >= _UNSAVED
        grown = self._journal.since(self._mark, whole=saves)
        if grown.entries is None or not self._follow(grown.entries):
            if self._mark is not None:
                # It has taken in more than the file knows of.
                self._seen = _Seen(-1)
            grown = self._journal.since(None)
            self._read_whole(grown)
            saves = True
        self._mark, self._version = grown.mark, version
        if saves:
            self._seen, self._unsaved = _Seen.of(grown.ids, grown.standing), 0
            self._save()

    def _read_whole(self, grown: Grown) -> None:
        """Read all changes that are not known, or all when some of those known are undone."""
        ids, standing = grown.ids, grown.standing
        self._own_tables()
        if self._seen != _Seen.of(ids[: self._seen.changes], standing):
            # Something was undone, redone or dropped.
            self._start_again(self._journal.oldest())
        for change in self._journal.read(ids[self._seen.changes :]):
            if change.id in standing:
                self._take_in(change)

    def _follow(self, entries: Sequence[tuple[str, str]]) -> bool:
        """Take in new entries; False if all has to be read again."""
        if not entries:
            return True
        self._own_tables()
        self._unsaved += len(entries)
        turned: dict[str, None] = {}
        for kind, id in entries:
            change = next(self._journal.read([id]), None)
            if change is None or kind == "void":
                return False
            if kind == "change":
                self._take_in(change)
            else:
                turned |= dict.fromkeys(change.names)
        if len(turned) > _FEW:
            return False
        oldest = self._journal.oldest() if turned else None
        for name in turned:
            self._start_again(oldest, name)
            for change in self._journal.of_file(name):
                if not change.undone:
                    self._take_in(change)
        return True

    def _own_tables(self) -> None:
        """Go on with other tables: those that were given out stay as they are."""
        self._by_person, self._by_others = dict(self._by_person), dict(self._by_others)
        self._guesses = dict(self._guesses)

    def _start_again(self, oldest: Change | None, alone: str = "") -> None:
        """Forget all but what comes from changes before the journal's ``oldest``.

        These were removed from a long journal, so they can no longer be undone. With a
        name ``alone``, only of that source.
        """
        names = [alone] if alone else {*self._by_person, *self._by_others, *self._guesses}
        for name in names:
            for settings in (self._by_person, self._by_others):
                held = settings.pop(name, {})
                if kept := {f: s for f, s in held.items() if not oldest or s.when < oldest.time}:
                    settings[name] = kept
            of_person, guesses = self._by_person.get(name, {}), self._guesses.pop(name, {})
            if judged := {f: g for f, g in guesses.items() if f in of_person}:
                self._guesses[name] = judged
        if not alone:
            self._seen = _Seen()

    def _take_in(self, change: Change) -> None:
        by, time = change.by, change.time.isoformat()
        is_unseen = is_accepted(change.label)
        for record in change.files:
            if names := new_name(record.fields):
                for settings in (self._by_person, self._by_others):
                    _rename(settings, record.name, *names)
                _rename(self._guesses, record.name, *names)
                continue
            for field, before, after in self._set_in(record):
                if before and _is_renaming(change.label, field):
                    self._rename_value(record.name, field, before, after)
                    continue
                if before and not by and not is_unseen:
                    self._judge(record.name, field, before, after)
                settings = self._by_others if by else self._by_person
                _put(settings, record.name, field, Setting(time, after, by))

    def _set_in(self, record: FileRecord) -> Iterator[tuple[str, str, str]]:
        """The fields that a change set in a file, with the values before and after."""
        for field in record.fields:
            yield str(field.field), plain(field.before), plain(field.after)
            if self._tagged is not None and field.field == self._tagged.of:
                yield from self._tag_set(self._tagged, field.before, field.after)
        for name, value in self._born(record).items() if not record.fields else ():
            yield name, "", plain(value)
            if self._tagged is not None and name == self._tagged.of:
                yield from self._tag_set(self._tagged, MISSING, value)

    def _tag_set(self, tagged: Tagged, *lists: Any) -> Iterator[tuple[str, str, str]]:
        """The tagged value, if a list has another one than before."""
        before, after = (plain(tagged.value_in({tagged.of: value})) for value in lists)
        if before != after:
            yield tagged.key, before, after

    def _judge(self, name: str, field: str, before: str, after: str) -> None:
        """A person has set a field that had a value: it was a guess unless a person set it too."""
        own, other = (
            settings.get(name, {}).get(field) for settings in (self._by_person, self._by_others)
        )
        if own is None or own.value != before:
            by = other.by if other is not None and other.value == before else ""
            _put(self._guesses, name, field, Guess(before == after, by))

    def _rename_value(self, name: str, field: str, before: str, after: str) -> None:
        """A value has another name everywhere: nobody judged the sources that have it."""
        for settings in (self._by_person, self._by_others):
            held = settings.get(name, {}).get(field)
            if held is not None and held.value == before:
                _put(settings, name, field, held._replace(value=after))

    # The file

    @property
    def _tagged_key(self) -> str:
        return self._tagged.key if self._tagged is not None else ""

    def _load(self) -> None:
        import json  # noqa: PLC0415 - for queries about confirmed values only

        self._version = None
        try:
            held = json.loads(read_file(self._file))
            if held["format"] != _FORMAT or held.get("tagged", "") != self._tagged_key:
                return
            tables = [
                {
                    name: {field: Setting(*setting) for field, setting in fields.items()}
                    for name, fields in held[table].items()
                }
                for table in ("by_person", "by_others")
            ]
            guesses = {
                name: {field: Guess(*guess) for field, guess in fields.items()}
                for name, fields in held["guesses"].items()
            }
            seen, version = _Seen(*held["seen"]), tuple(held["version"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            # Missing or damaged: the journal has it all.
            return
        self._by_person, self._by_others = tables
        self._guesses, self._seen, self._version = guesses, seen, version

    def _save(self) -> None:
        import json  # noqa: PLC0415 - as above

        compact = json.JSONEncoder(separators=(",", ":")).encode
        tables: dict[str, Mapping[str, Mapping[str, object]]] = {
            "by_person": self._by_person,
            "by_others": self._by_others,
            "guesses": self._guesses,
        }
        parts = [f'"format":{_FORMAT}', f'"tagged":{compact(self._tagged_key)}']
        parts += [f'"version":{compact(self._version)}', f'"seen":{compact(self._seen)}']
        for name, table in tables.items():
            # One by one, so that another thread can answer a key between two of them.
            rows = ",".join(f"{compact(key)}:{compact(row)}" for key, row in table.items())
            parts.append(f'"{name}":{{{rows}}}')
        with suppress(OSError), replacing(self._file) as file:
            file.write(f"{{{','.join(parts)}}}".encode("ascii"))


class _Seen(NamedTuple):
    """Which changes were taken in: how many, and a check sum of their ids and of those undone."""

    changes: int = 0
    ids: int = 0
    standing: int = 0

    @classmethod
    def of(cls, ids: Iterable[str], standing: frozenset[str]) -> _Seen:
        ids = list(ids)
        stands = (id for id in ids if id in standing)
        return cls(len(ids), crc32("\n".join(ids).encode()), crc32("\n".join(stands).encode()))


def _put(known: dict[str, dict[str, _Held]], name: str, field: str, held: _Held) -> None:
    """Put it in, in another table of that source: the one before may be given out."""
    known[name] = {**known.get(name, {}), field: held}


def _rename(known: dict[str, dict[str, _Held]], name: str, old: str, new: str) -> None:
    """A field of a source has another name, and the same value."""
    fields = dict(known.get(name, {}))
    if (held := fields.pop(old, None)) is not None:
        known[name] = {**fields, new: held}


def _is_renaming(label: str, field: str) -> bool:
    """Whether a change replaced a value wherever it was, as ``rename-value`` does."""
    return label.startswith(f"{field}: ") and " → " in label


def accepted_label(fields: Iterable[str]) -> str:
    """The label of a change that confirms values of sources which nobody looked at."""
    return f"accepted {', '.join(fields)} by a sample"


def is_accepted(label: str) -> bool:
    """Whether it is the label of such a change."""
    return label.startswith("accepted ") and label.endswith(" by a sample")


def plain(value: Any) -> str:
    """A value for comparison; empty for null and empty lists."""
    if value is None or value is MISSING:
        return ""
    text = "\n".join(map(plain, value)) if isinstance(value, list | tuple) else str(value)
    if len(text) <= _LONGEST:
        return text
    from hashlib import blake2b  # noqa: PLC0415 - for a long value only

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
