"""Which files become sources, in folders of many kinds."""

from __future__ import annotations

import pytest

from tests.guess.folders import bare, guessed, note, titled, with_values, write
from tui.errors import Stopped
from tui.guess.explain import found_in, reasons
from tui.guess.survey import survey
from tui.guess.write import write_schema
from tui.vault.progress import Progress


def names(found):
    return {found.notes[number].name for number in found.sources.numbers}


def test_with_a_status_in_most_headers_every_header_is_a_source(tmp_path):
    with_values(tmp_path, "status", {"todo": 30, "done": 30})
    titled(tmp_path, 20)
    bare(tmp_path, 4)
    found = guessed(tmp_path)
    assert found.sources.header == "any"
    assert len(found.sources.numbers) == 80
    assert found.sources.note.endswith("; 4 without a header stay out")
    assert "   # 80 of 84 files; 4 without a header stay out (none-too takes" in write_schema(found)
    assert any("stay out (--all takes them in)" in line.text for line in reasons(found))


def test_with_a_status_in_one_folder_that_folder_is_the_source(tmp_path):
    with_values(tmp_path, "status", {"todo": 30, "done": 20}, "3 Resources/Papers/")
    titled(tmp_path, 6, "3 Resources/Papers/")
    with_values(tmp_path, "status", {"done": 3}, "Elsewhere/")
    titled(tmp_path, 200, "Journal/")
    found = guessed(tmp_path)
    assert found.sources.include == ("3 Resources/Papers/**",)
    assert len(found.sources.numbers) == 59
    assert found.sources.certainty == "likely"


def test_a_status_here_and_there_takes_its_notes_and_the_inbox(tmp_path):
    titled(tmp_path, 200, "Journal/")
    titled(tmp_path, 7, "00 Inbox/")
    for at in range(20):
        with_values(tmp_path, "status", {"todo": 2}, f"Projects/{at}/")
        titled(tmp_path, 4, f"Projects/{at}/")
    found = guessed(tmp_path)
    assert found.sources.include == ("00 Inbox/**",)
    assert len(found.sources.numbers) == 47
    assert found.sources.certainty == "open"


def test_without_an_inbox_only_notes_with_the_status_are_sources(tmp_path):
    titled(tmp_path, 200, "Journal/")
    for at in range(20):
        with_values(tmp_path, "status", {"todo": 2}, f"Projects/{at}/")
        titled(tmp_path, 4, f"Projects/{at}/")
    found = guessed(tmp_path)
    assert (found.sources.include, found.sources.header) == (("**/*.md",), "status")
    assert len(found.sources.numbers) == 40


def test_a_large_vault_without_a_status_takes_what_waits(tmp_path):
    bare(tmp_path, 400, "Notes/")
    bare(tmp_path, 20, "Inbox/")
    write(tmp_path, {f"Notes/x{n}.md": note({"tags": ["b", "inbox"]}) for n in range(4)})
    found = guessed(tmp_path)
    assert found.sources.include == ("Inbox/**",)
    assert (found.sources.tagged, found.sources.header) == (("inbox",), "none-too")
    assert len(found.sources.numbers) == 24
    assert found.sources.certainty == "open"
    assert len(guessed(tmp_path, all_notes=True).sources.numbers) == 424


def test_a_small_vault_without_a_status_takes_everything(tmp_path):
    bare(tmp_path, 40, "Notes/")
    bare(tmp_path, 20, "Inbox/")
    assert len(guessed(tmp_path).sources.numbers) == 60


@pytest.mark.parametrize("inbox", ["+", "Clippings", "0. Inbox", "収件箱", "Posteingang", "_Inbox"])
def test_inboxes_of_many_names(tmp_path, inbox):
    bare(tmp_path, 400, "Notes/")
    bare(tmp_path, 20, f"{inbox}/")
    assert len(guessed(tmp_path).sources.numbers) == 20


def test_templates_are_left_out_where_they_have_something_to_fill_in(tmp_path):
    titled(tmp_path, 10)
    texts = ["{{date}}", "<% tp.date.now() %>", "nothing", "nothing"]
    write(
        tmp_path, {f"Meta/Templates/{n}.md": note({"a": 1}, text) for n, text in enumerate(texts)}
    )
    titled(tmp_path, 5, "docs/templates/")
    found = guessed(tmp_path)
    assert found.sources.exclude == ("Meta/Templates/**",)
    assert len(found.sources.numbers) == 15


