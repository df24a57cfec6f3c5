"""What a refusal says: why it is one, what really helps, and at most a line of any value."""

from __future__ import annotations

import errno
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.display import QUOTED, clean, listed, short
from tui.errors import LONGEST, SluiceError
from tui.reasons import advice, failed, reason
from tui.search.query import parse_query
from tui.state.chosen_theme import ChosenTheme
from tui.state.config import load_config, read_config
from tui.state.drafts import Drafts
from tui.state.place import PlaceFile
from tui.triage.changes import set_field
from tui.triage.fields import read_value
from tui.triage.lists import append_item, remove_item
from tui.triage.schema import load_schema
from tui.triage.status import plan_move
from tui.vault.disk.presence import create
from tui.vault.disk.storage import read_snapshot, replace
from tui.vault.vault import Vault

ROOT = Path(__file__).parent.parent

HELPS = {
    errno.EMFILE: "ulimit -n",
    errno.ENFILE: "close other programs",
    errno.ENOMEM: "memory",
    errno.ENOSPC: "make room",
    errno.EDQUOT: "quota",
    errno.EFBIG: "ulimit -f",
    errno.EROFS: "a writable disk",
    errno.EIO: "check that disk",
    errno.ELOOP: "links",
    errno.ENAMETOOLONG: "shorter names",
    errno.ENOENT: "moved or removed",
    errno.ENOTDIR: "move away the file",
    errno.EISDIR: "move away the folder",
    errno.ESTALE: "mount it again",
    errno.EBUSY: "close the program",
    errno.EAGAIN: "ulimit -u",
}
DENIED = {"read": "readable", "write": "writable", "start": "executable"}


@pytest.mark.parametrize("aim", DENIED)
@pytest.mark.parametrize("number", [*HELPS, errno.EACCES, errno.EPERM, None, 9_999])
def test_advice_follows_the_cause(number: int | None, aim: Any) -> None:
    said = advice(OSError(number, "so") if number else ValueError("so"), aim)
    denied = number in (errno.EACCES, errno.EPERM)
    assert (DENIED[aim] if denied else HELPS.get(number or 0, "try again")) in said
    assert denied == bool(re.search("readable|writable for you|executable", said))


def test_a_reason_is_one_short_line() -> None:
    assert reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/a/b")) == (
        "no space left on device"
    )
    assert reason(ValueError("one\n two")) == "one two"
    assert reason(MemoryError()) == "memoryerror"
    assert len(reason(ValueError("x" * 10_000))) == 200
    assert failed(OSError(errno.EMFILE, "Too many open files"), "write", ", so no") == (
        "(too many open files), so no; allow more open files in this shell, for example with "
        "`ulimit -n 1024`."
    )


# Every sentence about a file


