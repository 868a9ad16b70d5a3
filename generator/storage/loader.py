"""plan/ on disk → the model, every fault a finding; one bad file does not hide those in the others."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from generator.findings import Finding, Place, Severity, in_order, shown, suggestion
from generator.model import (
    AssessmentFile,
    BreakdownFile,
    CalendarFile,
    ContactsFile,
    ExtraTasksFile,
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
from generator.storage.folders import (
    RESERVED,
    SUBFOLDERS,
    entries,
    how_to_get,
    is_folder,
    no_plan,
    plan_folders,
    stray_files,
    stray_measures,
)
from generator.storage.loaded import LoadedProject, shown_path
from generator.storage.office_files import read_air, read_decisions, read_replies, read_returns
from generator.storage.text_reader import RefusedError, read_printable_text, read_text, refusal
from generator.storage.yaml_reader import SourceFile, parse_yaml

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
    "extra-tasks.yml": ExtraTasksFile,
}
CONTACTS = "contacts.local.yml"
"""Names and telephone numbers: git ignores this file."""
MAX_MEASURES = 20_000
MOST_KEPT = 4_096
"""How many files' records are kept for the next reading."""


def load_project(project: Project) -> LoadedProject:
    """Read the whole of plan/; never raises for what a keeper wrote."""
    return load_folder(project.plan)


def load_folder(folder: Path) -> LoadedProject:
    """Read a folder that is a plan/, or a copy of one under another name; findings call it plan/ all the same."""
    reader = _Reader(folder)
    units = reader.read("units.yml", UnitsFile)
    calendar = reader.read("calendar.yml", CalendarFile)
    rules = reader.read("rules.yml", RulesFile)
    contacts = reader.read(CONTACTS, ContactsFile, required=False)
    plans = sorted(reader.plans(), key=lambda plan: (plan.head.order, plan.id))
    air = read_air(reader)
    return LoadedProject(
        units=units or UnitsFile(order_confirmed=False, units=()),
        calendar=calendar or CalendarFile(seasons=()),
        rules=rules or RulesFile(grades=(), grades_basis="缺"),
        plans=tuple(plans),
        files=reader.files,
        sources=reader.sources(plans),
        findings=in_order(reader.findings),
        measure_files=reader.measure_files,
        air=air,
        contacts=contacts.contacts if contacts else (),
    )


@lru_cache(maxsize=MOST_KEPT)
def _record(text: str, path: str, model: type[R]) -> tuple[R | None, SourceFile, tuple[Finding, ...]]:
    """The record that a file's text is, the places in it, and what is wrong with it.

    Kept for the next reading in this process: while a plan is edited, one file of a thousand changes.
    """
    value, source = parse_yaml(text, path)
    if not isinstance(value, dict):
        found = "列表" if isinstance(value, list) else f"“{shown(value)}”"
        hint = "；冒号应为英文冒号，后面加一个空格" if isinstance(value, str) and "：" in value else ""
        message = f"文件内容是{found}；应为“键: 值”的映射{hint}"
        return None, source, (Finding(Place(path), "schema", Severity.ERROR, message),)
    try:
        return model.model_validate(value), source, ()
    except ValidationError as error:
        return None, source, tuple(schema_findings(error, source, model))


