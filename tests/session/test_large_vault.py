"""A vault too large to be looked through within a frame."""

import pytest

from tui.search import building


@pytest.fixture(autouse=True)
def everything_is_large(limits, monkeypatch):
    limits["found_at_once"] = 0
    monkeypatch.setattr(building, "APART", 5)
    limits["batch"] = 3
    limits["shown_every"] = 0


def test_the_views_are_counted_beside_the_keys(sluice, vault_copy):
    with sluice(vault_copy) as user:
        triaged = [s for s in user.session.desk.vault.sources if s.text("status") == "triaged"]
        user.press("v")
        assert user.box.notes["triaged"] == f"{len(triaged)}  status:triaged"


def test_a_wrong_filter_is_reported_and_the_text_stays(sluice, vault_copy):
    with sluice(vault_copy) as user:
        user.press("/")
        user.type("stattus:raw")
        assert "status:" in user.line.sentence
        assert not user.line.is_hint
        assert user.bar == "stattus:raw"


def test_the_index_another_process_built_is_used(sluice, vault_copy):
    with sluice(vault_copy) as user:
        assert user.session.desk.lookup.waiting == 0
        assert user.session.desk.index_file.exists()
        user.press("/")
        user.type("opne bui 800")
        user.press("enter")
        assert user.title.startswith("How OpenAI Builds for 800 Million Weekly Users")


def test_all_hits_of_a_frequent_word_come_after_the_first(limits, sluice, vault_copy):
    limits["matches_at_first"] = 1
    limits["many_matches"] = 2
    with sluice(vault_copy) as user:
        hits = [hit.source.name for hit in user.session.desk.lookup.find("the")]
        assert len(hits) > 5
        user.press("/")
        user.type("the")
        assert len(user.shown) == len(hits)
        assert {source.name for source in user.rows.sources} == set(hits)
        assert user.rows.cursor == 0
