"""Word papers drawn from templates: docxtpl's language, safe for any text, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from generator.findings import Finding, Place, PlanError, Severity, shown
from generator.office.archives import stamped, zip_bytes
from generator.office.word_page_mark import with_page_mark
from generator.office.word_structure import settle
from generator.office.word_template import (
    core_properties,
    serialised,
    with_font_fallbacks,
    with_protection,
)

DRAWN_PART = re.compile(r"^word/(document|header\d*|footer\d*)\.xml$")
FONT_TABLE = "word/fontTable.xml"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""
LINE_END = re.compile("\r\n?|\u2028|\u2029")
BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


@dataclass(frozen=True)
class Identity:
    """What core.xml says of a document: `identifier` is its inner id, which outlives every renaming.

    `mark` stands at the head of every page.
    """

    identifier: str
    title: str
    as_of: date
    mark: str = ""


@dataclass(frozen=True)
class _Compiled:
    """A template taken apart once: parts that stay, and parts that are drawn anew for each document."""

    parts: tuple[tuple[str, bytes], ...]
    drawn: Mapping[str, Template]


def draw_word(template: Path, context: Mapping[str, Any], identity: Identity, protected: bool = False) -> bytes:
    """A .docx from a template; `protected` lets people write only into the content controls.

    PlanError where the template cannot be read or asks for a name that `context` lacks: an office restyles
    templates, and what went wrong there must be said with its place.
    """
    try:
        compiled = _compiled(template.read_bytes())
        entries = _entries(compiled, context, identity, protected)
        return zip_bytes(with_page_mark(dict(entries), plain(identity.mark)) if identity.mark else entries)
    except (TemplateError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as fault:
        place = Place(f"templates/word/{template.name}")
        message = f"模板不能使用：{shown(fault, 120)}；可改样式和文字，不可改动“{{{{ }}}}”“{{% %}}”中的内容"
        raise PlanError([Finding(place, "template", Severity.ERROR, message)]) from fault


def _entries(
    compiled: _Compiled, context: Mapping[str, Any], identity: Identity, protected: bool
) -> Iterator[tuple[str, bytes]]:
    for name, content in compiled.parts:
        if name in compiled.drawn:
            root = etree.fromstring(compiled.drawn[name].render(context).encode())
            settle(root)
            yield name, serialised(root)
        elif name == "docProps/core.xml":
            core = core_properties(content, plain(identity.title), identity.identifier)
            yield name, stamped(core, identity.as_of)
        elif name == "word/settings.xml" and protected:
            yield name, with_protection(content)
        else:
            yield name, content


@lru_cache(maxsize=16)
def _compiled(template: bytes) -> _Compiled:
    """Cached by content, so that a template saved anew is read anew."""
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    if FONT_TABLE in parts:
        parts[FONT_TABLE] = with_font_fallbacks(parts[FONT_TABLE])
    # Importing it takes a fifth of a second, and only drawing papers needs it.
    import docxtpl

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_as_run_text)
    language = docxtpl.DocxTemplate(io.BytesIO(template))
    drawn = {
        name: environment.from_string(language.patch_xml(_without_declaration(content)))
        for name, content in parts.items()
        if DRAWN_PART.match(name)
    }
    return _Compiled(tuple(parts.items()), drawn)


def _without_declaration(content: bytes) -> str:
    return str(etree.tostring(etree.fromstring(content), encoding="unicode"))


def plain(text: str) -> str:
    """Text that XML can hold: characters that it cannot become �, every kind of line end becomes one."""
    return FORBIDDEN.sub("�", LINE_END.sub("\n", text))


def _as_run_text(value: object) -> object:
    """What an expression prints inside w:t: escaped, with line breaks and tabs as Word writes them.

    Nothing that it prints is read as a template again, so `{{` in a plan stays `{{`.
    """
    if hasattr(value, "__html__"):
        return value
    text = escape(plain(str(value)))
    # Markup escapes what it puts in, which takes longer than all the rest: only where there is anything.
    return text.replace("\n", BREAK).replace("\t", TAB) if "\n" in text or "\t" in text else text
