"""How many keys a full decision takes: tier, category, insight, promote, copy, and on to the next.

The letters of the insight itself are the person's own and are not counted.
"""

import pytest
import yaml

from tests.samples import write_source

ROSES, NEXT = "SOURCE-050-roses.md", "SOURCE-051-roses.md"
INSIGHT = "Cut them in March"


@pytest.fixture
def garden(vault):
    """Two raw sources about roses with wrong guesses, after many that were decided."""
    for path in vault.iterdir():
        path.unlink()
    for number in range(40):
        roses = number % 2
        write_source(
            vault,
            100 + number,
            f"Pruning roses {number}" if roses else f"Turbine pistons {number}",
            status="triaged",
            signal_tier="noise" if roses else "paradigm",
            notebooklm_category="career-growth" if roses else "coding-tools",
            creator="Gardener" if roses else "Engineer",
        )
    for number in (50, 51):
        write_source(vault, number, f"Roses to prune {number}", creator="Gardener")
    return vault


def decided(vault, name):
    fields = yaml.safe_load((vault / name).read_text().split("---\n")[1])
    return [
        fields[field] for field in ("signal_tier", "notebooklm_category", "key_insights", "status")
    ]


async def spend(app, *keys: str) -> int:
    """Press keys and count them; a text between them is typed and not counted."""
    for key in keys:
        if key == INSIGHT:
            await app.type(key)
        else:
            await app.press(key)
    return len([key for key in keys if key != INSIGHT])


async def test_a_full_decision_takes_8_keys_by_hand(sluice, garden, clipboard):
    async with sluice() as app:
        assert app.here == ROSES
        # The tier, the category by its slot, the insight, the URL, promoted and on to the next.
        spent = await spend(app, "4", "c", "5", "i", INSIGHT, "enter", "y", "p")
        assert app.here == NEXT
    assert spent <= 8
    assert decided(garden, ROSES) == ["noise", "career-growth", [INSIGHT], "triaged"]
    assert clipboard == ["https://example.com/50"]


async def test_a_full_decision_takes_5_keys_with_suggestions(sluice, garden, clipboard):
    async with sluice() as app:
        spent = await spend(app, "=", "i", INSIGHT, "enter", "y", "p")
        assert app.here == NEXT
    assert spent <= 5
    assert decided(garden, ROSES) == ["noise", "career-growth", [INSIGHT], "triaged"]
    assert clipboard == ["https://example.com/50"]


async def test_a_decision_takes_1_key_in_the_rapid_pass(sluice, garden):
    async with sluice() as app:
        await app.press("r")
        assert await spend(app, "4", "1") == 2
    assert decided(garden, ROSES)[0::3] == ["noise", "triaged"]
    assert decided(garden, NEXT)[0::3] == ["paradigm", "triaged"]


async def test_the_rapid_pass_tells_what_the_decisions_speak_for(sluice, garden):
    async with sluice() as app:
        await app.press("r")
        assert "≈ · noise" in app.picture


async def test_a_source_without_values_takes_the_likeliest(sluice, garden):
    write_source(garden, 49, "Something else", signal_tier="", notebooklm_category="")
    async with sluice() as app:
        await app.press("=")
        assert app.here == "SOURCE-049-something.md"
    tier, category, _, status = decided(garden, "SOURCE-049-something.md")
    assert tier in ("noise", "paradigm")
    assert category in ("career-growth", "coding-tools")
    assert status == "raw"
