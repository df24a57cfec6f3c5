"""Folders of other people: a schema of their own, and what a decision writes, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Outcome
from tui.triage.schema import load_schema

STAGES = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: stage, title: title}
fields:
  stage: {kind: choice, values: [accepted, ready, released, discontinued]}
flow: {main: [accepted, ready, released], archive: discontinued}
"""
TASKS = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: status, tier: priority, title: title, topics: labels, date: created_date}
fields:
  status:
    kind: choice
    values: {To Do: {read_as: [backlog, later]}, Done: {}, "Won't Do": {}}
  priority: {kind: choice, values: [high, medium, low]}
flow: {main: [To Do, Done], archive: "Won't Do"}
"""
DRAFTS = """\
base: none
sources: {include: ["**/*.md"], exclude: ["**/_index.md"], header: any}
roles: {status: draft, title: title, topics: tags, date: date}
fields:
  draft:
    kind: bool
    values: {draft: {is: yes}, published: {is: no}}
    absent: published
flow: {main: [draft, published], archive: null}
"""
TAGS = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: status, title: title, topics: tags}
fields:
  status: {kind: tag, of: tags, prefix: status/, values: [inbox, read, done]}
  tags: {kind: list}
flow: {main: [inbox, read, done], archive: null}
"""
LISTS = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: status, title: title}
fields: {status: {kind: choice, form: list, values: [Active, Published]}}
flow: {main: [Active, Published], archive: null}
"""
CLIPS = """\
base: none
sources: {include: ["**/*.md"], header: none-too}
roles: {status: status, insights: insights, title: title, url: [source, url], author: author,
        topics: tags, aliases: aliases, date: created}
fields:
  status: {kind: choice, values: [inbox, read, done, archived]}
  insights: {kind: list}
flow: {main: [inbox, read, done], archive: archived}
"""


class Folder:
    """Somebody's folder; ``run`` are commands on it."""

    def __init__(self, root: Path, run: Callable[..., Outcome]) -> None:
        self.root = root
        self._run = run

    def schema(self, text: str) -> Folder:
        (self.root / "sluice.yaml").write_text(text)
        return self

    def note(self, name: str, header: str | None = None, body: str = "Text.\n") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = body if header is None else f"---\n{header}\n---\n{body}"
        path.write_bytes(text.encode())
        return path

    def run(self, *arguments: str, fails: bool = False):
        outcome = self._run("--vault", str(self.root), *arguments)
        assert (outcome.code != 0) is fails, outcome
        return outcome

    def found(self, query: str) -> list[str]:
        lines = self.run("list", "-q", query, "--json").lines
        return [str(Path(json.loads(line)["path"]).relative_to(self.root)) for line in lines]


@pytest.fixture
def folder(tmp_path: Path, run) -> Folder:
    root = tmp_path / "notes"
    root.mkdir()
    return Folder(root, run)


def changed_lines(before: bytes, after: bytes) -> list[tuple[bytes, bytes]]:
    """The lines that differ, of two texts with as many lines."""
    old, new = before.split(b"\n"), after.split(b"\n")
    assert len(old) == len(new)
    return [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]


def decided(folder: Folder, path: Path, *arguments: str) -> list[tuple[bytes, bytes]]:
    """The lines that a command changes; undoing it restores every byte."""
    before = path.read_bytes()
    folder.run(*arguments)
    after = path.read_bytes()
    folder.run("undo")
    assert path.read_bytes() == before
    path.write_bytes(after)
    return changed_lines(before, after)


def test_a_folder_with_stages_is_listed_and_promoted_by_them(folder):
    folder.schema(STAGES)
    for number in range(20):
        folder.note(f"text/{number:02}.md", "stage: accepted # since May\nstart-date: 2025-01-01")
        folder.note(f"old/{number:02}.md", "stage: released")
    assert len(folder.found("status:accepted")) == 20
    assert len(folder.found("stage:released")) == 20
    path = folder.root / "text/07.md"
    assert decided(folder, path, "promote", str(path)) == [
        (b"stage: accepted # since May", b"stage: ready # since May")
    ]


