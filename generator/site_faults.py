"""What MkDocs and Jinja say of a site that cannot be made → Chinese: where, what was found, what was expected."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from generator.findings import Place, meant
from generator.storage.yaml_reader import yaml_fault

SAID = (
    (r"Unrecognised configuration name: (?P<a>.+)", "没有“{a}”这个设置；应删去或改正"),
    (
        r'The "(?P<a>.+)" plugin is not installed',
        "没有“{a}”这个插件；应为已安装的插件，如 search",
    ),
    (r"Unrecognised theme name: '(?P<a>.+?)'\..*: (?P<b>.+)", "没有“{a}”这个主题；可用的有：{b}"),
    (r"The path '(?P<a>.+)' isn't an existing (?:directory|file)\.", "没有“{a}”；应为已有的文件夹或文件"),
    (
        r"The path set in custom_dir \('(?P<a>.+)'\) does not exist\.",
        "custom_dir 没有“{a}”；应为已有的文件夹",
    ),
    (r"Required configuration not provided\.", "缺少这一项，必须填写"),
    (r"Expected one of: \((?P<b>.*)\) but received: (?P<a>.+)", "{a} 不在可选值之内；应为 {b} 之一"),
    (r"Expected type: (?P<b>.+) but received: <class '(?P<a>.+)'>", "类型不对；文字和日期请写在引号里"),
    (
        r"(?:Plugin|Sub-option|Theme) '(?P<a>\w+)' (?:option|value) '(?P<b>\w+)': (?P<rest>.+)",
        "{a} 的 {b}：{rest}",
    ),
    (r"Sub-option '(?P<b>\w+)': (?P<rest>.+)", "{b}：{rest}"),
    (r"Failed to load extension '(?P<a>.+?)'.*", "没有“{a}”这个 Markdown 扩展；应删去或改正"),
)
"""What MkDocs says of a value in mkdocs.yml; `rest` is said likewise."""
VALUE = re.compile(r"Config value '(?P<key>[\w.]+)': (?P<said>.+)", re.DOTALL)
IN_NAVIGATION = re.compile(r"A reference to '(?P<page>.+)' is included in the 'nav' configuration")
IN_PAGE = re.compile(
    r"Doc file '(?P<page>.+?)' contains an? (?:unrecognized relative |absolute )?link '(?P<link>.*?)'"
)
NO_ANCHOR = re.compile(r"does not contain an anchor '#(?P<anchor>.*?)'")
DID_YOU_MEAN = re.compile(r"Did you mean '(?P<near>.+?)'")
ABORTED = re.compile(r"Aborted with")
OF_A_PAGE = re.compile(r"ERROR: Error (?:reading|building) page")
TEMPLATE = re.compile(r'File "([^"\n]+\.(?:j2|html|xml))", line (\d+)')


def told(lines: Iterable[str], fault: Exception, root: Path, settings: Path) -> str:
    """All that stopped a site, line by line; `lines` is what was logged before, `root` the project's folder."""
    if isinstance(fault, TemplateError):
        before = (line for line in lines if not OF_A_PAGE.match(line))
        return "\n".join([*_sentences(before, settings), _of(fault, root)])
    broken = yaml_fault(settings, settings.name)
    if broken:
        return str(broken)
    found = list(dict.fromkeys(_sentences([*lines, str(fault)], settings)))
    return "\n".join(found or ["网页没有生成，MkDocs 没有说明原因"])


def _of(fault: TemplateError, root: Path) -> str:
    """A template by its file and line: what MkDocs names is the page that happened to be drawn."""
    places = TEMPLATE.findall("".join(traceback.format_exception(fault)))
    file, line = places[-1] if places else ("模板", 0)
    if isinstance(fault, TemplateSyntaxError):
        file, line = fault.filename or fault.name or file, fault.lineno
    shown = Path(file).relative_to(root).as_posix() if Path(file).is_relative_to(root) else file
    place = str(Place(shown, int(line))) if line else shown
    if isinstance(fault, UndefinedError):
        return f"{place} · 模板用了没有的名称；应改正拼写或删去（{fault.message}）"
    return f"{place} · 模板写法有误；应检查这一行的花括号、标签和引号是否成对（{fault.message}）"


def _sentences(lines: Iterable[str], settings: Path) -> Iterator[str]:
    for line in lines:
        said = re.sub(r"^(?:ERROR|WARNING|CRITICAL): ", "", line.strip())
        if said and not ABORTED.match(said):
            yield _sentence(said, settings)


def _sentence(said: str, settings: Path) -> str:
    if found := VALUE.fullmatch(said):
        place = _place(settings, found["key"])
        return f"{place} · {found['key']}：{_in_chinese(found['said'])}"
    if found := IN_NAVIGATION.match(said):
        place = _place(settings, found["page"])
        return f"{place} · nav：没有“{found['page']}”这个网页；应为 docs_dir 中的文件或自动生成的网页"
    if found := IN_PAGE.match(said):
        anchor, near = NO_ANCHOR.search(said), DID_YOU_MEAN.search(said)
        what = f"那个网页里没有位置“{anchor['anchor']}”" if anchor else "没有这个网页"
        hint = meant(near["near"]) if near else "应改正或删去这个链接"
        return f"{found['page']} · 链接“{found['link']}”：{what}；{hint}"
    return said if re.search("[\u4e00-\u9fff]", said) else f"MkDocs 报告：{said}"


def _in_chinese(said: str) -> str:
    for pattern, words in SAID:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            parts = found.groupdict()
            rest = _in_chinese(parts["rest"]) if "rest" in parts else ""
            return words.format(**{**parts, "rest": rest})
    return said if re.search("[\u4e00-\u9fff]", said) else f"不合要求（{said}）"


def _place(settings: Path, word: str) -> Place:
    """The first line of the settings that has a word."""
    try:
        lines = settings.read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    for number, line in enumerate(lines, 1):
        if (column := line.find(word)) >= 0 and not line.lstrip().startswith("#"):
            return Place(settings.name, number, column + 1)
    return Place(settings.name)