def _no_files(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Every opening of a file fails, as the system would have it."""

    def refuse(path: Any, *_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_text", refuse)
    monkeypatch.setattr(Path, "write_text", refuse)
    monkeypatch.setattr(os, "scandir", refuse)


def _sentences(root: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> list[str]:
    state = root.parent / "state"
    vault = Vault(root, state)
    vault.load()
    (source,) = vault.sources
    snapshot = read_snapshot(vault.root, source.name)
    (root.parent / "config").mkdir()
    said: list[str] = []

    def tell(work: Callable[[], object]) -> None:
        try:
            work()
        except SluiceError as error:
            said.append(str(error))

    schema = load_schema()
    with monkeypatch.context() as patch:
        _no_files(patch, number)
        chosen, drafts = ChosenTheme(state), Drafts(state)
        chosen.remember("x")
        drafts.put("a", "b")
        said += [chosen.error, drafts.error, PlaceFile(state).write({})]
        tell(vault.load)
        tell(lambda: read_snapshot(vault.root, source.name))
        tell(lambda: replace(snapshot, b"x"))
        tell(lambda: create(root, "new.md", b"x"))
        tell(lambda: vault.commit("x", set_field(schema, [source], "title", "x").edits))
        tell(lambda: load_config(root.parent / "config"))
    return said


@pytest.mark.parametrize("number", [*HELPS, errno.EACCES])
def test_every_sentence_about_a_file_says_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    (root / "a.md").write_text("---\nstatus: raw\n---\n")
    said = _sentences(root, monkeypatch, number)
    assert len(said) >= (7 if number == errno.ENOENT else 9)
    # A source that is gone is known to be, and one that is a link by now was none before.
    own = "Another program just moved" if number == errno.ELOOP else "reload the vault"
    for sentence in said:
        assert HELPS.get(number, "able for you") in sentence or own in sentence, sentence
        assert sentence.count("\n") == 0


def test_a_vault_that_is_gone_is_not_a_matter_of_permissions(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    vault = Vault(root, tmp_path / "state")
    root.rmdir()
    with pytest.raises(SluiceError, match="moved or removed") as refused:
        vault.load()
    assert "permission" not in str(refused.value)


def test_too_few_open_files_are_reported_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nstatus: raw\n---\n")

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))

    done = subprocess.run(
        [sys.executable, "-c", "import sys, tui.cli.main as m, yaml, sqlite3; "
         "import tui.cli.commands.change, tui.vault.writing.writer, os; "
         "held = [os.open('/', os.O_RDONLY) for _ in range(5)]; "
         "sys.exit(m.main(sys.argv[1:]))", "set", "a", "tier=noise", "--vault", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, preexec_fn=few,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr
    assert "too many open files" in done.stderr.lower() and "ulimit -n" in done.stderr
    assert (tmp_path / "a.md").read_text() == "---\nstatus: raw\n---\n"


@pytest.mark.parametrize("count", [25_000, 50_000])
def test_too_many_insights_are_not_called_aliases(tmp_path: Path, count: int) -> None:
    items = "".join(f"  - insight {number}\n" for number in range(count))
    (tmp_path / "a.md").write_text(f"---\nstatus: raw\nkey_insights:\n{items}---\n")
    vault = Vault(tmp_path, tmp_path / "state")
    vault.load()
    (source,) = vault.sources
    assert source.problem is not None
    assert source.problem.sentence == "the header has more than 20,000 values"


def test_aliases_that_stand_for_too_much_are_called_so(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 7)]
    text = "\n".join(["status: raw", "a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]", *levels])
    (tmp_path / "a.md").write_text(f"---\n{text}\n---\n")
    vault = Vault(tmp_path, tmp_path / "state")
    vault.load()
    assert vault.sources[0].problem is not None
    assert "aliases" in vault.sources[0].problem.sentence


# Values that are quoted

HUGE = {
    "long": "x" * 1_000_000,
    "of many lines": "one\ntwo\r\nthree" * 1_000,
    "an escape": "\x1b]0;title\x07\x1b[31mred" * 100,
    "bidi": "\u202egnp\u2066" * 100,
    "lone surrogates": "\udcff" * 1_000,
}


@pytest.mark.parametrize("kind", HUGE)
def test_a_quoted_value_is_a_line_at_most(kind: str) -> None:
    said = short(HUGE[kind])
    assert len(said) <= QUOTED and said == clean(said) and "\n" not in said


def test_what_cannot_be_written_out_is_quoted_all_the_same() -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    for value in (10**5_000, nested, None, b"\x00" * 1_000, [1] * 100_000):
        assert len(short(value)) <= QUOTED
    assert listed([str(number) for number in range(1_000)]).endswith("18, 19, 980 more")
    while nested:
        nested = nested.pop()


REFUSED: dict[str, Callable[[str, Any, Any], object]] = {
    "date": lambda text, schema, _: read_value(schema, "date_published", text),
    "yes or no": lambda text, schema, _: read_value(schema, "has_transcript", text),
    "choice": lambda text, schema, _: read_value(schema, "platform", text),
    "address": lambda text, schema, _: read_value(schema, "url", text),
    "list": lambda text, schema, _: read_value(schema, "topics", f"[{text}"),
    "status": lambda text, schema, source: plan_move(schema, source, text),
    "item": lambda text, schema, source: remove_item(schema, [source], "topics", text),
    "no list": lambda text, schema, source: append_item(schema, [source], "title", text),
    "filter": lambda text, schema, _: parse_query(f"a{text}:b", schema.shorts, schema.fields),
    "has": lambda text, schema, _: parse_query(f'has:"{text}"', schema.shorts, schema.fields),
    "config": lambda text, *_: read_config(Path("c.yaml"), {text: 1}),
    "advance": lambda text, *_: read_config(Path("c.yaml"), {"advance": text}),
    "theme": lambda text, *_: read_config(Path("c.yaml"), {"theme": [text]}),
    "keys": lambda text, *_: read_config(Path("c.yaml"), {"keys": {text: [[text]]}}),
    "views": lambda text, *_: read_config(Path("c.yaml"), {"views": {"a": {text: 1}}}),
    "commands": lambda text, *_: read_config(
        Path("c.yaml"), {"commands": [{"name": "a", "run": ["x"], "key": [text]}]}
    ),
}


def repr_yaml(value: object) -> str:
    import json

    return json.dumps(value)


@pytest.mark.parametrize("kind", HUGE)
@pytest.mark.parametrize("place", REFUSED)
def test_a_refusal_quotes_at_most_a_line_of_a_value(tmp_path: Path, place: str, kind: str) -> None:
    (tmp_path / "a.md").write_text("---\nstatus: raw\ntopics: [one]\n---\n")
    vault = Vault(tmp_path, tmp_path / "state")
    vault.load()
    try:
        REFUSED[place](HUGE[kind], load_schema(), vault.sources[0])
    except SluiceError as error:
        assert len(str(error)) < 900
        assert "\n" not in str(error) and "\x1b" not in str(error)


@pytest.mark.parametrize("kind", HUGE)
@pytest.mark.parametrize(
    "part",
    ["{fields: {a: {kind: %s}}}", "{roles: {status: %s}}", "{%s: 1}", "{flow: {main: [%s]}}",
     "{fields: {%s: 3}}", "{fields: {a: {wanted: [%s]}}}", "{targets: {%s: 10}}",
     "{flow: {guards: %s}}", "{capture: {hosts: {%s: 1}}}", "{passes: {%s: {x: 1}}}",
     "{views: {%s: 1}}", "{lookup: {%s: [1]}}"],
)  # fmt: skip
def test_a_schemas_refusal_quotes_at_most_a_line(tmp_path: Path, part: str, kind: str) -> None:
    (tmp_path / "sluice.yaml").write_text(part % repr_yaml(HUGE[kind]), encoding="utf-8")
    with pytest.raises(SluiceError) as refused:
        load_schema(tmp_path)
    said = str(refused.value).removeprefix(str(tmp_path))
    assert len(said) < 1_100 and "\n" not in said and "\x1b" not in said


def test_no_sentence_is_longer_than_anybody_reads() -> None:
    assert len(str(SluiceError("x" * 1_000_000))) == LONGEST
