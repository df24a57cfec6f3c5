"""How a vault is spread over tiers, statuses and months, and when it is done."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tui.display import cells
from tui.errors import SchemaError
from tui.triage.drawing import columns, line_cells
from tui.triage.picture import outlook_sentence, picture_of
from tui.triage.schema import load_schema
from tui.triage.stats import stats_of
from tui.triage.trust import Ages
from tui.vault.header.edit import MISSING
from tui.vault.history.change import Change, FieldRecord, FileRecord, Patch

TODAY = date(2026, 3, 15)
OTHER = """\
base: none
roles: {status: stage, date: made}
fields: {stage: {kind: choice, values: [fresh, kept]}}
flow: {main: [fresh, kept], archive: null}
"""
PATCH = Patch(0, "", "", "", "")


def sources(make, count, **fields):
    return [make(f"SOURCE-{fields}-{number}.md", **fields) for number in range(count)]


def moved(days_ago, names, before="raw", after="triaged", *, undone=False, field="status"):
    when = datetime.combine(TODAY - timedelta(days=days_ago), time(12), UTC)
    files = tuple(
        FileRecord(name, (FieldRecord(field, before, after),), PATCH) for name in names.split()
    )
    return Change(f"{days_ago}{names}{before}", "Promoted", when, files, undone)


def text(schema, stats, width=80, most=None):
    lines = picture_of(schema, stats, width, most)
    return "\n".join("".join(part for part, _ in line).rstrip() for line in lines)


def row(shown, name):
    return next(line for line in shown.splitlines() if name in line)


def test_sources_past_raw_are_judged_and_the_rest_is_left(schema, make):
    found = [
        *sources(make, 3, status="raw"),
        *sources(make, 2, status="triaged"),
        *sources(make, 1, status="archived"),
        *sources(make, 1, status="odd"),
        *sources(make, 1, title="without"),
    ]
    stats = stats_of(schema, found, [], TODAY)
    assert (stats.total, stats.judged, stats.left, stats.no_status) == (8, 3, 4, 1)
    assert [(stage.name, stage.sources, stage.reached) for stage in stats.stages] == [
        ("raw", 4, 7),
        ("triaged", 2, 3),
        ("processed", 0, 0),
        ("integrated", 0, 0),
        ("archived", 1, None),
    ]


def test_guessed_tiers_are_told_apart_from_judged_ones(schema, make):
    found = [
        *sources(make, 6, status="raw", signal_tier="paradigm"),
        *sources(make, 1, status="triaged", signal_tier="noise"),
        *sources(make, 1, status="triaged", signal_tier="none of ours"),
    ]
    stats = stats_of(schema, found, [], TODAY)
    assert stats.judged_tiers.counts == {"paradigm": 0, "strategic": 0, "tactical": 0, "noise": 1}
    assert (stats.judged_tiers.share("noise"), stats.judged_tiers.without) == (1.0, 1)
    assert stats.all_tiers.counts["paradigm"] == 6


@pytest.mark.parametrize(
    ("high", "low", "warned"),
    [
        (60, 40, True),
        (25, 75, False),
        (33, 67, False),
        (36, 64, True),
        (3, 1, False),
        (1, 0, False),
    ],
)
def test_a_warning_needs_a_clear_margin_and_enough_sources(schema, make, high, low, warned):
    found = [
        *sources(make, high, status="triaged", signal_tier="strategic"),
        *sources(make, low, status="triaged", signal_tier="noise"),
    ]
    stats = stats_of(schema, found, [], TODAY)
    assert (stats.inflation is not None) is warned
    if warned:
        said = " ".join(text(schema, stats).split())
        assert f"{high} % of 100 judged sources are paradigm or strategic ({high})" in said
        assert "the target is 25 % (25)" in said


def test_targets_are_replaced_by_the_vaults_own(tmp_path, make):
    (tmp_path / "sluice.yaml").write_text("targets: {paradigm: 50, noise: 50}\n")
    schema = load_schema(tmp_path)
    assert schema.targets == {"paradigm": 0.5, "strategic": 0, "tactical": 0, "noise": 0.5}


def test_a_vault_with_other_tiers_has_no_targets_until_it_sets_them(tmp_path, make):
    tiers = "fields: {signal_tier: {values: {good: {}, bad: {}}}}\n"
    (tmp_path / "sluice.yaml").write_text(tiers)
    schema = load_schema(tmp_path)
    assert schema.targets == {}
    stats = stats_of(schema, sources(make, 3, status="triaged", signal_tier="good"), [], TODAY)
    shown = text(schema, stats)
    assert "target" not in shown
    assert "100 %" in row(shown, "good")


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ("{paradigm: 50, noise: 40}", "add up to 100 per cent, not 90"),
        ("{paradigm: 50, nose: 50}", "targets name nose"),
        ("{paradigm: 150, noise: -50}", "add up to 100"),
        ("5", "targets must be a map"),
        ("{paradigm: many}", "the target of paradigm must be a number"),
    ],
)
def test_targets_that_are_invalid_are_refused(tmp_path, targets, said):
    (tmp_path / "sluice.yaml").write_text(f"targets: {targets}\n")
    with pytest.raises(SchemaError, match=said):
        load_schema(tmp_path)


def test_a_source_counts_in_its_month_however_its_date_is_written(schema, make):
    found = [
        make("a.md", captured_date=date(2026, 1, 2), date_published=date(2020, 1, 1)),
        make("b.md", date_published="20260105"),
        make("c.md", date_published="Feb 15, 2026", captured_date=""),
        make("d.md", date_published="soon"),
        make("e.md", date_published=["2026-01-01"]),
        make("f.md"),
    ]
    stats = stats_of(schema, found, [], TODAY)
    assert stats.months == ((date(2026, 1, 1), 2), (date(2026, 2, 1), 1))
    assert stats.undated == 3
    assert "3 without a date" in text(schema, stats)


def test_months_out_of_sight_are_counted_beside_the_picture(schema, make):
    days = [date(1, 1, 1), date(2001, 5, 5), date(2026, 3, 1), date(9999, 12, 31)]
    found = [make(f"{day}.md", date_published=day) for day in days]
    shown = text(schema, stats_of(schema, found, [], TODAY))
    assert "2 earlier, 1 in the future" in shown


def test_categories_are_sorted_by_size_with_what_is_left_of_each(schema, make):
    found = [
        *sources(make, 2, status="raw", notebooklm_category="general"),
        *sources(make, 1, status="triaged", notebooklm_category="vibe-coding"),
        *sources(make, 2, status="triaged", notebooklm_category="general"),
        make("two.md", status="raw", notebooklm_category=["general", "new one"]),
        *sources(make, 9, status="raw"),
    ]
    stats = stats_of(schema, found, [], TODAY)
    assert [(c.name, c.judged, c.left) for c in stats.categories] == [
        ("general", 2, 3),
        ("new one", 0, 1),
        ("vibe-coding", 1, 0),
        ("", 0, 9),
    ]
    assert row(text(schema, stats), "general").split()[-3:] == ["2", "3", "5"]


def test_the_pace_says_when_nothing_is_left(schema, make):
    log = [moved(20, "z"), moved(3, "a b c d"), moved(0, "e f g"), moved(0, "h", undone=True)]
    stats = stats_of(schema, sources(make, 10, status="raw"), log, TODAY)
    assert [(day.decisions, day.judged) for day in stats.days[-4:]] == [
        (4, 4), (0, 0), (0, 0), (3, 3),
    ]  # fmt: skip
    assert stats.outlook.a_day == 0.5
    assert outlook_sentence(stats) == (
        "Done by 2026-04-04: 20 days at 0.5 a day, the pace of the last 14 days, "
        "if no sources are added."
    )


def test_days_before_the_first_decision_do_not_slow_the_pace(schema, make):
    stats = stats_of(schema, sources(make, 9, status="raw"), [moved(1, "a b c d")], TODAY)
    assert (stats.outlook.a_day, stats.outlook.days) == (2.0, 2)


def test_what_was_moved_back_the_same_day_was_not_judged(schema, make):
    log = [moved(0, "a b"), moved(0, "a", "triaged", "raw"), moved(0, "c", 1, 2, field="title")]
    stats = stats_of(schema, sources(make, 5, status="raw"), log, TODAY)
    assert (stats.days[-1].decisions, stats.days[-1].judged) == (4, 1)


@pytest.mark.parametrize(
    ("count", "status", "log", "said"),
    [
        (0, "raw", [], "There is nothing to judge yet."),
        (3, "triaged", [], "Nothing is left to judge."),
        (3, "raw", [], "No estimate: the journal shows nothing"),
        (3, "raw", [moved(0, "a", 1, 2, field="title")], "No estimate: the journal shows nothing"),
        (3, "raw", [moved(25, "a")], "No estimate: the journal shows nothing"),
        (9_000, "raw", [moved(0, "a")], "More than 10 years to go: 9,000 days at 1.0 a day"),
    ],
)
def test_where_no_day_can_be_told_that_is_said(schema, make, count, status, log, said):
    stats = stats_of(schema, sources(make, count, status=status), log, TODAY)
    assert said in " ".join(text(schema, stats).split())


@pytest.mark.parametrize("width", [40, 41, 45, 46, 59, 76, 80, 96, 116, 132])
def test_no_line_is_wider_than_its_room_whatever_the_values_are(schema, make, width):
    wide = "世界" * 40
    found = [
        make(f"{n}.md", status="raw" if n % 3 else "odd", signal_tier=("paradigm", "x")[n % 2],
             notebooklm_category=f"{n} {wide} \x1b[31m", date_published=date(2026, n % 12 + 1, 1))
        for n in range(200)
    ]  # fmt: skip
    names = " ".join(str(number) for number in range(12_000))
    stats = stats_of(schema, found, [moved(0, names)], TODAY)
    lines = picture_of(schema, stats, width)
    assert max(map(line_cells, lines)) <= width
    assert not any("\x1b" in part for line in lines for part, _ in line)
    assert sum("世" in "".join(part for part, _ in line) for line in lines) == 200
    few = text(schema, stats, width, 25)
    assert "175 more" in few


@pytest.mark.parametrize("found", [[], [{}], [{"status": "raw"}]])
def test_nothing_and_a_single_source_are_shown_too(schema, make, found):
    stats = stats_of(schema, [make(**fields) for fields in found], [], TODAY)
    for width in (40, 80, 120):
        assert "Progress" in text(schema, stats, width)


def test_a_column_stands_as_high_as_its_figure():
    drawn = ["".join(part for part, _ in line) for line in columns(
        [("a", 0), ("b", 1), ("c", 500), ("d", 1_000)], 6, 4, "")]  # fmt: skip
    assert drawn == [
        "                   ⣿⣿⣿⣿⣿",
        "                   ⣿⣿⣿⣿⣿",
        "             ⣿⣿⣿⣿⣿ ⣿⣿⣿⣿⣿",
        "       ⣀⣀⣀⣀⣀ ⣿⣿⣿⣿⣿ ⣿⣿⣿⣿⣿",
        "────────────────────────",
        "     a     b     c     d",
        "     ·     1   500 1,000",
    ]
    assert all(cells(line) == 24 for line in drawn)


@pytest.mark.parametrize("status", [None, "", " ", [], [""], "Raw", " raw ", ["RAW"]])
def test_what_counts_as_the_first_status_is_left_to_do(schema, make, status):
    found = [make("a.md", status=status), make("b.md", status="Triaged ", signal_tier="Noise")]
    stats = stats_of(schema, found, [], TODAY)
    assert (stats.judged, stats.left, stats.no_status) == (1, 1, 0)
    assert stats.judged_tiers.counts["noise"] == 1


@pytest.mark.parametrize("before", [MISSING, None, "", "Raw"])
def test_a_first_move_from_no_status_is_a_source_judged(schema, make, before):
    stats = stats_of(schema, sources(make, 5, status="raw"), [moved(0, "a", before)], TODAY)
    assert stats.days[-1].judged == 1
    stats = stats_of(schema, [], [moved(0, "a", before, "raw")], TODAY)
    assert stats.days[-1].judged == 0


def test_the_months_name_the_fields_they_are_counted_by(tmp_path, schema, make):
    found = sources(make, 2, captured_date="2026-02-01")
    shown = text(schema, stats_of(schema, found, [], TODAY))
    assert "Sources by month  by captured, else published" in shown
    (tmp_path / "sluice.yaml").write_text(OTHER)
    other = load_schema(tmp_path)
    found = sources(make, 2, made="2026-02-01")
    assert "Sources by month  by made" in text(other, stats_of(other, found, [], TODAY))


def test_a_folder_without_a_field_for_dates_has_no_months(tmp_path, make):
    (tmp_path / "sluice.yaml").write_text(OTHER.replace(", date: made", ""))
    other = load_schema(tmp_path)
    assert "month" not in text(other, stats_of(other, sources(make, 2, made="2026"), [], TODAY))


def test_nothing_known_of_how_long_sources_wait_is_a_sentence_and_no_chart(schema, make):
    stats = stats_of(schema, sources(make, 3), [], TODAY)
    ages = Ages((("under a week", 0), ("a year or more", 0)), 3, 0, None, None)
    shown = text(schema, stats._replace(ages=ages))
    assert "Waiting  3 sources open\nNeither the journal nor a field says since when." in shown
    assert "under a week" not in shown
