"""a puts a source away, by the statuses that lead there, as one change."""

NAME = "SOURCE-001-apples.md"


def test_a_tier_worth_keeping_is_warned_about(sluice, vault):
    with sluice() as app:
        app.press("1", "a")
        assert "archived expects noise or tactical" in app.toast
        assert "paradigm" in app.toast
    assert "\nstatus: archived\n" in (vault / NAME).read_text()


def test_noise_is_archived_without_a_word_of_warning(sluice):
    with sluice() as app:
        app.press("4", "a")
        assert app.toast == "× archived, was ○ raw · u undoes"


def test_what_is_archived_cannot_be_archived_again(sluice, write, watch, vault):
    write(9, "Filed", status="archived")
    files = watch(vault)
    with sluice() as app:
        app.press("v", "4")
        app.go_to("Filed")
        app.press("a")
        assert "already archived" in app.toast
    assert files.changes == {}


def test_what_is_integrated_is_not_archived_and_the_reason_is_said(sluice, write, watch, vault):
    write(9, "Built in", status="integrated")
    files = watch(vault)
    with sluice() as app:
        app.press("v", "4")
        app.go_to("Built")
        app.press("a")
        assert "integrated and cannot become archived" in app.toast
    assert files.changes == {}
