import pytest

from tui.checks import check_vault
from tui.checks.missing_field import missing_field


def test_a_required_field_that_is_not_there_is_found(schema, read):
    (finding,) = missing_field(schema)(read("status: raw"))
    assert (finding.check, finding.sentence) == ("missing_field", "id is missing")


@pytest.mark.parametrize("value", ["", "null", '""', '" "', "[]"])
def test_a_required_field_that_says_nothing_is_found(schema, read, value):
    (finding,) = missing_field(schema)(read(f"id: a\nstatus: {value}"))
    assert finding.sentence == "status is empty"


def test_other_fields_may_be_missing(schema, read):
    assert list(missing_field(schema)(read("id: a\nstatus: raw"))) == []


def test_a_broken_header_is_left_to_its_repair(schema, read):
    found = check_vault(schema, [read('title: ""a" b"')])
    assert [finding.check for finding in found] == ["broken_header"]
