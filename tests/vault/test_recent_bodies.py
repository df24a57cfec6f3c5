"""A text is read once for all that want it, and again when its file changes."""

import pytest

from tui.errors import StorageError
from tui.vault.reading import recent_bodies
from tui.vault.reading.recent_bodies import RecentBodies
from tui.vault.vault import Vault


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    for number in range(12):
        (root / f"SOURCE-{number:02}.md").write_text(f"---\nstatus: raw\n---\nBody {number}.\n")
    vault = Vault(root, tmp_path / "state")
    vault.load()
    return vault


@pytest.fixture
def read(vault):
    """The names of the files that were read, in their order."""
    names = []

    def reads(source):
        names.append(source.name)
        return vault.read_body(source)

    return names, RecentBodies(reads)


def test_a_text_is_read_once(vault, read):
    names, bodies = read
    source = vault.find("SOURCE-03.md")
    assert bodies.of(source) == bodies.of(source) == "Body 3.\n"
    assert names == ["SOURCE-03.md"]


def test_a_text_that_another_program_writes_is_read_again(vault, read):
    names, bodies = read
    source = vault.find("SOURCE-03.md")
    bodies.of(source)
    source.path.write_text("---\nstatus: raw\n---\nA longer body.\n")
    assert bodies.of(source) == "A longer body.\n"
    assert names == ["SOURCE-03.md"] * 2


def test_only_the_last_few_texts_are_kept(vault, read):
    names, bodies = read
    for source in vault.sources:
        bodies.of(source)
    bodies.of(vault.find("SOURCE-11.md"))
    bodies.of(vault.find("SOURCE-00.md"))
    assert len(names) == 13
    assert len(bodies._kept) == recent_bodies.MOST


def test_a_file_that_is_gone_is_refused(vault, read):
    _, bodies = read
    source = vault.find("SOURCE-03.md")
    bodies.of(source)
    source.path.unlink()
    with pytest.raises(StorageError):
        bodies.of(source)