def test_another_spelling_of_a_status_is_found_and_rewritten_when_it_changes(folder):
    folder.schema(TASKS)
    for name, status in (("a", "To do"), ("b", "to-do"), ("c", "later"), ("d", "Done")):
        folder.note(f"{name}.md", f"id: task-{name}\nstatus: {status}\npriority: HIGH")
    assert folder.found("status:'to do'".replace("'", '"')) == ["a.md", "b.md", "c.md"]
    assert folder.found("tier:high") == ["a.md", "b.md", "c.md", "d.md"]
    for name in "abc":
        path = folder.root / f"{name}.md"
        ((_, after),) = decided(folder, path, "promote", f"task-{name}")
        assert after == b"status: Done"


def test_a_draft_is_published_by_its_yes_or_no_and_keeps_the_word(folder):
    folder.schema(DRAFTS)
    one = folder.note("one.md", "title: One\ndraft: true")
    two = folder.note("two.md", "title: Two\ndraft: yes # soon")
    folder.note("three.md", "title: Three")
    folder.note("_index.md", "title: List")
    assert folder.found("status:draft") == ["one.md", "two.md"]
    assert folder.found("status:published") == ["three.md"]
    assert decided(folder, one, "promote", str(one)) == [(b"draft: true", b"draft: false")]
    assert decided(folder, two, "promote", str(two)) == [
        (b"draft: yes # soon", b"draft: no # soon")
    ]
    refused = folder.run("archive", str(one), fails=True)
    assert "no status for that" in refused.err


@pytest.mark.parametrize(
    ("tags", "after"),
    [
        ("tags: [a, status/inbox, b]", "tags: [a, status/read, b]"),
        ("tags:\n- a\n- 'status/inbox' # mine\n- b", "tags:\n- a\n- 'status/read' # mine\n- b"),
        ('tags: "#a, #status/inbox, #b"', 'tags: "#a, #status/read, #b"'),
    ],
)
def test_a_status_in_a_tag_changes_only_that_tag(folder, tags, after):
    path = folder.schema(TAGS).note("a.md", f"title: A\n{tags}\nmore: x")
    assert folder.found("status:inbox") == ["a.md"]
    folder.run("promote", str(path))
    assert path.read_text() == f"---\ntitle: A\n{after}\nmore: x\n---\nText.\n"
    assert folder.found("status:read") == ["a.md"]
    folder.run("undo")
    assert path.read_text() == f"---\ntitle: A\n{tags}\nmore: x\n---\nText.\n"


def test_a_note_without_a_status_tag_gets_one_behind_its_other_tags(folder):
    path = folder.schema(TAGS).note("a.md", "title: A\ntags: [a, b]")
    assert folder.found("status:inbox") == ["a.md"]
    assert decided(folder, path, "promote", str(path)) == [
        (b"tags: [a, b]", b"tags: [a, b, status/read]")
    ]


@pytest.mark.parametrize(
    ("status", "after"),
    [
        ('status:\n  - "[[Active]]"', 'status:\n  - "[[Published]]"'),
        ("status: [Active]", "status: [Published]"),
        ('status: "[[Active]]"', 'status: "[[Published]]"'),
        ("status: active", "status: Published"),
    ],
)
def test_a_status_keeps_the_form_that_the_note_has(folder, status, after):
    path = folder.schema(LISTS).note("a.md", status)
    folder.run("promote", str(path))
    assert path.read_text() == f"---\n{after}\n---\nText.\n"


def test_a_new_status_is_a_list_of_one_where_the_schema_says_so(folder):
    path = folder.schema(LISTS).note("a.md", "title: A")
    folder.run("set", str(path), "status=active")
    assert path.read_text() == '---\ntitle: A\nstatus:\n  - "Active"\n---\nText.\n'


