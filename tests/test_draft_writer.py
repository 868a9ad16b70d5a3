"""Draft files: what is written is read back unchanged, whatever the words are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import Clause, Comparator, Measure, Passage, Target, Unit, UnitGroup, UnitKind, UnitsFile
from generator.storage.draft_writer import record_yaml, stamped, untouched, with_entries
from generator.storage.text_reader import UNREADABLE
from generator.storage.yaml_reader import read_yaml
from tests.case_files import plain_yaml
from tests.properties import examples

WORDS = st.one_of(
    st.text(min_size=1, max_size=60).filter(lambda text: not UNREADABLE.search(text)),
    st.lists(
        st.sampled_from([*"年：:；，、#-*&!|>'\"%@`{}[],? 中a0~", ": ", " #", "- ", "\n", "no", "null", "1:30"]),
        min_size=1,
    ).map("".join),
)


def unit(number: int) -> Unit:
    return Unit(id=f"unit-{number}", name=f"单位{number}", kind=UnitKind.CENTRE, confirmed=False, note="依据")


@settings(max_examples=examples(200), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    title=WORDS,
    text=WORDS,
    phrase=WORDS,
    value=st.one_of(st.none(), st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6)),
)
def test_a_measure_is_read_back_as_it_was_written(
    title: str, text: str, phrase: str, value: float | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = Target(phrase=phrase, indicator=title, comparator=Comparator.ABOUT, value=value, baseline=text)
    statements = (Passage(text=text), Passage(text=text, targets=(target,), source_text=""))
    measure = Measure(
        number=1, title=title, title_mark="", printed_number=phrase, clauses=(Clause(statements=statements),)
    )
    path = tmp_path_factory.mktemp("yaml") / "01.yml"
    path.write_bytes(stamped(record_yaml(measure, "../../schemas/measure.json"), title))
    read = Measure.model_validate(read_yaml(path, "01.yml")[0])
    assert read.model_copy(update={"clauses": ()}) == measure.model_copy(update={"clauses": ()})
    assert read.clauses[0].statements[0] == measure.clauses[0].statements[0]
    found = read.clauses[0].statements[1].targets[0]
    assert found.model_copy(update={"value": None}) == target.model_copy(update={"value": None})
    assert found.value == (pytest.approx(value, rel=1e-9) if value is not None else None)


def test_statements_stand_on_lines_of_their_own_and_figures_on_one() -> None:
    target = Target(phrase="达30%", indicator="比例", comparator=Comparator.AT_LEAST, value=30, symbol="%")
    clause = Clause(statements=(Passage(text="甲。"), Passage(text="到2025年,比例达30%。", targets=(target,))))
    lines = record_yaml(Measure(number=3, title="乙", clauses=(clause,)), "x.json", "说明").decode().splitlines()
    assert lines == [
        "# yaml-language-server: $schema=x.json",
        "# 说明",
        "number: 3",
        "title: 乙",
        "clauses:",
        "  - statements:",
        "      - 甲。",
        "      - text: 到2025年,比例达30%。",
        "        targets:",
        '          - {phrase: 达30%, indicator: 比例, comparator: ">=", value: 30, symbol: "%"}',
    ]


def test_a_stamp_fits_until_somebody_changes_the_file() -> None:
    content = stamped(
        record_yaml(Measure(number=1, title=None, clauses=(Clause(statements=(Passage(text="甲"),)),)), "x"),
        "a.docx",
    )
    assert untouched(content)
    assert not untouched(content.replace("甲".encode(), "乙".encode()))
    assert not untouched(content + b"review: x\n")
    assert not untouched(b"number: 1\n")


@pytest.mark.parametrize(
    "present",
    [
        "order_confirmed: false\nunits:\n  - id: a\n    name: 甲\n    kind: office\n    confirmed: true\n# 尾注\ngroups: []\n",
        "order_confirmed: false\nunits:\n- id: a\n  name: 甲\n  kind: office\n  confirmed: true\ngroups:\n- {id: g, name: 各镇, confirmed: false}",
        "order_confirmed: false\nunits: []\n",
        "groups:\n  - {id: g, name: 各镇, confirmed: false}\norder_confirmed: false\nunits: # 单位\n  - {id: a, name: 甲, kind: office, confirmed: true}\n",
    ],
)
def test_new_units_are_added_to_a_file_without_touching_its_lines(present: str) -> None:
    group = UnitGroup(id="new-group", name="各单位", confirmed=False)
    after = with_entries(present.encode(), {"units": [unit(1), unit(2)], "groups": [group]}).decode()
    before_file, after_file = (
        UnitsFile.model_validate(plain_yaml(present)),
        UnitsFile.model_validate(plain_yaml(after)),
    )
    assert after_file.units == (*before_file.units, unit(1), unit(2))
    assert after_file.groups == (*before_file.groups, group)
    lines = iter(after.splitlines())
    kept = [line for line in present.splitlines() if not line.startswith(("units:", "groups:"))]
    assert all(any(line == other for other in lines) for line in kept)


def test_the_draft_writer_writes_as_people_do() -> None:
    real = Path(__file__).parent.parent / "plan/scheme/measures/02.yml"
    measure = Measure.model_validate(read_yaml(real, "02.yml")[0])
    assert record_yaml(measure, "../../schemas/measure.json").decode() == real.read_text("utf-8")
