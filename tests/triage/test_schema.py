"""The built-in schema, and what a vault's own sluice.yaml makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.errors import SchemaError
from tui.triage.field import KINDS
from tui.triage.schema import Schema, load_schema


def override(folder: Path, text: str) -> Schema:
    (folder / "sluice.yaml").write_text(text)
    return load_schema(folder)


def test_the_built_in_schema_is_the_pipelines(schema: Schema) -> None:
    assert schema.flow.main == ("raw", "triaged", "processed", "integrated")
    assert schema.tier.values == ("paradigm", "strategic", "tactical", "noise")
    assert (schema.category.name, schema.category.open) == ("notebooklm_category", True)
    assert schema.insights.kind == "list"
    assert schema.fields["chain"].required is False
    assert schema.flow.stamps == {"processed": "date_processed", "integrated": "date_integrated"}
    assert schema.flow.refuse is False
    assert next(iter(schema.views)) == "raw"


def test_every_field_is_of_a_known_kind_and_no_two_share_a_short_name(schema: Schema) -> None:
    assert {field.kind for field in schema.fields.values()} <= set(KINDS)
    shorts = [field.short for field in schema.fields.values() if field.short]
    assert len(shorts) == len(set(shorts))
    assert schema.full_name("cat") == "notebooklm_category"
    assert schema.full_name("title") == "title"
    assert schema.full_name("unknown") == "unknown"


def test_an_unknown_value_is_a_choice_without_a_glyph(schema: Schema) -> None:
    assert schema.tier.choice("noise").glyph == "·"
    assert (schema.tier.choice("new").name, schema.tier.choice("new").glyph) == ("new", "")


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}", "null\n"])
def test_an_empty_override_changes_nothing(tmp_path: Path, schema: Schema, text: str) -> None:
    assert override(tmp_path, text) == schema


def test_a_vault_without_an_override_has_the_built_in_schema(
    tmp_path: Path, schema: Schema
) -> None:
    assert load_schema(tmp_path) == schema


def test_an_override_changes_the_parts_it_names(tmp_path: Path) -> None:
    found = override(
        tmp_path,
        """
fields:
  rating: {kind: text, short: r, meaning: "how good"}
  signal_tier: {short: worth, values: {noise: null, gold: {glyph: "*", colour: tier-1}}}
  chain: null
views: {mine: "worth:gold", raw: {query: "status:raw", sort: -date}}
flow: {guards: refuse}
slots: "abc"
""",
    )
    assert found.fields["rating"].meaning == "how good"
    assert found.full_name("r") == "rating"
    assert found.tier.values == ("noise", "gold")
    assert found.tier.kind == "choice"
    assert found.full_name("worth") == "signal_tier"
    assert found.tier.choice("gold").glyph == "*"
    assert "chain" not in found.fields
    assert [tuple(view) for view in found.views.values()] == [
        ("mine", "worth:gold", ""), ("raw", "status:raw", "-date"),
    ]  # fmt: skip
    assert found.flow.main == ("raw", "triaged", "processed", "integrated")
    assert found.flow.refuse is True
    assert found.slots == "abc"


def test_another_kind_of_vault_brings_its_own_line(tmp_path: Path) -> None:
    found = override(
        tmp_path,
        """
roles: {status: state}
fields:
  status: null
  state: {kind: choice, values: {todo: {}, doing: {}, done: {}, dropped: {}}}
flow:
  main: [todo, doing, done]
  archive: dropped
  moves: {todo: [dropped]}
  wants: {}
  stamps: {}
