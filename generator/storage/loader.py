"""plan/ on disk → the model, every fault a finding; one bad file does not hide those in the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from generator.findings import Finding, Place, Severity, has_errors, in_order, shown, suggestion
from generator.model import (
    AssessmentFile,
    BreakdownFile,
    CalendarFile,
    LinksFile,
    Measure,
    Plan,
    PlanHead,
    Record,
    RulesFile,
    UnitsFile,
)
from generator.project import Project
from generator.storage.faults import schema_findings
from generator.storage.yaml_reader import Loc, RefusedError, SourceFile, read_text, read_yaml

R = TypeVar("R", bound=Record)

PROJECT_FILES: dict[str, type[Record]] = {
    "units.yml": UnitsFile,
    "calendar.yml": CalendarFile,
    "rules.yml": RulesFile,
}
PLAN_FILES: dict[str, type[Record]] = {
    "plan.yml": PlanHead,
    "links.yml": LinksFile,
    "breakdown.yml": BreakdownFile,
    "assessment.yml": AssessmentFile,
}
MAX_MEASURES = 20_000


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

    @property
    def complete(self) -> bool:
        """Whether every file was read, so that what is absent is really absent."""
        return not has_errors(self.findings)

    def place(self, file: str, loc: Loc = ()) -> Place:
        """Where a value stands; `file` is relative to plan/, such as `scheme/measures/14.yml`."""
        source = self.files.get(file)
        return source.place(loc) if source else Place(f"plan/{file}")

    def measure_file(self, plan: Plan, measure: Measure) -> str:
        """The file of a measure, relative to plan/."""
        return self.measure_files.get((plan.id, measure.number), f"{plan.id}/plan.yml")


def load_project(project: Project) -> LoadedProject:
    """Read the whole of plan/; never raises for what a keeper wrote."""
    reader = _Reader(project.plan)
    units = reader.read("units.yml", UnitsFile)
    calendar = reader.read("calendar.yml", CalendarFile)
    rules = reader.read("rules.yml", RulesFile)
    plans = [plan for folder in reader.plan_folders() if (plan := reader.plan(folder))]
    plans.sort(key=lambda plan: (plan.head.order, plan.id))
    return LoadedProject(
        units=units or UnitsFile(order_confirmed=False, units=()),
        calendar=calendar or CalendarFile(seasons=()),
        rules=rules or RulesFile(grades=(), grades_basis="缺"),
        plans=tuple(plans),
        files=reader.files,
        sources=reader.sources(plans),
        findings=in_order(reader.findings),
        measure_files=reader.measure_files,
    )


class _Reader:
    """Reads files one by one and gathers their findings."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, SourceFile] = {}
        self.measure_files: dict[tuple[str, int], str] = {}
        self.findings: list[Finding] = []

    def plan_folders(self) -> list[str]:
        folders = sorted(path.parent.name for path in self.root.glob("*/plan.yml"))
        if not folders:
            self._report(
                "",
                "plan-missing",
                "plan/ 下没有任何计划；应有 plan/<计划 id>/plan.yml，可用 planbook new 新建",
            )
        return folders

    def read(self, name: str, model: type[R], required: bool = True) -> R | None:
        path = self.root / name
        if not path.exists():
            if required:
                self._report(name, "file", "缺少这个文件，必须有")
            return None
        try:
            value, source = read_yaml(path, f"plan/{name}")
        except RefusedError as refused:
            self.findings.append(refused.finding)
            return None
        self.files[name] = source
        if not isinstance(value, dict):
            found = "列表" if isinstance(value, list) else f"“{shown(value)}”"
            self._report(name, "schema", f"文件内容是{found}；应为“键: 值”的映射")
            return None
        return self._validated(value, source, model)

    def _validated(self, value: object, source: SourceFile, model: type[R]) -> R | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self.findings.extend(schema_findings(error, source, model))
            return None

    def plan(self, folder: str) -> Plan | None:
        head = self.read(f"{folder}/plan.yml", PlanHead)
        measures = self._measures(folder)
        links = self.read(f"{folder}/links.yml", LinksFile, required=False)
        breakdown = self.read(f"{folder}/breakdown.yml", BreakdownFile, required=False)
        assessment = self.read(f"{folder}/assessment.yml", AssessmentFile, required=False)
        self._report_stray_files(folder)
        if head is None:
            return None
        return Plan(
            head=head,
            measures=tuple(sorted(measures, key=lambda measure: measure.number)),
            links=links.links if links else (),
            breakdown=breakdown.tasks if breakdown else (),
            assessment=assessment,
        )

    def _measures(self, folder: str) -> list[Measure]:
        found = []
        for path in sorted((self.root / folder / "measures").glob("*.yml"))[:MAX_MEASURES]:
            name = f"{folder}/measures/{path.name}"
            measure = self.read(name, Measure)
            if measure is None:
                continue
            first = self.measure_files.setdefault((folder, measure.number), name)
            if first == name:
                found.append(measure)
            else:
                place = self.files[name].place(("number",))
                message = f"序号 {measure.number} 重复，plan/{first} 已用；每项措施的序号应不同"
                self.findings.append(Finding(place, "duplicate-number", Severity.ERROR, message))
        return found

    def _report_stray_files(self, folder: str) -> None:
        """A file that nobody reads is a likely slip: 14.yaml, or link.yml."""
        for path in sorted((self.root / folder).glob("*")):
            if path.is_file() and path.suffix in {".yml", ".yaml"} and path.name not in PLAN_FILES:
                hint = suggestion(path.name, PLAN_FILES)
                self._stray(f"{folder}/{path.name}", hint or f"可用的有：{'、'.join(PLAN_FILES)}")
        for path in sorted((self.root / folder / "measures").glob("*.yaml")):
            self._stray(f"{folder}/measures/{path.name}", f"是否指“{path.stem}.yml”？")

    def _stray(self, name: str, hint: str) -> None:
        self._report(name, "stray-file", f"这个文件不会被读取；{hint}", Severity.WARNING)

    def sources(self, plans: list[Plan]) -> dict[str, str]:
        texts: dict[str, str] = {}
        for plan in plans:
            name = plan.head.source
            if name is None or name in texts:
                continue
            place = self.files[f"{plan.id}/plan.yml"].place(("source",))
            if Path(name).name != name:
                message = f"“{shown(name)}”不是文件名；应为 plan/source/ 下的文件名，不带路径"
                self.findings.append(Finding(place, "source-file", Severity.ERROR, message))
                continue
            try:
                texts[name] = read_text(self.root / "source" / name, f"plan/source/{name}")
            except RefusedError as refused:
                self.findings.append(Finding(place, "source-file", Severity.ERROR, refused.finding.message))
        return texts

    def _report(self, name: str, rule: str, message: str, severity: Severity = Severity.ERROR) -> None:
        path = f"plan/{name}".rstrip("/")
        self.findings.append(Finding(Place(path), rule, severity, message))
