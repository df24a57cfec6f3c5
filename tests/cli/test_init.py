"""`sluice init`: looks at a folder and writes a schema for it."""

from __future__ import annotations

import hashlib

import pytest
import yaml

from tests.guess.folders import bare, titled, with_values, write


def digest(root):
    """What every file of a folder contains."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def rfcs(tmp_path):
    return with_values(tmp_path / "rfcs", "stage", {"accepted": 20, "released": 20})


def schema_of(root):
    return yaml.safe_load((root / "sluice.yaml").read_text(encoding="utf-8"))


def test_yes_writes_a_schema_and_changes_no_note(rfcs, run):
    before = digest(rfcs)
    outcome = run("init", str(rfcs), "--yes")
    assert outcome.code == 0
    assert "Wrote" in outcome.err
    assert outcome.out == ""
    schema = schema_of(rfcs)
    assert schema["base"] == "none"
    assert schema["roles"]["status"] == "stage"
    assert schema["flow"]["main"][-2:] == ["accepted", "released"]
    after = digest(rfcs)
    del after["sluice.yaml"]
    assert after == before


def test_a_dry_run_prints_the_same_and_writes_nothing(rfcs, run):
    before = digest(rfcs)
    outcome = run("init", str(rfcs), "--dry-run")
    assert (outcome.code, outcome.err) == (0, "")
    assert digest(rfcs) == before
    run("init", str(rfcs), "--yes")
    assert (rfcs / "sluice.yaml").read_text(encoding="utf-8") == outcome.out


def test_into_a_pipe_it_only_prints(rfcs, run):
    outcome = run("init", str(rfcs))
    assert outcome.code == 0
    assert outcome.out.startswith("# Written by `sluice init`")
    assert not (rfcs / "sluice.yaml").exists()


@pytest.mark.parametrize("kind", ["file", "link to nowhere"])
def test_a_schema_that_exists_is_never_overwritten(rfcs, run, kind):
    path = rfcs / "sluice.yaml"
    if kind == "file":
        path.write_text("lookup: {title: 1}\n")
    else:
        path.symlink_to(rfcs / "nowhere.yaml")
    outcome = run("init", str(rfcs), "--yes")
    assert outcome.code == 1
    assert "already exists" in outcome.err
    assert not (rfcs / "nowhere.yaml").exists()
    if kind == "file":
        assert path.read_text() == "lookup: {title: 1}\n"
    assert run("init", str(rfcs), "--dry-run").code == 0


def test_an_unknown_order_is_refused_with_all_values_and_written_when_named(tmp_path, run):
    with_values(tmp_path, "status", {"zeta": 12, "kappa": 12})
    outcome = run("init", str(tmp_path), "--yes")
    assert outcome.code == 1
    assert "zeta 12" in outcome.err
    assert "kappa 12" in outcome.err
    assert "--main" in outcome.err
    assert not (tmp_path / "sluice.yaml").exists()
    assert run("init", str(tmp_path), "--yes", "--main", "zeta,kappa").code == 0
    assert schema_of(tmp_path)["flow"]["main"] == ["zeta", "kappa"]


def test_a_value_with_a_comma_can_be_named(tmp_path, run):
    with_values(tmp_path, "status", {"zeta, at last": 12, "kappa": 12})
    outcome = run("init", str(tmp_path), "--yes", "--main", 'kappa,"zeta, at last"')
    assert outcome.code == 0
    assert schema_of(tmp_path)["flow"]["main"] == ["kappa", "zeta, at last"]


@pytest.mark.parametrize("given", ["", "a,,b", "a,a"])
def test_a_main_line_that_is_none_is_wrong(tmp_path, run, given):
    outcome = run("init", str(tmp_path), "--main", given)
    assert outcome.code == 2
    assert "not a list of different values" in outcome.err


def test_the_status_can_be_named_where_several_could_be(tmp_path, run):
    with_values(tmp_path, "readingStatus", {"want-to-read": 20, "finished": 8}, "books/")
    with_values(tmp_path, "watchStatus", {"to watch": 20, "watched": 8}, "films/")
    outcome = run("init", str(tmp_path), "--yes", "--status", "watchstatus")
    assert outcome.code == 0
    assert schema_of(tmp_path)["roles"]["status"] == "watchStatus"
    refused = run("init", str(tmp_path), "--dry-run", "--status", "title")
    assert refused.code == 1
    assert "cannot be the status" in refused.err


def test_a_folder_that_the_built_in_schema_fits_needs_none(vault, run):
    outcome = run("init", "--yes")
    assert outcome.code == 0
    assert "needs no sluice.yaml" in outcome.err
    assert not (vault / "sluice.yaml").exists()


@pytest.mark.parametrize("where", ["missing", "file", "empty", "hidden", "read-me"])
def test_a_folder_without_notes_says_so(tmp_path, run, where):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    titled(tmp_path / "hidden", 3, ".notes/")
    write(tmp_path / "read-me", {"README.md": "Read me\n", "docs/README.md": "And me\n"})
    outcome = run("init", str(tmp_path / where), "--yes")
    assert outcome.code == 1
    words = {
        "empty": "`sluice add URL`",
        "read-me": "2 Markdown files of templates",
        "hidden": "3 Markdown files in hidden folders: .notes/",
    }
    assert words.get(where, "Cannot read") in outcome.err
    assert not (tmp_path / where / "sluice.yaml").exists()


def test_explain_says_why_with_counts(rfcs, run):
    outcome = run("init", str(rfcs), "--explain")
    assert outcome.code == 0
    parts = [line.split("\t")[0] for line in outcome.lines]
    assert {"sources", "status", "tier", "title", "untitled"} <= set(parts)
    assert "accepted 20, released 20; 100 % of 40 headers" in outcome.out
    assert not (rfcs / "sluice.yaml").exists()


def test_yes_and_a_dry_run_do_not_go_together(rfcs, run):
    assert run("init", str(rfcs), "--yes", "--dry-run").code == 2


def test_the_folder_may_be_named_as_the_vault(rfcs, run):
    assert run("init", "--vault", str(rfcs), "--yes").code == 0
    assert (rfcs / "sluice.yaml").exists()


def test_a_terminal_sees_what_was_found_and_is_asked_once(rfcs, run_in_terminal):
    shown = run_in_terminal("init", str(rfcs), keys=b"y\n", after=b"[y/N]")
    assert shown.code == 0
    assert "40 Markdown files, 40 with a header; 40 sources" in shown.out
    assert "stage: inbox → accepted → released" in shown.out
    assert shown.out.count("?") == 1
    assert schema_of(rfcs)["roles"]["status"] == "stage"


def test_a_no_writes_nothing(rfcs, run_in_terminal):
    shown = run_in_terminal("init", str(rfcs), keys=b"\n", after=b"[y/N]")
    assert shown.code == 1
    assert "Nothing was written." in shown.out
    assert not (rfcs / "sluice.yaml").exists()


def test_a_terminal_is_asked_for_an_order_that_no_word_says(tmp_path, run_in_terminal):
    with_values(tmp_path, "status", {"zeta": 14, "kappa": 12, "omega": 8})
    keys = b"9 1\n2 1\n1\n3\ny\n"
    shown = run_in_terminal("init", str(tmp_path), keys=keys, after=b"2 1 3:")
    assert shown.code == 0, shown.out
    assert schema_of(tmp_path)["flow"] == {"main": ["kappa", "zeta"], "archive": "omega"}


def test_a_terminal_is_asked_which_notes_wait(tmp_path, run_in_terminal):
    bare(tmp_path, 400, "Notes/")
    bare(tmp_path, 20, "Inbox/")
    shown = run_in_terminal("init", str(tmp_path), keys=b"2\ny\n", after=b"or enter for 1:")
    assert shown.code == 0, shown.out
    assert schema_of(tmp_path)["sources"] == {"include": ["**/*.md"], "header": "none-too"}


def test_the_notes_that_wait_can_be_those_of_any_folder_or_tag(tmp_path, run_in_terminal):
    bare(tmp_path, 400, "Notes/")
    bare(tmp_path, 20, "Inbox/")
    bare(tmp_path, 30, "Areas/Boat/")
    keys = b"nowhere\nareas/boat\ny\n"
    shown = run_in_terminal("init", str(tmp_path), keys=keys, after=b"or enter for 1:")
    assert shown.code == 0, shown.out
    assert "is called nowhere" in shown.out
    assert schema_of(tmp_path)["sources"] == {"include": ["Areas/Boat/**"], "header": "none-too"}


def test_all_takes_the_notes_without_a_status_too(tmp_path, run, run_in_terminal):
    for at in range(10):
        with_values(tmp_path, "status", {"todo": 1, "done": 1}, f"{at}/")
        titled(tmp_path, 5, f"{at}/")
    assert "20 of 70 files: those with a status" in run("init", str(tmp_path), "--dry-run").out
    assert "70 of 70 files" in run("init", str(tmp_path), "--dry-run", "--all").out
    shown = run_in_terminal("init", str(tmp_path), keys=b"2\ny\n", after=b"or enter for 1:")
    assert "Only 20 of 70 headers have a status. Which notes are your sources?" in shown.out
    assert schema_of(tmp_path)["sources"] == {"include": ["**/*.md"], "header": "any"}


def test_names_and_values_are_data_in_the_file_and_on_the_screen(tmp_path, run):
    odd = [
        "a: b",
        "- x",
        "yes",
        "1e3",
        "#tag",
        "it's",
        "[red]x[/]",
        "\u202ered",
        "日本 語",
        '"q"',
        "{x}",
    ]
    for number, value in enumerate(odd * 6):
        fields = {"title": f"t{number}", "my: status": value, "Tags & more": "x"}
        write(tmp_path, {f"[{number % 3}]*/{number}.md": f"---\n{yaml.safe_dump(fields)}---\n"})
    outcome = run("init", str(tmp_path), "--dry-run")
    schema = yaml.safe_load(outcome.out)
    assert schema["roles"]["status"] == "my: status"
    assert set(schema["fields"]["my: status"]["values"]) >= {
        "a: b",
        "yes",
        "1e3",
        "it's",
        "日本 語",
    }
    assert "\u202e" not in outcome.out
    explained = run("init", str(tmp_path), "--explain")
    assert "\u202e" not in explained.out


def test_a_field_that_is_spelt_differently_keeps_every_notes_value(tmp_path, run):
    for name in ("status", "Status"):
        with_values(tmp_path, name, {"todo": 12, "done": 12}, folder=f"{name} of/")
    assert run("init", str(tmp_path), "--yes").code == 0
    assert set(schema_of(tmp_path)["roles"]["status"]) == {"status", "Status"}
    listed = run("list", "status:done", "--vault", str(tmp_path)).lines
    assert len(listed) == 24
    path = tmp_path / "Status of" / "note Status 0001.md"
    before = path.read_bytes()
    assert run("promote", str(path), "--vault", str(tmp_path)).code == 0
    assert path.read_bytes() == before.replace(b"Status: todo", b"Status: done")
    assert run("undo", "--vault", str(tmp_path)).code == 0
    assert path.read_bytes() == before
    assert "looks like" not in run("check", "--vault", str(tmp_path)).out
    path.write_text("---\nstatus: todo\nStatus: done\n---\n")
    assert "looks like" in run("check", "--vault", str(tmp_path)).out


def test_numbers_and_yes_or_no_that_the_user_names_are_written_as_before(tmp_path, run):
    stages = with_values(tmp_path / "a", "stage", {1: 12, 2: 12})
    quoted = with_values(tmp_path / "b", "stage", {"1": 12, "2": 12})
    starred = with_values(tmp_path / "c", "starred", {False: 12, True: 12})
    for root, field, old, new in [
        (stages, "stage", "stage: 1", "stage: 2"),
        (quoted, "stage", "stage: '1'", "stage: '2'"),
        (starred, "starred", "starred: false", "starred: true"),
    ]:
        assert run("init", str(root), "--yes", "--status", field).code == 0
        path = root / f"note {field} 0001.md"
        before = path.read_text()
        assert old in before
        assert run("promote", str(path), "--vault", str(root)).code == 0
        assert path.read_text() == before.replace(old, new)


def test_what_no_word_places_is_said(tmp_path, run):
    with_values(tmp_path, "status", {"drafting": 20, "published": 20, "copyedit": 5})
    outcome = run("init", str(tmp_path), "--yes")
    assert "does not know the words: copyedit" in outcome.err


def test_the_order_to_be_named_leaves_out_what_means_archived(tmp_path, run):
    with_values(tmp_path, "status", {"zeta": 12, "kappa": 12, "rejected": 20})
    assert run("init", str(tmp_path), "--yes").err.endswith("--main kappa,zeta\n")


def test_a_field_called_as_another_fields_role_keeps_its_name(tmp_path, run):
    with_values(tmp_path, "stage", {"todo": 12, "done": 12}, tags=["a"])
    with_values(tmp_path, "topics", {"x": 1}, status="mine", tags=["a"], stage="todo")
    for path in tmp_path.glob("note topics*"):
        path.write_text(path.read_text().replace("topics: x", "topics: [x]"))
    assert run("init", str(tmp_path), "--yes", "--status", "stage").code == 0
    schema = schema_of(tmp_path)
    assert (schema["roles"]["topics"], schema["fields"]["topics"]) == ("tags", {"kind": "list"})
    path = tmp_path / "note stage 0001.md"
    before = path.read_text()
    assert run("set", str(path), "topics+=new", "--vault", str(tmp_path)).code == 0
    assert path.read_text().replace("topics:\n- new\n", "") == before
    assert path.read_text() != before


def test_a_field_called_category_beside_the_one_that_is_the_category(tmp_path, run):
    with_values(tmp_path, "stage", {"todo": 12, "done": 12}, folder="a/", categories=["x"])
    with_values(tmp_path, "stage", {"todo": 12}, folder="b/", categories=["y"], priority="high")
    with_values(
        tmp_path, "stage", {"todo": 2, "done": 2}, folder="c/", category="z", priority="low", tier=1
    )
    assert run("init", str(tmp_path), "--yes").code == 0
    schema = schema_of(tmp_path)
    assert (schema["roles"]["category"], schema["roles"]["tier"]) == ("categories", "priority")
    assert {"category", "tier"} <= schema["fields"].keys()
    listed = run("list", "--vault", str(tmp_path))
    assert (listed.code, len(listed.lines), listed.err) == (0, 40, "")


def test_a_field_that_may_be_the_status_is_named_and_asked_about(tmp_path, run, run_in_terminal):
    with_values(tmp_path, "position", {"zeta": 14, "kappa": 12, "omega": 8})
    outcome = run("init", str(tmp_path), "--yes")
    assert outcome.code == 0
    assert "position may be the status (zeta 14, kappa 12, omega 8)" in outcome.err
    assert "--status position --main zeta,kappa,omega" in outcome.err
    assert schema_of(tmp_path)["roles"]["status"] == "status"
    (tmp_path / "sluice.yaml").unlink()
    keys = b"y\n2 1\n3\ny\n"
    shown = run_in_terminal("init", str(tmp_path), keys=keys, after=b"[y/N]")
    assert shown.code == 0, shown.out
    assert schema_of(tmp_path)["roles"]["status"] == "position"
    assert schema_of(tmp_path)["flow"] == {"main": ["kappa", "zeta"], "archive": "omega"}


def test_the_values_alone_may_name_the_field(tmp_path, run):
    with_values(tmp_path, "position", {"zeta": 14, "kappa": 12})
    outcome = run("init", str(tmp_path), "--yes", "--main", "kappa,zeta")
    assert (outcome.code, "may be" in outcome.err) == (0, False)
    assert schema_of(tmp_path)["roles"]["status"] == "position"
