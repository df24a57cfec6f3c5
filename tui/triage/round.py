"""Round: a pass over some sources, step by step, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

Made = TypeVar("Made")

AWAY = 300.0
"""Seconds on one source after which somebody was not there."""


class Step(NamedTuple, Generic[Made]):
    """One source answered or skipped."""

    name: str
    answer: str
    """The answer's name; empty for a skip."""
    seconds: float
    made: Made | None
    """What an undo is about; None for a skip."""


class Summary(NamedTuple):
    """What came of a round."""

    done: int
    skipped: int
    left: int
    seconds_each: float | None
    """The mean over the answered ones, but for those somebody was away from."""
    counts: Mapping[str, int]
    """How often each answer was given."""


class Round(Generic[Made]):
    """The sources of a pass in their order; one of them is in hand until the last is done."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)
        self._at = 0
        self._steps: list[Step[Made]] = []

    @property
    def current(self) -> str | None:
        """The name of the source in hand; None at the end."""
        return self._names[self._at] if self._at < len(self._names) else None

    @property
    def size(self) -> int:
        """How many sources there are."""
        return len(self._names)

    @property
    def number(self) -> int:
        """Which of them is in hand, from 1."""
        return min(self._at + 1, len(self._names))

    @property
    def begun(self) -> bool:
        """Whether anything was answered or skipped."""
        return bool(self._steps)

    def step(self, answer: str, seconds: float, made: Made | None = None) -> None:
        """Take the answer to the source in hand, none for a skip, and go to the next."""
        if self.current is not None:
            self._steps.append(Step(self.current, answer, seconds, made))
            self._at += 1

    def drop(self) -> None:
        """Go on without the source in hand, which is gone."""
        del self._names[self._at : self._at + 1]

    def reopen(self, made: Made) -> bool:
        """Take up a source again whose answer could not be kept, before the one in hand.

        Returns whether it was the last step.
        """
        step = next((step for step in self._steps if step.made is made), None)
        was_last = step is not None and step is self._steps[-1]
        if step is not None:
            self._steps.remove(step)
            self._names.remove(step.name)
            self._names.insert(self._at - 1, step.name)
            self._at -= 1
        return was_last

    def keep(self, step: Step[Made]) -> None:
        """Count an answer after all that was gone back to and could not be taken back."""
        for index, later in enumerate(self._steps):
            if later.name == step.name:
                # Skipped since then, it still has that answer.
                self._steps[index] = later if later.answer else step
                return
        if step.name in self._names:
            self._names.remove(step.name)
        self._names.insert(self._at, step.name)
        self._steps.append(step)
        self._at += 1

    def back(self) -> Step[Made] | None:
        """Go back to the source before; the step that is taken back, None at the start."""
        if not self._steps:
            return None
        self._at -= 1
        return self._steps.pop()

    def summary(self) -> Summary:
        """What came of it so far."""
        answered = [step for step in self._steps if step.answer]
        timed = [step.seconds for step in answered if step.seconds <= AWAY]
        return Summary(
            done=len(answered),
            skipped=len(self._steps) - len(answered),
            left=self.size - len(self._steps),
            seconds_each=sum(timed) / len(timed) if timed else None,
            counts=Counter(step.answer for step in answered),
        )
