"""The responsibility network for Gephi and other tools: GraphML and GEXF, with Chinese words beside the codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.sax.saxutils import escape

from generator.book import Book
from generator.graph import Edge
from generator.model import LinkKind
from generator.office.xml_text import xml_text

LINKS = frozenset(LinkKind)
QUOTED = {'"': "&quot;", "\t": "&#09;", "\n": "&#10;", "\r": "&#13;"}
"""What a reader of XML would take for a space or for the end of an attribute."""
HEAD = "<?xml version='1.0' encoding='utf-8'?>\n"
INSTANCE = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
GRAPHML, GEXF = "http://graphml.graphdrawing.org/xmlns", "http://www.gexf.net/1.2draft"

GRAPHML_NODE = {"kind": "d0", "label": "d1", "kind_label": "d2"}
GRAPHML_EDGE = {"kind": "d3", "role": "d4", "label": "d5", "reason": "d6", "confirmed": "d7"}
GEXF_NODE = {"kind": "0", "kind_label": "1"}
GEXF_EDGE = {"kind": "2", "role": "3", "networkx_key": "4", "reason": "5", "confirmed": "6"}
"""The ids of what nodes and edges tell in each of the files."""
TYPES = {"confirmed": "boolean", "networkx_key": "long"}
"""All else is a string."""

Values = Mapping[str, str | bool]
"""What a node or an edge tells, by its name in the files."""


def graphml(book: Book) -> bytes:
    """The network as GraphML."""
    declared = (("node", GRAPHML_NODE), ("edge", GRAPHML_EDGE))
    keys = [
        f'<key id="{found}" for="{of}" attr.name="{name}" attr.type="{TYPES.get(name, "string")}"/>\n'
        for of, ids in declared
        for name, found in ids.items()
    ]
    nodes = (
        f'<node id="{_quoted(node)}">\n{_graphml_data(GRAPHML_NODE, values)}</node>\n'
        for node, values in _nodes(book)
    )
    edges = (
        f'<edge source="{_quoted(source)}" target="{_quoted(target)}" id="{key}">\n'
        f"{_graphml_data(GRAPHML_EDGE, values)}</edge>\n"
        for source, target, key, values in _edges(book)
    )
    schema = f'xsi:schemaLocation="{GRAPHML} {GRAPHML}/1.0/graphml.xsd"'
    root = f'{HEAD}<graphml xmlns="{GRAPHML}" {INSTANCE} {schema}>'
    graph = ('<graph edgedefault="directed">', *nodes, *edges, "</graph></graphml>")
    return "".join((root, *reversed(keys), *graph)).encode()


def _graphml_data(ids: Mapping[str, str], values: Values) -> str:
    lines = (f'  <data key="{ids[name]}">{escape(str(value))}</data>\n' for name, value in values.items())
    return "".join(lines)


def gexf(book: Book) -> bytes:
    """The network as GEXF, dated with the day that the book stands for."""
    nodes = (
        f'      <node id="{_quoted(node)}" label="{_quoted(values["label"])}">\n{_gexf_values(GEXF_NODE, values)}'
        "      </node>\n"
        for node, values in _nodes(book)
    )
    edges = (
        f'      <edge source="{_quoted(source)}" target="{_quoted(target)}" id="{number}"'
        f' label="{_quoted(values["label"])}">\n'
        f"{_gexf_values(GEXF_EDGE, {**values, 'networkx_key': str(key)})}      </edge>\n"
        for number, (source, target, key, values) in enumerate(_edges(book))
    )
    schema = f'xsi:schemaLocation="{GEXF} {GEXF}/gexf.xsd"'
    root = (
        f'{HEAD}<gexf xmlns="{GEXF}" {INSTANCE} {schema} version="1.2">\n'
        f'  <meta lastmodifieddate="{book.as_of.isoformat()}">\n'
        "    <creator>planbook</creator>\n  </meta>\n"
        '  <graph defaultedgetype="directed" mode="static" name="">\n'
    )
    declared = (*_gexf_attributes("edge", GEXF_EDGE), *_gexf_attributes("node", GEXF_NODE))
    parts = ("    <nodes>\n", *nodes, "    </nodes>\n    <edges>\n", *edges, "    </edges>\n")
    return "".join((root, *declared, *parts, "  </graph>\n</gexf>\n")).encode()


def _gexf_attributes(of: str, ids: Mapping[str, str]) -> Iterator[str]:
    yield f'    <attributes mode="static" class="{of}">\n'
    for name, found in ids.items():
        yield f'      <attribute id="{found}" title="{name}" type="{TYPES.get(name, "string")}" />\n'
    yield "    </attributes>\n"


def _gexf_values(ids: Mapping[str, str], values: Values) -> str:
    lines = (
        f'          <attvalue for="{ids[name]}" value="{_quoted(value)}" />\n'
        for name, value in values.items()
        if name in ids
    )
    return f"        <attvalues>\n{''.join(lines)}        </attvalues>\n"


@lru_cache(maxsize=4096)
def _quoted(value: str | bool) -> str:
    return escape(value if isinstance(value, str) else str(value).lower(), QUOTED)


def _nodes(book: Book) -> Iterator[tuple[str, Values]]:
    """Every node with what it tells."""
    for node, (kind, label) in book.graph.network.nodes.items():
        yield node, {"kind": kind, "label": xml_text(label), "kind_label": book.terms(f"node_kind.{kind}")}


def _edges(book: Book) -> Iterator[tuple[str, str, int, Values]]:
    """Every edge with its number between the two nodes and what it tells."""
    for source, found in book.graph.network.edges.items():
        for target, between in found.items():
            for key, edge in enumerate(between):
                yield source, target, key, dict(_told(book, edge))


def _told(book: Book, edge: Edge) -> Iterator[tuple[str, str | bool]]:
    yield "kind", edge.kind
    yield "role", edge.role or ""
    if edge.reason is not None:
        yield "reason", xml_text(edge.reason)
    if edge.confirmed is not None:
        yield "confirmed", edge.confirmed
    yield "label", _edge_label(book, edge)


def _edge_label(book: Book, edge: Edge) -> str:
    if edge.role:
        return book.terms.label(edge.role)
    if edge.kind in LINKS:
        return book.terms.label(LinkKind(edge.kind))
    return book.terms(f"edge_kind.{edge.kind}")
