"""What comes back from a unit in a month: the right file, or what clerks make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tests.example_year.filling import Form, as_asked, filled_paper, filled_workbook, rows_of
from tests.example_year.scenario import CLAIMED, HELD_UP, Answers, Asked, scenario

PDF = "%PDF-1.4\n% 示例扫描件：{name}\n%%EOF\n"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "示例旧格式文件".encode()


@dataclass(frozen=True)
class Arrival:
    """A file that comes back, so many days after the cut-off (0: in time)."""

    name: str
    content: bytes
    days: int = 0


@dataclass(frozen=True)
class Post:
    """What the clerk of one unit has before him."""

    form: Form
    forms: Mapping[str, Form]
    names: Mapping[str, str]
    day: date
    dated: Mapping[str, bool]
    how: Mapping[str, Any]

    @property
    def late(self) -> int:
        """By how many days a file is late."""
        return int(self.how.get("days", 0))

    def workbook(self, name: str = "", days: int = 0, **options: Any) -> Arrival:
        """The filled workbook as it arrives."""
        content = filled_workbook(self.form, self.day + timedelta(days=days), self.dated, **options)
        return Arrival(f"{self.form.name}{name}.xlsx", content, days)


def arrivals(post: Post) -> Iterator[Arrival]:
    """Every file that one unit sends in a month."""
    yield from WAYS[post.how.get("how", "well")](post)


def mishap(unit: str, month: int) -> Mapping[str, Any]:
    """What the scenario has for a unit in a month; empty where all goes well."""
    found = (one for one in scenario("mishaps.yml") if one["unit"] == unit and int(one["month"]) == month)
    return next(found, {})


def _well(post: Post) -> Iterator[Arrival]:
    yield post.workbook()


def _late(post: Post) -> Iterator[Arrival]:
    yield post.workbook(days=post.late)


def _never(post: Post) -> Iterator[Arrival]:
    return iter(())


def _scan(post: Post) -> Iterator[Arrival]:
    name = f"{post.form.name}（盖章扫描件）.pdf"
    yield Arrival(name, PDF.format(name=name).encode())


def _old(post: Post) -> Iterator[Arrival]:
    yield Arrival(f"{post.form.name}.et", OLD)


def _word(post: Post) -> Iterator[Arrival]:
    yield Arrival(f"{post.form.name}.docx", filled_paper(post.form, post.day, post.dated))


def _half(post: Post) -> Iterator[Arrival]:
    rows = rows_of(post.form)
    yield post.workbook(change=_only(rows[: max(1, len(rows) // 2)]), signed=False)


def _halves(post: Post) -> Iterator[Arrival]:
    rows = rows_of(post.form)
    middle = len(rows) // 2
    for name, part in (("（大气科）", rows[:middle]), ("（综合科）", rows[middle:])):
        yield post.workbook(name, change=_only(part))


def _conflict(post: Post) -> Iterator[Arrival]:
    first = rows_of(post.form)[0]

    def otherwise(task: str, asked: Asked, right: Answers) -> Answers:
        return {**right, "progress": "本月检查工地41处，另有2处未复查。（示例）"} if task == first else right

    yield post.workbook("（建管科）")
    yield post.workbook("（综合科）", change=otherwise)


def _foreign(post: Post) -> Iterator[Arrival]:
    """Another unit's file with the name changed, then, asked which it is, the right one."""
    base = replace(post, form=post.forms[post.how["of"]])
    names = (post.names[base.form.key.unit], post.names[post.form.key.unit])
    taken = base.workbook("", note=names)
    yield replace(taken, name=f"{post.form.name}.xlsx")
    yield post.workbook("（重报）", days=post.late)


def _phrases(post: Post) -> Iterator[Arrival]:
    yield post.workbook(change=lambda task, asked, right: {**right, "progress": "按序时进度推进"})


def _repeated(post: Post) -> Iterator[Arrival]:
    def same(task: str, asked: Asked, right: Answers) -> Answers:
        return {**right, "progress": asked.previous_progress or str(right.get("progress", ""))}

    yield post.workbook(change=same)


def _sums(post: Post) -> Iterator[Arrival]:
    def wrong(task: str, asked: Asked, right: Answers) -> Answers:
        total = right.get("cumulative")
        return {**right, "cumulative": total + 7} if isinstance(total, float) else right

    yield post.workbook(change=wrong)


def _in_words(post: Post) -> Iterator[Arrival]:
    def spelt(task: str, asked: Asked, right: Answers) -> Answers:
        amounts = {key: f"{value:g}{asked.symbol}" for key, value in right.items() if isinstance(value, float)}
        state = {"正常推进": "正常", "常态化推进": "常态化"}.get(str(right.get("state")), right.get("state", ""))
        return {**right, **amounts, **({"state": state} if state else {})}

    yield post.workbook(change=spelt)


def _bare(post: Post) -> Iterator[Arrival]:
    """Held up without reason or day, done without evidence; sent back, then mended."""

    def lacking(task: str, asked: Asked, right: Answers) -> Answers:
        if right.get("state") in HELD_UP:
            return {key: value for key, value in right.items() if key not in {"problems", "expected"}}
        return {key: value for key, value in right.items() if key != "evidence" or right["state"] != CLAIMED}

    yield post.workbook(change=lacking)
    yield post.workbook("（补正）", days=post.late)


def _deleted(post: Post) -> Iterator[Arrival]:
    yield post.workbook(without=rows_of(post.form)[-1])


def _unsigned(post: Post) -> Iterator[Arrival]:
    yield post.workbook(signed=False)


def _only(rows: tuple[str, ...]) -> Callable[[str, Asked, Answers], Answers | None]:
    return lambda task, asked, right: as_asked(task, asked, right) if task in rows else None


WAYS: Mapping[str, Callable[[Post], Iterator[Arrival]]] = {
    "well": _well,
    "late": _late,
    "never": _never,
    "scan": _scan,
    "old": _old,
    "word": _word,
    "half": _half,
    "halves": _halves,
    "conflict": _conflict,
    "foreign": _foreign,
    "phrases": _phrases,
    "repeated": _repeated,
    "sums": _sums,
    "words": _in_words,
    "bare": _bare,
    "deleted": _deleted,
    "unsigned": _unsigned,
}
