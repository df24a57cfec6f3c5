"""What a source is recognised by, and what never tells its category."""

from tests.suggest.made import source
from tui.suggest.features import features_of, persuades, readable


def test_no_field_that_is_decided_is_among_the_words():
    one = source(
        1, "A title", "vibe-coding", signal_tier="paradigm", status="triaged",
        key_insights=["what matters"], date_processed="2026-02-22",
    )  # fmt: skip
    found = " ".join(features_of(one, "the body"))
    for word in ("vibe", "paradigm", "triaged", "matters", "2026"):
        assert word not in found


def test_a_creator_is_a_word_as_a_whole_and_in_its_parts():
    found = features_of(source(1, "T", creator="Café Zettel"), "")
    assert {"by:cafe zettel", "cafe", "zettel"} <= found.keys()


def test_a_url_tells_its_host_only():
    found = features_of(source(1, "T", url="https://www.example.com/vibe-coding?x=1"), "")
    assert "host:example.com" in found
    assert "vibe" not in found


def test_the_sentence_of_a_capture_script_says_nothing():
    synopsis = "Roses by Someone. A lecture covering compost, soil."
    assert "compost" not in features_of(source(1, "Roses", synopsis=synopsis), "")


def test_only_the_beginning_of_a_body_counts():
    found = features_of(source(1, "T"), "beginning " + "filler " * 200 + "ending")
    assert "beginning" in found
    assert "ending" not in found


def test_a_reason_names_whatever_weighs_most_as_people_read_it():
    assert readable("compost") == readable("title:compost") == "compost"
    assert readable("by:cafe zettel") == "by cafe zettel"
    assert readable("host:x.com") == "x.com"
    assert readable("on:youtube") == "on youtube"


def test_a_number_or_a_word_of_any_sentence_persuades_nobody():
    assert not any(persuades(word) for word in ("over", "title:your", "20", "title:2025", "fur"))
    assert all(persuades(word) for word in ("compost", "title:gpt4", "by:over", "topic:20"))


def test_platform_and_format_count_only_where_the_schema_has_them() -> None:
    one = source(1, "T", platform="podcast")
    assert "on:podcast" in features_of(one, "")
    assert "on:podcast" not in features_of(one, "", (), ())
