"""Old and foreign formats (.doc, .xls, .wps, .et, .odt, .ods) → .docx and .xlsx, through LibreOffice where it is.

What comes out is read with the same distrust as any file that came back. Where there is no LibreOffice, or it
fails, the file stays what it was: 待转换.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from generator.forms.intake import RICH_TEXT, Incoming, Kind

PLACES = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
FILTERS = {Kind.WORD: "docx:MS Word 2007 XML", Kind.WORKBOOK: "xlsx:Calc MS Excel 2007 XML"}
SUFFIXES = {Kind.WORD: "docx", Kind.WORKBOOK: "xlsx"}
SOURCES = {
    "WordDocument".encode("utf-16-le"): (Kind.WORD, "doc"),
    "Workbook".encode("utf-16-le"): (Kind.WORKBOOK, "xls"),
    "Book".encode("utf-16-le"): (Kind.WORKBOOK, "xls"),
    RICH_TEXT: (Kind.WORD, "rtf"),
    b"application/vnd.oasis.opendocument.text": (Kind.WORD, "odt"),
    b"application/vnd.oasis.opendocument.spreadsheet": (Kind.WORKBOOK, "ods"),
}
"""What tells the content of a file, whatever it is called: a stream of an OLE file, the type of an ODF package."""
START_SECONDS, FILE_SECONDS = 40, 4


def office_program() -> str | None:
    """LibreOffice on this machine."""
    return next((found for place in PLACES if (found := shutil.which(place))), None)


def converted(files: Iterable[Incoming]) -> tuple[Incoming, ...]:
    """The files with those of an old format as ones that can be read, where LibreOffice could make them so."""
    files, program = tuple(files), office_program()
    old = {file.digest: file for file in files if file.kind is Kind.OLD}
    if not program or not old:
        return files
    with tempfile.TemporaryDirectory(prefix="planbook-") as folder:
        made = dict(_made(program, tuple(old.values()), Path(folder)))
    return tuple(made.get(file.digest, file) if file.kind is Kind.OLD else file for file in files)


def _made(program: str, files: tuple[Incoming, ...], folder: Path) -> Iterator[tuple[str, Incoming]]:
    for kind, target in FILTERS.items():
        sources = {place: file for place, file in enumerate(files) if _source(file)[0] is kind}
        for place, file in sources.items():
            (folder / f"{place}.{_source(file)[1]}").write_bytes(file.content)
        paths = [folder / f"{place}.{_source(file)[1]}" for place, file in sources.items()]
        if paths:
            _run(program, target, folder, paths)
        for place, file in sources.items():
            result = folder / "out" / f"{place}.{SUFFIXES[kind]}"
            if result.is_file():
                yield file.digest, replace(file, kind=kind, content=result.read_bytes(), is_converted=True)


def _source(file: Incoming) -> tuple[Kind, str]:
    return next((kind for mark, kind in SOURCES.items() if mark in file.content), (Kind.OLD, ""))


def _run(program: str, target: str, folder: Path, paths: list[Path]) -> None:
    """One run for all files of a kind, with a profile of its own; what it does not manage in time it does not."""
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", target, "--outdir", str(folder / "out"), *map(str, paths)]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        command, start_new_session=True, cwd=folder, stdin=nothing, stdout=nothing, stderr=nothing
    )
    try:
        process.wait(START_SECONDS + FILE_SECONDS * len(paths))
    except subprocess.TimeoutExpired:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """The starter and the program that it started."""
    if os.name == "posix":
        os.killpg(process.pid, 9)
    else:
        process.kill()
    process.wait()
