"""How a cell of a paper words a task: one wording for Word, Excel and the site; the plan's texts stay verbatim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from generator.analysis.tasks import DutyRow, TaskRow
from generator.graph import ResponsibilityGraph
from generator.model import Deadline, LinkKind, Plan, Role
from generator.terms import Terms


@dataclass(frozen=True)
class InferenceNote:
    """One inferred time (※) with its reading and basis."""

    label: str
    phrase: str
    start: date | None
    end: date | None
    basis: str


@lru_cache(maxsize=64)
def role_text(terms: Terms, role: Role) -> str:
    """`●分工负责`."""
    return terms.mark(role) + terms(f"role_short.{role}")


def deadline_texts(terms: Terms, deadlines: Iterable[Deadline]) -> tuple[str, ...]:
    """The time expressions as the text has them, each once; inferred ones carry ※, others what they hang on."""
    return tuple(dict.fromkeys(deadline_text(terms, found) for found in deadlines))


def deadline_text(terms: Terms, deadline: Deadline) -> str:
    """`9月底前※`, `每日（重污染天气应对工作机制的要求）`."""
    if deadline.inferred:
        return deadline.phrase + terms("mark.inferred")
    return f"{deadline.phrase}（{deadline.basis}）" if deadline.basis else deadline.phrase


def target_texts(row: TaskRow) -> tuple[str, ...]:
    """`全区装配式建筑占新建建筑面积比例：达30%`."""
    return tuple(f"{found.indicator}：{found.phrase}" for _, found in row.targets)


def remark_texts(terms: Terms, remarks: Iterable[str], written: str = "") -> tuple[str, ...]:
    """What a reader must know of a row, in words; `written` is the name by which the text calls the unit."""
    return tuple(terms(key).format(written=written) for key in remarks)


def inference_notes(rows: Iterable[TaskRow]) -> tuple[InferenceNote, ...]:
    """Every inferred time of the rows, each once, in their order."""
    return inference_notes_on((row.label, found) for row in rows for _, found in row.deadlines)


def inference_notes_on(times: Iterable[tuple[str, Deadline]]) -> tuple[InferenceNote, ...]:
    """As `inference_notes`, for times with the label of what they belong to."""
    notes = (
        InferenceNote(label, found.phrase, found.start, found.end, found.basis or "")
        for label, found in times
        if found.inferred
    )
    return tuple(dict.fromkeys(notes))


def span_text(start: date | None, end: date | None) -> str:
    """`2024年10月1日至2025年3月31日`; a single day where only one end is known."""
    return "至".join(dict.fromkeys(day_text(day) for day in (start, end) if day))


def duty_texts(graph: ResponsibilityGraph, terms: Terms, duty: DutyRow) -> tuple[str, ...]:
    """What a unit owes in a task: its role, and the group it stands in, with what of that is not settled."""
    if duty.decided:
        return (role_text(terms, duty.role), terms("duty.decided"))
    if duty.via is None:
        return (role_text(terms, duty.role),)
    through = terms("duty.through").format(group=duty.written)
    doubt = duty_doubt(graph, terms, duty)
    return (role_text(terms, duty.role), f"{through}（{doubt}）" if doubt else through)


def duty_doubt(graph: ResponsibilityGraph, terms: Terms, duty: DutyRow) -> str:
    """`待确认` for a member that nobody has confirmed, `是否涉及待确认` where nobody knows the members."""
    if duty.via is None:
        return ""
    if not duty.certain:
        return terms("duty.uncertain")
    return "" if graph.group_by_id[duty.via].confirmed else terms("mark.unconfirmed")


@lru_cache(maxsize=4096)
def link_texts(graph: ResponsibilityGraph, terms: Terms, measure_id: str) -> tuple[str, ...]:
    """`部分落实方案-09、方案-24`: what a measure carries out, by how far."""
    found: dict[LinkKind, list[str]] = {}
    for link in graph.links_from(measure_id):
        if link.to in graph.measures:
            plan, measure = graph.measures[link.to]
            found.setdefault(link.kind, []).append(plan.measure_label(measure))
    return tuple(terms.label(kind) + "、".join(labels) for kind, labels in found.items())


def quoted_title(title: str) -> str:
    """`《…〈…〉…》`: GB/T 15834 wants single marks where a title within 《》 has marks of its own."""
    return f"《{title.translate(str.maketrans('《》', '〈〉'))}》"


def citation(graph: ResponsibilityGraph, measure_id: str) -> str:
    """`《…》（城政发〔2024〕9号）三、重点任务，(四)…，14.…`: where the document says it, headings as printed."""
    plan, measure = graph.measures[measure_id]
    under = graph.chapter_of(plan, measure) or ()
    headings = [f"{above.printed_number}{above.title}" for above in under]
    number = f"（{plan.head.document_number}）" if plan.head.document_number else ""
    named = "，".join((*headings, f"{measure.printed}{measure.title or ''}"))
    return f"{quoted_title(plan.head.title)}{number}{named}"


def sources_text(plans: Iterable[Plan], rows: Iterable[TaskRow]) -> str:
    """The plans that the rows come from, with the document's number."""
    used = {row.plan for row in rows}
    heads = [plan.head for plan in plans if plan.id in used]
    numbers = dict.fromkeys(head.document_number for head in heads if head.document_number)
    behind = f"（{'、'.join(numbers)}）" if numbers else ""
    return "、".join(head.title for head in heads) + behind


def day_text(day: date) -> str:
    """`2024年5月9日`, as GB/T 9704 writes a day."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(day: date) -> str:
    """`2024.5.9`, for a table that has little room."""
    return f"{day.year}.{day.month}.{day.day}"


def node_texts(row: TaskRow) -> tuple[str, ...]:
    """The office's nodes within a task; none until it has decided."""
    nodes = row.breakdown.nodes if row.breakdown else ()
    return tuple(f"{day_text(node.due)} {node.text}" for node in nodes)


def origin_text(terms: Terms, row: TaskRow) -> str:
    """`会议议定：区政府第3次专题会议纪要，2024年8月1日交办`; empty for a task of a plan."""
    if row.extra is None:
        return ""
    words = {"kind": terms.label(row.extra.origin), "source": row.extra.source}
    return terms("remark_origin").format(on=day_text(row.extra.assigned), **words)


def role_legend(terms: Terms, roles: Iterable[Role]) -> str:
    """The marks that a table uses, in their fixed order."""
    used = set(roles)
    marks = "　".join(f"{terms.mark(role)}{terms.label(role)}" for role in Role if role in used)
    return terms("note.legend").format(marks=marks)
