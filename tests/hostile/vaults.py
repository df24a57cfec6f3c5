"""Hostile vaults: a function a kind, each writing what a poisoned pipeline could write."""

from __future__ import annotations

import os
import socket
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

ESC = b"\x1b"
MEGABYTE = 1_000_000
TITLE = b"title: A quiet title\n"
BODY = b"# Heading\n\nQuiet body.\n"
ACTING = (
    b"\x1b[31mred\x1b[2J\x1b[?1049h \x1b]0;owned\x07 \x1b]52;c;b3duZWQ=\x07 "
    b"\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\ \x1bP1$r\x1b\\ \x1bc \xc2\x9b31m "
    b"\xc2\x9d52;c;b3duZWQ=\xc2\x9c bell\x07 back\x08\x08 cr\rover vt\x0b ff\x0c so\x0e del\x7f"
)
"""Sequences a terminal acts on: colours, title, clipboard, links, reset, 7-bit and C1."""

Write = Callable[[Path], None]


def source(header: bytes, body: bytes = BODY) -> bytes:
    """A raw source with these header lines."""
    return b"---\nstatus: raw\n" + header + b"---\n" + body


def put(folder: Path, name: str | bytes, data: bytes) -> Path:
    """Write a file, by whatever name."""
    path = folder / os.fsdecode(name)
    path.write_bytes(data)
    return path


def quoted(data: bytes) -> bytes:
    """The text in YAML's double quotes, every sign of it escaped where YAML wants that."""
    out = []
    for letter in data.decode("utf-8"):
        plain = letter.isprintable() and letter not in '"\\'
        out.append(letter if plain else f"\\U{ord(letter):08x}")
    return f'"{"".join(out)}"'.encode()


def every_field(value: bytes) -> bytes:
    """Header lines that say the same in every field that is shown anywhere."""
    texts = (b"id", b"title", b"creator", b"platform", b"signal_tier", b"notebooklm_category")
    more = (b"url", b"date_published", b"synopsis", b"odd", b"format", b"duration")
    lists = (b"topics", b"aliases", b"key_insights", b"integrated_into")
    lines = [name + b": " + value for name in texts + more]
    lines += [name + b":\n  - " + value + b"\n  - other" for name in lists]
    return b"\n".join(lines) + b"\n" + value + b": a name that acts\n"


# Text that acts, hides or overflows


def escapes_in_values(folder: Path) -> None:
    put(folder, "SOURCE-escapes.md", source(every_field(quoted(ACTING)), ACTING + b"\n"))


def raw_escapes_in_a_header(folder: Path) -> None:
    put(folder, "SOURCE-raw.md", source(b"title: " + ACTING + b"\n", ACTING + b"\n"))


def eight_bit_controls(folder: Path) -> None:
    bad = b"\x9b31m \x9d52;c;b3duZWQ=\x9c \x90q\x9c \x84\x85\x8d"
    put(folder, "SOURCE-eight-header.md", source(b"title: eight " + bad + b"\n"))
    put(folder, "SOURCE-eight-body.md", source(TITLE, b"eight " + bad + b"\n"))


def markup(folder: Path) -> None:
    bad = b"[/red] [bold]x[/] [/ [@click=app.quit]quit[/] [link=x] {x} %s {0} $HOME `id` \\["
    put(folder, "SOURCE-markup.md", source(every_field(quoted(bad)), bad + b"\n"))


def bidi(folder: Path) -> None:
    bad = "\u202egnp.exe\u202c \u2066x\u2069 \u061c \u200f \u2028l\u2029p \u0085n".encode()
    put(folder, "SOURCE-bidi.md", source(every_field(quoted(bad)), bad + b"\n"))


def joiners(folder: Path) -> None:
    bad = "👩‍👩‍👧‍👦 👍🏽 z\u200dw\u200bs e" + "\u0301" * 5_000 + " ✌\ufe0f \ufeff \U000e0041 \u3164"
    put(folder, "SOURCE-joiners.md", source(every_field(quoted(bad.encode())), bad.encode()))


