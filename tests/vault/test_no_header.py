"""A file without a header gets one by its first change, and loses it when that is undone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.vault.conftest import Open, Write
from tui.errors import EditRefused
from tui.vault.header.edit import MISSING
from tui.vault.vault import FieldEdit, Vault

NAME = "SOURCE-x.md"
TEXTS = {
    "text": b"Only a text.\n",
    "nothing": b"",
    "a mark": "\ufeff".encode(),
    "a mark and text": "\ufeffText\n".encode(),
    "CRLF": b"# Title\r\n\r\nText\r\n",
    "CR": b"# Title\rText\r",
    "mixed": b"one\ntwo\r\nthree",
    "no final newline": b"# Title",
    "blank lines": b"\n\n\n# Title\n",
    "spaces": b"   \n\tcode\n",
    "a rule": b"---\nText\n",
    "a rule and a blank line": b"---\n\nText: a\n\nmore\n",
    "another rule": b"***\nText\n---\nmore\n",
    "a long rule": b"-----\nText\n",
    "plus signs": b"+++\n\nText\n",
    "a template": b"{{ x }}\nText\n",
    "code": b"```\n---\nstatus: raw\n---\n```\n",
    "a later header": b"Text\n\n---\nstatus: done\n---\n",
    "not UTF-8": b"caf\xe9\n\xff\xfe\n",
    "a separator": "a\u2028b\x85c\n".encode(),
    "a table": b"| a | b |\n|---|---|\n",
}


def set_status(vault: Vault, value: str = "read") -> None:
    vault.commit("set", [FieldEdit(vault.get(NAME), "status", value)])


@pytest.mark.parametrize("data", TEXTS.values(), ids=TEXTS)
def test_the_first_change_puts_a_header_above_the_old_bytes(
    data: bytes, write: Write, open_vault: Open
) -> None:
    path = write(NAME, data)
    vault = open_vault()
    set_status(vault)
    mark = "\ufeff".encode() if data.startswith("\ufeff".encode()) else b""
    newline = b"\r\n" if data.startswith(b"# Title\r\n") else b"\n"
    newline = b"\r" if data.startswith(b"# Title\r") and newline == b"\n" else newline
    header = newline.join([b"---", b"status: read", b"---", b""])
    assert path.read_bytes() == mark + header + data.removeprefix(mark)
    assert open_vault().get(NAME).fields == {"status": "read"}
    vault.undo()
    assert path.read_bytes() == data
    vault.redo()
    assert path.read_bytes() == mark + header + data.removeprefix(mark)


@pytest.mark.parametrize("data", TEXTS.values(), ids=TEXTS)
def test_the_header_goes_when_its_change_is_undone_in_a_text_changed_since(
    data: bytes, write: Write, open_vault: Open
) -> None:
    path = write(NAME, data)
    set_status(open_vault())
    path.write_bytes(path.read_bytes() + b"\nadded later\n")
    vault = open_vault()
    vault.undo()
    assert path.read_bytes() == data + b"\nadded later\n"


def test_the_same_hash_after_undoing_several_changes(write: Write, open_vault: Open) -> None:
    path = write(NAME, TEXTS["CRLF"])
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    vault = open_vault()
    set_status(vault)
    vault.commit("set", [FieldEdit(vault.get(NAME), "topics", ("a", "b"))])
    set_status(vault, "done")
    for _ in range(3):
        vault.undo()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_header_that_lost_its_last_field_stays_empty_and_undo_is_exact(
    write: Write, open_vault: Open
) -> None:
    path = write(NAME, b"Text\n")
    vault = open_vault()
    set_status(vault)
    vault.commit("clear", [FieldEdit(vault.get(NAME), "status", MISSING)])
    assert path.read_bytes() == b"---\n---\nText\n"
    vault.undo()
    assert path.read_bytes() == b"---\nstatus: read\n---\nText\n"
    vault.undo()
    assert path.read_bytes() == b"Text\n"


def test_a_header_with_another_field_stays_when_the_first_change_is_undone(
    write: Write, open_vault: Open
) -> None:
    path = write(NAME, b"Text\n")
    set_status(open_vault())
    path.write_bytes(path.read_bytes().replace(b"read\n", b"read\nmine: 1\n"))
    open_vault().undo()
    assert path.read_bytes() == b"---\nmine: 1\n---\nText\n"


def test_clearing_what_is_not_there_makes_no_header(write: Write, open_vault: Open) -> None:
    path = write(NAME, b"Text\n")
    vault = open_vault()
    vault.commit("clear", [FieldEdit(vault.get(NAME), "status", MISSING)])
    assert path.read_bytes() == b"Text\n"
    assert vault.log() == []


def refused(path: Path, vault: Vault, field: str) -> str:
    before = path.read_bytes()
    with pytest.raises(EditRefused) as error:
        vault.commit("set", [FieldEdit(vault.get(NAME), field, "x")])
    assert path.read_bytes() == before
    return str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "Author:: [[A Name]]\n",
        "# T\n\n- author:: A Name\n",
        "---\ntitle: T\n---\n\n**Author**:: A Name\n",
        '+++\ntitle = "T"\n+++\n> author::\n',
    ],
)
def test_a_field_in_the_text_does_not_get_another_value_in_the_header(
    text: str, write: Write, open_vault: Open
) -> None:
    path = write(NAME, text)
    vault = open_vault()
    line = next(at for at, one in enumerate(text.split("\n"), 1) if "uthor" in one)
    assert f"author is in line {line} of the text, written with ::" in refused(
        path, vault, "author"
    )
    vault.commit("set", [FieldEdit(vault.get(NAME), "topics", ("a",))])
    assert vault.get(NAME).items("topics") == ("a",)


@pytest.mark.parametrize(
    "text",
    [
        *("```\nauthor:: x\n```\n", "std::author::x\n", "author::x\n", "my author:: x\n"),
        *("---js\nText\n", "---dash\nx\n---\n", ";;;\nText\n"),
    ],
)
def test_what_only_looks_like_a_field_or_a_header_is_text_and_no_hindrance(
    text: str, write: Write, open_vault: Open
) -> None:
    path = write(NAME, text)
    vault = open_vault()
    vault.commit("set", [FieldEdit(vault.get(NAME), "author", "A")])
    assert path.read_text() == f"---\nauthor: A\n---\n{text}"


JSON = '{\n  "title": "T", "status": "raw",\n  "topics": ["a", {"b": null}]\n}\n\nText\n'


@pytest.mark.parametrize("text", [JSON, "\ufeff" + JSON, '{"title": "T"}'])
def test_a_json_header_is_read_and_never_changed(text: str, write: Write, open_vault: Open) -> None:
    path = write(NAME, text)
    vault = open_vault()
    assert vault.get(NAME).title == "T"
    sentence = "“T”: The header is JSON; sluice changes YAML and TOML headers only."
    assert refused(path, vault, "status") == sentence
    assert refused(path, vault, "other") == sentence
    assert vault.read_body(vault.get(NAME)) == ("\nText\n" if "Text" in text else "")


def test_a_broken_json_header_is_a_problem_and_gets_no_second_header(
    write: Write, open_vault: Open
) -> None:
    path = write(NAME, '{\n  "title": "T",\n}\nText\n')
    vault = open_vault()
    problem = vault.get(NAME).problem
    assert problem is not None
    assert problem.sentence == "the JSON header cannot be read"
    assert "use an editor" in refused(path, vault, "status")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("---js\n{title: 'T'}\n---\nText\n", "js"),
        ("\ufeff---json\r\n{}\r\n---\r\nText\r\n", "json"),
        ("---toml\ntitle = 'T'\n---\n", "toml"),
        (';;;\n"title": "T"\n;;;\nText\n', "JSON"),
    ],
)
def test_a_header_that_names_its_language_gets_no_second_header(
    text: str, language: str, write: Write, open_vault: Open
) -> None:
    path = write(NAME, text)
    vault = open_vault()
    problem = vault.get(NAME).problem
    assert problem is not None
    assert problem.sentence == f"the header is written in {language}, which sluice does not read"
    assert "use an editor" in refused(path, vault, "status")
