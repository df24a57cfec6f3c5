"""What stands in a file is shown as text: it neither colours, nor acts, nor shifts the screen."""

import re
import unicodedata

import pytest

ESC = "\x1b"
BAD = {
    "markup": "[/red] [bold]x[/] [/ [@click=app.quit]quit[/] [link=x] {x} \\[",
    "escapes": f"{ESC}[31mred{ESC}]0;owned\x07{ESC}]52;c;aGk=\x07{ESC}[2J",
    "controls": "bell\x07 back\x08 cr\rx vt\x0b ff\x0c nul\x00 del\x7f c1\x9b31m",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u200bz\u200d \u2028l\u2029p",
    "wide": "日本語のタイトル 👩‍👩‍👧‍👦 👍🏽 é e\u0301\u0302\u0303 ✌\ufe0f",
    "surrogate": "half \udcff of a byte",
    "million": "long " * 200_000,
}
HARMLESS = {"Cc", "Cs", "Cf"}
"""Unicode's categories of characters that act instead of being seen."""


def header(text):
    """The text for YAML's double quotes, so that PyYAML reads these very characters."""
    out = []
    for letter in text:
        code = ord(letter)
        if 0xDC80 <= code <= 0xDCFF:
            out.append(letter)
        elif letter in '"\\':
            out.append(f"\\{letter}")
        elif unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029":
            out.append(f"\\U{code:08x}")
        else:
            out.append(letter)
    return '"' + "".join(out) + '"'


def write_bad(vault, kind):
    """A raw source whose every field and body says the same bad thing."""
    text = BAD[kind]
    value = header(text[:400])
    lines = [
        "---", "status: raw", f"id: {value}", f"title: {header(text)}", f"creator: {value}",
        f"platform: {value}", f"signal_tier: {value}", f"notebooklm_category: {value}",
        f"topics: [{value}, b]", f"aliases: [{value}, other]", f"key_insights: [{value}]",
        f"url: {value}", f"date_published: {value}", f"synopsis: {value}", f"odd: {value}",
        "---", f"# {text}", "", text, "", f"- {text}", f"> {text}", f"`{text}` **{text}**", "",
    ]  # fmt: skip
    path = vault / f"SOURCE-000-{kind}.md"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    return path


def assert_safe(app):
    """Nothing on the screen acts, and every line fills the terminal exactly."""
    width = app.app.size.width
    for strip in app.app.screen._compositor.render_strips():
        acting = {
            hex(ord(letter)) for letter in strip.text if unicodedata.category(letter) in HARMLESS
        }
        assert not acting, strip.text
        assert strip.cell_length == width
        assert not any("@click" in str(s.style.meta) for s in strip if s.style and s.style.meta)


async def test_queue_preview_and_panes_show_it_as_text_at_every_size(sluice, vault):
    for kind in BAD:
        write_bad(vault, kind)
    async with sluice() as app:
        for size in ((120, 36), (80, 24), (45, 20)):
            await app.resize(*size)
            await app.press("g")
            for _ in BAD:
                assert_safe(app)
                await app.press("j")
            await app.press("g")
            for _ in range(5):
                await app.press("tab")
                assert_safe(app)


@pytest.mark.parametrize("kind", BAD)
async def test_pickers_fields_toasts_and_other_screens_show_it_as_text(
    sluice, vault, clipboard, kind
):
    write_bad(vault, kind)
    async with sluice() as app:
        for key in ("c", "t", "f", "d", "A", "Y", "P", "enter"):
            await app.press(key)
            assert_safe(app)
            await app.press("escape")
        for field in ("title", "creator", "synopsis", "aliases", "url", "published"):
            await app.press("f", *field, "enter")
            assert_safe(app)
            await app.press("escape")
        for keys in (["y"], ["o"], ["p"], ["u"], ["I", "e"]):
            await app.press(*keys)
            assert_safe(app)


async def test_a_pasted_search_shows_it_as_text(sluice):
    async with sluice() as app:
        await app.press("slash")
        await app.paste(BAD["markup"] + BAD["escapes"] + BAD["controls"] + BAD["bidi"])
        assert_safe(app)
        await app.press("enter")
        assert_safe(app)
        await app.press("escape", "c")
        await app.paste(BAD["escapes"])
        assert_safe(app)


@pytest.mark.parametrize("kind", ["escapes", "million"])
async def test_the_tier_is_still_set_and_only_its_line_changes(sluice, vault, watch, kind):
    bad = write_bad(vault, kind)
    files = watch(vault)
    async with sluice() as app:
        await app.press("2")
        assert re.fullmatch(r"▲ strategic, was .{1,100} · u undoes", app.toast)
        assert_safe(app)
    came = [line for line in files.lines(bad.name) if line.startswith("+")]
    assert came == ['+ signal_tier: "strategic"']


async def test_raw_control_bytes_in_a_header_are_shown_as_a_problem_in_words(sluice, vault):
    path = vault / "SOURCE-000-raw.md"
    title = b"title: \x1b]0;owned\x07 \x00[/red]\n"
    path.write_bytes(b"---\nstatus: raw\n" + title + b"creator: \xff\n---\n\x1b[2J\x00body\n")
    async with sluice() as app:
        await app.press("v")
        await app.type("problems")
        await app.press("enter")
        assert app.here == path.name
        assert_safe(app)
        await app.press("1")
        assert re.search("no safe repair", app.toast)
        assert_safe(app)
    assert b"\x1b]0;owned\x07 \x00" in path.read_bytes()


async def test_a_file_name_that_acts_is_shown_as_text(sluice, vault, clipboard):
    name = "SOURCE-000-\x1b[31m[b]\u202e\x07x.md"
    (vault / name).write_text("---\nstatus: raw\n---\nbody\n")
    async with sluice() as app:
        assert app.here == name
        assert_safe(app)
        await app.press("w", "Y")
        assert_safe(app)
        await app.press("escape", "p", "u")
        assert_safe(app)
    assert clipboard == ["[[SOURCE-000-[31m[b]x]]"]


async def test_the_schemas_own_words_are_text_too(sluice, vault):
    (vault / "sluice.yaml").write_text(
        'views:\n  "[/red]": "status:raw"\nfields:\n  notebooklm_category:\n    values:\n'
        '      "[/x] \\e[31m": {}\n'
    )
    async with sluice() as app:
        await app.press("v")
        assert_safe(app)
        await app.type("[/red]")
        await app.press("enter", "c")
        assert_safe(app)
