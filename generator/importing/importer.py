"""A government document → a complete draft plan; read this file first. Every step is one function with a value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from generator.document import MARKUP, joined, normalised
from generator.findings import Finding, Place, PlanError, Severity
from generator.graph import name_index
from generator.importing.arrangement import Arrangement
from generator.importing.arranger import arrange
from generator.importing.conventions import stated_convention
from generator.importing.documents import LeftOut, Table, read_document
from generator.importing.documents.received import RULE, refusal
from generator.importing.doubts import Doubt, Doubts, Weight
from generator.importing.draft import DraftMaker
from generator.importing.front_matter import (
    before_annexes,
    block_kinds,
    front_matter,
    plan_label,
    short_title,
    told_year,
)
from generator.importing.memory import without_cycle_search
from generator.importing.mending import Mended, mend
from generator.importing.open_paragraph import TAG
from generator.importing.outline import build_tree
from generator.importing.paragraphs import paragraphs_of
from generator.importing.parts import Part, split_parts
from generator.importing.plan_files import CALENDAR, DraftPlan, plan_files, project_files
from generator.importing.task_tables import HEADER_ROWS
from generator.importing.units import DraftUnits, draft_units
from generator.model import Plan, PlanHead, Season
from generator.phrases import PhraseContext, plan_context
from generator.storage import LoadedProject

IDENTIFIER = re.compile(r"[a-z][a-z0-9-]*")
RESERVED = frozenset(("source", "schemas", "air"))
MAX_TEXT = 600_000
MAX_MEASURES = 9_999
MAX_LINES = 40_000
MAX_PLANS = 60
MAX_FILE = 1_900_000
MAX_ORIGINAL = 10_000_000


@dataclass(frozen=True)
class ImportRequest:
    """What to import and under which ids; annexes without an id of their own are `<plan id>-annex-1`, -2 …"""

    name: str
    content: bytes
    plan_id: str
    annex_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """The project that a plan is imported into, as far as the import needs it."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    seasons: tuple[Season, ...] = CALENDAR.seasons
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """All that an import makes; `files` are (path in plan/ → content), `trace` leads each value to its place."""

    plans: tuple[DraftPlan, ...]
    units: DraftUnits
    doubts: tuple[Doubt, ...]
    left_out: tuple[LeftOut, ...]
    trace: tuple[tuple[str, str], ...]
    files: Mapping[str, bytes]


def surroundings(loaded: LoadedProject, files: Mapping[str, bytes]) -> Surroundings:
    """What an existing project says of units, labels and seasons."""
    units, groups = loaded.units.units, loaded.units.groups
    return Surroundings(
        names=name_index((*units, *groups)),
        ids=frozenset((*(unit.id for unit in units), *(group.id for group in groups))),
        labels={plan.id: plan.head.label for plan in loaded.plans},
        seasons=loaded.calendar.seasons if "calendar.yml" in files else CALENDAR.seasons,
        files=files,
    )


@without_cycle_search()
def draft_document(request: ImportRequest, around: Surroundings) -> Draft:
    """Read, mend, understand and draft; PlanError says in Chinese why a document cannot be imported."""
    check_ids((request.plan_id, *request.annex_ids))
    received = read_document(request.name, request.content)
    if len(received.parts) > MAX_LINES:
        raise refusal(request.name, f"有 {len(received.parts)} 行，不像一份方案；每字一行的，请先在 Word 里合并")
    mended = mend(received)
    if sum(_length(part) for part in mended.parts) > MAX_TEXT:
        raise refusal(request.name, f"文字超过 {MAX_TEXT // 10_000} 万字，不像一份方案；请分开导入")
    if not mended.parts:
        raise refusal(request.name, "没有读到任何文字；请核对文件")
    parts = split_parts(paragraphs_of(mended.parts))
    if len(parts) > MAX_PLANS:
        raise refusal(request.name, f"编号有 {len(parts)} 次从头开始，不像一份方案；请分开导入")
    ids = _plan_ids(request, len(parts))
    doubts = Doubts()
    work = _Work(request, around, doubts, ids)
    plans = tuple(work.plan(part, number) for number, part in enumerate(parts))
    units = draft_units(work.names, around.names, {*around.ids}, doubts)
    source = work.account(mended, plans)
    files = work.files(plans, units, source)
    return Draft(plans, units, doubts.in_order(), (*mended.left_out, *work.left_out), tuple(work.trace), files)


