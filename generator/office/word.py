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
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from generator.findings import Finding, Place, PlanError, Severity, shown
from generator.office.archives import stamped, zip_bytes
from generator.office.word_page_mark import with_page_mark
from generator.office.word_structure import settled, with_marks
from generator.office.word_template import (
    DECLARATION,
    as_template_text,
    assert_well_formed,
    core_properties,
    with_font_fallbacks,
    with_protection,
)

DRAWN_PART = re.compile(r"^word/(document|header\d*|footer\d*)\.xml$")
FONT_TABLE = "word/fontTable.xml"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""
LINE_END = re.compile("\r\n?|\u2028|\u2029")
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
EMPTY_TEXT, NO_TEXT = "></w:t>", "/>"
"""Where an expression printed nothing."""
ATTRIBUTE = re.compile(r'="[^"<>]*\{\{[^"<>]*"')
PRINTED = re.compile(r"\{\{(.*?)\}\}")
IN_ATTRIBUTE = "in_attribute"


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
            part = settled(compiled.drawn[name].render(context).replace(EMPTY_TEXT, NO_TEXT)).encode()
            assert_well_formed(part)
            yield name, DECLARATION + part
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

    environment = _Language(undefined=StrictUndefined, autoescape=True, finalize=_as_run_text)
    environment.filters[IN_ATTRIBUTE] = _in_attribute
    language = docxtpl.DocxTemplate(io.BytesIO(template))
    drawn = {
        name: environment.from_string(_guarded(language.patch_xml(with_marks(as_template_text(content)))))
        for name, content in parts.items()
        if DRAWN_PART.match(name)
    }
    return _Compiled(tuple(parts.items()), drawn)


class Drawn(str):
    """Text that is XML already: nothing in it is to be escaped again."""

    def __html__(self) -> str:
        """Itself."""
        return self


class _Printing(CodeGenerator):
    """Prints what `finalize` gives as it stands: it is escaped there, and once is enough for every cell."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(")")


class _Language(ImmutableSandboxedEnvironment):
    """Jinja in which a name after a dot is first an entry: papers are given mappings only."""

    code_generator_class = _Printing

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`row.title` is `row["title"]`."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _guarded(source: str) -> str:
    """The template with what it prints within a tag marked: there a quotation mark would end the value."""
    return ATTRIBUTE.sub(lambda found: PRINTED.sub(rf"{{{{ (\1)|{IN_ATTRIBUTE} }}}}", found[0]), source)


def _in_attribute(value: object) -> Markup:
    return escape(plain(str(value)))


def plain(text: str) -> str:
    """Text that XML can hold: characters that it cannot become �, every kind of line end becomes one."""
    return FORBIDDEN.sub("�", LINE_END.sub("\n", text))


def _as_run_text(value: Any) -> str:
    """What an expression prints inside w:t: escaped, with line breaks and tabs as Word writes them.

    Nothing that it prints is read as a template again, so `{{` in a plan stays `{{`.
    """
    if type(value) is str:
        return _run_text(value)
    return value.__html__() if hasattr(value, "__html__") else _run_text(str(value))


@lru_cache(maxsize=32768)
def _run_text(text: str) -> Drawn:
    """Kept, for most texts stand in the papers of many units."""
    shown = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Drawn(shown.replace("\n", BREAK).replace("\t", TAB))
