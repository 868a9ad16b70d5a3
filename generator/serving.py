"""The site while its plan is edited: read anew at every change, each page and file made when it is looked at.

A whole build of a large plan takes many seconds; the page that somebody waits for takes a fraction of one. What is
shown is what a build writes, byte for byte, but for the script at its end that reloads the page.
"""

from __future__ import annotations

import html
import posixpath
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from subprocess import DEVNULL
from threading import Lock
from typing import Any, Protocol

# MkDocs has no other way to make one page than these steps of its build.
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from generator.drawing import Drawing
from generator.findings import PlanError, Severity
from generator.mkdocs_plugin import SEARCH_INDEX, SEARCH_SCRIPT
from generator.mkdocs_site import PagesError, plugin, refusals, settings
from generator.pipeline import site_book
from generator.project import Edition, Project
from generator.renderers.deliverables import Item
from generator.renderers.naming import ALL
from generator.renderers.registry import SITE_ARCHIVE

SEARCH_FILES = (SEARCH_INDEX, SEARCH_SCRIPT)
NOT_FOUND = "404.html"
SECONDS_BETWEEN_LOOKS = 0.25
FAULTY = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>计划数据有错误</title></head>
<body><h1>计划数据有错误，改好保存后自动刷新</h1><pre style="white-space: pre-wrap">{}</pre></body></html>
"""

NOT_MADE = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>压缩包没有做成</title></head>
<body><h1>整个网站的压缩包没有做成</h1>
<p>请运行 planbook build 查看原因；做成后在 {} 里取。</p></body></html>
"""
FAULTS_TOLD = 20
"""In the terminal; the page has all."""


class Shown(Protocol):
    """What a browser is shown: a site, or why there is none."""

    def content(self, name: str) -> bytes | None:
        """The file at an address such as `measures/scheme-14.html`; None where there is none."""

    def archive(self, name: str) -> bytes | None:
        """The zip of the whole site, where that is the address, made when it is asked for; None at any other."""

    def absent(self, name: str) -> bytes | None:
        """A page that says why there is no file at an address that the site links to; None at any other."""

    def retire(self) -> None:
        """Nobody is to look at it any more."""


class Fault:
    """Stands where a site cannot be made: every page tells the keeper what is to be mended."""

    def __init__(self, told: str) -> None:
        self.lines = told.splitlines()
        self.page = FAULTY.format(html.escape(told)).encode()

    def content(self, name: str) -> bytes | None:
        """The same page at every address."""
        return self.page if name.endswith(".html") else None

    def archive(self, name: str) -> bytes | None:
        """There is no site to pack."""
        return None

    def absent(self, name: str) -> bytes | None:
        """Nothing is linked to."""
        return None

    def account(self) -> str:
        """What the terminal says, as `planbook check` does."""
        rest = len(self.lines) - FAULTS_TOLD
        more = [f"……另有 {rest} 处，见网页"] if rest > 0 else []
        return "\n".join(["计划数据、模板或设置有错误，网页上也列出：", *self.lines[:FAULTS_TOLD], *more])

    def retire(self) -> None:
        """Nothing is held."""


