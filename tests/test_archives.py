"""Zip files for the desk, as Windows opens them."""

from __future__ import annotations

import io
import zipfile

from generator.book import Artifact, Book
from generator.office.archives import zip_bytes
from generator.renderers import calendars, task_list_excel
from generator.renderers.archives import site_archive, unit_archives
from tests.golden_files import assert_golden

UTF_8 = 0x800
READ_ME = "先读我.txt"


def drawn(book: Book) -> list[Artifact]:
    return [
        artifact
        for deliverable in (task_list_excel.DELIVERABLE, *calendars.DELIVERABLES)
        for artifact in deliverable.render(book)
    ]


def entries(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_of_a_unit_holds_its_papers_and_no_others(small_book: Book) -> None:
    papers = drawn(small_book)
    archives = {artifact.path: entries(artifact.content) for artifact in unit_archives(small_book, papers)}
    assert list(archives) == [
        f"downloads/{unit}/{small_book.graph.name(unit)}全部材料.zip" for unit in small_book.units
    ]
    for path, found in archives.items():
        folder = path.rpartition("/")[0]
        own = {
            paper.path.rpartition("/")[2]: paper.content for paper in papers if paper.path.startswith(f"{folder}/")
        }
        assert len(own) == 2
        assert {name: content for name, content in found.items() if name != READ_ME} == own


def test_what_to_read_first_reads_as_agreed(small_book: Book) -> None:
    archive = next(
        artifact for artifact in unit_archives(small_book, drawn(small_book)) if "/housing/" in artifact.path
    )
    text = entries(archive.content)[READ_ME]
    assert text.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert_golden("small/read_me_housing.txt", text.decode("utf-8-sig").replace("\r\n", "\n"))


def test_chinese_names_carry_the_flag_that_windows_needs(small_book: Book) -> None:
    for artifact in unit_archives(small_book, drawn(small_book)):
        with zipfile.ZipFile(io.BytesIO(artifact.content)) as archive:
            assert all(info.flag_bits & UTF_8 for info in archive.infolist() if not info.filename.isascii())
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert {info.create_system for info in archive.infolist()} == {3}


def test_the_archive_of_the_site_says_first_how_to_open_it(small_book: Book) -> None:
    site = [("index.html", b"<!doctype html>"), ("downloads/all/任务台账.xlsx", b"PK"), ("assets/a.css", b"")]
    found = entries(zip_bytes(site_archive(small_book, iter(site))))
    assert list(found) == [READ_ME, "assets/a.css", "downloads/all/任务台账.xlsx", "index.html"]
    assert {name: content for name, content in found.items() if name != READ_ME} == dict(site)
    assert_golden("small/read_me_site.txt", found[READ_ME].decode("utf-8-sig").replace("\r\n", "\n"))


def test_the_order_in_which_files_come_does_not_matter(small_book: Book) -> None:
    site = [("b.html", b"2"), ("a.html", b"1")]
    assert site_archive(small_book, site) == site_archive(small_book, reversed(site))
    papers = drawn(small_book)
    assert list(unit_archives(small_book, papers)) == list(unit_archives(small_book, reversed(papers)))


def test_what_is_packed_already_is_stored_and_the_rest_is_compressed() -> None:
    content = zip_bytes([("甲.xlsx", b"0" * 5000), ("乙.txt", b"0" * 5000)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = {info.filename: info.compress_size for info in archive.infolist()}
    assert sizes["甲.xlsx"] == 5000
    assert sizes["乙.txt"] < 100
