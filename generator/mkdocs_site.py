"""MkDocs at work in this process: it makes the pages of a book, all of them into a folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, TemplateError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.drawing import Drawing
from generator.mkdocs_plugin import PlanbookPlugin
from generator.project import Project
from generator.renderers.site.compiled import compiled_templates
from generator.site_faults import told


class PagesError(Exception):
    """MkDocs refused its settings, a page or a template; the text is all that it said."""


class _Kept(logging.Handler):
    """What was logged, line by line."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname}: {record.getMessage()}")


class _Shown(FileSystemLoader):
    """The theme's templates; of its files MkDocs lists those that it copies into the site, and no hidden ones."""

    def list_templates(self) -> list[str]:
        """All but what lies in hidden folders: fourteen thousand icons, each of which MkDocs would look at."""
        found: set[str] = set()
        for folder in self.searchpath:
            for place, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                within = Path(place).relative_to(folder)
                found.update((within / name).as_posix() for name in names)
        return sorted(found)


class MkDocsSite:
    """The settings of a project's site, and MkDocs to build it by them; PagesError where they are unusable."""

    def __init__(self, project: Project) -> None:
        self.project = project
        with refusals(project):
            self.config = settings(project)
            self.changes_since = plugin(self.config).changes_since

    def build(self, drawing: Drawing, folder: Path) -> None:
        """Every page of a book, and nothing else, into `folder`; a warning ends it like a fault."""
        with refusals(self.project):
            self.config.site_dir = str(folder)
            plugin(self.config).given, plugin(self.config).files = drawing, lambda _: ()
            self.config.plugins.on_startup(command="build", dirty=False)
            build(self.config)
            self.config.plugins.on_shutdown()
            plugin(self.config).waiting.close()


def settings(project: Project) -> MkDocsConfig:
    """A project's `mkdocs.yml`, read anew: a build changes what it is given."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    config = load_config(str(project.mkdocs_yml), strict=True)
    new_environment = config.theme.get_env

    def environment() -> Environment:
        # The theme and its plugins make one after another and compile the same templates in each.
        made = new_environment()
        made.loader = _Shown(config.theme.dirs)
        made.bytecode_cache = compiled_templates(map(Path, config.theme.dirs))
        return made

    config.theme.get_env = environment  # type: ignore[method-assign]
    return config


def plugin(config: MkDocsConfig) -> PlanbookPlugin:
    """Our plugin among those that the settings name."""
    if "planbook" not in config.plugins:
        raise MkDocsException("mkdocs.yml 的 plugins 里没有 planbook")
    return cast(PlanbookPlugin, config.plugins["planbook"])


@contextmanager
def refusals(project: Project) -> Iterator[None]:
    """Tell in Chinese what MkDocs logged as a PagesError where it gives up, else nothing."""
    log, kept = logging.getLogger("mkdocs"), _Kept()
    log.addHandler(kept)
    try:
        yield
    except (MkDocsException, TemplateError) as fault:
        raise PagesError(told(kept.lines, fault, project.root, project.mkdocs_yml)) from None
    finally:
        log.removeHandler(kept)
