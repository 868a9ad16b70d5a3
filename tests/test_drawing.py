"""Pages and files are the same whichever process draws them, and parts that pages share are drawn once."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from generator.book import Book
from generator.drawing import Drawing, _in_one_folder
from generator.findings import Finding, Place, Severity
from generator.processes import second_process
from generator.renderers.site.fragments import Fragments
from generator.renderers.site.page_text import PageTexts
from generator.writing import folder_files


def batches(drawing: Drawing) -> list[list[str]]:
    """What is drawn in one go, from the last on."""
    return list(reversed(list(_in_one_folder(drawing.pages))))


def test_what_two_processes_draw_is_what_one_draws(small_book: Book, tmp_path: Path) -> None:
    alone = Drawing(small_book)
    shared = Drawing(small_book)
    with second_process(partial(Drawing, small_book)) as second:
        second.prepare(partial(Drawing.draw_ahead, waiting=tmp_path / "waiting"))
        shared.share_pages(second, tmp_path / "waiting")
        files = shared.share_files(second, tmp_path / "files")
        pages = {path: shared.take(path) for path in list(alone.pages)}
        for work in reversed(files):
            work.result()
    assert pages == {path: alone.take(path) for path in list(alone.pages)}
    assert dict(folder_files(tmp_path / "files")) == {path: draw() for path, draw in alone.files.items()}


def test_what_the_check_found_is_told_though_the_other_process_does_not_know_it(
    small_book: Book, tmp_path: Path
) -> None:
    found = Finding(Place("plan/units.yml", 3), "unit-unused", Severity.WARNING, "没有用到")
    here = Drawing(replace(small_book, checked=(found,)))
    with second_process(partial(Drawing, replace(small_book, checked=None))) as second:
        second.prepare(partial(Drawing.draw_ahead, waiting=tmp_path / "waiting"))
        here.share_pages(second, tmp_path / "waiting")
        pages = {path: here.take(path).content.decode() for path in list(here.pages)}
    assert "没有用到" in pages["about.md"]
    assert pages.keys() == Drawing(small_book).pages.keys()


def test_what_was_drawn_ahead_is_not_drawn_again(small_book: Book, tmp_path: Path) -> None:
    ahead, alone = Drawing(small_book), Drawing(small_book)
    while ahead.draw_ahead(tmp_path / "waiting"):
        pass
    assert not ahead.pages
    for paths in batches(alone):
        for path, (page, content) in ahead.batch(tmp_path / "waiting", paths).items():
            assert replace(page, content=content.read()) == alone.draw(path)


def test_what_went_wrong_ahead_goes_wrong_in_the_same_way_when_it_is_asked_for(
    small_book: Book, tmp_path: Path
) -> None:
    drawing = Drawing(small_book)
    last = batches(drawing)[0]
    spoilt = drawing.pages[last[-1]]

    def fail() -> str:
        raise ZeroDivisionError

    drawing.pages[last[-1]] = replace(spoilt, draw=fail)
    for ask in (
        partial(drawing.draw_ahead, tmp_path / "waiting"),
        partial(drawing.batch, tmp_path / "waiting", last),
    ):
        with pytest.raises(ZeroDivisionError):
            ask()


def test_a_drawing_can_be_ordered_from_a_process_that_shares_no_memory(small_book: Book) -> None:
    there = pickle.loads(pickle.dumps(partial(Drawing, small_book)))()  # noqa: S301 - our own
    here = Drawing(small_book)
    assert list(there.pages) == list(here.pages)
    assert there.draw("index.md") == here.draw("index.md")


def test_a_page_is_taken_once(small_book: Book) -> None:
    drawing = Drawing(small_book)
    paths = list(drawing.pages)
    for path in paths:
        drawing.take(path)
    assert not drawing.pages


def test_what_is_alike_is_drawn_once_and_stands_in_every_place() -> None:
    drawn: list[str] = []

    def draw() -> str:
        drawn.append("<tr><td>区住建局 &amp; 同一行</td></tr>")
        return drawn[-1]

    fragments = Fragments()
    table = f"<table>{fragments.once('alike', draw)}{fragments.once('alike', draw)}</table>"
    assert len(drawn) == 1
    assert fragments.expanded(table).decode() == f"<table>{drawn[0]}{drawn[0]}</table>"


def test_a_part_may_hold_others() -> None:
    fragments = Fragments()
    whole = fragments.once("row", lambda: f"<tr>{fragments.once('cell', lambda: '<td>甲</td>')}</tr>")
    assert fragments.expanded(whole) == "<tr><td>甲</td></tr>".encode()


def test_the_index_reads_a_part_where_it_stands_as_if_the_page_had_it_itself() -> None:
    fragments = Fragments()
    cell = fragments.once("cell", lambda: "<td>时限</td>")
    row = fragments.once("row", lambda: f"<tr><td>区住建局<br>牵头</td>{cell}</tr>")
    page = f"<h1>甲</h1><p>前</p><h2 id='a'>表</h2><table>{row}{row}</table>后"
    read = PageTexts({}).read(page, False, fragments)
    plain = PageTexts({}).read(fragments.expanded(page).decode(), False)
    assert (read.text, read.anchors, read.title) == (plain.text, plain.anchors, plain.title)
    assert read.text.split("\n") == ["前", "表", "区住建局", "牵头", "时限", "区住建局", "牵头", "时限", "后"]


def test_a_part_whose_tags_do_not_match_does_not_spoil_the_others() -> None:
    fragments = Fragments()
    spoilt = fragments.once("spoilt", lambda: "<td>甲</div></td>")
    sound = fragments.once("sound", lambda: "<td>乙</td>")
    read = PageTexts({}).read(f"<table><tr>{spoilt}{sound}</tr></table>", False, fragments)
    assert read.text.split("\n") == ["甲", "乙"]


def test_an_anchor_is_one_page_s_own_and_never_shared() -> None:
    fragments = Fragments()
    assert fragments.once("anchored", lambda: '<tr id="a"></tr>') == '<tr id="a"></tr>'


def test_text_of_a_plan_that_looks_like_a_part_is_text() -> None:
    fragments = Fragments()
    fragments.once("cell", lambda: "<td>甲</td>")
    assert fragments.expanded("<p>&lt;!--pb:0--&gt;</p>") == b"<p>&lt;!--pb:0--&gt;</p>"
