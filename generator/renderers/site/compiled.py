"""Templates as Jinja compiled them: kept in memory for the next book, and on disk as Python keeps byte code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context

from generator.project import packaged_templates

BESIDE_BYTE_CODE = Path(cache_from_source(__file__)).parent
"""A folder that goes with every chore that clears away byte code; nobody but whoever installs us writes there."""


class CompiledTemplates(BytecodeCache):
    """What one process compiled, for all its environments; with a `store`, also what earlier processes did.

    Jinja compares the checksum of a template's source itself; here its own version and the settings of the
    environment are compared as well, since the code that it compiles depends on both.
    """

    def __init__(self, store: BytecodeCache | None = None) -> None:
        self._kept: dict[str, bytes] = {}
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it is of the same source."""
        bucket.checksum += settings_of(bucket.environment)
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])
        elif self._store:
            try:
                self._store.load_bytecode(bucket)
            except Exception:  # a file cut short or spoilt fails in many ways; it is made anew
                bucket.reset()
            if bucket.code:
                self._kept[bucket.key] = bucket.bytecode_to_string()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; where nothing can be written, the next process compiles it again."""
        self._kept[bucket.key] = bucket.bytecode_to_string()
        if self._store and not sys.dont_write_bytecode:
            with suppress(OSError):
                self._store.dump_bytecode(bucket)


def settings_of(environment: Environment) -> str:
    """What compiled code depends on beside the template."""
    passed = sorted((name, getattr(used, "jinja_pass_arg", None)) for name, used in environment.filters.items())
    blocks = environment.trim_blocks, environment.lstrip_blocks, environment.autoescape
    return f"{jinja2.__version__} {blocks} {passed}"


@cache
def _in_memory() -> CompiledTemplates:
    return CompiledTemplates()


@cache
def _on_disk() -> CompiledTemplates:
    return CompiledTemplates(FileSystemBytecodeCache(str(BESIDE_BYTE_CODE), "%s.template"))


def compiled_templates(folders: Iterable[Path]) -> CompiledTemplates:
    """For an environment that looks into these folders: a project's own templates are not kept on disk."""
    installed = packaged_templates(), Path(jinja2.__file__).parent.parent
    strange = any(folder.is_dir() and not any(map(folder.is_relative_to, installed)) for folder in folders)
    return _in_memory() if strange else _on_disk()


def when_drawn(asked: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose answer depends on the book.

    Of any other Jinja takes the answer about a constant, `{{ "lead" | label }}`, into the compiled template.
    """

    @pass_context
    def answer(_: Context, *values: Any) -> Any:
        return asked(*values)

    return answer
