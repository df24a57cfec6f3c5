"""Where each view was left, in a file of bounded size."""

from tui.state.place import MOST_VIEWS, Place, PlaceFile


def test_places_are_bounded(tmp_path):
    kept = PlaceFile(tmp_path)
    for number in range(MOST_VIEWS + 5):
        kept.keep(f"view {number}", Place(source="x"))
    assert kept.write(kept.as_json()) == ""
    again = PlaceFile(tmp_path)
    assert again.view == f"view {MOST_VIEWS + 4}"
    assert (again.of("view 4"), again.of("view 5")) == (Place(), Place(source="x"))
