from hypothesis import given
from hypothesis import strategies as st

from tui.search import haystack
from tui.search.haystack import Haystack

TEXTS = st.lists(st.text("abé灯", max_size=6), max_size=30)


def filled(texts, asked_between=False):
    made = Haystack()
    for key, text in enumerate(texts):
        made.add(key, text)
        if asked_between:
            made.find("a", 1)
    return made


@given(TEXTS, st.text("abé灯", min_size=1, max_size=3), st.booleans())
def test_a_haystack_finds_what_looking_at_every_text_finds(texts, needle, asked_between):
    made = filled(texts, asked_between)
    expected = {(key, text.startswith(needle)) for key, text in enumerate(texts) if needle in text}
    assert set(made.find(needle, 100)) == expected
    assert sorted(made.equal(needle, 100)) == [k for k, t in enumerate(texts) if t == needle]


@given(TEXTS, st.text("abé灯", min_size=1, max_size=3))
def test_kept_blocks_answer_as_the_haystack_they_come_from(texts, needle):
    made, other = filled(texts), Haystack()
    other.restore(made.blocks())
    assert other.find(needle, 100) == made.find(needle, 100)
    other.add(99, needle)
    assert 99 in other.equal(needle, 100)


def test_a_limit_bounds_what_is_found():
    made = filled(["aa", "a", "é a"] * 10)
    assert len(made.find("a", 7)) == 7
    assert len(made.equal("a", 4)) == 4


def test_texts_that_come_late_do_not_copy_those_before_them(monkeypatch):
    monkeypatch.setattr(haystack, "_LARGE", 20)
    made = filled([f"text {number}" for number in range(20)], asked_between=True)
    assert len(made._ascii.blocks) > 4
    assert len(made.blocks()) == 1
    assert sorted(key for key, _ in made.find("text", 100)) == list(range(20))
