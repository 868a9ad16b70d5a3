"""Scripts and styles of our own keep to what browsers of 2018 know; Chromium 69 is the oldest that is promised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from calmjs.parse import es5
from calmjs.parse.exceptions import ECMASyntaxError

from tests.conftest import ROOT

SITE = ROOT / "templates" / "site"
SCRIPTS = sorted((SITE / "pages" / "assets").rglob("*.js"))
STYLES = sorted((SITE / "pages" / "assets").rglob("*.css"))
TEMPLATES = sorted([*SITE.glob("overrides/**/*.html"), *SITE.glob("generated/*.j2")])
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
LATER_NAMES = re.compile(
    r"""\b(?:structuredClone|globalThis|queueMicrotask|WeakRef|replaceChildren|replaceAll|matchAll|fromEntries|
    allSettled|Promise\.any|hasOwn|findLast\w*|randomUUID|showPicker|checkVisibility|CompressionStream|scrollend)\b
    |\.at\(|\.text\(\)|\.arrayBuffer\(\)|\.toSorted\(""",
    re.VERBOSE,
)
"""Names that scripts find in browsers younger than Chromium 69 only; `text` is taken for the method of a blob."""
LATER_STYLES = re.compile(
    r"""(?<![\w-])(?:gap|row-gap|inset(?:-\w+)*|aspect-ratio|accent-color|text-wrap|translate|rotate|scale|
    content-visibility|overscroll-behavior-inline|scrollbar-gutter|field-sizing)\s*:|
    :(?:is|where|has|not\([^)]*,)\(?|:focus-visible|@layer|@container|@supports\s+selector|
    (?<![\w-])(?:min|max|clamp|color-mix|light-dark)\(|\d(?:dvh|svh|lvh|cqw)\b""",
    re.VERBOSE,
)
"""What styles of such browsers do not know; `grid-gap` is the old name that they do."""


def _script_texts() -> Iterator[tuple[str, str]]:
    for path in SCRIPTS:
        yield path.relative_to(SITE).as_posix(), path.read_text("utf-8")
    for path in TEMPLATES:
        for number, script in enumerate(INLINE.findall(path.read_text("utf-8"))):
            yield f"{path.relative_to(SITE).as_posix()}#{number}", script


SOURCES = dict(_script_texts())


@pytest.mark.parametrize("name", SOURCES)
def test_every_script_is_es5(name: str) -> None:
    es5(SOURCES[name])
    assert '"use strict"' in SOURCES[name] or "#" in name


@pytest.mark.parametrize("name", SOURCES)
def test_no_script_calls_what_came_after_2018(name: str) -> None:
    code = re.sub(r"/\*.*?\*/|//[^\n\"']*$", "", SOURCES[name], flags=re.DOTALL | re.MULTILINE)
    assert LATER_NAMES.findall(code) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_relies_on_what_came_after_2018(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert LATER_STYLES.findall(code) == []


@pytest.mark.parametrize(
    "newer", ["var f = () => 1;", "let a = 1;", "var s = `x`;", "a?.b;", "a ?? b;", "f(...list);", "class A {}"]
)
def test_the_judge_of_scripts_refuses_what_is_newer(newer: str) -> None:
    with pytest.raises(ECMASyntaxError):
        es5(newer)


def test_the_judges_of_names_and_styles_find_what_they_look_for() -> None:
    assert LATER_NAMES.search("var copy = structuredClone(value);")
    assert LATER_NAMES.search("text.replaceAll('a', 'b')")
    assert LATER_STYLES.search("ul { display: flex; gap: 1rem }")
    assert LATER_STYLES.search("a:is(.b, .c) { inset: 0 }")
    assert not LATER_STYLES.search("ul { grid-gap: 1rem; max-height: 3em; scroll-margin-top: 5rem }")
