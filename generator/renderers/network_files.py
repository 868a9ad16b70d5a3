"""The responsibility network for Gephi and other tools: GraphML and GEXF, with Chinese labels."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from generator.book import Book
from generator.model import LinkKind, Role
from generator.office.xml_text import xml_text

if TYPE_CHECKING:
    import networkx

LINKS = frozenset(LinkKind)
OWN_DATE = re.compile(rb'lastmodifieddate="[^"]*"')


def graphml(book: Book) -> bytes:
    """The network as GraphML."""
    # networkx takes a quarter of a second to import, and most commands do without.
    import networkx

    buffer = io.BytesIO()
    networkx.write_graphml(labelled_network(book), buffer)
    return buffer.getvalue()


def gexf(book: Book) -> bytes:
    """The network as GEXF, dated with the day that the book stands for: its writer reads the clock."""
    import networkx

    buffer = io.BytesIO()
    networkx.write_gexf(labelled_network(book), buffer)
    return OWN_DATE.sub(_own_date(book.as_of), buffer.getvalue(), count=1)


def labelled_network(book: Book) -> networkx.MultiDiGraph[str]:
    """The network of the graph with Chinese words for kinds and roles beside the codes."""
    import networkx

    found = book.graph.network
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, data in found.nodes(data=True):
        network.add_node(node, **_clean(data), kind_label=book.terms(f"node_kind.{data['kind']}"))
    for source, target, data in found.edges(data=True):
        network.add_edge(source, target, **_clean(data), label=_edge_label(book, data))
    return network


def _edge_label(book: Book, data: dict[str, Any]) -> str:
    if data["role"]:
        return book.terms.label(Role(data["role"]))
    if data["kind"] in LINKS:
        return book.terms.label(LinkKind(data["kind"]))
    return book.terms(f"edge_kind.{data['kind']}")


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    return {key: xml_text(value) if isinstance(value, str) else value for key, value in data.items()}


def _own_date(day: date) -> bytes:
    return f'lastmodifieddate="{day.isoformat()}"'.encode()
