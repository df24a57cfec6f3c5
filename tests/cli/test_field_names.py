"""Fields whose names are not plain words, on the command line."""

import json

import pytest

ALPHA = "SOURCE-20260101-alpha.md"
BETA = "SOURCE-20260102-beta.md"
CAFE, CAFE_APART = "caf\u00e9", "cafe\u0301"

NAMES = [
    ("分类", "分类"),
    ("größe", "größe"),
    ("श्रेणी", "श्रेणी"),
    ("категория", "категория"),
    ("อ่านแล้ว", "อ่านแล้ว"),
    ("read by", "read by"),
    ("my.field", "my.field"),
    ("🎯", "🎯"),
    ("2024", "2024"),
    ("dc:title", "dc:title"),
    ("a+b", "a+b"),
    ("a=b", '"a=b"'),
    ("c++", '"c++"'),
    ("c-", '"c-"'),
    ('say "hi"', 'say "hi"'),
    ('"x"', '"""x"""'),
    ("it's", "it's"),
    ("-x", '"-x"'),
    ("# 1", "# 1"),
    ("a/b", "a/b"),
    ("no", "no"),
]
"""Names of fields, and how they are written before a ``=``."""


def fields(run, reference):
    return json.loads(run("show", reference, "--json").out)["fields"]


def give(vault, line):
    """Put a line into the header of ALPHA."""
    path = vault / ALPHA
    path.write_text(
        path.read_text().replace("has_transcript: no\n", f"has_transcript: no\n{line}\n")
    )
    return path


@pytest.mark.parametrize(("name", "written"), NAMES)
def test_a_field_of_any_name_is_made_changed_listed_and_cleared(vault, run, name, written):
    before = (vault / ALPHA).read_bytes()
    assert run("set", ALPHA, f"{written}=one").code == 0
    assert fields(run, ALPHA)[name] == "one"
    assert run("set", ALPHA, f"{written}=two", "guest=Ada").code == 0
    assert fields(run, ALPHA)[name] == "two"
    assert run("set", ALPHA, f"{written}=").code == 0
    assert fields(run, ALPHA)[name] is None
    for _ in range(3):
        assert run("undo").code == 0
    assert (vault / ALPHA).read_bytes() == before


@pytest.mark.parametrize(("name", "written"), NAMES)
def test_a_field_that_is_there_is_changed_on_its_own_line(vault, run, name, written):
    key = json.dumps(name, ensure_ascii=False)
    path = give(vault, f"{key}: [one] # mine")
    assert run("set", ALPHA, f"{written}+=two").err == f"{name} += two (Alpha and the agents)\n"
    assert f"\n{key}: [one, two] # mine\n" in path.read_text()
    assert run("set", ALPHA, f"{written}-=one").code == 0
    assert f"\n{key}: [two] # mine\n" in path.read_text()


@pytest.mark.parametrize("typed", [CAFE, CAFE_APART])
@pytest.mark.parametrize("spelt", [CAFE, CAFE_APART])
def test_a_field_in_another_unicode_form_is_the_same(vault, run, spelt, typed):
    path = give(vault, f"{spelt}: one # mine")
    assert run("set", ALPHA, f"{typed}=two").err == f"{spelt} = two (Alpha and the agents)\n"
    assert f"\n{spelt}: two # mine\n" in path.read_text()
    assert run("list", "-q", f"{typed}:two").lines[0].startswith(ALPHA)
    assert run("list", "--sort", typed).code == 0


def test_each_source_keeps_the_unicode_form_it_has(vault, run):
    give(vault, f"{CAFE}: [one]")
    path = vault / BETA
    path.write_text(path.read_text().replace("aliases: []", f"{CAFE_APART}: [one]"))
    assert run("set", ALPHA, BETA, f"{CAFE}+=two").code == 0
    assert f"\n{CAFE}: [one, two]\n" in (vault / ALPHA).read_text()
    assert f"\n{CAFE_APART}: [one, two]\n" in path.read_text()
    assert len(run("list", "-q", f"{CAFE}:two").lines) == 2


def test_a_field_the_schema_spells_in_another_form_is_read_as_its_kind(vault, run):
    (vault / "sluice.yaml").write_text(f"fields: {{{CAFE}: {{kind: choice, values: {{a: {{}}}}}}}}")
    path = give(vault, "x: y")
    assert run("set", ALPHA, f"{CAFE_APART}=z").code == 1
    assert run("set", ALPHA, f"{CAFE_APART}=A").code == 0
    assert f"\n{CAFE}: a\n" in path.read_text()


@pytest.mark.parametrize("name", ["2024", "off", "yes", "3.10", "2026-01-31"])
def test_a_field_whose_name_yaml_reads_as_no_text_is_set_in_its_place(vault, run, name):
    path = give(vault, f"{name}: one")
    before = path.read_text()
    outcome = run("set", ALPHA, f"{name}=two")
    assert outcome.code == 0
    assert path.read_text() == before.replace("one", "two")


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("分类", "分类:one"),
        ("श्रेणी", "श्रेणी:one"),
        ("read by", '"read by":one'),
        ("read by", '"read by":"one"'),
        ("read by", 'has:"read by"'),
        ("my.field", "my.field:one"),
        ("my.field", "has:my.field"),
        ("🎯", "🎯:one"),
        ("🎯", "has:🎯"),
        ("a=b", "a=b:one"),
        ("c++", "c++:one"),
        ("dc:title", '"dc:title":one'),
        ('say "hi"', '"say ""hi""":one'),
        ("2024", "2024:one"),
    ],
)
def test_a_field_of_any_name_is_asked_for_in_a_query(vault, run, name, query):
    give(vault, f"{json.dumps(name, ensure_ascii=False)}: one")
    assert [line.split("\t")[0] for line in run("list", "-q", query).lines] == [ALPHA]
    others = run("list", "-q", f"-{query}")
    assert (others.code, len(others.lines)) == (0, 2)
    assert ALPHA not in others.out


def test_a_field_with_a_blank_in_its_name_that_is_empty_is_found(vault, run):
    give(vault, "read by:")
    assert run("list", "-q", '"read by": alpha').lines[0].startswith(ALPHA)


def test_a_quoted_name_that_no_field_has_is_reported_with_near_matches(vault, run):
    give(vault, "read by: one")
    outcome = run("list", "-q", '"red by":one')
    assert outcome.code == 2
    assert 'did you mean "read by":' in outcome.err


def test_a_new_field_can_be_written_with_a_new_source(vault, run):
    outcome = run("add", "https://example.com/x", "--set", "read by=Ada", "--set", '"a=b"=c')
    path = outcome.out.strip()
    assert (fields(run, path)["read by"], fields(run, path)["a=b"]) == ("Ada", "c")
