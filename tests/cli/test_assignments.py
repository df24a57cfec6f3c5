"""Which arguments of ``sluice set`` are assignments."""

import pytest

from tui.cli.assignments import Assignment, quoted_name, read_name, read_pair, split_arguments


@pytest.mark.parametrize(
    ("argument", "assignment"),
    [
        ("tier=noise", Assignment("tier", "=", "noise")),
        ("tier=", Assignment("tier", "=", "")),
        ("tier =noise", Assignment("tier", "=", "noise")),
        ("topics+=a=b", Assignment("topics", "+=", "a=b")),
        ("topics-=a", Assignment("topics", "-=", "a")),
        ("my-field=-1", Assignment("my-field", "=", "-1")),
        ("title=two\nlines", Assignment("title", "=", "two\nlines")),
        ("my.field=x", Assignment("my.field", "=", "x")),
        ("1=2", Assignment("1", "=", "2")),
        ("read by=Ada", Assignment("read by", "=", "Ada")),
        ("dc:title=x", Assignment("dc:title", "=", "x")),
        ("a+b=x", Assignment("a+b", "=", "x")),
        ("c++=x", Assignment("c+", "+=", "x")),
        ("pros/cons=x", Assignment("pros/cons", "=", "x")),
        ("url=https://example.com/a.md", Assignment("url", "=", "https://example.com/a.md")),
        ('say "hi"=x', Assignment('say "hi"', "=", "x")),
        ("分类=小说", Assignment("分类", "=", "小说")),
        ("größe+=x", Assignment("größe", "+=", "x")),
        ("श्रेणी=x", Assignment("श्रेणी", "=", "x")),
        ("🎯=x", Assignment("🎯", "=", "x")),
        ('"a=b"=c', Assignment("a=b", "=", "c")),
        ('"c++"+=x', Assignment("c++", "+=", "x")),
        ('"a-"-=x', Assignment("a-", "-=", "x")),
        ('" a "=x', Assignment(" a ", "=", "x")),
        ('"say ""hi"""=x', Assignment('say "hi"', "=", "x")),
        ('"x"="y"', Assignment("x", "=", '"y"')),
        ('"dir/a"=b.md', Assignment("dir/a", "=", "b.md")),
    ],
)
def test_a_field_an_operator_and_anything_is_an_assignment(tmp_path, argument, assignment):
    assert split_arguments([argument], [tmp_path]) == ((), (assignment,))


@pytest.mark.parametrize(
    "argument",
    ["SOURCE-1", "dir/a=b.md", "./a=b.md", "=x", " =x", "tier", '"tier', '"a"b=c', '""=x', ""],
)
def test_anything_else_is_a_reference(tmp_path, argument):
    assert split_arguments([argument], [tmp_path]) == ((argument,), ())


@pytest.mark.parametrize(
    ("name", "typed"),
    [("a=b", "a=b"), ("caf\u00e9=1.md", "cafe\u0301=1.md"), ("cafe\u0301=1.md", "caf\u00e9=1.md")],
)
def test_an_existing_file_is_a_reference_whatever_its_name(tmp_path, name, typed):
    (tmp_path / name).touch()
    assert split_arguments([typed], [tmp_path / "other", tmp_path]) == ((typed,), ())


def test_a_field_in_quotes_counts_even_where_a_file_has_that_name(tmp_path):
    (tmp_path / "a=b").touch()
    assert split_arguments(['"a"=b'], [tmp_path]) == ((), (Assignment("a", "=", "b"),))


def test_an_assignment_too_long_for_a_file_name_is_still_one(tmp_path):
    assert split_arguments(["title=" + "x" * 5000, "a=\0"], [tmp_path])[0] == ()


@pytest.mark.parametrize(
    "name",
    ["tier", "a=b", "c++", "a-", " a", 'say "hi"', '"', '"x"', "分类", "read by", "a.b", "🎯"],
)
def test_a_name_written_for_the_command_line_is_read_back(tmp_path, name):
    _, (found,) = split_arguments([f"{quoted_name(name)}=x"], [tmp_path])
    assert found == Assignment(name, "=", "x")
    assert read_name(quoted_name(name)) == name


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("a=b", ("a", "b")),
        ("Alte Größe=neue", ("Alte Größe", "neue")),
        ("a = b", ("a", "b")),
        ('"a=b"=c', ("a=b", "c")),
        ('a="b=c"', ("a", "b=c")),
        ('"say ""a"""=" b "', ('say "a"', " b ")),
        ("a+=b", ("a+", "b")),
    ],
)
def test_old_and_new_are_each_in_quotes_where_needed(text, pair):
    assert read_pair(text) == pair


@pytest.mark.parametrize("text", ["a=b=c", "a", "=b", "a=", '"a"', '"a"b=c', '""=b', " = "])
def test_old_and_new_that_are_not_clear_are_none(text):
    assert read_pair(text) is None
