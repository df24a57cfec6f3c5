"""Kept files with a right checksum and wrong contents: built anew, and nobody hears of it."""

from __future__ import annotations

import json
import marshal
import os
import random
import sqlite3
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tui.cli.output import to_json
from tui.desk import Desk
from tui.records import source_record
from tui.search import saved
from tui.state.chosen_theme import ChosenTheme
from tui.state.drafts import Drafts
from tui.state.folders import Folders
from tui.state.greeting import Greeting
from tui.state.place import PlaceFile

HEADER = (
    "---\nid: S{0}\ntitle: Title {0}\nstatus: raw\ntopics: [a, 3, x: y]\n"
    "date_published: 2026-01-0{1}\nkey_insights: []\nodd: 1e400\n---\n# Heading {0}\n\nbody{0}\n"
)
MOST = 40


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    for number in range(MOST):
        path = folder / f"SOURCE-{number:03}.md"
        path.write_text(HEADER.format(number, number % 9 + 1))
        os.utime(path, (1_700_000_000, 1_700_000_000 + number))
    return folder


class Kept:
    """Opens the vault with what is kept of it, and uses everything that could come of that."""

    def __init__(self, root: Path, tmp_path: Path) -> None:
        self.root = root
        self.folders = Folders(tmp_path / "config", tmp_path / "state", tmp_path / "cache")
        self.cache = self.folders.vault_cache(root)

    def use(self) -> list[str]:
        """What is said of all sources, and found in them."""
        desk = Desk(self.root, self.folders)
        desk.vault.load()
        said = [
            to_json({**source_record(desk, source), "fields": source.fields})
            for source in desk.vault.sources
        ]
        desk.lookup.extend(desk.vault.sources)
        desk.lookup.load()
        for query in ("title", "titel 7", "t", "tle", "heading", "body:body7", "status:raw"):
            said += [f"{query}: {hit.source.name}" for hit in desk.lookup.find(query)]
        desk.lookup.bodies.read()
        said.append(str([hit.source.name for hit in desk.lookup.find("body:body7")]))
        desk.lookup.save()
        desk.close()
        return said


