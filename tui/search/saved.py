"""Save the index to a file, so that the next start need not build it."""

from __future__ import annotations

import json
import os
import sys
from array import array
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import lt
from pathlib import Path
from typing import IO, Any, Protocol
from zlib import crc32

from tui import __version__
from tui.private import open_file, replacing
from tui.search.haystack import Block, Haystack
from tui.search.index import BITS, MASK, Index
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Stamp

FORMAT = 1
_BUILDING = ("document", "fold", "index", "vocabulary", "haystack", "sounds", "saved")
"""The building code: a saved index is valid only for the same version."""
_SLICE = 1 << 18
"""Bytes to process at once, which takes a millisecond."""
_Decoder = getincrementaldecoder("utf-8")
_LENGTH = 4
"""Bytes at the end of the file for the length of the footer."""


def write_index(index: Index, sources: Mapping[str, Known], path: Path) -> None:
    """Save the index of these sources to a file. Raises OSError."""
    parts: list[tuple[str, int, int]] = []
    with replacing(path) as file:
        for name, data in _written(index, sources):
            file.write(data)
            parts.append((name, len(data), crc32(data)))
        foot = json.dumps({"made": _maker(index.weights, index.rule), "parts": parts}).encode()
        file.write(foot + len(foot).to_bytes(_LENGTH, "big"))


class Known(Protocol):
    """The part of a source that the index needs."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def stamp(self) -> Stamp:
        """Its file's stamp."""


def read_index(
    path: Path,
    weights: Mapping[str, float],
    sources: Mapping[str, Known],
    rule: Rule = BUILT_IN,
) -> Index | None:
    """Load the saved index for these sources; None when there is none that fits."""
    try:
        with open(path, "rb", opener=open_file) as file:
            file.seek(-_LENGTH, os.SEEK_END)
            length = int.from_bytes(file.read(_LENGTH), "big")
            file.seek(-_LENGTH - length, os.SEEK_END)
            foot = json.loads(file.read(length))
            if foot["made"] != _maker(weights, rule):
                return None
            file.seek(0)
            return _index_of(_Parts(file, foot["parts"]).take, Index(weights, rule), sources)
    except (OSError, ValueError, TypeError, LookupError, OverflowError, MemoryError):
        # Missing or damaged: the index is rebuilt.
        return None
    except RecursionError:
        return None


class _Parts:
    """The parts of a saved index, read one by one to save memory."""

    def __init__(self, file: IO[bytes], parts: Iterable[tuple[str, int, int]]) -> None:
        self._file = file
        self._parts = iter(parts)

    def take(self, name: str) -> bytes:
        """Read the next part. Raises ValueError when it is a different one or damaged."""
        found, length, total = next(self._parts, ("", 0, 0))
        left = os.fstat(self._file.fileno()).st_size - self._file.tell()
        _require(type(length) is int and 0 <= length <= left)
        data = self._file.read(length)
        if found != name or len(data) != length or crc32(data) != total:
            raise ValueError(name)
        return data


def _written(index: Index, sources: Mapping[str, Known]) -> Iterator[tuple[str, bytes]]:
    """The index as named parts."""
    nothing = Stamp(0, 0, 0)
    held = [name if name in sources else None for name in index.held]
    known = [sources[name].stamp if name else nothing for name in held]
    yield "held", _joined(name or "" for name in held)
    yield "sizes", array("Q", [stamp.size for stamp in known]).tobytes()
    yield "times", array("q", [stamp.mtime_ns for stamp in known]).tobytes()
    yield "inodes", array("Q", [stamp.inode for stamp in known]).tobytes()
    yield "names", _joined(index.names)
    yield "levels", array("d", index.levels).tobytes()
    yield "counts", array("I", map(len, index.postings)).tobytes()
    postings = array("I")
    for one in index.postings:
        postings.extend(one)
    yield "postings", postings.tobytes()
    words = index.vocabulary
    yield "words", _joined(words.words)
    for name, order in words.orders():
        yield name, order.tobytes()
    for name, haystack in _haystacks(index):
        blocks = haystack.blocks()
        yield f"{name} texts", _joined(block.text for block in blocks)
        for number, block in enumerate(blocks):
            yield f"{name} starts {number}", block.starts.tobytes()
            yield f"{name} keys {number}", block.keys.tobytes()


Take = Callable[[str], bytes]


