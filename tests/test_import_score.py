"""The source, imported with no hand in it, equals the plan that people encoded."""

from __future__ import annotations

from tests.import_score import good_enough, scores


def test_the_import_of_the_source_comes_up_to_what_is_promised() -> None:
    found = scores()
    assert good_enough(found), [(score.name, score.f1, dict(score.missing), dict(score.extra)) for score in found]


def test_the_score_sees_what_is_missing_and_what_is_too_much() -> None:
    by_name = {score.name: score for score in scores()}
    mentions = by_name["提及（不含种类）"]
    assert mentions.shared + mentions.missing.total() > 40
    assert 0 < mentions.f1 < 1
