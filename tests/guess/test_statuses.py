"""Which field is the status, and the order of its values, in folders of many kinds."""

from __future__ import annotations

import pytest

from tests.guess.folders import bare, guessed, note, titled, with_values, write
from tui.errors import NoSuchStatus
from tui.guess.explain import reasons
from tui.guess.write import write_schema
from tui.vault.header.parse import read_fields

ORDERS = {
    "a tracker, where most is done": (
        "status",
        {"Done": 60, "To Do": 9, "In Progress": 4, "Won't Do": 3},
        ["To Do", "In Progress", "Done"],
        "Won't Do",
    ),
    "proposals": (
        "stage",
        {"recommended": 36, "accepted": 8, "discontinued": 3, "released": 4},
        ["accepted", "released", "recommended"],
        "discontinued",
    ),
    "a reading list": (
        "readingStatus",
        {"want-to-read": 30, "reading": 4, "finished": 22, "dnf": 3},
        ["want-to-read", "reading", "finished"],
        "dnf",
    ),
    "a shelf of an export": (
        "exclusive_shelf",
        {"read": 40, "currently-reading": 3, "to-read": 80},
        ["to-read", "currently-reading", "read"],
        "",
    ),
    "a digital garden": (
        "growth stage",
        {"🌱 seedling": 30, "🌿 budding": 12, "🌳 evergreen": 9},
        ["🌱 seedling", "🌿 budding", "🌳 evergreen"],
        "",
    ),
    "a garden under another name": (
        "type",
        {"seedling": 30, "budding": 12, "evergreen": 9},
        ["seedling", "budding", "evergreen"],
        "",
    ),
    "signs alone": ("growth", {"🌱": 30, "🌿": 12, "🌳": 9}, ["🌱", "🌿", "🌳"], ""),
    "notes of a card index": (
        "maturity",
        {"permanent": 30, "fleeting": 12, "literature": 9},
        ["fleeting", "literature", "permanent"],
        "",
    ),
    "parts of a program": (
        "status",
        {"stable": 30, "alpha": 12, "deprecated": 9, "beta": 8},
        ["alpha", "beta", "stable"],
        "deprecated",
    ),
    "numbered values with unknown words": (
        "status",
        {"3 - Kappa": 5, "1 - Zeta": 30, "2 - Omega": 9},
        ["1 - Zeta", "2 - Omega", "3 - Kappa"],
        "",
    ),
    "decisions": (
        "status",
        {"accepted": 30, "proposed": 4, "superseded": 3, "rejected": 5},
        ["proposed", "accepted"],
        "rejected",
    ),
    "German": (
        "Status",
        {"offen": 20, "in Arbeit": 5, "erledigt": 40, "verworfen": 3},
        ["offen", "in Arbeit", "erledigt"],
        "verworfen",
    ),
    "French": (
        "état",
        {"à lire": 30, "en cours de lecture": 5, "lu": 20, "abandonné": 3},
        ["à lire", "en cours de lecture", "lu"],
        "abandonné",
    ),
    "French without accents": (
        "etat",
        {"a faire": 30, "en cours": 5, "termine": 20},
        ["a faire", "en cours", "termine"],
        "",
    ),
    "Spanish": (
        "estado",
        {"Pendiente": 30, "En curso": 5, "Terminado": 20, "Descartado": 4},
        ["Pendiente", "En curso", "Terminado"],
        "Descartado",
    ),
    "Italian": (
        "stato",
        {"da leggere": 30, "in lettura": 5, "letto": 20},
        ["da leggere", "in lettura", "letto"],
        "",
    ),
    "Portuguese": (
        "situação",
        {"rascunho": 30, "revisão": 5, "publicado": 20, "arquivado": 3},
        ["rascunho", "revisão", "publicado"],
        "arquivado",
    ),
    "Russian": (
        "статус",
        {"не прочитано": 30, "читаю": 5, "прочитано": 20},
        ["не прочитано", "читаю", "прочитано"],
        "",
    ),
    "Japanese": (
        "ステータス",
        {"未着手": 30, "進行中": 5, "完了": 20, "保留": 4},
        ["未着手", "進行中", "完了"],
        "",
    ),
    "Japanese books": (
        "読書状態",
        {"積読": 30, "読書中": 5, "読了": 20},
        ["積読", "読書中", "読了"],
        "",
    ),
    "Chinese": (
        "阅读状态",
        {"想读": 30, "在读": 5, "读过": 20, "弃读": 4},
        ["想读", "在读", "读过"],
        "弃读",
    ),
    "Korean": (
        "상태",
        {"시작 전": 30, "진행 중": 5, "완료": 20},
        ["시작 전", "진행 중", "완료"],
        "",
    ),
    "links": (
        "status",
        {"[[Active]]": 12, "[[On Hold]]": 5, "[[Completed]]": 20},
        ["Inbox", "Active", "Completed"],
        "",
    ),
}


