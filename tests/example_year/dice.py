"""Figures that look thrown and are the same on every machine."""

from __future__ import annotations

import hashlib


class Dice:
    """Throws that follow from a text."""

    def __init__(self, seed: str) -> None:
        self.seed, self.thrown = seed, 0

    def _share(self) -> float:
        """From 0 up to 1."""
        self.thrown += 1
        digest = hashlib.sha256(f"{self.seed} {self.thrown}".encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._share() * (most - least + 1))

    def between(self, least: float, most: float) -> float:
        """Any number between two."""
        return least + self._share() * (most - least)
