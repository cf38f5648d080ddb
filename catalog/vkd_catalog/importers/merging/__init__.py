"""A second run on a newer source: what it writes, put together with what people have changed since the last run.

Three texts are compared: what the last run wrote, what stands there now, and what this run would write. What one side
alone changed is taken; what both changed stays as people have it, with the source's version written beside it, and is
named. Nothing is overwritten in silence.
"""

from collections.abc import Callable

from vkd_catalog.importers.merging.descriptions import merged_descriptions
from vkd_catalog.importers.merging.lines import merged_prose, merged_rows, merged_text
from vkd_catalog.importers.merging.outcome import Clash, Merged
from vkd_catalog.importers.merging.tables import merged_table

__all__ = ["Clash", "Merged", "merged"]

_BY_ENDING: tuple[tuple[str, Callable[[str | None, str, str], Merged]], ...] = (
    (".vkd", merged_descriptions),
    (".csv", merged_table),
    (".tsv", merged_rows),
    (".md", merged_prose),
)


def merged(name: str, before: str | None, mine: str, theirs: str) -> Merged:
    """The file `name`: as the last run wrote it (None where that is not known), as it is, and as it would be written.

    Descriptions are put together sentence by sentence, tables cell by cell, all else line by line.
    """
    if mine == theirs or theirs == before:
        return Merged(mine)
    if mine == before:
        return Merged(theirs)
    by_ending = (how for ending, how in _BY_ENDING if name.endswith(ending))
    return next(by_ending, merged_text)(before, mine, theirs)
