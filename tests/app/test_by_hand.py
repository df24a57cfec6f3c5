"""What a person set gets no suggestion against it, and = leaves it as it is."""

from tests.samples import ROSES, value_of, write_learnt


def suggested(app):
    """The fields of the source under the cursor that = would set."""
    facts = app.screen.preview.facts
    hints = {"category": facts.category_hint, "status": facts.tier_hint}
    return [name for name, hint in hints.items() if hint]


async def test_a_category_set_by_a_key_stays_whatever_the_others_say(sluice, vault):
    write_learnt(vault)
    async with sluice() as app:
        assert suggested(app) == ["category", "status"]
        await app.press("c", "1", "k")
        await app.go_to(ROSES)
        assert suggested(app) == ["status"]
        await app.press("=")
        assert value_of(vault, ROSES, "notebooklm_category") == "agents-orchestration"
        assert value_of(vault, ROSES, "signal_tier").startswith("noise")