@pytest.fixture
def kept(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr("tui.search.lookup.WORTH_SAVING", -1)
    opened = Kept(root, tmp_path)
    opened.use()
    return opened


ODD: list[Any] = [
    None, True, -1, 0, 2**63, 10**6_000, float("nan"), float("inf"), 1j, "", "x" * 10_000, "\0d",
    "\0dno-date", "\0t9999", "\0s", "\0u", "\udcff", b"", b"\xff", (), ("\0u",), ((),), [], [1],
    {}, {"a": 1}, {"\0dx": "\0dx"}, set(), frozenset({1}), ..., (1, 2, 3), ("a", "b", "c"),
    compile("1", "x", "eval"),
]  # fmt: skip


def deep(levels: int) -> Any:
    value: Any = ()
    for _ in range(levels):
        value = (value,)
    return value


def mutated(value: Any, chance: random.Random) -> Any:
    """The value with one of its parts replaced, added, doubled or taken away."""
    if not isinstance(value, tuple | list) or not value or chance.random() < 0.2:
        return chance.choice([*ODD, deep(chance.choice([3, 90, 150, 900]))])
    parts, at = list(value), chance.randrange(len(value))
    match chance.randrange(4):
        case 0:
            del parts[at]
        case 1:
            parts.insert(at, chance.choice(ODD))
        case _:
            parts[at] = mutated(parts[at], chance)
    return type(value)(parts)


def rows_of(path: Path, query: str) -> list[Any]:
    with sqlite3.connect(path) as database:
        return database.execute(query).fetchall()


@pytest.mark.parametrize("seed", range(60))
def test_a_page_of_other_shapes_is_read_again(kept: Kept, seed: int) -> None:
    truth, chance = kept.use(), random.Random(seed)
    path = kept.cache / "sources.sqlite"
    ((first, data),) = rows_of(path, "SELECT first, data FROM pages")
    for _ in range(5):
        records = mutated(marshal.loads(data), chance)
        page = marshal.dumps(records)
        with sqlite3.connect(path) as database:
            database.execute("UPDATE pages SET sum = ?, data = ?", (crc32(page), page))
        assert sum(line.startswith("{") for line in kept.use()) == MOST
        with sqlite3.connect(path) as database:
            database.execute("UPDATE pages SET sum = ?, data = ?", (crc32(data), data))
        assert kept.use() == truth
    assert first == b""


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_a_stamp_name_or_heading_of_another_type_is_read_again(kept: Kept, odd: Any) -> None:
    truth = kept.use()
    path = kept.cache / "sources.sqlite"
    ((data,),) = rows_of(path, "SELECT data FROM pages")
    records = marshal.loads(data)
    for place in range(6):
        if (type(odd), place) in ((str, 0), (str, 2), (type(None), 3)):
            continue
        spoilt = [(*record[:place], odd, *record[place + 1 :]) for record in records]
        page = marshal.dumps(spoilt)
        with sqlite3.connect(path) as database:
            database.execute("UPDATE pages SET sum = ?, data = ?", (crc32(page), page))
        assert kept.use() == truth, place


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pages SET first = 'text'",
        "UPDATE pages SET first = 3",
        "UPDATE pages SET first = NULL",
        "UPDATE pages SET first = x'ff00'",
        "UPDATE pages SET sum = 'text'",
        "UPDATE pages SET sum = NULL, data = NULL",
        "UPDATE pages SET data = 'text'",
        "UPDATE pages SET data = 1e300",
        "INSERT INTO pages VALUES (NULL, NULL, NULL), ('a', 'b', 'c'), (1, 2, 3)",
        "INSERT INTO made VALUES (NULL), (3)",
        "UPDATE made SET by = 4",
        "DROP TABLE pages; CREATE TABLE pages (other INTEGER)",
        "DROP TABLE made; CREATE TABLE made (other INTEGER)",
        "DROP TABLE pages; CREATE VIEW pages AS SELECT 1 AS first, 2 AS sum, 3 AS data",
    ],
)
def test_odd_rows_and_tables_of_sources_are_made_again(kept: Kept, statement: str) -> None:
    truth = kept.use()
    with sqlite3.connect(kept.cache / "sources.sqlite") as database:
        database.executescript(statement)
    assert kept.use() == truth
    assert kept.use() == truth
    assert rows_of(kept.cache / "sources.sqlite", "SELECT count(*) FROM pages")[0][0] >= 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE files SET name = 'text' || id",
        "UPDATE files SET name = id",
        "UPDATE files SET size = 'much'",
        "UPDATE files SET size = NULL, mtime = NULL",
        "UPDATE files SET mtime = 1e300",
        "UPDATE files SET inode = 'none'",
        "UPDATE files SET inode = NULL",
        "UPDATE files SET inode = x'00ff'",
        "UPDATE files SET settled = 'perhaps'",
        "UPDATE files SET id = id + 1000000",
        "DROP TABLE files; CREATE TABLE files (other INTEGER)",
        "DROP TABLE bodies; CREATE TABLE bodies (words)",
        "DELETE FROM bodies_data",
    ],
)
def test_odd_rows_and_tables_of_bodies_are_made_again(kept: Kept, statement: str) -> None:
    truth = kept.use()
    with sqlite3.connect(kept.cache / "bodies.sqlite") as database:
        database.executescript(statement)
    kept.use()
    assert kept.use()[-1] == truth[-1]


# The index


def parts_of(path: Path) -> tuple[dict[str, Any], list[bytes]]:
    """An index's foot and its parts."""
    data = path.read_bytes()
    length = int.from_bytes(data[-4:], "big")
    foot = json.loads(data[-4 - length : -4])
    parts, at = [], 0
    for _, size, _ in foot["parts"]:
        parts.append(data[at : at + size])
        at += size
    return foot, parts


def put(path: Path, foot: Any, parts: list[bytes], *, summed: bool = True) -> None:
    """Write an index, its sums as they ought to be."""
    if summed:
        names = [name for name, *_ in foot["parts"]]
        sums = [[name, len(part), crc32(part)] for name, part in zip(names, parts, strict=True)]
        foot = {**foot, "parts": sums}
    end = json.dumps(foot).encode()
    path.write_bytes(b"".join(parts) + end + len(end).to_bytes(4, "big"))


def numbers(*values: int, kind: str = "I") -> bytes:
    return array(kind, values).tobytes()


