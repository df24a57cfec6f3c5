"""A schema's rapid passes: which sources, in which order, and what each key does."""

from pathlib import Path

import pytest

from tui.errors import SchemaError
from tui.triage.passes import Answer
from tui.triage.schema import load_schema


def passes(tmp_path, text):
    path = tmp_path / "sluice.yaml"
    path.write_text(f"passes:\n  one: {text}\n")
    return load_schema(tmp_path).passes


def test_confirming_the_category_is_a_preset():
    preset = load_schema().passes["confirm the category"]
    assert (preset.ask, preset.find, preset.sort, preset.then) == (
        "notebooklm_category", "status:raw", "certainty", "",
    )  # fmt: skip


def test_a_role_stands_for_its_field_and_its_values_are_the_answers(tmp_path):
    found = passes(tmp_path, "{ask: tier, then: promote}")["one"]
    assert found.ask == "signal_tier"
    assert found.answers[0] == Answer("1", "paradigm", (("signal_tier", "paradigm"),), "promote")


def test_without_a_query_it_is_about_the_sources_with_the_first_status(tmp_path):
    assert passes(tmp_path, "{ask: tier}")["one"].find == "status:raw"
    assert passes(tmp_path, "{ask: tier, find: ''}")["one"].find == ""


def test_the_key_that_takes_suggestions_is_no_answer(tmp_path):
    answers = passes(tmp_path, "{ask: category}")["one"].answers
    assert "".join(answer.key for answer in answers) == "1234567890-"


def test_a_category_can_be_asked_for_without_any_value(tmp_path):
    path = tmp_path / "sluice.yaml"
    path.write_text(
        "fields: {notebooklm_category: {kind: choice, open: true, values: {}}}\n"
        "passes: {one: {ask: category}}\n"
    )
    assert load_schema(tmp_path).passes["one"].answers == ()
    with pytest.raises(SchemaError, match="has no answers"):
        passes(tmp_path, "{find: ''}")


def test_the_example_in_the_page_is_valid(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "schema.md").read_text()
    path = tmp_path / "sluice.yaml"
    path.write_text(page.split("### Views and passes")[1].split("```yaml\n")[1].split("```")[0])
    found = load_schema(tmp_path).passes
    assert list(found) == ["confirm the category", "tactical"]
    assert [answer.key for answer in found["tactical"].answers][-2:] == ["a", "x"]
