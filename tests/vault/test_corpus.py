"""Real sources: every one listed, changed by exactly the lines meant, and undone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tui.errors import EditRefused
from tui.vault.header.typed import same_value
from tui.vault.source import Source
from tui.vault.vault import FieldEdit, Vault

INSIGHT = 'It\'s "the 90%": plan first 🚀, then – später – 実行 # really'
FENCE = re.compile(rb"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)

DECISION: dict[str, Any] = {
    "signal_tier": "noise",
    "notebooklm_category": "vibe-coding",
    "key_insights": (INSIGHT,),
    "date_processed": date(2026, 2, 28),
    "status": "triaged",
}
SECOND: dict[str, Any] = {
    "notebooklm_category": "a new: category",
    "key_insights": (INSIGHT, "no"),
    "status": "no",
    "date_processed": None,
}


def parts(data: bytes) -> tuple[bytes, bytes]:
    """The header's YAML and everything from the closing fence on."""
    opening, closing = list(FENCE.finditer(data))[:2]
    assert data[: opening.start()] in (b"", b"\xef\xbb\xbf")
    return data[opening.end() : closing.start()], data[closing.start() :]


def fields_of(data: bytes) -> dict[Any, Any]:
    """The header's fields, read without any code of sluice."""
    found = yaml.load(parts(data)[0].decode(), Loader=yaml.CSafeLoader)
    assert isinstance(found, dict)
    return found


def spans(header: bytes) -> dict[str, tuple[int, int]]:
    """The lines of each top-level key, from its own to the one before the next key's."""
    starts = [(i, line) for i, line in enumerate(header.splitlines()) if re.match(rb"[\w]", line)]
    ends = [i for i, _ in starts[1:]] + [len(header.splitlines())]
    return {
        line.split(b":")[0].decode(): (i, end) for (i, line), end in zip(starts, ends, strict=True)
    }


def outside(header: bytes, fields: Collection[str]) -> list[bytes]:
    """The header's lines that are none of the fields'."""
    lines = header.splitlines(keepends=True)
    own = {i for field, (a, b) in spans(header).items() if field in fields for i in range(a, b)}
    return [line for i, line in enumerate(lines) if i not in own]


def expect_exact(before: bytes, after: bytes, values: dict[str, Any], name: str) -> None:
    """``after`` is ``before`` with those fields' lines alone changed to hold those values."""
    (old, rest), (new, rest_after) = parts(before), parts(after)
    assert rest == rest_after, name
    assert outside(old, values) == outside(new, values), name
    meant = {field: list(v) if isinstance(v, tuple) else v for field, v in values.items()}
    found = fields_of(after)
    assert list(found.items()) == list({**fields_of(before), **meant}.items()), name
    assert all(type(found[field]) is type(value) for field, value in meant.items()), name


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    corpus = Path(__file__).parents[3] / "shared" / "corpus"
    if not corpus.is_dir():
        pytest.skip("the real sources are not on this machine")
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(corpus, folder / "vault")
    vault = Vault(folder / "vault", folder / "state")
    vault.load()
    yield vault
    shutil.rmtree(folder)


def readable(vault: Vault) -> list[Source]:
    return [source for source in vault.sources if source.problem is None]


def test_every_real_source_is_listed(real: Vault) -> None:
    on_disk = sorted(path.relative_to(real.root).as_posix() for path in real.root.rglob("*.md"))
    assert [source.name for source in real.sources] == on_disk


def test_a_real_source_has_a_problem_exactly_when_its_yaml_cannot_be_read(real: Vault) -> None:
    for source in real.sources:
        data = source.path.read_bytes()
        try:
            fields = fields_of(data)
        except (yaml.YAMLError, ValueError, AssertionError):
            assert source.problem is not None, source.name
            assert source.text("status"), f"{source.name} shows no status"
            assert source.id, source.name
        else:
            assert source.problem is None, source.name
            assert same_value(dict(source.fields), fields), source.name


def contents(vault: Vault) -> dict[str, bytes]:
    return {source.name: source.path.read_bytes() for source in readable(vault)}


def test_real_sources_take_decisions_and_give_every_byte_back(real: Vault) -> None:
    first = contents(real)
    assert len(first) > 100
    held = [first]
    for values in (DECISION, SECOND):
        edits = [
            FieldEdit(source, field, value)
            for source in readable(real)
            for field, value in values.items()
        ]
        real.commit("a decision on all", edits)
        held.append(contents(real))
        for name, data in held[-2].items():
            expect_exact(data, held[-1][name], values, name)
    real.undo()
    assert contents(real) == held[1]
    real.undo()
    assert contents(real) == first


def test_one_field_of_a_real_source_is_one_change_of_its_lines(real: Vault) -> None:
    first = contents(real)
    fields = list(DECISION)
    chosen = {name: fields[i % len(fields)] for i, name in enumerate(first)}
    for name, field in chosen.items():
        real.commit("one key", [FieldEdit(real.get(name), field, DECISION[field])])
    for name, data in contents(real).items():
        expect_exact(first[name], data, {chosen[name]: DECISION[chosen[name]]}, name)
    for _ in range(sum(change.label == "one key" for change in real.log())):
        real.undo()
    assert contents(real) == first


def test_real_sources_with_broken_headers_are_refused_and_untouched(real: Vault) -> None:
    for source in real.sources:
        if source.problem is None:
            continue
        before = source.path.read_bytes()
        for field, value in DECISION.items():
            with pytest.raises(EditRefused, match=re.escape(source.quoted_title)):
                real.commit("refused", [FieldEdit(source, field, value)])
        assert source.path.read_bytes() == before
