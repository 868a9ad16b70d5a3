"""What the office decides, written to decisions/: from the command line, or from its columns in a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.book import Book
from generator.forms.answers import read_list, read_state, state_names
from generator.forms.filled import FilledRow
from generator.forms.monthly_marks import MonthlyKey, OfficeAnswer
from generator.forms.monthly_reader import read_monthly_workbook
from generator.forms.sheets import read_workbook
from generator.model import CloseOut, DecisionsFile, LedgerState, Review, Ruling, Supervision
from generator.storage import record_yaml, with_entries
from generator.writing import write_file

SCHEMA = "../../schemas/decisions.json"
DECISIONS = "decisions"


@dataclass(frozen=True)
class Decider:
    """Who decided (an office or a meeting), on what basis, when."""

    by: str
    basis: str
    on: date


def write_rulings(book: Book, plan: str, rulings: Mapping[str, tuple[Ruling, ...]]) -> tuple[Path, int]:
    """Add decisions by kind to the file of their month; what stands there already is not written twice."""
    days = [ruling.on for found in rulings.values() for ruling in found]
    name = f"{max(days, default=book.as_of):%Y-%m}.yml"
    path = book.project.plan / plan / DECISIONS / name
    held = next((file for found, file in book.plan(plan).decisions if found == name), DecisionsFile())
    new = {
        field: tuple(ruling for ruling in dict.fromkeys(found) if ruling not in getattr(held, field))
        for field, found in rulings.items()
    }
    count = sum(map(len, new.values()))
    if count and path.exists():
        write_file(path, with_entries(path.read_bytes(), new))
    elif count:
        write_file(path, record_yaml(DecisionsFile.model_validate(new), SCHEMA))
    return path, count


def write_supervisions(book: Book, plan: str, ticked: tuple[Supervision, ...]) -> tuple[Path, int]:
    """As `write_rulings`; the same list read again on another day is no new decision."""
    held = [one for _, file in book.plan(plan).decisions for one in file.supervisions]
    new = tuple(one for one in ticked if not any(_is_same(one, other) for other in held))
    return write_rulings(book, plan, {"supervisions": new})


def _is_same(ticked: Supervision, held: Supervision) -> bool:
    """Ticked in the list of another period it is a new one; one that names no period may be of any."""
    return ticked.model_copy(update={"on": held.on, "period": held.period}) == held and held.period in {
        None,
        ticked.period,
    }


@dataclass(frozen=True)
class OfficeColumns:
    """审核意见 and 认定状态 of a workbook as decisions; `problems` say what could not be taken."""

    key: MonthlyKey
    reviews: tuple[Review, ...]
    close_outs: tuple[CloseOut, ...]
    problems: tuple[str, ...]


def office_columns(book: Book, content: bytes, decider: Decider) -> OfficeColumns | None:
    """What the office filled in; None for a workbook that is no form of ours. RefusedFileError as in reading."""
    form = read_monthly_workbook(read_workbook(content), book.terms)
    if form.key is None or form.key.plan not in {plan.id for plan in book.plans}:
        return None
    reviews, close_outs, problems = [], [], []
    known = {entry.task for entry in book.ledger.of_unit(form.key.unit, form.key.plan)}
    for row in form.rows:
        if not row.office:
            continue
        if row.task not in known:
            problems.append(f"{row.where}：任务“{row.task}”不由这个单位承担，没有采用")
            continue
        found = _rulings_of_row(book, row, form.key, decider)
        reviews += [ruling for ruling in found if isinstance(ruling, Review)]
        close_outs += [ruling for ruling in found if isinstance(ruling, CloseOut)]
        problems += [f"{row.task}：{ruling}" for ruling in found if isinstance(ruling, str)]
    return OfficeColumns(form.key, tuple(reviews), tuple(close_outs), tuple(problems))


def _rulings_of_row(book: Book, row: FilledRow, key: MonthlyKey, decider: Decider) -> list[Ruling | str]:
    """已办结 is a close-out and needs evidence; 经批准延期 needs a day, which no column holds."""
    labels = {book.terms.label(state): state for state in LedgerState}
    opinion = row.office.get(OfficeAnswer.OPINION, "").strip() or None
    written = row.office.get(OfficeAnswer.FOUND, "").strip()
    state = labels.get(written) or read_state(written, state_names(labels)) if written else None
    if written and state is None:
        return [f"没有“{written}”这种认定状态，没有采用"]
    if state is LedgerState.EXTENDED:
        return ["延期请用 planbook extend，写明延至哪天，没有采用"]
    common = {"task": row.task, "unit": key.unit, "basis": decider.basis, "by": decider.by, "on": decider.on}
    if state is LedgerState.COMPLETED:
        evidence = read_list(row.answers.get("evidence", ""))
        if not evidence:
            return ["认定已办结需有佐证编号，没有采用；请补佐证编号，或用 planbook close-out"]
        rulings: list[Ruling | str] = [CloseOut.model_validate({**common, "evidence": evidence})]
        if opinion:
            rulings.append(Review.model_validate({**common, "period": key.period, "opinion": opinion}))
        return rulings
    return [Review.model_validate({**common, "period": key.period, "state": state, "opinion": opinion})]
