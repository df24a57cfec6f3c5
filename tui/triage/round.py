"""Round: one run of a pass over some sources, and its results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

Made = TypeVar("Made")

AWAY = 300.0
"""Seconds on one source from which the user counts as away."""


class Step(NamedTuple, Generic[Made]):
    """One source answered or skipped."""

    name: str
    answer: str
    """The name of the answer; empty for a skip."""
    seconds: float
    made: Made | None
    """The change to undo; None for a skip."""


class Summary(NamedTuple):
    """The results of a round."""

    done: int
    skipped: int
    left: int
    seconds_each: float | None
    """The mean over the answered sources, without those the user was away from."""
    counts: Mapping[str, int]
    """How often each answer was given."""


class Round(Generic[Made]):
    """The sources of a pass in order; one is current until the last is done."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = list(names)
        self._at = 0
        self._steps: list[Step[Made]] = []

    @property
    def current(self) -> str | None:
        """The name of the current source; None at the end."""
        return self._names[self._at] if self._at < len(self._names) else None

    @property
    def size(self) -> int:
        """How many sources there are."""
        return len(self._names)

    @property
    def number(self) -> int:
        """The number of the current source, from 1."""
        return min(self._at + 1, len(self._names))

    @property
    def begun(self) -> bool:
        """Whether anything was answered or skipped."""
        return bool(self._steps)

    def has(self, made: Made) -> bool:
        """Whether a change is one of the answers."""
        return any(step.made is made for step in self._steps)

    def step(self, answer: str, seconds: float, made: Made | None = None) -> None:
        """Record the answer for the current source, empty for a skip, and go to the next."""
        if self.current is not None:
            self._steps.append(Step(self.current, answer, seconds, made))
            self._at += 1

    def drop(self) -> None:
        """Remove the current source, which no longer exists."""
        del self._names[self._at : self._at + 1]

    def rename(self, old: str, new: str) -> None:
        """Follow a file that was renamed."""
        self._names = [new if name == old else name for name in self._names]
        self._steps = [
            step._replace(name=new) if step.name == old else step for step in self._steps
        ]

    def reopen(self, made: Made) -> bool:
        """Put a source whose answer could not be saved back, before the current one.

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
        """Count an answer again whose undo failed."""
        for index, later in enumerate(self._steps):
            if later.name == step.name:
                # The source was skipped later, but still has that answer.
                self._steps[index] = later if later.answer else step
                return
        if step.name in self._names:
            self._names.remove(step.name)
        self._names.insert(self._at, step.name)
        self._steps.append(step)
        self._at += 1

    def back(self) -> Step[Made] | None:
        """Go back to the previous source and return the removed step; None at the start."""
        if not self._steps:
            return None
        self._at -= 1
        return self._steps.pop()

    def summary(self) -> Summary:
        """The results so far."""
        answered = [step for step in self._steps if step.answer]
        timed = [step.seconds for step in answered if step.seconds <= AWAY]
        return Summary(
            done=len(answered),
            skipped=len(self._steps) - len(answered),
            left=self.size - len(self._steps),
            seconds_each=sum(timed) / len(timed) if timed else None,
            counts=Counter(step.answer for step in answered),
        )
