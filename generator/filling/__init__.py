"""Workbooks of the upper level, filled from our rows by a mapping file."""
