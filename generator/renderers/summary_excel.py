"""考核汇总表.xlsx: departments, towns and units without a score on sheets of their own; live formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.analysis.scored_rows import PartName
from generator.analysis.summary import Deduction, PartScore, Summary, UnitSummary, UnscoredUnit, summary
from generator.analysis.wording import day_text
from generator.book import Book
from generator.forms.writer import grade_texts
from generator.model import Grade
from generator.office.excel import column_letters, workbook_bytes
from generator.office.tables import Cell, Column, Formula, Row, Table
from generator.renderers.office_papers import Drawn, Issue, OfficePaper, unit_text

SCORED = (
    ("number", 5, "centre"),
    ("unit", 20, "text"),
    ("air-quality", 9, "points"),
    ("common", 8, "points"),
    ("tasks", 9, "points"),
    ("bonus", 7, "points"),
    ("penalty", 7, "points"),
    ("self_total", 9, "points"),
    ("total", 9, "points"),
    ("gap", 9, "points"),
    ("scaled", 9, "points"),
    ("rank", 6, "centre"),
    ("grade", 9, "centre"),
    ("reasons", 34, "text"),
    ("remark", 26, "text"),
)
UNSCORED = (
    ("number", 5, "centre"),
    ("unit", 22, "text"),
    ("mode", 9, "centre"),
    ("carried", 9, "centre"),
    ("completed", 7, "centre"),
    ("going_well", 7, "centre"),
    ("behind", 7, "centre"),
    ("blocked", 7, "centre"),
    ("basis", 40, "text"),
    ("remark", 26, "text"),
)
DEDUCTIONS = (
    ("number", 5, "centre"),
    ("unit", 22, "text"),
    ("task", 16, "centre"),
    ("item", 24, "text"),
    ("weight", 8, "points"),
    ("deducted", 8, "points"),
    ("basis", 50, "text"),
    ("scored_by", 16, "text"),
    ("checked_by", 16, "text"),
)
MAIN_REASONS = 3


def draw_summary(book: Book, issue: Issue) -> Iterator[Drawn]:
    """One workbook; scores that nobody has given stay blank, and rank and grade with them."""
    grades = book.loaded.rules.grades
    found = summary(book.graph, book.ledger, grades, book.plan(issue.plan), book.forms)
    tables = (
        _scored(book, found, "departments", found.departments),
        _scored(book, found, "towns", found.towns),
        _unscored(book, found),
        _deductions(book, found),
    )
    title = book.terms("summary.title").format(year=found.year)
    yield {}, workbook_bytes(title, tables, book.as_of, mark=book.internal_mark)


def _table(
    book: Book, found: Summary, key: str, columns: Sequence[tuple[str, float, str]], rows: Sequence[Row]
) -> Table:
    terms = book.terms
    words = {"day": day_text(book.as_of), "year": found.year, "full": f"{found.full:g}", "grades": _grades(book)}
    sheet = terms(f"summary.sheet.{key}")
    marks = [terms(f"summary.note.{key}")]
    marks += [terms("summary.note.suggested")] if found.suggested and key != "unscored" else []
    marks += [] if rows else [terms("summary.note.empty")]
    return Table(
        name=sheet,
        title=terms("summary.sheet_title").format(year=found.year, sheet=sheet),
        note="　　".join(mark.format(**words) for mark in marks),
        columns=tuple(Column(terms(f"summary.heading.{name}"), width, style) for name, width, style in columns),
        rows=tuple(rows),
        foot=(terms("summary.foot"),),
        frozen_columns=2,
    )


def _grades(book: Book) -> str:
    rules = book.loaded.rules
    return f"{'、'.join(grade_texts(rules.grades))}（{rules.grades_basis.rstrip('。')}）"


def _scored(book: Book, found: Summary, key: str, lines: Sequence[UnitSummary]) -> Table:
    columns = [column for column in SCORED if key == "towns" or column[0] != "air-quality"]
    places = {name: column_letters(place) for place, (name, _, _) in enumerate(columns)}
    rows = []
    for number, line in enumerate(lines, 1):
        cells = {**_values(book, number, line), **_formulas(book, found, line, places)}
        rows.append(tuple(cells[name] for name, _, _ in columns))
    return _table(book, found, key, columns, rows)


def _values(book: Book, number: int, line: UnitSummary) -> dict[str, Cell]:
    """What is known, as figures; a part that the form does not have shows a dash, which a sum passes over."""
    return {
        "number": number,
        "unit": unit_text(book, line.unit),
        **{part.value: _part(book, line.parts.get(part)) for part in PartName},
        "bonus": line.bonus or None,
        "penalty": line.penalty or None,
        "self_total": line.self_total,
        "gap": line.gap or None,
        "reasons": _reasons(book, line),
        "remark": "；".join(_remarks(book, line)),
    }


def _part(book: Book, part: PartScore | None) -> Cell:
    return book.terms("mark.none") if part is None else part.score


def _formulas(book: Book, found: Summary, line: UnitSummary, at: dict[str, str]) -> dict[str, Cell]:
    """考核总分, 折算得分, 排名 and 建议等次, each empty as long as a part has no score."""
    first = at.get("air-quality", at["common"])
    full, total, scaled = f"{found.full:g}", f"{at['total']}{{row}}", f"{at['scaled']}{{row}}"
    left = f"({full}-SUM({at['gap']}{{row}}))"
    summed = f"SUM({first}{{row}}:{at['bonus']}{{row}})-SUM({at['penalty']}{{row}})"
    span = f"${at['scaled']}${{first}}:${at['scaled']}${{last}}"
    texts = {
        "total": f'=IF(COUNTBLANK({first}{{row}}:{at["tasks"]}{{row}})>0,"",{summed})',
        "scaled": f'=IF({total}="","",IF({left}<=0,"",ROUND({total}/{left}*{full},2)))',
        "rank": f'=IF({scaled}="","",RANK({scaled},{span}))',
        "grade": f'=IF({scaled}="","",{_grade_formula(scaled, book.loaded.rules.grades)})',
    }
    values = {"total": line.total, "scaled": line.scaled, "rank": line.rank, "grade": line.grade}
    return {key: Formula(text, "" if (value := values[key]) is None else value) for key, text in texts.items()}


def _grade_formula(scaled: str, grades: tuple[Grade, ...]) -> str:
    formula = '""'
    for grade in reversed(grades):
        name = grade.name.replace('"', '""').replace("{", "{{").replace("}", "}}")
        formula = f'IF({scaled}>={grade.minimum:g},"{name}",{formula})'
    return formula


def _reasons(book: Book, line: UnitSummary) -> str:
    """The gravest deductions, each with its points and reason."""
    gravest = sorted(line.deductions, key=lambda one: -one.points)[:MAIN_REASONS]
    return "；".join(_reason(book, one) for one in gravest)


def _reason(book: Book, one: Deduction) -> str:
    """A task by its number, a criterion by its name."""
    named = one.row.key if one.row.part is PartName.TASKS else one.row.item
    words = {"task": named, "points": f"{one.points:g}", "reason": one.score.deduction or one.score.basis}
    return book.terms("summary.reason").format(**words)


def _remarks(book: Book, line: UnitSummary) -> Iterator[str]:
    terms = book.terms
    for part, score in line.parts.items():
        if score and score.score is None:
            words = {
                "part": terms(f"summary.part.{part}"),
                "open": score.asked - score.decided,
                "decided": score.decided,
                "points": f"{score.points:g}",
            }
            yield terms("summary.open").format(**words)
    if line.self_total is None:
        yield terms("summary.no_self")
    elif line.self_open:
        yield terms("summary.self_open").format(count=line.self_open)


def _unscored(book: Book, found: Summary) -> Table:
    rows = [_unscored_line(book, number, unit) for number, unit in enumerate(found.unscored, 1)]
    return _table(book, found, "unscored", UNSCORED, rows)


def _unscored_line(book: Book, number: int, line: UnscoredUnit) -> Row:
    counts = line.progress
    return (
        number,
        unit_text(book, line.unit),
        book.terms.label(line.mode),
        counts.total,
        counts.completed,
        counts.going_well,
        counts.behind,
        counts.blocked,
        line.basis,
        None,
    )


def _deductions(book: Book, found: Summary) -> Table:
    rows = [_deduction_line(book, number, one) for number, one in enumerate(found.deductions, 1)]
    return _table(book, found, "deductions", DEDUCTIONS, rows)


def _deduction_line(book: Book, number: int, one: Deduction) -> Row:
    score = one.score
    return (
        number,
        unit_text(book, one.unit),
        one.row.key if one.row.part is PartName.TASKS else book.terms("mark.none"),
        one.row.item,
        one.row.weight,
        one.points,
        "；".join(filter(None, (score.deduction, score.basis))),
        score.by,
        score.checked_by,
    )


PAPER = OfficePaper("summary", draw_summary, monthly=False, yearly=True)
