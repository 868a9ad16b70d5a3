"""Findings as text, JSON, or annotations for a code-review site."""

from __future__ import annotations

import json
from collections import Counter

from generator.findings import Finding, Severity


def findings_text(findings: tuple[Finding, ...], titles: dict[str, str], style: str, notes: bool) -> str:
    """All findings in one go; `style` is text, json or github; notes are counted per rule unless `notes`."""
    if style == "json":
        rows = [_plain(finding) for finding in findings]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if style == "github":
        return "".join(_annotation(finding) for finding in findings)
    return _as_text(findings, titles, notes)


def _plain(finding: Finding) -> dict[str, str | int]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "message": finding.message,
    }


def _annotation(finding: Finding) -> str:
    level = "notice" if finding.severity is Severity.NOTE else finding.severity.value
    place = finding.place
    message = finding.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = place.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C").replace("\n", "%0A")
    return f"::{level} file={file},line={place.line},col={place.column},title={finding.rule}::{message}\n"


def _as_text(findings: tuple[Finding, ...], titles: dict[str, str], notes: bool) -> str:
    shown = [finding for finding in findings if notes or finding.severity is not Severity.NOTE]
    lines = [str(finding) for finding in shown]
    if not notes:
        counts = Counter(finding.rule for finding in findings if finding.severity is Severity.NOTE)
        lines += [
            f"{Severity.NOTE} · [{rule}] {titles[rule]}：{count} 处" for rule, count in sorted(counts.items())
        ]
    totals = Counter(finding.severity for finding in findings)
    lines.append(
        f"错误 {totals[Severity.ERROR]}，警告 {totals[Severity.WARNING]}，提示 {totals[Severity.NOTE]}"
        + ("（加 --notes 逐条列出提示）" if totals[Severity.NOTE] and not notes else "")
    )
    return "\n".join(lines) + "\n"
