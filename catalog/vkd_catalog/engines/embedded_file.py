"""What a file is that stands where the embedded register is stored, and is not whole."""

import re
from typing import Literal

from vkd_catalog.cache import Sealed

APPLICATION = 0x766B6472
"""What says that a database is a register of ours: "vkdr" in ASCII, in the place that SQLite has for such numbers."""

_DATABASE = re.compile(rb"SQLite format 3\0.{5}\x40\x20\x20", re.DOTALL)
"""How every SQLite database begins (sqlite.org/fileformat2.html, 1.3)."""

_APPLICATION_AT = slice(68, 72)
_SMALLEST_DATABASE = 512
_FIRST_PAGE = slice(0, 4096)
_BEFORE_IT_SAID_SO = (b"CREATE TABLE setting", b"CREATE INDEX sentence_by_characteristic")
"""What stands in the first page of a register that was made before registers said that they are ours."""


def trouble_with(sealed: Sealed) -> Literal["damaged", "link", "foreign"] | None:
    """What is wrong with a file that was not loaded; None where it is whole but made for another key or version."""
    match sealed.state:
        case "damaged" | "link":
            return sealed.state
        case "unreadable":
            return None
        case "unsealed":
            return _unsealed(bytes(sealed.data[_FIRST_PAGE]))
    return None


def _unsealed(start: bytes) -> Literal["damaged", "foreign"] | None:
    """What a file without a seal is, by its first page; None for a database that an earlier vkd made.

    Another program's database is foreign. All else must once have been ours, since nobody else uses these names, and is
    damaged.
    """
    is_database = len(start) >= _SMALLEST_DATABASE and _DATABASE.match(start)
    if not is_database or start[_APPLICATION_AT] == APPLICATION.to_bytes(4, "big"):
        return "damaged"
    return None if all(said in start for said in _BEFORE_IT_SAID_SO) else "foreign"
