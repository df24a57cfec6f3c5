import pytest

from tui.checks.shared_url import page_of, shared_url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://Example.COM/a", "http://example.com/a/"),
        ("https://www.example.com/a#part", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&id=1&utm_medium=y", "https://example.com/a?id=1"),
        ("https://example.com/a?si=abc", "https://example.com/a"),
        ("https://youtu.be/AbC?si=x", "https://www.youtube.com/watch?v=AbC&t=42s"),
        ("https://m.youtube.com/watch?list=1&v=AbC", "https://youtube.com/shorts/AbC/"),
        ("https://x.com/a/status/1?s=20&t=abc", "https://x.com/a/status/1?s=20"),
        ("https://mobile.twitter.com/a/status/1?t=b", "https://x.com/a/status/1"),
        ("https://m.example.com/a", "https://www.example.com/a"),
        ("http://example.com:80/a", "https://example.com:443/a/"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com/a?ref=lobby&id=1", "https://example.com/a?id=1"),
    ],
)
def test_addresses_of_one_page_are_the_same(one, other):
    assert page_of(one) == page_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://forum.example.com/show?t=1", "https://forum.example.com/show?t=2"),
        ("https://youtu.be/AbC", "https://youtu.be/aBc"),
        ("https://www.youtube.com/@one", "https://www.youtube.com/@two"),
        ("https://example.com:8080/", "https://example.com/"),
        ("https://example.com:80/", "https://example.com/"),
    ],
)
def test_addresses_of_two_pages_differ(one, other):
    assert page_of(one) != page_of(other)


@pytest.mark.parametrize(
    "text", ["", "internal", "https://", "http://[", "file:///a", "https://a:x/"]
)
def test_what_is_no_address_of_the_web_is_none(text):
    assert page_of(text) == ""


def test_each_source_of_a_shared_page_names_the_others(read):
    sources = [
        read("url: https://youtu.be/abc", "SOURCE-a.md"),
        read("url: https://www.youtube.com/watch?v=abc", "SOURCE-b.md"),
        read("url: internal", "SOURCE-c.md"),
        read("url: internal", "SOURCE-d.md"),
    ]
    assert [(finding.name, finding.check, finding.sentence) for finding in shared_url(sources)] == [
        ("SOURCE-a.md", "shared_url", "the URL is also used by SOURCE-b.md"),
        ("SOURCE-b.md", "shared_url", "the URL is also used by SOURCE-a.md"),
    ]