def test_a_header_to_be_filled_in_is_left_out(tmp_path):
    titled(tmp_path, 10)
    write(tmp_path, {"Daily.md": note('title: "{{title}}"'), "x.md": note({"title": "x"}, "{{y}}")})
    found = guessed(tmp_path)
    assert found.sources.exclude == ("Daily.md",)


def test_posts_that_all_have_such_marks_are_not_templates(tmp_path):
    write(
        tmp_path,
        {f"{n}.md": note(f'title: t{n}\nimage: "{{{{ site.url }}}}/a.png"') for n in range(30)},
    )
    assert len(guessed(tmp_path).sources.numbers) == 30


def test_files_that_are_not_notes_are_left_out_unless_they_have_a_status(tmp_path):
    with_values(tmp_path, "status", {"todo": 30})
    write(
        tmp_path,
        {
            "README.md": "Read me",
            "a/README.md": note({"status": "todo"}),
            "AGENTS.md": "Do this",
            "LICENSE.md": "Free",
            "docs/license.md": note({"title": "License"}),
            "b/index.md": note({"weight": 1}),
            "c/index.md": note({"title": "C"}),
            "_index.md": note({"title": "Top"}),
            "Book Template.md": note("author:\nyear:\n"),
            "How to write a template.md": note({"title": "How to write a template"}),
        },
    )
    found = guessed(tmp_path)
    assert names(found) >= {
        "a/README.md",
        "docs/license.md",
        "c/index.md",
        "How to write a template.md",
    }
    assert found.sources.exclude == (
        "**/* Template.md",
        "**/AGENTS.md",
        "**/LICENSE.md",
        "**/_index.md",
        "README.md",
        "b/index.md",
    )


def test_other_endings_and_underscored_folders_are_named(tmp_path):
    titled(tmp_path, 5)
    write(
        tmp_path,
        {
            "_posts/2024-01-01-a.markdown": note({"title": "a"}),
            "docs/_drafts/b.md": note({"title": "b"}),
            "src/c.mdx": note({"title": "c"}),
            "_includes/d.md": "no header\n",
        },
    )
    found = guessed(tmp_path)
    assert found.sources.include == (
        "**/*.md",
        "**/*.markdown",
        "**/*.mdx",
        "_posts/**",
        "_posts/**/*.markdown",
        "docs/_drafts/**",
    )
    assert len(found.sources.numbers) == 8


def test_what_other_programs_store_is_not_read(tmp_path):
    titled(tmp_path, 5)
    for folder in (
        ".git",
        ".obsidian",
        ".trash",
        ".logseq",
        ".hidden",
        "node_modules/x",
        "logseq/bak",
    ):
        titled(tmp_path, 3, f"{folder}/")
    found = guessed(tmp_path)
    assert len(found.notes) == 5
    assert dict(found.survey.hidden) == {".hidden": 3}
    assert found.sources.exclude == ("**/logseq/bak/**", "**/node_modules/**")


def test_links_out_of_the_folder_and_pipes_are_not_followed(tmp_path):
    import os

    outside = titled(tmp_path / "outside", 3)
    root = titled(tmp_path / "vault", 5)
    (root / "link.md").symlink_to(outside / "titled 0000.md")
    (root / "folder").symlink_to(outside)
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.md")
    (root / "gone.md").symlink_to(root / "nothing.md")
    (root / "folder.md").mkdir()
    assert len(guessed(root).notes) == 5


