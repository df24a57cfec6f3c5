"""Which arguments of ``sluice set`` are assignments."""

import pytest

from tui.cli.assignments import Assignment, split_arguments


@pytest.mark.parametrize(
    ("argument", "assignment"),
    [
        ("tier=noise", Assignment("tier", "=", "noise")),
        ("tier=", Assignment("tier", "=", "")),
        ("topics+=a=b", Assignment("topics", "+=", "a=b")),
        ("topics-=a", Assignment("topics", "-=", "a")),
        ("my-field=-1", Assignment("my-field", "=", "-1")),
        ("title=two\nlines", Assignment("title", "=", "two\nlines")),
    ],
)
def test_a_field_a_sign_and_anything_is_an_assignment(tmp_path, argument, assignment):
    assert split_arguments([argument], tmp_path) == ((), (assignment,))


@pytest.mark.parametrize("argument", ["SOURCE-1", "dir/a=b.md", "1=2", "=x", "a.b=c", "tier"])
def test_anything_else_is_a_reference(tmp_path, argument):
    assert split_arguments([argument], tmp_path) == ((argument,), ())


def test_an_existing_file_is_a_reference_whatever_its_name(tmp_path):
    (tmp_path / "a=b").touch()
    assert split_arguments(["a=b"], tmp_path) == (("a=b",), ())


def test_an_assignment_too_long_for_a_file_name_is_still_one(tmp_path):
    assert split_arguments(["title=" + "x" * 5000, "a=\0"], tmp_path)[0] == ()
