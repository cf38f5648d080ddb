"""What is asked of `vkd describe`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.describing.concepts import Rows

NO_ROWS = Rows({}, {})
"""No rows of vocabularies."""


class Request(NamedTuple):
    """What is to be described and how.

    `codebook` is taken for one whatever it looks like, and `mapping` names the headings of what it says. `object_type`,
    `name` and `time` are words that hold for all files, empty where they are to be found out. `words` are those chosen
    for columns, by their loose name. `adds` says that words may be added to the vocabularies, among which `own` are the
    rows that earlier runs wrote.
    """

    files: tuple[Path, ...]
    day: date
    codebook: Path | None = None
    mapping: Mapping[str, str] = {}
    object_type: str = ""
    name: str = ""
    time: str = ""
    words: Mapping[str, str] = {}
    adds: bool = False
    own: Rows = NO_ROWS