def test_broken_headers_and_other_bytes_do_not_stop_it(tmp_path):
    with_values(tmp_path, "status", {"todo": 30})
    (tmp_path / "a.md").write_text('---\ntitle: "a"b"\nstatus: todo\n---\n')
    (tmp_path / "b.md").write_bytes(b"---\nstatus: t\xff\xfe\n---\n")
    (tmp_path / "c.md").write_bytes(b"\x00\x01\x02")
    (tmp_path / "d.md").write_text("+++\nbroken = = 1\n+++\n")
    (tmp_path / "e.md").write_text('{\n "title": "x"\n}\n')
    (tmp_path / "f.md").write_text("---\n" + "a: [" * 500)
    (tmp_path / "g.md").write_text("---\n? [a, b]\n: 1\n2: 3\nstatus: [[x]]\n---\n")
    (tmp_path / "h.md").write_text("")
    found = guessed(tmp_path)
    assert found.status.name == "status"
    assert len(found.notes) == 38


def test_a_template_of_decisions_is_left_out(tmp_path):
    with_values(tmp_path, "status", {"accepted": 10, "proposed": 4})
    text = note('status: "{proposed | accepted}"\ndate: {YYYY-MM-DD}', "# {title}\n")
    write(tmp_path, {"docs/adr-template.md": text})
    found = guessed(tmp_path)
    assert len(found.sources.numbers) == 14
    assert found.sources.exclude == ("**/*-template.md",)


def test_reading_a_large_folder_can_be_stopped(tmp_path):
    titled(tmp_path, 250)
    progress = Progress()
    survey(tmp_path, progress)
    assert (progress.done, progress.total) == (200, 250)
    progress.stop()
    with pytest.raises(Stopped):
        survey(tmp_path, progress)


def test_texts_made_for_backtracking_take_no_time(tmp_path):
    titled(tmp_path, 5)
    write(tmp_path, {"a.md": note({"title": "a"}, "<!-- x -->" * 3_000 + "text")})
    write(tmp_path, {"b.md": note({"title": "b"}, "}}" + "{{" * 16_000)})
    write(tmp_path, {"c.md": note({"title": "c", "x" * 100_000: 1})})
    assert len(guessed(tmp_path).sources.numbers) == 8


def test_all_notes_are_also_those_without_a_header(tmp_path):
    titled(tmp_path, 40)
    bare(tmp_path, 10, "Loose/")
    assert len(guessed(tmp_path).sources.numbers) == 40
    found = guessed(tmp_path, all_notes=True)
    assert (found.sources.header, len(found.sources.numbers)) == ("none-too", 50)
    assert "10 have no header yet" in found.sources.note


def test_a_json_header_is_not_called_none(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.md").write_text('{\n  "title": "One"\n}\nText.\n')
    (tmp_path / "plain.md").write_text("Text.\n")
    note = guessed(tmp_path).sources.note
    only_read = "5 with a JSON header, which sluice only reads"
    assert note == f"6 of 6 files; 1 has no header yet; {only_read}"


def test_where_most_notes_are_called_readme_they_are_notes(tmp_path):
    for at in range(30):
        write(tmp_path, {f"solutions/{at}/README.md": note({"difficulty": "hard"}, f"# No {at}\n")})
    titled(tmp_path, 10)
    found = guessed(tmp_path)
    assert len(found.sources.numbers) == 40
    assert found.out.names == frozenset()


def test_a_few_readmes_beside_notes_are_none(tmp_path):
    for at in range(19):
        write(tmp_path, {f"solutions/{at}/README.md": note({"difficulty": "hard"})})
    assert len(guessed(tmp_path).sources.numbers) == 0
    titled(tmp_path, 40)
    assert len(guessed(tmp_path).sources.numbers) == 40


def test_a_numbered_index_is_a_note(tmp_path):
    titled(tmp_path, 10)
    write(tmp_path, {"00 Index.md": note({"tags": ["a"]}), "index.md": note({"tags": ["a"]})})
    assert {name for name in names(guessed(tmp_path)) if "ndex" in name} == {"00 Index.md"}


def test_headers_in_json_are_counted_apart(tmp_path):
    titled(tmp_path, 20)
    write(tmp_path, {f"json {at}.md": '{\n"title": "x"\n}\nText.\n' for at in range(4)})
    found = guessed(tmp_path)
    assert "4 without a header or with one in JSON stay out" in found.sources.note
    for name in sorted(names(found)):
        (tmp_path / name).unlink()
    found = guessed(tmp_path)
    assert found.sources.certainty == "likely"
    assert "0 with a header and 4 with one in JSON, which sluice only reads" in found_in(found, "x")
