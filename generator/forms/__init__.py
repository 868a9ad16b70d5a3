"""Forms that units fill in: the mark written and the mark read back are one decision (`fields.py`)."""

from generator.forms.writer import draw_form

__all__ = ["draw_form"]
