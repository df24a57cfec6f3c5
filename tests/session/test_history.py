"""L shows what was decided and H the history of one source; u undoes one change of either."""

import json
import subprocess
from datetime import date, datetime, timedelta

import pytest

from tests.samples import Files, value_of, write_source
from tui.cli.main import main
from tui.session.questions import Moments, ShowMoments
from tui.session.work import historian

APPLES, BRIDGES, CLOCKS = "SOURCE-001-apples.md", "SOURCE-002-bridges.md", "SOURCE-003-clocks.md"
APPLE, BRIDGE = "Apples in autumn", "Bridges over water"


def set_by(vault, name, what, *more):
    assert main(["set", str(vault / name), what, *more, "--vault", str(vault)]) == 0


def headings(app):
    return app.box.latest(Moments).headings


def begin_git(vault, monkeypatch, *more):
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "mira")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "mira@example.com")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "Begin", *more]):
        subprocess.run(["git", *words], cwd=vault, check=True)


def test_l_shows_what_was_decided_newest_first_with_the_old_values(sluice):
    with sluice() as app:
        app.press("2", "j", "1", "p", "L")
        assert app.box.rows == [
            f"raw → triaged · {BRIDGE}",
            f"◆ paradigm, was ■ tactical · {BRIDGE}",
            f"▲ strategic, was ■ tactical · {APPLE}",
        ]
        assert headings(app)[0] == "changes · today 3 on 2 sources"


def test_u_undoes_an_older_change_to_the_byte_and_leaves_the_later_ones(sluice, vault, files):
    with sluice() as app:
        app.press("1", "j", "2")
        alone = Files(vault)
        app.press("L", "j", "u")
        assert app.box.rows[1].endswith(f"{APPLE} · undone")
        assert headings(app)[1] == "today 1 on 1 source"
        assert set(files.changes) == {BRIDGES}
        assert app.here == BRIDGES, "the cursor stays"
        app.press("U")
        assert "undone" not in app.box.rows[1]
    assert alone.changes == {}


def test_a_change_that_is_no_longer_the_last_undone_one_can_be_redone(sluice, vault):
    with sluice() as app:
        app.press("1", "L", "u", "escape", "j", "2")
        app.press("L", "j", "U")
        assert app.box.complaint == ""
    assert value_of(vault, APPLES, "signal_tier") == "paradigm"
    assert value_of(vault, BRIDGES, "signal_tier") == "strategic"


def test_u_is_refused_where_a_later_change_set_the_same_field(sluice, vault):
    with sluice() as app:
        app.press("1", "2", "3", "L")
        now = Files(vault)
        for _ in range(2):
            app.press("j", "u")
            assert "by a later change from “" in app.box.complaint
        # It has the old value again, and is still what was decided later.
        assert value_of(vault, APPLES, "signal_tier") == "tactical"
        assert now.changes == {}
        app.press("k", "k", "u", "j", "u", "j", "u")
        assert [row.endswith("undone") for row in app.box.rows] == [True] * 3


def test_what_is_undone_says_so_and_what_was_not_cannot_be_redone(sluice):
    with sluice() as app:
        app.press("1", "L", "U")
        assert app.box.complaint == "Only a change that was undone can be redone."
        app.press("u", "u")
        assert app.box.complaint == "Already undone; U redoes it."


def test_another_program_wrote_the_value_so_u_is_refused_and_nothing_is_written(sluice, vault):
    with sluice() as app:
        app.press("1")
        path = vault / APPLES
        path.write_text(path.read_text().replace("signal_tier: paradigm", "signal_tier: noise"))
        app.press("L", "u")
        assert "signal_tier is now “noise”, no longer “paradigm”" in app.box.complaint
    assert value_of(vault, APPLES, "signal_tier") == "noise"


