"""The report of an import, in Chinese: what was read, what is doubtful, most doubtful first, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.findings import shown
from generator.importing.importer import Draft
from generator.terms import Terms

LONGEST = 200


def import_report(draft: Draft, name: str, terms: Terms) -> str:
    """A page of Markdown that lies beside the draft."""
    return "\n".join(_lines(draft, name, terms)) + "\n"


def _lines(draft: Draft, name: str, terms: Terms) -> Iterator[str]:
    yield f"# {terms('import_report.title')}：{_plain(name)}"
    yield ""
    yield terms("import_report.note")
    yield from _summary(draft, terms)
    yield from _doubts(draft, terms)
    yield from _left_out(draft, terms)
    yield from _new_units(draft, terms)


def _heading(terms: Terms, key: str, count: int | None = None) -> Iterator[str]:
    yield ""
    yield f"## {terms(f'import_report.{key}')}" + (f"（{count}）" if count is not None else "")
    yield ""


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(_plain(str(cell)) for cell in cells) + " |"


def _plain(text: str) -> str:
    """Words of a document may hold anything; here they are only words."""
    cut = shown(text, LONGEST)
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#" else char for char in cut)


def _table(terms: Terms, keys: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    names = [terms(f"import_report.{key}") for key in keys]
    yield _row(names)
    yield "|" + " --- |" * len(names)
    yield from (_row(row) for row in rows)


def _summary(draft: Draft, terms: Terms) -> Iterator[str]:
    yield from _heading(terms, "summary")
    rows = []
    for plan in draft.plans:
        clauses = [clause for measure in plan.measures for clause in measure.clauses]
        statements = [statement for clause in clauses for statement in clause.statements]
        rows.append(
            (
                plan.head.id,
                plan.head.title,
                len(plan.measures),
                len(clauses),
                sum(1 for clause in clauses if clause.responsibility),
                sum(len(statement.deadlines) for statement in statements),
                sum(len(statement.targets) for statement in statements),
            )
        )
    keys = ("plan", "plan_title", "measures", "clauses", "with_units", "deadlines", "targets")
    yield from _table(terms, keys, rows)


def _doubts(draft: Draft, terms: Terms) -> Iterator[str]:
    yield from _heading(terms, "doubts", len(draft.doubts))
    if not draft.doubts:
        yield terms("import_report.none")
        return
    keys = ("number", "where", "quote", "reading", "choices", "file")
    rows = (
        (number, found.where, found.quote, found.reading, found.choices, found.file)
        for number, found in enumerate(draft.doubts, 1)
    )
    yield from _table(terms, keys, rows)


def _left_out(draft: Draft, terms: Terms) -> Iterator[str]:
    yield from _heading(terms, "left_out", len(draft.left_out))
    if not draft.left_out:
        yield terms("import_report.none")
        return
    rows = ((found.where, found.text, found.reason) for found in draft.left_out)
    yield from _table(terms, ("where", "quote", "reason"), rows)


def _new_units(draft: Draft, terms: Terms) -> Iterator[str]:
    found = [(unit.name, terms.label(unit.kind), unit.id) for unit in draft.units.units]
    found += [(group.name, terms("import_report.group"), group.id) for group in draft.units.groups]
    yield from _heading(terms, "new_units", len(found))
    if not found:
        yield terms("import_report.none")
        return
    yield from _table(terms, ("unit", "kind", "id"), found)
