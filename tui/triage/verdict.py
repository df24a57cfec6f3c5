"""Verdict: what a sample of a group found out, and whether the rest may be accepted by it."""

from __future__ import annotations

from typing import NamedTuple

from tui.display import counted
from tui.errors import SampleRefused
from tui.triage.looks import SMALL, Look, Looks, most_accepted, most_wrong_after, most_wrong_in
from tui.triage.sampling import CERTAINTY, SampleRules, percent_up


class Verdict(NamedTuple):
    """What was found out about a group: how many were judged, and how many of these were wrong."""

    group: int
    drawn: int
    """How many were drawn and judged."""
    wrong: int
    earlier: Looks = ()
    """The looks before this one, each of which did not accept the rest."""
    missing: int = 0
    """How many were drawn and not judged: they count as wrong, since nobody knows which they are.

    Without them, who stops while all are right would be right by chance.
    """

    @property
    def rest(self) -> int:
        """How many were not judged."""
        return self.group - self.drawn

    @property
    def is_whole(self) -> bool:
        """Whether all were judged."""
        return self.rest <= 0

    @property
    def most_wrong(self) -> float:
        """The bound of the share wrong in the group; exact when all were drawn."""
        wrong, drawn = self.wrong + self.missing, self.drawn + self.missing
        if drawn >= self.group:
            return wrong / drawn if drawn else 0.0
        return most_wrong_after(self.earlier, wrong, drawn)

    @property
    def most_wrong_of_rest(self) -> int:
        """The bound of how many of those not judged are wrong."""
        wrong, drawn = self.wrong + self.missing, self.drawn + self.missing
        if drawn >= self.group:
            return self.missing
        return most_wrong_in(self.earlier, wrong, drawn, self.group) - self.wrong

    @property
    def score(self) -> str:
        """How many were right: ``19 of 20 right``."""
        return f"{self.drawn - self.wrong:,} of {self.drawn:,} right"

    @property
    def sentence(self) -> str:
        """The verdict in words: ``19 of 20 right: at most 22 % wrong (95 %)``."""
        return self._said(as_number=self.group <= SMALL)

    def _said(self, *, as_number: bool) -> str:
        right = self.score
        if self.missing:
            right += f", {self.missing:,} not judged"
        if self.is_whole:
            return f"{right}: all were checked"
        if as_number:
            bound = f"{self.most_wrong_of_rest:,} of the other {self.rest:,}"
        else:
            bound = percent_up(self.most_wrong)
        return f"{right}: at most {bound} wrong ({percent_up(CERTAINTY)})"

    def accepts(self, rules: SampleRules) -> bool:
        """Whether so few of the rest can be wrong that all may be accepted."""
        is_sample = self.drawn > 0 and self.drawn + self.missing < self.group
        return is_sample and self.most_wrong <= rules.most

    def check(self, rules: SampleRules) -> None:
        """Raise SampleRefused when too many of the rest could be wrong."""
        if self.is_whole or self.accepts(rules):
            return
        if not self.drawn:
            raise SampleRefused("None was judged yet, so the rest cannot be accepted.")
        raise SampleRefused(
            f"{self._said(as_number=False)}; the limit is {percent_up(rules.most)}, so the other "
            f"{self.rest:,} were not accepted. Judge {self.more(rules)}, or change `most` of "
            "`sample` in sluice.yaml."
        )

    def more(self, rules: SampleRules) -> str:
        """What to judge next."""
        count = self.missing or min(rules.size, self.rest)
        return f"the other {count:,}" if count == self.rest else counted(count, "source") + " more"

    def look(self, rules: SampleRules) -> Look:
        """This look, for a verdict after more of the group."""
        drawn = self.drawn + self.missing
        return drawn, most_accepted(self.earlier, drawn, rules.most)