def test_a_note_without_a_header_gets_one_by_its_first_decision(folder):
    path = folder.schema(CLIPS).note("a.md", body="# Title\n\nText.\n")
    before = path.read_bytes()
    assert folder.found("status:inbox") == ["a.md"]
    folder.run("set", str(path), "status=read")
    assert path.read_bytes() == b"---\nstatus: read\n---\n" + before
    folder.run("undo")
    assert path.read_bytes() == before


def test_templates_readmes_and_hidden_folders_are_left_out(folder):
    out = 'exclude: ["Templates/**", "**/README.md"], '
    for name in ("a.md", "Templates/t.md", "README.md", "_posts/p.md", ".git/g.md", "b/README.md"):
        folder.note(name, 'title: "{{t}}"')
    assert folder.schema(STAGES.replace("header:", f"{out}header:")).found("") == ["a.md"]
    folder.schema(STAGES.replace('"**/*.md"', '"_posts/**", ".git/**"'))
    assert folder.found("") == ["_posts/p.md"]


def test_a_glob_opens_one_hidden_folder_and_no_other(folder):
    for name in ("a.md", "_posts/2025/p.md", "_posts/_old/q.md", "_pages/r.md", "x/_posts/s.md"):
        folder.note(name, "title: T")
    folder.schema(STAGES.replace('"**/*.md"', '"*.md", "**/_posts/**"'))
    assert folder.found("") == ["_posts/2025/p.md", "a.md", "x/_posts/s.md"]


def test_other_endings_are_read_where_the_folder_has_sources_of_its_own(folder):
    for name in ("a.md", "b.markdown", "c.mdx", "d.txt"):
        folder.note(name, "title: T\nstatus: raw")
    assert folder.found("") == ["a.md"]
    folder.schema('sources: {include: ["**"], header: any}\n')
    assert folder.found("") == ["a.md", "b.markdown", "c.mdx"]


def test_a_note_without_a_status_has_the_first_one(folder):
    path = folder.schema(CLIPS).note("a.md", "title: x")
    assert folder.found("status:inbox") == ["a.md"]
    stats = json.loads(folder.run("stats", "--json").out)
    assert stats["statuses"][0] == {"status": "inbox", "sources": 1, "reached": 1}
    folder.run("set", str(path), "status=inbox")
    assert path.read_text() == "---\ntitle: x\nstatus: inbox\n---\nText.\n"


def test_notes_of_an_inbox_or_with_its_tag_are_sources_and_stay_so_once_decided(folder):
    folder.schema(CLIPS.replace('include: ["**/*.md"]', 'include: ["Inbox/**"], tagged: [inbox]'))
    folder.note("Inbox/one.md")
    folder.note("Inbox/deep/two.md", "title: Two")
    tagged = folder.note("three.md", "tags: [Inbox, x]")
    folder.note("four.md", "title: Four")
    folder.note("five.md")
    sources = ["Inbox/deep/two.md", "Inbox/one.md", "three.md"]
    assert folder.found("") == sources
    folder.run("promote", str(tagged))
    folder.run("set", str(tagged), "tags-=Inbox")
    assert folder.found("") == sources


@pytest.mark.parametrize(
    ("values", "held", "after"),
    [
        ("[5, 4, 3]", "4", "5"),
        ('["5", "4"]', '"4"', '"5"'),
        ('["5", "4"]', "4", "5"),
    ],
)
def test_a_rating_is_written_as_the_schema_and_the_note_have_it(folder, values, held, after):
    schema = CLIPS.replace("insights: {kind: list}", f"rating: {{kind: number, values: {values}}}")
    schema = schema.replace("insights: insights", "tier: rating")
    path = folder.schema(schema).note("a.md", f"rating: {held}")
    assert decided(folder, path, "set", str(path), "rating=5") == [
        (f"rating: {held}".encode(), f"rating: {after}".encode())
    ]


