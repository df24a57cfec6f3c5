"""``F`` shows what would repair a source, and repairs it."""

from tests.samples import write_quoted, write_source

STRAY = "has_transcript: yes\n---\nstatus: raw\ntitle: Stray\nhas_transcript: no\n---\nBody.\n"


def at(app, part):
    """Go to a source through the view of problems."""
    app.press("v")
    app.type("problems")
    app.press("enter")
    app.go_to(part)


def problem(app):
    """The problem of the source that is shown, as its head says it."""
    return app.session.desk.problem_of(app.source)


def done(app):
    """What the repair that enter makes would do."""
    return " ".join(app.box.question.repair.done)


def test_esc_leaves_it_as_it_is(sluice, vault, watch):
    write_quoted(vault)
    files = watch(vault)
    with sluice() as app:
        at(app, "yellow")
        app.press("F", "escape")
        assert app.boxes == []
    assert files.changes == {}


def test_of_two_values_the_reader_chooses(sluice, vault):
    path = vault / "SOURCE-stray.md"
    path.write_text(STRAY)
    with sluice() as app:
        at(app, "stray")
        app.press("F")
        assert "kept “has_transcript: no” and removed “has_transcript: yes”" in done(app)
        app.press("s")
        assert "kept “has_transcript: yes” and removed “has_transcript: no”" in done(app)
        app.press("enter")
    assert path.read_text() == "---\nhas_transcript: yes\nstatus: raw\ntitle: Stray\n---\nBody.\n"


def test_what_hides_data_is_repaired_and_other_decisions_go_on(sluice, vault, watch):
    path = write_source(vault, 9, "Yellow submarine")
    path.write_text(path.read_text().replace("platform: web", "guest: Ann #2"))
    files = watch(vault)
    with sluice() as app:
        at(app, "yellow")
        assert "YAML reads “#2” as a comment" in problem(app)
        app.press("1")
        assert "+ signal_tier: paradigm # guessed" in files.lines(path.name)
        app.press("u")
        assert files.changes == {}
        app.go_to("yellow")
        app.press("F", "enter")
    assert files.lines(path.name) == ["- guest: Ann #2", '+ guest: "Ann #2"']


def test_no_second_field_is_written_beside_one_that_looks_like_it(sluice, vault, watch):
    path = write_source(vault, 9, "Yellow submarine")
    path.write_text(path.read_text().replace("status: raw", "Status: raw"))
    files = watch(vault)
    with sluice() as app:
        at(app, "yellow")
        app.press("p")
        assert "Status, which looks like status" in app.toast
        assert files.changes == {}
        app.press("F", "enter", "p")
    assert files.lines(path.name) == ["- Status: raw", "+ status: triaged"]


def test_a_heading_above_the_header_is_moved_below_it(sluice, vault):
    path = write_source(vault, 9, "Yellow submarine")
    text = path.read_text()
    path.write_text(f"# Heading\n\n{text}")
    with sluice() as app:
        at(app, "yellow")
        assert "a heading above the header" in problem(app)
        app.press("F", "enter")
    assert path.read_text() == text.replace("\n---\n", "\n---\n# Heading\n\n", 1)


def test_a_file_without_a_header_gets_one_by_its_first_decision(sluice, vault, watch):
    path = vault / "SOURCE-yellow.md"
    path.write_text("Text.\n")
    files = watch(vault)
    with sluice() as app:
        app.press("v", "a", "l", "l", "enter")
        app.go_to("yellow")
        app.press("1")
        assert path.read_text() == "---\nsignal_tier: paradigm\n---\nText.\n"
        app.press("u")
    assert files.changes == {}


def test_a_value_that_is_certain_is_fixed_too(sluice, vault, watch):
    path = write_source(vault, 9, "Yellow submarine", date_published="20251128")
    files = watch(vault)
    with sluice() as app:
        at(app, "yellow")
        app.press("F", "enter")
    assert files.lines(path.name) == ["- date_published: 20251128", "+ date_published: 2025-11-28"]


def test_what_has_no_repair_says_why_and_where_the_editor_opens(sluice, vault, watch):
    path = write_source(vault, 9, "Yellow submarine")
    path.write_text(path.read_text().replace("platform: web", "nobody's line"))
    files = watch(vault)
    with sluice() as app:
        at(app, "yellow")
        app.press("F")
        assert app.toast.startswith("“Yellow submarine”: no safe repair, line 7 does not belong")
        assert "e opens your editor at line" in app.toast
        assert app.boxes == []
    assert files.changes == {}


def test_a_healthy_source_needs_none(sluice):
    with sluice() as app:
        app.press("F")
        assert app.toast == "This source has no problem."


def test_a_file_that_changes_under_the_box_is_not_repaired(sluice, vault):
    path = write_quoted(vault)
    with sluice() as app:
        at(app, "yellow")
        app.press("F")
        text = path.read_text() + "a line from elsewhere\n"
        path.write_text(text)
        app.press("enter")
        assert "Another program just changed" in app.toast
    assert path.read_text() == text


def test_brackets_go_from_problem_to_problem(sluice, vault):
    write_source(vault, 0, "Ants first", signal_tier="high")
    write_source(vault, 9, "Yellow submarine", creator="@someone")
    with sluice() as app:
        app.press("v", "a", "l", "l", "enter")
        app.go_to("clocks")
        app.press("right_square_bracket")
        assert "yellow" in app.here
        app.press("right_square_bracket")
        assert "No more problems below" in app.toast
        app.press("left_square_bracket")
        assert "ants" in app.here


def test_a_change_that_no_repair_can_precede_names_the_key(sluice, vault):
    write_source(vault, 8, "Xylophones", url="https://example.com/9")
    kept = write_source(vault, 9, "Yellow submarine", creator='""Quoted" badly')
    with sluice() as app:
        at(app, "yellow")
        app.press("d")
        question = app.box.question
        app.enter(question.keep, question.candidates[0].source, app.source)
        assert app.toast.startswith("“Yellow submarine”: broken header, line 9 cannot be read")
        assert "; F or `sluice check --fix` repairs it" in app.toast
    assert '""Quoted" badly' in kept.read_text()
