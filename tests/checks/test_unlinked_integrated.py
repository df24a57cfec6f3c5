import pytest

from tui.checks.unlinked_integrated import unlinked_integrated


@pytest.mark.parametrize(
    "link", ["", "integrated_into: []", "integrated_into:", "integrated_into: ''"]
)
def test_an_integrated_source_that_names_no_note_is_found(schema, read, link):
    (finding,) = unlinked_integrated(schema)(read(f"status: integrated\n{link}"))
    assert finding.check == "unlinked_integrated"
    assert finding.sentence == "integrated, but integrated_into is empty"


def test_one_that_names_a_note_is_in_order(schema, read):
    source = read('status: integrated\nintegrated_into: ["[[Note]]"]')
    assert list(unlinked_integrated(schema)(source)) == []


def test_other_statuses_need_no_note(schema, read):
    assert list(unlinked_integrated(schema)(read("status: processed"))) == []
