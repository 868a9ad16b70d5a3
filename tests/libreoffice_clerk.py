"""A clerk at LibreOffice: opens papers, types into them, saves them in the formats wished for.

Run by the Python that has LibreOffice's `uno` (Debian: python3-uno), not by ours:

    /usr/bin/python3 tests/libreoffice_clerk.py JOB.json

The job: `profile` (a folder), and `papers`, each with `open`, `cells` (sheet cell → text or number), `controls`
(table cell of the first table, such as J2, → text typed over what stands there), `insertions` (the same, typed in
front of it), and `saves` (path → name of the filter).
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

CONTROL = "ContentControl"


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop(pipe):
    """The running program's desktop, as soon as it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(200):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.3)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise SystemExit("LibreOffice does not answer")


def items(collection):
    found = collection.createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def control_in(cell):
    """The content control in a cell of a table."""
    for paragraph in items(cell):
        for portion in items(paragraph):
            if portion.TextPortionType == CONTROL:
                return portion.ContentControl
    raise SystemExit("no content control in this cell")


def type_over(control, text):
    shown = [portion for portion in items(control) if portion.TextPortionType == "Text"]
    shown[0].setString(text)
    for portion in shown[1:]:
        portion.setString("")
    control.setPropertyValue("ShowingPlaceHolder", False)


def type_in_front(control, text):
    control.createTextCursor().setString(text)
    control.setPropertyValue("ShowingPlaceHolder", False)


def fill(document, paper):
    for name, value in paper.get("cells", {}).items():
        cell = document.Sheets.getByIndex(0).getCellRangeByName(name)
        if isinstance(value, str):
            cell.setString(value)
        else:
            cell.setValue(value)
    for key, write in (("controls", type_over), ("insertions", type_in_front)):
        for name, text in paper.get(key, {}).items():
            write(control_in(document.TextTables.getByIndex(0).getCellByName(name)), text)


def main(job):
    pipe = f"clerk{time.time_ns()}"
    program = ["soffice", f"-env:UserInstallation={Path(job['profile']).as_uri()}", "--headless", "--norestore"]
    process = subprocess.Popen([*program, f"--accept=pipe,name={pipe};urp;"], stderr=subprocess.DEVNULL)
    office = desktop(pipe)
    for paper in job["papers"]:
        url = Path(paper["open"]).as_uri()
        document = office.loadComponentFromURL(url, "_blank", 0, (option("Hidden", True),))
        fill(document, paper)
        for path, name in paper["saves"].items():
            document.storeToURL(Path(path).as_uri(), (option("FilterName", name),))
        document.close(True)
    office.terminate()
    process.wait(60)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
