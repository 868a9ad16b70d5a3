"""What is wrong with a Word template: unknown and missing tags, broken Jinja, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.findings import Finding, Place, Severity, in_order, shown
from generator.forms.safe_zip import RefusedFileError
from generator.templating.shapes import ANY, Kind, Shape, merged, shape_of_paths
from generator.templating.structure import structure_faults
from generator.templating.tags import Fault, Tag, writing_faults
from generator.templating.template import BODY, Template, read_template
from generator.templating.usage import Usage, usage_of

RULE = "template"


@dataclass(frozen=True)
class Reference:
    """What a template is held against: all that its paper gives, and the template that comes with the program."""

    known: Shape
    packaged: bytes


def check_template(file: str, content: bytes, reference: Reference) -> tuple[Finding, ...]:
    """All that is wrong with one template; `file` names it in the findings. Nothing in it is executed."""
    try:
        template = read_template(content)
    except RefusedFileError as refused:
        return (Finding(Place(file), RULE, Severity.ERROR, str(refused)),)
    packaged = read_template(reference.packaged)
    wanted = names_asked(packaged)
    known = merged((reference.known, shape_of_paths(wanted)))
    found = [(Severity.ERROR, fault) for fault in _written_wrong(template)]
    used: dict[str, Tag] = {}
    if not found:
        usages = [usage_of(template.tags(part), known) for part in template.drawn]
        used = {path: tag for usage in usages for path, tag in usage.paths.items()}
        found += [(Severity.ERROR, fault) for usage in usages for fault in usage.faults]
        found += _missing(template, packaged, used, _kinds(reference.known, packaged))
    found += [(Severity.WARNING, fault) for fault in _never_drawn(template)]
    return in_order(Finding(Place(file, within=place), RULE, grade, words) for grade, (place, words) in found)


def names_asked(template: Template) -> dict[str, Tag]:
    """The paths that a template prints or loops over, each with the first tag that does it."""
    return {path: tag for part in template.drawn for path, tag in usage_of(template.tags(part), ANY).paths.items()}


def _written_wrong(template: Template) -> Iterator[Fault]:
    """Faults without which the tags can be read one after another."""
    for part in template.drawn:
        yield from writing_faults(template.parts[part])
        yield from structure_faults(template.tags(part))


def _kinds(known: Shape, packaged: Template) -> dict[str, Kind]:
    usages: list[Usage] = [usage_of(packaged.tags(part), known) for part in packaged.drawn]
    return {path: kind for usage in usages for path, kind in usage.kinds.items()}


def _missing(
    template: Template, packaged: Template, used: dict[str, Tag], kinds: dict[str, Kind]
) -> Iterator[tuple[Severity, Fault]]:
    """What the packaged template prints and this one does not: places to write and lists are indispensable."""
    for path, tag in names_asked(packaged).items():
        if path in used or any(path.startswith(f"{loop}.") for loop in _lost_loops(path, used)):
            continue
        needed = path.endswith("[]") or kinds.get(path) in {Kind.RUNS, Kind.ROWS}
        words = "少了这张表必须有的标签" if needed else "少了标签（如有意删去，可不理会）"
        message = f"{words} {shown(tag.text)}；原模板在{tag.place}"
        yield (Severity.ERROR if needed else Severity.WARNING), (_near(path, used), message)
    if not template.page_number:
        yield Severity.ERROR, ("页脚", "没有页码；应有“— 1 —”，其中的数字是页码域（插入—页码）")
    if not any(found.text.strip() for found in template.head):
        yield Severity.ERROR, ("", "第1个表格之前没有标题；应有一段标题")
    else:
        yield from _title_names(template, packaged)


def _lost_loops(path: str, used: dict[str, Tag]) -> Iterator[str]:
    """The loops around a path that are missing themselves: only the outermost is told."""
    steps = path.split(".")
    for count in range(1, len(steps)):
        loop = ".".join(steps[:count])
        if loop.endswith("[]") and loop not in used:
            yield loop


def _near(path: str, used: dict[str, Tag]) -> str:
    """Where the template prints the neighbours of a missing name."""
    owner = path.rpartition(".")[0]
    beside = [tag.place for name, tag in used.items() if owner and name.rpartition(".")[0] == owner]
    return beside[-1] if beside else ""


def _title_names(template: Template, packaged: Template) -> Iterator[tuple[Severity, Fault]]:
    """The names of the title stand above the first table as often as in the packaged template."""
    title = next((found for found in packaged.head if found.text.strip()), None)
    asked = {tag.body for tag in packaged.tags(BODY) if title is not None and tag.paragraph == title}
    lacking = _head_names(packaged) - _head_names(template)
    for body in sorted(asked & set(lacking)):
        yield Severity.ERROR, ("", f"标题里少了 {{{{ {body} }}}}；应写在第1个表格之前")


def _head_names(template: Template) -> Counter[str]:
    return Counter(tag.body for tag in template.tags(BODY) if tag.paragraph in template.head)


def _never_drawn(template: Template) -> Iterator[Fault]:
    for part in template.parts:
        if part in template.drawn:
            continue
        for tag in template.tags(part):
            yield tag.place, f"这里的标签 {shown(tag.text)} 不会被替换；请移到正文、页眉或页脚"