def test_a_number_that_is_new_is_written_as_the_schema_has_it(folder):
    for values, after in (("[5, 4]", "5"), ('["5", "4"]', '"5"')):
        schema = CLIPS.replace("{kind: list}", f"{{kind: number, values: {values}}}")
        schema = schema.replace("insights:", "rating:").replace("rating: insights", "tier: rating")
        path = folder.schema(schema).note("a.md", "title: A")
        folder.run("set", str(path), "tier=5")
        assert path.read_text().splitlines()[2] in (
            f"rating: {after}",
            f"rating: {after}".replace('"', "'"),
        )


def test_the_address_is_in_the_first_field_that_has_one(folder):
    folder.schema(CLIPS)
    folder.note("a.md", "source: https://a.example/1\nurl: https://a.example/2")
    folder.note("b.md", "source:\nurl: https://b.example")
    folder.note("c.md", "url: https://c.example")
    folder.note("d.md", "title: none")
    assert folder.run("urls").lines == [
        "https://a.example/1",
        "https://b.example",
        "https://c.example",
    ]
    assert folder.found("-has:source") == ["d.md"]
    path = folder.root / "c.md"
    assert decided(folder, path, "set", str(path), "source=https://c.example/new") == [
        (b"url: https://c.example", b"url: https://c.example/new")
    ]


def test_views_and_passes_follow_the_flow(folder):
    schema = load_schema(folder.schema(TASKS).root)
    assert {name: view.query for name, view in schema.views.items()} == {
        "To Do": 'status:"To Do"',
        "all": "",
        "problems": "has:problem",
        "Done": "status:Done",
        "Won't Do": 'status:"Won\'t Do"',
        "duplicates": "has:duplicate",
        "proposed": "has:proposal",
    }
    first = schema.passes["first"]
    assert (first.find, [answer.name for answer in first.answers]) == (
        'status:"To Do"', ["high", "medium", "low"])  # fmt: skip
    assert list(schema.passes) == ["first"]
    without_tier = load_schema(folder.schema(DRAFTS).root)
    assert [(a.key, a.move) for a in without_tier.passes["first"].answers] == [("p", "promote")]
    for view in schema.views.values():
        folder.run("list", "-q", view.query)


def test_the_views_of_a_flow_of_its_own_follow_it_on_the_built_in_schema_too(folder):
    fields = "fields: {status: {values: [open, shut]}}\n"
    text = f"{fields}flow: {{main: [open], archive: shut, moves: {{}}}}\n"
    schema = load_schema(folder.schema(text).root)
    assert list(schema.views)[:2] == ["open", "all"]
    assert "first" in schema.passes


def test_a_stale_cache_is_not_believed_when_the_sources_change(folder):
    folder.note("a.md", "title: A")
    folder.note("b.md", "status: raw")
    assert folder.found("") == ["b.md"]
    assert folder.schema(CLIPS).found("") == ["a.md", "b.md"]
    folder.schema(CLIPS.replace('include: ["**/*.md"]', 'include: ["b*"]'))
    assert folder.found("") == ["b.md"]


def test_every_status_can_be_archived_where_no_move_leads_to_the_archive(folder):
    for status in ("inbox", "read", "done"):
        path = folder.schema(CLIPS).note(f"{status}.md", f"status: {status}")
        assert decided(folder, path, "archive", str(path)) == [
            (f"status: {status}".encode(), b"status: archived")
        ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            "flow: {main: [inbox, red], archive: archived}",
            "line 8: The flow names red, missing from",
        ),
        ("flow: {main: [inbox], archive: gone}", "line 8: The flow names gone"),
        ("flow: {main: [inbox], moves: {inbox: [nowhere]}}", "line 8: The flow names nowhere"),
        (
            "flow: {main: [inbox], stamps: {read: date_red}}",
            "line 8: The stamp of read names date_red",
        ),
        (
            "flow: {main: [inbox], wants: {read: {field: mood}}}",
            "line 8: What read wants names mood",
        ),
        ("flow: {main: [inbox]}\npasses: {p: {ask: mood}}", "line 9: the pass p names mood"),
        ("flow: {main: [inbox]}\nuntitled: body", "line 9: untitled is body"),
    ],
)
def test_a_name_that_the_schema_lacks_is_refused_with_its_line(folder, wrong, said):
    folder.schema("".join(CLIPS.splitlines(keepends=True)[:-1]) + wrong + "\n")
    outcome = folder.run("list", fails=True)
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def test_what_only_a_newer_sluice_knows_is_a_note_and_no_refusal(folder):
    folder.schema(CLIPS + "weather: {kind: sunny}\n").note("a.md", "title: A")
    outcome = folder.run("list")
    assert "line 9: the file has unknown parts: weather" in outcome.err
    assert "A" in outcome.out


