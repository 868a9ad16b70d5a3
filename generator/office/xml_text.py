"""Text as XML may hold it: every office file and every network file is XML inside."""

from __future__ import annotations

import re

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without what XML 1.0 forbids: control characters, lone surrogates, U+FFFE and U+FFFF."""
    return FORBIDDEN.sub("", text)
