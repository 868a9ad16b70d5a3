"""Where things are in a project folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path


class Edition(StrEnum):
    """版本 of the site: 公开版 holds the plan alone, 内部版 also progress, findings, reminders and air quality."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Project:
    """A folder with `plan/`; its own `templates/` win file by file over those that come with the program."""

    root: Path

    @property
    def plan(self) -> Path:
        """The data: what officials decided."""
        return self.root / "plan"

    @property
    def site(self) -> Path:
        """The output of a build."""
        return self.site_of(Edition.PUBLIC)

    def site_of(self, edition: Edition) -> Path:
        """The output of a build of one edition; the two never share a folder."""
        return self.root / ("site" if edition is Edition.PUBLIC else "site-internal")

    @property
    def returns(self) -> Path:
        """Where people put what came back; git ignores it."""
        return self.root / "returns"

    @property
    def evidence(self) -> Path:
        """Where evidence lies, by year and task; git ignores it."""
        return self.root / "evidence"

    @property
    def mkdocs_yml(self) -> Path:
        """The site's settings: the project's own, else those that come with the program."""
        own = self.root / "mkdocs.yml"
        packaged = packaged_templates()
        beside = packaged if packaged.name == "_templates" else packaged.parent
        return own if own.is_file() else beside / "mkdocs.yml"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked for, first match wins."""
        own = self.root / "templates"
        return (own, packaged_templates()) if own.resolve() != packaged_templates().resolve() else (own,)

    def template(self, name: str) -> Path:
        """The file of one template, such as `word/task_list.docx`; FileNotFoundError if there is none."""
        for folder in self.template_folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)


def packaged_templates() -> Path:
    """The templates inside an installed package, or beside the package in a checkout."""
    package = Path(str(files("generator")))
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def find_project(start: Path) -> Project | None:
    """The nearest folder upward from `start` that has `plan/`."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "plan").is_dir():
            return Project(folder)
    return None
