"""The circular (通报): what it says, what it never says, and that it stays short."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.book import Book
from generator.graph import resolve
from generator.model import Period
from generator.office.word_count import document_length, text_length
from generator.pipeline import build_book
from generator.project import Project
from generator.renderers import circular_word
from generator.renderers.office_papers import Issue
from generator.storage import load_project, load_terms
from tests.golden_files import assert_golden
from tests.small_plan import SMALL, copied
from tests.test_ledger import decided, returned
from tests.word_documents import document_text
from tests.year_of_papers import AIR, MONTH, MONTH_EDITS, RULES, book_of_month


def issue(plan: str, written: str) -> Issue:
    period = Period.parse(written)
    assert period
    return Issue(plan, period)


def drawn(book: Book, plan: str = "annual-2024", written: str = MONTH) -> bytes:
    (artifact,) = circular_word.PAPER.render(book, issue(plan, written))
    assert artifact.path == f"{issue(plan, written).period.label}通报（正文稿）.docx"
    return artifact.content


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The month with everything in it."""
    return book_of_month(tmp_path_factory.mktemp("month"))


@pytest.fixture(scope="module")
def text(month: Book) -> str:
    """Its circular as text."""
    return document_text(drawn(month))


def test_the_circular_of_a_month_with_everything_in_it(text: str) -> None:
    assert_golden("word/circular.txt", text)


def test_without_returns_and_air_it_says_so_and_accuses_nobody(real_project: Project) -> None:
    book = build_book(real_project, date(2024, 9, 30))
    text = document_text(drawn(book, "action-2024", "2024-09"))
    assert_golden("word/circular_without_returns.txt", text)
    assert "未报" not in text
    assert "逾期" not in text
    assert "空气质量数据尚未录入" in text


def test_the_same_project_gives_the_same_bytes(tmp_path: Path, month: Book) -> None:
    assert drawn(month) == drawn(book_of_month(tmp_path))


def test_no_thanks_no_red_head_no_number_no_date(text: str) -> None:
    assert "谢" not in text
    assert "　　　〔　　　　〕　　号" in text
    assert text.rstrip().endswith("　　　　年　　月　　日")
    assert "（截至2024年11月28日）" in text


def test_only_who_meets_the_stated_rule_is_commended(tmp_path: Path, text: str) -> None:
    assert "工作推进较好的单位：青石区水务局（按期报全，没有" in text
    late = [edit for edit in MONTH_EDITS if "water" not in edit["file"]]
    late.append(returned("water", "2024-11", "2024-11-24", "要点-02 state: behind"))
    assert "工作推进较好" not in document_text(drawn(book_of_month(tmp_path, *late)))


def test_a_date_that_passed_unasked_is_counted_and_no_problem_of_a_unit(tmp_path: Path) -> None:
    early = returned("water", "2024-11", "2024-11-18", "要点-02 state: on_track")
    book = book_of_month(tmp_path, early, day=date(2024, 11, 20))
    text = document_text(drawn(book))
    assert "“时限已过·未填报”，没有要求过填报" in text
    assert "方案-03│" not in text
    assert "未到截止日" in text


def test_overdue_is_written_only_where_the_office_confirmed_it(tmp_path: Path, text: str) -> None:
    assert "逾期" not in text
    review = (
        "reviews:\n  - {task: 要点-01, unit: 区住建局, period: 2024-11, overdue: true, BASIS, on: 2024-11-26}\n"
    )
    book = book_of_month(tmp_path, RULES, decided(review))
    assert "逾期（28天）" in document_text(drawn(book))


def test_air_that_is_not_there_is_a_dash_and_never_zero(text: str) -> None:
    assert "北溪镇人民政府│38│31│-4.2│72│60│+3.5│0│88│0│4.12│-1.5│24│5.2│1" in text
    assert "南桥街道办事处＊│—│—│—│—│—│—│—│—│—│—│—│—│—│—" in text
    assert "＊单位待确认。" in text
    assert "未经审核" in text


def many_measures(count: int) -> list[dict[str, str]]:
    """More tasks in the annual plan, each with two units and a long title, all behind."""
    tasks = [f"要点-{number:02d}" for number in range(3, 3 + count)]
    files = [
        {
            "file": f"annual-2024/measures/{number:02d}.yml",
            "write": f"number: {number}\ntitle: 第{number}项整治任务\nclauses:\n  - statements: [开展第{number}项整治。]\n"
            "    responsibility: {phrase: 责任单位：区水务局, responsible: [区水务局]}\n",
        }
        for number in range(3, 3 + count)
    ]
    reviews = "reviews:\n" + "".join(
        f"  - {{task: {task}, unit: 区水务局, period: 2024-11, state: behind, BASIS, on: 2024-11-26}}\n"
        for task in tasks
    )
    return [*files, decided(reviews)]


@pytest.mark.parametrize("count", [1, 40])
def test_however_many_problems_it_keeps_within_its_length_and_counts_the_rest(tmp_path: Path, count: int) -> None:
    project = copied(tmp_path, [*many_measures(count), RULES])
    loaded = load_project(project)
    book = Book(loaded, resolve(loaded), load_terms(project), (), date(2024, 11, 28), project)
    content = drawn(book)
    assert document_length(content) <= circular_word.LONGEST
    text = document_text(content)
    shown = sum("│环委办认定滞后" in line for line in text.splitlines())
    assert ("其余" in text) == (shown < count)
    assert shown >= min(count, 5)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("通报", 2),
        ("PM2.5浓度", 3),
        ("2024年9月30日", 6),
        ("a b c", 3),
        ("“引号”，。", 6),
        ("　 \t", 0),
        ("-4.2", 1),
    ],
)
def test_length_is_counted_as_word_does(text: str, length: int) -> None:
    assert text_length(text) == length


def test_text_with_marks_of_every_language_comes_out_as_it_is(tmp_path: Path) -> None:
    hostile = '<b>&amp;{{7*7}}{%raw%}"引"=1+1'
    edit = returned("housing", "2024-11", "2024-11-24", f"要点-01 state: behind, problems: '{hostile}'")
    assert hostile in document_text(drawn(book_of_month(tmp_path, edit)))


def test_the_small_plan_itself_is_left_alone() -> None:
    assert not (SMALL / "plan/annual-2024/progress").exists()


def test_a_long_reason_is_shown_to_go_on_and_a_unit_that_sent_nothing_is_told_of_once(tmp_path: Path) -> None:
    long = "用地手续、资金拨付和管线迁改三件事都没有办完，施工单位又在八月份退场，需要重新招标"
    edit = returned("housing", "2024-11", "2024-11-24", f"要点-01 state: behind, problems: {long}")
    text = document_text(drawn(book_of_month(tmp_path, RULES, edit)))
    assert f"{long[:30]}……" in text
    assert "未报送的单位：" in text
    assert "方案-02①⏎" not in text


def test_a_day_that_was_required_and_has_passed_is_left_to_be_set_anew(tmp_path: Path) -> None:
    text = document_text(drawn(book_of_month(tmp_path, day=date(2024, 12, 22))))
    (line,) = (one for one in text.splitlines() if one.startswith("要点-01⏎管网建设│"))
    assert line.endswith("│　月　日前")


def test_figures_of_one_column_have_as_many_decimals(tmp_path: Path) -> None:
    even = {"file": AIR["file"], "write": AIR["write"].replace("4.12,-1.5", "4.3,2")}
    assert "│4.30│+2.0│" in document_text(drawn(book_of_month(tmp_path, even)))
