"""What a person set gets no suggestion against it, and = leaves it as it is."""

import pytest

from tests.samples import ROSES, STEEL, replace, value_of, write_source
from tui.cli.main import main

CATEGORY, TIER = "notebooklm_category", "signal_tier"


@pytest.fixture
def command(learnt):
    """Run a command on the vault of the test, as in another terminal."""

    def run(*arguments):
        assert main([*arguments, "--vault", str(learnt)]) == 0

    return run


def suggested(app):
    """What is suggested beside the fields of the source under the cursor."""
    shown = app.drawn.suggested
    return [name for name, found in shown._asdict().items() if found] if shown else []


def test_a_tier_set_by_a_key_stays_and_equals_says_so(sluice, learnt):
    with sluice() as app:
        app.press("1")
        app.go_to(ROSES)
        assert suggested(app) == ["category"]
        app.press("=")
        app.go_to(ROSES)
        app.press("=")
        assert "you set" in app.toast
    assert value_of(learnt, ROSES, TIER).startswith("paradigm")


def test_it_holds_after_a_restart(sluice, learnt):
    with sluice() as app:
        app.press("c", "1", "k", "1")
    with sluice() as app:
        app.go_to(ROSES)
        assert suggested(app) == []
        app.press("=")
    assert value_of(learnt, ROSES, CATEGORY) == "agents-orchestration"
    assert value_of(learnt, ROSES, TIER).startswith("paradigm")


def test_the_picker_offers_nothing_instead_and_keeps_what_was_set(sluice, learnt, watch):
    with sluice() as app:
        app.press("c", "1")
        app.go_to(ROSES)
        files = watch(learnt)
        app.press("c")
        assert not any(option.sign for option in app.box.options)
        assert app.box.under_cursor.value == "agents-orchestration"
        app.press("enter")
    assert files.changes == {}


def test_what_a_command_set_counts_in_an_app_that_is_open_and_its_undo_too(sluice, learnt, command):
    with sluice() as app:
        assert "category" in suggested(app)
        command("set", str(learnt / ROSES), f"{CATEGORY}=vibe-coding")
        app.noticed(ROSES)
        assert app.source.text(CATEGORY) == "vibe-coding"
        assert "category" not in suggested(app)
        command("undo")
        app.noticed(ROSES)
        assert app.source.text(CATEGORY) == "general"
        assert "category" in suggested(app)


def test_what_a_command_set_before_the_app_was_opened_counts(sluice, learnt, command):
    command("set", str(learnt / ROSES), f"{CATEGORY}=vibe-coding", f"{TIER}=strategic")
    with sluice() as app:
        app.go_to(ROSES)
        assert suggested(app) == []


def test_a_field_that_only_got_another_name_holds_a_guess_still(sluice, learnt, command):
    path = learnt / ROSES
    path.write_text(path.read_text().replace(f"{CATEGORY}:", "notebook:"))
    command("rename-field", f"notebook={CATEGORY}", "--yes")
    assert f"{CATEGORY}: general" in path.read_text()
    with sluice() as app:
        app.go_to(ROSES)
        assert "category" in suggested(app)


def test_undo_makes_it_a_guess_again_and_redo_a_decision(sluice, learnt):
    with sluice() as app:
        app.press("c", "1")
        app.press("u")
        app.go_to(ROSES)
        assert "category" in suggested(app)
        app.press("U")
        app.go_to(ROSES)
        assert "category" not in suggested(app)
        app.press("u")
    with sluice() as app:
        app.go_to(ROSES)
        assert "category" in suggested(app)
        app.press("=")
    assert value_of(learnt, ROSES, CATEGORY) == "career-growth"


def test_equals_on_marks_skips_what_was_set(sluice, learnt):
    with sluice() as app:
        app.press("c", "1")
        app.go_to(ROSES)
        app.press("x", "x", "=")
    assert value_of(learnt, ROSES, CATEGORY) == "agents-orchestration"
    assert value_of(learnt, STEEL, CATEGORY) == "coding-tools"


def test_a_bulk_change_of_marks_is_set_by_hand_for_each(sluice, learnt):
    with sluice() as app:
        app.press("x", "x", "c", "0")
        for name in (ROSES, STEEL):
            app.go_to(name)
            assert "category" not in suggested(app)


def test_an_answer_of_the_rapid_pass_is_set_by_hand(sluice, learnt):
    with sluice() as app:
        app.press("r", "1", "q")
    with sluice() as app:
        app.open_view("all")
        app.go_to(ROSES)
        assert "tier" not in suggested(app)
        app.press("=")
    assert value_of(learnt, ROSES, TIER).startswith("paradigm")


def test_what_was_taken_with_equals_is_not_suggested_away_later(sluice, learnt):
    with sluice() as app:
        app.press("=")
    for path in learnt.glob("SOURCE-1*"):
        replace(path, "career-growth", "general")
    with sluice() as app:
        app.go_to(ROSES)
        assert "category" not in suggested(app)


def test_an_emptied_value_may_be_suggested_again(sluice, learnt):
    with sluice() as app:
        app.press("1", "k", "0")
        app.go_to(ROSES)
        assert "tier" in suggested(app)


def test_topics_that_were_set_are_left_as_they_are(sluice, learnt, command):
    title = "Roses and compost in spring"
    write_source(learnt, 50, title, topics="[plants, x]", creator="Gardener")
    command("set", str(learnt / ROSES), "topics-=plants")
    with sluice() as app:
        app.go_to(ROSES)
        app.press("=")
    assert value_of(learnt, ROSES, CATEGORY) == "career-growth"
    assert "plants" not in (learnt / ROSES).read_text()


