import pytest

from tui.checks.unknown_value import unknown_value


def test_a_value_the_field_does_not_know_is_found_with_those_it_does(schema, read):
    (finding,) = unknown_value(schema)(read("signal_tier: great\nstatus: raw"))
    assert finding.check == "unknown_value"
    assert finding.sentence == ("signal_tier is 'great'; use paradigm, strategic, tactical, noise")


def test_a_long_list_of_values_is_only_counted(schema, read):
    (finding,) = unknown_value(schema)(read("format: livestream"))
    assert finding.sentence == "format is 'livestream', not one of its 18 known values"


def test_every_field_that_is_wrong_is_found(schema, read):
    findings = unknown_value(schema)(read("status: done\nplatform: tv\ncadence: weekly"))
    assert sorted(finding.sentence.split()[0] for finding in findings) == ["platform", "status"]


def test_what_yaml_makes_of_a_bare_word_is_shown_as_the_word(schema, read):
    (finding,) = unknown_value(schema)(read("status: no"))
    assert finding.sentence.startswith("status is 'no'")


@pytest.mark.parametrize(
    "header",
    ["status: raw\nplatform: x", "status:\nchain: null", "notebooklm_category: my-own", "other: ?"],
)
def test_known_empty_open_and_unlisted_fields_are_in_order(schema, read, header):
    assert list(unknown_value(schema)(read(header))) == []


def test_each_unknown_item_of_a_list_is_found(schema, read):
    findings = list(unknown_value(schema)(read("format: [essay, song, poem]")))
    assert [finding.sentence.split("'")[1] for finding in findings] == ["song", "poem"]
