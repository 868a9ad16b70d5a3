"""Official Chinese prose ⇄ values: responsibility, deadlines, targets; one grammar for checks and import."""

from generator.phrases.brackets import Bracket, find_brackets
from generator.phrases.context import PhraseContext, plan_context
from generator.phrases.conventions import Convention
from generator.phrases.coverage import figures_and_times
from generator.phrases.deadlines import deadlines_of, find_deadlines, parse_deadline
from generator.phrases.duty_places import find_responsibilities
from generator.phrases.found import Found
from generator.phrases.mentions import find_mentions, mentions_of
from generator.phrases.names import NameList, read_names, split_names
from generator.phrases.responsibility import (
    ResponsibilityReading,
    is_responsibility_bracket,
    parse_responsibility,
)
from generator.phrases.targets import find_targets, parse_target, parse_targets, read, targets_of

__all__ = [
    "Bracket",
    "Convention",
    "Found",
    "NameList",
    "PhraseContext",
    "ResponsibilityReading",
    "deadlines_of",
    "figures_and_times",
    "find_brackets",
    "find_deadlines",
    "find_mentions",
    "find_responsibilities",
    "find_targets",
    "is_responsibility_bracket",
    "mentions_of",
    "parse_deadline",
    "parse_responsibility",
    "parse_target",
    "parse_targets",
    "plan_context",
    "read",
    "read_names",
    "split_names",
    "targets_of",
]