def test_a_value_changed_in_an_editor_counts_also_after_a_restart(sluice, learnt):
    with sluice() as app:
        replace(learnt / ROSES, f"{CATEGORY}: general", f"{CATEGORY}: vibe-coding")
        app.noticed(ROSES)
        assert app.source.text(CATEGORY) == "vibe-coding"
        assert suggested(app) == ["tier"]
    with sluice() as app:
        app.go_to(ROSES)
        assert suggested(app) == ["tier"]
        replace(learnt / ROSES, f"{CATEGORY}: vibe-coding", f"{CATEGORY}: general")
        app.noticed(ROSES)
        assert app.source.text(CATEGORY) == "general"
        assert suggested(app) == ["category", "tier"]


def test_what_a_script_rewrote_in_many_files_is_a_guess(sluice, learnt):
    names = [write_source(learnt, n, f"Roses and compost {n}") for n in range(60, 70)]
    with sluice() as app:
        for path in [*names, learnt / ROSES]:
            replace(path, f"{CATEGORY}: general", f"{CATEGORY}: vibe-coding")
        app.noticed(*[path.name for path in names], ROSES)
        assert app.source.text(CATEGORY) == "vibe-coding"
        app.go_to(ROSES)
        assert "category" in suggested(app)


def test_a_category_set_by_hand_is_not_doubtful_until_that_is_undone(learnt, command, capsys):
    wrong = write_source(
        learnt, 60, "Roses and compost and soil", status="triaged", creator="Gardener",
        notebooklm_category="general", topics="[plants, soil]", signal_tier="noise",
    )  # fmt: skip

    def doubtful():
        capsys.readouterr()
        command("list", "-q", "has:doubt")
        return "Roses and compost and soil" in capsys.readouterr().out

    assert doubtful()
    command("set", str(wrong), f"{CATEGORY}=coding-tools")
    assert not doubtful()
    command("undo")
    assert doubtful()


def test_a_category_set_by_hand_leaves_the_view_of_wrong_looking_ones(sluice, learnt):
    write_source(
        learnt, 60, "Roses and compost and soil", status="triaged", creator="Gardener",
        notebooklm_category="coding-tools", topics="[plants, soil]", signal_tier="noise",
    )  # fmt: skip
    with sluice() as app:
        app.open_view("looks wrong")
        assert "Roses and compost and soil" in app.shown
        app.go_to("Roses and compost and soil")
        app.press("c", "1", "R")
        assert "Roses and compost and soil" not in app.shown


def test_what_was_typed_when_a_source_was_added_is_set_by_hand(sluice, learnt, command):
    category = f"{CATEGORY}=vibe-coding"
    command("add", "https://x.org/1", "--title", "Roses once more", "--set", category)
    with sluice() as app:
        app.go_to("Roses once more")
        assert "category" not in suggested(app)


def test_what_a_script_set_under_its_name_is_a_guess_until_a_person_sets_it(
    sluice, learnt, command
):
    with sluice() as app:
        app.press("c", "1")
        app.go_to(ROSES)
        assert "category" not in suggested(app)
        command("set", str(learnt / ROSES), f"{CATEGORY}=vibe-coding", "--by", "importer")
        app.noticed(ROSES)
        assert "category" in suggested(app)
        app.press("c")
        app.type("career-growth")
        app.press("enter")
        app.go_to(ROSES)
        assert "category" not in suggested(app)


def test_what_a_script_set_is_no_edit_of_a_person_either(sluice, learnt, command):
    with sluice() as app:
        app.go_to(ROSES)
        command("set", str(learnt / ROSES), f"{CATEGORY}=vibe-coding", "--by", "importer")
        app.noticed(ROSES)
        assert "category" in suggested(app)
        app.press("c", "1")
        app.go_to(ROSES)
        assert "category" not in suggested(app)
    with sluice() as app:
        app.go_to(ROSES)
        assert "category" not in suggested(app)


OPT_IN = "roles: {confirmed: confirmed}\nfields: {confirmed: {kind: list}}\n"


def test_what_a_header_lists_as_confirmed_gets_no_suggestion_against_it(sluice, learnt):
    (learnt / "sluice.yaml").write_text(OPT_IN)
    replace(learnt / ROSES, "status: raw", "status: raw\nconfirmed: [tier]")
    with sluice() as app:
        app.go_to(ROSES)
        assert suggested(app) == ["category"]


def test_a_listed_value_that_a_script_replaced_since_is_a_guess(sluice, learnt, command):
    (learnt / "sluice.yaml").write_text(OPT_IN)
    command("set", str(learnt / ROSES), f"{TIER}=strategic", "--by", "importer")
    replace(learnt / ROSES, "status: raw", "status: raw\nconfirmed: [tier]")
    with sluice() as app:
        app.go_to(ROSES)
        assert suggested(app) == ["category", "tier"]


def test_any_field_of_known_values_edited_in_an_editor_is_confirmed(
    sluice, learnt, capsys, command
):
    with sluice() as app:
        replace(learnt / ROSES, "platform: web", "platform: podcast")
        app.noticed(ROSES)
    capsys.readouterr()
    command("list", "confirmed:platform")
    assert capsys.readouterr().out.split("\t")[0].endswith(ROSES)
