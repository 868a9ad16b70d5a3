"""The finder in a browser, and what it must show: told anew from the plan, not from the page's script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from generator.analysis.finder import Facet, Finder, FinderRow
from tests.case_files import cases

CASES: dict[str, Any] = cases("finder.yml")
View = Mapping[str, list[str]]
READING_DAY = datetime(2024, 6, 30, 9, 0, tzinfo=UTC)


@contextmanager
def fresh_page(browser: Browser) -> Iterator[Page]:
    """A page on a desk's screen, on the day for which the site was built; a script that fails is an error."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.clock.set_fixed_time(READING_DAY)
    yield page
    context.close()
    assert faults == []


def fragment(view: View, **more: str) -> str:
    """A view as its address has it."""
    parts = [f"{facet}={','.join(map(quote, values))}" for facet, values in view.items()]
    return "#" + "&".join([*(f"{key}={quote(value)}" for key, value in more.items()), *parts])


def opened(page: Page, site: Path, view: View | None = None, **more: str) -> Page:
    """The finder with a view, as the receiver of an address opens it."""
    page.goto("about:blank")
    page.goto((site / "finder.html").as_uri() + fragment(view or {}, **more))
    return page


def shown(page: Page) -> list[tuple[str, str]]:
    """Task and sentence number of every row, those that stand there only for whoever reads on too."""
    page.locator(".pb-finder-more").evaluate("more => { while (!more.hidden) more.click(); }")
    rows = page.locator("#finder-table tbody tr:visible")
    found = rows.evaluate_all(
        "rows => rows.map(row => [row.querySelector('.pb-task').textContent, row.querySelector('.pb-number').textContent])"
    )
    return [(task, number) for task, number in found]


def fits(row: FinderRow, view: View, leaving_out: str = "") -> bool:
    """Whether a row belongs to a view; a unit and a role must be those of one duty."""
    wanted = {facet: set(values) for facet, values in view.items() if facet != leaving_out}
    units, roles = wanted.pop("unit", None), wanted.pop("role", None)
    duties = [
        duty
        for duty in row.task.duties
        if (units is None or duty.party in units) and (roles is None or duty.role.value in roles)
    ]
    together = bool(duties) or (units is None and roles is None)
    return together and all(values & set(row.values(Facet(facet))) for facet, values in wanted.items())


def values_beside(row: FinderRow, view: View, facet: Facet) -> set[str]:
    """Under which values of a facet a row counts in a view: units with a chosen role, roles of a chosen unit."""
    if facet is Facet.UNIT:
        roles = view.get("role")
        return {duty.party for duty in row.task.duties if not roles or duty.role.value in roles}
    if facet is Facet.ROLE:
        units = view.get("unit")
        return {duty.role.value for duty in row.task.duties if not units or duty.party in units}
    return set(row.values(facet))


def expected_counts(table: Finder, view: View, facet: Facet) -> dict[str, int]:
    """How many tasks each value would give, whatever is chosen in the facet itself."""
    tasks: dict[str, set[str]] = {found.value: set() for found in table.facets[facet]}
    for row in table.rows:
        if fits(row, view, facet.value):
            for value in values_beside(row, view, facet):
                tasks[value].add(row.task.row.id)
    return {value: len(found) for value, found in tasks.items()}
