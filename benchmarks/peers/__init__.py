"""The register beside what one would take instead of it: the same sentences, the same questions, equal answers."""