def test_enter_goes_to_the_source_and_finds_one_outside_the_view(sluice, vault):
    with sluice() as app:
        app.press("p", "1", "j", "L", "enter")
        assert (app.here, app.boxes) == (BRIDGES, [])
        app.open_view("raw")
        assert APPLE not in app.shown
        app.press("L", "j", "enter")
        assert app.here == APPLES
        (vault / BRIDGES).unlink()
        app.noticed(BRIDGES)
        app.press("L", "enter")
        assert "its file is gone" in app.box.complaint


def test_h_has_the_changes_of_one_source_and_so_has_it_from_the_list(sluice):
    with sluice() as app:
        app.press("1", "j", "2", "k", "p", "k", "H")
        assert app.box.question.of_one
        assert headings(app)[0] == f"history · {APPLE}"
        assert [row.split(" · ")[0] for row in app.box.rows] == [
            "raw → triaged",
            "◆ paradigm, was ■ tactical",
        ]
        app.press("escape", "L", "j", "H")
        assert headings(app)[0] == f"history · {BRIDGE}"
        app.press("enter")
        app.until(lambda: not app.boxes)
        assert app.here == BRIDGES


def test_h_follows_the_file_to_its_earlier_name_and_has_the_commits(sluice, vault, monkeypatch):
    begin_git(vault, monkeypatch)
    set_by(vault, APPLES, "tier=noise", "--by", "importer", "--why", "rule 3")
    (vault / APPLES).rename(vault / "SOURCE-005-apples.md")
    for words in (["add", "."], ["commit", "-qam", "Move"]):
        subprocess.run(["git", *words], cwd=vault, check=True)
    with sluice() as app:
        app.go_to("SOURCE-005")
        app.press("2", "H")
        made = [(moment.who, moment.what, moment.why) for moment in app.box.moments]
        assert made == [
            ("", "▲ strategic, was · noise", ""),
            ("git mira", "· noise, was ■ tactical", "Move"),
            ("importer", "· noise, was ■ tactical", "rule 3"),
            ("git mira", "Begin", ""),
        ]
        now = Files(vault)
        app.press("j", "u")
        assert "git made this; `git revert " in app.box.complaint
        app.press("j", "j", "enter")
        assert (app.here, app.boxes, now.changes) == ("SOURCE-005-apples.md", [], {})


@pytest.mark.parametrize("harm", ["HEAD", "objects"])
def test_a_repository_that_git_cannot_read_is_a_sentence(sluice, vault, monkeypatch, harm):
    begin_git(vault, monkeypatch)
    (vault / ".git" / harm).rename(vault / ".git" / "gone")
    with sluice() as app:
        app.press("1", "H")
        assert len(app.box.moments) == 1
        assert "so the commits are missing" in app.box.latest(Moments).note


def test_a_change_of_many_asks_first_in_the_history_of_one_of_them(sluice, vault, files):
    set_by(vault, APPLES, "guest=Ada")
    main(["set", "-q", "st:raw", "tier=noise", "--yes", "--vault", str(vault)])
    with sluice() as app:
        app.press("H", "u")
        assert app.box.complaint == "That changed 3 other sources too; u again undoes all of it."
        app.press("j", "k", "u", "u")
        assert app.box.rows[0].endswith("undone")
    assert set(files.changes) == {APPLES}


def test_what_a_script_does_comes_in_while_the_list_is_open_and_is_told_apart(sluice, vault):
    with sluice() as app:
        app.press("1", "L")
        set_by(vault, BRIDGES, "topics+=film", "--by", "importer", "--why", "rule 3")
        app.until(lambda: len(app.box.moments) == 2)
        assert app.box.rows[0] == f"importer: topics + film (rule 3) · {BRIDGE}"
        main(["undo", "--vault", str(vault)])
        app.until(lambda: app.box.rows[0].endswith("undone"))
        app.press("U")
    assert "film" in (vault / BRIDGES).read_text()


def test_a_symbol_before_a_value_is_no_separator(sluice, vault):
    set_by(vault, APPLES, "tier=noise", "--by", "importer", "--why", "rule 4")
    with sluice() as app:
        app.press("L")
        assert app.box.rows == [f"importer: · noise, was ■ tactical (rule 4) · {APPLE}"]