@pytest.mark.parametrize("kind", ORDERS)
def test_statuses_are_in_the_order_a_note_goes_through_them(kind, tmp_path):
    field, counts, main, archive = ORDERS[kind]
    found = guessed(with_values(tmp_path, field, counts))
    assert found.status.name == field
    assert list(found.order.main) == main
    assert found.order.archive == archive
    assert found.order.is_known
    assert {value.name for value in found.order.values if value.files} == {
        value.strip("[]") for value in counts
    }


def test_a_missing_end_is_added_in_the_language_and_case_of_the_others(tmp_path):
    found = guessed(with_values(tmp_path, "Status", {"Offen": 20, "In Arbeit": 9, "Geplant": 5}))
    assert found.order.main == ("Offen", "Geplant", "In Arbeit", "Erledigt")
    assert [value.name for value in found.order.values if not value.files] == ["Erledigt"]


def test_a_reading_list_without_an_end_gets_read(tmp_path):
    found = guessed(with_values(tmp_path, "status", {"unread": 20, "reading": 9}))
    assert found.order.main == ("unread", "reading", "read")


def test_words_of_one_stage_are_one_value_and_those_away_stay_apart(tmp_path):
    counts = {
        "todo": 20,
        "To-Do": 3,
        "open": 4,
        "done": 30,
        "closed": 9,
        "rejected": 4,
        "obsolete": 3,
    }
    found = guessed(with_values(tmp_path, "status", counts))
    values = {value.name: value for value in found.order.values}
    assert found.order.main == ("todo", "done")
    assert values["todo"].read_as == ("To-Do", "open")
    assert values["done"].read_as == ("closed",)
    assert values["done"].files == 39
    assert found.order.archive == "rejected"
    assert values["obsolete"].files == 3


def test_rare_words_are_beside_the_line_and_move_to_the_next_stage(tmp_path):
    counts = {"Done": 578, "To Do": 86, "In Progress": 3, "Won't Do": 6, "Draft": 1, "proposed": 1}
    found = guessed(with_values(tmp_path, "status", counts))
    assert found.order.main == ("To Do", "In Progress", "Done")
    assert dict(found.order.moves) == {"Draft": ("To Do",), "proposed": ("In Progress",)}


def test_unknown_words_have_no_order_and_a_named_line_is_taken(tmp_path):
    root = with_values(tmp_path, "status", {"zeta": 12, "kappa": 12, "archived": 3})
    found = guessed(root)
    assert not found.order.is_known
    assert set(found.order.unplaced) == {"zeta", "kappa"}
    named = guessed(root, ["zeta", "Kappa"])
    assert named.order.main == ("zeta", "kappa")
    assert named.order.archive == "archived"
    assert named.order.is_known


def test_a_status_among_the_tags(tmp_path):
    for number, value in enumerate(["inbox"] * 20 + ["done"] * 10):
        write(tmp_path, {f"{number}.md": note({"tags": ["a", f"status/{value}", "b"]})})
    found = guessed(tmp_path)
    assert (found.status.kind, found.status.name, found.status.prefix) == ("tag", "tags", "status/")
    assert found.order.main[0] == "inbox"
    assert found.roles["topics"].name == "tags"


NOT_A_STATUS = {
    "sentences": (
        "status",
        {f"I have read this until page {n} and will go on": 1 for n in range(30)},
    ),
    "dates": ("status", {f"2026-01-{day:02}": 1 for day in range(1, 29)}),
    "numbers": ("progress", {f"{n}": 2 for n in range(5, 60, 5)}),
    "a count of stars": ("state", {1: 5, 2: 5, 3: 20}),
    "places": ("state", {"California": 12, "Texas": 8}),
    "categories with words of statuses": ("category", {"reading": 9, "writing": 8, "review": 7}),
    "what anybody may see": ("access", {"public": 20, "private": 9}),
    "too many values": ("state", {f"place {n}": 1 for n in range(50)}),
}


@pytest.mark.parametrize("kind", NOT_A_STATUS)
def test_what_is_no_status_is_left_alone_and_a_new_one_has_another_name(kind, tmp_path):
    field, counts = NOT_A_STATUS[kind]
    found = guessed(with_values(tmp_path, field, counts))
    assert found.status.kind == "new"
    assert found.status.name == ("triage" if field == "status" else "status")
    assert found.order.main == ("inbox", "read", "done")


