"""Links and anchors of a built site, checked as files: what points where, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

FETCHED = (("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"))


def pages(site: Path) -> list[Path]:
    """Every page of a site but the one for what is not found, which knows nothing of where it stands."""
    return [path for path in sorted(site.rglob("*.html")) if path.name != "404.html"]


def dead_links(site: Path, allowed: frozenset[str] = frozenset()) -> list[str]:
    """`page → link` for every link or file that is not there, or whose anchor is not."""
    trees = {path: html.parse(str(path)) for path in pages(site)}
    anchors = {path: set(tree.xpath("//@id | //a/@name")) for path, tree in trees.items()}
    dead = []
    for path, tree in trees.items():
        for link in set(tree.xpath("//@href | //link/@href | //script/@src | //img/@src")):
            target, anchor = _target(path, str(link))
            anchor = "" if "=" in anchor else anchor  # `#unit=water` is what a page is to be filtered by
            if target is None or target.relative_to(site).as_posix() in allowed:
                continue
            if not target.is_file() or (anchor and anchor not in anchors.get(target, set())):
                dead.append(f"{path.relative_to(site)} → {link}")
    return sorted(dead)


def _target(page: Path, link: str) -> tuple[Path | None, str]:
    """The file and the anchor that a link means; None for what leads out of the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None, ""
    file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return file, unquote(parts.fragment)


def foreign_files(site: Path) -> Iterator[str]:
    """Addresses of other hosts that a page would fetch by itself."""
    for path in sorted(site.rglob("*.html")):
        tree = html.parse(str(path))
        for tag, name in FETCHED:
            for value in tree.xpath(f"//{tag}/@{name}"):
                if urlsplit(value).scheme not in {"", "data"} or urlsplit(value).netloc:
                    yield f"{path.relative_to(site)} → {value}"
