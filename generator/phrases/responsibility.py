"""Responsibility in official prose: the bracket or line that says who leads, shares, supports (责任分工)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from generator.model import Responsibility, Role
from generator.phrases.characters import Folded, alike, fold
from generator.phrases.conventions import NO_CONVENTION, Convention, LaidDown, laid_down
from generator.phrases.names import are_offices, looks_like_unit, read_names
from generator.phrases.roles import CUT_WORD, FIELD, ROLE_WORD, role_of_label, role_of_word


@dataclass(frozen=True)
class ResponsibilityReading:
    """Names as written, by role; what the bracket lays down for the rest; what could not be read."""

    lead: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    implement: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    open: bool = False
    convention: Convention = NO_CONVENTION
    """As it stands from here on."""
    sets_first_leads: bool = False
    sets_implementers: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    """Implementers that an earlier bracket named and this one does not print; they are in `implement`."""
    cut: bool = False
    """True where the text breaks off within a role word or before the bracket closes."""
    unread: tuple[str, ...] = ()
    """Names to which no role word belongs."""
    unsaid: bool = False
    """True where it names units and says nothing else: they are taken to be responsible."""
    aside: tuple[str, ...] = ()
    """Fields and objects that are not units (适用范围：…)."""

    def by_role(self) -> tuple[tuple[Role, str], ...]:
        """Every (role, name as written), roles in their fixed order."""
        return tuple((role, name) for role in Role for name in getattr(self, role.value))

    def record(self, phrase: str, brackets: str = "〔〕") -> Responsibility:
        """As it stands in a plan file."""
        names = {role.value: getattr(self, role.value) for role in Role}
        return Responsibility(phrase=phrase, brackets=brackets, open=self.open, **names)


_HINT = re.compile("[责负牵配协参落指主办分列支局委厅署府院会道司队联心校部室组班社行股科]|单位|各")
"""No role word, label, convention or office is without one of these."""
_WHEN = re.compile(r"[年月日季]|[前底末]$|:")
_WITH = re.compile(r"会同|会商")
_EDGE = "、,;。: "
_IN_BRACKETS = re.compile(
    r"(?:[（(](?P<word>牵头|主办|配合|协办|参与|协助|落实|指导)(?:单位|部门)?[)）]|[*＊★☆▲△])$"
)
"""区住建局（牵头）, 区住建局*"""
_PLAIN_ROLES = {"牵头": Role.LEAD, "主办": Role.LEAD, "落实": Role.IMPLEMENT, "指导": Role.GUIDE}


@dataclass
class _Draft:
    """What has been read so far."""

    names: dict[Role, dict[str, None]] = field(default_factory=lambda: {role: {} for role in Role})
    order: list[tuple[Role, str]] = field(default_factory=list)
    open: bool = False
    cut: bool = False
    unread: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def add(self, role: Role, names: tuple[str, ...]) -> None:
        for name in names:
            marked = _IN_BRACKETS.search(name)
            owed = _PLAIN_ROLES.get(marked["word"] or "牵头", Role.SUPPORT) if marked else role
            bare = name[: marked.start()] if marked else name
            if bare and bare not in self.names[owed]:
                self.names[owed][bare] = None
                self.order.append((owed, bare))


@lru_cache(maxsize=2048)
def parse_responsibility(phrase: str, convention: Convention = NO_CONVENTION) -> ResponsibilityReading | None:
    """Read what stands in a bracket or after 责任单位：; None where it is not about units."""
    if not _HINT.search(phrase):
        return None
    folded, laid = laid_down(fold(phrase))
    text, draft = folded.text, _Draft()
    labelled = _fields(folded, text, draft)
    bare = not (labelled or any(looks_like_unit(name) for _, name in draft.order))
    if bare and not _only_units(folded, text, draft) and not laid.anything:
        return None
    leads = list(draft.names[Role.LEAD])
    if laid.first_leads and len(leads) > 1:
        # 牵头单位：A、B（第一个为牵头单位）: the note narrows the label.
        draft.names[Role.LEAD] = dict.fromkeys(leads[:1])
        rest = Role.SUPPORT if laid.others_support else Role.RESPONSIBLE
        draft.names[rest] = dict.fromkeys((*leads[1:], *draft.names[rest]))
    elif (convention.first_leads or laid.first_leads) and not leads:
        _promote(draft, convention.others_support or laid.others_support)
    added = tuple(name for name in convention.implementers if name not in draft.names[Role.IMPLEMENT])
    draft.add(Role.IMPLEMENT, added)
    return _reading(draft, convention.followed_by(laid), laid, added, bare and not laid.anything)


def _reading(
    draft: _Draft, later: Convention, laid: LaidDown, added: tuple[str, ...], unsaid: bool
) -> ResponsibilityReading:
    return ResponsibilityReading(
        **{role.value: tuple(draft.names[role]) for role in Role},
        open=draft.open,
        convention=later,
        sets_first_leads=laid.first_leads,
        sets_implementers=laid.implementers,
        hidden=added,
        cut=draft.cut,
        unsaid=unsaid,
        unread=tuple(draft.unread),
        aside=tuple(draft.aside),
    )


def _only_units(folded: Folded, text: str, draft: _Draft) -> bool:
    """Units without any role word are taken to be responsible, where nothing but a time stands beside them."""
    if draft.order or draft.cut or not are_offices(draft.unread):
        return False
    if not all(_WHEN.search(alike(aside)) for aside in draft.aside):
        return False
    label = FIELD.search(text)
    draft.open = read_names(folded.phrase(0, label.start() if label else len(text)).rstrip("；;，,。 ")).open
    draft.add(Role.RESPONSIBLE, tuple(draft.unread))
    draft.unread = []
    return True


def _promote(draft: _Draft, others_support: bool) -> None:
    """Under 列第一位的为牵头单位 the first leads; the others keep the printed role, or support."""
    first = next(((role, name) for role, name in draft.order if role in (Role.SHARED, Role.RESPONSIBLE)), None)
    if first:
        role, name = first
        del draft.names[role][name]
        draft.names[Role.LEAD][name] = None
        if others_support:
            for kept in (Role.SHARED, Role.RESPONSIBLE):
                draft.names[Role.SUPPORT].update(draft.names[kept])
                draft.names[kept].clear()


def _fields(folded: Folded, text: str, draft: _Draft) -> bool:
    """Read what stands before the first label and each labelled field; True where a label is about units."""
    labels = list(FIELD.finditer(text))
    stops = [match.start() for match in labels] + [len(text)]
    _segments(folded, text, 0, stops[0], None, draft)
    labelled = False
    for match, stop in zip(labels, stops[1:], strict=True):
        role = role_of_label(match[0])
        if role is None:
            draft.aside.append(folded.name(match.start(), stop).strip("；;，,。 "))
        else:
            labelled = True
            _segments(folded, text, match.end(), stop, role, draft)
    return labelled


def _segments(folded: Folded, text: str, start: int, end: int, default: Role | None, draft: _Draft) -> None:
    """Names up to each role word take its role; names after the last take the label's."""
    for match in ROLE_WORD.finditer(text, start, end):
        _assign(folded, text, start, match.start(), role_of_word(match), draft)
        if match["object"]:
            draft.aside.append(folded.name(match.start("object"), match.end("object")))
        start = match.end()
    if default is not None:
        _assign(folded, text, start, end, default, draft)
        return
    _left_over(folded, text, start, end, draft)


