"""On which days sources were changed, as the undo journal has it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.vault.conftest import Open, Write
from tui.vault.vault import FieldEdit, Vault

EARLIER = datetime(2026, 1, 5, 12, tzinfo=UTC)


def edit(vault: Vault, name: str, value: str) -> FieldEdit:
    return FieldEdit(vault.get(name), "status", value)


def change(vault: Vault, name: str, asked: datetime | None = None) -> None:
    vault.commit("status", [edit(vault, name, "triaged")], asked=asked)


def test_a_change_is_of_its_day_until_it_is_undone(write: Write, open_vault: Open) -> None:
    write("SOURCE-a.md")
    write("SOURCE-b.md")
    vault, today = open_vault(), date.today()
    assert vault.changed.names(lambda _: True) == set()
    change(vault, "SOURCE-a.md", EARLIER)
    change(vault, "SOURCE-b.md")
    assert vault.changed.names(lambda day: day < today) == {"SOURCE-a.md"}
    assert vault.changed.names(lambda day: day == today) == {"SOURCE-b.md"}
    vault.undo()
    assert vault.changed.names(lambda _: True) == {"SOURCE-a.md"}
    vault.redo()
    assert vault.changed.names(lambda day: day == today) == {"SOURCE-b.md"}


def test_another_run_knows_the_same_and_hears_of_what_comes(write: Write, open_vault: Open) -> None:
    write("SOURCE-a.md")
    write("SOURCE-b.md")
    vault, other = open_vault(), open_vault()
    change(vault, "SOURCE-a.md")
    version = other.changed.version
    assert other.changed.names(lambda _: True) == {"SOURCE-a.md"}
    change(vault, "SOURCE-b.md")
    assert other.changed.version != version
    assert other.changed.names(lambda _: True) == {"SOURCE-a.md", "SOURCE-b.md"}


def test_a_change_on_its_way_to_the_disk_counts_today(write: Write, open_vault: Open) -> None:
    write("SOURCE-a.md")
    vault, key = open_vault(), object()
    version = vault.changed.version
    vault.expect(key, [edit(vault, "SOURCE-a.md", "triaged")])
    assert vault.changed.version != version
    assert vault.changed.names(lambda day: day == date.today()) == {"SOURCE-a.md"}
    assert vault.changed.names(lambda day: day < date.today()) == set()
    vault.expect_no_more(key)
    assert vault.changed.names(lambda _: True) == set()