class _Reader:
    """Reads files one by one and gathers their findings."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inside = os.path.realpath(root)
        self.files: dict[str, SourceFile] = {}
        self.measure_files: dict[tuple[str, int], str] = {}
        self.findings: list[Finding] = []

    def read(self, name: str, model: type[R], required: bool = True) -> R | None:
        """The record in a file; None, with findings, where it cannot be had."""
        path = self.root / name
        if not os.path.lexists(path):
            if required:
                self._report(name, "file", f"缺少这个文件，必须有；{how_to_get(name)}")
            return None
        try:
            self._refuse_outside(name)
            text = read_printable_text(path, shown_path(name))
            record, self.files[name], findings = _record(text, shown_path(name), model)
        except RefusedError as refused:
            self.findings.append(refused.finding)
            return None
        self.findings.extend(findings)
        return record

    def _refuse_outside(self, name: str) -> None:
        """What a link outside plan/ leads to is none of the plan's business, and is never quoted."""
        target = os.path.realpath(self.root / name)
        if not target.startswith(self.inside + os.sep):
            raise refusal(shown_path(name), "file", "链接指向 plan/ 之外；请把文件放进 plan/")

    def plans(self) -> list[Plan]:
        """Every plan that there is, and what lies beside them."""
        try:
            folders = plan_folders(self.root)
            known = (*PROJECT_FILES, CONTACTS, "README.md")
            self.findings.extend(stray_files(self.root, "", known, (*RESERVED, *folders)))
        except RefusedError as refused:
            self.findings.append(refused.finding)
            return []
        if not folders:
            self.findings.append(no_plan())
        return [self._plan(folder) for folder in folders]

    def _plan(self, folder: str) -> Plan:
        head = self.read(f"{folder}/plan.yml", PlanHead) or _stand_in(folder)
        if head.id != folder:
            head = self._head_of_folder(head, folder)
        measures = self._measures(folder)
        links = self.read(f"{folder}/links.yml", LinksFile, required=False)
        breakdown = self.read(f"{folder}/breakdown.yml", BreakdownFile, required=False)
        assessment = self.read(f"{folder}/assessment.yml", AssessmentFile, required=False)
        extra = self.read(f"{folder}/extra-tasks.yml", ExtraTasksFile, required=False)
        self._gather_stray(folder)
        return Plan(
            head=head,
            measures=tuple(sorted(measures, key=lambda measure: measure.number)),
            links=links.links if links else (),
            breakdown=breakdown.tasks if breakdown else (),
            assessment=assessment,
            extra_tasks=extra.tasks if extra else (),
            returns=read_returns(self, folder),
            replies=read_replies(self, folder),
            decisions=read_decisions(self, folder),
        )

    def _head_of_folder(self, head: PlanHead, folder: str) -> PlanHead:
        """Everything is found by the folder's name, so it wins over an id that differs."""
        message = f"计划 id 是“{shown(head.id)}”，文件夹名是“{shown(folder)}”；两者应相同"
        place = self.files[f"{folder}/plan.yml"].place(("id",))
        self.findings.append(Finding(place, "plan-id", Severity.ERROR, message))
        return head.model_copy(update={"id": folder})

    def _measures(self, folder: str) -> list[Measure]:
        found = []
        for name in self._measure_names(folder):
            measure = self.read(name, Measure)
            if measure is None:
                continue
            first = self.measure_files.setdefault((folder, measure.number), name)
            if first == name:
                found.append(measure)
            else:
                place = self.files[name].place(("number",))
                message = f"序号 {measure.number} 重复，{shown_path(first)} 已用；每项措施的序号应不同"
                self.findings.append(Finding(place, "duplicate-number", Severity.ERROR, message))
        return found

    def _measure_names(self, folder: str) -> list[str]:
        inside = f"{folder}/measures"
        if not os.path.lexists(self.root / inside):
            return []
        try:
            names = [f"{inside}/{path.name}" for path in entries(self.root, inside) if path.suffix == ".yml"]
        except RefusedError as refused:
            self.findings.append(refused.finding)
            return []
        if len(names) > MAX_MEASURES:
            self._report(inside, "file", f"有 {len(names)} 个文件；一个计划至多 {MAX_MEASURES} 项措施")
        return names[:MAX_MEASURES]

    def _gather_stray(self, folder: str) -> None:
        try:
            self.findings.extend(stray_files(self.root, folder, PLAN_FILES, SUBFOLDERS))
            if is_folder(self.root / folder / "measures"):
                self.findings.extend(stray_measures(self.root, f"{folder}/measures"))
        except RefusedError as refused:
            self.findings.append(refused.finding)

    def sources(self, plans: list[Plan]) -> dict[str, str]:
        """The documents as received, by file name."""
        texts: dict[str, str] = {}
        tried: set[str] = set()
        for plan in plans:
            name = plan.head.source
            if name is None or name in tried:
                continue
            tried.add(name)
            try:
                texts[name] = self._source(name)
            except RefusedError as refused:
                place = self.files[f"{plan.id}/plan.yml"].place(("source",))
                found = refused.finding
                where = f"第 {found.place.line} 行：" if found.place.line > 1 else ""
                message = f"来源文件“{shown(name)}”：{where}{found.message}"
                self.findings.append(Finding(place, "source-file", Severity.ERROR, message))
        return texts

    def _source(self, name: str) -> str:
        shown_source = shown_path(f"source/{name}")
        if Path(name).name != name or name == "..":
            raise refusal(shown_source, "source-file", "这不是文件名；应为 plan/source/ 下的文件名，不带路径")
        if not os.path.lexists(self.root / "source" / name):
            known = [path.name for path in entries(self.root, "source")]
            hint = suggestion(name, known) or "应先把文件放进 plan/source/"
            raise refusal(shown_source, "source-file", f"plan/source/ 下没有这个文件；{hint}")
        self._refuse_outside(f"source/{name}")
        return read_text(self.root / "source" / name, shown_source)

    def _report(self, name: str, rule: str, message: str, severity: Severity = Severity.ERROR) -> None:
        self.findings.append(Finding(Place(shown_path(name)), rule, severity, message))


def _stand_in(folder: str) -> PlanHead:
    """Holds the place of a plan.yml that cannot be read, so that its measures are still checked."""
    return PlanHead.model_construct(id=folder, label=folder, title=folder, short_title=folder)