class SiteOnDemand:
    """The site of a project as its files are now; raises PlanError or PagesError where there can be none."""

    def __init__(self, project: Project, as_of: date, edition: Edition) -> None:
        self.retired = False
        self.lock, self.packing = Lock(), Lock()
        self.build: subprocess.Popen[bytes] | None = None
        self.made: dict[str, bytes] = {}
        self.populated: set[str] = set()
        with refusals(project):
            self.config = settings(project)
            self.plugin = plugin(self.config)
            self.book = site_book(project, as_of, edition, self.plugin.changes_since)
            self.drawing = Drawing(self.book)
            self.archive_path = SITE_ARCHIVE.path(self.book, Item(ALL))
            self.plugin.given, self.plugin.files = self.drawing, lambda _: ()
            self.folder = Path(tempfile.mkdtemp(prefix="planbook-"))
            try:
                self._read()
            except BaseException:
                self.retire()
                raise

    def _read(self) -> None:
        """What a build of MkDocs does before it draws the first page."""
        self.config.site_dir = str(self.folder)
        plugins = self.config.plugins
        plugins.on_startup(command="build", dirty=False)
        self.config = plugins.on_config(self.config)
        plugins.on_pre_build(config=self.config)
        self.config.site_dir = str(self.folder)  # the internal edition is told to go elsewhere
        files, env = get_files(self.config), self.config.theme.get_env()
        files.add_files_from_theme(env, self.config)
        self.files = plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        self.nav = plugins.on_nav(get_navigation(self.files, self.config), config=self.config, files=self.files)
        self.env = plugins.on_env(env, config=self.config, files=self.files)
        self.pages = self.files.documentation_pages()
        self.by_address = {file.dest_uri: file for file in self.files}
        for file in self.pages:
            if file.page is None:
                Page(None, file, self.config)
        self.drawing.index.expect(file.url for file in self.pages)

    def content(self, name: str) -> bytes | None:
        """One file, made on the first asking."""
        if name in SEARCH_FILES:
            # Every page has to be drawn for the index: whoever asks for a page meanwhile need not wait for all.
            for file in self.pages:
                with self.lock:
                    if self.retired:
                        return None
                    self._populate(file)
        with self.lock:
            if name not in self.made and not self.retired:
                made = self._make(name)
                if made is None:
                    return None
                self.made[name] = made
            return self.made.get(name)

    def archive(self, name: str) -> bytes | None:
        """Only a build packs the whole site, so there is one, in a process of its own and in a folder of ours."""
        if name != self.archive_path:
            return None
        whole = self.folder / "whole"
        with self.packing:
            if not self.retired and not (whole / name).exists():
                self.build = subprocess.Popen(self._command(whole), stdout=DEVNULL, stderr=DEVNULL)
                self.build.wait()
            return (whole / name).read_bytes() if (whole / name).is_file() else None

    def _command(self, target: Path) -> list[str]:
        asked = ("--project", self.book.project.root, "--as-of", self.book.as_of, "--edition", self.book.edition)
        return [sys.executable, "-m", "generator", "build", *map(str, asked), "--out", str(target)]

    def absent(self, name: str) -> bytes | None:
        """What came in the place of the zip."""
        if name != self.archive_path:
            return None
        target = self.book.project.site_of(self.book.edition)
        return NOT_MADE.format(html.escape(f"{target.name}/{name}")).encode()

    def _make(self, name: str) -> bytes | None:
        file, target = self.by_address.get(name), self.folder / name
        if name in SEARCH_FILES:
            if not target.is_file():  # all of them are written at once
                self.config.plugins.on_post_build(config=self.config)
        elif (template := name.removesuffix(".gz")) in self.config.theme.static_templates:
            _build_theme_template(template, self.env, self.files, self.config, self.nav)
        elif file and file.is_documentation_page():
            self._populate(file)
            if file.page:
                _build_page(file.page, self.config, self.pages, self.nav, self.env)
        else:
            return file.content_bytes if file else self.drawing.file(name)
        return target.read_bytes() if target.is_file() else None

    def _populate(self, file: File) -> None:
        """Read and draw a page: once, for its headings and its words must not be entered twice."""
        if file.page and file.src_uri not in self.populated:
            self.populated.add(file.src_uri)
            _populate_page(file.page, self.config, self.files)

    def retire(self) -> None:
        """Give up what is still being made, and the folder."""
        self.retired = True
        if self.build:
            self.build.terminate()
        with self.lock, self.packing:
            self.plugin.waiting.close()
            shutil.rmtree(self.folder, ignore_errors=True)


def shown(project: Project, as_of: date, edition: Edition) -> Shown:
    """The site, or what keeps it from being made."""
    try:
        return SiteOnDemand(project, as_of, edition)
    except PlanError as error:
        grave = [str(found) for found in error.findings if found.severity is Severity.ERROR]
        return Fault("\n".join(grave))
    except PagesError as error:
        return Fault(str(error))


class Preview(LiveReloadServer):
    """MkDocs' own server, which watches files and reloads browsers; what it shows comes from memory."""

    def __init__(self, make: Callable[[], Shown], host: str, port: int, tell: Callable[[str], None]) -> None:
        super().__init__(self.rebuild, host, port, root=".", polling_interval=SECONDS_BETWEEN_LOOKS)
        self.make, self.tell = make, tell
        self.shown: Shown = make()
        if isinstance(self.shown, Fault):
            tell(self.shown.account())
        self.error_handler = lambda code: self.shown.content(NOT_FOUND) if code == 404 else None

    def rebuild(self) -> None:
        """Read everything anew; the old site gives up what it is at first, so as not to be in the way."""
        started = time.monotonic()
        self.shown.retire()
        self.shown = self.make()
        seconds = time.monotonic() - started
        self.tell(self.shown.account() if isinstance(self.shown, Fault) else f"已刷新（{seconds:.1f} 秒）")

    def server_activate(self) -> None:
        """Listen, and only then say where."""
        super().server_activate()
        self.tell(f"网站在 {self.url} ，计划或模板一改就刷新；按 Ctrl+C 结束")

    def _serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):
            return super()._serve_request(environ, start_response)
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            epoch, shown = self._visible_epoch, self.shown
        name = posixpath.normpath(f"/{path}index.html" if path.endswith("/") else f"/{path}").lstrip("/")
        content, status = shown.content(name), "200 OK"
        if content is None:
            content = shown.archive(name)
        if content is None:
            content, status = shown.absent(name), "404 Not Found"
            name = NOT_FOUND
        if content is None:
            return None
        if name.endswith(".html"):
            content = self._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        kind = self._guess_type(name)  # type: ignore[no-untyped-call]
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(content)))])
        return [content]


def preview(
    project: Project, as_of: date, edition: Edition, host: str, port: int, tell: Callable[[str], None]
) -> Preview:
    """A server that shows the site of a project and watches what it is made of."""
    server = Preview(lambda: shown(project, as_of, edition), host, port, tell)
    for watched in (project.plan, *project.template_folders, project.mkdocs_yml):
        if watched.exists():
            server.watch(str(watched))
    return server


def serve(project: Project, as_of: date, edition: Edition, address: str, tell: Callable[[str], None]) -> None:
    """Show the site at `address` (`127.0.0.1:8000`) until the user ends it; OSError where it is taken."""
    host, _, port = address.rpartition(":")
    server = preview(project, as_of, edition, host, int(port), tell)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.shown.retire()
