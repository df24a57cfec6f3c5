"""What is decided is shown at once, and what came of it on disk."""

from tests.samples import replace

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


def test_u_after_a_failure_that_was_seen_is_about_the_decision_before(limits, sluice, files, vault):
    limits["noticed"] = 0.0
    with sluice() as app:
        app.press("1", "j")
        replace(vault / SECOND, "tactical", "noise")
        app.press("2")
        assert "noise" in app.toast
        app.press("u")
        assert app.toast == "Undid: signal_tier = paradigm · Apples in autumn"
    assert set(files.changes) == {SECOND}
