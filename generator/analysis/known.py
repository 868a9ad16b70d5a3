"""What was known of a year by a day: the returns that had come, the decisions that had been made."""

from __future__ import annotations

from datetime import date

from generator.model import DecisionsFile, Plan, RepliesFile, UnitReturn


def received_by(plan: Plan, day: date) -> tuple[UnitReturn, ...]:
    """The returns of which a first file had come."""
    return tuple(found for found in plan.returns if min(file.received for file in found.files) <= day)


def answered_by(plan: Plan, day: date) -> tuple[RepliesFile, ...]:
    """What units had answered to supervision."""
    return tuple(
        found.model_copy(update={"replies": tuple(one for one in found.replies if one.received <= day)})
        for found in plan.replies
    )


def decided_by(plan: Plan, day: date) -> tuple[tuple[str, DecisionsFile], ...]:
    """The files of decisions with what had been decided in them; a file with nothing is left out."""
    found = []
    for name, file in plan.decisions:
        kept = {
            field: tuple(ruling for ruling in getattr(file, field) if ruling.on <= day)
            for field in DecisionsFile.model_fields
        }
        if any(kept.values()):
            found.append((name, file.model_copy(update=kept)))
    return tuple(found)
