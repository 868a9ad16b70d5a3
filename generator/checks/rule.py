"""One rule: its name, how grave it is, what it means to a keeper, and the function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.checks.inspection import Inspection
from generator.findings import Finding, Place, Severity

Problem = tuple[Place, str]
"""Where, and in Chinese: what was found · what was expected · the nearest good value."""

Check = Callable[[Inspection], Iterator[Problem]]


@dataclass(frozen=True)
class Rule:
    """规则; `check` is None for what is found on reading, `absence`: a missing file would mislead it."""

    name: str
    severity: Severity
    title: str
    meaning: str
    example: str
    remedy: str
    check: Check | None = None
    absence: bool = False

    @property
    def explanation(self) -> str:
        """The rule as `planbook explain` tells it: what it means, an example, how to mend it."""
        return f"{self.meaning}\n例：{self.example}\n改法：{self.remedy}"

    def findings(self, inspection: Inspection) -> Iterator[Finding]:
        """All that the rule finds; what was not read is not held to be absent."""
        if self.check is None or (self.absence and not inspection.loaded.complete):
            return
        for place, message in self.check(inspection):
            yield Finding(place, self.name, self.severity, message)
