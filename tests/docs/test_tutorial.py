"""docs/tutorial.md, docs/describe.md and docs/import.md: their commands print what stands under them, and lead where they say."""

from pathlib import Path

import pytest

from docs import tutorial
from tests.docs.pages import blocks


@pytest.mark.parametrize("page", tutorial.PAGES, ids=lambda page: page.stem)
def test_a_page_prints_what_it_says(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == tutorial.page(page), "run: make pages"


def test_it_ends_with_a_cover_and_a_near_miss() -> None:
    *_, found, missed = [
        one.text for one in blocks(tutorial.PAGE.read_text(encoding="utf-8")) if one.language == "console"
    ]
    assert "The catalogue has 1 answer: " in found
    assert "The catalogue has no answer to the whole demand." in missed
    assert "income-2020" in missed
