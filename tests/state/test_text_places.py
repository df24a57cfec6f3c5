"""How far each text was read, in a file of bounded size that several apps share."""

from tui.state.text_places import MOST_TEXTS, TEXT_PLACES_FILE, TextPlaces


def written(folder, **places):
    kept = TextPlaces(folder)
    for name, offset in places.items():
        kept.keep(name, offset)
    assert kept.write(kept.changes) == ""
    return kept


def test_a_place_is_there_at_the_next_start_and_the_top_takes_no_room(tmp_path):
    written(tmp_path, a=120, b=7)
    written(tmp_path, b=0)
    again = TextPlaces(tmp_path)
    assert (again.of("a"), again.of("b"), again.of("c")) == (120, 0, 0)
    assert '"b"' not in (tmp_path / TEXT_PLACES_FILE).read_text()


def test_the_places_are_bounded_and_the_least_recent_go_first(tmp_path):
    written(tmp_path, old=5)
    written(tmp_path, **{f"text {number}": number + 1 for number in range(MOST_TEXTS)})
    again = TextPlaces(tmp_path)
    assert (again.of("old"), again.of("text 0")) == (0, 1)


def test_two_apps_keep_the_places_of_each_other(tmp_path):
    one, other = TextPlaces(tmp_path), TextPlaces(tmp_path)
    assert (one.of("a"), other.of("a")) == (0, 0)
    one.keep("a", 10)
    other.keep("b", 20)
    assert (one.write(one.changes), other.write(other.changes)) == ("", "")
    again = TextPlaces(tmp_path)
    assert (again.of("a"), again.of("b")) == (10, 20)


def test_a_renamed_source_takes_its_place_along(tmp_path):
    kept = written(tmp_path, old=33)
    kept.rename("old", "new")
    assert kept.write(kept.changes) == ""
    again = TextPlaces(tmp_path)
    assert (again.of("old"), again.of("new")) == (0, 33)


def test_a_damaged_file_is_set_aside_and_odd_entries_are_ignored(tmp_path):
    path = tmp_path / TEXT_PLACES_FILE
    path.write_text("no json")
    assert TextPlaces(tmp_path).of("a") == 0
    path.write_text('{"places": [["a", 5], ["b", -1], ["c", "x"], [3, 4], 7, ["d", 1e400]]}')
    kept = TextPlaces(tmp_path)
    assert [kept.of(name) for name in "abcd"] == [5, 0, 0, 0]


def test_a_folder_that_cannot_be_written_gives_a_sentence(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    kept = TextPlaces(blocked)
    kept.keep("a", 5)
    assert kept.write(kept.changes).startswith("Cannot save your place in the text")
