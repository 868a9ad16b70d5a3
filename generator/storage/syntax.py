"""What the YAML parser says of a fault → Chinese, at the place where the keeper must look."""

from __future__ import annotations

import yaml

from generator.findings import Finding, Place, Severity
from generator.storage.slips import slip_behind

ADVICE = "请检查缩进、冒号后的空格和引号"

PROBLEMS = {
    "found character that cannot start any token": "不能以此字符打头（制表符、@、`、%）；缩进用空格，文字加引号",
    "mapping values are not allowed in this context": "此处不应出现冒号；文字中有“: ”时请加引号",
    "did not find expected key": "此处应是“键: 值”；文字以引号开头时，请给整句加引号",
    "did not find expected '-' indicator": "此处应是列表的下一项；文字以引号开头时，请给整句加引号",
    "did not find expected node content": "此处缺少内容",
    "did not find expected ',' or ']'": "方括号没有闭合；各项之间应以英文逗号分隔，并以 ] 结束",
    "did not find expected ',' or '}'": "花括号没有闭合；各项之间应以英文逗号分隔，并以 } 结束",
    "could not find expected ':'": "此处缺少冒号；应为“键: 值”",
    "found unexpected end of stream": "引号没有闭合",
    "found unexpected document indicator": "引号没有闭合",
    "found undefined tag handle": "不允许使用 YAML 标签（!…）；文字以 ! 开头时请加引号",
    "found unknown escape character": "双引号内有不认识的反斜杠写法；应写成 \\\\，或改用单引号",
    "did not find expected hexdecimal number": "双引号内有不认识的反斜杠写法；应写成 \\\\，或改用单引号",
    "found invalid Unicode character escape code": "双引号内的反斜杠写法不是有效的字符",
    "did not find expected comment or line break": "“|”或“>”之后应换行；文字以 > 或 | 开头时请加引号",
    "did not find expected alphabetic or numeric character": "不允许 YAML 锚点或引用；& 或 * 开头的文字请加引号",
    "did not find expected <document start>": "内容已经结束，此处不应再有文字",
    "found incompatible YAML document": "不认识这个 YAML 版本；请删去 %YAML 一行",
    "found unknown directive name": "不认识这个 % 指令；文字以 % 开头时请加引号",
}

# libyaml reports these where it gave up; what must be closed stands where it began.
UNCLOSED = (
    "found unexpected end of stream",
    "found unexpected document indicator",
    "did not find expected ',' or",
)


def syntax_finding(path: str, fault: yaml.YAMLError, text: str) -> Finding:
    """The finding of a file whose text is not YAML."""
    if not isinstance(fault, yaml.MarkedYAMLError):
        return Finding(Place(path), "yaml", Severity.ERROR, f"无法读取；应为 YAML 文本，{ADVICE}")
    slip = slip_behind(fault, text)
    if slip:
        place = Place(path, slip.line, slip.column)
        return Finding(place, "yaml", Severity.ERROR, f"YAML 写法有误：{slip.message}")
    problem = fault.problem or ""
    mark = fault.problem_mark or fault.context_mark
    if problem.startswith(UNCLOSED) and fault.context_mark:
        mark = fault.context_mark
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    until = fault.problem_mark
    told = f"（读到第 {until.line + 1} 行第 {until.column + 1} 列）" if until and until is not mark else ""
    return Finding(place, "yaml", Severity.ERROR, f"YAML 写法有误{told}：{PROBLEMS.get(problem, ADVICE)}")