@pytest.mark.parametrize("pattern", ["[z-a].md", "/etc/**", "../x/**", ""])
def test_a_pattern_that_cannot_match_is_refused_with_its_line(folder, pattern):
    folder.schema(CLIPS.replace('"**/*.md"', f'"{pattern}"'))
    assert "line 2: include of sources has" in folder.run("list", fails=True).err


def test_a_new_source_that_the_folder_leaves_out_is_not_made(folder):
    folder.schema(
        CLIPS.replace("header:", 'exclude: ["clips/**"], header:') + "capture:\n"
        '  {folder: clips, id: "{date}-{number}", name: "{title}", stamps: [], hosts: {}}\n'
    )
    refused = folder.run("add", "https://a.example/page", "--title", "Page", fails=True)
    assert "leaves it out" in refused.err
    assert not list(folder.root.rglob("*.md"))


def test_a_new_clipping_has_its_day_and_its_first_status(folder):
    folder.schema(CLIPS)
    folder.run("add", "https://a.example/page", "--title", "A Page")
    (path,) = folder.root.glob("*.md")
    header = path.read_text().split("---\n")[1]
    assert [line.partition(":")[0] for line in header.splitlines()] == [
        "title", "status", "source", "created"]  # fmt: skip
    assert "status: inbox" in header
    assert folder.found("status:inbox") == [path.name]


TITLED = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: state, title: called}
fields: {state: {kind: choice, values: [fresh, kept]}}
flow: {main: [fresh, kept], archive: null}
"""


def records(folder: Folder, query: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in folder.run("list", "-q", query, "--sort", "waiting", "--json").lines
    ]


def test_the_waiting_time_of_a_tag_begins_when_the_tag_was_set(folder):
    folder.schema(TAGS)
    note = folder.note("a.md", "title: A\ntags: [x, status/inbox]")
    folder.run("promote", "a")
    (said,) = records(folder, "status:read")
    assert said["waiting"]["status"] == "read"
    folder.run("set", "a", "tags+=y")
    assert b'tags: [x, status/read, "y"]' in note.read_bytes()
    assert records(folder, "status:read")[0]["waiting"] == said["waiting"]


def test_a_refusal_names_the_title_of_the_role(folder):
    folder.schema(TITLED)
    note = folder.note("a.md", "title: decoy\ncalled: Firing a kiln\nstate: fresh\nother: 1")
    folder.run("set", "a", "other=2")
    note.write_text(note.read_text().replace("other: 2", "other: 3"))
    refused = folder.run("undo", fails=True).err
    assert "“Firing a kiln”: other is now" in refused
    folder.run("rename-field", "other=more", "--yes")
    note.write_text(note.read_text().replace("more", "most"))
    assert "“Firing a kiln” no longer has more" in folder.run("undo", fails=True).err


@pytest.mark.parametrize("schema", ["", STAGES.replace("**/*.md", "Notes/*.md")])
def test_the_case_of_the_ending_does_not_matter(folder, schema):
    if schema:
        folder.schema(schema)
    header = "title: A\nstage: accepted\nstatus: raw"
    shouted, plain = folder.note("Notes/NOTE.MD", header), folder.note("Notes/note2.md", header)
    assert folder.found("") == ["Notes/NOTE.MD", "Notes/note2.md"]
    assert json.loads(folder.run("show", str(shouted), "--json").out)["id"] == "NOTE"
    assert decided(folder, shouted, "promote", str(shouted)) == decided(
        folder, plain, "promote", str(plain)
    )


def test_init_and_the_rule_agree_about_endings(folder):
    for number in range(30):
        ending = (".md", ".MD", ".Markdown")[number % 3]
        status = ("todo", "done")[number % 2]
        folder.note(f"n{number}{ending}", f"title: N {number}\nstatus: {status}")
    assert "30 of 30 files" in folder.run("init", "--dry-run").out
    folder.run("init", "--yes")
    assert len(folder.found("")) == 30


@pytest.mark.parametrize(
    ("sources", "name", "header", "why"),
    [
        ('{header: any, exclude: ["b/**"]}', "b/x.md", "title: x", "sources in sluice.yaml leaves"),
        ('{header: any, include: ["a/**"]}', "x.md", "title: x", "include in sluice.yaml does not"),
        ("{header: any}", "x.md", None, "it has no header."),
        ("{header: status}", "x.md", "title: x", "it has no stage."),
    ],
)
def test_a_note_that_is_not_a_source_hears_why(folder, sources, name, header, why):
    folder.schema(STAGES.replace('{include: ["**/*.md"], header: any}', sources))
    path = folder.note(name, header)
    assert why in folder.run("show", str(path), fails=True).err


LINKS = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: status, category: kinds, topics: about, author: by, date: made, title: name}
fields:
  status: {kind: choice, form: links, values: [Active, Published]}
  kinds: {kind: choice, form: links, open: true}
  about: {kind: list, form: links}
  by: {kind: text}
  made: {kind: date}
flow: {main: [Active, Published], archive: null}
"""
LINKED = (
    'status:\n  - "[[Active]]"\nkinds:\n  - "[[Kinds/Books|a book]]"\nabout: ["[[Clay]]", fire]\n'
    'by: "[[People/Ann Ash|Ann]]"\nmade: "[[2026-04]]"\nname: "[[A Bowl]]"'
)


