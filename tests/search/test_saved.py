"""The index in a file: it answers as the one it comes from, and is never believed of a change."""

import pytest

from tests.search.made import SHORTS, WEIGHTS, source, stems
from tests.search.test_lookup import HARBOR, SLOW, TULIP, VAULT
from tui.desk import Desk
from tui.search import index as index_module
from tui.search import lookup as lookup_module
from tui.search.building import build_apart
from tui.search.lookup import Lookup
from tui.state.folders import user_folders
from tui.vault.source import Stamp

ODD = [
    source("SOURCE-jp", title="東京の灯台守 🎉"),
    source("SOURCE-\udcff", title="a\0b\nc \ud800 lone", url="https://x.example/ü"),
    source("SOURCE-big", stamp=Stamp(2**63, -1, 2**64 - 1), title="Inodes of sixty-four bits"),
]
QUERIES = [
    "openharbor million", "opneharbor", "ope bui 800", "hobf8ms", "anais weiss", "tulip", "灯台",
    "🎉", "kwiet kompiler", "0108-113", "lone", "sixty", "chestrat", "b", "pnhrbr", "example",
]  # fmt: skip


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "lookup.index"


@pytest.fixture(autouse=True)
def always_saved(monkeypatch):
    monkeypatch.setattr(lookup_module, "WORTH_SAVING", 0)


def opened(file, sources):
    made = Lookup(SHORTS, WEIGHTS, "key_insights", lambda _: None, lambda _: "", file)
    made.replace(lambda: sources)
    return made


def loaded(file, sources):
    made = opened(file, sources)
    made.load()
    return made


def test_a_kept_index_knows_every_source_and_answers_as_before(file):
    first = opened(file, [*VAULT, *ODD])
    expected = [[hit.score for hit in first.find(query)] for query in QUERIES]
    names = [stems(first, query) for query in QUERIES]
    again = loaded(file, [*VAULT, *ODD])
    assert again.waiting == 0
    assert [stems(again, query) for query in QUERIES] == names
    assert [[hit.score for hit in again.find(query)] for query in QUERIES] == expected


def test_a_kept_index_is_the_same_wherever_it_is_cut_when_it_is_loaded(file, monkeypatch):
    first = opened(file, [*VAULT, *ODD])
    names = [stems(first, query) for query in QUERIES]
    monkeypatch.setattr("tui.search.saved._SLICE", 8)
    again = loaded(file, [*VAULT, *ODD])
    assert again.waiting == 0
    assert [stems(again, query) for query in QUERIES] == names


def test_only_sources_that_are_as_they_were_are_taken_from_it(file):
    opened(file, VAULT).find("tulip")
    changed = VAULT[3]._replace(fields={"title": "Crocus mania"}, stamp=Stamp(1, 2, 1))
    again = loaded(file, [*VAULT[1:3], changed, VAULT[4], source("SOURCE-new", title="Kestrels")])
    assert again.waiting == 2
    assert stems(again, "tulip") == []
    assert stems(again, "crocus") == [TULIP]
    assert stems(again, "kestrels") == ["SOURCE-new"]
    assert stems(again, "openharbor") == []


def test_a_change_made_while_the_index_is_loaded_counts(file):
    opened(file, VAULT).find("tulip")
    again = opened(file, VAULT)
    again.update(VAULT[3]._replace(fields={"title": "Crocus mania"}))
    again.load()
    assert stems(again, "crocus") == [TULIP]
    assert stems(again, "tulip") == []


def test_changes_after_loading_are_kept_for_the_next_start(file):
    opened(file, VAULT).find("tulip")
    again = loaded(file, VAULT)
    crocus = VAULT[3]._replace(fields={"title": "Crocus mania"}, stamp=Stamp(9, 9, 9))
    again.replace(lambda: [*VAULT[:3], crocus, VAULT[4]])
    assert stems(again, "crocus") == [TULIP]
    third = loaded(file, [*VAULT[:3], crocus, VAULT[4]])
    assert third.waiting == 0
    assert stems(third, "crocus") == [TULIP]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda data: b"\xff" * len(data),
        lambda data: data[: len(data) // 2],
        lambda data: bytes([data[0] ^ 1]) + data[1:],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda _: b'{"made": 1}' + (11).to_bytes(4, "big"),
        lambda _: b"[" * 100_000 + (100_000).to_bytes(4, "big"),
        lambda data: data[9:],
    ],
)
def test_a_spoilt_index_is_built_again(file, spoil):
    opened(file, VAULT).find("tulip")
    file.write_bytes(spoil(file.read_bytes()))
    again = loaded(file, VAULT)
    assert again.waiting == len(VAULT)
    assert stems(again, "openharbor million")[0] == HARBOR
    assert loaded(file, VAULT).waiting == 0


def test_an_index_of_other_weights_is_built_again(file):
    opened(file, VAULT).find("tulip")
    other = Lookup(SHORTS, WEIGHTS | {"guest": 1.0}, "key_insights", lambda _: None,
                   lambda _: "", file)  # fmt: skip
    other.replace(lambda: VAULT)
    other.load()
    assert other.waiting == len(VAULT)


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "taken").write_text("a file")
    made = opened(tmp_path / "taken" / "lookup.index", VAULT)
    assert stems(made, "slow builds")[0] == SLOW


def test_a_hurried_query_answers_from_what_is_known_by_now(file, monkeypatch):
    monkeypatch.setattr(lookup_module, "HURRIED", 2)
    made = opened(file, VAULT)
    hurried = [hit.source.stem for hit in made.find("slow biulds", hurried=True)]
    assert SLOW not in hurried
    assert [hit.source.stem for hit in made.find("builds slow", hurried=True)][-1] == SLOW
    assert made.waiting == 1
    assert stems(made, "slow builds")[0] == SLOW


def test_another_process_builds_the_index_that_is_then_taken(vault_copy):
    desk = Desk(vault_copy, user_folders())
    desk.vault.load()
    desk.lookup.load()
    assert desk.lookup.waiting == desk.vault.count
    weights = desk.schema.lookup
    assert build_apart(desk.vault.root, desk.cache, desk.index_file, weights, lambda: True)
    desk.lookup.load(again=True)
    assert desk.lookup.waiting < desk.vault.count
    assert desk.matching("opne bui 800")[0].id == "SOURCE-20251128-973"
    before = desk.index_file.read_bytes()
    assert not build_apart(desk.vault.root, desk.cache, desk.index_file, weights, lambda: False)
    assert desk.index_file.read_bytes() == before


def test_an_index_worn_by_changes_is_built_again(vault_copy, monkeypatch):
    monkeypatch.setattr(index_module, "_IDLE", 0)
    desk = Desk(vault_copy, user_folders())
    desk.vault.load()
    desk.matching("agents")
    for _ in range(3):
        for one in desk.vault.sources:
            desk.lookup.update(one)
        desk.matching("agents")
    assert len(desk.lookup._index.held) <= 2 * desk.vault.count
