"""What an open app says of the changes that others made."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest

from tui.triage.schema import Schema
from tui.triage.told import tell
from tui.vault.header.edit import MISSING
from tui.vault.history.change import Change, FieldRecord, FileRecord, Patch
from tui.vault.history.news import Fresh

NUMBERS = count()
SEEN, WRITTEN = "0" * 64, "1" * 64


def change(by: str, names: str, before: str = SEEN, **fields: object) -> Change:
    files = tuple(
        FileRecord(
            name,
            tuple(FieldRecord(field, "old", value) for field, value in fields.items()),
            Patch(0, "", "", before, WRITTEN),
        )
        for name in names.split()
    )
    when = datetime(2026, 1, 1, tzinfo=UTC)
    return Change(str(next(NUMBERS)), "label", when, files, by=by)


def sentences(schema: Schema, *changes: Change) -> list[str]:
    return [told.sentence for told in tell(schema, Fresh(changes), lambda name: f"Title {name}")]


def test_one_field_of_many_sources_is_one_sentence_that_can_be_undone(schema: Schema) -> None:
    changes = [change("importer", name, signal_tier="noise") for name in "abcdefghijklmn"]
    (told,) = tell(schema, Fresh(tuple(changes)), str)
    assert told.sentence == "importer set tier on 14 sources"
    assert told.ids == tuple(each.id for each in reversed(changes))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([change("x", "a", signal_tier="noise")], "x set tier on “Title a”"),
        ([change("", "a b", guest="Ada")], "Another sluice set guest on 2 sources"),
        ([change("x", "a b a", topics=["t"], guest="A")], "x set topics, guest on 2 sources"),
        ([change("x", "a", a=1, b=1, c=1, d=1)], "x set 4 fields on “Title a”"),
        ([change("x", "a b", status="triaged")], "x moved 2 sources to triaged"),
        (
            [change("x", "a", status="processed", date_processed="2026-01-01")],
            "x moved “Title a” to processed",
        ),
        (
            [change("x", "a", status="triaged"), change("x", "b", status="archived")],
            "x moved 2 sources",
        ),
        (
            [change("x", "a", status="triaged"), change("x", "b", signal_tier="noise")],
            "x set status, tier on 2 sources",
        ),
        ([change("x", "a b")], "x repaired 2 sources"),
        ([change("x", "a b", WRITTEN, signal_tier="a")], "x confirmed tier on 2 sources"),
        ([change("x", "a", snoozed_until="2027-01-15")], "x snoozed “Title a” until 2027-01-15"),
        ([change("x", "a b", snoozed_until=MISSING)], "x ended the snooze of 2 sources"),
        ([change("x", "a", before="")], "x added “Title a”"),
        ([change("x", "a", before=""), change("x", "a", guest="A")], "x changed “Title a”"),
        ([change("x", "a", **{"{odd}": 1})], "x set {odd} on “Title a”"),
    ],
)
def test_it_says_what_was_done(schema: Schema, changes: list[Change], sentence: str) -> None:
    assert sentences(schema, *changes) == [sentence]


def test_a_renamed_field_says_both_names(schema: Schema) -> None:
    fields = FieldRecord("guest", "A", MISSING), FieldRecord("interviewee", MISSING, "A")
    record = change("x", "a").files[0]._replace(fields=fields)
    renamed = change("x", "a")._replace(files=(record,))
    assert sentences(schema, renamed) == ["x renamed guest to interviewee in “Title a”"]


def test_each_name_has_its_sentence_and_what_was_undone_another(schema: Schema) -> None:
    made = change("x", "a", guest="A"), change("y", "a", guest="B"), change("x", "b", guest="A")
    undone = (change("z", "a", guest="C"),)
    told = tell(schema, Fresh(made, undone), str)
    assert [each.sentence for each in told] == [
        "x set guest on 2 sources",
        "y set guest on “a”",
        "Another sluice undid “label”",
    ]
    assert told[-1].ids == ()
    assert tell(schema, Fresh(), str) == []
    many = Fresh((), (*undone, *undone))
    assert [each.sentence for each in tell(schema, many, str)] == ["Another sluice undid 2 changes"]


def test_the_words_of_others_cannot_act_on_a_terminal(schema: Schema) -> None:
    changes = change("\x1b[31m", "a", **{"\x1b]0;x\x07": 1})
    (told,) = tell(schema, Fresh((changes,)), lambda _: "\x1b[2J")
    assert told.sentence.isprintable()


def test_a_refused_proposal_changed_no_value(schema: Schema) -> None:
    refused = change("Ada", "a", before=WRITTEN)
    assert sentences(schema, refused) == ["Ada refused proposals for “Title a”"]