def _index_of(take: Take, index: Index, sources: Mapping[str, Known]) -> Index:
    """Fill the empty index from its parts. Raises ValueError or IndexError."""
    held = list(_still_held(take, sources))
    names, levels = _apart(take("names")), list(_numbers("d", take("levels")))
    most = max(1.0, *index.weights.values())
    _require(len(names) == len(held) and len(levels) <= MASK + 1)
    _require(all(0.0 <= level <= most for level in levels))
    postings = list(_cut(take, len(held), len(levels)))
    index.restore(held, names, levels, postings)
    words = _apart(take("words"))
    order, backwards = (_numbers("I", take(name)) for name in ("order", "backwards"))
    _require(len(words) == len(postings) == len(order) == len(backwards) and all(words))
    index.vocabulary.restore(words, order, backwards)
    bounds = dict.fromkeys(("squashed", "raw", "initials"), len(held))
    for name, haystack in _haystacks(index):
        texts = _apart(take(f"{name} texts"))
        haystack.restore([
            _block(text, _numbers("I", take(f"{name} starts {number}")),
                   _numbers("I", take(f"{name} keys {number}")), bounds.get(name, len(words)))
            for number, text in enumerate(texts)
        ])  # fmt: skip
    return index


def _block(text: str, starts: array[int], keys: array[int], most: int) -> Block:
    """A block with keys below ``most``. Raises ValueError when it is invalid."""
    _require(len(starts) == len(keys) > 0 and max(keys) < most)
    # Starts must increase, or a search would never end.
    _require(starts[0] == 1 and starts[-1] <= len(text) and all(map(lt, starts, starts[1:])))
    return Block(text, starts, keys)


def _require(fits: bool) -> None:
    """Raise ValueError unless the data is consistent."""
    if not fits:
        raise ValueError


def _still_held(take: Take, sources: Mapping[str, Known]) -> Iterator[str | None]:
    """By slot: the name of the source if it is unchanged since it was indexed."""
    held = _apart(take("held"))
    sizes, times, inodes = (
        _numbers(kind, take(part))
        for kind, part in (("Q", "sizes"), ("q", "times"), ("Q", "inodes"))
    )
    for name, *numbers in zip(held, sizes, times, inodes, strict=True):
        source = sources.get(name)
        # Use the source's own string, to save memory.
        yield source.name if source and source.stamp == Stamp(*numbers) else None


def _cut(take: Take, slots: int, levels: int) -> Iterator[array[int]]:
    """By word: its postings, all within these numbers of slots and levels."""
    counts, postings, at = _numbers("I", take("counts")), _numbers("I", take("postings")), 0
    _require(sum(counts) == len(postings))
    if postings:
        last = 0 if sys.byteorder == "little" else postings.itemsize - 1
        low = set(memoryview(postings).cast("B")[last :: postings.itemsize])
        _require(max(postings) >> BITS < slots and max(byte & MASK for byte in low) < levels)
    for count in counts:
        yield postings[at : at + count]
        at += count


def _haystacks(index: Index) -> Iterable[tuple[str, Haystack]]:
    yield from (("squashed", index.squashed), ("raw", index.raw), ("initials", index.initials))
    yield from index.vocabulary.haystacks()


_BETWEEN = "\0"


def _joined(texts: Iterable[str]) -> bytes:
    """Joined texts, each with a separator that none of them contains."""
    return "".join(f"{text.replace(_BETWEEN, ' ')}{_BETWEEN}" for text in texts).encode(
        "utf-8", "surrogatepass"
    )


def _apart(data: bytes) -> list[str]:
    """Split joined texts."""
    decoder = _Decoder("surrogatepass")
    texts: list[str] = []
    begun: list[str] = []
    for piece in _slices(data):
        first, *others = decoder.decode(piece).split(_BETWEEN)
        begun.append(first)
        if others:
            texts.append("".join(begun))
            texts += others[:-1]
            begun = [others[-1]]
    decoder.decode(b"", final=True)
    return texts


def _numbers(kind: str, data: bytes) -> array[Any]:
    numbers: array[Any] = array(kind)
    for piece in _slices(data):
        numbers.frombytes(piece)
    return numbers


def _slices(data: bytes) -> Iterator[memoryview]:
    """Data in slices, because processing all of it at once would block other threads."""
    view = memoryview(data)
    return (view[at : at + _SLICE] for at in range(0, len(view), _SLICE))


def _maker(weights: Mapping[str, float], rule: Rule) -> str:
    """A fingerprint of the builder: weights, versions, the code itself and the vault's rule."""
    folder = Path(__file__).parent
    code: Sequence[os.stat_result] = [(folder / f"{name}.py").stat() for name in _BUILDING]
    stamps = " ".join(f"{status.st_size}.{status.st_mtime_ns}" for status in code)
    sizes = [array(kind).itemsize for kind in "IQqd"]
    system = f"{sys.byteorder} {sizes} {sys.version}"
    return f"{FORMAT} {__version__} {system} {stamps} {json.dumps(dict(weights))} {rule.dump()}"
