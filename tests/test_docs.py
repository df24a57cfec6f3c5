"""What README, docs/, CONTRIBUTING and the changelog say is true of the program."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.binding import Binding

from tui.app.boxes.picker import Picker
from tui.app.themes import load_themes
from tui.app.widgets.insights import InsightList
from tui.cli.arguments import parse
from tui.cli.catalogue import COMMANDS, FAMILIES
from tui.cli.catalogue import GROUPS as CLI_GROUPS
from tui.cli.main import main, opens_app
from tui.desk import Desk
from tui.errors import MoveRefused
from tui.resources import themes_folder
from tui.session.keys.catalogue import GROUPS
from tui.session.keys.command import key_sign
from tui.session.keys.keymap import Keymap
from tui.state.config import Config, load_config
from tui.state.folders import user_folders
from tui.triage.changes import promote, set_field
from tui.triage.schema import VAULT_SCHEMA, load_schema

ROOT = Path(__file__).parent.parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
}
"""Every page by its path."""
README, CONTRIBUTING = PAGES["README.md"], PAGES["CONTRIBUTING.md"]
KEYS, SEARCH, CLI = PAGES["docs/keys.md"], PAGES["docs/search.md"], PAGES["docs/cli.md"]
SCHEMA, CONFIG, FILES = PAGES["docs/schema.md"], PAGES["docs/config.md"], PAGES["docs/files.md"]
PROGRESS = PAGES["docs/progress.md"]
PICTURES = sorted((ROOT / "docs").glob("*.svg"))


def section(heading: str, text: str) -> str:
    """The text below a heading, up to the next one of its level or above."""
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
    lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in found[1].splitlines()]
    return [[cell.strip().replace("\\|", "|") for cell in line] for line in lines]


def code(text: str) -> list[str]:
    """The text between backticks, within a line."""
    return re.findall(r"`([^`\n]+)`", text)


def blocks(language: str, text: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def examples(text: str) -> list[list[str]]:
    """Every command line in a shell block, split as a shell does."""
    lines = (line for block in blocks("sh", text) for line in block.splitlines())
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def anchors(text: str) -> set[str]:
    """What a link can name after `#`: each heading as GitHub and zensical write it."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", outside, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", name).lower().replace(" ", "-") for name in headings}


def links(text: str) -> list[str]:
    """Where a page's links and pictures lead, code left out."""
    words = re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"\]\(([^)\s]+)\)", words) + re.findall(r'src(?:set)?="([^"]+)"', words)


def named_keys(bindings: Iterable[object]) -> Iterator[str]:
    """The keys of a widget's bindings, as people write them."""
    for binding in bindings:
        assert isinstance(binding, Binding)
        yield from (key_sign(key) for key in binding.key.split(","))


