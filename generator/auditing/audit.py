"""The audit (`planbook audit`): one point = one function + one line in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from generator.auditing import page_points, table_points, text_points
from generator.auditing.document import Document, open_document
from generator.auditing.page_points import Problem
from generator.findings import Finding, Place, Severity
from generator.forms.safe_zip import RefusedFileError

Point = Callable[[Document], Iterator[Problem]]

POINTS: Mapping[str, Point] = {
    "纸张": page_points.paper_size,
    "页边距": page_points.margins,
    "每页行数": page_points.line_grid,
    "页码": page_points.page_number,
    "印章": page_points.no_seal,
    "标题": text_points.title,
    "层次": text_points.levels,
    "正文": text_points.body_text,
    "附件": text_points.attachments,
    "字体": text_points.faces,
    "替代字体": text_points.stand_ins,
    "颜色": text_points.black,
    "文号": text_points.document_numbers,
    "日期": text_points.dates,
    "表宽": table_points.table_width,
    "表头重复": table_points.repeated_heads,
    "表头": table_points.table_heads,
    "表内": table_points.table_texts,
    "行高": table_points.whole_rows,
}
"""What is judged, by GB/T 9704-2012 and the office's own rules for tables; the name stands in every finding."""
TOLD = 10
"""So many places of one point are told; a paper that is wrong throughout would fill the screen."""


def audit(file: str, content: bytes) -> tuple[Finding, ...]:
    """All that is wrong with one paper, point by point; `file` names it. A file that cannot be read says why."""
    try:
        document = open_document(content)
    except RefusedFileError as refused:
        return (Finding(Place(file), "文件", Severity.ERROR, str(refused)),)
    return tuple(found for name, point in POINTS.items() for found in _findings(file, name, point(document)))


def _findings(file: str, name: str, problems: Iterator[Problem]) -> Iterator[Finding]:
    for place, message in islice(problems, TOLD):
        yield Finding(Place(file, within=place), name, Severity.ERROR, message)
    if next(problems, None) is not None:
        yield Finding(Place(file), name, Severity.ERROR, f"同类问题超过 {TOLD} 处，其余不再列出")