def _left_over(folded: Folded, text: str, start: int, end: int, draft: _Draft) -> None:
    """What follows the last role word: a role word that breaks off, or names without a role."""
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    cut = CUT_WORD.search(text, start, end)
    if cut and looks_like_unit(text[start : cut.start()].strip(_EDGE)):
        draft.cut = True
        word = cut.lastgroup or "plain"
        _assign(folded, text, start, cut.start(), None if word == "plain" else Role(word), draft)
        return
    for name in read_names(folded.phrase(start, end)).names if end > start else ():
        if _IN_BRACKETS.search(name):
            draft.add(Role.SUPPORT, (name,))
        else:
            (draft.unread if looks_like_unit(name) else draft.aside).append(name)


def _assign(folded: Folded, text: str, start: int, end: int, role: Role | None, draft: _Draft) -> None:
    """A会同B负责: A has the role, B supports. The plain 负责 leads where one alone is named, else is shared."""
    while start < end and text[start] in _EDGE:
        start += 1
    joined = _WITH.search(text, start, end)
    owners_end = joined.start() if joined else end
    owners = read_names(folded.phrase(start, owners_end)) if owners_end > start else read_names("")
    plain = Role.LEAD if len(owners.names) == 1 and not owners.open else Role.SHARED
    draft.add(plain if role is None else role, owners.names)
    draft.open |= owners.open
    if joined and end > joined.end():
        supporters = read_names(folded.phrase(joined.end(), end))
        draft.add(Role.SUPPORT, supporters.names)
        draft.open |= supporters.open


def is_responsibility_bracket(content: str) -> bool:
    """True where a bracket says who is responsible: by a role word after units, or a label before them."""
    return parse_responsibility(content) is not None
