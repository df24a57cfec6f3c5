import os
import sqlite3
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.made import SHORTS, WEIGHTS, source
from tui.errors import StorageError
from tui.search.bodies import Bodies
from tui.search.body_store import BodyStore
from tui.search.lookup import Lookup
from tui.vault.source import Stamp

TEXTS = {
    "queues": "Queues and retries: a queue is a log you can read.\nDon't panic.",
    "logs": "A log you\n  can read twice. Queue theory, Café Straße.",
    "tokyo": "東京の灯台守は夜に働く。",
    "nul": "nul\x00byte and \ud800 lone",
    "empty": "",
}
WORDS = [
    "queue",
    "log",
    "Café",
    "don't",
    "灯台",
    "夜",
    "ein",
    "a\x00b",
    "x" * 70,
    "gpt-5.1",
    "É",
    "½",
    "ﬁne",
]
body_text = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=12).flatmap(
        lambda words: st.sampled_from([" ", "\n", "", "_"]).map(lambda sep: sep.join(words))
    ),
    st.text(max_size=40),
)


class Vault:
    """Sources with bodies; remembers which were read."""

    def __init__(self, texts):
        self.texts = dict(texts)
        self.sources = {name: source(name) for name in texts}
        self.read = []

    def read_body(self, one):
        self.read.append(one.stem)
        if one.stem not in self.texts:
            raise StorageError("gone")
        return self.texts[one.stem]

    def write(self, name, text):
        self.texts[name] = text
        old = self.sources.get(name) or source(name)
        stamp = Stamp(len(text), old.stamp.mtime_ns + 1, 1)
        self.sources[name] = old._replace(stamp=stamp)

    def bodies(self, path=None):
        store = BodyStore(path) if path else None
        return Bodies(self.read_body, store, self.sources.values)

    def found(self, bodies, *values, negated=False):
        test = bodies.test(values, negated=negated)
        return {name for name, one in self.sources.items() if test(one)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "bodies.sqlite"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["queue"], {"queues", "logs"}),
        (["queues"], {"queues"}),
        (["ueue"], set()),
        (["qu"], {"queues", "logs"}),
        (["a"], {"queues", "logs"}),
        (["p"], set()),
        (["is a"], {"queues"}),
        (["log you can read"], {"queues", "logs"}),
        (["log you can re"], {"queues", "logs"}),
        (["read log"], set()),
        (["cafe"], {"logs"}),
        (["STRASSE"], {"logs"}),
        (["dont"], {"queues"}),
        (["灯台"], {"tokyo"}),
        (["byte"], {"nul"}),
        (["twice", "panic"], {"queues", "logs"}),
        (["absent"], set()),
        (["。"], {"tokyo"}),
    ],
)
@pytest.mark.parametrize("kept", [True, False], ids=["kept", "read"])
def test_a_word_stands_for_what_begins_so_and_words_for_a_row(path, kept, values, expected):
    vault = Vault(TEXTS)
    bodies = vault.bodies(path if kept else None)
    assert vault.found(bodies, *values) == expected
    assert vault.found(bodies, *values, negated=True) == TEXTS.keys() - expected


@given(
    texts=st.lists(body_text, min_size=1, max_size=5),
    values=st.lists(st.one_of(st.sampled_from(WORDS), body_text), min_size=1, max_size=2),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_kept_words_answer_as_reading_does(tmp_path_factory, texts, values):
    vault = Vault({str(number): text for number, text in enumerate(texts)})
    kept = vault.bodies(tmp_path_factory.mktemp("cache") / "bodies.sqlite")
    assert vault.found(kept, *values) == vault.found(vault.bodies(), *values)


def test_a_huge_body_is_answered_alike(path):
    text = "filler word " * 90_000 + "needle at the end " + "z" * 100_000 + "ä" * 60_000
    vault = Vault({"huge": text})
    for value in ("needle at", "zzz", "absent", "end z", "ää"):
        assert vault.found(vault.bodies(path), value) == vault.found(vault.bodies(), value)


def test_the_next_start_reads_only_what_has_changed(path):
    vault = Vault(TEXTS)
    bodies = vault.bodies(path)
    assert vault.found(bodies, "queue") == {"queues", "logs"}
    assert sorted(vault.read) == sorted(TEXTS)
    vault.write("logs", "nothing of it")
    vault.write("fresh", "a queue")
    del vault.sources["queues"]
    vault.read.clear()
    assert vault.found(vault.bodies(path), "queue") == {"fresh"}
    assert sorted(vault.read) == ["fresh", "logs"]


def test_a_file_written_just_now_is_read_again_at_the_next_start(path, monkeypatch):
    vault = Vault({"young": "first"})
    monkeypatch.setattr("tui.search.bodies.time.time_ns", lambda: 5)
    assert vault.found(vault.bodies(path), "first") == {"young"}
    vault.texts["young"] = "other"
    assert vault.found(vault.bodies(path), "other") == {"young"}


def _garbage(path):
    path.write_bytes(b"no database " * 1_000)


def _cut(path):
    path.write_bytes(path.read_bytes()[:5_000])


def _holes(path):
    data = bytearray(path.read_bytes())
    data[4_096:] = b"\xff" * (len(data) - 4_096)
    path.write_bytes(data)


def _folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [_garbage, _cut, _holes, _folder, lambda path: path.unlink()])
def test_a_damaged_cache_is_done_without_or_made_again(path, harm):
    vault = Vault(TEXTS)
    vault.found(vault.bodies(path), "queue")
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    harm(path)
    for _ in range(2):
        assert vault.found(vault.bodies(path), "queue") == {"queues", "logs"}


