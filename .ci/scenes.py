"""The pictures in docs/: which keys lead to each, and checks that they did what is shown."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from drawing import Frame, picture
from stage import Stage, opened

SMALL, LARGE = (100, 30), (120, 36)
"""Columns and rows; the letters of a small screen stay legible on a narrow page."""
DARK, LIGHT = "sluice-dark", "sluice-light"
TITLE = "sluice"

# The recording

DECIDED = "prompts_are_interfaces"
"""Part of the file name of the source that gets a tier, a category and an insight."""
MARKED = ("how_openai_builds", "a_career_is_made_of_fridays", "the_card_catalogue")
"""Parts of the file names of the sources that are archived together, in queue order."""
INSIGHT = "Version prompts like an API, with tests"
DESCRIPTION = (
    "A recording of sluice in a terminal. A search for “opne bui 800” finds a source despite the "
    "typo. Then single keys set a source's tier and category, add an insight and promote it. "
    "Last, one key archives three marked sources, and one key undoes that."
)
LONGEST = 25.0
"""The most seconds that a recording may take."""


class Step(NamedTuple):
    """Some keys of the recording, their caption, and a check of their effect."""

    key: str
    does: str
    keys: Sequence[str]
    seconds: tuple[float, float]
    """How long a frame stays, and how long the last frame of the step does."""
    effect: Callable[[Stage], object]
    stride: int = 1
    """How many keys are pressed for each frame."""


def _decided(field: str, value: object) -> Callable[[Stage], bool]:
    return lambda stage: stage.fields(DECIDED)[field] == value


def _marked(status: str) -> Callable[[Stage], bool]:
    return lambda stage: all(stage.fields(part)["status"] == status for part in MARKED)


STEPS = (
    Step("", "A queue of notes to triage", (), (0, 1.6), lambda stage: len(stage.shown) > 10),
    Step("/", "search", "/", (0, 0.7), lambda stage: stage.is_typing),
    Step(
        "/", "search: typos are fine", "opne bui 800", (0.14, 1.5),
        lambda stage: MARKED[0] in stage.shown[0],
    ),
    Step("esc", "back to the queue", ("escape",), (0, 1.0), lambda stage: len(stage.shown) > 10),
    Step("j", "next source", "jjjj", (0.16, 0.6), lambda stage: DECIDED in stage.here),
    Step("2", "tier: strategic", "2", (0, 1.4), _decided("signal_tier", "strategic")),
    Step("c", "category", "c", (0, 1.1), lambda stage: stage.is_typing),
    Step("eng", "letters filter the list", "eng", (0.22, 1.0), lambda stage: stage.is_typing),
    Step(
        "enter", "choose ai-engineering", ("enter",), (0, 1.3),
        _decided("notebooklm_category", "ai-engineering"),
    ),
    Step("i", "write an insight", "i", (0, 0.7), lambda stage: stage.is_typing),
    Step("i", "write an insight", INSIGHT, (0.09, 0.6), lambda stage: stage.is_typing, 2),
    Step("enter", "save it", ("enter",), (0, 1.3), _decided("key_insights", [INSIGHT])),
    Step("p", "promote: raw to triaged", "p", (0, 1.8), _decided("status", "triaged")),
    Step("x", "mark three", "xxx", (0.4, 0.8), lambda stage: len(stage.triage.rows.marked) == 3),
    Step("a", "archive all three", "a", (0, 2.0), _marked("archived")),
    Step("u", "undo: all three are back", "u", (0, 2.4), _marked("raw")),
)  # fmt: skip
STILL = "p"
"""The key of the frame that people see who asked for less motion."""


async def recording() -> str:
    """The recording, as SVG."""
    frames: list[Frame] = []
    still = 0
    async with opened(SMALL, DARK) as stage:
        for step in STEPS:
            pace, rest = step.seconds
            for start in range(0, len(step.keys) or 1, step.stride):
                await stage.press(*step.keys[start : start + step.stride])
                frames.append(Frame(stage.shot(), pace, step.key, step.does))
            frames[-1] = frames[-1]._replace(seconds=rest)
            _insist(step.effect(stage), f"the recording, at {step.key} {step.does}")
            if step.key == STILL:
                still = len(frames) - 1
    seconds = sum(frame.seconds for frame in frames)
    _insist(seconds <= LONGEST, f"the length of the recording: {seconds:.1f} s")
    sys.stderr.write(f"{len(frames)} frames, {seconds:.1f} s\n")
    return picture(frames, TITLE, DESCRIPTION, still)


# The still pictures


async def _queue(stage: Stage) -> bool:
    insight = "Several small models, each good at one job, in place of one that does everything"
    await stage.press("p", *"jjjj", "i", *insight, "enter")
    return stage.fields("openai_builds")["key_insights"] == [insight]


async def _search(stage: Stage) -> bool:
    await stage.press("/", *"agnets tier:strategic")
    return 1 < len(stage.shown) < 10


async def _rapid_pass(stage: Stage) -> bool:
    await stage.press("r", "2")
    before = stage.shot()
    stage.clock.pass_by(seconds=2)
    await stage.until(lambda: stage.shot() != before)
    return stage.fields("the_quiet_stack")["status"] == "triaged"


async def _progress(stage: Stage) -> bool:
    days = ("3", "33", "", "24", "3", "341", "2", "", "", "42", "3")
    raw = len(stage.shown)
    stage.clock.pass_by(days=-len(days))
    for tiers in days:
        stage.clock.pass_by(days=1)
        for tier in tiers:
            await _go_to_sound_source(stage)
            await stage.press(tier, "p")
    left = len(stage.triage.session.desk.matching("status:raw"))
    await stage.press("D")
    return left == raw - len("".join(days)) and len(stage.app.screen_stack) > 1


async def _go_to_sound_source(stage: Stage) -> None:
    while (source := stage.triage.rows.current) is None or stage.triage.session.desk.problem_of(
        source
    ):
        await stage.press("j")
        _insist(stage.triage.rows.current is not source, "the next source without a problem")


class Still(NamedTuple):
    """A picture of one screen."""

    size: tuple[int, int]
    theme: str
    description: str
    keys: Callable[[Stage], Awaitable[bool]]
    """Presses the keys that lead to the screen, and checks their effect."""

    async def drawn(self) -> str:
        """The picture, as SVG."""
        async with opened(self.size, self.theme) as stage:
            _insist(await self.keys(stage), self.description)
            return picture([Frame(stage.shot())], TITLE, self.description)


QUEUE = "The queue of sources, with the source under the cursor beside it."
STILLS = {
    "screenshot": Still(LARGE, DARK, QUEUE, _queue),
    "screenshot-light": Still(LARGE, LIGHT, QUEUE, _queue),
    "search": Still(SMALL, DARK, "The sources that match a word with a typo and a tier.", _search),
    "rapid": Still(SMALL, DARK, "A rapid pass: one source, and a key for each tier.", _rapid_pass),
    "progress": Still(SMALL, DARK, "Progress, decisions a day and the share of tiers.", _progress),
}
PICTURES: dict[str, Callable[[], Awaitable[str]]] = {
    "demo": recording,
    **{name: still.drawn for name, still in STILLS.items()},
}
"""How each picture in docs/ is made."""


def _insist(is_so: object, what: str) -> None:
    """Stop when the app did not do what a picture must show."""
    if not is_so:
        sys.exit(f"pictures: the app did something else: {what}")
