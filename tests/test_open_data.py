"""Open data: the interchange keeps its promise, tables open in Excel, networks open in Gephi."""

from __future__ import annotations

import copy
import csv
import io
import json
from typing import Any

import jsonschema
import networkx
import pytest

from generator.book import Book
from generator.office.csv_text import csv_bytes
from generator.renderers.interchange import interchange, interchange_schema
from generator.renderers.network_files import gexf, graphml
from generator.renderers.open_data import FILES
from generator.renderers.registry import render_data
from tests.golden_files import assert_golden
from tests.hostile_books import renamed

PROMISED = {
    "": ["schema_version", "plans", "units", "groups"],
    "plans": [
        "id",
        "title",
        "document_number",
        "issued",
        "parents",
        "sections",
        "chapters",
        "objectives",
        "measures",
    ],
    "plans.sections": ["number", "title", "text"],
    "plans.chapters": ["number", "title"],
    "plans.objectives": ["id", "text", "kind", "deadlines", "targets"],
    "plans.measures": ["id", "number", "printed_number", "title", "chapter", "clauses", "links"],
    "plans.measures.clauses": ["task", "text", "phrase", "open", "assignments", "statements"],
    "plans.measures.clauses.assignments": ["written", "unit", "role"],
    "plans.measures.clauses.statements": ["id", "text", "deadlines", "targets", "mentions"],
    "plans.measures.clauses.statements.deadlines": [
        "phrase",
        "kind",
        "start",
        "end",
        "recurrence",
        "inferred",
        "basis",
    ],
    "plans.measures.clauses.statements.targets": [
        "phrase",
        "indicator",
        "comparator",
        "value",
        "symbol",
        "baseline",
        "external",
    ],
    "plans.measures.clauses.statements.mentions": ["phrase", "kind"],
    "plans.measures.links": ["to", "kind", "reason"],
    "units": ["id", "name", "full_name", "aliases", "kind", "confirmed"],
    "groups": ["id", "name", "members", "confirmed"],
}
"""The shape that docs promise, written by hand: it changes only with the version."""


def exported(book: Book) -> dict[str, Any]:
    return interchange(book).model_dump(mode="json")


def found_at(value: Any, path: str) -> list[dict[str, Any]]:
    here = [value]
    for key in filter(None, path.split(".")):
        here = [child for parent in here for child in parent[key]]
    return here


@pytest.mark.parametrize("path", PROMISED)
def test_the_interchange_has_exactly_the_keys_that_it_promises(real_book: Book, path: str) -> None:
    items = found_at(exported(real_book), path)
    assert items
    for item in items:
        assert list(item) == PROMISED[path]


def test_the_interchange_of_the_small_plan_reads_as_agreed(small_book: Book) -> None:
    assert_golden("small/plan.json", dict(files(small_book))["data/plan.json"].decode())


def test_the_published_schema_reads_as_agreed(small_book: Book) -> None:
    assert_golden("plan.schema.json", dict(files(small_book))["data/plan.schema.json"].decode())


@pytest.mark.parametrize("name", ["tasks", "assignments", "deadlines", "targets", "units"])
def test_a_table_of_the_small_plan_reads_as_agreed(small_book: Book, name: str) -> None:
    text = FILES[f"data/{name}.csv"](small_book).decode("utf-8-sig")
    assert_golden(f"small/{name}.csv", text.replace("\r\n", "\n"))


def files(book: Book) -> list[tuple[str, bytes]]:
    return [(artifact.path, artifact.content) for artifact in render_data(book)]


def test_the_schema_is_valid_and_accepts_the_interchange(real_book: Book, small_book: Book) -> None:
    schema = interchange_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for book in (real_book, small_book):
        value = json.loads(dict(files(book))["data/plan.json"])
        assert value["schema_version"] == 1
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)


@pytest.mark.parametrize("path", PROMISED)
def test_the_schema_refuses_a_key_too_many_and_a_key_too_few(real_book: Book, path: str) -> None:
    validator = jsonschema.Draft202012Validator(interchange_schema())
    more, less = copy.deepcopy(exported(real_book)), copy.deepcopy(exported(real_book))
    found_at(more, path)[0]["telephone"] = "1"
    assert not validator.is_valid(more)
    del found_at(less, path)[0][PROMISED[path][-1]]
    assert not validator.is_valid(less)


def test_the_worked_example_of_the_architecture_holds(real_book: Book) -> None:
    plan = next(plan for plan in exported(real_book)["plans"] if plan["id"] == "scheme")
    measure = next(measure for measure in plan["measures"] if measure["id"] == "scheme-14")
    (clause,) = measure["clauses"]
    statement = clause["statements"][4]
    assert (plan["issued"], measure["chapter"], measure["printed_number"]) == ("2024-05-09", "四", "14.")
    assert (clause["task"], clause["open"], statement["id"]) == ("方案-14", True, "scheme-14.1.5")
    assert clause["assignments"][0] == {"written": "区住建局", "unit": "housing-construction", "role": "shared"}
    assert statement["deadlines"] == [
        {
            "phrase": "到2025年",
            "kind": "by",
            "start": None,
            "end": "2025-12-31",
            "recurrence": None,
            "inferred": False,
            "basis": None,
        }
    ]
    assert statement["targets"][0]["value"] == 30
    assert isinstance(statement["targets"][0]["value"], int)


