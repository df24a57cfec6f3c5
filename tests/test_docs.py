"""What README, CONTRIBUTING and the changelog say is true of the program."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from textual.binding import Binding

from tui.app.commands import GROUPS
from tui.app.commands.command import key_sign
from tui.app.keymap import Keymap
from tui.app.screens.picker import Picker
from tui.app.themes import load_themes
from tui.app.widgets.insights import InsightList
from tui.cli.arguments import parse
from tui.cli.catalogue import COMMANDS
from tui.cli.main import main, opens_app
from tui.desk import Desk
from tui.errors import MoveRefused
from tui.resources import themes_folder
from tui.state.config import Config, load_config
from tui.state.places import places
from tui.triage.changes import promote, set_field
from tui.triage.schema import VAULT_SCHEMA, load_schema

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PICTURES = sorted((ROOT / "docs").glob("*.svg"))


def section(heading: str, text: str = README) -> str:
    """What stands below a heading, up to the next one of its level or above."""
    level = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, f"there is no heading {heading}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of the first table's rows, without its head."""
    found = re.search(r"^\|.*\n\|[ |-]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert found, "there is no table"
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found[1].splitlines()]


def code(text: str) -> list[str]:
    """What stands between backticks on one line."""
    return re.findall(r"`([^`\n]+)`", text)


def blocks(language: str, text: str = README) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def examples(text: str = README) -> list[list[str]]:
    """Every command line in a shell block, taken apart as a shell does."""
    lines = (line for block in blocks("sh", text) for line in block.splitlines())
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def named_keys(bindings: Iterable[object]) -> Iterator[str]:
    """The keys of a widget's bindings, as people write them."""
    for binding in bindings:
        assert isinstance(binding, Binding)
        yield from (key_sign(key) for key in binding.key.split(","))


def test_the_tour_is_about_the_samples_as_they_are(vault_copy):
    desk = Desk(vault_copy, places())
    tour = section("## Two minutes")
    raw, everything = len(desk.matching("status:raw")), len(desk.vault.sources)
    assert f"{raw} raw sources of {everything}" in tour
    titles = re.findall(r"\*([^*]+)\*", tour)
    assert len(titles) == 2
    for title in titles:
        assert any(source.title.startswith(title) for source in desk.vault.sources)
    (found,) = desk.matching("opne bui 800")
    assert found.title.startswith(titles[0])
    assert found.text("url")
    assert "opne bui 800" in tour


@pytest.mark.parametrize("group", GROUPS)
def test_the_key_table_lists_every_key_with_the_name_it_has_in_the_app(group):
    told = rows(section(f"### {group.capitalize()}"))
    true = [
        [" ".join(f"`{key_sign(key)}`" for key in command.keys), command.name]
        for command in GROUPS[group]
    ]
    table = "\n".join(f"| {keys} | {name} |" for keys, name in true)
    assert told == true, f"the table in README.md should be\n{table}"


def test_the_keys_of_the_insights_pane_are_those_it_has():
    told = {key for keys, _ in rows(section("### In the insights pane")) for key in code(keys)}
    assert told == {*named_keys(InsightList.BINDINGS), "i", "q", "esc"}


def test_the_keys_of_a_picker_are_those_it_has():
    told = {key for keys, _ in rows(section("### In a picker")) for key in code(keys)}
    assert told == set(named_keys(Picker.BINDINGS))


@pytest.mark.parametrize("query", [code(row[0])[0] for row in rows(section("## Search"))])
def test_every_query_shown_finds_something_among_the_samples(query, vault_copy):
    desk = Desk(vault_copy, places())
    found = desk.matching(query)
    assert 0 < len(found) < len(desk.vault.sources)


def test_every_short_field_name_is_explained():
    schema = load_schema()
    told = " ".join(section("## Search").split())
    for short, name in schema.shorts.items():
        assert f"`{short}:`" in told
        assert name in told or schema.fields[name].kind == "date"


def test_the_command_table_lists_every_command_and_no_other():
    first, *others = [code(row[0])[0].split()[1] for row in rows(section("## Command line"))]
    assert first == "[VAULT]"
    assert others == list(COMMANDS)


@pytest.mark.parametrize("row", rows(section("## Command line"))[1:], ids=lambda row: row[0])
def test_every_option_shown_is_one_the_command_has(row, capsys):
    assert main([code(row[0])[0].split()[1], "--help"]) == 0
    told = capsys.readouterr().out
    for option in re.findall(r"(?<!\w)--?[a-z][\w-]*", row[1]):
        assert option in told


def test_every_sluice_command_shown_is_understood(home):
    (home / "sources").mkdir()
    shown = [words[1:] for words in examples() if words[0] == "sluice"]
    assert len(shown) > 15
    for arguments in shown:
        if not opens_app(arguments):
            parse(arguments)


def test_the_commands_shown_do_their_work_on_the_samples(vault_copy, monkeypatch, capsys):
    monkeypatch.setenv("SLUICE_VAULT", str(vault_copy))
    for words in examples(section("## Command line")):
        expected = 1 if words[1] == "check" else 0
        assert main(words[1:]) == expected, f"{words}: {capsys.readouterr().err}"
        assert "Nothing to change" not in capsys.readouterr().err


def test_the_scripts_shown_exist():
    scripts = set(re.findall(r"python3 (\.ci/\w+)", README + CONTRIBUTING))
    assert scripts >= {".ci/start", ".ci/test", ".ci/screenshot"}
    for script in scripts:
        assert (ROOT / script).is_file()


def test_the_statuses_and_tiers_told_are_those_of_the_schema():
    schema = load_schema()
    told = section("## Schema")
    assert " → ".join(schema.flow.main) in told
    for name in (*schema.status.values, *schema.tier.values):
        assert name in told


