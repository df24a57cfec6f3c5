"""y and its kin copy; a toast says what, and the truth about where it went."""

import pytest

from tests.samples import write_source

NAME = "SOURCE-001-apples"


def test_w_copies_the_wikilink(sluice):
    with sluice() as app:
        app.press("w")
    assert app.clipboard == [f"[[{NAME}]]"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("u", "\n".join(f"https://example.com/{number}" for number in (1, 2, 3, 4))),
        ("a", "An apple a day"),
        ("w", f"[[{NAME}]]"),
        ("m", "[Apples in autumn](https://example.com/1)"),
        ("i", "SOURCE-20260101-001"),
        ("t", "Apples in autumn"),
        ("p", None),
    ],
)
def test_every_entry_of_the_copy_menu_copies_what_it_says(sluice, vault, write, key, text):
    write(1, "Apples in autumn", aliases="[An apple a day]")
    with sluice() as app:
        app.press("Y", key)
        assert app.is_on_top
        assert app.toast.startswith("Copied")
    assert app.clipboard == [text or str(vault / f"{NAME}.md")]


def test_one_alias_is_copied_at_once(sluice, write):
    write(1, "Apples in autumn", aliases='["An \\"apple\\"  a day"]')
    with sluice() as app:
        app.press("A")
    assert app.clipboard == ['An "apple"  a day']


HARM = r"one\ntwo\r\x1b[201~rm -rf\t\a\0\x7f\x9b\u202e\u2028end"
PLAIN = "one two [201~rm -rf  end"


@pytest.fixture
def harm(vault):
    """A source with all that a clipboard must not hold, in every field that is copied."""
    path = vault / "SOURCE-000-a\x1b[2Jb\nc.md"
    path.write_text(
        f'---\nid: "{HARM}"\ntitle: "{HARM}"\nstatus: raw\naliases: ["{HARM}"]\n'
        f'url: "https://a.b/{HARM}"\n---\n'
    )
    return path


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("A", PLAIN),
        ("Ya", PLAIN),
        ("Yi", PLAIN),
        ("Yt", PLAIN),
        ("w", "[[SOURCE-000-a[2Jb c]]"),
        ("Yw", "[[SOURCE-000-a[2Jb c]]"),
        ("xYw", "[[SOURCE-000-a[2Jb c]]"),
        ("Yp", "{vault}/SOURCE-000-a[2Jb c.md"),
    ],
)
def test_what_is_copied_is_one_line_without_control_characters(sluice, harm, vault, keys, text):
    with sluice() as app:
        app.press("g", *keys)
        assert "without its control characters" in app.toast
    assert app.clipboard == [text.format(vault=vault)]


@pytest.mark.parametrize("keys", ["y", "Ym"])
@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f'"https://a.b/{HARM}"', "has a line break"),
        (r'"https://a.b/\e[2J"', "has a control character"),
        (r'"https://a.b/\u202Egnp.x"', "has a control character or an invisible one"),
        (r'"https://a.b/\uD800"', "has a control character"),
        ('"https://a b"', "has a space"),
        ("|-\n  https://a.b\n  https://c.d", "has a line break"),
        ("internal", "does not begin with https://"),
        ("javascript:alert(1)", "does not begin with https://"),
        ("'https://'", "has no host"),
    ],
)
def test_a_url_that_no_browser_can_open_is_not_copied_and_the_reason_given(
    sluice, vault, keys, url, why
):
    (vault / "SOURCE-000.md").write_text(f"---\ntitle: Aaa\nstatus: raw\nurl: {url}\n---\n")
    with sluice() as app:
        app.press("g", *keys)
        assert "so no browser can open it" in app.toast
        assert why in app.toast
    assert app.clipboard == []


def test_the_urls_of_all_are_those_that_a_browser_can_open(sluice, harm):
    with sluice() as app:
        app.press("*", "Y", "u")
    assert app.clipboard == ["\n".join(f"https://example.com/{number}" for number in (1, 2, 3, 4))]


def test_an_address_is_copied_without_the_blanks_around_it(sluice, vault):
    (vault / "SOURCE-000.md").write_text(
        "---\ntitle: Aaa\nstatus: raw\nurl: |\n  https://a.b/c\n---\n"
    )
    with sluice() as app:
        app.press("g", "y")
        app.press("Y", "m")
    assert app.clipboard == ["https://a.b/c", "[Aaa](https://a.b/c)"]


def test_a_text_with_nothing_to_see_is_not_copied(sluice, vault):
    (vault / "SOURCE-000.md").write_text('---\ntitle: Aaa\nstatus: raw\naliases: ["\\e\\a"]\n---\n')
    with sluice() as app:
        app.press("g", "A")
        assert app.toast == "Nothing to copy: the alias is blank."
    assert app.clipboard == []


def test_of_many_aliases_one_is_picked(sluice, write):
    write(1, "Apples in autumn", aliases="[First, Second, Third]")
    with sluice() as app:
        app.press("A", "2")
        app.press("A")
        app.type("thi")
        app.press("enter")
        app.press("A", "escape")
    assert app.clipboard == ["Second", "Third"]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["y"], "no URL"),
        (["A"], "no aliases"),
        (["Y", "m"], "no Markdown link"),
        (["Y", "a"], "no aliases"),
        (["Y", "i"], "no id"),
    ],
)
def test_what_a_source_does_not_have_is_not_copied_and_said(sluice, write, keys, said):
    write(1, "Apples in autumn", url="null", id="null")
    with sluice() as app:
        app.press(*keys)
        assert said in app.toast
    assert app.clipboard == []


def test_a_markdown_link_survives_brackets_in_the_title(sluice, write):
    write(1, "Apples [in] autumn", url="https://example.com/a(b)")
    with sluice() as app:
        app.press("Y", "m")
    assert app.clipboard == [r"[Apples \[in\] autumn](https://example.com/a%28b%29)"]


def test_the_urls_of_all_shown_are_those_of_the_hits_each_once(sluice, vault):
    write_source(vault, 5, "Bridges again", url="https://example.com/2")
    write_source(vault, 6, "Bridges inside", url="internal")
    with sluice() as app:
        app.press("slash")
        app.type("bridges")
        app.press("enter", "Y", "u")
        assert app.toast.startswith("Copied URL: https://")
    assert app.clipboard == ["https://example.com/2"]


def test_a_long_text_is_cut_in_the_toast_and_whole_in_the_clipboard(sluice, write):
    url = "https://example.com/" + "a" * 300
    write(1, "Apples in autumn", url=url)
    with sluice() as app:
        app.press("y")
        assert len(app.toast) < 100
    assert app.clipboard == [url]
