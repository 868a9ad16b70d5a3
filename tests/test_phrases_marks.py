"""What is not searched, because of the letters it lacks, would not have been found."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.phrases import coverage, labels, mentions, target_forms, time_forms, time_points

MARKED = [
    *((form.marks, form.pattern) for form in (*time_forms.FORMS, *target_forms.FORMS)),
    *((marks, pattern) for marks, pattern, _ in (*labels.FORMS, *mentions.FORMS)),
]
SCANNED = [
    (re.compile(f"[{coverage.BEGIN}]"), re.compile(coverage.FIGURES)),
    *((time_points.table(names)[2], time_points.table(names)[1]) for names in ((), ("法定假", "农忙"))),
]
patient = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(("marks", "pattern"), MARKED, ids=[pattern.pattern[:30] for _, pattern in MARKED])
@patient
@given(data=st.data())
def test_no_match_of_a_form_is_without_one_of_its_marks(
    marks: str, pattern: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    assert all(set(found[0]) & set(marks) for found in pattern.finditer(text))


@pytest.mark.parametrize(("begin", "pattern"), SCANNED, ids=["figures", "times", "times with seasons"])
@settings(patient, max_examples=150)
@given(data=st.data())
def test_no_match_begins_with_another_letter_than_those_that_are_tried(
    begin: re.Pattern[str], pattern: re.Pattern[str], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    assert all(begin.match(found[0]) for found in pattern.finditer(text))