def test_a_change_under_an_earlier_name_says_that_name(sluice, vault):
    with sluice() as app:
        app.press("1")
    (vault / APPLES).rename(vault / "renamed.md")
    with sluice() as app:
        app.go_to("renamed")
        app.press("2", "H")
        assert [moment.once for moment in app.box.moments] == ["", APPLES]


def test_at_midnight_today_becomes_yesterday_in_an_open_list(sluice, monkeypatch):
    class Tomorrow(date):
        @classmethod
        def today(cls):
            return date.today() + timedelta(days=1)

    with sluice() as app:
        app.press("1", "L")
        assert headings(app)[1] == "today 1 on 1 source"
        monkeypatch.setattr(historian, "date", Tomorrow)
        app.until(lambda: headings(app)[0] == "changes · none today")
        assert app.box.latest(Moments).today == Tomorrow.today()


@pytest.mark.parametrize("work_tree", [False, True])
def test_a_commit_made_while_the_history_is_open_appears(sluice, vault, monkeypatch, work_tree):
    if work_tree:
        other = vault.parent / "other"
        other.mkdir()
        begin_git(other, monkeypatch, "--allow-empty")
        add = ["git", "worktree", "add", "-q", "--no-checkout", str(vault.parent / "tree")]
        subprocess.run(add, cwd=other, check=True)
        (vault.parent / "tree" / ".git").rename(vault / ".git")
    else:
        begin_git(vault, monkeypatch)
    with sluice() as app:
        app.press("1", "H")
        app.until(lambda: app.box.latest(Moments).note == "")
        before = len(app.box.moments)
        for words in (["add", "."], ["commit", "-qm", "Judge"]):
            subprocess.run(["git", *words], cwd=vault, check=True)
        app.until(lambda: len(app.box.moments) == before + 1)
        assert "git mira" in {moment.who for moment in app.box.moments}


def test_a_refused_undo_of_a_new_source_names_the_later_change(sluice, vault):
    main(["add", "https://example.com/new", "--title", "Newest", "--vault", str(vault)])
    (new,) = vault.glob("*newest*")
    set_by(vault, new.name, "tier=noise", "--by", "importer")
    set_by(vault, new.name, "tier=strategic", "--by", "other")
    with sluice() as app:
        app.press("L", "j", "j", "u")
        assert app.box.complaint.endswith(
            " The last change since by “other” set signal_tier from “noise” to “strategic”."
        )
    assert new.exists()


def test_a_refused_undo_of_a_repair_names_the_later_change(sluice, vault):
    path = vault / APPLES
    path.write_text(path.read_text().replace('title: "Apples', 'title: ""Apples" old', 1))
    assert main(["check", "--fix", "--vault", str(vault)]) in (0, 1)
    set_by(vault, APPLES, "title=Pears", "--by", "importer")
    with sluice() as app:
        app.press("L", "j", "u")
        assert "the repaired lines have changed since" in app.box.complaint
        assert "The last change since by “importer” set title from" in app.box.complaint


def test_the_lists_have_the_keys_of_the_config_file(sluice, config, vault):
    config('keys: {undo.undo: "f8", undo.redo: ["ctrl+y"], go.history: "f5"}')
    with sluice() as app:
        app.press("1", "L", "f8")
        assert app.box.moments[0].undone
        app.press("f8")
        assert app.box.complaint == "Already undone; ctrl+y redoes it."
        app.press("ctrl+y")
        assert not app.box.moments[0].undone
        app.press("f5")
        assert app.box.question.of_one


def test_in_a_rapid_pass_both_open_and_u_undoes_there_alone(sluice, vault):
    with sluice() as app:
        app.press("j", "1", "k", "r", "2")
        before = app.asked.number
        app.press("L", "j", "enter")
        assert app.box.complaint.startswith("A rapid pass is running")
        app.press("u", "escape", "H")
        assert app.box.question.of_one
        app.press("escape")
        assert app.asked.number == before
    assert value_of(vault, BRIDGES, "signal_tier") == "tactical"
    assert value_of(vault, APPLES, "signal_tier") == "strategic"


