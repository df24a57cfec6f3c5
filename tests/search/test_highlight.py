import pytest

from tui.search.highlight import match_spans

TITLE = "How OpenHarbor Builds for 800 Million Sailors: Café Notes"


def lit(query: str, text: str = TITLE) -> list[str]:
    return [text[start:end] for start, end in match_spans(query, text)]


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("builds", ["Builds"]),
        ("bui", ["Bui"]),
        ("ope bui 800", ["Ope", "Bui", "800"]),
        ("building", ["Build"]),
        ("bulids", ["Bu", "lds"]),
        ("openharborbuilds", ["OpenHarbor", "Builds"]),
        ("open harbor", ["OpenHarbor"]),
        ("cafe", ["Café"]),
        ("CAFÉ", ["Café"]),
        ("hobf8", ["H", "O", "B", "f", "8"]),
        ("slrs", ["S", "l", "rs"]),
        ("harb", ["Harb"]),
        ("kestrel", []),
        ("", []),
    ],
)
def test_the_letters_that_answer_are_lit(query, letters):
    assert lit(query) == letters


def test_letters_of_words_run_together_with_a_typo_are_lit():
    assert "".join(lit("opnharborbilds")) == "OpnHarborBilds"


def test_a_dropped_letter_lights_the_others():
    assert lit("opnharbor") == ["Op", "nHarbor"]


def test_filters_and_unwanted_words_light_nothing():
    assert lit('tier:builds -million by:"How Open" sailors') == ["Sailors"]


def test_an_exact_phrase_lights_its_words():
    assert lit('"800 million') == ["800", "Million"]


def test_a_pasted_title_with_a_colon_lights_its_words():
    assert lit("OpenHarbor:builds") == ["OpenHarbor", "Builds"]


def test_a_url_is_no_filter():
    assert lit("https://sailors") == ["Sailors"]


def test_spans_count_code_points_of_the_text_shown():
    text = "ﬁne ½ Straße e\u0301lan 🎉 end"
    assert lit("fine", text) == ["ﬁne"]
    assert lit("strasse", text) == ["Straße"]
    assert lit("elan", text) == ["e\u0301lan"] or lit("elan", text) == ["e", "lan"]
    assert lit("end", text) == ["end"]


@pytest.mark.parametrize(
    "query", [":", '"', "-", "(", "\\", "\x00", "\ud800", "a:", "[", "🎉", "𝔘"]
)
@pytest.mark.parametrize("text", ["", "\x00", "\ud800x", "a" * 10_000, "🎉 (a) [b]", TITLE])
def test_no_query_and_no_text_breaks_it(query, text):
    for start, end in match_spans(query, text):
        assert 0 <= start < end <= len(text)