def nul(folder: Path) -> None:
    put(folder, "SOURCE-nul-header.md", source(b"title: nul \x00 here\n"))
    put(folder, "SOURCE-nul-body.md", source(TITLE, b"nul \x00 here\n"))
    put(folder, "SOURCE-nul-only.md", b"\x00" * 100_000)


def invalid_utf8(folder: Path) -> None:
    put(folder, "SOURCE-bad-header.md", source(b"title: caf\xe9 \xff\xfe\n"))
    put(folder, "SOURCE-bad-body.md", source(TITLE, b"caf\xe9 zebra \xed\xa0\x80 \xc0\xaf\n"))
    put(folder, "SOURCE-utf16.md", source(TITLE).decode().encode("utf-16"))
    put(folder, "SOURCE-surrogate.md", source(b'title: "half \\ud800 and \\udcff"\n'))


def odd_line_ends(folder: Path) -> None:
    put(folder, "SOURCE-cr.md", source(TITLE).replace(b"\n", b"\r"))
    put(folder, "SOURCE-crlf.md", source(TITLE).replace(b"\n", b"\r\n"))
    put(folder, "SOURCE-mixed.md", b"\xef\xbb\xbf---\r\nstatus: raw\rtitle: a\n---\r\nb\r\n")
    put(folder, "SOURCE-separators.md", source("title: a\u2028b\u0085c\n".encode()))


# Size


