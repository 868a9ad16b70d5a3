"""Does a figure bind? Targets are told from scope and inventory by the words around. One rule is one entry."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.model import Comparator, MentionKind
from generator.phrases.figures import Figure
from generator.phrases.numbers import DURATIONS

Verdict = Comparator | MentionKind
Rule = Callable[[Figure, str], Verdict | None]

_CLAUSE_EDGE = re.compile(r"[,。;:!?\n]")
_SENTENCE_EDGE = re.compile(r"[。;\n]")
_REPORT = re.compile(
    r"截[至止](?![^,。]{0,12}前)|目前|现有|已经?(?:完成|建成|实现|达到|启动|开工|整改|办结|淘汰|关停|开展|排查)"
)
TASK = re.compile(
    r"完成|新增|新建|建成|建设|改造|淘汰|关停|培育|打造|创建|推广|替代|退出|整治|取缔|拆除|安装|更新|选择|选取|"
    r"植树|造林|绿化|治理|压减|削减|开放|举办|组织|开展|实施|引进|扶持|建立|推进|关闭|搬迁|"
    r"封堵|清[理淤]|疏浚|疏通|修[复缮建]|[兴扩改]建|补[植种]|[栽种]植|抚育|[铺敷架]设|更换|配[备置]|购置|投放|布设|增[设加]|"
    r"打通|硬化|亮化|加固|培训|轮训|招[聘引]|签约|筹[集措]|发放|帮扶|救助|选[派树]|评选|认定|制定|公布(?!的)|制修订|出台|编制|"
    r"销号|办结|化解|处置|查处|整改|收储|盘活|流转|开工|竣工|投产|投运|孵化|开通|安置|吸纳|筛查|放流|抽检|"
    r"实现|组建|成立|设立|续建|复建|迁建|翻[建新]|[扩复改套轮]种|撤[并销]|合并|整合|补充|储备|采购|添置|加装|装配|部署|设置|"
    r"招募|招收|选聘|聘[请任用]|引育|培养|培植|遴选|选树|推[选出介送]|命名|授牌|申报|争取|承接|落地|入库|谋划|启动|转化|"
    r"发展|集成|上线|归集|接入|迁移|转移|输送|提供|安排|落实|发行|兑现|减免|清[退运收除]|出清|消除|排除|排查(?!出)|整理|"
    r"退耕|还林|复[垦绿耕]|封育|修剪|拓宽|打造|贯通|连通|改建|改厕|征[收拆]|腾[退出]|拆违|供地|供应|交付|分配|配[租售建]|"
    r"划分|巡[防护]|值守|召开|调研|督导|回访|宣讲|推送|刊播|播放|制作|印发|张贴|悬挂|开[行设办]|放映|送戏|演出|巡演|承办|审结|侦破|检查|巡查|抽查|督查|监测|检测|核查|走访|慰问|接种|义诊|结对|解决|"
    r"达标|创[成评]|规范|调[减整增]|评[定审]|培优|提[质标档]|升级|完善|优化|扩[大容增]|压[降缩]|减[少免]|节[约水能]|替换|处理|回收|利用|储存"
)
_RATE = re.compile(r"(?:率|比例|覆盖面)(?:均|都)?$")
_DONE = re.compile(r"关停|退出|淘汰|拆除|搬迁|取缔|销号|建成|投产|投运|完工|完成|清零|关闭")
_ACHIEVED = re.compile(f"{_DONE.pattern}|实现|达到")
_OF_COUNTED = re.compile(
    r"的?[\u4e00-\u9fff][^,。;:、0-9]{0,16}[0-9]+(?:\.[0-9]+)?[万千百]?[台套辆座处项条家户个口眼栋所]"
)
"""35蒸吨以下燃煤锅炉12台: the second figure counts, the first says which."""
_IN_SHARE = re.compile(rf"的比例(?:{TASK.pattern}|配建|预留|提取|安排)")
_SCOPE_NOUN = re.compile(
    r"(?:运距|年?运量|吞吐量|功率|容量|装机|规模|半径|直径|厚度|高度|距离|年龄|产能|年满|排量|总重)(?:为|在)?$"
)
_PENALTY = re.compile(r"每(?:差|降|升|超|少|增|低|高|缺|出现)[^,。;]{0,8}$|[扣加]$|计分$")
_AREA = re.compile(r"(?:全国|全省|全市|全区|全县)[^,。;]{0,4}$")
_PLACES = re.compile(r"[^,。;]{0,6}(?:城市|县|区|省)")
_THINGS = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?=[,。;、()和及的]|开展|进行|完成|$)|[\u4e00-\u9fff]{0,4}(?:城市|锅炉)"
)
_OF_THE_YEAR = re.compile(
    r"(?:年度|年内|[当今本全]年|(?:19|20|21)[0-9]{2}年度?)(?:计划|预计|拟|安排|计划安排)?(?:完成)?投资额?(?:为|约|达)?$"
    r"|计划(?:年内|当年|年度)?完成投资额?(?:为|约|达)?$"
)
_KEPT = re.compile(r"(?:做到|实现|保持|维持)$")
_CONCERNED = re.compile(r"(?:惠及|涉及|受益)[^0-9、]{0,8}$")
_ONWARD = re.compile(r"(?:逐步|稳步)?(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减|压缩|缩短)")
_RANK = re.compile(r"[前后]$")
_GOAL_TIME = re.compile(r"(?:到|至)[^,。;]{0,8}[年底末]|底前|年前|内")


def clause_before(text: str, position: int, limit: int = 60) -> str:
    """The words of the same clause up to `position`."""
    return _CLAUSE_EDGE.split(text[max(0, position - limit) : position])[-1]


def clause_after(text: str, position: int, limit: int = 40) -> str:
    """The words of the same clause from `position` on."""
    return _CLAUSE_EDGE.split(text[position : position + limit], maxsplit=1)[0]


def _quoted(figure: Figure, text: str) -> Verdict | None:
    """“四个全面” and “六个百分之百” are names; a figure after a closing quote is not within it."""
    marked = '"' in (text[figure.start - 1 : figure.start], text[figure.end : figure.end + 1])
    sentence = _SENTENCE_EDGE.split(text[max(0, figure.start - 120) : figure.start])[-1] if marked else ""
    return MentionKind.NAME if sentence.count('"') % 2 else None


def _scoring_rule(figure: Figure, text: str) -> Verdict | None:
    """每差1微克扣0.5分 says how to score, not what to reach."""
    return MentionKind.CONDITION if _PENALTY.search(clause_before(text, figure.left)) else None


def _duration(figure: Figure, text: str) -> Verdict | None:
    """30日内, 三年: a stretch of time that starts with an event, unless it is counted against a bound (190天)."""
    timed = figure.symbol in DURATIONS and not figure.compare and not figure.change
    return MentionKind.CONDITION if timed and figure.after not in ("以上", "以下") else None


def _funding_cap(figure: Figure, text: str) -> Verdict | None:
    """最高不超过800万元 caps a subsidy."""
    money = (figure.symbol or "").endswith("元")
    return MentionKind.SCOPE if money and (figure.compare or "").startswith("最高") else None


def _rank(figure: Figure, text: str) -> Verdict | None:
    """退出后10位 and 前三名 are places in a list."""
    ranked = figure.symbol in ("位", "名") and _RANK.search(text[max(0, figure.start - 1) : figure.start])
    return MentionKind.SCOPE if ranked else None


def _class_of_things(figure: Figure, text: str) -> Verdict | None:
    """35蒸吨/小时及以下 and 年运量150万吨以上的 say which things are meant."""
    if figure.after.startswith("及") and not figure.compare:
        return MentionKind.SCOPE
    aged = figure.symbol in DURATIONS and figure.after and not figure.compare
    if aged and clause_after(text, figure.right)[:1].strip(")的"):
        return MentionKind.SCOPE
    if figure.after and not figure.compare and _OF_COUNTED.match(text, figure.right):
        return MentionKind.SCOPE
    if figure.after and not figure.compare and _SCOPE_NOUN.search(clause_before(text, figure.start)):
        return MentionKind.SCOPE
    return None


def _attribute(figure: Figure, text: str) -> Verdict | None:
    """浓度低于40微克/立方米的城市 is scope; 80%以上的钢铁产能完成改造 is a share to reach."""
    bounds = figure.after or figure.compare
    if not bounds or not text.startswith("的", figure.right):
        return None
    following = clause_after(text, figure.right)
    share = figure.symbol == "%" and (_ACHIEVED.search(following) or _IN_SHARE.match(following))
    return figure.comparator if share else MentionKind.SCOPE


def _in_brackets(figure: Figure, text: str) -> Verdict | None:
    """(运距500公里以上) explains the word before it."""
    inside = clause_before(text, figure.left, 20).rpartition("(")
    closed = text.startswith(")", figure.right) and inside[1] and ")" not in inside[2]
    return MentionKind.SCOPE if closed and not figure.compare and not figure.change else None


def _bound(figure: Figure, text: str) -> Verdict | None:
    """不低于80%, 下降10%: words before the figure bind it."""
    return figure.comparator if figure.compare or figure.change else None


def _bound_after(figure: Figure, text: str) -> Verdict | None:
    """300个以上 and 90%以上 bind a share, a piece of work, or the end of a clause; else they name a class."""
    if not figure.after:
        return None
    if figure.after in ("内", "范围内"):
        return MentionKind.SCOPE
    binds = (
        figure.symbol in ("%", None)
        or figure.after in ("左右", "上下")
        or not clause_after(text, figure.right).strip(" )")
        or TASK.search(clause_before(text, figure.start))
    )
    return figure.comparator if binds else MentionKind.SCOPE


def _from_where(figure: Figure, text: str) -> Verdict | None:
    """由85%提高到95%: where it stands now."""
    begun = clause_before(text, figure.start).endswith(("由", "从")) and _ONWARD.match(text, figure.right)
    return MentionKind.BASELINE if begun else None


def _planned_investment(figure: Figure, text: str) -> Verdict | None:
    """年度计划投资860亿元 is to be spent within the year; 总投资 only says how large a project is."""
    money = (figure.symbol or "").endswith("元")
    return Comparator.EQUAL if money and _OF_THE_YEAR.search(clause_before(text, figure.left)) else None


def _those_served(figure: Figure, text: str) -> Verdict | None:
    """改造小区26个、惠及居民1.1万户: how many a piece of work concerns follows from it."""
    return MentionKind.INVENTORY if _CONCERNED.search(clause_before(text, figure.left, 20)) else None


def _with_whole(text: str, position: int) -> str:
    """The words before in the same clause; 其中…2个 is part of what the clause before it says."""
    before = clause_before(text, position, 20)
    edge = position - len(before) - 1
    return before if edge < 0 or not before.startswith("其中") else clause_before(text, edge, 20) + before


def _counted_work(figure: Figure, text: str) -> Verdict | None:
    """完成改造20台 and 1家砖厂关停退出 are pieces of work that must be done."""
    before, after = _with_whole(text, figure.left), clause_after(text, figure.right)
    if figure.symbol is None or ("(" in before and ")" not in before.rpartition("(")[2]):
        return None
    return Comparator.EQUAL if TASK.search(before) or _DONE.search(after) else None


def _share_by_a_day(figure: Figure, text: str) -> Verdict | None:
    """到2025年，…占比30%: a plain share binds where the sentence has a day to reach it by."""
    if figure.symbol != "%":
        return None
    sentence = _SENTENCE_EDGE.split(text[max(0, figure.start - 80) : figure.start])[-1]
    return Comparator.EQUAL if _GOAL_TIME.search(sentence) else None


def _share_kept(figure: Figure, text: str) -> Verdict | None:
    """应当保持100%, 做到100%立案: a share that is to be kept or reached."""
    reached = figure.symbol == "%" and _KEPT.search(clause_before(text, figure.left))
    return Comparator.EQUAL if reached else None


def _all_of_them(figure: Figure, text: str) -> Verdict | None:
    """整改率100% at the end of a clause asks for all of them, with or without a day."""
    whole = figure.symbol == "%" and figure.value == 100 and not clause_after(text, figure.right).strip(" )")
    return Comparator.EQUAL if whole and _RATE.search(clause_before(text, figure.start)) else None


def _of_an_area(figure: Figure, text: str) -> Verdict | None:
    """全国168个重点城市 says among how many."""
    area = _AREA.search(text[max(0, figure.start - 8) : figure.start])
    return MentionKind.SCOPE if area and _PLACES.match(text, figure.end, figure.end + 10) else None


def _inventory(figure: Figure, text: str) -> Verdict | None:
    """Any other plain count says how many there are."""
    return MentionKind.INVENTORY if figure.symbol is not None or figure.after else None


def _reported(figure: Figure, text: str) -> Verdict | None:
    """截至2024年底，已完成20台 reports what is done."""
    sentence = _SENTENCE_EDGE.split(text[max(0, figure.start - 50) : figure.start])[-1]
    return MentionKind.INVENTORY if _REPORT.search(sentence) and figure.symbol is not None else None


RULES: tuple[Rule, ...] = (
    _quoted,
    _scoring_rule,
    _duration,
    _funding_cap,
    _rank,
    _of_an_area,
    _reported,
    _class_of_things,
    _attribute,
    _in_brackets,
    _from_where,
    _bound,
    _bound_after,
    _planned_investment,
    _those_served,
    _counted_work,
    _share_by_a_day,
    _share_kept,
    _all_of_them,
    _inventory,
)


def judge(figure: Figure, text: str) -> Verdict | None:
    """The comparator of a figure that binds, the kind of mention of one that does not, None if nobody can say."""
    return next((verdict for rule in RULES if (verdict := rule(figure, text)) is not None), None)


def mention_span(figure: Figure, text: str) -> tuple[int, int]:
    """A figure that binds nothing, with the word it limits (年运量…以上) or the things it counts (150台锅炉)."""
    noun = _SCOPE_NOUN.search(text, max(0, figure.start - 4), figure.start) if figure.after else None
    if figure.compare:
        return figure.left, figure.right
    counts = not figure.after and figure.symbol is not None and figure.symbol not in DURATIONS
    things = None if not counts else _THINGS.match(text, figure.end)
    return noun.start() if noun else figure.start, things.end() if things else figure.right
