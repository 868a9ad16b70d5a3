"""What plain MkDocs with Material takes for the same pages: the yardstick for builds of a large plan.

Seconds differ two- and threefold from machine to machine, and on one machine from hour to hour. The promise for 1,000
measures, 6 s, was given beside what MkDocs took there for the same pages: 4.0 s with none of them in the navigation,
19.7 s with all of them. Both are run here, so that the promise can be judged on any machine: what the navigation adds
depends on how many pages there are and on the machine, and hardly on what stands in them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import html

SETTINGS = """\
site_name: 对照
theme:
  name: material
  font: false
  language: zh
validation:
  omitted_files: ignore
nav:
  - index.md
"""
LINES = {"h1": "# ", "h2": "## ", "h3": "### ", "li": "- ", "p": ""}
COMMAND = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file"]


def write_plain_site(site: Path, folder: Path) -> tuple[list[str], list[str]]:
    """The pages of a built site as a project of MkDocs; commands that build it without and with navigation.

    Each wants the folder to build into behind it. Of each page headings, paragraphs, lists and tables are taken, as
    somebody would write them in Markdown: without links, marks, anchors and pictures. Search index, open data and
    papers, of which the promise has all, are left out.
    """
    docs = folder / "docs"
    for page in sorted(site.rglob("*.html")):
        if page.name != "404.html":
            source = docs / page.relative_to(site).with_suffix(".md")
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_text("\n\n".join(_blocks(page)) or "# 对照", encoding="utf-8")
    pages = "".join(
        f"  - {page.relative_to(docs)}\n" for page in sorted(docs.rglob("*.md")) if page.name != "index.md"
    )
    settings = {"none.yml": SETTINGS, "all.yml": SETTINGS + pages}
    for name, text in settings.items():
        (folder / name).write_text(text, encoding="utf-8")
    none, all_of_them = ([*COMMAND, str(folder / name), "--site-dir"] for name in settings)
    return none, all_of_them


def _blocks(page: Path) -> Iterator[str]:
    (article,) = html.parse(str(page), html.HTMLParser(encoding="utf-8")).iter("article")
    for element in article.iter("table", *LINES):
        if element.tag == "table":
            yield _table(element)
        elif not any(above.tag == "table" for above in element.iterancestors()) and (text := _text(element)):
            yield LINES[element.tag] + text


def _table(table: html.HtmlElement) -> str:
    rows = [[_text(cell).replace("|", "\\|") for cell in row.iter("td", "th")] for row in table.iter("tr")]
    width = max(map(len, rows), default=0)
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join((*lines[:1], "|" + " --- |" * width, *lines[1:]))


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
