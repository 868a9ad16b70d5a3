"""Five real documents that stay outside the repository: every item, every bracket with its roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.case_files import cases
from tests.import_reading import drafted, units_notation

SAMPLES = Path(__file__).parent.parent.parent / "shared/samples"
LABELS: dict[str, Any] = cases("import_samples.yml")


@pytest.mark.parametrize("name", LABELS)
def test_every_item_is_found_and_every_bracket_read_with_its_roles(name: str) -> None:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("样本不在本仓库")
    draft = drafted(name, path.read_bytes())
    assert len(draft.plans) == 1
    read = [
        {"number": measure.printed, "clauses": [units_notation(clause) for clause in measure.clauses]}
        for measure in draft.plans[0].measures
    ]
    assert read == [{**label, "clauses": [dict(clause) for clause in label["clauses"]]} for label in LABELS[name]]
