"""Edits of the text: other ways to write the same, renaming, fixes, formatting."""
