"""``sluice add``: a new raw source for an address."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
import yaml

from tui.triage.schema import load_schema


def day():
    return f"{date.today():%Y%m%d}"


def added(vault: Path, outcome) -> Path:
    assert outcome.code == 0, outcome.err
    path = Path(outcome.out.strip())
    assert path.is_relative_to(vault)
    return path


def header(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])


def test_add_writes_a_raw_source_with_every_field_it_can_need_in_the_schemas_order(vault, run):
    path = added(vault, run("add", "https://www.youtube.com/watch?v=abc123XYZ"))
    fields = header(path)
    # Until it is snoozed, it has no day to come back; until it is in a notebook, none of these.
    later = ("snoozed_until", "notebooks", "notebooks_sent")
    assert list(fields) == [name for name in load_schema().fields if name not in later]
    assert fields["id"] == f"SOURCE-{day()}-001"
    assert (fields["status"], fields["platform"]) == ("raw", "youtube")
    assert fields["url"] == "https://www.youtube.com/watch?v=abc123XYZ"
    assert fields["captured_date"] == date.today()
    assert fields["key_insights"] == [] and fields["title"] is None
    assert path.name == f"SOURCE-{day()}-youtube-video-unknown-abc123xyz.md"


def test_the_new_source_is_in_the_vault_and_has_no_problem(vault, run):
    path = added(vault, run("add", "https://example.com/new", "--title", "Quite new"))
    assert path.name in run("list", "-q", "st:raw title:new").out
    assert run("check", str(path)).code == 0


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        ("https://foo.substack.com/p/the-card", "substack"),
        ("https://x.com/somebody/status/12", "x"),
        ("https://old.reddit.com/r/notes/1", "reddit"),
        ("https://news.ycombinator.com/item?id=1", "hn"),
        ("https://arxiv.org/abs/2501.00001", "arxiv"),
        ("https://notyoutube.com/watch", "website"),
    ],
)
def test_the_host_says_the_platform(vault, run, url, platform):
    assert header(added(vault, run("add", url)))["platform"] == platform


def test_ids_go_on_where_the_day_has_come_to(vault, run):
    (vault / "SOURCE-today.md").write_text(f"---\nid: SOURCE-{day()}-041\nstatus: raw\n---\n")
    first = added(vault, run("add", "https://example.com/one"))
    second = added(vault, run("add", "https://example.com/two"))
    assert header(first)["id"] == f"SOURCE-{day()}-042"
    assert header(second)["id"] == f"SOURCE-{day()}-043"


def test_title_and_fields_are_taken(vault, run):
    title = 'A "quoted": title # with signs'
    path = added(
        vault,
        run("add", "https://example.com/q", "--title", title, "--set", "tier=strategic",
            "--set", "by=Ö. Né", "--set", "topics=one, two: three"),
    )  # fmt: skip
    fields = header(path)
    assert fields["title"] == title
    assert (fields["signal_tier"], fields["creator"]) == ("strategic", "Ö. Né")
    assert fields["topics"] == ["one", "two: three"]
    assert f"# {title}\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/alpha",
        "http://www.example.com/alpha/?utm_source=letter",
        "example.com/alpha",
    ],
)
def test_an_address_that_is_there_is_refused_and_shown(vault, run, address):
    before = sorted(vault.rglob("*"))
    outcome = run("add", address)
    assert (outcome.code, outcome.out) == (1, "")
    assert "“Alpha and the agents” (SOURCE-20260101-alpha.md)" in outcome.err
    assert len(outcome.lines) == 0 and outcome.err.count("\n") == 1
    assert sorted(vault.rglob("*")) == before


@pytest.mark.parametrize("text", ["", "nonsense", "ftp://example.com/x", "https://", "a b.com/x"])
def test_what_is_not_an_address_is_refused(vault, run, text):
    before = sorted(vault.rglob("*"))
    outcome = run("add", text)
    assert outcome.code == 1
    assert "write one such as https://" in outcome.err
    assert sorted(vault.rglob("*")) == before


@pytest.mark.parametrize("field", ["tier=gold", "published=soon", "status=triaged", "id=mine"])
def test_a_value_that_does_not_fit_is_refused_and_nothing_is_written(vault, run, field):
    before = sorted(vault.rglob("*"))
    assert run("add", "https://example.com/z", "--set", field).code == 1
    assert sorted(vault.rglob("*")) == before


def test_a_field_without_a_value_is_a_wrong_argument(vault, run):
    assert run("add", "https://example.com/z", "--set", "tier").code == 2


def test_a_dry_run_shows_the_file_and_writes_none(vault, run):
    before = sorted(vault.rglob("*"))
    outcome = run("add", "https://example.com/dry", "--title", "Dry", "--dry-run")
    assert outcome.code == 0
    assert '+title: "Dry"' in outcome.lines
    assert sorted(vault.rglob("*")) == before


def test_undo_takes_the_file_away_and_redo_brings_it_back(vault, run):
    path = added(vault, run("add", "https://example.com/back"))
    text = path.read_bytes()
    assert run("undo").code == 0
    assert not path.exists()
    assert not list(vault.glob(".*"))
    assert run("redo").code == 0
    assert path.read_bytes() == text


def test_undo_does_not_take_away_what_somebody_wrote_into_it(vault, run):
    path = added(vault, run("add", "https://example.com/kept"))
    path.write_text(path.read_text() + "\nA note of mine.\n")
    outcome = run("undo")
    assert outcome.code == 1
    assert "changed since you added it" in outcome.err
    assert path.read_text().endswith("A note of mine.\n")


def test_a_decision_on_a_new_source_is_undone_before_the_source(vault, run):
    path = added(vault, run("add", "https://example.com/both"))
    text = path.read_bytes()
    assert run("set", path.name, "tier=noise").code == 0
    run("undo")
    assert path.read_bytes() == text
    run("undo")
    assert not path.exists()


def test_a_file_of_that_name_is_not_written_over(vault, run):
    taken = vault / f"SOURCE-{day()}-website-unknown-unknown-page.md"
    taken.write_text("no header at all")
    path = added(vault, run("add", "https://example.com/page"))
    assert path != taken and taken.read_text() == "no header at all"


def test_a_folder_that_cannot_be_written_is_reported(vault, run):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    vault.chmod(0o555)
    try:
        outcome = run("add", "https://example.com/no")
    finally:
        vault.chmod(0o755)
    assert outcome.code == 1 and "cannot be written" in outcome.err


def test_several_at_the_same_time_get_different_ids(vault):
    def add(number: int) -> None:
        command = [sys.executable, "-m", "tui", "add", f"https://example.com/many/{number}"]
        root = Path(__file__).parent.parent.parent
        subprocess.run(
            [*command, "--vault", str(vault)], cwd=root, check=True, capture_output=True, timeout=60
        )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    ids = [header(path)["id"] for path in vault.glob(f"SOURCE-{day()}-*.md")]
    assert sorted(ids) == [f"SOURCE-{day()}-{number:03}" for number in range(1, 9)]


def test_a_vault_says_where_and_how_its_sources_are_written(vault, run):
    (vault / "sluice.yaml").write_text(
        "capture:\n  folder: inbox/new\n  id: 'B-{number}'\n  name: 'SOURCE-{title}'\n"
        "  hosts: {example.com: {platform: book, creator: Ex}}\n"
    )
    path = added(vault, run("add", "https://docs.example.com/a-guide"))
    assert path == vault / "inbox/new/SOURCE-a_guide.md"
    fields = header(path)
    assert (fields["id"], fields["platform"], fields["creator"]) == ("B-001", "book", "Ex")


@pytest.mark.parametrize("part", ["id: 'B'", "name: 'a/b'", "folder: .hidden", "hosts: [x]"])
def test_wrong_rules_are_refused_with_the_reason(vault, run, part):
    (vault / "sluice.yaml").write_text(f"capture: {{{part}}}\n")
    outcome = run("add", "https://example.com/x")
    assert outcome.code == 1 and "capture" in outcome.err