def test_a_link_is_shown_and_found_by_the_name_of_its_note(folder):
    folder.schema(LINKS)
    folder.note("a.md", LINKED)
    folder.note("b.md", 'kinds: Books\nby: Ann Ash\nname: B\nmade: "[[2026-05-02]]"')
    rows = [json.loads(line) for line in folder.run("list", "--json").lines]
    assert {row["notebooklm_category"] for row in rows} == {"Books"}
    assert "[[" not in folder.run("list").out + folder.run("stats").out
    for query in ('by:"Ann Ash"', "by:[[Ann", 'by:"[[Ann Ash]]"', "kinds:Books", "author:ash"):
        assert folder.found(query) == ["a.md", "b.md"], query
    for query in ("about:clay", "kinds:book", "by:people", "made:2026-04", '"A Bowl"'):
        assert "a.md" in folder.found(query), query
    assert folder.found("has:problem") == []
    listed = folder.run("list", "--sort", "date").lines
    assert "b.md" in listed[0]


def test_a_link_is_written_as_found_and_a_new_one_as_the_schema_says(folder):
    folder.schema(LINKS)
    full, bare = folder.note("a.md", LINKED), folder.note("b.md", "name: B")
    assert decided(folder, full, "set", str(full), "about-=Clay") == [
        (b'about: ["[[Clay]]", fire]', b"about: [fire]")
    ]
    assert decided(folder, full, "set", str(full), "kinds=Films") == [
        (b'  - "[[Kinds/Books|a book]]"', b'  - "[[Films]]"')
    ]
    folder.run("set", str(bare), "kinds=Books", "about+=Wood", "by=Bo Bell")
    written = bare.read_text()
    assert 'kinds:\n  - "[[Books]]"' in written and 'about:\n  - "[[Wood]]"' in written
    assert "by: Bo Bell" in written
    day = folder.note("d.md", 'made: "[[2026-05-02]]"')
    assert decided(folder, day, "set", str(day), "made=2026-06-03") == [
        (b'made: "[[2026-05-02]]"', b'made: "[[2026-06-03]]"')
    ]
    full = folder.note("c.md", LINKED)
    assert "Nothing to change" in folder.run("set", str(full), "about+=clay", "kinds=Books").err
    folder.run("set", str(full), "about-=clay", "--if", "by=Ann Ash")
    assert "about: [fire]" in full.read_text()


