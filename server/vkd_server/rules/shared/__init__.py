"""What several rules share with each other, and with features that make the same edits. Nothing here depends on a
single rule."""