def check_ids(names: Sequence[str]) -> None:
    """Ids of plans are folder names and web addresses; each is used once."""
    for name in names:
        if not IDENTIFIER.fullmatch(name) or len(name) > 50 or name in RESERVED:
            message = f"计划 id“{name}”不能用；应以小写英文字母开头，只含小写字母、数字和连字符，如 scheme-2025"
            raise PlanError([Finding(Place("命令行"), RULE, Severity.ERROR, message)])
    if len(set(names)) < len(names):
        raise PlanError([Finding(Place("命令行"), RULE, Severity.ERROR, "计划 id 重复；正文和各附件应各有一个")])


def _plan_ids(request: ImportRequest, count: int) -> tuple[str, ...]:
    own = request.annex_ids[: count - 1]
    rest = tuple(f"{request.plan_id}-annex-{number}" for number in range(len(own) + 1, count))
    return (request.plan_id, *own, *rest)


def _length(part: object) -> int:
    if isinstance(part, Table):
        return sum(len(cell.text) for row in part.rows for cell in dict.fromkeys(row))
    return len(getattr(part, "text", ""))


class _Work:
    """One import under way: what all its plans share."""

    def __init__(self, request: ImportRequest, around: Surroundings, doubts: Doubts, ids: Sequence[str]) -> None:
        self.request = request
        self.around = around
        self.doubts = doubts
        self.ids = ids
        self.names: list[tuple[str, str]] = []
        self.trace: list[tuple[str, str]] = []
        self.left_out: list[LeftOut] = []
        self.private: list[str] = []
        self.labels = {label for plan, label in around.labels.items() if plan not in ids}
        self.main: PlanHead | None = None

    def plan(self, part: Part, number: int) -> DraftPlan:
        """One plan of the document."""
        plan_id = self.ids[number]
        self.doubts.file = f"plan/{plan_id}/plan.yml"
        arrangement = self._arranged(part)
        front = [*block_kinds(part.front, True), *block_kinds(paragraphs_of(arrangement.before), True)]
        back = block_kinds(part.back, False)
        found = front_matter(front, back)
        main = self.main
        issued = found.issued or (main.issued if main else None)
        document_number = found.document_number or (main.document_number if main else None)
        context = plan_context(found.year, issued, document_number, self.around.seasons)
        if context.base_year is None:
            year = told_year((*part.front, *part.body, *part.back))
            context = replace(context, fallback=year, fallback_from="文中其他时间的年份")
        maker = DraftMaker(plan_id, context, self.doubts)
        maker.follow(stated_convention((*part.front, *part.body, *part.back)))
        title = found.title.text if found.title else (main.title if main else PurePath(self.request.name).stem)
        head = PlanHead(
            id=plan_id,
            label=self._label(plan_id, title),
            title=title,
            short_title=short_title(title) or title,
            document_number=document_number,
            issuer=found.issuer or (main.issuer if main else None),
            issued=issued,
            year=found.year,
            order=number,
            annex_of=main.id if main else None,
            parents=found.parents,
            source=f"{self.ids[0]}.txt",
            front=maker.blocks(front),
            sections=maker.sections(arrangement),
            back=maker.blocks(back if number or len(self.ids) == 1 else before_annexes(back)),
        )
        notes = tuple(self._head_doubts(part, head, found.title is not None, context))
        draft = DraftPlan(head, maker.measures(arrangement), (*notes, *maker.heading_notes))
        self.names += maker.names
        self.trace += maker.trace
        self.main = main or head
        return draft

    def _arranged(self, part: Part) -> Arrangement:
        arrangement = arrange(build_tree(part.body))
        count = len(arrangement.items)
        if count > MAX_MEASURES:
            message = f"编了号的条目有 {count} 条，超过 {MAX_MEASURES} 条，不像一份方案；请分开导入"
            raise refusal(self.request.name, message)
        self.left_out += arrangement.left_out
        self.private += arrangement.private
        return arrangement

    def _label(self, plan_id: str, title: str) -> str:
        label = self.around.labels.get(plan_id) or plan_label(title, sorted(self.labels))
        self.labels.add(label)
        return label

    def _head_doubts(self, part: Part, head: PlanHead, titled: bool, context: PhraseContext) -> Iterator[str]:
        first = next((found.text for found in (*part.front, *part.body) if found.text.text), None)
        where = first.wheres[0] if first else "全文"
        self.doubts.file = f"plan/{head.id}/plan.yml"
        add = self.doubts.add
        if part.guessed:
            yield add(
                Weight.SPLIT, where, head.title, "编号从头开始，作为另一个计划", "不是附件的，请并回前一计划"
            )
        if not titled:
            yield add(Weight.HEAD, where, head.title, f"没有认出标题，暂用“{head.title}”", "请改正 title")
        if self.main is not None:
            return
        if head.issued is None:
            how = f"暂按{context.fallback_from}{context.fallback}年推算" if context.fallback else "要靠它推算"
            choices = f"请补填 issued；没有年份的时限{how}"
            yield add(Weight.HEAD, where, head.title, "没有认出印发日期", choices)
        if head.document_number is None:
            yield add(Weight.HEAD, where, head.title, "没有认出文号", "有文号的请补填 document_number")

    def account(self, mended: Mended, plans: Sequence[DraftPlan]) -> str:
        """The text for plan/source/: every character of it is in the draft, or the difference is told."""
        drafted = joined([Plan(head=plan.head, measures=plan.measures) for plan in plans], as_source=True)
        received = "\n".join(line for line in mended.kept)
        tables = [part for part in mended.parts if isinstance(part, Table)]
        if not tables and normalised(received) == normalised(drafted):
            return f"{received}\n"
        lost = self._lost(received, drafted, tables)
        # A mark such as # inside a line may come to stand at the start of a paragraph: nothing is lost by it.
        if lost or not (tables or _bare(received) == "".join(drafted.split())):
            self.doubts.file = f"plan/source/{self.ids[0]}.txt"
            words = lost[:200] or "（次序不同）"
            self.doubts.add(Weight.LOST, "全文", words, "这些字没有归位", "请对照原件补上")
        return f"{drafted}\n"

    def _lost(self, received: str, drafted: str, tables: Sequence[Table]) -> str:
        """Characters of the document that stand neither in the draft nor among what is left out."""
        cells = [cell for table in tables for cell in dict.fromkeys(cell for row in table.rows for cell in row)]
        headings = "".join(cell.text for table in tables for row in table.rows[:HEADER_ROWS] for cell in row)
        gone = "".join((*(found.text for found in self.left_out), *self.private, headings))
        there = Counter(_bare(received)) + Counter("".join(_bare(cell.text) for cell in cells))
        return "".join(there - Counter(_untagged(drafted)) - Counter(_untagged(gone)))

    def files(self, plans: Sequence[DraftPlan], units: DraftUnits, source: str) -> dict[str, bytes]:
        """Everything to be written, by path in plan/."""
        name = self.ids[0]
        files: dict[str, bytes] = {}
        for plan in plans:
            files.update(plan_files(plan, self.request.name))
        files.update(project_files(self.around.files, units))
        files[f"source/{name}.txt"] = source.encode()
        suffix = PurePath(self.request.name).suffix.lower()
        if len(self.request.content) <= MAX_ORIGINAL and self.request.content != source.encode():
            files[f"source/{name}.original{suffix}"] = self.request.content
        files[f"source/{name}.map.txt"] = "".join(f"{value}\t{place}\n" for value, place in self.trace).encode()
        for path, content in files.items():
            if path.endswith(".yml") and len(content) > MAX_FILE:
                raise refusal(
                    self.request.name, f"{path} 将超过 {MAX_FILE // 1000} KB；原文可能没有分条，请先分段编号"
                )
        return files


def _bare(text: str) -> str:
    """Without marks, also those that a line end or a blank had cut in two."""
    return _untagged(MARKUP.sub("", text))


def _untagged(text: str) -> str:
    return TAG.sub("", "".join(text.split()))


def with_files(draft: Draft, more: Mapping[str, bytes]) -> Draft:
    """The draft with further files, such as its report."""
    return replace(draft, files={**draft.files, **more})
