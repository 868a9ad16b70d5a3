"""Does a line go on with the paragraph before it? One kind of evidence is one function."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.importing.closings import LONGEST_BRACKET, ends_with_responsibility
from generator.importing.documents import Line
from generator.importing.documents.widths import width_of
from generator.importing.kinds import (
    ends_sentence,
    is_addressees,
    is_annex_label,
    is_date_line,
    is_field_line,
    is_signature,
    is_title,
    is_title_tail,
    line_kind,
)
from generator.importing.layout import Layout
from generator.importing.markers import read_marker
from generator.importing.open_paragraph import TAG, Open
from generator.model import BlockKind
from generator.phrases.characters import alike
from generator.phrases.roles import ANY_LABEL

_GOES_ON = re.compile(r"[。,、;:!?)\]》〉”’\"'%‰·…℃](?!\()")
_QUOTE = re.compile(r"[\"'][\u4e00-\u9fff]")
_EXPECTS = re.compile(r"[,、(\[《〈“‘—·/和及与或的在对于由按]$")
_PAUSE = re.compile(r"[,、;:]")
_SPEECH = re.compile(r"[,、;:。()《]")
LONGEST_HEADING = 45
LONGEST_QUOTATION = 40
NEARLY = 0.85
_OPEN_FIELD = re.compile(rf"(?:^|[。;]){ANY_LABEL}[^。]*;$")
_MASTHEAD = re.compile(r"[\u4e00-\u9fff]{3,30}(?:文件|公报|政报)")
_CITED = re.compile(r"《[^》]{0,60}》")
_NOTE_MARK = re.compile(r"\[[0-9]{1,2}\]")
_CLOSES = re.compile(r"[“”《》。]")


@dataclass(frozen=True)
class _Seam:
    """A paragraph, the line that may go on with it, and what is known about both."""

    open: Open
    line: Line
    text: str
    following: str
    layout: Layout

    @property
    def full(self) -> bool:
        return self.layout.full(self.open.line)

    @property
    def single(self) -> bool:
        """The paragraph is one line so far."""
        return len(self.open.starts) == 1


def continues(current: Open, line: Line, text: str, following: str, layout: Layout) -> bool:
    """The first evidence that says anything decides; without any, a new line is a new paragraph."""
    seam = _Seam(current, line, text, following, layout)
    return next((verdict for rule in EVIDENCE if (verdict := rule(seam)) is not None), False)


def _punctuation(seam: _Seam) -> bool | None:
    """No paragraph begins with 。 or ）; a line that does was cut off."""
    first = alike(seam.text[:3])
    opens_quote = first[0] in "\"'" and not seam.open.quoted and seam.text[0] not in "”’"
    return True if _GOES_ON.match(first) and not opens_quote else None


def _tag(seam: _Seam) -> bool | None:
    """A tag that the line end cut in two: <su at the end, b> at the start."""
    return True if "<" in seam.open.last[-5:] and TAG.search(seam.open.last[-5:] + seam.text[:5]) else None


def _signature(seam: _Seam) -> bool | None:
    """An office and, below it, the day make one signature or one imprint."""
    if is_signature(seam.text) and is_date_line(seam.following) and ends_sentence(seam.open.last):
        return False
    dated = is_date_line(seam.text) or line_kind(seam.text) is BlockKind.IMPRINT
    if (
        seam.single
        and dated
        and is_signature(seam.open.text)
        and not any(char.isdigit() for char in seam.open.text)
    ):
        return True
    return None


def _complete(seam: _Seam) -> bool | None:
    """After a document number, a notice, an imprint, a date, addressees, nothing goes on."""
    if seam.open.length > 300:
        return None
    text = seam.open.text
    kind = line_kind(text)
    if kind is BlockKind.COPIES:
        return None if not ends_sentence(text) and not seam.text.endswith("印发") else False
    if kind is BlockKind.ANNEX_LINE:
        return _annex_goes_on(seam, text)
    if _MASTHEAD.fullmatch(text):
        return False
    dated = is_signature(text) and any(char.isdigit() for char in text)
    return False if kind is not None or dated or (is_addressees(text) and not seam.full) else None


def _annex_goes_on(seam: _Seam, text: str) -> bool | None:
    if is_annex_label(text) or read_marker(seam.text) or is_title(text):
        return False
    return None if seam.full else False


def _opened(seam: _Seam) -> bool | None:
    """Nothing begins right after an opening bracket: 〔 at the end of a line, 责任单位： on the next."""
    return True if alike(seam.open.last[-1:]) in ("(", "[", "《", "“", "‘") else None


def _begins(seam: _Seam) -> bool | None:
    """A line that says itself what it is begins a paragraph."""
    if line_kind(seam.text) not in {None, BlockKind.SIGNATURE}:
        return False
    if not is_field_line(seam.text):
        return None
    # 牵头单位：…；配合单位：… on one line may be broken between the two.
    torn = (_nearly_full(seam) or _second_line(seam)) and _OPEN_FIELD.search(alike(seam.open.text[-200:]))
    return None if torn else False


def _numbered(seam: _Seam) -> bool | None:
    """A number that can come now begins a paragraph; one that cannot, in the middle of a sentence, does not."""
    marker = read_marker(seam.text)
    if marker is None or (marker.weak and not _ended(seam)):
        return None
    expected = bool(_EXPECTS.search(alike(seam.open.last[-1:])) or seam.open.last.endswith("第"))
    if seam.layout.plausible(marker) and not (expected and not _fits(seam, marker.ordinal)):
        return False
    return None if not _ended(seam) and seam.open.length > LONGEST_HEADING else False


def _ended(seam: _Seam) -> bool:
    """Whether the paragraph ends as paragraphs do."""
    return ends_sentence(seam.open.last) or ends_with_responsibility(seam.open.text)


def _fits(seam: _Seam, ordinal: int) -> bool:
    """After 、 or 的 only the very next number of a list is believed."""
    marker = read_marker(seam.text)
    return marker is not None and (ordinal == seam.layout.last.get(marker.style, 0) + 1 or ordinal == 1)


def _bracket(seam: _Seam) -> bool | None:
    """A bracket on a line of its own belongs to what stands before it; one that is open is read to its end."""
    if seam.open.depth:
        inside = re.split(r"[(\[]", alike(seam.open.text[-LONGEST_BRACKET:]))
        if len(inside) > 1 and "。" not in inside[-1][:-1]:
            return True
    if _NOTE_MARK.match(alike(seam.text[:4])):
        return False
    if alike(seam.text[0]) in "[(" and line_kind(seam.text) is None:
        return is_title_tail(seam.text) if is_title(seam.open.text) else True
    return None


def _quotation(seam: _Seam) -> bool | None:
    """A quotation or a title of a document that is open is read on to its closing mark."""
    closing = _CLOSES.search(seam.text[:LONGEST_QUOTATION]) if seam.open.quoted else None
    return True if closing and closing[0] in "”》" else None


def _title(seam: _Seam) -> bool | None:
    """A title goes on until the word that titles end with, and may have （试行） below it."""
    text = seam.open.text
    if seam.open.length > 90 or read_marker(text) or _PAUSE.search(alike(text)) or ends_sentence(text):
        return None
    if is_title(text):
        longer = seam.text[0] in "的和及与" and is_title(text + seam.text)
        return True if longer or is_title_tail(seam.text) else None if seam.full else False
    short = (
        len(seam.text) <= 45
        and not _SPEECH.search(_CITED.sub("", alike(seam.text)).replace("(", ""))
        and not is_date_line(seam.text)
    )
    whole = is_title(text + seam.text)
    part = _title_part(text) or seam.text.startswith(("关于", "印发"))
    return True if short and whole and part and not read_marker(seam.text) else None


def _title_part(text: str) -> bool:
    """The first half of a title says about what it is: …关于加快推进…和, …落实…建设."""
    return bool(re.search(r"关于|印发|落实|推进|实施|\d{4}年|[和与及、的]$", text)) or text.count(
        "《"
    ) > text.count("》")


def _indent(seam: _Seam) -> bool | None:
    """Where paragraphs are indented, an indent begins one, and a line without goes on."""
    if not seam.layout.indented:
        return True if _second_line(seam) else None
    if seam.line.indent >= 1.5:
        return False
    return True if seam.full and seam.line.indent < 1 else None


def _second_line(seam: _Seam) -> bool:
    """In a text of short paragraphs: a full line with an indent, and below it one without."""
    first = seam.open.line
    full = width_of(first.text.strip()) + 2 * min(first.indent, 2) >= seam.layout.widest - 4
    return seam.layout.begins and seam.single and first.indent >= 1.5 and seam.line.indent < 1 and full


def _finished(seam: _Seam) -> bool | None:
    """A sentence that ends at the margin may be followed by the next one of the same paragraph."""
    if not _ended(seam):
        return None
    return seam.full and not seam.line.blank_before and not seam.line.firm


def _colon(seam: _Seam) -> bool | None:
    """责任单位： waits for what follows; a lead-in is a paragraph of its own."""
    if alike(seam.open.last[-1:]) != ":":
        return None
    return is_field_line(seam.open.text) or seam.full


def _heading(seam: _Seam) -> bool | None:
    """A number with a few words and no full stop is a heading; the text below it is not part of it."""
    text = seam.open.text
    marker = read_marker(text)
    if marker is None or seam.open.length - marker.length > LONGEST_HEADING or "。" in alike(text):
        return None
    if _EXPECTS.search(alike(text[-1:])) and (seam.full or seam.line.page_edge):
        return None
    fragment = len(seam.text) <= 15 and not _SPEECH.search(alike(seam.text))
    if _nearly_full(seam) and (seam.full or _SPEECH.search(alike(text[marker.length :]))):
        return None
    torn = seam.line.page_edge or seam.full
    return bool(torn and fragment and (read_marker(seam.following) or not fragment))


def _nearly_full(seam: _Seam) -> bool:
    """A line may end two characters early where the next ones must not be parted."""
    width = seam.layout.width
    return bool(seam.open.line.full) or (width is not None and width_of(seam.open.last) >= NEARLY * width)


def _label(seam: _Seam) -> bool | None:
    """A labelled line goes on only where it was plainly cut."""
    if not is_field_line(seam.open.head):
        return None
    return seam.full or bool(re.search(r"[、,(:]$", alike(seam.open.last[-1:]))) or seam.line.page_edge


def _middle(seam: _Seam) -> bool | None:
    """In the middle of a sentence the next line goes on, unless the format itself ends a paragraph here."""
    if is_signature(seam.text) and seam.open.length > 8:
        return False
    cut = bool(_EXPECTS.search(alike(seam.open.last[-1:])))
    prose = bool(_SPEECH.search(alike(seam.open.text[-200:])))
    if not cut and seam.open.length < 30 and not prose and len(seam.text) >= 40 and seam.layout.width is None:
        return False
    # Two halves of prose, the first without an end: the page or the converter broke it.
    torn = prose and seam.open.length >= 30 and bool(_SPEECH.search(alike(seam.text)))
    if seam.line.firm and seam.layout.width is None:
        return cut or torn
    if seam.layout.width is not None and not seam.full and not seam.line.page_edge:
        goes_on = seam.layout.spaced and not seam.line.blank_before and seam.open.length > 18
        return cut or goes_on or torn or (prose and _nearly_full(seam)) or len(seam.open.last) == 1
    return cut or seam.open.length >= 18 or (prose and seam.open.length > 8)


EVIDENCE: tuple[Callable[[_Seam], bool | None], ...] = (
    _tag,
    _punctuation,
    _signature,
    _complete,
    _opened,
    _begins,
    _numbered,
    _bracket,
    _quotation,
    _title,
    _indent,
    _finished,
    _colon,
    _heading,
    _label,
    _middle,
)
