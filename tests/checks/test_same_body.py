"""Sources whose text is the same, whatever their headers say."""

import os

import pytest

from tui.checks.same_body import same_body
from tui.vault.vault import Vault

BODY = "# A heading\n\n" + "The same words, again and again. " * 12


def write(root, name, header, body):
    (root / f"SOURCE-{name}.md").write_bytes(f"---\n{header}\n---\n{body}".encode())


@pytest.fixture
def found(tmp_path, home):
    """The names of those that have the text of the source called a."""

    def find():
        vault = Vault(tmp_path, home)
        vault.load()
        source = vault.get("SOURCE-a.md")
        return [other.stem for other in same_body(source, vault.sources, vault.read_body)]

    return find


def test_the_same_text_below_another_header_is_found(tmp_path, found):
    write(tmp_path, "a", "title: one", BODY)
    write(tmp_path, "b", "title: quite another one\nurl: https://example.com", BODY + "\n\n")
    write(tmp_path, "c", "title: one", BODY.replace("\n", "\r\n"))
    write(tmp_path, "d", "title: one", BODY.replace("heading", "headline"))
    write(tmp_path, "e", "title: one", BODY + "More.")
    assert found() == ["SOURCE-b", "SOURCE-c"]


def test_short_texts_are_the_same_by_chance(tmp_path, found):
    write(tmp_path, "a", "title: one", "No transcript.\n")
    write(tmp_path, "b", "title: two", "No transcript.\n")
    assert found() == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_became_a_pipe_is_not_waited_for(tmp_path, home):
    write(tmp_path, "a", "title: one", BODY)
    write(tmp_path, "b", "title: two", BODY)
    vault = Vault(tmp_path, home)
    vault.load()
    (tmp_path / "SOURCE-b.md").unlink()
    os.mkfifo(tmp_path / "SOURCE-b.md")
    source = vault.get("SOURCE-a.md")
    assert list(same_body(source, vault.sources, vault.read_body)) == []
