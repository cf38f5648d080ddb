"""Edits of the text: code actions, formatting, renaming, moving."""
