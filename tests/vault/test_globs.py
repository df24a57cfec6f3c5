"""Patterns of file names, and which files they make sources."""

from __future__ import annotations

import pytest

from tui.vault.globs import Globs
from tui.vault.rule import BUILT_IN, Names, Rule, Tagged


@pytest.mark.parametrize(
    ("pattern", "matched", "others"),
    [
        ("**/*.md", ["a.md", "x/y/a.md", "x/_a.md"], ["_x/a.md", ".x/a.md", "x/.a.md", "a.txt"]),
        ("*.md", ["a.md", "A.MD"], ["x/a.md", "a.mdx"]),
        ("Readme.MD", ["Readme.md", "Readme.MD"], ["README.md"]),
        ("**/*.markdown", ["x/a.Markdown"], ["a.md"]),
        ("Inbox/**", ["Inbox/a.md", "Inbox/b/c.md"], ["Inbox2/a.md", "Inbox/_d/c.md", "Inbox"]),
        ("**", ["a.md", "x/y.md"], [".x/y.md"]),
        ("_posts/**", ["_posts/a.md", "_posts/b/c.md"], ["_posts/_old/a.md", "_drafts/a.md"]),
        ("**/_posts/*.md", ["_posts/a.md", "x/y/_posts/a.md"], ["_posts/b/a.md", "_x/_posts/a.md"]),
        (".notes/**", [".notes/a.md"], [".other/a.md", ".notes/.git/a.md"]),
        ("a[bc]?.md", ["abz.md", "acy.md"], ["adz.md", "ab.md"]),
        ("[!x]*.txt", ["y.txt"], ["x.txt"]),
        ("x/**/b/*.md", ["x/b/a.md", "x/y/z/b/a.md"], ["b/a.md", "x/y/a.md"]),
        ("Café/*", ["Cafe\u0301/a.md", "Café/a.md"], ["Cafe/a.md"]),
        ("*a*b*.md", ["xaxbx.md", "ab.md", "aab.md"], ["ba.md"]),
        ("a.b+(c).md", ["a.b+(c).md"], ["aXb+(c).md"]),
    ],
)
def test_a_pattern_matches_what_people_mean_by_it(pattern, matched, others):
    globs = Globs([pattern])
    assert [name for name in (*matched, *others) if globs.match(name)] == matched


def test_an_excluding_pattern_also_matches_in_hidden_folders():
    globs = Globs(["**/_*-template.md", "**/drafts/**"], spares_hidden=False)
    assert globs.match("_x-template.md") and globs.match("_a/_x-template.md")
    assert globs.swallow("a/drafts") and globs.match("drafts/x/y.md") and not globs.swallow("a")


def test_a_folder_is_opened_on_the_way_to_what_a_pattern_names():
    globs = Globs(["a/_b/c/*.md"])
    assert [each for each in ("a", "a/_b", "a/_b/c", "a/_b/d", "_b") if globs.open(each)] == [
        "a", "a/_b", "a/_b/c"]  # fmt: skip


@pytest.mark.timeout(10)
@pytest.mark.parametrize("pattern", ["**/**/**/**/*a*b*c*d*.md", "/".join(["**", "a*"] * 30) + "z"])
def test_a_pattern_made_to_be_slow_is_not(pattern):
    globs = Globs([pattern])
    assert not globs.match("/".join(["aaaa"] * 200) + "/" + "abc" * 80)


def test_folders_of_other_programs_are_never_entered():
    rule = Rule(include=("**/.git/**", "**/node_modules/**", ".obsidian/*"), header="any")
    folders = (".git", "a/.git/b", "node_modules", ".obsidian")
    assert not any(map(rule.enters, folders))
    assert not BUILT_IN.lists("node_modules/SOURCE-a.md")


def test_a_rule_survives_its_way_to_another_process():
    names = Names(
        "t",
        others={"t": ("u",)},
        tagged={"s": Tagged("tags", "s/"), "p": Tagged("tags", "", ("x", "y"))},
        dates=(),
    )
    rule = Rule(("s",), "", ("a/**",), ("b",), "none-too", ("x",), "tags", (".md",), names)
    assert Rule.load(rule.dump()) == rule
    assert Rule.load(BUILT_IN.dump()) == BUILT_IN
