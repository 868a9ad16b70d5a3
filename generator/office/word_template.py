"""What every Word paper gets beside its text: font fallbacks, identity, protection."""

from __future__ import annotations

from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

FONT_FALLBACKS = {
    "方正小标宋简体": "方正小标宋_GBK,小标宋,FZXiaoBiaoSong-B05S,华文中宋,宋体",
    "仿宋": "仿宋_GB2312,FangSong,华文仿宋,STFangsong",
    "仿宋_GB2312": "仿宋,FangSong,华文仿宋,STFangsong",
    "黑体": "SimHei,华文黑体,STHeiti",
    "楷体": "楷体_GB2312,KaiTi,华文楷体,STKaiti",
    "楷体_GB2312": "楷体,KaiTi,华文楷体,STKaiti",
    "宋体": "SimSun,华文宋体,STSong",
}
"""Official faces may not be shipped with a document; a machine without one takes the next in the list."""

BEFORE_PROTECTION = """
writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData
embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges
bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors
hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles
stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions
doNotTrackMoves doNotTrackFormatting
"""
"""CT_Settings is a sequence: w:documentProtection stands after these (ISO/IEC 29500-1, 17.15.1.78)."""


DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
EDITING_MARKS = (f"{{{WORD_2010}}}paraId", f"{{{WORD_2010}}}textId")
MARKED = etree.XPath("//w:p[@m:*] | //w:tr[@m:*]", namespaces={"w": MAIN, "m": WORD_2010})


def word(name: str) -> str:
    """`word("tbl")` → `{…/wordprocessingml/2006/main}tbl`."""
    return f"{{{MAIN}}}{name}"


def serialised(root: Any) -> bytes:
    """A part as it stands in the package."""
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def as_template_text(part: bytes) -> str:
    """A part as text to draw; marks of old editing sessions go, for a loop would repeat them."""
    root = etree.fromstring(part)
    for element in MARKED(root):
        for mark in EDITING_MARKS:
            element.attrib.pop(mark, None)
    return str(etree.tostring(root, encoding="unicode"))


class _Nothing:
    """Takes in what a parser tells and keeps nothing of it."""

    def close(self) -> None:
        """Called at the end of a document."""


def assert_well_formed(part: bytes) -> None:
    """XMLSyntaxError where a part is no XML; no tree is built for it."""
    etree.fromstring(part, etree.XMLParser(target=_Nothing()))


def with_font_fallbacks(font_table: bytes) -> bytes:
    """fontTable.xml in which every official face names its alternatives, even after a template was saved anew."""
    root = etree.fromstring(font_table)
    for font in root.iter(word("font")):
        fallbacks = FONT_FALLBACKS.get(font.get(word("name"), ""))
        if fallbacks and font.find(word("altName")) is None:
            font.insert(0, etree.Element(word("altName"), {word("val"): fallbacks}))
    return serialised(root)


def with_protection(settings: bytes) -> bytes:
    """settings.xml that locks all but the content controls; no password, so that an office can lift it."""
    root = etree.fromstring(settings)
    for old in root.findall(word("documentProtection")):
        root.remove(old)
    before = BEFORE_PROTECTION.split()
    place = sum(etree.QName(child).localname in before for child in root)
    protection = {word("edit"): "forms", word("enforcement"): "1"}
    root.insert(place, etree.Element(word("documentProtection"), protection))
    return serialised(root)


def core_properties(core: bytes, title: str, identifier: str) -> bytes:
    """core.xml with the document's title and inner id; who saved the template last is left out."""
    root = etree.fromstring(core)
    for gone in (f"{{{CORE}}}lastModifiedBy", f"{{{CORE}}}revision", f"{{{CORE}}}lastPrinted"):
        for element in root.findall(gone):
            root.remove(element)
    for name, text in (("title", title), ("identifier", identifier)):
        tag = f"{{{DUBLIN_CORE}}}{name}"
        element = root.find(tag)
        if element is None:
            element = etree.SubElement(root, tag)
        element.text = text
    return serialised(root)
