"""Each source goes as an address or as a file, and says why."""

import pytest

from tests.notebooks.sources import a_source
from tui.notebooks.routes import route_of
from tui.triage.page import page_of, tidy
from tui.triage.schema import load_schema

HOSTS = load_schema().notebooks.hosts_of("any")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://www.youtube.com/watch?v=abc-_123456&t=3", "address: YouTube"),
        ("https://youtu.be/abc?si=x", "address: YouTube"),
        ("https://m.youtube.com/shorts/abc", "address: YouTube"),
        ("https://www.youtube.com/@channel", "file: YouTube, but not one video"),
        ("https://www.youtube.com/playlist?list=x", "file: YouTube, but not one video"),
        ("https://example.com/a", "address: web page"),
        ("http://8.8.8.8/a", "address: web page"),
        ("https://x.com/a/status/1", "file: x.com cannot be fetched"),
        ("https://mobile.twitter.com/a/status/1", "file: x.com cannot be fetched"),
        ("https://TWITTER.com/a", "file: x.com cannot be fetched"),
        ("https://t.co/abc", "file: t.co cannot be fetched"),
        ("https://netflix.com.example.org/", "address: web page"),
        ("https://notx.com/", "address: web page"),
        ("", "file: no address"),
        ("   ", "file: no address"),
        (None, "file: no address"),
        ("internal", "file: “internal” is not an address"),
        ("see the notes", "file: its address has a space"),
        ("example.com/a", "file: its address does not begin with https:// or http://"),
        ("localhost:8080/a", "file: its address does not begin with https:// or http://"),
        ("file:///home/me/a.pdf", "file: no web address (file:)"),
        ("obsidian://open?vault=a", "file: no web address (obsidian:)"),
        ("http://localhost:8080/", "file: localhost is private"),
        ("http://app.localhost/", "file: app.localhost is private"),
        ("http://10.1.2.3/", "file: 10.1.2.3 is private"),
        ("http://192.168.0.1:8080/a", "file: 192.168.0.1 is private"),
        ("http://127.1/", "file: 127.1 is private"),
        ("http://2130706433/", "file: 2130706433 is private"),
        ("http://[::1]/", "file: ::1 is private"),
        ("http://[fd00::1]/", "file: fd00::1 is private"),
        ("http://nas.local/", "file: nas.local is private"),
        ("https://wiki/page", "file: wiki is private"),
        ("https://git.corp./page", "file: git.corp is private"),
        ("https://me:secret@example.com/", "file: a password is in the address"),
        ("https://[broken", "file: its address has an invalid host or port"),
        ("https://a.com/\x1b[31m", "file: its address has a control character or an invisible one"),
        (["https://a.com", "https://b.com"], "file: several addresses"),
        (20251128, "file: “20251128” is not an address"),
    ],
)
def test_the_address_decides_the_route(url, sentence):
    assert route_of(a_source(url=url), HOSTS).sentence == sentence


def test_a_person_can_say_how_hosts_go_and_the_longest_name_wins():
    hosts = {
        "*": "address",
        "example.com": "file",
        "open.example.com": "address",
        "x.com": "address",
    }

    def kind(url):
        return route_of(a_source(url=url), hosts).kind

    assert kind("https://www.example.com/a") == "file"
    assert kind("https://docs.example.com/a") == "file"
    assert kind("https://open.example.com/a") == "address"
    assert kind("https://twitter.com/a") == "address"
    assert kind("https://myexample.com/a") == "address"
    assert kind("http://wiki/a") == "file"
    assert route_of(a_source(url="https://a.org"), {"*": "file"}).sentence == (
        "file: a.org cannot be fetched"
    )
    assert route_of(a_source(url="http://wiki/a"), {"wiki": "address"}).kind == "address"


def test_the_address_is_delivered_without_what_only_tracks_people():
    for url, address in {
        "https://youtu.be/abc?si=x&t=30": "https://www.youtube.com/watch?v=abc",
        "https://m.youtube.com/watch?v=abc&list=L": "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/live/abc?feature=share": "https://www.youtube.com/watch?v=abc",
        "https://Example.com/A?utm_source=x&b=1&fbclid=2#part": "https://example.com/A?b=1",
        "HTTPS://example.com:443/a": "https://example.com/a",
        "http://[::1]:80/a": "http://[::1]/a",
        "https://example.com:8443/a": "https://example.com:8443/a",
        "https://example.com/?q=a%20b&empty": "https://example.com/?q=a%20b&empty",
        "https://example.com/#!/page": "https://example.com/#!/page",
        "https://me:secret@example.com/a": "https://example.com/a",
        "ftp://example.com": "",
        "https://[broken": "",
        "https://example.com:99999/": "",
    }.items():
        assert tidy(url) == address, url
        assert page_of(address) == page_of(url), url


def test_a_password_is_never_part_of_what_goes_out():
    route = route_of(a_source(url="https://me:secret@example.com/a"), HOSTS)
    assert "secret" not in route.address
