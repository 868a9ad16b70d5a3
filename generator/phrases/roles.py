"""The words that say what units owe, after their names (…牵头) or before (责任单位：…). One word is one entry."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model import Role


@dataclass(frozen=True)
class RoleWord:
    """A role word; `role` None is the plain 负责, which leads alone and shares among several."""

    pattern: str
    role: Role | None


_BY_DUTY = r"(?:各自)?(?:按照|按|依)?(?:各自)?(?:职责|职能|责任)?(?:和)?(?:任务)?分工"
WORDS = (
    RoleWord(rf"{_BY_DUTY}牵头(?:负责|落实|推进)?", Role.LEAD),
    RoleWord(
        r"(?:共同|联合|分别|各自|分头)?(?:负责)?牵头(?:负责|落实|组织(?:实施)?|实施|抓总|推进|总)?", Role.LEAD
    ),
    RoleWord(r"(?:主办|主责)", Role.LEAD),
    RoleWord(rf"各?{_BY_DUTY}(?:配合|协助|参与)(?:落实|做好)?", Role.SUPPORT),
    RoleWord(rf"各?{_BY_DUTY}(?:共同)?(?:负责)?(?:抓好|做好)?(?:落实|实施|推进)?(?:相关工作)?", Role.SHARED),
    RoleWord(r"各?(?:按照|按|依)?(?:各自)?职责(?:范围)?(?:内)?(?:共同|分别)?负责(?:落实)?", Role.SHARED),
    RoleWord(r"(?:共同|分别|联合|各自|分头)负责(?:落实)?", Role.SHARED),
    RoleWord(r"(?:共同|积极|密切|协同|主动)?(?:配合(?:做好|落实)?|参与|协助|协办|参加)", Role.SUPPORT),
    RoleWord(r"(?:负责|具体|共同|抓好|抓|组织|分别){0,3}(?:落实|组织实施|具体实施)", Role.IMPLEMENT),
    RoleWord(r"(?:督促|监督|加强|业务|统筹)?指导(?:督促|监督|落实)?", Role.GUIDE),
    RoleWord(r"统筹(?:推进|协调|抓总|负责)?", Role.LEAD),
    RoleWord(r"(?:均?为|是)牵头(?:单位|部门)", Role.LEAD),
    RoleWord(r"(?:均?为|是)(?:第一)?责任(?:主体|单位|部门)", Role.RESPONSIBLE),
    RoleWord(r"(?:均?为|是)(?:实施|落实|执行)(?:主体|单位|部门)", Role.IMPLEMENT),
    RoleWord(r"(?:均?为|是)(?:配合|协办|协同|参与)(?:单位|部门)", Role.SUPPORT),
    RoleWord(
        r"(?:按照|按|依)(?:各自)?职责(?:共同|分别)?(?:做好|抓好|推进|开展)(?:相关|有关|相应)?(?:工作|落实|任务)?",
        Role.SHARED,
    ),
    RoleWord(r"(?:具体|主要|全面|统筹)?负责(?:实施|推进|办理)?|负总责", None),
)
_ENDS = r"(?=等?(?:[,;、。 )]|$|以下))"
_UNIT_LETTER = "局办委部厅院署会站所队心司镇乡道处府位门区县市)"
ROLE_WORD = re.compile(
    f"(?<!\\()(?:{'|'.join(f'(?P<w{n}>{word.pattern})' for n, word in enumerate(WORDS))}){_ENDS}"
    rf"|(?<=[{_UNIT_LETTER}])(?P<doing>牵头负责|牵头|负责|配合|协助|指导|参与|落实)"
    r"(?P<object>(?!解释|人)[^,;、。()]{1,30})(?=[,;。]|$)"
)
CUT_WORD = re.compile(
    r"(?:(?P<lead>牵)|(?P<support>[配参协])|(?P<guide>指)|(?P<implement>负责落|落)|(?P<shared>按职责?分?)|(?P<plain>负))$"
)

BODY = "(?:单位|部门|科室|股室|处室|机构|站所|站办所?|办所|乡镇|镇街|镇村|街镇|村居)"
"""Whoever may bear a task, as labels and heads of columns call them."""
_LABELS: tuple[tuple[str, Role], ...] = (
    (rf"(?:总?牵头|主办|主责|第一责任)(?:责任)?{BODY}|牵头", Role.LEAD),
    (rf"(?:配合|协办|协同|协助|参与|参加|支持|联合|协作)(?:责任)?{BODY}|配合", Role.SUPPORT),
    (rf"(?:落实|实施|执行|具体实施)(?:责任)?(?:{BODY}|主体)", Role.IMPLEMENT),
    (rf"(?:指导|业务指导|督导){BODY}", Role.GUIDE),
    (rf"(?:主要|主体|分工)?(?:责任|负责|承办|承担|主管|整改)(?:{BODY}|主体)|主要责任", Role.RESPONSIBLE),
)
_OTHER_LABEL = r"[\u4e00-\u9fff]{2,8}"
LABEL = re.compile(f"(?:{'|'.join(f'(?P<l{n}>{pattern})' for n, (pattern, _) in enumerate(_LABELS))}):")
_LABEL_END = re.compile(f"{LABEL.pattern}$")
ANY_LABEL = f"(?:{'|'.join(pattern for pattern, _ in _LABELS)}):"
_ASIDE = "适用范围|完成时限|完成时间|时限|责任人|联系人|责任领导|牵头领导|分管领导|包联领导|备注"
FIELD = re.compile(rf"{ANY_LABEL}|(?:{_ASIDE}):|(?:^|(?<=[,;。、]))[\u4e00-\u9fff]{{2,8}}:")


def role_of_word(match: re.Match[str]) -> Role | None:
    """The role that a match of ROLE_WORD says; None for the plain 负责."""
    if match["doing"]:
        return next(word.role for word in WORDS if re.fullmatch(word.pattern, match["doing"]))
    return WORDS[int((match.lastgroup or "w0")[1:])].role


def role_of_label(label: str) -> Role | None:
    """The role that a label such as 牵头单位： gives; None for one that is not about units (适用范围：)."""
    match = _LABEL_END.search(label)
    return _LABELS[int((match.lastgroup or "l0")[1:])][1] if match else None
