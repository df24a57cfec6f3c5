"""Two apps on one vault: what is half typed in one is nothing to the other."""

from tests.app.test_fields import field
from tests.samples import header

NAME = "SOURCE-001-apples.md"


async def test_saving_a_field_in_one_app_leaves_what_the_other_is_typing_into_it(sluice, vault):
    async with sluice() as one, sluice() as other:
        await field(one, "synopsis")
        await one.type("first")
        await field(other, "synopsis")
        assert "first" not in other.picture
        await other.type("second")
        await other.press("ctrl+s")
        assert header(vault / NAME)["synopsis"] == "second"
    async with sluice() as app:
        await field(app, "synopsis")
        assert "· draft" in app.picture
        assert "first" in app.picture