def test_a_word_in_a_few_of_many_notes_is_an_accident(tmp_path):
    titled(tmp_path, 200)
    with_values(tmp_path, "status", {"draft": 2})
    assert guessed(tmp_path).status.kind == "new"


def test_a_yes_or_no_is_a_status_of_two(tmp_path):
    with_values(tmp_path, "draft", {True: 3, False: 30})
    found = guessed(tmp_path)
    assert (found.status.kind, found.status.name) == ("bool", "draft")
    assert found.order.main == ("draft", "published")
    assert [value.written for value in found.order.values] == [True, False]
    assert found.absent == "published"
    assert not found.roles["insights"].name


def test_without_the_line_published_a_note_is_what_the_others_are_not(tmp_path):
    titled(tmp_path, 40)
    with_values(tmp_path, "published", {False: 6})
    assert guessed(tmp_path).absent == "published"


def test_with_published_yes_on_some_the_others_are_drafts(tmp_path):
    titled(tmp_path, 40)
    with_values(tmp_path, "publish", {True: 16})
    assert guessed(tmp_path).absent == "draft"


def test_archived_yes_or_no_gets_the_key_for_it(tmp_path):
    found = guessed(with_values(tmp_path, "archived", {True: 10, False: 20}))
    assert (found.order.main, found.order.archive) == (("live",), "archived")


def test_a_to_do_of_an_export_says_completed_with_a_question_mark(tmp_path):
    with_values(tmp_path, "completed?", {"no": 30, "yes": 10})
    found = guessed(tmp_path)
    assert (found.status.name, found.order.main) == ("completed?", ("open", "completed"))


def test_a_word_in_a_few_notes_does_not_hide_a_yes_or_no_in_most(tmp_path):
    with_values(tmp_path, "draft", {False: 90, True: 10})
    with_values(tmp_path, "status", {"todo": 3, "done": 2}, draft=False)
    assert guessed(tmp_path).status.name == "draft"


def test_one_of_several_statuses_on_different_notes_is_open(tmp_path):
    titled(tmp_path, 300)
    with_values(
        tmp_path, "readingStatus", {"want-to-read": 20, "reading": 5, "finished": 5}, "books/"
    )
    with_values(tmp_path, "watchStatus", {"to watch": 20, "watched": 8}, "films/")
    found = guessed(tmp_path)
    assert found.status_certainty == "open"
    assert guessed(tmp_path, status="watchStatus").status.name == "watchStatus"


def test_a_known_status_of_a_small_folder_is_not_called_certain(tmp_path):
    assert (
        guessed(with_values(tmp_path, "status", {"todo": 3, "done": 3})).status_certainty
        == "likely"
    )


def test_a_known_status_of_a_large_folder_is_certain(tmp_path):
    found = guessed(with_values(tmp_path, "status", {"todo": 30, "done": 30}))
    assert found.certainty == "sure"


def test_names_that_differ_in_case_are_one_field(tmp_path):
    with_values(tmp_path, "Status", {"todo": 20})
    with_values(tmp_path, "status", {"done": 12})
    found = guessed(tmp_path)
    assert found.status.name == "Status"
    assert len(found.status.holders) == 32


def test_a_status_that_is_empty_everywhere_is_the_new_one(tmp_path):
    titled(tmp_path, 40, Status=None)
    found = guessed(tmp_path)
    assert (found.status.kind, found.status.name) == ("new", "Status")
    assert found.order.main == ("inbox", "read", "done")


def test_a_field_that_most_notes_have_empty_counts_as_theirs(tmp_path):
    titled(tmp_path, 40, status=None)
    titled(tmp_path, 10, "x/")
    with_values(tmp_path, "status", {"todo": 5, "done": 4})
    found = guessed(tmp_path)
    assert (found.status.name, found.sources.header) == ("status", "any")
    assert len(found.sources.numbers) == 59


def test_toml_headers_are_read(tmp_path):
    for number in range(30):
        status = "draft" if number < 9 else "published"
        text = f"+++\ntitle = 'Post {number}'\nstatus = '{status}'\n+++\nText\n"
        write(tmp_path, {f"{number}.md": text})
    found = guessed(tmp_path)
    assert found.order.main == ("draft", "published")
    assert len(found.sources.numbers) == 30


def test_a_folder_without_any_header(tmp_path):
    found = guessed(bare(tmp_path, 30))
    assert (found.status.kind, found.sources.header) == ("new", "none-too")
    assert len(found.sources.numbers) == 30


