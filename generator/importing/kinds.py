"""What a line is by its looks: document number, date, title, addressees, notice, annex line, copies, imprint."""

from __future__ import annotations

import re

from generator.model import BlockKind
from generator.phrases.characters import alike
from generator.phrases.roles import ANY_LABEL

_YEAR = "(?:[0-9]{4}|[一二][〇零一二三四五六七八九]{3})"
_DAY = (
    rf"{_YEAR}年(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})月(?:[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})日"
)
DATE = re.compile(_DAY)
DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[\[(](?:19|20)[0-9]{2}[\])]第?[0-9]{1,5}号")
NUMBER_LINE = re.compile(rf"(?:(?:发文)?(?:字号|文号):)?{DOCUMENT_NUMBER.pattern}")
_DATE_LINE = re.compile(rf"\(?{_DAY}\)?")
_NOTICE = re.compile(
    r"\((?:此件|本文|本件|此文|信息公开|公开|主动公开|依申请公开)[^()]{0,40}\)"
    r"|(?:公开方式|信息公开选项|公开属性|公开类别|信息公开属性):[^。]{1,12}"
)
_ANNEX = re.compile(r"附(?:件|表|录)(?:[0-9一二三四五六七八九十]{1,3})?(?=$|[:、.(]|[\u4e00-\u9fff《])")
_ANNEX_LABEL = re.compile(r"附(?:件|表|录)[0-9一二三四五六七八九十]{0,3}:?|附:")
_COPIES = re.compile(r"(?:抄送|抄报|主送|分送|报|送)(?:机关|单位)?:")
_IMPRINT = re.compile(
    rf"(?:[\u4e00-\u9fff]{{4,40}})?{_DAY}(?:印发|印制|印)(?:\(?共印[0-9]+份\)?)?|\(?共印[0-9]+份\)?"
)
TITLE_WORDS = (
    "分解|"
    "通知|意见|方案|计划|办法|规定|决定|措施|要点|规划|纲要|清单|细则|函|批复|公告|通告|报告|通报|任务书|责任书|分工|"
    "行动|预案|指南|规则|台账|分解表|任务表|一览表|明细表|汇总表|分工表|责任表|安排|目录|条例|标准"
)
_TITLE = re.compile(rf"[^。;!?]{{3,120}}?(?:{TITLE_WORDS})(?:表)?(?:\([^()]{{2,20}}\))?")
_TITLE_TAIL = re.compile(
    r"\((?:试行|暂行|征求意见稿|送审稿|草案|修订|修订稿|节选|[0-9]{4}[^()]{0,12}年?)[^()]{0,10}\)"
)
_ADDRESSED = re.compile(r"[^。!?]{4,260}:")
_ADDRESSEE = re.compile(
    r"(?:政府|部门|单位|机构|委员会|办事处|街道|局|委|办|厅|管委会|公司|企业|学校|院校|医院|法院|检察院|各?[镇乡县区市州]|"
    r"小组|指挥部|会|站|所|处|中心|团体|开发区|园区)(?:\([^()]{1,20}\))?:$"
)
_SIGNATURE = re.compile(
    r"[\u4e00-\u9fff、()]{1,40}(?:政府|总工会|妇联|残联|科协|工商联|团[省市县区旗]?委|[省市县区旗]委|支队|大队|办公室|委员会|办公厅|管委会|指挥部|领导小组|局|厅|部|院|委|署|办|会|中心|公司|集团|社)"
)
_END = re.compile(r"[。!?…]$|[。!?…][\"')\]》]+$")
_TIME_LABEL = "完成时限|完成时间|时限要求|时间要求|时间节点|完成期限|办理时限|工作时限|时限|进度安排"
_PERSON_LABEL = "责任领导|责任人|联系人|联系电话|牵头领导|分管领导|包联领导|挂牌领导|包抓领导|牵头人|联络员"
SIDE_LINE = re.compile(rf"[\[(]?(?:{ANY_LABEL}|(?:{_TIME_LABEL}|{_PERSON_LABEL}):)")
FIELD_LINE = re.compile(
    rf"{SIDE_LINE.pattern}|[\[(]?(?:目标任务|工作目标|年度目标|工作措施|具体措施|主要措施|主要内容|工作内容|预期成果|成果形式|工作要求):"
)
_PERSONS = re.compile(
    rf"(?:(?:{_PERSON_LABEL}|负责人|联系方式|电话|手机|组长|副组长|成员|召集人|指挥长|副指挥长|总指挥|副总指挥)"
    r"(?:及(?:联系)?电话)?:[^。:]{0,80}?[。;,]?)+"
)


