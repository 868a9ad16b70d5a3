"""报送情况 of one unit in one period: what was asked, what came, whether it was sent back or reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.analysis.ledger import ReturnStanding
from generator.analysis.periods import cutoff_day
from generator.model import DecisionsFile, Period, ReturnState, RulesFile, UnitReturn


@dataclass(frozen=True)
class PeriodReturns:
    """The returns of one period of an annual plan, as they stand on a day."""

    plan: str
    rules: RulesFile
    period: Period
    as_of: date
    decisions: tuple[tuple[str, DecisionsFile], ...]

    def standing(
        self, unit: str, names: frozenset[str], asked: tuple[str, ...], found: UnitReturn | None
    ) -> ReturnStanding:
        """How the return of a unit stands; `names` are all the ways to write the unit."""
        reported = {row.task for row in found.rows} if found else set()
        cutoff = cutoff_day(self.rules, self.period)
        return ReturnStanding(
            plan=self.plan,
            unit=unit,
            period=self.period,
            cutoff=cutoff,
            closed=cutoff < self.as_of,
            state=self._state(names, found) if found else ReturnState.UNREPORTED,
            late=bool(found and found.late),
            asked=asked,
            missing=tuple(task for task in asked if task not in reported),
            received=min(file.received for file in found.files) if found else None,
            found=found,
        )

    def _state(self, names: frozenset[str], found: UnitReturn) -> ReturnState:
        """退回修改 lasts until a later file comes; 已审核 once every row was reviewed as it now stands."""
        last = max(file.received for file in found.files)
        reviews = [
            review
            for _, file in self.decisions
            for review in file.reviews
            if review.period == self.period.id and (review.unit is None or review.unit in names)
        ]
        tasks = {row.task for row in found.rows}
        if any(review.sent_back and review.on >= last and review.task in tasks for review in reviews):
            return ReturnState.SENT_BACK
        received = {file.digest: file.received for file in found.files}
        stands_since = {row.task: received.get(row.file, last) for row in found.rows}
        settled = {
            review.task
            for review in reviews
            if not review.sent_back and review.task in tasks and review.on >= stands_since[review.task]
        }
        return ReturnState.REVIEWED if tasks and tasks <= settled else found.state
