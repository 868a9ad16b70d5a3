"""Compiled templates are kept for the next book and the next process, and nothing of an earlier book stands in them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from jinja2.filters import do_upper

from generator.project import packaged_templates
from generator.renderers.site import compiled
from generator.renderers.site.compiled import CompiledTemplates, compiled_templates, when_drawn


def drawn(folder: Path, kept: CompiledTemplates, **filters: object) -> str:
    """`page.j2` of a folder, drawn by an environment of its own."""
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=kept, autoescape=True)
    environment.filters.update(filters)  # type: ignore[arg-type]
    return environment.get_template("page.j2").render()


def on_disk(folder: Path) -> CompiledTemplates:
    """As another process finds it: nothing in memory."""
    return CompiledTemplates(FileSystemBytecodeCache(str(folder), "%s.template"))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder with one template that asks a filter about a constant."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.j2").write_text('{{ "lead" | label }}\n', encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where compiled templates are kept."""
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder


@pytest.fixture
def byte_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte code is kept, whatever the shell says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing may be compiled."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(Environment, "_compile", refused)


def test_what_a_filter_says_of_a_constant_is_asked_anew_for_every_book(templates: Path) -> None:
    kept = CompiledTemplates()
    first = drawn(templates, kept, label=when_drawn({"lead": "牵头单位"}.__getitem__))
    second = drawn(templates, kept, label=when_drawn({"lead": "牵头部门"}.__getitem__))
    assert (first, second) == ("牵头单位", "牵头部门")


def test_the_next_process_need_not_compile(
    templates: Path, store: Path, byte_code: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = drawn(templates, on_disk(store), label=when_drawn(str.upper))
    forbid_compiling(monkeypatch)
    assert drawn(templates, on_disk(store), label=when_drawn(str.upper)) == told == "LEAD"


def test_a_template_that_changed_is_compiled_anew(templates: Path, store: Path, byte_code: None) -> None:
    drawn(templates, on_disk(store), label=when_drawn(str.upper))
    (templates / "page.j2").write_text("二稿", encoding="utf-8")
    assert drawn(templates, on_disk(store), label=when_drawn(str.upper)) == "二稿"


def test_code_compiled_for_another_way_of_asking_is_not_taken(
    templates: Path, store: Path, byte_code: None
) -> None:
    drawn(templates, on_disk(store), label=when_drawn(str.upper))
    assert drawn(templates, on_disk(store), label=do_upper) == "LEAD"


def test_a_kept_file_that_is_cut_short_anywhere_is_made_anew(
    templates: Path, store: Path, byte_code: None
) -> None:
    drawn(templates, on_disk(store), label=when_drawn(str.upper))
    (kept,) = store.iterdir()
    whole = kept.read_bytes()
    for length in range(0, len(whole), 7):
        kept.write_bytes(whole[:length])
        assert drawn(templates, on_disk(store), label=when_drawn(str.upper)) == "LEAD"
    assert kept.read_bytes() == whole


def test_where_nothing_can_be_written_pages_are_drawn_all_the_same(templates: Path, byte_code: None) -> None:
    assert drawn(templates, on_disk(templates / "no such folder"), label=when_drawn(str.upper)) == "LEAD"


def test_who_wants_no_byte_code_on_disk_gets_none(
    templates: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert drawn(templates, on_disk(store), label=when_drawn(str.upper)) == "LEAD"
    assert list(store.iterdir()) == []


def test_a_projects_own_templates_are_kept_in_memory_only(templates: Path) -> None:
    ours = packaged_templates() / "site" / "generated"
    missing = templates / "missing"
    assert compiled_templates([templates, ours]) is compiled._in_memory()
    assert compiled_templates([missing, ours]) is compiled._on_disk()
