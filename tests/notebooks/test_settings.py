"""The part ``notebooks`` of a ``sluice.yaml``: read, or refused with the line and what fits."""

import pytest

from tui.errors import SchemaError
from tui.triage.notebook_settings import Limits

ALL = """\
notebooks:
  cap: plus
  hosts: {intranet.example: file, "*": file}
  limits: {words: 1000, file_mib: 1}
  names:
    Rust: {}
    " Agents @work": {for: "what agents do", cap: 7, hosts: {www.X.com: address}}
    Writing: to be read on
"""


def test_without_settings_the_cap_is_that_of_the_free_plan(schema):
    settings = schema.notebooks
    assert (settings.cap, settings.limits, dict(settings.planned)) == (50, Limits(), {})
    assert settings.hosts == {"*": "address", "x.com": "file", "twitter.com": "file"}
    assert (schema.roles.notebooks, schema.roles.sent) == ("notebooks", "notebooks_sent")


def test_a_notebook_has_its_place_its_sentence_its_cap_and_its_hosts(schema_of):
    settings = schema_of(ALL).notebooks
    assert list(settings.planned) == ["Rust", " Agents @work", "Writing"]
    assert (settings.cap_of("Rust"), settings.cap_of(" Agents @work")) == (100, 7)
    assert settings.cap_of("one that is not named") == 100
    assert settings.purpose_of("Writing") == "to be read on"
    assert settings.hosts_of("Rust")["x.com"] == "file"
    assert settings.hosts_of(" Agents @work")["x.com"] == "address"
    assert settings.hosts_of()["*"] == "file"
    assert settings.limits == Limits(1000, 1_000_000, 1024 * 1024)


def test_names_can_be_a_plain_list(schema_of):
    assert list(schema_of("notebooks: {names: [B, A]}").notebooks.planned) == ["B", "A"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("notebooks:\n  cap: gold", 2, "free (50)"),
        ("notebooks:\n  cap: 0", 2, "a whole number from 1"),
        ("notebooks:\n  cap: 2.5", 2, "a whole number from 1"),
        ("\nnotebooks: [A]", 2, "must be a map"),
        ("notebooks:\n  hosts: {x.com: paste}", 2, "use address or file"),
        ("notebooks:\n  hosts:\n    https://x.com: file", 3, "write a host such as x.com"),
        ("notebooks:\n  limits: {words: -1}", 2, "a whole number from 1"),
        ("notebooks:\n  limits: {words: many}", 2, "must be a number"),
        ('notebooks:\n  names:\n    " ": {}', 3, "a notebook needs a name"),
        ('notebooks:\n  names:\n    "a\\nb": {}', 3, "a single line"),
        ("notebooks:\n  names:\n    A: {cap: lots}", 3, "free (50)"),
        ("notebooks:\n  names:\n    Rust: {}\n    rust: {}", 4, "differ only in case"),
        ("notebooks:\n  names: [A, A]", 2, "twice"),
        ("notebooks:\n  from: kategory", 2, "is not a field"),
        ("notebooks:\n  from: status", 2, "which is the status"),
        ("notebooks:\n  from: date_published", 2, "list, choice, text or tag"),
        (
            "roles: {notebooks: topics}\nnotebooks:\n  from: notebooklm_category",
            3,
            "leave one of them out",
        ),
        # A value that is not found as text has the line of its name.
        ("taggable: yes\nnotebooks:\n  cap: yes", 3, "cap of notebooks is yes"),
        ("notebooks:\n  names:\n    A: {cap: 5}\n    B:\n      cap: yes", 5, "notebook B is yes"),
        ("notebooks:\n  names:\n    A: {cap: 5}\n  cap: [5]", 4, "cap of notebooks is"),
        ("notebooks:\n  cap: 60\n  hosts:\n    x.com: no", 4, "has no for x.com"),
        ("notebooks:\n  cap: 60\n  limits:\n    words: x\n", 4, "must be a number"),
        ("notebooks:\n  cap: 60\n  from: [a]\n", 3, "must be text"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(schema_of, text, line, said):
    with pytest.raises(SchemaError) as refused:
        schema_of(text)
    assert f"line {line}:" in str(refused.value)
    assert said in str(refused.value)


def test_an_unknown_part_is_ignored_with_a_warning(schema_of):
    schema = schema_of("notebooks: {cap: 60, colour: red}")
    assert schema.notebooks.cap == 60
    assert "colour" in schema.warnings[0]


def test_the_category_can_be_the_notebook(schema_of):
    schema = schema_of("notebooks: {from: notebooklm_category}")
    assert schema.roles.notebooks == schema.roles.category == "notebooklm_category"
    assert schema.roles.sent == "notebooks_sent"
    assert schema.shorts["nb"] == "notebooklm_category"


@pytest.mark.parametrize(
    ("text", "notebooks", "sent"),
    [
        ("roles: {notebooks: null}", "", ""),
        ("roles: {sent: null}", "notebooks", ""),
        ("fields: {notebooks: null}", "", ""),
        ("roles: {notebooks: books, sent: gone}", "books", "gone"),
        ("base: none\nroles: {status: s, notebooks: books}\nfields: {s: {kind: choice, "
         "values: [a, b]}}\nflow: {main: [a, b], archive: null}", "books", "books_sent"),
        ("base: none\nroles: {status: s}\nfields: {s: {kind: choice, values: [a, b]}}\n"
         "flow: {main: [a, b], archive: null}", "", ""),
    ],
)  # fmt: skip
def test_the_roles_can_be_renamed_or_left_out(schema_of, text, notebooks, sent):
    schema = schema_of(text)
    assert (schema.roles.notebooks, schema.roles.sent) == (notebooks, sent)
    assert schema.shorts.get("nb", "") == notebooks
    assert (sent in schema.fields) == bool(sent)


def test_a_name_that_is_there_twice_is_said_with_both_lines(schema_of):
    schema = schema_of("notebooks:\n  names:\n    A: one\n    B:\n    A: two\n")
    assert schema.notebooks.planned["A"].purpose == "two"
    (warning,) = schema.warnings
    assert warning.endswith("line 5: A is in line 3 already; sluice ignored that line.")
    recursive = "notebooks: {names: {A: &a {for: x}, B: *a}}\nviews: {x: 'a'}\n"
    assert schema_of(recursive).warnings == ()