def test_a_cache_deleted_underneath_or_written_by_others_is_noticed(path):
    vault = Vault(TEXTS)
    here, there = vault.bodies(path), vault.bodies(path)
    assert vault.found(here, "queue") == vault.found(there, "queue") == {"queues", "logs"}
    with sqlite3.connect(path) as other:
        other.execute("DELETE FROM files")
        other.execute("INSERT INTO bodies(bodies) VALUES ('delete-all')")
    other.close()
    assert vault.found(here, "queue") == {"queues", "logs"}
    path.unlink()
    assert vault.found(here, "panic") == {"queues"}


def test_a_cache_that_another_sluice_is_writing_is_done_without(path, monkeypatch):
    vault = Vault(TEXTS)
    vault.found(vault.bodies(path), "queue")
    vault.write("logs", "queueing")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert vault.found(vault.bodies(path), "queue") == {"queues", "logs"}
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 there")
def test_a_name_that_is_no_utf8_is_kept(path):
    name = os.fsdecode(b"latin-\xe9")
    vault = Vault({name: "a queue"})
    assert vault.found(vault.bodies(path), "queue") == {name}
    vault.read.clear()
    assert vault.found(vault.bodies(path), "queue") == {name}
    assert vault.read == []


def test_many_changes_do_not_let_the_cache_grow_for_ever(path):
    vault = Vault({"one": "queue"})
    bodies = vault.bodies(path)
    for turn in range(1_200):
        vault.write("one", f"queue {turn}")
        bodies.read()
    assert vault.found(vault.bodies(path), "queue") == {"one"}
    with sqlite3.connect(path) as opened:
        assert opened.execute("SELECT max(id) FROM files").fetchone()[0] < 100


def test_what_a_thread_has_not_read_yet_neither_matches_nor_lacks_a_word(path):
    vault = Vault({f"{i:03}": "a queue" for i in range(300)})
    bodies = vault.bodies(path)
    bodies.in_background = True
    assert len(vault.found(bodies, "queue")) == 100
    assert bodies.unread == 200
    assert vault.found(bodies, "queue", negated=True) == set()
    bodies.read()
    assert len(vault.found(bodies, "queue")) == 300
    assert bodies.unread == 0


def test_a_thread_that_is_stopped_keeps_what_it_has_read(path):
    vault = Vault({f"{i:03}": "word " * 9_000 for i in range(40)})
    turns = iter([True, True, False])
    vault.bodies(path).read(lambda: next(turns))
    done = len(vault.read)
    assert 0 < done < 40
    vault.read.clear()
    vault.bodies(path).read()
    assert len(vault.read) < 40


def test_one_question_about_bodies_is_answered_best_first(path):
    texts = {"some": "queue " + "other words " * 200, "none": "nothing", "all": "queue queue queue"}
    vault = Vault({**texts, **{f"x{i}": "filler" for i in range(20)}})
    made = Lookup(SHORTS, WEIGHTS, "key_insights", lambda _: None, vault.read_body,
                  bodies=vault.bodies(path))  # fmt: skip
    made.replace(vault.sources.values)
    assert [hit.source.stem for hit in made.find("body:queue")] == ["all", "some"]
    assert [hit.source.stem for hit in made.find("body:queue", 1)] == ["all"]
    scores = [hit.score for hit in made.find("body:queue")]
    assert scores == sorted(scores, reverse=True)
    assert [hit.source.stem for hit in made.find("body:queue -body:words")] == ["all"]
    assert len(made.find("-body:queue")) == 21


def test_a_question_leaves_large_bodies_to_the_thread_that_reads_them(tmp_path):
    vault = Vault({"large": "zebra", "small": "zebra"})
    vault.sources["large"] = vault.sources["large"]._replace(stamp=Stamp(1 << 40, 0, 0))
    bodies = Bodies(vault.read_body, BodyStore(tmp_path / "b.sqlite"), vault.sources.values)
    bodies.in_background = True
    test = bodies.test(["zebra"])
    assert [test(vault.sources[name]) for name in ("small", "large")] == [True, False]
    assert vault.read == ["small"]
    assert bodies.unread == 1
    bodies.read()
    test = bodies.test(["zebra"])
    assert [test(vault.sources[name]) for name in ("small", "large")] == [True, True]


def test_the_words_of_a_large_body_are_not_held_one_by_one(tmp_path):
    # Half a million words, which as texts of their own take 60 bytes each.
    vault = Vault({"large": "words and letters\n" * 170_000})
    bodies = Bodies(vault.read_body, BodyStore(tmp_path / "b.sqlite"), vault.sources.values)
    tracemalloc.start()
    try:
        bodies.read()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16_000_000
    assert bodies.test(["letters words"])(vault.sources["large"])
