"""What a notebook gets of a source: title, address, wikilink, text; alone, in parts or in packs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notebooks.sources import a_source
from tui.notebooks.documents import Document, count_words, delivered_title, document_of, section_of
from tui.notebooks.packs import packed
from tui.triage.notebook_settings import Limits


def test_a_document_has_title_address_wikilink_and_text():
    source = a_source(
        "in/SOURCE-1.md", title=" A  title ", url="https://a.com/?utm_x=1", creator="Ada"
    )
    assert document_of(source, "Text.\n", "https://a.com/").whole() == (
        "# A title\n\n- Address: https://a.com/\n- Source: [[SOURCE-1]]\n- Author: Ada\n\nText.\n"
    )


def test_a_heading_that_repeats_the_title_is_left_out_and_nothing_else():
    source = a_source(title="A title")
    assert document_of(source, "\n# A title #\n\n**Channel**: x\n").text == "**Channel**: x"
    assert document_of(source, "# A title and more\n\nText").text.startswith("# A title and more")
    assert document_of(source, "Text\n# A title\n").text == "Text\n# A title"


def test_a_source_without_text_or_address_is_still_a_document():
    assert document_of(a_source("a.md"), "").whole() == "# a\n\n- Source: [[a]]\n"
    assert "- Address: internal\n" in document_of(a_source(url="internal"), "").whole()


def test_a_source_without_a_title_goes_under_its_heading_or_the_start_of_its_summary():
    assert delivered_title(a_source(synopsis="A summary.", heading="The heading")) == "The heading"
    long = delivered_title(a_source(synopsis="word " * 100))
    assert long.endswith(" word…") and len(long) <= 101
    assert delivered_title(a_source(synopsis="A summary.")) == "A summary."
    assert delivered_title(a_source("in/name.md")) == "name"


def test_control_characters_and_damaged_letters_do_not_go_out():
    document = document_of(a_source(title="a\x1b[31mb\x00"), "x\r\ny\x00z\udcff\rw\ufeff")
    assert document.title == "a[31mb"
    assert document.text == "x\nyz\ufffd\nw"
    document.whole().encode()


@pytest.mark.parametrize(
    ("text", "demoted"),
    [
        ("# One\n## Two\n###### Six", "## One\n### Two\n###### Six"),
        ("One\n===\nTwo\n---", "## One\n### Two"),
        ("#tag\n#", "#tag\n##"),
        ("```py\n# code\n---\n```\n# One", "```py\n# code\n---\n```\n## One"),
        ("~~~\n# code\n```\n~~~\n# One", "~~~\n# code\n```\n~~~\n## One"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("- a\n---\n| b |\n---", "- a\n---\n| b |\n---"),
        ("    # code\n  # One", "    # code\n  ## One"),
        ("```\nnever closed", "```\nnever closed\n```"),
        ("", ""),
    ],
)
def test_in_a_pack_the_headings_of_a_text_are_below_its_title(text, demoted):
    assert section_of(Document("t", (), text)).text == demoted


def test_words_are_counted_also_where_none_are_between_spaces():
    assert count_words("one two\nthree") == 3
    assert count_words("日本語") >= 3
    assert count_words("") == 0


PARAGRAPHS = st.lists(
    st.one_of(st.text(alphabet="ab \n日#", max_size=60), st.sampled_from(["```", "~~~~", "```py"])),
    max_size=30,
).map("\n\n".join)
LETTERS = "ab日"


@given(PARAGRAPHS, st.integers(15, 60), st.integers(200, 400))
def test_whatever_a_text_is_its_parts_are_within_the_limits(text, words, size):
    parts = Document("Title", ("Address: x",), text).parts(words, size)
    for part in parts:
        assert len(part.encode()) <= size
        assert count_words(part) <= words or len(parts) == 1
        assert part.startswith("# Title")
    letters = [char for part in parts for char in part.partition("x\n")[2] if char in LETTERS]
    assert letters == [char for char in text if char in LETTERS]


def test_a_text_is_cut_between_paragraphs_and_a_code_block_goes_on_in_the_next_part():
    text = "\n\n".join(["word " * 30] * 4) + "\n\n```py\n" + "line of code\n" * 40 + "```"
    first, *others = Document("T", (), text).parts(10_000, 500)
    assert first.startswith("# T (part 1 of ") and first.rstrip().endswith("word")
    assert all(part.count("```") % 2 == 0 for part in [first, *others])
    assert "```py" in others[-1]


def pack_of(texts, **limits):
    documents = [(str(at), Document(f"T{at}", (), text)) for at, text in enumerate(texts)]
    return list(packed(documents, Limits()._replace(**limits)))


def test_a_pack_has_one_heading_a_source_and_stays_within_the_limits():
    packs = pack_of(["# In\n" + "word " * 50] * 10, pasted_bytes=1_000)
    assert [pack.number for pack in packs] == list(range(1, len(packs) + 1))
    assert all(len(pack.data) <= 1_000 for pack in packs)
    heads = [ln for pack in packs for ln in pack.data.decode().splitlines() if ln[:2] == "# "]
    assert heads == [f"# T{at}" for at in range(10)]
    assert [key for pack in packs for key in pack.keys] == [str(at) for at in range(10)]
    assert len(packs) == 4


def test_a_pack_counts_words_too_and_a_source_too_large_for_one_is_split():
    packs = pack_of(["a", "word " * 250, "b"], words=100)
    assert all(count_words(pack.data.decode()) <= 100 for pack in packs)
    assert packs[0].keys[0] == "0" and packs[-1].keys[-1] == "2"
    assert "".join(pack.data.decode() for pack in packs).count("word") == 250
    assert pack_of([]) == []
