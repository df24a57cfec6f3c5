"""After a key that begins others it is asked which one follows."""

NAME = "SOURCE-001-apples.md"


def following(app):
    """The keys that can follow, and what they do."""
    question = app.box.question
    return {(one.key, one.name) for one in question.after(question.begun)}


def test_esc_leaves_and_runs_nothing(sluice, config, files):
    config('keys: {decide.archive: "z a"}')
    with sluice() as app:
        app.press("z", "escape")
        assert app.boxes == []
        assert "a" not in {key for key, _ in app.session.keymap.bindings}
    assert files.changes == {}


def test_a_command_that_cannot_run_says_why_after_its_last_key_too(sluice, config, vault):
    config('keys: {decide.archive: "z a"}')
    for path in vault.iterdir():
        path.unlink()
    with sluice() as app:
        app.press("z", "a")
        assert app.toast == "There is no source under the cursor."


def test_help_and_key_bar_show_keys_in_a_row(sluice, config):
    config('keys: {decide.archive: "z a", decide.promote: ["m", "z p"]}')
    with sluice() as app:
        assert "z a archive" in app.keys
        app.press("question_mark")
        assert any(option.lead == "m, z p" for option in app.box.options)
