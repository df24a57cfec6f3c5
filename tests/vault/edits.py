"""What an edit of any header must keep, and the edits of lists that properties draw."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from hypothesis import event
from hypothesis import strategies as st

from tests.vault.headers import as_date, texts
from tui.errors import EditRefused
from tui.vault.header.typed import meaning
from tui.vault.history.change import FieldRecord, FileRecord
from tui.vault.vault import FieldEdit, Vault
from tui.vault.writing.prove import as_read
from tui.vault.writing.revert import made_again, make_patch, turned_back

NAME = "SOURCE-x.md"


class Made(Protocol):
    """A file of lines whose fields are known."""

    head: str

    @property
    def text(self) -> str:
        """All of it."""
        ...

    def around(self, key: str) -> tuple[str, str]:
        """What is before and behind the lines of a field."""
        ...


def typed(value: Any) -> Any:
    """``value`` such that 1, True and 1.0 differ, all the way down."""
    if isinstance(value, list | tuple):
        return [typed(item) for item in value]
    if isinstance(value, dict):
        return [(typed(key), typed(item)) for key, item in value.items()]
    return as_date(meaning(value))


def expect_own_lines(file: Made, key: str, after: str) -> None:
    """Only the lines of the field have changed, and their line breaks are those of the file."""
    before, behind = file.around(key)
    assert after.startswith(before)
    assert after.endswith(behind)
    assert len(after) >= len(before) + len(behind)
    own = after[len(before) : len(after) - len(behind)]
    if "\r\n" in file.head:
        assert not re.search(r"(?<!\r)\n|\r(?!\n)", own), "a line break of another kind"


def expect_undo(text: str, key: str, held: Any, wanted: Any, after: str) -> None:
    """Undone byte for byte, also when another program wrote to the body meanwhile."""
    record = FileRecord("x.md", (FieldRecord(key, held, wanted),), make_patch(text, after))
    assert turned_back(after, record) == text
    assert turned_back(after + "\n!", record) == text + "\n!"
    assert made_again(text, record) == after


def edited_items(data: st.DataObject, items: Sequence[Any]) -> tuple[str, list[Any]]:
    """What is done to a list, and its items afterwards."""
    action = data.draw(st.sampled_from(["append", "remove", "reorder", "any"]))
    event(action)
    if action == "append":
        return action, [*items, data.draw(texts)]
    if action == "remove":
        at = data.draw(st.integers(0, len(items) - 1))
        return action, [*items[:at], *items[at + 1 :]]
    if action == "reorder":
        return action, data.draw(st.permutations(items))
    return action, data.draw(st.lists(st.one_of(texts, st.sampled_from(items)), max_size=5))


def writes_twice(wanted: Sequence[Any], items: Sequence[Any]) -> bool:
    """Whether a map, table or list inside the list would be there more often; it may be moved."""
    deep = [item for item in wanted if isinstance(item, dict | list)]
    return any(wanted.count(item) > items.count(item) for item in deep)


@contextmanager
def vault_with(data: bytes) -> Iterator[tuple[Vault, Path]]:
    """A vault of one file."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "vault")
        root.mkdir()
        path = root / NAME
        path.write_bytes(data)
        vault = Vault(root, Path(folder, "state"))
        vault.load()
        yield vault, path


def expect_undo_on_disk(data: bytes, key: str, value: Any) -> None:
    """Written, undone, redone and undone again byte for byte; a refusal leaves all as it was."""
    with vault_with(data) as (vault, path):
        source = vault.get(NAME)
        try:
            change = vault.commit("a change", [FieldEdit(source, key, value)])
        except EditRefused as error:
            assert source.quoted_title in str(error)
            assert path.read_bytes() == data
            assert vault.log() == []
            return
        after = path.read_bytes()
        assert (after != data) == bool(change.files)
        allowed = [as_read(value), source.fields.get(key, ...), *([...] if value is None else [])]
        assert typed(vault.get(NAME).fields.get(key, ...)) in map(typed, allowed)
        if change.files:
            vault.undo()
            assert path.read_bytes() == data
            vault.redo()
            assert path.read_bytes() == after
            path.write_bytes(after + b"\nadded later")
            vault.undo()
            assert path.read_bytes() == data + b"\nadded later"
        assert [entry.name for entry in path.parent.iterdir()] == [NAME]