def test_what_a_decision_was_superseded_by_does_not_make_it_another_status(tmp_path):
    counts = {"accepted": 40, "rejected": 3, **{f"superseded by {n:04}": 1 for n in range(20)}}
    found = guessed(with_values(tmp_path, "status", counts))
    assert found.status.name == "status"
    assert found.order.archive == "rejected"


def test_tasks_among_other_notes_are_the_sources_and_drafts_are_not_alone(tmp_path):
    with_values(tmp_path / "tasks", "completed", {True: 10, False: 30})
    titled(tmp_path / "tasks", 100, "x/")
    with_values(tmp_path / "posts", "draft", {True: 10})
    titled(tmp_path / "posts", 100, "x/")
    assert len(guessed(tmp_path / "tasks").sources.numbers) == 40
    assert len(guessed(tmp_path / "posts").sources.numbers) == 110


def test_a_status_among_tags_of_another_name_by_its_words(tmp_path):
    for number, value in enumerate(["fleeting"] * 20 + ["evergreen"] * 10):
        write(tmp_path, {f"{number}.md": note({"tags": [f"note/{value}", "topic/x"]})})
    found = guessed(tmp_path)
    assert (found.status.prefix, found.field) == ("note/", "note")


def test_other_spellings_of_the_name_are_read_too(tmp_path):
    for name in ("status", "Status", "STATUS"):
        with_values(tmp_path / name, name, {"todo": 5, "done": 5 + len(name) % 7})
        titled(tmp_path / name, 1)
    found = guessed(tmp_path)
    assert {found.status.name, *found.status.spellings} == {"status", "Status", "STATUS"}
    assert len(found.status.holders) == 48


def test_numbers_are_a_status_if_the_user_says_so(tmp_path):
    root = with_values(tmp_path, "stage", {3: 30, 1: 20, 2: 7})
    assert guessed(root).status.kind == "new"
    found = guessed(root, status="stage")
    assert (found.status.name, found.status.is_number) == ("stage", True)
    assert found.order.main == ("1", "2", "3")
    assert guessed(root, ["2", "1", "3"], status="stage").order.main == ("2", "1", "3")


def test_any_yes_or_no_is_a_status_if_the_user_says_so(tmp_path):
    root = with_values(tmp_path, "starred", {True: 10, False: 20})
    assert guessed(root).status.kind == "new"
    found = guessed(root, status="Starred")
    assert (found.status.kind, found.order.main) == ("bool", ("not starred", "starred"))
    assert found.absent == "not starred"


def test_a_new_status_can_have_the_name_that_the_user_gives_it(tmp_path):
    root = with_values(tmp_path, "status", {"x": 10, "y": 8}, folder="tasks/")
    titled(root, 200)
    found = guessed(root, ["inbox", "read"], status="triage")
    assert (found.status.kind, found.status.name) == ("new", "triage")
    assert found.order.main == ("inbox", "read")
    with pytest.raises(NoSuchStatus, match="No note has the field triage; with `--main A,B`"):
        guessed(root, status="triage")


def test_words_for_what_left_say_nothing_about_the_order_of_the_others(tmp_path):
    counts = {"rejected": 30, "applied": 20, "wishlist": 9, "onsite": 5}
    found = guessed(with_values(tmp_path, "stage", counts))
    assert not found.order.is_known
    assert guessed(
        with_values(tmp_path / "b", "status", {"rejected": 30, "todo": 9, "done": 5})
    ).order.is_known


def test_a_missing_end_is_in_capitals_where_all_others_are(tmp_path):
    found = guessed(with_values(tmp_path, "state", {"READING": 20, "ARCHIVED": 9}))
    assert found.order.main == ("INBOX", "READING", "READ")


def test_a_new_field_has_no_name_that_texts_give_values_with_colons(tmp_path):
    text = "- **status**:: [[to-read]]\n- Insights:: one\n- url::https://x\n- a line\n"
    write(tmp_path, {f"pages/{n}.md": text for n in range(9)})
    bare(tmp_path, 5, body="std::status::x\n")
    found = guessed(tmp_path)
    assert (found.status.kind, found.field) == ("new", "triage")
    assert found.roles["insights"].name == "key_insights"


def test_a_new_field_for_insights_has_a_name_of_its_own(tmp_path):
    titled(tmp_path, 12, insights="short", key_insights=4, status="")
    found = guessed(tmp_path)
    assert found.roles["insights"].name == "sluice_insights"


