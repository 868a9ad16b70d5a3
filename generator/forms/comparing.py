"""How texts of forms are compared: what somebody typed is never letter by letter what was printed."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Text as it is compared: half-width, no white space."""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())
