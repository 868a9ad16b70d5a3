"""All that was read from plan/, with the place of every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.findings import Finding, Place, has_errors, shown
from generator.model import AirRow, CalendarFile, Contact, Measure, Plan, RulesFile, UnitsFile
from generator.storage.yaml_reader import Loc, SourceFile


@dataclass(frozen=True)
class LoadedProject:
    """All that was read: the model, where each value stands, and what could not be read."""

    units: UnitsFile
    calendar: CalendarFile
    rules: RulesFile
    plans: tuple[Plan, ...]
    files: Mapping[str, SourceFile] = field(default_factory=dict)
    measure_files: Mapping[tuple[str, int], str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    air: tuple[AirRow, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every file was read, so that what is absent is really absent."""
        return not has_errors(self.findings)

    def readable(self, file: str) -> bool:
        """Whether a file, relative to plan/, was read without an error."""
        errors = {found.place.file for found in self.findings if has_errors([found])}
        return file in self.files and self.files[file].path not in errors

    def place(self, file: str, loc: Loc = ()) -> Place:
        """Where a value stands; `file` is relative to plan/, such as `scheme/measures/14.yml`."""
        source = self.files.get(file)
        return source.place(loc) if source else Place(shown_path(file))

    def key_place(self, file: str, loc: Loc) -> Place:
        """Where the key of a value stands; `file` as in `place`."""
        source = self.files.get(file)
        return source.key_place(loc) if source else Place(shown_path(file))

    def measure_file(self, plan: Plan, measure: Measure) -> str:
        """The file of a measure, relative to plan/."""
        return self.measure_files.get((plan.id, measure.number), f"{plan.id}/plan.yml")


def shown_path(name: str) -> str:
    """`plan/<name>` as a finding prints it: a file's name may hold anything, even bytes that are no text."""
    return shown(f"plan/{name}".rstrip("/"), 300)
