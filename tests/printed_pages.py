"""Papers as LibreOffice prints them, page by page, and what is read from the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfplumber.page import Page

A4, A3 = (595, 842), (842, 1191)


@dataclass(frozen=True)
class Sheet:
    """A printed page: its size in points, its text without blanks, whether ink leaves the paper, tables on it."""

    size: tuple[int, int]
    text: str
    within: bool
    tables: int


def print_papers(paths: Iterable[Path], folder: Path) -> dict[str, list[Sheet]]:
    """Every file printed to PDF in `folder`, by the name of the file without its ending."""
    files = list(paths)
    soffice = shutil.which("soffice")
    assert soffice
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(folder / "pdf"), *files], check=True, capture_output=True, timeout=300
    )
    found = {path.stem: sheets(folder / "pdf" / f"{path.stem}.pdf") for path in files}
    assert len(found) == len(files)
    return found


def sheets(path: Path) -> list[Sheet]:
    """The pages of a PDF."""
    with pdfplumber.open(path) as document:
        return [_sheet(page) for page in document.pages]


def _sheet(page: Page) -> Sheet:
    within = all(char["x0"] >= 0 and char["x1"] <= page.width for char in page.chars)
    size = (round(page.width), round(page.height))
    text = re.sub(r"\s", "", page.extract_text())
    return Sheet(size, text, within, len(page.find_tables()))
