"""The 反馈单 read back: by tag, then bookmark, then the label beside the place; which letter it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from generator.analysis.supervision import decided_supervisions
from generator.book import Book
from generator.forms.comparing import plain
from generator.forms.monthly_reader import task_label
from generator.forms.reply_marks import BOOKMARK, ReplyAnswer, ReplyKey, placeholder
from generator.forms.word_answers import WordAnswers, typed

LINE_NUMBER = re.compile(r"^\d[．.、]")


@dataclass(frozen=True)
class FilledReply:
    """A reply as it came back: `key` stands in the file itself, `unit` and `matter` are what it shows."""

    key: ReplyKey | None
    unit: str
    matter: str
    answers: Mapping[str, str]


def read_reply(word: WordAnswers, book: Book) -> FilledReply | None:
    """The reply in a Word file; None for a file of another kind."""
    key = ReplyKey.parse(word.identifier)
    marked = {name.removeprefix(BOOKMARK): text for name, text in word.marked.items() if name.startswith(BOOKMARK)}
    tagged = {tag.split("/")[1]: text for tag, text in word.tagged.items() if re.match("reply/.+/", tag)}
    cells = dict(_labelled(word))
    labels = {name: plain(book.terms(f"supervision.reply.{name}")) for name in ("unit", "matter", *ReplyAnswer)}
    if key is None and not (marked or tagged) and not {labels["handled"], labels["done_on"]} <= cells.keys():
        return None
    found = dict(_by_label(cells, labels))
    for name, text in (*_shown(marked, False), *_shown(tagged, True)):
        if text.strip():
            found[name.replace("_", "-") if name[-1].isdigit() else name] = text
    matter = next((text for label, text in cells.items() if label.endswith(labels["matter"])), "")
    return FilledReply(key, cells.get(labels["unit"], "").strip(), matter, _joined(found))


def letter_of(book: Book, filled: FilledReply, unit: str | None) -> ReplyKey | None:
    """The letter that a reply answers: by its inner id, else the last on its matter to the unit it names."""
    if filled.key:
        return filled.key
    task = task_label(re.split(r"[\s　]", filled.matter.strip())[0])
    letters = [
        ReplyKey(plan.id, letter.task, addressee, letter.on)
        for plan in book.plans
        for letter, addressee in decided_supervisions(book.graph, plan, book.as_of)
        if (letter.task, addressee) == (task, unit)
    ]
    return letters[-1] if letters else None


def _shown(texts: Mapping[str, str], is_tagged: bool) -> Iterator[tuple[str, str]]:
    """What was written in each control; a placeholder is nothing."""
    for name, text in texts.items():
        kind = re.split("[-_]", name)[0] if name[-1:].isdigit() else name
        if kind in set(ReplyAnswer):
            shown = placeholder(ReplyAnswer(kind))
            written = typed(text, shown, is_tagged)
            yield name, "" if plain(written) == plain(shown) else written


def _joined(found: Mapping[str, str]) -> dict[str, str]:
    """One text for each answer; the lines of evidence together."""
    answers: dict[str, list[str]] = {}
    for name in sorted(found):
        if found[name].strip():
            answers.setdefault(name.partition("-")[0], []).append(found[name])
    return {name: "\n".join(texts) for name, texts in answers.items()}


def _labelled(word: WordAnswers) -> Iterator[tuple[str, str]]:
    """Label and what stands in the next cell."""
    for table in word.tables:
        for row in table:
            for label, text in pairwise(row):
                if plain(label):
                    yield plain(label), text


def _by_label(cells: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """For a file that lost every mark; what is printed in a cell before the answer is taken away."""
    for answer in (ReplyAnswer.HANDLED, ReplyAnswer.DONE_ON):
        text = cells.get(labels[answer], "")
        yield answer, "" if plain(text) == plain(placeholder(answer)) else text
    yield ReplyAnswer.NUMBER, cells.get(labels["number"], "").rpartition("：")[2]
    for line in cells.get(labels["evidence"], "").split("\n"):
        if LINE_NUMBER.match(line) and LINE_NUMBER.sub("", line).strip():
            yield f"{ReplyAnswer.EVIDENCE}-{line[0]}", LINE_NUMBER.sub("", line)
    both = cells.get(labels["reason"] + "及" + labels["until"], "")
    reason, _, until = both.partition(f"{labels['until']}：")
    yield ReplyAnswer.REASON, reason.partition("：")[2].strip("\n")
    yield ReplyAnswer.UNTIL, "" if plain(until) == plain(placeholder(ReplyAnswer.UNTIL)) else until
