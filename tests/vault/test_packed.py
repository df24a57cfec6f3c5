from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.vault.header.packed import PackedFields, pack
from tui.vault.header.parse import read_fields
from tui.vault.header.typed import same_value

HEADER = """\
id: SOURCE-1
date_published: 2025-11-28
stamp: 2025-11-28T10:30:00.5+02:00
naive: 2025-11-28 10:30:00
days: [2025-01-01, no, "no", 1.5, null]
nested: {when: 2025-01-02, 2025-01-03: [a, {b: 2025-01-04}]}
set: !!set {2025-01-05, a}
pairs: !!pairs [a: 2025-01-06, a: 2]
bytes: !!binary aGVsbG8=
nul: "\\0d2025-11-28"
7: seven
"""


def test_every_kind_of_value_a_header_can_hold_comes_back_as_it_was():
    fields = read_fields(HEADER)
    packed = pack(fields)
    assert same_value(dict(packed), fields)
    assert list(packed) == list(fields)
    assert len(packed) == len(fields)
    assert packed["date_published"] == date(2025, 11, 28)
    assert packed["nul"] == "\0d2025-11-28"
    assert packed.get("missing", 3) == 3
    assert "id" in packed
    assert "missing" not in packed
    with pytest.raises(KeyError):
        packed["missing"]


def test_what_is_done_to_a_value_does_not_reach_the_fields():
    packed = pack({"topics": ["a"], "map": {"a": 1}})
    packed["topics"].append("b")
    packed["map"].clear()
    assert dict(packed) == {"topics": ["a"], "map": {"a": 1}}


def test_headers_alike_share_their_names_and_repeated_values():
    one = pack({"status": "ra" + "w", "day": date(2025, 1, 1)}).packed
    other = pack({"status": "".join(["r", "aw"]), "day": date(2025, 1, 1)}).packed
    assert one[0] is other[0]
    assert all(mine is theirs for mine, theirs in zip(one[1], other[1], strict=True))


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=-3))))
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@given(st.dictionaries(st.text() | st.integers(), VALUES))
def test_any_fields_can_be_made_again_from_what_is_packed(fields):
    assert same_value(dict(PackedFields(*pack(fields).packed)), fields)
