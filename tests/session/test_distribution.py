"""``D`` shows how the vault is spread and how fast it gets less."""

from tui.session.questions import Statistics


def picture(app):
    """The picture as it is drawn on a wide screen."""
    lines = app.box.question.draw(app.box.latest(Statistics).stats, 120)
    return "\n".join("".join(text for text, _ in line) for line in lines)


def test_a_decision_made_just_now_is_counted(sluice):
    with sluice() as app:
        app.press("D")
        assert "0 of 4 sources judged, 4 left" in picture(app)
        app.press("q", "p", "D")
        assert "1 of 4 sources judged, 3 left" in picture(app)
        assert "3 days at 1.0 a day, today's" in picture(app)
        assert "1 decision, 1 judged" in picture(app)
        app.press("q", "u", "D")
        assert "0 of 4 sources judged, 4 left" in picture(app)
        assert "no decision from the last 30 days" in picture(app)


def test_an_empty_vault_says_so(sluice, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with sluice(empty) as app:
        app.press("D")
        assert "There is nothing to judge yet." in picture(app)


def test_broken_sources_and_odd_values_are_counted(sluice, vault):
    (vault / "SOURCE-broken.md").write_text('---\nstatus: raw\ntitle: ""Bad" one"\n---\n')
    (vault / "SOURCE-odd.md").write_text(
        '---\nstatus: odd\nnotebooklm_category: "[/red] x"\ndate_published: 9999-01-01\n---\n'
    )
    with sluice() as app:
        app.press("D")
        assert "0 of 6 sources judged, 5 left" in picture(app)
        assert "[/red] x" in picture(app)
        assert "in the future" in picture(app)
        assert "without a date" in picture(app)


def test_what_others_write_is_counted_at_once(sluice, vault):
    with sluice() as app:
        app.press("D")
        path = next(vault.glob("SOURCE-002*"))
        path.write_text(path.read_text().replace("status: raw", "status: triaged", 1))
        app.noticed(path.name)
        assert "1 of 4 sources judged" in picture(app)


def test_what_a_person_confirmed_and_what_waits_is_in_the_picture(sluice, vault):
    with sluice() as app:
        app.press("1", "D")
        drawn = picture(app)
        assert "confirmed" in drawn
        assert "Waiting" in drawn
