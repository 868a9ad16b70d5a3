"""The site in two editions: what is internal is in no byte of the public one."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from generator.book import Book
from generator.cli import cli
from generator.pipeline import build_book, render_files, site_book
from generator.project import Edition, Project
from generator.renderers.registry import render_downloads, render_pages
from generator.storage.publishing import PUBLIC_FILES
from tests.conftest import AS_OF
from tests.reported_year import CONTACTS, DAY, SECRETS, reported_year
from tests.site_pages import page_text, sources
from tests.small_plan import copied
from tests.test_ledger import returned

PROGRESS_TALK = ("单位自报", "环委办认定", "报送情况", "催报", "督办", "拟督办", "退回", "内部资料", "未填报")
"""What only the internal edition speaks of; the texts of the small plan have none of these words."""


def texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Everything that a file holds, whatever it is packed in; folded lines of a calendar unfolded."""
    if name.endswith((".zip", ".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield f"{name}!{inner}", inner
                yield from texts(f"{name}!{inner}", archive.read(inner))
    elif name.endswith(".gz"):
        yield from texts(name.removesuffix(".gz"), gzip.decompress(content))
    else:
        text = content.decode("utf-8", errors="replace")
        yield name, text.replace("\r\n ", "").replace("\n ", "") if name.endswith(".ics") else text
        yield name, re.sub(r"<[^>]*>", "", text)
        yield name, re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def found_in(site: Path, words: set[str]) -> dict[str, set[str]]:
    """Word → the files of a site that hold it, their names included."""
    found: dict[str, set[str]] = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        pieces = [(name, name), *(texts(name, path.read_bytes()) if path.is_file() else ())]
        for where, text in pieces:
            for word in words:
                if word in text:
                    found.setdefault(word, set()).add(where)
    return found


@pytest.mark.slow
def test_no_byte_of_the_public_edition_tells_what_was_reported_decided_or_measured(
    editions: dict[Edition, Path],
) -> None:
    words = {*SECRETS.values(), *CONTACTS.values(), "会议-01", *PROGRESS_TALK}
    assert found_in(editions[Edition.PUBLIC], words) == {}


@pytest.mark.slow
def test_the_internal_edition_tells_all_but_names_and_telephone_numbers(editions: dict[Edition, Path]) -> None:
    found = found_in(editions[Edition.INTERNAL], {*SECRETS.values(), *CONTACTS.values()})
    assert set(found) == set(SECRETS.values())


@pytest.mark.slow
def test_every_page_and_paper_of_the_internal_edition_says_that_it_is_internal(
    editions: dict[Edition, Path],
) -> None:
    site = editions[Edition.INTERNAL]
    silent = []
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".docx", ".xlsx", ".zip", ".ics"}:
            held = "".join(text for _, text in texts(path.name, path.read_bytes()))
            if "内部资料" not in held:
                silent.append(path.relative_to(site).as_posix())
    assert silent == []
    names = [path.name for path in (site / "downloads").rglob("*.*")]
    assert names
    assert all("（内部资料）" in name for name in names)


@pytest.mark.slow
def test_open_data_and_code_are_the_same_in_both_editions(editions: dict[Edition, Path]) -> None:
    for name in ("plan.json", "tasks.csv", "assignments.csv", "deadlines.csv", "targets.csv", "units.csv"):
        public, internal = ((editions[edition] / "data" / name).read_bytes() for edition in Edition)
        assert public == internal, name
    assert not (editions[Edition.PUBLIC] / "assets/internal.js").exists()
    assert (editions[Edition.INTERNAL] / "assets/internal.js").is_file()


def test_the_public_book_does_not_hold_the_year_at_all(reported_project: Project) -> None:
    book = site_book(reported_project, DAY, Edition.PUBLIC)
    assert not any(plan.returns or plan.decisions or plan.extra_tasks for plan in book.plans)
    assert not any(task.plan.returns for task in book.graph.tasks)
    assert (book.loaded.air, book.loaded.contacts) == ((), ())
    assert not book.ledger.started
    assert book.withheld


def test_a_project_without_returns_draws_the_same_public_files_as_from_all_it_knows(small_book: Book) -> None:
    public = site_book(small_book.project, AS_OF, Edition.PUBLIC)
    assert not public.withheld
    assert list(render_pages(public)) == list(render_pages(small_book))
    assert list(render_files(public, downloads=False)) == list(render_files(small_book, downloads=False))


def test_findings_about_what_was_reported_are_not_public(tmp_path: Path, reported_project: Project) -> None:
    files = ("progress/2024-09/water.yml", "decisions/a.yml", "extra-tasks.yml")
    private = ["plan/air/2024.csv", "plan/contacts.local.yml", *(f"plan/annual-2024/{name}" for name in files)]
    assert not any(PUBLIC_FILES.fullmatch(name) for name in private)
    public = ("plan.yml", "breakdown.yml", "links.yml", "assessment.yml", "measures/01.yml")
    assert all(PUBLIC_FILES.fullmatch(f"plan/annual-2024/{name}") for name in public)
    assert PUBLIC_FILES.fullmatch("plan/units.yml")


@pytest.mark.slow
def test_contacts_are_read_for_papers_but_belong_to_no_edition(reported_project: Project) -> None:
    assert build_book(reported_project, DAY).loaded.contacts
    for edition in Edition:
        book = site_book(reported_project, DAY, edition)
        assert book.loaded.contacts == ()
        held = b"".join(artifact.content for artifact in render_downloads(book))
        assert not any(word.encode() in held for word in CONTACTS.values())


def test_where_returns_are_withheld_the_finder_tells_dates_and_no_states(reported_project: Project) -> None:
    page = sources(site_book(reported_project, DAY, Edition.PUBLIC))["finder.md"]
    assert "未填报" not in page
    assert "时限情况" in page
    assert 'data-standing="passed"' in page


def test_the_finder_of_the_internal_edition_finds_tasks_by_what_was_reported(
    internal_pages: dict[str, str],
) -> None:
    page = internal_pages["finder.md"]
    assert 'data-standing="on_track"' in page
    assert 'data-standing="extended"' in page
    assert 'data-standing="passed"' in page


def test_the_internal_edition_stays_useful_before_the_first_return(small_project: Project) -> None:
    pages = sources(site_book(small_project, date(2024, 12, 31), Edition.INTERNAL))
    progress = page_text(pages["progress.md"])
    assert "还没有收到填报" in progress
    assert "时限已过·未填报" in progress
    assert progress.split("各单位进展")[0].count("逾期") == 1  # where the page says what the word is for
    assert "planbook forms" in pages["reporting.md"]
    assert "plan/air/" in pages["air.md"]
    assert "extra-tasks.yml" in pages["extra-tasks.md"]


def test_the_internal_edition_is_never_built_into_the_public_folder(reported_project: Project) -> None:
    site = reported_project.root / "site"
    arguments = ["--project", str(reported_project.root), "--edition", "internal", "--out", str(site)]
    result = CliRunner().invoke(cli, ["build", *arguments])
    assert result.exit_code == 2
    assert "公开版" in result.output
    assert not site.exists()


def test_a_misspelt_edition_is_refused(reported_project: Project) -> None:
    result = CliRunner().invoke(cli, ["build", "--project", str(reported_project.root), "--edition", "内部"])
    assert result.exit_code == 2


def plugin_with(project: Project, option: str, **environment: str) -> tuple[Any, Any]:
    """The plugin and MkDocs's settings, as a project's mkdocs.yml and the environment set them."""
    text = f"site_name: 试\ndocs_dir: plan\nnav:\n  - 首页: index.md\n  - 关于: about.md\nplugins:\n  - planbook: {{as_of: {DAY}{option}}}\n"
    (project.root / "mkdocs.yml").write_text(text, "utf-8")
    config = load_config(str(project.root / "mkdocs.yml"))
    plugin: Any = config.plugins["planbook"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "")
        for name in ("PLANBOOK_AS_OF", "PLANBOOK_PROJECT", "PLANBOOK_EDITION"):
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        plugin.on_config(config)
    return plugin, config


def test_mkdocs_yml_or_the_environment_asks_for_an_edition_and_public_is_what_nobody_asks_for(
    tmp_path: Path,
) -> None:
    project = reported_year(tmp_path / "project")
    plugin, config = plugin_with(project, "")
    assert not plugin.book.internal
    assert len(config.nav) == 2
    plugin, config = plugin_with(project, ", edition: internal")
    assert plugin.book.internal
    assert Path(config.site_dir).name == "site-internal"
    assert {"进展": "progress.md"} in config.nav
    plugin, _ = plugin_with(project, ", edition: internal", PLANBOOK_EDITION="public")
    assert not plugin.book.internal
    with pytest.raises(PluginError, match="edition 应为 public"):
        plugin_with(project, "", PLANBOOK_EDITION="Internal")


def test_what_units_wrote_is_text_and_never_markup(tmp_path: Path) -> None:
    wicked = "<script>alert(1)</script>&{{ 7*7 }}"
    sent = returned(
        "water", "2024-09", "2024-09-24", f"要点-02 state: on_track, progress: '{wicked}', evidence: ['{wicked}']"
    )
    pages = sources(site_book(copied(tmp_path, [sent]), DAY, Edition.INTERNAL))
    for name in ("measures/annual-2024-02.md", "units/water.md"):
        assert "<script>alert" not in pages[name]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;{{ 7*7 }}" in pages[name]
