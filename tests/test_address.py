"""What an address of the web is, and why another text is none."""

from __future__ import annotations

import pytest

from tui.address import read_web_address
from tui.display import clean
from tui.errors import ValueRefused


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com",
        "HTTP://EXAMPLE.com:8080/a?b=c&d#e",
        "https://user:word@example.com/",
        "https://[::1]:80/x",
        "https://müller.example/straße?q=日本",
        "https://example.com/a%0ab%1b",
        "https://example.com/'\"<>|`$(x)\\",
        "http://localhost",
    ],
)
def test_an_address_is_taken_as_it_is(address):
    assert read_web_address(address) == address
    assert read_web_address(f" \n{address}\r\n") == address


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "does not begin"),
        ("internal", "does not begin with https:// or http://"),
        ("javascript:alert(1)", "does not begin"),
        ("file:///etc/passwd", "does not begin"),
        ("ftp://a.b", "does not begin"),
        ("-h https://a.b", "space"),
        ("//a.b", "does not begin"),
        ("https:a.b", "has no host"),
        ("https://", "has no host"),
        ("https:///x", "has no host"),
        ("https://:80/", "has no host"),
        ("https://user@/", "has no host"),
        ("https://[", "invalid host or port"),
        ("https://a.b:99999/", "invalid host or port"),
        ("https://a.b:x/", "invalid host or port"),
        ("https://a.b:0/", "has no host"),
        ("https://a b", "has a space"),
        ("https://a.b/\u00a0c", "has a space"),
        ("https://a.b/\u3000c", "has a space"),
        *[(f"https://a.b/{sign}rm -rf", "line break") for sign in "\n\r\x0b\x0c\x85\u2028\u2029"],
        ("https://a.b\r\nX: y", "line break"),
        ("https://a.b/\thttps://c.d", "control character"),
        *[(f"https://a.b/{chr(code)}c", "control character") for code in (*range(9), 14, 27, 31)],
        *[(f"https://a.b/{chr(code)}c", "control character") for code in (127, 128, 155, 159)],
        *[(f"https://a.b/{sign}c", "invisible") for sign in "\u202e\u2066\u200b\u200e\ufeff\u00ad"],
        ("https://a.b/\ud800", "control character"),
        ("https://a.b/\U000e0041", "invisible"),
    ],
)
def test_a_text_that_is_none_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueRefused, match=reason) as refused:
        read_web_address(text)
    assert clean(str(refused.value)) == str(refused.value)


def test_a_refusal_repeats_no_more_than_a_line():
    with pytest.raises(ValueRefused) as refused:
        read_web_address("x" * 1_000_000)
    assert len(str(refused.value)) < 120
