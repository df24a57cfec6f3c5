"""New sources for addresses: their names and their headers."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import AddressTaken, EditRefused, SchemaError, ValueRefused
from tui.triage.capture import new_source
from tui.triage.schema import load_schema
from tui.vault.source import Source, Stamp

SCHEMA = load_schema()
DAY = date(2026, 2, 28)


def known(name: str, **fields: str) -> Source:
    return Source(Path("/vault"), name, fields, "", None, Stamp(0, 0, 0))


def made(url: str, *sources: Source, **texts: str):
    return new_source(SCHEMA, sources, url, DAY, texts)


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("https://example.com/", "example_com"),
        ("https://example.com/2026/the-card-catalogue.html", "the_card_catalogue"),
        ("https://example.com/日本/考える", "考える"),
        ("https://example.com/" + "x" * 300, "x" * 60),
    ],
)
def test_without_a_title_the_address_names_the_file(url, stem):
    assert made(url).name == f"SOURCE-20260228-website-unknown-unknown-{stem}.md"


def test_two_pages_of_one_name_get_two_files():
    first = made("https://example.com/a/notes")
    assert made("https://example.com/b/notes", known(first.name.upper())).name.endswith(
        "-notes_2.md"
    )


def test_the_page_counts_and_not_the_address():
    there = known("one.md", url="https://www.youtube.com/watch?v=abc&t=20")
    with pytest.raises(AddressTaken, match=r"one\.md") as refused:
        made("youtu.be/abc?si=xyz", there)
    assert refused.value.name == "one.md"


def test_ids_of_other_days_and_other_makers_do_not_count():
    others = [known(f"{i}.md", id=id) for i, id in enumerate(
        ["SOURCE-20260227-900", "SOURCE-20260228-x", "SOURCE-20260228-007", "B-20260228-950"]
    )]  # fmt: skip
    assert "\nid: SOURCE-20260228-008\n" in made("https://example.com/x", *others).text


@given(title=st.text(max_size=200), by=st.text(max_size=60), topic=st.text(max_size=40))
def test_whatever_is_typed_is_in_the_header_or_refused(title, by, topic):
    try:
        new = made("https://example.com/x", title=title, creator=by, synopsis=topic)
    except (ValueRefused, EditRefused):
        # Such as bytes that are no text.
        return
    head, header, _body = new.text.split("---\n", 2)
    fields = yaml.safe_load(header)
    assert (head, fields["title"]) == ("", title or None)
    assert (fields["creator"], fields["synopsis"]) == (by or None, topic or None)
    assert "\n---" not in new.name and "/" not in new.name


# What a schema may ask for


def schema_with(tmp_path: Path, capture: object):
    (tmp_path / "sluice.yaml").write_text(yaml.safe_dump({"capture": capture}), encoding="utf-8")
    return load_schema(tmp_path)


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("folder", "in\0box", "one line, without control characters"),
        ("folder", "in\nbox", "one line, without control characters"),
        ("folder", "in\x1b[31mbox", "one line, without control characters"),
        ("folder", "/".join("a" * 5_000), "at most 16 levels deep"),
        ("folder", "x" * 300, "at most 200 bytes"),
        ("folder", "日" * 100, "at most 200 bytes"),
        ("folder", ["inbox"], "must be text"),
        ("folder", {"a": 1}, "must be text"),
        ("folder", "../outside", "must not be hidden"),
        ("folder", "a/./b", "must not be hidden"),
        ("folder", "a/_b", "must not be hidden"),
        ("name", ".{title}", "must not start with . or _"),
        ("name", "_{title}", "must not start with . or _"),
        ("name", "..", "must not start with . or _"),
        ("name", "a/{title}", "must be a file name"),
        ("name", "", "must be a file name"),
        ("name", "x" * 300, "must be a file name"),
        ("name", "a\0{title}", "one line, without control characters"),
        ("name", ["{title}"], "must be text"),
        ("id", "a\n{number}", "one line, without control characters"),
        ("id", "a\0{number}", "one line, without control characters"),
    ],
)
def test_a_name_or_folder_that_no_source_can_have_is_refused_by_the_schema(
    tmp_path, part, value, said
):
    with pytest.raises(SchemaError) as refused:
        schema_with(tmp_path, {part: value})
    assert f"{part} of capture" in str(refused.value)
    assert said in str(refused.value)
    assert len(str(refused.value)) < 400


def test_slashes_too_many_in_a_folder_are_skipped(tmp_path):
    schema = schema_with(tmp_path, {"folder": "//in//box/"})
    assert schema.capture.folder == "in/box"


def test_a_files_name_of_long_parts_is_one_that_can_be_written(tmp_path):
    schema = schema_with(tmp_path, {"name": "{creator}-{title}-{synopsis}-{guest}-{date}"})
    long = "日本語の長い名前" * 20
    texts = dict.fromkeys(("creator", "title", "synopsis", "guest"), long)
    name = new_source(schema, [], "https://example.com/x", DAY, texts).name
    assert len(name.encode()) < 240
    (tmp_path / name).touch()
    again = known(name)
    assert new_source(schema, [again], "https://example.com/y", DAY, texts).name != name
