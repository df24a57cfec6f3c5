"""What a person should know before a source goes into a notebook."""

from tests.notebooks.sources import a_source
from tui.notebooks.documents import Document
from tui.notebooks.routes import Route
from tui.notebooks.warnings import Judge, cap_warning, delivered_pages, warnings_of
from tui.triage.notebook_settings import Limits

FILE, WEB = Route("file", "no address"), Route("address", "web page", "https://a.com/x")
LONG = Document("T", (), "word " * 60)


def kinds(source, route=FILE, document=None, members=(), pages=None, judge=None):
    judge = judge or Judge(lambda _: False, lambda _: (), str.upper, Limits())
    return {
        one.kind: one.sentence
        for one in warnings_of(source, route, judge, members, pages, document)
    }


def judging(raw=False, duplicates=(), limits=None):
    return Judge(lambda _: raw, lambda _: duplicates, str.upper, limits or Limits())


def test_a_judged_source_with_title_and_text_has_none():
    assert kinds(a_source(title="T"), document=LONG) == {}
    assert kinds(a_source(heading="T"), document=LONG) == {}


def test_each_kind_has_its_sentence():
    assert kinds(a_source(title="T"), judge=judging(raw=True)) == {"raw": "not judged yet"}
    assert kinds(a_source()) == {"title": "no title; it goes under its file name"}
    assert kinds(a_source(title="T", problem="line 3 cannot be read")) == {
        "broken": "broken header: line 3 cannot be read"
    }
    short = Document("T", (), "few words")
    assert kinds(a_source(title="T"), document=short) == {"short": "only 2 words of text"}


def test_a_duplicate_is_named_and_one_in_the_same_notebook_first():
    source = a_source(title="T")
    assert kinds(source, judge=judging(duplicates=["b"])) == {"duplicate": "duplicate of “B”"}
    both = kinds(source, members={"c"}, judge=judging(duplicates=["b", "c"]))
    assert both == {"duplicate": "duplicate of “C” and 1 other, which is in the notebook too"}


def test_an_address_delivered_under_another_source_is_told():
    source, other = a_source("a.md", title="T"), a_source("b.md", title="O")
    pages = delivered_pages([(other, WEB)])
    assert kinds(source, WEB, pages=pages) == {
        "delivered": "its address was delivered before, under “B.MD”"
    }
    assert kinds(other, WEB, pages=pages) == {}
    assert kinds(source, FILE, pages=pages) == {}


def test_a_text_over_the_limits_is_told_for_a_file_only():
    judge = judging(limits=Limits(words=50, pasted_bytes=100_000, file_bytes=1024 * 1024))
    source = a_source(title="T")
    assert kinds(source, document=LONG, judge=judge) == {
        "words": "62 words, more than 50; it is split"
    }
    assert kinds(source, WEB, document=LONG, judge=judge) == {}
    judge = judging(limits=Limits(pasted_bytes=200, file_bytes=1024 * 1024))
    assert kinds(source, document=LONG, judge=judge) == {
        "paste": "307 bytes, more than 200 bytes to paste; upload the file"
    }
    judge = judging(limits=Limits(pasted_bytes=200, file_bytes=250))
    assert [*kinds(source, document=LONG, judge=judge)] == ["file"]


def test_a_notebook_over_its_cap_is_told():
    assert cap_warning(50, 50) is None
    assert cap_warning(53, 50).sentence == "53 members, 3 over the cap of 50"