""",
    )
    assert found.status.name == "state"
    assert found.flow.main == ("todo", "doing", "done")
    assert found.flow.moves == {"todo": ("dropped",)}
    assert (found.flow.wants, found.flow.stamps) == ({}, {})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("fields: [", "not valid YAML"),
        ("a: b: c", "not valid YAML"),
        ("a: \x00", "not valid YAML"),
        ("fields: !!timestamp soon", "not valid YAML"),
        ("views: " + "[" * 100_000, "not valid YAML"),
        ("a: &a [*a]", "not valid YAML"),
        ("- a", "not valid YAML"),
        ("words", "not valid YAML"),
        ("fields: {title: {kind: fraction}}", "title has the unknown kind fraction; use text"),
        ("fields: {title: text}", "title"),
        ("fields: null", "fields"),
        ("fields: []", "fields must be a map"),
        ("fields: {status: null}", "role status names status"),
        ("fields: {mine: {values: [[a], b]}}", "mine"),
        ("fields: {mine: {values: {a: {glyph: [x]}}}}", "glyph of the value a of the field mine"),
        ("fields: {mine: {meaning: no}}", "mine.*quote"),
        ("fields: {mine: {short: yes}}", "mine.*quote"),
        ("fields: {mine: {short: cat}}", "notebooklm_category and mine share the short name cat"),
        ("roles: {tier: none}", "role tier names none"),
        ("flow: {main: [raw, done]}", "flow names done"),
        ("flow: {main: []}", "main"),
        ("flow: {main: raw}", "main"),
        ("flow: {main: null}", "main"),
        ("flow: {archive: gone}", "flow names gone"),
        ("flow: {moves: {raw: triaged}}", "raw"),
        ("flow: {moves: {gone: [raw]}}", "flow names gone"),
        ("flow: {guards: refuze}", "guards of the flow is refuze"),
        ("flow: {wants: {triaged: {values: [a]}}}", "field"),
        ("flow: {wants: {triaged: {field: title, values: noise}}}", "values"),
        ("lookup: {title: much}", "lookup of title must be a number"),
        ("lookup: [title]", "lookup must be a map"),
        ("views: [raw]", "views must be a map"),
        ("views: {}\nviews: {}\nslots:", "slots"),
        ("views: {}", "at least one view"),
        ("views: {raw: {query: [x]}}", "the query of the view raw must be text"),
        ("views: {'': x}", "A view needs a name"),
    ],
    ids=lambda value: value[:40],
)
def test_an_override_that_makes_no_sense_is_reported_with_the_file_or_the_part(
    tmp_path: Path, text: str, reason: str
) -> None:
    with pytest.raises(SchemaError, match=reason) as caught:
        override(tmp_path, text)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(
        (str(tmp_path / "sluice.yaml: "), str(tmp_path / "sluice.yaml, line 1: "))
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour: red", "line 1: the file has unknown parts: colour; it can have"),
        ("# mine\n1: red", "line 2: the file has unknown parts: 1"),
        (
            "fields: {mine: {values: {a: {color: red}}}}",
            "value a of the field mine has unknown",
        ),
        ("fields:\n  mine: {labels: x}", "line 2: the field mine has unknown parts: labels"),
        ("roles: {colour: title}", "roles has unknown parts: colour"),
        ("flow: {stamp: {raw: date}}", "flow has unknown parts: stamp"),
        ("views: {raw: {querry: x}}", "the view raw has unknown parts: querry"),
        ("sample: {sise: 3}", "sample has unknown parts: sise"),
    ],
)
def test_what_only_another_version_knows_is_ignored_with_a_warning(
    tmp_path: Path, text: str, said: str
) -> None:
    (warning,) = override(tmp_path, text).warnings
    assert said in warning
    assert warning.endswith("sluice ignored it.")


def test_bytes_that_are_no_text_are_reported(tmp_path: Path) -> None:
    (tmp_path / "sluice.yaml").write_bytes(b"views: {\xff: x}")
    with pytest.raises(SchemaError, match=r"sluice\.yaml: not UTF-8"):
        load_schema(tmp_path)


@pytest.mark.timeout(10)
def test_a_bomb_in_an_override_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
    text = "\n".join(lines).replace("a8: &a8", "views: &a8")
    with pytest.raises(SchemaError, match="aliases"):
        override(tmp_path, text)


@pytest.mark.parametrize(
    "weight", ["50", "-5", ".nan", ".inf", "-.inf", "1e400", "9" * 400, "1.01"]
)
def test_a_lookups_weight_that_is_none_is_refused(tmp_path, weight):
    (tmp_path / "sluice.yaml").write_text(f"lookup: {{title: {weight}}}\n")
    with pytest.raises(SchemaError, match=r"lookup of title (must be a number|.* from 0 to 1)"):
        load_schema(tmp_path)


def test_a_field_called_as_a_short_name_is_of_the_kind_of_what_that_stands_for() -> None:
    kinds = load_schema().kinds
    assert kinds["published"] == kinds["date_published"] == "date"
    assert kinds["duration"] == "duration"