def test_init_sees_that_values_are_links(folder):
    for number in range(30):
        status, kind = ("Inbox", "Done")[number % 2], ("Books", "Films", "Talks")[number % 3]
        folder.note(
            f"{number}.md", f'status: "[[{status}]]"\ncategories: ["[[{kind}]]"]\ntags: [a]'
        )
    folder.run("init", "--yes")
    schema = load_schema(folder.root)
    assert schema.status.is_linked and schema.category.is_linked and schema.category.is_listed
    assert not schema.fields["tags"].is_linked
    assert len(folder.found("categories:Films status:Inbox")) == 5


def test_a_schema_can_say_that_tags_as_text_are_fine(tmp_path, run):
    schema = """\
base: none
sources: {include: ["**/*.md"], header: any}
roles: {status: status, topics: [keywords, tags]}
fields:
  status: {kind: choice, values: [raw, done]}
  keywords: {kind: list}
  tags: {kind: list, form: text}
flow: {main: [raw, done], archive: null}
"""
    (tmp_path / "sluice.yaml").write_text(schema)
    (tmp_path / "a.md").write_text("---\ntags: '#a #b'\n---\n")
    (tmp_path / "b.md").write_text("---\nkeywords: one\n---\n")
    outcome = run("check", "--vault", str(tmp_path))
    assert outcome.out == "b.md: keywords is a single value; expected a list\n"
    # Each tag is one: another joins them as their equal.
    assert run("set", "a.md", "tags+=c", "--vault", str(tmp_path)).code == 0
    assert '\n  - "#a"\n  - "#b"\n  - "c"\n' in (tmp_path / "a.md").read_text()
    (tmp_path / "sluice.yaml").write_text(schema.replace("values: [raw, done]", "form: text"))
    outcome = run("check", "--vault", str(tmp_path))
    assert "form of the field status is text, which is for the kind list" in outcome.err


PLAIN = TAGS.replace("prefix: status/", 'prefix: ""')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tags: [a, inbox, done deal]", "tags: [a, read, done deal]"),
        ("tags: ['#a', '#Inbox']", "tags: ['#a', '#read']"),
        ("tags: a, inbox", "tags: a, read"),
        ("tags: '#inbox #a'", "tags: '#read #a'"),
    ],
)
def test_a_status_is_one_of_the_tags_without_anything_before_it(folder, old, new):
    path = folder.schema(PLAIN).note("a.md", f"title: A\n{old}\nmore: x")
    assert folder.found("status:inbox") == ["a.md"]
    assert decided(folder, path, "promote", "a.md") == [(old.encode(), new.encode())]


def test_a_tag_that_is_no_value_is_no_status(folder):
    path = folder.schema(PLAIN).note("a.md", "title: A\ntags: [a, later]")
    folder.note("b.md", "title: B\ntags: [a, done]")
    assert folder.found("status:inbox") == ["a.md"]
    assert folder.found("tags:a") == ["a.md", "b.md"]
    folder.run("promote", "a.md")
    assert b"tags: [a, later, read]" in path.read_bytes()


def test_tags_without_anything_before_them_need_values(folder):
    folder.schema(PLAIN.replace(", values: [inbox, read, done]", ""))
    outcome = folder.run("list", fails=True)
    assert "the field status has no prefix, so it needs values" in outcome.err


def test_a_link_with_the_ending_of_its_note_has_the_notes_name(folder):
    folder.schema(LISTS.replace("form: list", "form: link")).note(
        "a.md", 'title: A\nstatus: "[[States/Active.md|x]]"'
    )
    assert folder.found("status:active") == ["a.md"]
