"""Asking an imported catalogue: what a demand's lines are answered by, and how well."""

from pathlib import Path

from tests.catalog.asking import HARMLESS, ask_text
from vkd_catalog.catalogue import open_catalogue


def answered(root: Path, lines: str) -> list[tuple[str, str]]:
    """The members of each cover, with the cover's grade; the demand's lines are those below its header."""
    catalogue = open_catalogue(root)
    answer, problems = ask_text(catalogue, f"0 / Demand description / a test\n{lines}\n", 3)
    catalogue.register.close()
    assert problems <= HARMLESS
    return [(" + ".join(cover.members), cover.grade) for cover in answer.covers]