def title_of_a_megabyte(folder: Path) -> None:
    put(folder, "SOURCE-title.md", source(b"title: " + b"long " * (MEGABYTE // 5) + b"\n"))
    wide = "長".encode() * (MEGABYTE // 3)
    put(folder, "SOURCE-wide.md", source(b"title: " + wide + b"\n", wide))
    put(
        folder, "SOURCE-marks.md", source(b"title: e" + "\u0301".encode() * (MEGABYTE // 2) + b"\n")
    )


def broken_title_of_a_megabyte(folder: Path) -> None:
    put(folder, "SOURCE-inner.md", source(b'title: "' + b'a "b" ' * (MEGABYTE // 6) + b'"\n'))
    put(folder, "SOURCE-open.md", source(b'title: "' + b"\\" * MEGABYTE + b"\n"))
    put(folder, "SOURCE-colon.md", source(b"title: " + b"a: b " * (MEGABYTE // 5) + b"\n"))


def texts_made_for_backtracking(folder: Path) -> None:
    bad = b" by x. A a covering" * (MEGABYTE // 19)
    put(folder, "SOURCE-template.md", source(b"synopsis: " + quoted(bad) + b"\n"))
    put(
        folder,
        "SOURCE-spaces.md",
        source(b'title: "' + b" " * MEGABYTE + b'x"\n', b"# " * MEGABYTE),
    )
    put(folder, "SOURCE-slashes.md", source(b'url: "http://' + b"a/" * (MEGABYTE // 2) + b'"\n'))
    put(folder, "SOURCE-dates.md", source(b"date_published: " + b"1" * MEGABYTE + b"\n"))
    put(folder, "SOURCE-fences.md", b"--- \n" * (MEGABYTE // 5))
    put(folder, "SOURCE-commas.md", source(b"topics: " + quoted(b"a, " * (MEGABYTE // 3)) + b"\n"))


def body_of_many_lines(folder: Path) -> None:
    lines = b"".join(b"- line %d **b** `c` [l](u)\n" % number for number in range(100_000))
    put(folder, "SOURCE-lines.md", source(TITLE, lines))


def line_of_five_megabytes(folder: Path) -> None:
    put(folder, "SOURCE-line-body.md", source(TITLE, b"word " * MEGABYTE + b"zebra"))
    put(folder, "SOURCE-line-header.md", source(b"note: " + b"x" * (5 * MEGABYTE) + b"\n"))
    put(folder, "SOURCE-line-open.md", b"---\nstatus: raw\n" + b"x" * (5 * MEGABYTE))


def header_never_closed(folder: Path) -> None:
    put(folder, "SOURCE-unclosed.md", b"---\nstatus: raw\n" + b"key: value\n" * (MEGABYTE // 2))
    put(folder, "SOURCE-stray.md", b"status: raw\n" * 4 + b"---\n" + b"a: b\n" * MEGABYTE)


def header_of_many_keys(folder: Path) -> None:
    keys = b"".join(b"key_%d: value %d\n" % (number, number) for number in range(10_000))
    put(folder, "SOURCE-keys.md", source(keys))
    put(folder, "SOURCE-keys-broken.md", source(keys + b"title: @broken\n"))


def lists_of_many_items(folder: Path) -> None:
    items = b"".join(b"  - item %d\n" % number for number in range(100_000))
    put(folder, "SOURCE-items.md", source(b"topics:\n" + items))
    put(folder, "SOURCE-aliases.md", source(b"aliases: [" + b"a, " * 20_000 + b"b]\n"))


def numbers_too_long(folder: Path) -> None:
    longest = b"1" * 200_000
    put(folder, "SOURCE-digits.md", source(b"id: " + longest + b"\n"))
    put(folder, "SOURCE-hex.md", source(b"id: 0x" + longest + b"\n"))
    put(folder, "SOURCE-sexagesimal.md", source(b"id: 1" + b":1" * 200_000 + b"\n"))
    put(folder, "SOURCE-float.md", source(b"id: 1" + b":1" * 200_000 + b".5\n"))
    put(folder, "SOURCE-exponent.md", source(b"id: 1.0e+999999999\nduration: .inf\nguest: .nan\n"))


def terabytes(folder: Path) -> None:
    """Files that take no room on the disk, and would take all that a machine has to be read."""
    starts = {
        "header": source(TITLE, BODY), "nothing": b"", "open": b"---\nstatus: raw\n",
        "keys": b"---\nstatus: raw\n" + b"key: value\n" * (MEGABYTE // 2),
        "line": b"---\nstatus: raw\nnote: " + b"x" * (5 * MEGABYTE),
        "stray": b"status: raw\n" * (MEGABYTE // 5), "body": source(TITLE, b"zebra " * MEGABYTE),
        "rockets": source(TITLE, "🚀".encode() * MEGABYTE),
    }  # fmt: skip
    for name, start in starts.items():
        os.truncate(put(folder, f"SOURCE-tera-{name}.md", start), 1 << 40)


def sixteen_megabytes(folder: Path) -> None:
    """As large as a file may be to be read whole, and a line more than that."""
    most, head = 16 * 1024 * 1024, source(TITLE, b"")
    put(folder, "SOURCE-most.md", (head + b"word zebra\n" * (most // 11))[:most])
    put(folder, "SOURCE-most-lines.md", head + b"\n" * (most - len(head) - 100))
    put(folder, "SOURCE-most-cjk.md", head + "長".encode() * (most // 3 - 100))
    put(folder, "SOURCE-more.md", (head + b"word zebra\n" * (most // 11 + 9))[: most + 1])


# YAML


def alias_bombs(folder: Path) -> None:
    nine = b", ".join([b"*%c"] * 9)
    lists = [b"a: &a [x, x, x, x, x, x, x, x, x]"]
    maps = [b"a: &a {k1: x, k2: x, k3: x}"]
    for above, name in zip(b"abcdefgh", b"bcdefghi", strict=True):
        aliases = nine % ((above,) * 9)
        lists.append(b"%c: &%c [" % (name, name) + aliases + b"]")
        maps.append(b"%c: &%c {<<: [" % (name, name) + aliases + b"]}")
    put(folder, "SOURCE-laughs.md", source(b"\n".join(lists) + b"\n"))
    put(folder, "SOURCE-merges.md", source(b"\n".join(maps) + b"\n"))
    repeated = b"a: &a " + b"x" * 100_000 + b"\ntopics: [" + b"*a, " * 5_000 + b"*a]\n"
    put(folder, "SOURCE-repeated.md", source(repeated))
    put(folder, "SOURCE-itself.md", source(b"topics: &a [*a, &b {k: *b}]\n"))


def deep_nesting(folder: Path) -> None:
    deep = 50_000
    put(folder, "SOURCE-flow.md", source(b"topics: " + b"[" * deep + b"]" * deep + b"\n"))
    put(folder, "SOURCE-maps.md", source(b"topics: " + b"{a: " * deep + b"}" * deep + b"\n"))
    put(folder, "SOURCE-flow-open.md", source(b"topics: " + b"[" * deep + b"\n"))
    put(folder, "SOURCE-dashes.md", source(b"topics:\n  " + b"- " * deep + b"x\n"))
    put(folder, "SOURCE-questions.md", source(b"? " * deep + b"x\n"))
    block = b"".join(b" " * level + b"k:\n" for level in range(2_000))
    put(folder, "SOURCE-block.md", source(b"topics:\n" + block))
    put(folder, "SOURCE-99.md", source(b"topics: " + b"[" * 90 + b"]" * 90 + b"\n"))


def tags(folder: Path) -> None:
    run = b'!!python/object/apply:os.system ["touch owned"]'
    new = b'!!python/object/new:subprocess.Popen [["touch", "owned"]]'
    put(folder, "SOURCE-apply.md", source(TITLE + b"odd: " + run + b"\n"))
    put(folder, "SOURCE-new.md", source(TITLE + b"odd: " + new + b"\n"))
    put(folder, "SOURCE-name.md", source(TITLE + b"odd: !!python/name:os.system\n"))
    put(folder, "SOURCE-tag.md", source(TITLE + b"odd: !mine text\n"))
    put(folder, "SOURCE-int.md", source(TITLE + b"odd: !!int none\n"))
    put(folder, "SOURCE-date.md", source(TITLE + b"date_published: 2026-02-30\n"))


def odd_values(folder: Path) -> None:
    bad = b"key_insights: {a: 1}\ntopics: {b: {c: d}}\naliases: !!set {x, y}\nurl: [a, b]\n"
    bad += b"? [complex, key]\n: value\n? {a: b}\n: value\n~: none\nyes: no\n"
    bad += b"2026-01-01: date\n1.5: f\n"
    bad += (
        b"title: [not, a, title]\nid: {x: y}\nsynopsis: !!binary AAECAw==\nguest: !!omap [a: b]\n"
    )
    put(folder, "SOURCE-types.md", source(bad))
    put(folder, "SOURCE-status.md", b"---\nstatus: [raw]\n---\n")
    put(folder, "SOURCE-status-map.md", b"---\nstatus: {a: b}\nsignal_tier: [1]\n---\n")
    put(folder, "SOURCE-scalar.md", b"---\njust text\n---\n")
    put(folder, "SOURCE-list.md", b"---\n- a\n---\n")
    put(folder, "SOURCE-twice.md", source(b"title: one\ntitle: two\nstatus: triaged\n"))
    put(folder, "SOURCE-documents.md", b"---\nstatus: raw\n...\ntitle: below\n---\n")
    put(folder, "SOURCE-directive.md", source(b"%YAML 9.9\ntitle: x\n"))
    put(folder, "SOURCE-empty.md", b"")
    put(folder, "SOURCE-fence.md", b"---")
    put(folder, "SOURCE-years.md", source(b"date_published: 0001-01-01\ndate_processed: 9999-12-31 "
                                          b"23:59:59 -23:59\ncaptured_date: 0001-01-01 00:00:00 "
                                          b"+23:59\n"))  # fmt: skip


def addresses(folder: Path) -> None:
    bad = ("javascript:alert(1)", "--help", "-oProxyCommand=touch owned", "file:///etc/passwd",
           "data:text/html,x", " javascript:x", "HTTP://a.example/ok", "http://--help/",
           "https://a.example/$(touch owned)`touch owned`;touch owned", "//a.example", "http://",
           "https://a.example/a b", "vbscript:x", "https:a",
           "\\\\host\\share", "ssh://-oX/")  # fmt: skip
    for number, address in enumerate(bad):
        put(
            folder,
            f"SOURCE-url-{number:02}.md",
            source(b"url: " + quoted(address.encode()) + b"\n"),
        )
    acting = b"https://a.example/" + ACTING.replace(b" ", b"")
    put(folder, "SOURCE-url-acts.md", source(b"url: " + quoted(acting) + b"\n"))


# Names and kinds of files


def names_that_act(folder: Path) -> None:
    for name in (
        b"SOURCE-\x1b]52;c;b3duZWQ=\x07.md", b"SOURCE-\x1b[31m[b]\xe2\x80\xae.md",
        b"SOURCE-two\nlines: x.md", b"SOURCE-tab\tcr\r.md", b"SOURCE-\xff\xfe\x9b31m.md",
        b"SOURCE-caf\xe9.md", b"--help.md", b"-rf.md", b"--vault=x.md", b"-.md",
        b"SOURCE-$(touch owned).md", b"SOURCE-`touch owned`;touch owned.md", b"SOURCE- ' \" .md",
        b"a=b.md", b"status=raw.md", b"SOURCE-[red][@click=app.quit]x.md", b"~.md", b"~root.md",
        b"SOURCE-\xc2\x9b31m\xc2\x85.md", b"SOURCE-" + b"n" * 245 + b".md", b"SOURCE-\\.md",
    ):  # fmt: skip
        put(folder, name, source(b"title: named oddly\n"))
    inner = folder / os.fsdecode(b"folder \x1b[31m\n\xff")
    inner.mkdir()
    put(inner, "SOURCE-inner.md", source(TITLE))


def no_regular_files(folder: Path) -> None:
    os.mkfifo(folder / "SOURCE-fifo.md")
    (folder / "SOURCE-folder.md").mkdir()
    put(folder / "SOURCE-folder.md", "SOURCE-in-a-folder.md", source(TITLE))
    # A socket's address has room for 107 bytes, and a test's folder may need more.
    with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as made:
        made.bind(f"{short}/s")
        Path(short, "s").rename(folder / "SOURCE-socket.md")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        try:
            os.mknod(folder / "SOURCE-zero.md", stat.S_IFCHR | 0o666, os.makedev(1, 5))
        except PermissionError:
            # A container may keep devices even from its root.
            return


def links(folder: Path) -> None:
    outside = folder.parent / f"{folder.name} outside"
    outside.mkdir(exist_ok=True)
    secret = put(outside, "SOURCE-secret.md", source(b"title: outside the vault\n"))
    real = put(folder, "SOURCE-real.md", source(TITLE))
    (folder / "SOURCE-inside.md").symlink_to(real.name)
    (folder / "SOURCE-out.md").symlink_to(secret)
    (folder / "SOURCE-loop.md").symlink_to("SOURCE-loop.md")
    (folder / "SOURCE-there.md").symlink_to("SOURCE-back.md")
    (folder / "SOURCE-back.md").symlink_to("SOURCE-there.md")
    (folder / "SOURCE-gone.md").symlink_to("nowhere.md")
    (folder / "SOURCE-zero.md").symlink_to("/dev/zero")
    (folder / "SOURCE-terminal.md").symlink_to("/dev/tty")
    (folder / "around").symlink_to(".", target_is_directory=True)
    (folder / "above").symlink_to("..", target_is_directory=True)
    (folder / "away").symlink_to(outside, target_is_directory=True)
    (folder / "away.md").symlink_to(outside, target_is_directory=True)


def nested_folders(folder: Path) -> None:
    """A thousand folders in each other, and as many again as no path can name any more."""
    here = os.getcwd()  # noqa: PTH109 - as cheap as it gets, a thousand times
    os.chdir(folder)
    try:
        for level in range(2_500):
            if level in (10, 500, 999):
                Path(f"SOURCE-{level}.md").write_bytes(source(b"title: level %d\n" % level))
            os.mkdir("d")  # noqa: PTH102
            os.chdir("d")
    finally:
        os.chdir(here)


# TOML and JSON


def toml(header: bytes, body: bytes = BODY) -> bytes:
    """A raw source with these lines of TOML."""
    return b'+++\nstatus = "raw"\n' + header + b"+++\n" + body


def toml_headers(folder: Path) -> None:
    acting = quoted(ACTING)
    texts = (b"id", b"title", b"creator", b"signal_tier", b"url", b"date_published", b"odd")
    lines = [name + b" = " + acting for name in texts]
    lines += [name + b" = [\n  " + acting + b",\n]" for name in (b"topics", b"key_insights")]
    put(folder, "toml-escapes.md", toml(b"\n".join(lines) + b"\n" + acting + b" = 1\n", ACTING))
    put(folder, "toml-raw.md", toml(b"title = " + ACTING + b"\n"))
    put(folder, "toml-bad.md", toml(b"title = 'caf\xe9 \xff'\n"))
    put(folder, "toml-nul.md", toml(b"title = 'nul \x00'\n"))
    put(folder, "toml-cr.md", toml(b"title = 'cr'\n").replace(b"\n", b"\r"))
    put(folder, "toml-times.md", toml(b"id = 07:32:00\ntitle = nan\nx = 1e999\ny = -inf\n"))
    put(folder, "toml-tables.md", toml(b"[title]\nx = 1\n[[topics]]\ny = 2\n[url.deep]\n"))


def toml_bombs(folder: Path) -> None:
    put(folder, "toml-deep.md", toml(b"x = " + b"[" * 100_000 + b"]" * 100_000 + b"\n"))
    put(
        folder, "toml-braces.md", toml(b"x = " + b"{a = " * 100_000 + b"1" + b"}" * 100_000 + b"\n")
    )
    put(folder, "toml-dotted.md", toml(b".".join([b"a"] * 100_000) + b" = 1\n"))
    put(folder, "toml-table.md", toml(b"[" + b".".join([b"a"] * 100_000) + b"]\n"))
    put(folder, "toml-digits.md", toml(b"x = " + b"1" * 200_000 + b"\n"))
    put(folder, "toml-hex.md", toml(b"x = 0x" + b"f" * 200_000 + b"\n"))
    put(folder, "toml-quotes.md", toml(b'title = """' + b'""\\"' * (MEGABYTE // 4) + b'"""\n'))
    put(folder, "toml-open.md", toml(b'title = """' + b'"" ' * (MEGABYTE // 3) + b"\n"))
    put(folder, "toml-spaces.md", toml(b"title = a" + b" " * 100_000 + b"'\n"))
    put(folder, "toml-broken.md", toml(b"title: x\n" + b"k = v # c\n" * 9_000))
    put(folder, "toml-unclosed.md", b"+++\nstatus = 'raw'\n" + b"k = v\n" * (MEGABYTE // 6))
    put(
        folder, "toml-keys.md", toml(b"".join(b"key_%d = %d # c\n" % (n, n) for n in range(10_000)))
    )
    put(folder, "toml-items.md", toml(b"topics = [\n" + b'  "item",\n' * 50_000 + b"]\n"))


def json_headers(folder: Path) -> None:
    put(folder, "json-deep.md", b'{"status": "raw", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")
    put(folder, "json-open.md", b'{"status": "raw", "x": "' + b"x" * (5 * MEGABYTE))
    put(folder, "json-digits.md", b'{"status": "raw", "x": ' + b"1" * 200_000 + b"}\n")
    put(
        folder,
        "json-odd.md",
        b'{"status": "raw", "x": NaN, "title": "\\ud800 \\u001b[31m"}\n' + BODY,
    )
    put(folder, "json-twice.md", b'{"status": "raw", "status": {"a": null}}\n{"b": 1}\n')


KINDS: dict[str, Write] = {
    write.__name__: write
    for write in (
        escapes_in_values, raw_escapes_in_a_header, eight_bit_controls, markup, bidi, joiners, nul,
        invalid_utf8, odd_line_ends, title_of_a_megabyte, broken_title_of_a_megabyte,
        texts_made_for_backtracking, body_of_many_lines, line_of_five_megabytes,
        header_never_closed, header_of_many_keys, lists_of_many_items, numbers_too_long,
        terabytes, sixteen_megabytes, alias_bombs, deep_nesting, tags, odd_values, addresses,
        names_that_act, no_regular_files, links, nested_folders, toml_headers, toml_bombs,
        json_headers,
    )
}  # fmt: skip


def write_all(folder: Path) -> None:
    """Every kind, each in a folder of its own."""
    for kind, write in KINDS.items():
        (folder / kind).mkdir()
        write(folder / kind)
