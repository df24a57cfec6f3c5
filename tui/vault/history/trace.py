"""Trace: the changes of one file, found in the bytes of a journal.

A change may list thousands of files, and a journal thousands of changes. So the bytes are
searched for the file's name, and of each change only its start and that one file are parsed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from tui.vault.history.change import ABSENT, Change, FileRecord, load_change, load_record
from tui.vault.history.entries import Entry

_RECORD = b'{"name":'
"""The start of a file's record. In a JSON string its quotes would have backslashes."""
_FILES = b',"files":['
_DECODER = json.JSONDecoder()


class Trace:
    """The bytes of a journal from ``offset`` on; ``known`` has its changes by id."""

    def __init__(self, data: bytes, offset: int, known: Mapping[str, Entry]) -> None:
        self._data = data
        self._offset = offset
        self._known = known

    def of_file(self, name: str, digest: str, exists: Callable[[str], bool]) -> list[Change]:
        """The changes of a file and of its earlier names, as ``Journal.of_file`` says."""
        found: dict[int, Change] = {}
        names: set[str] = set()
        now, oldest = name, digest
        while now:
            names.add(now)
            places = [place for place in self._named(now) if self._add(found, place)]
            if places:
                # The oldest one; its bytes before that may be those of a file with another name.
                oldest = self._record(places[0]).patch.digest_before
            now = self._renamed_from(oldest, names, exists)
        return [found[place] for place in sorted(found)]

    def _named(self, name: str) -> Iterator[int]:
        """The places of all records with that name."""
        yield from self._places(_RECORD + json.dumps(name).encode() + b',"fields":')

    def _places(self, text: bytes) -> Iterator[int]:
        place = self._data.find(text)
        while place >= 0:
            yield place
            place = self._data.find(text, place + 1)

    def _add(self, found: dict[int, Change], place: int) -> bool:
        """Add the record at a place to the change of its line; False when that does not count."""
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            record = self._record(place)
            start, change = self._change(place)
            if change is not None:
                change = found.get(start, change)
                files = (*change.files, record)
                others = self._files_of(start) - len(files)
                found[start] = change._replace(files=files, others=others)
                return True
        return False

    def _files_of(self, start: int) -> int:
        """How many files the change in the line at ``start`` has."""
        return self._data.count(_RECORD, start, self._data.find(b"\n", start))

    def _change(self, place: int) -> tuple[int, Change | None]:
        """The start of the line of a record, and its change without files; None when it is not one.

        Raises as ``load_change`` does.
        """
        start = self._data.rfind(b"\n", 0, place) + 1
        head = self._data.find(_FILES, start, place)
        if head < 0:
            return start, None
        change = load_change(json.loads(self._data[start:head] + _FILES + b"]}"))
        entry = self._known.get(change.id)
        # The line of a change that was never made, or is there twice, does not count.
        is_entry = entry is not None and entry.offset == self._offset + start
        return start, change if is_entry else None

    def _record(self, place: int) -> FileRecord:
        """The record at a place. Raises as ``load_change`` does."""
        end = self._data.find(_RECORD, place + 1, self._data.find(b"\n", place))
        end = end if end >= 0 else self._data.find(b"\n", place)
        return load_record(_DECODER.raw_decode(self._data[place:end].decode())[0])

    def _renamed_from(self, digest: str, names: set[str], exists: Callable[[str], bool]) -> str:
        """The name of another file that had these bytes, and is gone; empty if there is none."""
        if digest in (ABSENT, ""):
            return ""
        for place in self._places(f'"{digest}"'.encode()):
            start = self._data.rfind(b"\n", 0, place) + 1
            at = self._data.rfind(_RECORD, start, place)
            if at < 0:
                continue
            with suppress(ValueError, KeyError, TypeError, RecursionError):
                record = self._record(at)
                had = record.patch.digest_before, record.patch.digest_after
                if digest not in had or record.name in names or exists(record.name):
                    continue
                if self._change(at)[1] is not None:
                    return record.name
        return ""