_FIRST, _LAST = frozenset("(公信抄主分报送附"), frozenset("号发制印份)日")
"""No line that says what it is begins and ends with other letters than these; most lines are told by them."""
_OFFICE_LAST = frozenset("府室会厅部组局院委署办心司团社联协队")


def line_kind(text: str) -> BlockKind | None:
    """The kind of a line that says itself what it is; None for prose, numbered or not."""
    folded = alike("".join(text.split()))
    if len(folded) > 300:
        return BlockKind.COPIES if _COPIES.match(folded) else None
    if folded[:1] not in _FIRST and folded[-1:] not in _LAST:
        return None
    if NUMBER_LINE.fullmatch(folded):
        return BlockKind.DOCUMENT_NUMBER
    if _NOTICE.fullmatch(folded):
        return BlockKind.NOTICE
    if _IMPRINT.fullmatch(folded):
        return BlockKind.IMPRINT
    if _COPIES.match(folded):
        return BlockKind.COPIES
    if _ANNEX.match(folded) and not folded.endswith("。"):
        return BlockKind.ANNEX_LINE
    return BlockKind.SIGNATURE if _DATE_LINE.fullmatch(folded) else None


def is_date_line(text: str) -> bool:
    """A line that is a day and nothing else."""
    folded = alike("".join(text.split())) if "年" in text else ""
    return bool(_DATE_LINE.fullmatch(folded))


def is_title(text: str) -> bool:
    """A line that ends as titles of documents do, without any sentence in it."""
    return bool(_TITLE.fullmatch(alike("".join(text.split()))))


def is_title_tail(text: str) -> bool:
    """（试行）, （2024—2026年）: what may follow a title on a line of its own."""
    return bool(_TITLE_TAIL.fullmatch(alike("".join(text.split()))))


def is_addressees(text: str) -> bool:
    """各镇人民政府，区直各单位："""
    folded = alike("".join(text.split()))
    return folded.endswith(":") and bool(
        _ADDRESSED.fullmatch(folded) and _ADDRESSEE.search(folded) and not FIELD_LINE.match(folded)
    )


def is_signature(text: str) -> bool:
    """The name of an office, with or without the day, and nothing else."""
    folded = alike("".join(text.split()))
    name = DATE.sub("", folded) if len(folded) <= 50 else ""
    return name[-1:] in _OFFICE_LAST and bool(_SIGNATURE.fullmatch(name))


def is_annex_label(text: str) -> bool:
    """附件, 附件2: a label that stands above a title."""
    return bool(_ANNEX_LABEL.fullmatch(alike("".join(text.split()))))


def is_field_line(text: str) -> bool:
    """责任单位：…, 完成时限：…: a labelled line of an item."""
    folded = alike("".join(text[:40].split()))
    return ":" in folded and bool(FIELD_LINE.match(folded))


PERSONS = "人名、电话等个人信息，不进入计划文件"
"""Why such a line or cell is left out."""


def is_side_line(text: str) -> bool:
    """责任单位：…, 完成时限：…, 责任人：…: a labelled line that does not say what is to be done."""
    return bool(SIDE_LINE.match(alike("".join(text[:40].split()))))


def names_persons(text: str) -> bool:
    """责任人：…, 联系电话：…, 组长：…: a line that says nothing but persons."""
    folded = alike("".join(text.split()))
    return ":" in folded and bool(_PERSONS.fullmatch(folded))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as sentences do."""
    return bool(_END.search(alike(text[-6:])))
