"""The site's MkDocs plugin: it hands MkDocs the pages and files that the pipeline makes, and writes nothing itself
but the search index."""

from __future__ import annotations

import html
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from generator.book import Artifact, Book
from generator.drawing import Drawing
from generator.findings import PlanError, Severity, day_fault, shown
from generator.page_frames import TEMPLATE, Frames
from generator.pipeline import render_files, site_book
from generator.project import Edition, Project
from generator.renderers.site.desk import Page as OurPage
from generator.renderers.site.desk import printable
from generator.renderers.site.pages import INTERNAL_PAGES
from generator.renderers.site.search_index import SearchPage

SEARCH_INDEX = "search/search_index.json"
SEARCH_SCRIPT = "search/search_index.js"


class PlanbookOptions(Config):
    """Options in mkdocs.yml; the command line sets the same by environment variables, which win."""

    project = config_options.Type(str, default=".")
    as_of = config_options.Optional(config_options.Type((str, date)))
    edition = config_options.Choice([edition.value for edition in Edition], default=Edition.PUBLIC.value)
    changes_since = config_options.Type((str, date, int, float), default="")


def _every_file(book: Book) -> Iterable[Artifact]:
    return render_files(book, downloads=os.environ.get("PLANBOOK_DOWNLOADS") != "0")