def test_every_reference_in_the_interchange_leads_somewhere(real_book: Book) -> None:
    value = exported(real_book)
    parties = [item["id"] for item in (*value["units"], *value["groups"])]
    assert len(parties) == len(set(parties))
    measures = {measure["id"] for measure in found_at(value, "plans.measures")}
    assert {found["unit"] for found in found_at(value, "plans.measures.clauses.assignments")} <= set(parties)
    assert {link["to"] for link in found_at(value, "plans.measures.links")} <= measures
    assert {member for group in value["groups"] for member in group["members"]} <= set(parties)
    for plan in value["plans"]:
        chapters = {chapter["number"] for chapter in plan["chapters"]}
        assert {measure["chapter"] for measure in plan["measures"]} <= chapters


def test_the_text_of_a_clause_is_its_statements_joined(real_book: Book) -> None:
    for clause in found_at(exported(real_book), "plans.measures.clauses"):
        assert clause["text"] == "".join(statement["text"] for statement in clause["statements"])


def test_chapters_of_the_same_number_in_two_sections_stay_apart(small_book: Book) -> None:
    base = next(plan for plan in exported(small_book)["plans"] if plan["id"] == "base")
    numbers = [chapter["number"] for chapter in base["chapters"]]
    assert numbers == ["二/一", "二", "三/一"]
    assert [measure["chapter"] for measure in base["measures"]] == ["二/一", "二/一", "二", "三/一"]


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_begins_with_a_bom_and_its_lines_end_as_excel_expects(real_book: Book) -> None:
    for path, content in files(real_book):
        if path.endswith(".csv"):
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\r\n")
            heading, *rows = table(content)
            assert rows or path == "data/breakdown.csv"  # empty until the office has decided
            assert all(len(row) == len(heading) for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "－1"])
def test_a_csv_cell_that_begins_like_a_formula_is_guarded(text: str) -> None:
    assert table(csv_bytes(["列"], [[text]]))[1] == [f"'{text}"]


def test_other_csv_cells_come_back_as_they_were() -> None:
    rows = [['区住建局,"甲"', "两\n行", 30, -2.5, None], ["'", "", 0, 1, "a=b"]]
    assert table(csv_bytes(list("一二三四五"), rows))[1:] == [
        ['区住建局,"甲"', "两\n行", "30", "-2.5", ""],
        ["'", "", "0", "1", "a=b"],
    ]


def test_no_cell_of_the_real_tables_begins_like_a_formula(real_book: Book) -> None:
    for path, content in files(real_book):
        if path.endswith(".csv"):
            assert not [cell for row in table(content) for cell in row if cell[:1] in set("=+-@")]


def test_both_network_files_read_back_as_the_graph(real_book: Book) -> None:
    network = real_book.graph.network
    for found in (
        networkx.read_graphml(io.BytesIO(graphml(real_book)), force_multigraph=True),
        networkx.read_gexf(io.BytesIO(gexf(real_book))),
    ):
        assert set(found.nodes) == set(network.nodes)
        assert sorted(found.edges()) == sorted(network.edges())
        assert found.nodes["housing-construction"]["label"] == "区住建局"
        assert found.nodes["housing-construction"]["kind"] == "unit"


def test_an_assignment_carries_its_role_as_code_and_in_chinese(real_book: Book) -> None:
    found = networkx.read_graphml(io.BytesIO(graphml(real_book)), force_multigraph=True)
    (edge,) = found.get_edge_data("housing-construction", "scheme-14.1").values()
    assert (edge["kind"], edge["role"], edge["label"]) == ("assignment", "shared", "按职责分工负责")


def test_the_gexf_is_dated_with_the_day_of_the_book(real_book: Book) -> None:
    assert gexf(real_book).count(b'lastmodifieddate="2024-06-30"') == 1


def test_every_key_of_the_graphml_has_an_id_of_its_own(real_book: Book) -> None:
    keys = [line for line in graphml(real_book).decode().splitlines() if "<key " in line]
    ids = [part for line in keys for part in line.split() if part.startswith("id=")]
    assert len(ids) == len(set(ids)) > 5


def test_a_name_that_xml_forbids_does_not_break_the_network_files(small_book: Book) -> None:
    book = renamed(small_book, "water", "区\x07水<&务局")
    for found in (
        networkx.read_graphml(io.BytesIO(graphml(book)), force_multigraph=True),
        networkx.read_gexf(io.BytesIO(gexf(book))),
    ):
        assert found.nodes["water"]["label"] == "区水<&务局"
