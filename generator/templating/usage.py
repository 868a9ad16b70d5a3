"""Which names a template asks for, and which of them its paper does not give; read, never executed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.findings import shown, suggestion
from generator.templating.shapes import ANY, Kind, Shape
from generator.templating.tags import Fault, Tag

ENVIRONMENT = ImmutableSandboxedEnvironment(autoescape=True)
LOOP = Shape(Kind.FIELDS, dict.fromkeys(("index", "index0", "first", "last", "length"), Shape(Kind.TEXT)))


@dataclass(frozen=True)
class Found:
    """What an expression means: its shape, its path (`parts[].rows[].title`), and how the template writes it."""

    shape: Shape = ANY
    path: str = ""
    written: str = ""


Scope = Mapping[str, Found]


@dataclass
class Usage:
    """What a template asks for: paths that are printed or looped over, each with the first tag that does it."""

    paths: dict[str, Tag] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def usage_of(tags: Sequence[Tag], known: Shape) -> Usage:
    """What the tags of one template ask for, held against what its paper gives; ANY knows every name."""
    usage = Usage()
    source = "\n".join(map(_plain, tags))
    try:
        tree = ENVIRONMENT.parse(source)
    except TemplateSyntaxError as fault:
        tag = tags[min(fault.lineno, len(tags)) - 1]
        usage.faults.append((tag.place, f"{shown(tag.text)} 写法不对：{shown(fault.message, 80)}"))
        return usage
    names = {name: Found(shape, name, name) for name, shape in known.parts.items()}
    _Reader(tags, usage, known).read(tree.body, names)
    return usage


def _plain(tag: Tag) -> str:
    """One tag as one line of Jinja, so that a line number is the number of a tag."""
    if tag.keyword in {"colspan", "cellbg"}:
        return f"{{{{ {tag.body.removeprefix(tag.keyword)} }}}}"
    if tag.keyword in {"vm", "hm"} or tag.sign == "{#":
        return ""
    return f"{tag.sign} {tag.body} {'}}' if tag.sign == '{{' else '%}'}"


class _Reader:
    """Walks a parsed template with the names that are known at each place."""

    def __init__(self, tags: Sequence[Tag], usage: Usage, known: Shape) -> None:
        self.tags = tags
        self.usage = usage
        self.known = known

    def read(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        names = dict(scope)
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, names)
            elif isinstance(node, nodes.If):
                self._condition(node, names)
            elif isinstance(node, nodes.Assign):
                self._mean(node.node, names)
                names |= dict.fromkeys(_targets(node.target), Found())
            elif isinstance(node, nodes.Output):
                self._print(node, names)

    def _loop(self, node: nodes.For, names: dict[str, Found]) -> None:
        rows = self._mean(node.iter, names)
        tag = self._tag(node)
        if rows.shape.kind in {Kind.TEXT, Kind.RUNS, Kind.FIELDS}:
            self._fault(tag, f"“{rows.written}”不是可以逐项列出的内容，不能用于循环")
        path = f"{rows.path}[]" if rows.path else ""
        self._use(path, Kind.ROWS, tag)
        each = Found(rows.shape.each, path)
        bound = {name: Found(each.shape, path, name) for name in _targets(node.target)}
        if len(bound) > 1:
            bound = dict.fromkeys(bound, Found())
        self.read(node.body, {**names, **bound, "loop": Found(LOOP)})
        self.read(node.else_, names)

    def _condition(self, node: nodes.If, names: dict[str, Found]) -> None:
        self._mean(node.test, names)
        self.read(node.body, names)
        for branch in node.elif_:
            self._condition(branch, names)
        self.read(node.else_, names)

    def _print(self, node: nodes.Output, names: dict[str, Found]) -> None:
        for printed in node.nodes:
            if isinstance(printed, nodes.TemplateData):
                continue
            found, tag = self._mean(printed, names), self._tag(printed)
            self._use(found.path, found.shape.kind, tag)
            kind = found.shape.kind
            if kind in {Kind.ROWS, Kind.FIELDS}:
                inside = "、".join(sorted(found.shape.parts)[:6]) or "逐行内容，请用循环列出"
                self._fault(tag, f"{shown(tag.text)} 不是文字，不能直接打印；其下有：{inside}")
            elif (kind is Kind.RUNS) != (tag.scope == "r") and kind is not Kind.ANY:
                right = "{{r " if kind is Kind.RUNS else "{{ "
                self._fault(tag, f"{shown(tag.text)} 应写作 {right}{tag.body} }}}}")

    def _mean(self, node: nodes.Node, names: Scope) -> Found:
        """What an expression means; unknown names in it become faults."""
        if isinstance(node, nodes.Name):
            return self._name(node, names)
        if isinstance(node, nodes.Getattr):
            return self._part(node, self._mean(node.node, names), node.attr)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return self._part(node, self._mean(node.node, names), str(node.arg.value))
        for child in node.iter_child_nodes():
            self._use_silently(self._mean(child, names), self._tag(child))
        return Found()

    def _name(self, node: nodes.Name, names: Scope) -> Found:
        if node.name in names:
            return names[node.name]
        if self.known is not ANY and node.name not in ENVIRONMENT.globals:
            self._unknown(node, node.name, names)
        return Found(ANY, node.name, node.name)

    def _part(self, node: nodes.Node, owner: Found, name: str) -> Found:
        shape = owner.shape
        written = f"{owner.written}.{name}"
        path = f"{owner.path}.{name}" if owner.path else ""
        if shape.kind is Kind.ROWS:
            self._fault(self._tag(node), f"“{owner.written}”是多行内容，应先用“for … in {owner.written}”逐行列出")
            return Found()
        part = shape.part(name)
        if part is None:
            self._unknown(node, name, shape.parts, f"{owner.written}.")
            return Found(ANY, path, written)
        return Found(part, path, written)

    def _unknown(self, node: nodes.Node, name: str, known: Iterable[str], owner: str = "") -> None:
        names = sorted(known)
        near = suggestion(name, names).replace("“", f"“{owner}")
        hint = near or f"此处可用的有：{'、'.join(names[:20])}"
        self._fault(self._tag(node), f"不认识标签中的“{shown(owner + name)}”；{hint}")

    def _use(self, path: str, kind: Kind, tag: Tag) -> None:
        if path:
            self.usage.paths.setdefault(path, tag)
            self.usage.kinds.setdefault(path, kind)

    def _use_silently(self, found: Found, tag: Tag) -> None:
        if found.shape.kind in {Kind.TEXT, Kind.ANY}:
            self._use(found.path, found.shape.kind, tag)

    def _tag(self, node: nodes.Node) -> Tag:
        return self.tags[min(node.lineno, len(self.tags)) - 1]

    def _fault(self, tag: Tag, message: str) -> None:
        if (tag.place, message) not in self.usage.faults:
            self.usage.faults.append((tag.place, message))


def _targets(node: nodes.Node) -> Iterator[str]:
    return (found.name for found in (node, *node.find_all(nodes.Name)) if isinstance(found, nodes.Name))