class HtmlPage(Page):
    """A page that is HTML already: MkDocs has no source of it to read and no Markdown to render."""

    def __init__(self, ours: OurPage, file: File, config: MkDocsConfig) -> None:
        super().__init__(None, file, config)
        self.told = ours.meta

    def read_source(self, config: MkDocsConfig) -> None:
        """What its front matter says."""
        self.markdown, self.meta = "", self.told

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing: the plugin gives it its text, headings and anchors."""
        self.content = ""


class PlanbookPlugin(BasePlugin[PlanbookOptions]):
    """Registered as `planbook` for mkdocs.yml."""

    given: Drawing | None = None
    """The pages, set by whoever builds the site in this process; `mkdocs build` by itself reads the project."""
    files: Callable[[Book], Iterable[Artifact]] = staticmethod(_every_file)
    """What stands beside the pages; PLANBOOK_DOWNLOADS=0 in the environment leaves the papers out of it."""

    def __init__(self) -> None:
        self.in_navigation: frozenset[str] = frozenset()
        self.generated: set[str] = set()
        self.drawn: dict[str, tuple[int, int]] = {}
        self.waiting: IO[bytes] = tempfile.TemporaryFile()
        """What was drawn and is not written yet; `drawn` tells from where to where."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the project, fix the day, and put the project's templates before those of the program."""
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        self.drawing = self.given or self._read(config)
        self.book = self.drawing.book
        self.project, as_of = self.book.project, self.book.as_of
        midnight = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
        os.environ["SOURCE_DATE_EPOCH"] = str(int(midnight.timestamp()))
        if Path(config.config_file_path or "").parent != self.project.root and self.book.plans:
            # The theme prints the name as it is in places and escapes it in others: Markup is right in both.
            config.site_name = escape(printable(self.book.plans[0].head.title))
        config.docs_dir = str(self._site_folders("pages")[0])
        overrides = self._site_folders("overrides")
        self.framed = len(overrides) == 1
        config.theme.dirs[:0] = [str(folder) for folder in overrides]
        config.extra["planbook"] = {"as_of": as_of, "page_mark": printable(self.book.page_mark)}
        if self.book.internal:
            self._make_internal(config)
        return config

    @property
    def changes_since(self) -> str:
        """The version whose changes the site is to tell; empty for none."""
        return _version(self.config.changes_since)

    def _read(self, config: MkDocsConfig) -> Drawing:
        try:
            edition = _edition(os.environ.get("PLANBOOK_EDITION") or self.config.edition)
            as_of = _day(os.environ.get("PLANBOOK_AS_OF") or self.config.as_of)
            project = Project(_root(config, self.config.project))
            return Drawing(site_book(project, as_of, edition, self.changes_since))
        except PlanError as error:
            grave = [str(found) for found in error.findings if found.severity is Severity.ERROR]
            raise PluginError("\n".join(["计划数据有错误，网站没有生成：", *grave])) from None

    def _make_internal(self, config: MkDocsConfig) -> None:
        """The pages of the internal edition stand behind the first one; it never lands in the public folder."""
        if Path(config.site_dir).resolve() == self.project.site.resolve():
            config.site_dir = str(self.project.site_of(Edition.INTERNAL))
        added = [{self.book.terms(key): address.replace(".html", ".md")} for key, address in INTERNAL_PAGES]
        if config.nav:
            config.nav = [*config.nav[:1], *added, *config.nav[1:]]

    def _site_folders(self, name: str) -> list[Path]:
        folders = [folder / "site" / name for folder in self.project.template_folders]
        return [folder for folder in folders if folder.is_dir()]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page and file, and hand-written pages that the project does not have itself.

        MkDocs reads of a generated page its front matter; the page is drawn in its turn.
        """
        for folder in self._page_folders():
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder).as_posix()
                if path.is_file() and files.get_file_from_path(name) is None:
                    files.append(File.generated(config, name, abs_src_path=str(path)))
        for generated in self.drawing.pages.values():
            self.generated.add(generated.path)
            files.append(File.generated(config, generated.path, content=generated.head))
        for artifact in self.files(self.book):
            files.append(File.generated(config, artifact.path, content=artifact.content))
        return files

    def _page_folders(self) -> list[Path]:
        """Where pages and files lie that MkDocs does not find by itself; some only the internal edition has."""
        internal = self._site_folders("internal") if self.book.internal else []
        return [*self._site_folders("pages")[1:], *internal]

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files, **_: Any) -> Navigation:
        """The pages of the navigation have a look of their own: it shows where one is."""
        self.in_navigation = frozenset(page.file.src_uri for page in nav.pages)
        for file in files.documentation_pages():
            if file.src_uri in self.generated and file.src_uri not in self.in_navigation:
                HtmlPage(self.drawing.pages[file.src_uri], file, config)
        return nav

    def on_env(self, env: Environment, **_: Any) -> Environment:
        """Let pages be put into frames."""
        Frames(env)
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """A generated page is HTML already: Markdown has nothing to do there."""
        return "" if page.file.src_uri in self.generated else markdown

    def on_page_content(self, content: str, *, page: Page, **_: Any) -> str:
        """Give a generated page its table of contents and anchors; put every page into the search index."""
        index = self.drawing.index
        if page.file.src_uri not in self.generated:
            index.entries[page.url] = index.entry(SearchPage(page.url, html.unescape(str(page.title)), content))
            return content
        drawn = self.drawing.take(page.file.src_uri)
        self.drawn[page.file.src_uri] = self.waiting.seek(0, os.SEEK_END), self.waiting.write(drawn.content)
        page.toc, page.present_anchor_ids = get_toc(drawn.headings), set(drawn.anchors)
        index.entries[page.url] = drawn.entry
        if page.file.src_uri not in self.in_navigation and self.framed:
            page.meta["template"] = TEMPLATE
        return ""

    @event_priority(-50)
    def on_page_context(self, context: TemplateContext, *, page: Page, **_: Any) -> TemplateContext:
        """A generated page has its HTML only while it is written: all of them at once would fill the memory.

        Until then it waits on disk: it is drawn before, since its headings and its words are to be known. It comes
        after the theme's search plugin, which has nothing to do with it and looks for its own marks in every page.
        """
        if page.file.src_uri in self.drawn:
            start, length = self.drawn.pop(page.file.src_uri)
            self.waiting.seek(start)
            page.content = self.waiting.read(length).decode()
        return context

    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """What is written is let go."""
        if page.file.src_uri in self.generated:
            page.content = ""
        return output

    @event_priority(-150)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """After the theme's search plugin wrote an index and its offline plugin made a script of that."""
        folder = Path(config.site_dir)
        with (folder / SEARCH_INDEX).open("w+b") as index:
            index.writelines(self.drawing.index.pieces())
            if (folder / SEARCH_SCRIPT).exists():
                index.seek(0)
                with (folder / SEARCH_SCRIPT).open("wb") as script:
                    script.write(b"var __index = ")
                    shutil.copyfileobj(index, script)
        del self.drawing

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Rebuild when the plan or a template changes."""
        for folder in (self.project.plan, *self.project.template_folders):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def _root(config: MkDocsConfig, folder: str) -> Path:
    beside = Path(config.config_file_path or "mkdocs.yml").resolve().parent / folder
    return Path(os.environ.get("PLANBOOK_PROJECT") or beside).resolve()


def _day(written: object) -> date:
    """The day that the site stands for; today is read here and nowhere deeper."""
    if written is None:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise PluginError(f"as_of：“{shown(written)}”不是日期；{day_fault(str(written))}") from None


def _edition(written: str) -> Edition:
    """The edition that is asked for; a misspelt one never becomes the internal edition by chance."""
    try:
        return Edition(written)
    except ValueError:
        raise PluginError(f"edition 应为 public（公开版）或 internal（内部版），现为“{written}”") from None


def _version(written: object) -> str:
    """The version to compare with; what YAML took for a number would lose its zeros: 1.0, 0012345."""
    if isinstance(written, int | float):
        raise PluginError(f'changes_since 要写在引号里，如 changes_since: "{written}"')
    return str(written)
