"""planbook: a government plan as data."""
