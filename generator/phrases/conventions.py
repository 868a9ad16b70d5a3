"""What one bracket lays down for others: 列第一位的为牵头单位，下同; 以下均需…落实，不再列出; 带*的为牵头单位."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.phrases.characters import Folded, fold
from generator.phrases.names import read_names


@dataclass(frozen=True)
class Convention:
    """What an earlier bracket laid down for all that follow (下同, 不再列出)."""

    first_leads: bool = False
    implementers: tuple[str, ...] = ()
    others_support: bool = False
    """Under 列第一位的为牵头单位，其他为配合单位 all but the first support."""

    def followed_by(self, laid: LaidDown) -> Convention:
        """As it stands after a bracket that lays something down."""
        more = tuple(name for name in laid.implementers if name not in self.implementers)
        return Convention(
            self.first_leads or laid.from_here_on,
            self.implementers + more,
            self.others_support or (laid.from_here_on and laid.others_support),
        )


NO_CONVENTION = Convention()


@dataclass(frozen=True)
class LaidDown:
    """What one bracket itself lays down; `from_here_on` where it says 下同."""

    first_leads: bool = False
    from_here_on: bool = False
    others_support: bool = False
    implementers: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether it lays down anything at all."""
        return self.first_leads or bool(self.implementers)


_PLACE = r"(?:[列排][在名于]{0,2}(?:第一|首|最前)(?:位|名|个|面)?|(?:第一|首)(?:位|个|家|列|名))"
_BODY = r"(?:责任)?(?:单位|部门)"
_FIRST = re.compile(
    rf"[(,]?(?:注:)?以?{_PLACE}(?:的|者)?{_BODY}?(?:均?为|是)(?:该项(?:任务|工作)的?)?(?:总?牵头|主责)(?:负责)?{_BODY}?"
    rf"(?P<others>[,;](?:其他|其余)(?:的|{_BODY})?(?:均?为|是)(?:配合|协办|协同|参与){_BODY}?)?"
    r"(?P<on>[,;(]?以?下(?:均|相)?同\)?)?\)?"
)
_HIDDEN = re.compile(
    r"以下(?:各项|各条|任务|措施|内容)?(?:均|都)?(?:需要?|须|由|要)(?P<names>[^。;]{1,60}?)(?:负责)?落实,?(?:的)?不再(?:一一|逐一)?列出"
)
_STARRED = re.compile(
    rf'[(,;。]?(?:注:)?[带有标加]?"?[*★☆▲△]"?号?的?{_BODY}?(?:均?为|表示|代表|是)牵头{_BODY}?(?:[,;]?以?下同)?\)?'
)


def laid_down(folded: Folded) -> tuple[Folded, LaidDown]:
    """The phrase with what it lays down blanked out, and what that is."""
    first, hidden = _FIRST.search(folded.text), _HIDDEN.search(folded.text)
    laid = LaidDown(
        first_leads=first is not None,
        from_here_on=bool(first and first["on"]),
        others_support=bool(first and first["others"]),
        implementers=read_names(folded.phrase(*hidden.span("names"))).names if hidden else (),
    )
    phrase = folded.original
    for match in (first, hidden, _STARRED.search(folded.text)):
        if match:
            start, end = folded.span(*match.span())
            phrase = phrase[:start] + "，" * (end - start) + phrase[end:]
    return fold(phrase) if phrase != folded.original else folded, laid


def says_first_leads(text: str) -> tuple[int, int] | None:
    """Where a text says that the unit named first leads."""
    if "牵头" not in text and "主责" not in text:
        return None
    folded = fold(text)
    match = _FIRST.search(folded.text)
    return folded.span(*match.span()) if match else None