def spoilings() -> Iterator[Callable[[bytes, random.Random], bytes]]:
    yield lambda part, _: part[:0]
    yield lambda part, _: part[:-1]
    yield lambda part, _: part + part
    yield lambda part, _: part[: len(part) // 2]
    yield lambda part, _: b"\xff" * len(part)
    yield lambda part, _: b"\x00" * len(part)
    yield lambda part, _: part[::-1]
    yield lambda part, _: numbers(2**32 - 1) * (len(part) // 4)
    yield lambda part, _: array("d", [float("nan")] * (len(part) // 8)).tobytes()
    yield lambda part, chance: chance.randbytes(len(part))
    yield lambda part, chance: bytes(chance.sample(list(part), len(part)))


@pytest.mark.parametrize("spoil", spoilings(), ids=range(11))
@pytest.mark.timeout(60)
def test_an_index_that_does_not_fit_together_is_built_again(kept: Kept, spoil: Any) -> None:
    truth, chance = kept.use(), random.Random(7)
    path = kept.cache / "lookup.index"
    foot, parts = parts_of(path)
    for at in range(len(parts)):
        spoilt = spoil(parts[at], chance)
        put(path, foot, [*parts[:at], spoilt, *parts[at + 1 :]])
        found = kept.use()
        # What still fits together may say other words; then at least nothing is missing.
        assert [line for line in found if line.startswith(("{", "status:"))] == [
            line for line in truth if line.startswith(("{", "status:"))
        ]


@pytest.mark.parametrize(
    "foot",
    [
        None, [], 3, "made", {}, {"made": 1}, {"made": None, "parts": None},
        {"parts": []}, {"parts": {}}, {"parts": [[]]}, {"parts": [1, 2]}, {"parts": "abc"},
        {"parts": [["held", -1, 0]]}, {"parts": [["held", 10**30, 0]]},
        {"parts": [["held", 1e400, 0]]}, {"parts": [["held", 2**40, 0]]},
        {"parts": [["held", None, None]]}, {"parts": [["held", 1.5, 2.5]]},
    ],
    ids=range(18),
)  # fmt: skip
def test_an_index_with_an_odd_foot_is_built_again(kept: Kept, foot: Any) -> None:
    truth = kept.use()
    path = kept.cache / "lookup.index"
    made, parts = parts_of(path)
    if isinstance(foot, dict) and "parts" in foot:
        foot = {"made": made["made"], **foot}
    put(path, foot, parts, summed=False)
    assert kept.use() == truth


def test_the_end_of_an_index_may_say_anything_of_its_foots_length(kept: Kept) -> None:
    truth = kept.use()
    path = kept.cache / "lookup.index"
    data = path.read_bytes()
    for end in (b"", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\0\x01", b"\x7f\xff\xff\xff"):
        path.write_bytes(data[:-4] + end)
        assert kept.use() == truth
    path.write_bytes(b"")
    assert kept.use() == truth


def test_a_search_of_starts_that_go_back_would_never_end(kept: Kept) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        saved._block("\na\nb\n", array("I", [3, 1]), array("I", [0, 0]), 1)
    with pytest.raises(ValueError, match=r"^$"):
        saved._block("\na\nb\n", array("I", [1, 3]), array("I", [0, 1]), 1)


# What is remembered

JSON_ODD = [
    "null", "[]", "3", '"x"', "{}", "NaN", "1e999", "[" * 100_000, '{"a":' * 50_000,
    '{"view": 3, "places": 4}', '{"view": [], "places": [[]]}', '{"places": [[1,2,3,4]]}',
    '{"places": [["a", "b", "c", NaN]]}', '{"places": [["a", "b", "c", true]]}',
    '{"places": [["a", null, "c", 1e999]]}', '{"places": {"a": 1}}', '{"theme": 3}',
    '{"theme": ["a"]}', '{"theme": {"a": NaN}}', '{"source": 3, "text": []}', '{"source": "a"}',
    '{"given": NaN}', "\ufeff{}", '{"view": "\\ud800"}', "9" * 5_000,
    '{"places": [["a", "b", "c", ' + "9" * 4_000 + "]]}",
]  # fmt: skip


@pytest.mark.parametrize("text", JSON_ODD, ids=range(len(JSON_ODD)))
def test_what_is_remembered_may_hold_anything(tmp_path: Path, text: str) -> None:
    for name in ("place.json", "settings.json", "greeting.json", "0.json"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    places = PlaceFile(tmp_path)
    assert isinstance(places.view, str)
    place = places.of("a")
    assert type(place.row) is int and 0 <= place.row < 2**31
    places.keep("b", place)
    assert places.write(places.as_json()) == ""
    chosen = ChosenTheme(tmp_path)
    assert chosen.name is None
    assert chosen.remember("dusk") and chosen.name == "dusk"
    assert isinstance(Greeting(tmp_path).due, bool)
    drafts = Drafts(tmp_path)
    assert drafts.put("SOURCE-1.md", "kept")
    assert "SOURCE-1.md" in drafts.names()
