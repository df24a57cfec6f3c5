"""What others did is told, with the key that undoes it as long as it is in sight."""

import pytest

from tests.samples import Files, replace, value_of

TIER = "signal_tier"


@pytest.fixture
def importer(vault, command):
    """Set the tier of some sources as an importer, a command for each."""

    def run(names, tier="noise", by=("--by", "importer")):
        for name in names:
            command("set", str(vault / name), f"tier={tier}", *by)

    return run


def test_u_undoes_all_that_a_script_did_and_u_redoes_it(sluice, vault, files, names, importer):
    with sluice() as app:
        app.press("j")
        importer(names[:3])
        app.noticed(*names[:3])
        assert app.toast == "importer set tier on 3 sources · u undoes that"
        app.press("u")
        assert app.toast == "Undid: importer set tier on 3 sources · U redoes one by one"
        assert app.reported.count("importer set tier on 3 sources · u undoes that") == 1
        assert files.changes == {}
        assert app.here == names[1], "the cursor stays"
        assert app.source.text(TIER) != "noise"
        app.press("U", "U", "U")
        assert [value_of(vault, name, TIER) for name in names[:3]] == ["noise"] * 3


def test_fifty_changes_of_a_script_go_with_one_key(sluice, vault, write, importer):
    for number in range(100, 150):
        write(number, f"Import {number}")
    files = Files(vault)
    written = sorted(path.name for path in vault.glob("SOURCE-1*.md"))
    assert len(written) == 50
    with sluice() as app:
        importer(written)
        app.noticed(*written)
        assert app.toast == "importer set tier on 50 sources · u undoes that"
        app.press("u")
        assert files.changes == {}


def test_news_of_the_same_script_is_one_sentence_and_one_key(sluice, files, names, importer):
    with sluice() as app:
        importer(names[:1])
        app.noticed(names[0])
        assert app.toast == "importer set tier on “Apples in autumn” · u undoes that"
        importer(names[1:3])
        app.noticed(*names[1:3])
        assert [said for said, _ in app.toasts] == [
            "importer set tier on 3 sources · u undoes that"
        ]
        app.press("u")
        assert files.changes == {}


def test_u_is_for_the_decision_made_since(sluice, vault, names, importer):
    with sluice() as app:
        app.press("j")
        importer(names[:1])
        app.noticed(names[0])
        app.press("1")
        told = [said for said, _ in app.toasts]
        assert "importer set tier on “Apples in autumn”" in told
        assert not any("undoes that" in said for said in told)
        app.press("u")
        assert app.toast.startswith("Undid: ◆ paradigm")
        assert value_of(vault, names[1], TIER) != "paradigm"
        assert value_of(vault, names[0], TIER) == "noise", "only theirs is left"
        app.press("u")
        assert "Only “importer” has changes left to undo; `sluice undo --by importer`" in app.toast
        assert value_of(vault, names[0], TIER) == "noise"


def test_u_skips_what_a_script_did_once_that_is_out_of_sight(sluice, vault, names, importer):
    with sluice() as app:
        app.press("j", "1")
        importer(names[:1])
        app.noticed(names[0])
        app.drop()
        app.press("u")
        assert app.toast.startswith("Undid: ◆ paradigm")
        assert value_of(vault, names[0], TIER) == "noise"


def test_what_a_person_changed_since_stays_and_the_rest_is_undone(
    sluice, vault, names, importer, command
):
    before = value_of(vault, names[0], TIER)
    with sluice() as app:
        importer(names[:2])
        replace(vault / names[1], f"{TIER}: noise", f"{TIER}: strategic")
        app.noticed(*names[:2])
        app.press("u")
        assert app.toast.startswith("Undid 1 of 2 changes: “Bridges over water”: ")
        assert "strategic" in app.toast
    assert value_of(vault, names[0], TIER) == before
    assert value_of(vault, names[1], TIER) == "strategic"


def test_another_sluice_without_a_name_is_told_too(sluice, files, names, importer):
    with sluice() as app:
        importer(names[:2], by=())
        app.noticed(*names[:2])
        assert app.toast == "Another sluice set tier on 2 sources · u undoes that"
        app.press("u")
        assert files.changes == {}


def test_what_they_undid_themselves_is_offered_no_longer(sluice, files, names, importer, command):
    with sluice() as app:
        importer(names[:2])
        app.noticed(*names[:2])
        command("undo", "--by", "importer")
        app.noticed(names[1])
        told = [said for said, _ in app.toasts]
        assert "importer set tier on “Apples in autumn” · u undoes that" in told
        assert "importer set tier on 2 sources · u undoes that" not in told
        assert "Another sluice undid “signal_tier = noise”" in told


def test_own_changes_are_no_news(sluice, names):
    with sluice() as app:
        app.press("1", "u", "U")
        app.noticed(*names)
        app.session.others.look_soon()
        app.settled()
        assert app.reported == []


def test_in_a_rapid_pass_the_key_is_for_the_last_answer(sluice, vault, names, importer):
    with sluice() as app:
        app.press("r")
        importer(names[-1:])
        app.noticed(names[-1])
        assert app.toast == "importer set tier on “Deserts at night”"


def test_a_person_who_types_is_not_interrupted(sluice, vault, names, importer):
    with sluice() as app:
        app.press("slash")
        importer(names[:1])
        app.noticed(names[0])
        app.press("u")
        assert app.bar == "u"
        assert value_of(vault, names[0], TIER) == "noise"