def test_a_field_that_only_a_person_can_say_is_the_status_is_named(tmp_path):
    values = {"kappa": 30, "zeta": 20, "omega": 10}
    with_values(tmp_path / "own", "position", values)
    found = guessed(tmp_path / "own")
    assert (found.status.kind, found.status_certainty) == ("new", "likely")
    assert [one.name for one in found.possible] == ["position"]
    said = [line.text for line in reasons(found)]
    assert any("position, 60 files: kappa 30, zeta 20, omega 10" in text for text in said)
    with_values(tmp_path / "named", "phase", values)
    found = guessed(tmp_path / "named")
    assert (found.status.kind, found.status_certainty) == ("new", "open")
    assert [one.name for one in found.possible] == ["phase"]


def test_of_few_notes_only_a_field_with_the_name_of_a_status_is_asked_about(tmp_path):
    with_values(tmp_path / "named", "fase", {"kappa": 7, "zeta": 5})
    with_values(tmp_path / "own", "position", {"kappa": 7, "zeta": 5})
    assert [one.name for one in guessed(tmp_path / "named").possible] == ["fase"]
    assert guessed(tmp_path / "own").possible == ()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("layout", {"post": 30, "page": 30}),
        ("category", {"kappa": 30, "zeta": 30}),
        ("shade", {"kappa": 58, "zeta": 2}),
        ("shade", {f"kappa {letter}": 6 for letter in "abcdefghij"}),
        ("shade", {True: 30, False: 30}),
        ("shade", {1: 30, 2: 30}),
    ],
)
def test_a_field_of_other_use_is_not_asked_about(tmp_path, name, values):
    with_values(tmp_path, name, values)
    assert guessed(tmp_path).possible == ()
    assert guessed(tmp_path).status_certainty == "sure"


def test_the_values_that_are_named_say_which_field_is_meant(tmp_path):
    with_values(tmp_path, "position", {"kappa": 30, "zeta": 20})
    found = guessed(tmp_path, main=["zeta", "kappa"])
    assert (found.status.name, found.order.main) == ("position", ("zeta", "kappa"))
    with_values(tmp_path, "state", {"todo": 10, "done": 10}, "tasks/")
    assert guessed(tmp_path, main=["zeta", "kappa"]).status.name == "state"
    with_values(tmp_path, "status", {"alpha": 10, "beta": 60}, "more/")
    assert guessed(tmp_path, main=["todo", "done"]).status.name == "state"
    assert guessed(tmp_path, main=["alpha", "beta"]).status.name == "status"


def test_a_list_that_ends_in_the_archive_is_a_status_whatever_its_name(tmp_path):
    with_values(tmp_path, "location", {"new": 20, "later": 9, "shortlist": 5, "archive": 20})
    found = guessed(tmp_path)
    assert (found.status.name, found.status_certainty) == ("location", "likely")
    assert (found.order.main[0], found.order.archive) == ("new", "archive")


def test_ideas_and_an_archive_are_categories(tmp_path):
    with_values(tmp_path, "category", {"ideas": 20, "archive": 20})
    assert guessed(tmp_path).status.kind == "new"


def tagged(root, counts, *others):
    """Notes with such a tag beside others."""
    tags = [tag for tag, count in counts.items() for _ in range(count)]
    return write(
        root,
        {f"{n:03}.md": note({"tags": [*others, tag, f"t{n % 7}"]}) for n, tag in enumerate(tags)},
    )


def test_one_of_the_tags_of_nearly_every_note_is_the_status(tmp_path):
    found = guessed(tagged(tmp_path, {"inbox": 40, "#processed": 60}))
    assert (found.status.kind, found.field, found.status.prefix) == ("tag", "status", "")
    assert (found.status_certainty, found.order.main) == ("likely", ("inbox", "processed"))
    schema = read_fields(write_schema(found))
    assert schema["fields"]["status"]["prefix"] == ""
    assert guessed(tmp_path, status="tags").status.kind == "tag"


def test_the_only_tag_of_each_note_stays_one_of_the_tags(tmp_path):
    for field, value in (("tags", ["inbox"]), ("tags", "done")):
        with_values(tmp_path, "n", dict.fromkeys(range(15), 1), f"{value}/", **{field: value})
    found = guessed(tmp_path)
    assert (found.status.kind, found.status.name) == ("tag", "tags")
    assert found.roles["topics"].name == "tags"
    assert guessed(tmp_path, status="tags").status.kind == "tag"


@pytest.mark.parametrize(
    ("counts", "others"),
    [
        ({"inbox": 40, "processed": 60, "boats": 20}, ()),
        ({"inbox": 40, "processed": 60}, ("done",)),
        ({"reading": 40, "writing": 60}, ()),
        ({"reference": 40, "literature": 60}, ()),
    ],
)
def test_words_that_are_tags_beside_others_are_no_status(tmp_path, counts, others):
    assert guessed(tagged(tmp_path, counts, *others)).status.kind == "new"
