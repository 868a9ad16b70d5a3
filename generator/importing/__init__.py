"""Documents → draft plans: what the command line calls."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.findings import Finding, Place, PlanError, Severity, has_errors
from generator.importing.blank_plan import blank_plan_files
from generator.importing.documents.received import refusal
from generator.importing.documents.sniffing import MAX_BYTES
from generator.importing.importer import (
    Draft,
    ImportRequest,
    Surroundings,
    check_ids,
    draft_document,
    surroundings,
    with_files,
)
from generator.importing.report import import_report
from generator.importing.rollover import Rollover, roll_over
from generator.importing.summary import summary_lines
from generator.importing.update import Change, ChangeKind, apply, changes
from generator.project import Project
from generator.storage import PROJECT_FILES, load_project, load_terms

__all__ = [
    "Change",
    "ChangeKind",
    "Draft",
    "ImportOutcome",
    "ImportRequest",
    "Rollover",
    "Surroundings",
    "draft_document",
    "import_document",
    "new_plan",
    "roll_over",
    "summary_lines",
]

REPORT = "import-report.md"


@dataclass(frozen=True)
class ImportOutcome:
    """What an import read, what it would change, and the files that it wrote."""

    draft: Draft
    changes: tuple[Change, ...]
    written: tuple[str, ...]
    existing: bool
    """True where the plan was there before; then nothing is written without `update`."""


def import_document(
    project: Project, document: Path, plan_id: str, annex_ids: tuple[str, ...] = (), update: bool = False
) -> ImportOutcome:
    """Import a document into a project; PlanError says in Chinese why it cannot be done."""
    request = ImportRequest(document.name, _content(document), plan_id, annex_ids)
    draft = draft_document(request, _surroundings(project))
    terms = load_terms(project)
    draft = with_files(draft, {f"{plan_id}/{REPORT}": import_report(draft, document.name, terms).encode()})
    ids = tuple(plan.head.id for plan in draft.plans)
    existing = any((project.plan / name / "plan.yml").exists() for name in ids)
    found = changes(project.plan, draft.files, ids)
    if not existing:
        _refuse_foreign_source(found)
    else:
        found = _without_bare_report(found)
    written = apply(project.plan, found) if update or not existing else ()
    return ImportOutcome(draft, found, written, existing)


def new_plan(project: Project, plan_id: str) -> tuple[str, ...]:
    """Start an empty plan with one example measure; returns the files that were written."""
    check_ids((plan_id,))
    if (project.plan / plan_id).exists():
        raise _problem(f"plan/{plan_id}", "已有这个文件夹；请换一个计划 id")
    around = _surroundings(project)
    files = blank_plan_files(plan_id, tuple(around.labels.values()), around.files)
    return apply(project.plan, changes(project.plan, files, (plan_id,)))


def _content(document: Path) -> bytes:
    try:
        with document.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "文件名中有不能用的字符"
        raise refusal(document.name, f"无法打开：{reason}；请核对文件名和权限") from None


def _surroundings(project: Project) -> Surroundings:
    """The project as it is; one whose units cannot be read is not added to."""
    present = {
        name: (project.plan / name).read_bytes() for name in PROJECT_FILES if (project.plan / name).is_file()
    }
    if not present and not any(project.plan.glob("*/plan.yml")):
        return Surroundings()
    loaded = load_project(project)
    faults = [found for found in loaded.findings if found.place.file in {f"plan/{name}" for name in present}]
    if has_errors(faults):
        raise PlanError(faults)
    return surroundings(loaded, present)


def _without_bare_report(found: tuple[Change, ...]) -> tuple[Change, ...]:
    """Units that the first import registered are no doubts any more: that alone makes no new report."""
    told = [change for change in found if change.kind is not ChangeKind.SAME]
    bare = all(change.kind is ChangeKind.REPLACED and change.path.endswith(f"/{REPORT}") for change in told)
    return tuple(change for change in found if change not in told) if bare else found


def _refuse_foreign_source(found: tuple[Change, ...]) -> None:
    for change in found:
        if change.path.startswith("source/") and change.kind is ChangeKind.REPLACED:
            raise _problem(f"plan/{change.path}", "已有别的内容；请换一个计划 id，或先移走这个文件")


def _problem(path: str, message: str) -> PlanError:
    return PlanError([Finding(Place(path), "import", Severity.ERROR, message)])