def test_the_tour_is_about_the_samples_as_they_are(vault_copy):
    desk = Desk(vault_copy, user_folders())
    tour = section("## Two minutes", README)
    for number in re.findall(r"(\d+) raw", tour):
        assert int(number) == len(desk.matching("status:raw"))
    titles = [title.rstrip("…") for title in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", tour)]
    for title in titles:
        assert any(source.title.startswith(title) for source in desk.vault.sources)
    (found,) = desk.matching("opne bui 800")
    assert found.title.startswith(titles[0])
    assert found.text("url")
    assert "opne bui" in tour


SCRIPT = runpy.run_path(str(ROOT / ".ci" / "pages"))
GENERATED = {path.relative_to(ROOT).as_posix(): text for path, text in SCRIPT["generated"]()}


@pytest.mark.parametrize("page", GENERATED)
def test_what_a_page_takes_from_the_code_is_up_to_date(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text == GENERATED[page], "`.venv/bin/python .ci/pages` writes it"


def test_every_generated_part_is_on_a_page():
    used = {
        name for page in PAGES.values() for name in re.findall(r"^<!-- ([\w:-]+) -->$", page, re.M)
    }
    assert used - {"end"} == set(SCRIPT["PARTS"])


@pytest.mark.parametrize("group", GROUPS)
def test_the_key_table_lists_every_key_with_the_name_it_has_in_the_app(group):
    names = {"select": "Mark"}
    shown = rows(section(f"## {names.get(group, group.capitalize())}", KEYS))
    assert shown == [
        [" ".join(f"`{key_sign(key)}`" for key in command.keys), command.name]
        for command in GROUPS[group]
    ]


def test_the_keys_of_the_insights_pane_are_those_it_has():
    shown = set(code(section("## Insights", KEYS)))
    assert shown >= {*named_keys(InsightList.BINDINGS), "i", "q", "esc"}


def test_the_keys_of_a_picker_are_those_it_has():
    shown = {key for keys, _ in rows(section("## Pickers", KEYS)) for key in code(keys)}
    assert shown == set(named_keys(Picker.BINDINGS))


@pytest.mark.parametrize("query", [code(row[0])[0] for row in rows(section("## Queries", SEARCH))])
def test_every_query_shown_finds_something_among_the_samples(query, vault_copy):
    desk = Desk(vault_copy, user_folders())
    found = desk.matching(query)
    assert 0 < len(found) < len(desk.vault.sources)


def test_every_short_field_name_is_explained():
    cells = [cell for row in rows(section("## Filters", SEARCH)) for cell in row if cell]
    shown = dict(zip((cell.strip("`:") for cell in cells[::2]), cells[1::2], strict=True))
    assert shown == load_schema().shorts


def command_of(arguments: list[str]) -> str:
    """The command's name, of one word or two."""
    return " ".join(arguments[:2]) if arguments[0] in FAMILIES else arguments[0]


def test_the_command_tables_list_every_command_and_no_other():
    shown = [
        command_of(code(row[0])[0].split()[1:])
        for name in CLI_GROUPS
        for row in rows(section(f"### {name.capitalize()}", CLI))
    ]
    assert shown == list(COMMANDS)


def test_every_option_shown_is_one_a_command_has(capsys):
    for command in COMMANDS:
        assert main([*command.split(), "--help"]) == 0
    main(["--help"])
    options = set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", capsys.readouterr().out))
    for page in (README, KEYS, SEARCH, CLI, FILES):
        for option in re.findall(r"`(--?[a-zA-Z][\w-]*)(?: [A-Z]+)?`", page):
            assert option in options


def sluice_lines(page: str) -> list[list[str]]:
    """The arguments of every `sluice` line in a page's shell blocks."""
    return [words[1:] for words in examples(PAGES[page]) if words[0] == "sluice"]


@pytest.mark.parametrize("page", [page for page in PAGES if sluice_lines(page)])
def test_every_sluice_command_shown_is_understood(page, home):
    (home / "sources").mkdir()
    for arguments in sluice_lines(page):
        if not opens_app(arguments):
            parse(arguments)


@pytest.mark.parametrize("page", [page for page in PAGES if sluice_lines(page)])
def test_the_commands_shown_do_their_work_on_the_samples(page, vault_copy, monkeypatch, capsys):
    monkeypatch.setenv("SLUICE_VAULT", str(vault_copy))
    monkeypatch.chdir(vault_copy)
    # What a service shows, as somebody copied it.
    (vault_copy / "shown.txt").write_text("How OpenAI Builds for 800 Million…\n")
    for arguments in sluice_lines(page):
        if (
            opens_app(arguments)
            or arguments[0] in ("demo", "mcp")
            or set(arguments) & {">", "|", "<"}
        ):
            continue
        expected = 1 if arguments[0] == "check" else 0
        assert main(arguments) == expected, f"{arguments}: {capsys.readouterr().err}"
        assert "Nothing to change" not in capsys.readouterr().err


def test_the_command_line_page_shows_every_command_that_needs_no_terminal():
    shown = {command_of(arguments) for arguments in sluice_lines("docs/cli.md")}
    assert shown >= set(COMMANDS) - {"demo", "completion", "schema", "mcp"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "-q", "has:problem"],
        ["show", "SOURCE-20251104-011"],
        ["find", "evals"],
        ["set", "SOURCE-20251104-011", "tier=noise"],
        ["check"],
        ["log"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_json_has_the_keys_that_the_page_names(arguments, vault_copy, monkeypatch, capsys):
    monkeypatch.setenv("SLUICE_VAULT", str(vault_copy))
    main(["set", "SOURCE-20251128-973", "tier=noise"])
    capsys.readouterr()
    main([*arguments, "--json"])
    shown = json.loads(capsys.readouterr().out.splitlines()[0])
    table = [(code(names), keys) for names, _, keys in rows(section("## JSON", CLI))]
    (keys,) = (keys for names, keys in table if arguments[0] in names)
    if "the same" in keys:
        keys = f"{table[0][1]}, {keys}"
    assert code(keys.partition(";")[0]) == list(shown)


def test_the_scripts_shown_exist():
    scripts = {script for page in PAGES.values() for script in re.findall(r"(\.ci/\w+)", page)}
    assert scripts >= {".ci/start", ".ci/test", ".ci/pages", ".ci/pictures"}
    for script in scripts:
        assert list(ROOT.glob(f"{script}*")), script


def test_the_statuses_and_tiers_named_are_those_of_the_schema():
    schema = load_schema()
    assert " → ".join(schema.flow.main) in section("## Statuses", SCHEMA)
    for heading, field in (("## Statuses", schema.status), ("## Tiers", schema.tier)):
        assert [name for name, _ in rows(section(heading, SCHEMA))] == list(field.values)


def test_the_figures_have_the_keys_that_the_page_names(vault_copy, monkeypatch, capsys):
    monkeypatch.setenv("SLUICE_VAULT", str(vault_copy))
    assert main(["stats", "--json"]) == 0
    named = [key for row in rows(section("## JSON", PROGRESS)) for key in code(row[0])]
    assert sorted(named) == sorted(json.loads(capsys.readouterr().out))


def test_the_targets_shown_are_those_of_the_schema_and_can_be_replaced(tmp_path):
    named = dict(rows(section("## Tiers and targets", PROGRESS)))
    assert named == {
        name: f"{share:.0%}".replace("%", " %") for name, share in load_schema().targets.items()
    }
    (tmp_path / VAULT_SCHEMA).write_text(*blocks("yaml", PROGRESS), encoding="utf-8")
    assert list(Desk(tmp_path, user_folders()).schema.targets.values()) == [0.1, 0.2, 0.4, 0.3]


def test_the_symbols_of_the_accessibility_page_are_those_the_app_shows():
    schema = load_schema()
    shown = dict(rows(section("## Without colour", PAGES["docs/accessibility.md"])))
    for field in (schema.tier, schema.status):
        symbols = " ".join(f"`{value.glyph}`" for value in field.choices)
        assert shown[symbols].partition(": ")[2].partition(";")[0].split(", ") == list(field.values)


HEADERS = [
    (page, block)
    for page, text in PAGES.items()
    for block in re.findall(r"^```\w*\n(---\n.*?)^```", text, re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize("page, header", HEADERS, ids=lambda value: value[:14])
def test_a_source_shown_is_one_that_sluice_reads_without_a_problem(page, header, tmp_path):
    (tmp_path / "note.md").write_text(header, encoding="utf-8")
    desk = Desk(tmp_path, user_folders())
    (source,) = desk.vault.sources
    assert desk.schema.status.spelt(source.fields["status"]) in desk.schema.status.values
    assert desk.problem_of(source) is None


@pytest.mark.parametrize(
    "at, opening, closing, fields",
    [(0, ["---"], "---", ["tier=strategic"]), (1, [], "+++", ["tier=strategic", "topics+=scale"])],
)
def test_the_change_shown_is_the_one_sluice_makes(
    at, opening, closing, fields, tmp_path, monkeypatch
):
    diff = blocks("diff", FILES)[at].splitlines()
    before = [line[1:] for line in diff if line[0] in " -"]
    after = [line[1:] for line in diff if line[0] in " +"]
    source = tmp_path / "SOURCE-1.md"
    source.write_text("\n".join([*opening, *before, closing, "Text.\n"]), encoding="utf-8")
    monkeypatch.setenv("SLUICE_VAULT", str(tmp_path))
    assert main(["set", "SOURCE-1", *fields]) == 0
    assert source.read_text(encoding="utf-8").splitlines() == [*opening, *after, closing, "Text."]


@pytest.mark.parametrize("before, after", rows(section("### Repairs", FILES)))
def test_a_repair_shown_is_the_one_sluice_makes(before, after, tmp_path, monkeypatch):
    source = tmp_path / "SOURCE-1.md"
    source.write_text(f"---\nid: a\n{before.strip('`')}\n---\nText.\n", encoding="utf-8")
    monkeypatch.setenv("SLUICE_VAULT", str(tmp_path))
    main(["check", "--fix"])
    assert source.read_text(encoding="utf-8") == f"---\nid: a\n{after.strip('`')}\n---\nText.\n"


@pytest.fixture
def bugs(tmp_path):
    """A folder with one report and the schema shown for such folders."""
    (tmp_path / VAULT_SCHEMA).write_text(blocks("yaml", SCHEMA)[0], encoding="utf-8")
    report = "---\ntitle: A tab moves the cursor\nstatus: open\ncomponent: editor\n---\nText.\n"
    (tmp_path / "tab.md").write_text(report, encoding="utf-8")
    return Desk(tmp_path, user_folders())


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
    (tmp_path / "config.yaml").write_text(blocks("yaml", CONFIG)[0])
    config = load_config(tmp_path)
    assert replace(config, views={}) == Config(advance=False, goal=40, theme="paper")
    assert [view.sort for view in config.views.values()] == ["date", ""]
    (tmp_path / "config.yaml").write_text("views: {old: x, quick: y}\n")
    (tmp_path / "views.yaml").write_text(blocks("yaml", section("## Saved views", CONFIG))[0])
    views = load_config(tmp_path).views
    assert {name: view.query for name, view in views.items()} == {
        "quick": "by:some",
        "good and new": "tier:paradigm,strategic published:>2025",
    }


def test_the_views_named_are_those_there_are_and_the_ones_shown_find_something(
    tmp_path, vault_copy
):
    text = " ".join(section("## Views", SEARCH).split())
    names = re.split(r", | and ", text.partition("`v` lists them: ")[2].partition(".")[0])
    desk = Desk(vault_copy, user_folders())
    assert names == list(desk.schema.views)
    (tmp_path / "config.yaml").write_text(blocks("yaml", CONFIG)[0])
    for view in load_config(tmp_path).views.values():
        found = desk.matching(view.query)
        assert 0 < len(found) < len(desk.vault.sources)
        assert not view.sort or desk.orders.read(view.sort).sort(found)


def test_the_keys_and_commands_shown_are_understood(tmp_path):
    shown = [
        block
        for heading in ("## Your own keys", "## Your own commands")
        for block in blocks("yaml", section(heading, CONFIG))
    ]
    assert len(shown) == 2
    (tmp_path / "config.yaml").write_text("".join(shown))
    keymap = Keymap.of(load_config(tmp_path))
    assert keymap.sign("decide.archive", "find.search", "own.draft_insights") == "Z a / ctrl+y"
    named = {code(row[0])[0] for row in rows(section("## Your own commands", CONFIG))}
    assert named == {"name", "key", "run", "for", "output", "timeout", "shell"}


def test_the_theme_shown_can_be_used_and_the_themes_named_are_those_there_are(tmp_path):
    (tmp_path / "night.toml").write_text(blocks("toml", CONFIG)[0])
    themes, complaints = load_themes([tmp_path])
    assert ([theme.name for theme in themes], complaints) == (["night"], [])
    ours, _ = load_themes([themes_folder()])
    dark, light = zip(*rows(section("## Themes", CONFIG)), strict=True)
    assert set(filter(None, dark)) == {theme.name for theme in ours if theme.dark}
    assert set(filter(None, light)) == {theme.name for theme in ours if not theme.dark}


@pytest.mark.parametrize("page", PAGES)
def test_links_and_anchors_lead_somewhere(page):
    folder = (ROOT / page).parent
    for link in links(PAGES[page]):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (folder / path).resolve() if path else ROOT / page
        assert target.exists(), f"{page} leads to {link}, which is not there"
        if anchor:
            there = PAGES[target.relative_to(ROOT.resolve()).as_posix()]
            assert anchor in anchors(there), f"{page} leads to {link}, which is no heading"


def test_readme_stays_a_front_page():
    assert len(README.splitlines()) <= 170
    assert len(README) <= 9_000


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("docs/")])
def test_a_page_of_docs_is_linked_from_readme_and_leads_nowhere_else_than_docs_and_readme(page):
    assert page in {link.partition("#")[0] for link in links(README)}
    for link in links(PAGES[page]):
        assert "://" in link or "/" not in link.removeprefix("../README.md")


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("docs/")])
def test_a_page_of_docs_begins_with_what_it_is_for(page):
    title, empty, first, *_ = PAGES[page].splitlines()
    assert title.startswith("# ")
    assert not empty
    assert first[:1].isalpha()


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_on_a_page(picture):
    assert any(link.endswith(picture.name) for page in PAGES.values() for link in links(page))


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


def test_the_direction_of_imports_shown_is_the_one_that_is_checked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    checked = [one["layers"] for one in contracts if one["type"] == "layers"]
    shown = blocks("text", section("## Direction of imports", CONTRIBUTING))
    assert [block.splitlines() for block in shown] == checked
