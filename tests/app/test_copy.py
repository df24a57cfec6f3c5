"""y and its kin copy; a toast says what, and the truth about where it went."""

import pytest

from tests.app.conftest import write_source
from tui.app.boxes.uncopied import CopyBox

NAME = "SOURCE-001-apples"


async def test_y_copies_the_url_and_says_so(sluice, clipboard):
    async with sluice() as app:
        await app.press("y")
        assert clipboard == ["https://example.com/1"]
        assert app.toast == "Copied URL: https://example.com/1"


async def test_w_copies_the_wikilink(sluice, clipboard):
    async with sluice() as app:
        await app.press("w")
    assert clipboard == [f"[[{NAME}]]"]


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
async def test_every_entry_of_the_copy_menu_copies_what_it_says(
    sluice, clipboard, vault, write, key, text
):
    write(1, "Apples in autumn", aliases="[An apple a day]")
    async with sluice() as app:
        await app.press("Y", key)
        assert app.app.screen is app.screen
        assert app.toast.startswith("Copied")
    assert clipboard == [text or str(vault / f"{NAME}.md")]


async def test_the_copy_menu_is_left_by_esc_and_by_q(sluice, clipboard):
    async with sluice() as app:
        for key in ("escape", "q"):
            await app.press("Y", key)
            assert app.app.screen is app.screen
    assert clipboard == []


async def test_arrows_and_enter_work_in_the_copy_menu(sluice, clipboard):
    async with sluice() as app:
        await app.press("Y", "down", "down", "enter")
    assert clipboard == [f"[[{NAME}]]"]


async def test_one_alias_is_copied_at_once(sluice, clipboard, write):
    write(1, "Apples in autumn", aliases='["An \\"apple\\"  a day"]')
    async with sluice() as app:
        await app.press("A")
    assert clipboard == ['An "apple"  a day']


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
async def test_what_is_copied_is_one_line_without_control_characters(
    sluice, clipboard, harm, vault, keys, text
):
    async with sluice() as app:
        await app.press("g", *keys)
        assert "without its control characters" in app.toast
    assert clipboard == [text.format(vault=vault)]


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
async def test_a_url_that_no_browser_can_open_is_not_copied_and_the_reason_given(
    sluice, clipboard, vault, keys, url, why
):
    (vault / "SOURCE-000.md").write_text(f"---\ntitle: Aaa\nstatus: raw\nurl: {url}\n---\n")
    async with sluice() as app:
        await app.press("g", *keys)
        assert "so no browser can open it" in app.toast
        assert why in app.toast
    assert clipboard == []


async def test_the_urls_of_all_are_those_that_a_browser_can_open(sluice, clipboard, harm):
    async with sluice() as app:
        await app.press("*", "Y", "u")
    assert clipboard == ["\n".join(f"https://example.com/{number}" for number in (1, 2, 3, 4))]


async def test_an_address_is_copied_without_the_blanks_around_it(sluice, clipboard, vault):
    (vault / "SOURCE-000.md").write_text(
        "---\ntitle: Aaa\nstatus: raw\nurl: |\n  https://a.b/c\n---\n"
    )
    async with sluice() as app:
        await app.press("g", "y")
        await app.press("Y", "m")
    assert clipboard == ["https://a.b/c", "[Aaa](https://a.b/c)"]


async def test_what_is_selected_keeps_its_lines_and_nothing_else(sluice, clipboard):
    async with sluice() as app:
        await app.press("i")
        field = app.app.focused
        field.text = "one\ttab\n\x1b[31mtwo\x07\ud800"
        field.select_all()
        await app.press("ctrl+c")
        assert "Copied selection without its control characters" in app.toast
    assert clipboard == ["one    tab\n[31mtwo\ufffd"]


async def test_what_a_field_cuts_out_reaches_the_terminal_without_control_characters(sluice):
    async with sluice() as app:
        await app.press("i")
        app.app.focused.text = "a\x1b]52;c;\x07b\ud800"
        app.app.focused.select_all()
        await app.press("ctrl+x")
        assert app.app.clipboard == "a]52;c;b\ufffd"


async def test_a_text_with_nothing_to_see_is_not_copied(sluice, clipboard, vault):
    (vault / "SOURCE-000.md").write_text('---\ntitle: Aaa\nstatus: raw\naliases: ["\\e\\a"]\n---\n')
    async with sluice() as app:
        await app.press("g", "A")
        assert app.toast == "Nothing to copy: the alias is blank."
    assert clipboard == []


async def test_of_many_aliases_one_is_picked(sluice, clipboard, write):
    write(1, "Apples in autumn", aliases="[First, Second, Third]")
    async with sluice() as app:
        await app.press("A", "2")
        await app.press("A")
        await app.type("thi")
        await app.press("enter")
        await app.press("A", "escape")
    assert clipboard == ["Second", "Third"]


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
async def test_what_a_source_does_not_have_is_not_copied_and_said(
    sluice, clipboard, write, keys, said
):
    write(1, "Apples in autumn", url="null", id="null")
    async with sluice() as app:
        await app.press(*keys)
        assert said in app.toast
    assert clipboard == []


async def test_a_markdown_link_survives_brackets_in_the_title(sluice, clipboard, write):
    write(1, "Apples [in] autumn", url="https://example.com/a(b)")
    async with sluice() as app:
        await app.press("Y", "m")
    assert clipboard == [r"[Apples \[in\] autumn](https://example.com/a%28b%29)"]


async def test_the_urls_of_all_shown_are_those_of_the_hits_each_once(sluice, clipboard, vault):
    write_source(vault, 5, "Bridges again", url="https://example.com/2")
    write_source(vault, 6, "Bridges inside", url="internal")
    async with sluice() as app:
        await app.press("slash")
        await app.type("bridges")
        await app.press("enter", "Y", "u")
        assert app.toast.startswith("Copied URL: https://")
    assert clipboard == ["https://example.com/2"]


async def test_when_no_clipboard_takes_it_the_text_is_shown_to_be_selected(
    sluice, monkeypatch, files
):
    monkeypatch.setattr("tui.app.world.machine.copy_to_system", lambda _text: False)
    monkeypatch.setattr("tui.app.world.machine.copy_to_tmux", lambda _text: False)
    async with sluice() as app:
        await app.press("y")
        assert isinstance(app.app.screen, CopyBox)
        assert "https://example.com/1" in app.picture
        assert "No clipboard found; select the URL here." in app.picture
        await app.press("escape")
        assert app.app.screen is app.screen
        assert app.pane == "queue"
    assert files.changes == {}


async def test_a_long_text_is_cut_in_the_toast_and_whole_in_the_clipboard(sluice, clipboard, write):
    url = "https://example.com/" + "a" * 300
    write(1, "Apples in autumn", url=url)
    async with sluice() as app:
        await app.press("y")
        assert len(app.toast) < 100
    assert clipboard == [url]
