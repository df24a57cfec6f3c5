"""How many keys the usual work takes: so many, and then the files are as wanted.

The letters of a text are the person's own and are not counted.
"""

from datetime import date, timedelta

import pytest
import yaml

from tests.samples import replace, write_source
from tui.cli.main import main

ROSES, NEXT = "SOURCE-050-roses.md", "SOURCE-051-roses.md"


class Text(str):
    """What is typed; its letters are not counted."""


INSIGHT = Text("Cut them in March")


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
        if isinstance(key, Text):
            await app.type(key)
        else:
            await app.press(key)
    return sum(not isinstance(key, Text) for key in keys)


async def test_a_decision_by_hand_takes_6_keys(sluice, garden):
    async with sluice() as app:
        assert app.here == ROSES
        # The tier, the category by its slot, the insight, promoted and on to the next.
        assert await spend(app, "4", "c", "5", "i", INSIGHT, "enter", "p") == 6
        assert app.here == NEXT
    assert decided(garden, ROSES) == ["noise", "career-growth", [INSIGHT], "triaged"]


async def test_a_decision_with_suggestions_takes_4_keys(sluice, garden):
    async with sluice() as app:
        assert await spend(app, "=", "i", INSIGHT, "enter", "p") == 4
        assert app.here == NEXT
    assert decided(garden, ROSES) == ["noise", "career-growth", [INSIGHT], "triaged"]


async def test_a_decision_whose_values_are_right_takes_1_key(sluice, garden):
    write_source(
        garden, 50, "Roses to prune 50", signal_tier="noise", notebooklm_category="career-growth"
    )
    async with sluice() as app:
        assert await spend(app, "p") == 1
        assert app.here == NEXT
    assert decided(garden, ROSES)[0::3] == ["noise", "triaged"]


async def test_putting_a_source_off_until_tomorrow_takes_2_keys(sluice, garden):
    async with sluice() as app:
        assert await spend(app, "z", "enter") == 2
        assert app.here == NEXT
    tomorrow = date.today() + timedelta(days=1)
    assert f"\nsnoozed_until: {tomorrow}\n" in (garden / ROSES).read_text()


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


async def test_the_alias_of_a_half_remembered_source_takes_3_keys(sluice, garden, clipboard):
    write_source(garden, 60, "The long way home", aliases="[Homeward]", status="integrated")
    async with sluice() as app:
        assert await spend(app, "/", Text("long home"), "enter", "A") == 3
    assert clipboard == ["Homeward"]


async def test_38_sources_to_one_category_take_6_keys(sluice, garden):
    for number in range(200, 238):
        write_source(garden, number, f"Quokka {number}", notebooklm_category="coding-tools")
    async with sluice() as app:
        assert await spend(app, "/", Text("quokka"), "enter", "*", "c", "5", "enter") == 6
    files = [garden / f"SOURCE-{number}-quokka.md" for number in range(200, 238)]
    assert {decided(garden, file.name)[1] for file in files} == {"career-growth"}
    assert decided(garden, ROSES)[1] == "general"


async def test_a_creators_raw_paradigm_sources_are_promoted_with_5_keys(sluice, garden):
    for number in range(200, 212):
        tier = "paradigm" if number < 206 else "noise"
        write_source(garden, number, f"Talk {number}", creator="Ama Talker", signal_tier=tier)
    async with sluice() as app:
        words = Text("creator:talker tier:paradigm status:raw")
        assert await spend(app, "/", words, "enter", "*", "p", "enter") == 5
    done = [decided(garden, f"SOURCE-{number}-talk.md")[3] for number in range(200, 212)]
    assert done == ["triaged"] * 6 + ["raw"] * 6


async def test_three_insights_from_a_long_text_take_6_keys_and_none_to_find_the_place_again(
    sluice, garden
):
    replace(garden / ROSES, "The body of number 50.", "\n\n".join(f"Line {n}" for n in range(900)))
    texts = [Text(f"insight {number}") for number in range(3)]
    async with sluice() as app:
        await app.press("enter", "space", "space")
        place = app.picture.splitlines()[3:9]
        keys = [key for text in texts for key in ("i", text, "enter")]
        assert await spend(app, *keys) == 6
        assert app.picture.splitlines()[3:9] == place
        await app.press("space")
        assert app.picture.splitlines()[3:9] != place, "the keys are where they were"
    assert decided(garden, ROSES)[2] == texts


async def test_50_addresses_take_3_keys(sluice, garden, clipboard):
    for number in range(200, 270):
        write_source(garden, number, f"Zebra {number}", status="raw")
    async with sluice() as app:
        assert await spend(app, "5", "0", "Y") == 3
        assert "50 URLs" in app.toast
    [copied] = clipboard
    addresses = copied.splitlines()
    assert addresses[:3] == [f"https://example.com/{number}" for number in (50, 51, 200)]
    assert len(set(addresses)) == 50


async def test_150_guesses_are_accepted_by_a_sample_of_20_with_24_keys(sluice, garden, capsys):
    names = {
        write_source(garden, n, f"Zebra {n}", signal_tier="noise").name for n in range(200, 350)
    }
    before = {path: path.read_bytes() for path in garden.glob("*.md")}
    async with sluice() as app:
        await app.press("/")
        await app.type("zebra")
        await app.press("enter")
        # Another pass, the sample of tiers, one value is wrong, and the others are accepted.
        assert await spend(app, "r", "r", "7", "1", *["enter"] * 19, "y") == 24
        assert "130 sources" in app.toast
    changed = [path for path, data in before.items() if path.read_bytes() != data]
    assert [decided(garden, path.name)[0::3] for path in changed] == [["paradigm", "raw"]]
    assert main(["list", "has:confirmed", "--vault", str(garden)]) == 0
    assert {line.split("\t")[0] for line in capsys.readouterr().out.splitlines()} == names
