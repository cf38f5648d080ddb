"""What `vkd describe` would draft of some files, to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.describing.describe import Surroundings, describe
from vkd_catalog.describing.report import column_rows
from vkd_catalog.describing.request import Request
from vkd_catalog.describing.sources import read_files
from vkd_server.rules.shared.personal import masked

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue


class Drafted(NamedTuple):
    """A draft: its text, for each column the word it was taken for and why, and the files that could not be read."""

    text: str
    columns: tuple[tuple[str, str, str], ...]
    unread: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The draft as the command `vkd.describe` answers it."""
        columns = [dict(zip(("column", "word", "why"), row, strict=True)) for row in self.columns]
        return {"text": self.text, "columns": columns, "unread": list(self.unread)}


def drafted(catalogue: Catalogue, paths: Sequence[Path]) -> Drafted:
    """A draft of product descriptions for some data files and codebooks, in the words of a catalogue."""
    request = Request(tuple(paths), datetime.now(UTC).date())
    read = read_files(request, masked)

    def is_taken(identification: str, _file: str) -> bool:
        return bool(catalogue.places_of(identification))

    outcome = describe(request, read, catalogue, Surroundings(is_taken=is_taken, hide=masked))
    columns = (said for one in outcome.described for draft in one.drafts for said in draft.columns)
    return Drafted(
        "\n".join(one.text for one in outcome.described),
        tuple(column_rows(columns, catalogue.language)),
        tuple(str(error) for error in outcome.unread),
    )
