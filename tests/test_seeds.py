"""The samples are what they are meant to be, so that nobody mends one by accident."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from tui.triage.schema import load_schema
from tui.vault.source import TEMPLATE_SYNOPSIS
from tui.vault.vault import Vault

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("SOURCE-*"))
STEMS = [path.stem for path in SEEDS]
NAME = re.compile(r"SOURCE-\d{8}-[a-z]+-[a-z_]+-[a-z0-9_]+-[a-z0-9_]+\.md")
HEADER = re.compile(r"^---\r?\n(.*?)^---\r?\n", re.DOTALL | re.MULTILINE)
CLOSED = ["status", "signal_tier", "platform", "format", "cadence", "value_modality", "teleology"]
SCHEMA = load_schema()
BROKEN = {
    "ask_hn": "mapping values are not allowed",
    "slow_software": "did not find expected key",
    "three_weeks": "cannot start any token",
}
STRAY = "machine_owe_you"
READABLE = [stem for stem in STEMS if not any(part in stem for part in (*BROKEN, STRAY))]


def raw_bytes(part: str) -> bytes:
    """The bytes of the one sample with this text in its name."""
    (path,) = [path for path in SEEDS if part in path.stem]
    return path.read_bytes()


def text(part: str) -> str:
    return raw_bytes(part).decode("utf-8-sig")


def header(part: str) -> str:
    """The text between the fences, wherever the first one stands."""
    found = HEADER.search(text(part))
    assert found is not None, part
    return found[1]


def fields(part: str) -> dict[str, Any]:
    loaded = yaml.load(header(part), yaml.CSafeLoader)
    assert isinstance(loaded, dict), part
    return loaded


def body(part: str) -> str:
    return HEADER.sub("", text(part), count=1)


def values_of(field: str) -> Counter[str]:
    """How often each value of a field stands in the samples, the broken ones too."""
    line = re.compile(rf"^{field}: *['\"]?([^\s'\"]+)", re.MULTILINE)
    return Counter(match[1] for stem in STEMS if (match := line.search(header(stem))))


def test_the_page_about_the_samples_is_no_source_and_names_the_one_real_video(tmp_path) -> None:
    page = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    assert f"These {len(SEEDS)} notes" in page
    real = [path.name for path in SEEDS if re.search(r"watch\?v=(?!SluiceDemo)", text(path.stem))]
    assert [name for name in (path.name for path in SEEDS) if name in page] == real
    shown = [source.name for source in Vault(ROOT / "seeds", tmp_path).sources]
    assert sorted(shown) == [path.name for path in SEEDS]


def test_every_file_is_named_like_a_source_and_no_two_share_a_title_slug() -> None:
    assert [path.name for path in SEEDS if not NAME.fullmatch(path.name)] == []
    assert len({stem.rpartition("-")[2] for stem in STEMS}) == len(STEMS)


def test_the_file_name_says_the_platform_and_format_the_header_says() -> None:
    for stem in STEMS:
        _, _, platform, form, *_ = stem.split("-")
        assert {f"platform: {platform}", f"format: {form}"} <= set(header(stem).splitlines())


@pytest.mark.parametrize("stem", READABLE)
def test_a_sample_meant_to_be_read_has_a_header_yaml_can_read(stem: str) -> None:
    assert text(stem).startswith("---")
    assert {"id", "platform", "format", "status", "key_insights"} <= fields(stem).keys()


@pytest.mark.parametrize("part", BROKEN)
def test_a_sample_meant_to_be_broken_is_refused_by_yaml_for_the_meant_reason(part: str) -> None:
    with pytest.raises(yaml.YAMLError, match=BROKEN[part]):
        fields(part)


def test_the_broken_lines_are_inner_quotes_an_unquoted_colon_and_an_at_sign() -> None:
    lines = header("slow_software").splitlines()
    quoted = [line.partition('""Slow" software')[0] for line in lines if '""' in line]
    assert quoted == ["title: ", "synopsis: ", "  - ", "  - "]
    assert "\ntitle: Ask HN: How" in header("ask_hn")
    assert "\ncreator: @marginal_gantry\n" in header("three_weeks")


def test_one_sample_has_a_stray_line_above_a_header_that_is_fine_without_it() -> None:
    assert text(STRAY).startswith("has_transcript: yes\n---\n")
    assert fields(STRAY)["status"] == "processed"


@pytest.mark.parametrize("field", [*CLOSED, "notebooklm_category"])
def test_the_samples_hold_every_value_the_schema_knows(field: str) -> None:
    missing = set(SCHEMA.fields[field].values) - set(values_of(field))
    assert missing == ({"video"} if field == "format" else set())


def test_two_values_of_closed_fields_and_one_category_are_unknown_to_the_schema() -> None:
    strange = {
        value
        for field in [*CLOSED, "notebooklm_category"]
        for value in set(values_of(field)) - set(SCHEMA.fields[field].values)
    }
    assert strange == {"livestream", "fortnightly", "personal-knowledge"}


def test_most_samples_are_raw_and_every_other_status_is_there() -> None:
    count = values_of("status")
    assert count["raw"] * 2 > len(SEEDS)
    others = {status: count[status] for status in count if status != "raw"}
    assert others == {"triaged": 4, "processed": 2, "integrated": 1, "archived": 1}


def test_the_queue_of_raw_samples_starts_with_six_healthy_ones() -> None:
    raw = [stem for stem in STEMS if "status: raw" in header(stem)]
    for stem in raw[:6]:
        assert {"title", "url", "synopsis", "topics", "aliases", "creator"} <= fields(stem).keys()
        assert fields(stem)["key_insights"] == []


def test_lists_are_written_as_blocks_at_two_indents_in_flow_as_text_and_as_nothing() -> None:
    assert '\ntopics:\n  - "agents"\n' in header("boring_middle")
    assert "\ntopics:\n- claude-code\n" in header("plan_file")
    assert "\ntopics: [note-taking, " in header("second_reading")
    assert fields("museum")["topics"] == "unfinished work, collecting, note-taking"
    assert fields("best_cli_tool")["aliases"] == ""


def test_insights_are_missing_as_an_empty_list_an_empty_text_and_a_null() -> None:
    assert "\nkey_insights: []\n" in header("boring_middle")
    assert "\nkey_insights: ''\n" in header("museum")
    assert '\nkey_insights: ""\n' in header("best_cli_tool")
    assert "\nkey_insights: null\n" in header("cafe_zettel")


def test_null_is_written_as_a_word_as_a_tilde_and_as_nothing() -> None:
    assert {"guest: ~", "date_processed:"} <= set(header("museum").splitlines())
    assert "chain: null" in header("boring_middle").splitlines()


def test_keys_are_missing_that_other_samples_have() -> None:
    assert "date_published" not in fields("unknown-field_guide")
    assert "url" not in fields("desk_is")
    assert fields("five_seconds")["url"] == "internal"


def test_comments_stand_above_between_and_behind_keys_and_items() -> None:
    lines = header("fridays").splitlines()
    assert lines[0].startswith("# ")
    assert "# what it is about" in lines
    assert "  - 'career'   # the broad one" in lines
    assert "key_insights: []   # to be filled by a human" in lines


def test_text_is_written_in_every_style_of_yaml() -> None:
    assert "title: 'A Career Is Made of Fridays: the Hour Nobody''s" in header("fridays")
    assert "\ntitle: The Second Reading Is the Note\n" in header("second_reading")
    assert "\nsynopsis: |\n" in header("small_verifiers")
    assert "\nsynopsis: >-\n" in header("card_catalogue")
    assert "\nvisual_notes: |+\n" in header("card_catalogue")
    assert "\nsynopsis: >\n" in header("museum")


def test_dates_are_dates_a_number_a_time_and_a_sentence() -> None:
    assert fields("boring_middle")["date_published"] == date(2025, 11, 4)
    assert fields("desk_is")["date_published"] == 20251128
    assert isinstance(fields("best_cli_tool")["captured_date"], datetime)
    assert fields("museum")["date_published"] == "Feb 15, 2026"


def test_a_synopsis_then_a_heading_then_the_file_name_stand_in_for_a_title() -> None:
    untitled = ("best_cli_tool", "archivist", "night_train")
    assert all("title" not in fields(part) for part in untitled)
    assert ["synopsis" in fields(part) for part in untitled] == [True, False, False]
    assert "\n# The Archivist and the Oracle" in body("archivist")
    assert not re.search("^#", body("night_train"), re.MULTILINE)


def test_five_synopses_are_only_the_sentence_of_a_capture_script() -> None:
    synopses = [str(fields(stem).get("synopsis")) for stem in READABLE]
    assert len([one for one in synopses if TEMPLATE_SYNOPSIS.search(one)]) == 5


def test_titles_hold_cjk_emoji_combining_marks_and_what_looks_like_markup() -> None:
    assert set("日本語🤖") <= set(fields("nihongo")["title"])
    assert not unicodedata.is_normalized("NFC", fields("cafe_zettel")["title"])
    urgent = fields("urgent")
    assert "[bold red]URGENT[/red]" in urgent["title"]
    assert "\x1b[31m" in urgent["synopsis"]


def test_the_transcript_is_long_timed_and_never_repeats_a_line() -> None:
    talk = text("attention_is")
    assert 60_000 <= len(talk.encode()) <= 100_000
    spoken = re.findall(r"^\[(\d\d:\d\d:\d\d)\] (.+)$", talk, re.MULTILINE)
    assert len(spoken) > 300
    assert spoken == sorted(spoken, key=lambda line: line[0])
    assert len({line for _, line in spoken}) == len(spoken)


def test_line_endings_byte_order_mark_and_a_missing_last_newline_are_kept() -> None:
    nurses = raw_bytes("nurses")
    assert nurses.count(b"\r\n") == nurses.count(b"\n") > 30
    assert b"\r" not in b"".join(path.read_bytes() for path in SEEDS if "nurses" not in path.name)
    (marked,) = [path.name for path in SEEDS if path.read_bytes().startswith(b"\xef\xbb\xbf")]
    assert "plan_file" in marked
    (unended,) = [path.name for path in SEEDS if not path.read_bytes().endswith(b"\n")]
    assert "night_train" in unended
    assert "seeds/** -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()


def test_a_lone_fence_is_in_many_bodies() -> None:
    fenced = [stem for stem in STEMS if re.search(r"^---\r?$", body(stem), re.MULTILINE)]
    assert len(fenced) >= 6


def test_one_page_was_captured_twice_and_one_talk_has_nearly_the_same_title_as_another() -> None:
    first, second = (fields(part) for part in ("tidewater", "unknown-field_guide"))
    assert first["url"] != second["url"]
    assert urlsplit(first["url"])[:3] == urlsplit(second["url"])[:3]
    assert fields("taught_us")["title"].startswith("What On-Call Taught Us")
    assert fields("taught_me")["title"].startswith("What On-Call Taught Me")


def test_the_sample_used_in_examples_keeps_the_facts_they_search_for() -> None:
    facts = fields("a16z")
    assert (facts["id"], facts["creator"]) == ("SOURCE-20251128-973", "a16z")
    assert facts["aliases"] == ["How OpenAI Builds for", "How OpenAI Builds for 800 Million"]


def test_one_id_is_shared_by_two_files() -> None:
    shared = {id_: count for id_, count in values_of("id").items() if count > 1}
    assert shared == {"SOURCE-20260117-002": 2}


def test_one_sample_has_fields_the_schema_does_not_know() -> None:
    unknown = fields("archivist").keys() - SCHEMA.fields.keys()
    assert unknown == {"mood", "reread_on", "shelf"}
