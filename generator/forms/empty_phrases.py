"""Phrases that say nothing (空话): 按序时进度推进, 基本完成, 详见附件, 同上."""

from __future__ import annotations

import re

from generator.forms.comparing import plain

_SUBJECT = "该|此|本|各|项|条|工作|任务|事项|措施|目前|现|已|正|正在|均|都|仍|一直"
_MANNER = (
    "按照?(?:序时|时序|计划|年度计划|既定计划|进度|时间|要求|规定|方案|上级|部署|文件)*(?:进度|要求|节点|安排|精神|部署)?|"
    "序时|有序|稳步|正常|持续|继续|积极|扎实|抓紧|有力|有效|全力|深入|常态化|认真|严格|加快|如期|顺利|平稳|稳妥|基本|全面|逐步|大力"
)
_VERB = "推进|进行|开展|落实|实施|完成|执行|办理|推动|办结"
_TAIL = "中|到位|当中|工作|任务|年度任务|目标任务|全年任务|顺利|良好|情况良好"
_WHOLE = (
    "推进中|进行中|落实中|(?:达到|符合|完成)序时进度|(?:推进|进展|开展)(?:顺利|良好|正常)|正常|完成|长期坚持|"
    "取得(?:了)?(?:一定|阶段性|明显|积极|显著|较好)*(?:的)?(?:成效|进展|效果|成绩)|"
    "(?:详见|见|参见)(?:附件|附表|附页|材料|佐证材料|佐证资料|佐证|上期|上月|上报材料)[一二三四五六七八九十\\d]*|附后|"
    "(?:同|与)(?:上|前)(?:期|月|周|季度|次|面)?(?:所报|内容)?(?:一致|相同|一样)?|(?:本期|本月)?无变化"
)
EMPTY = re.compile(rf"(?:(?:{_WHOLE})|(?:{_SUBJECT})*(?:{_MANNER})*(?:{_VERB})(?:{_TAIL})*)++")
LONGEST = 60
"""A longer text may be empty too, but is a person's to judge; the pattern need not wander through it."""


def says_nothing(text: str) -> bool:
    """Whether a text consists of phrases that say nothing."""
    bare = re.sub(r"[^\w]", "", plain(text))
    return 0 < len(bare) <= LONGEST and EMPTY.fullmatch(bare) is not None
