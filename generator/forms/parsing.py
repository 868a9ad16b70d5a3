"""A returned file → what stands in it, without the plan: so that several processes can share the work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.forms.accounts import FEEDBACK_MARK
from generator.forms.filled import FilledForm
from generator.forms.intake import Incoming, Kind
from generator.forms.monthly_marks import PROPERTY
from generator.forms.monthly_reader import read_monthly_workbook
from generator.forms.safe_zip import RefusedFileError
from generator.forms.sheets import read_workbook
from generator.forms.supervision_list import ListKey
from generator.forms.word_answers import WordAnswers, read_word
from generator.terms import Terms


@dataclass(frozen=True)
class Parsed:
    """A file after reading: a form, or why there is none; `words` where only the book tells what the form is."""

    file: Incoming
    form: FilledForm | None = None
    words: WordAnswers | None = None
    reason: str = ""
    feedback: bool = False


def parse(file: Incoming, terms: Terms) -> Parsed:
    """One file; what is wrong with it is a reason, never an exception."""
    bare = replace(file, content=b"")
    try:
        if file.kind is Kind.WORD:
            return Parsed(bare, words=read_word(file.content))
        book = read_workbook(file.content)
        if book.properties.get(PROPERTY) == FEEDBACK_MARK:
            return Parsed(bare, feedback=True)
        if ListKey.parse(book.properties.get(PROPERTY, "")):
            return Parsed(
                bare, reason="这是拟督办事项建议清单，不是单位的填报；勾选后请用 planbook supervise 采用"
            )
        return Parsed(bare, form=read_monthly_workbook(book, terms))
    except RefusedFileError as refused:
        return Parsed(bare, reason=str(refused))
