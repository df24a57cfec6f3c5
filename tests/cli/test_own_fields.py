"""A field that a file has is meant before the short name of another one."""

import pytest

CLIP, NOTE = "clip.md", "note.md"
FIELDS = ("published", "by", "topic", "alias", "tier", "processed", "on", "in")


@pytest.fixture
def vault(vault):
    """A clipping with fields of its own names, beside the others; a note without them."""
    own = "".join(f"{name}: old\n" for name in FIELDS)
    (vault / CLIP).write_text(f"---\ntitle: Clip\nstatus: raw\n{own}---\nText.\n")
    (vault / NOTE).write_text("---\ntitle: Note\nstatus: raw\n---\nText.\n")
    return vault


def header(path):
    return path.read_text().split("---\n")[1].splitlines()


def listed(run, *arguments):
    return [line.split("\t")[0] for line in run("list", *arguments).lines]


@pytest.mark.parametrize("name", FIELDS)
def test_set_writes_the_line_that_is_there(vault, run, name):
    before = header(vault / CLIP)
    outcome = run("set", CLIP, f"{name}=new")
    assert (outcome.code, outcome.err) == (0, f"{name} = new (Clip)\n")
    after = header(vault / CLIP)
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        (f"{name}: old", f"{name}: new")
    ]


def test_a_list_of_that_name_grows_and_shrinks(vault, run):
    path = vault / CLIP
    path.write_text(path.read_text().replace("topic: old", "topic: [a, b]"))
    assert run("set", CLIP, "topic+=c", "topic-=a").code == 0
    assert "topic: [b, c]" in header(path)
    assert not any(line.startswith("topics") for line in header(path))


def test_every_source_gets_its_own_field_of_that_name(vault, run):
    outcome = run("set", CLIP, NOTE, "by=Ann")
    assert outcome.err == "by = Ann, creator = Ann (2 sources)\n"
    assert "by: Ann" in header(vault / CLIP)
    assert "creator: Ann" in header(vault / NOTE)
    run("undo")
    assert "by: old" in header(vault / CLIP)


def test_filters_ask_the_field_that_each_source_has(vault, run):
    path = vault / CLIP
    path.write_text(path.read_text().replace("published: old", "published: 2026-02-02"))
    run("set", NOTE, "published=2026-01-01", "by=Ann")
    assert listed(run, "-q", "published:>2026-01") == [CLIP]
    assert listed(run, "-q", "published:2026-01-01") == ["SOURCE-20260101-alpha.md", NOTE]
    assert listed(run, "-q", "by:old") == [CLIP]
    assert listed(run, "-q", "by:ann") == [NOTE]
    assert listed(run, "-q", "has:by") == [CLIP, NOTE]
    assert CLIP not in listed(run, "-q", "has:creator")
    assert listed(run, "-q", "tier:old") == [CLIP]
    assert CLIP in listed(run, "-q", "-tier:paradigm")
    assert CLIP not in listed(run, "-q", "tier:")
    assert CLIP in listed(run, "-q", "signal_tier:")


def test_sorting_goes_by_the_field_that_each_source_has(vault, run):
    path = vault / CLIP
    path.write_text(path.read_text().replace("published: old", "published: 2026-01-02"))
    assert listed(run, "--sort", "published")[:3] == [
        "SOURCE-20260102-beta.md", CLIP, "SOURCE-20260101-alpha.md",
    ]  # fmt: skip


def test_a_field_that_the_vault_declares_counts_everywhere(vault, run):
    (vault / "sluice.yaml").write_text("fields: {published: {kind: text}, by: {kind: text}}\n")
    assert run("set", NOTE, "published=spring", "by=Ann").code == 0
    assert {"published: spring", "by: Ann"} <= set(header(vault / NOTE))
    assert listed(run, "-q", "by:ann") == [NOTE]
    added = run("add", "https://example.com/new", "--title", "New", "--set", "by=Bob")
    assert 'by: "Bob"' in header(vault / added.out.strip())


def test_a_short_name_that_is_a_fields_name_is_refused_with_the_file(vault, run):
    (vault / "sluice.yaml").write_text("fields: {rating: {short: title}}\n")
    outcome = run("list")
    assert outcome.code == 1
    assert "sluice.yaml: The short name title of rating is another field's name" in outcome.err