@pytest.fixture
def bugs(tmp_path):
    """A folder with one report and README's schema for such folders."""
    (tmp_path / VAULT_SCHEMA).write_text(blocks("yaml", section("## Schema"))[0], encoding="utf-8")
    report = "---\ntitle: A tab moves the cursor\nstatus: open\ncomponent: editor\n---\nText.\n"
    (tmp_path / "tab.md").write_text(report, encoding="utf-8")
    return Desk(tmp_path, places())


def test_the_schema_shown_gives_a_vault_its_own_fields_values_and_views(bugs):
    schema = bugs.schema
    assert schema.status.values == ("open", "confirmed", "fixed", "declined")
    assert schema.tier.values == ("crash", "wrong", "ugly")
    assert next(iter(schema.views)) == "open"
    assert [source.stem for source in bugs.matching(schema.views["open"].query)] == ["tab"]
    assert all(bugs.matching(view.query) is not None for view in schema.views.values())
    assert bugs.problem_of(bugs.vault.sources[0]) is None


def test_the_schema_shown_moves_a_source_as_the_text_says(bugs):
    today = date(2026, 1, 2)
    with pytest.raises(MoveRefused, match="severity"):
        promote(bugs.schema, bugs.vault.sources, today)
    bugs.commit(set_field(bugs.schema, bugs.vault.sources, "sev", "crash"))
    for _ in range(2):
        bugs.commit(promote(bugs.schema, bugs.vault.sources, today))
    text = (bugs.vault.root / "tab.md").read_text(encoding="utf-8")
    assert "status: fixed\n" in text
    assert "date_fixed: 2026-01-02\n" in text


def test_the_settings_shown_are_read(tmp_path):
    (tmp_path / "config.yaml").write_text(blocks("yaml", section("## Settings and themes"))[0])
    config = load_config(tmp_path)
    assert replace(config, views={}) == Config(advance=False, theme="paper")
    assert [view.sort for view in config.views.values()] == ["date", ""]


def test_the_views_told_are_those_there_are_and_the_ones_shown_find_something(tmp_path, vault_copy):
    told = section("## Views")
    offered = told[told.index("`v` offers") : told.index(", each with")]
    names = re.split(r", | and ", " ".join(offered.removeprefix("`v` offers ").split()))
    desk = Desk(vault_copy, places())
    assert names == list(desk.schema.views)
    (tmp_path / "config.yaml").write_text(blocks("yaml", section("## Settings and themes"))[0])
    for view in load_config(tmp_path).views.values():
        found = desk.matching(view.query)
        assert 0 < len(found) < len(desk.vault.sources)
        assert not view.sort or desk.orders.read(view.sort).sort(found)


def test_the_keys_and_commands_shown_are_understood(tmp_path):
    shown = blocks("yaml", section("### Keys of your own") + section("### Commands of your own"))
    assert len(shown) == 2
    (tmp_path / "config.yaml").write_text("".join(shown))
    keymap = Keymap.of(load_config(tmp_path))
    assert keymap.sign("decide.archive", "find.search", "own.draft_insights") == "z a / ctrl+y"
    told = {code(row[0])[0] for row in rows(section("### Commands of your own"))}
    assert told == {"name", "key", "run", "for", "output", "timeout", "shell"}


def test_the_theme_shown_can_be_used_and_the_themes_named_are_those_there_are(tmp_path):
    text = section("## Settings and themes")
    (tmp_path / "night.toml").write_text(blocks("toml", text)[0])
    themes, complaints = load_themes([tmp_path])
    assert ([theme.name for theme in themes], complaints) == (["night"], [])
    ours, _ = load_themes([themes_folder()])
    assert len(ours) == 10
    dark, _, light = text.partition("are dark;")
    for theme in ours:
        assert re.search(rf"\b{theme.name}\b", dark if theme.dark else light)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", name).lower().replace(" ", "-") for name in headings}
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src(?:set)?="([^"]+)"', text)
    for link in links:
        if link.startswith("#"):
            assert link[1:] in anchors, f"{document} has no heading for {link}"
        elif "://" not in link:
            assert (ROOT / link).exists(), f"{document} leads to {link}, which is not there"


def test_readme_shows_a_dark_and_a_light_picture():
    assert [path.name for path in PICTURES] == ["screenshot-light.svg", "screenshot.svg"]
    for picture in PICTURES:
        assert f"docs/{picture.name}" in README


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_a_picture_shows_the_samples_and_nothing_of_the_machine_it_was_made_on(picture):
    text = picture.read_text(encoding="utf-8")
    words = " ".join(" ".join(ElementTree.fromstring(text).itertext()).split())
    assert "sluice seeds" in words
    assert "1 done today" in words
    assert not re.search(r"@font-face|@import|href=|url\((?!#)|/tmp/|/home/|/root/", text)


def test_the_map_names_only_what_exists():
    named = [name for name in code(CONTRIBUTING) if re.match(r"(tui|tests|docs|\.ci)/", name)]
    assert len(named) > 30
    for name in named:
        assert list(ROOT.glob(name.removesuffix("/"))), f"CONTRIBUTING.md names {name}"


def test_the_map_has_every_folder_of_the_code():
    folders = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tui").rglob("*.py")}
    mapped = section("## Map", CONTRIBUTING)
    for folder in folders - {"tui"}:
        assert f"`{folder}/`" in mapped
    for module in (ROOT / "tui").glob("[!_]*.py"):
        assert f"`tui/{module.name}`" in mapped


def test_the_direction_of_imports_told_is_the_one_that_is_checked():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = re.findall(r'^    "(tui\..*)",$', project, re.MULTILINE)
    told = blocks("text", section("## Direction of imports", CONTRIBUTING))[0]
    assert [line.strip() for line in told.splitlines()] == layers