def test_it_opens_in_the_reader_and_goes_to_another_source_in_it(sluice):
    with sluice() as app:
        app.press("1", "j", "2", "enter", "L", "j", "enter")
        assert app.here == APPLES and app.session.reader.is_open


def test_a_broken_source_has_a_history(sluice, vault):
    with sluice() as app:
        app.press("1")
        path = vault / APPLES
        path.write_text(path.read_text().replace("title: ", "title: [", 1))
        app.noticed(APPLES)
        app.press("H")
        assert len(app.box.moments) == 1
        app.press("u")
        assert app.box.complaint or app.box.moments[0].undone


def test_a_change_still_being_written_comes_in_when_it_is_on_disk(sluice):
    with sluice() as app:
        app.hasten("1", "L", "u")
        app.settled()
        app.until(lambda: app.box.moments)
        assert isinstance(app.box.question, ShowMoments)
        assert app.box.rows == [f"◆ paradigm, was ■ tactical · {APPLE}"]


def test_earlier_days_are_read_in_parts_as_one_goes_down(sluice, vault, home):
    with sluice() as app:
        app.press("1")
    journal = next(home.rglob("journal.jsonl"))
    line = json.loads(journal.read_text())
    then = datetime.fromisoformat(line["time"]) - timedelta(days=400)
    lines = []
    for number in range(1_000):
        time = (then + timedelta(minutes=number)).isoformat()
        lines.append(json.dumps({**line, "id": f"{number:012x}", "time": time}))
    journal.write_text("\n".join([*lines, json.dumps(line), ""]))
    with sluice() as app:
        app.press("L")
        assert headings(app)[1] == "today 1 on 1 source"
        assert len(app.box.moments) == 200 and not app.box.latest(Moments).is_whole
        app.press(*"j" * 199)
        assert len(app.box.moments) == 400
        while not app.box.latest(Moments).is_whole:
            app.press(*"j" * 200)
        assert len({moment.id for moment in app.box.moments}) == 1_001


def test_a_source_added_a_repair_and_a_snooze_are_told_by_what_they_are(sluice, vault):
    main(["add", "https://example.com/new", "--vault", str(vault)])
    main(["snooze", str(vault / APPLES), "2099-01-02", "--vault", str(vault)])
    with sluice() as app:
        app.press("L")
        assert app.box.rows[0] == f"snoozed until 2099-01-02 · {APPLE}"
        assert app.box.rows[1].startswith("add")


def test_a_damaged_journal_is_a_sentence(sluice, home):
    with sluice() as app:
        app.press("1")
        journal = next(home.rglob("journal.jsonl"))
        journal.write_bytes(b"\x00garbage\n" * 9)
        app.press("L")
        assert "The undo journal was damaged" in app.box.complaint


def test_in_an_empty_vault_both_do_no_harm(sluice, vault):
    for path in vault.iterdir():
        path.unlink()
    with sluice() as app:
        app.press("H")
        assert "no source under the cursor" in app.toast
        app.press("L", "u", "U", "H", "enter")
        assert headings(app)[0] == "changes · none today"
        write_source(vault, 7, "New")


@pytest.mark.parametrize(
    "stem", ["note: -x", "-tier noise", 'say "x', "st:zzz", "日本語 メモ", 'a: "b" -c', "x" * 180]
)
def test_enter_finds_a_file_of_any_name_outside_the_view(sluice, vault, stem):
    text = (vault / BRIDGES).read_text().replace("id: SOURCE-20260101-002\n", "")
    (vault / f"{stem}.md").write_text(text.replace("Bridges", "Ferries"))
    with sluice() as app:
        app.go_to(stem)
        app.press("p")
        app.open_view("raw")
        app.press("L", "enter")
        assert app.here == f"{stem}.md"
