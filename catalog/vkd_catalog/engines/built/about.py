"""What a register file says of the catalogue that it was built of, and its tables beside those of the register."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from vkd_catalog.compiled import tables as compiled
from vkd_catalog.engines.embedded import layout_version

TABLES = f"""
{compiled.TABLES}
{";".join(compiled.INDEXES)};
CREATE TABLE link (subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT NOT NULL);
"""
"""The vocabularies, as they are compiled, and the mappings between their concepts."""

_VERSION = 3
"""Counts the changes of what stands in a file beside the register's own tables."""


def file_version() -> int:
    """The version of a register file: of the register's tables, and of what stands beside them."""
    return layout_version() * 100 + _VERSION


class About(NamedTuple):
    """The catalogue of a register file: what it calls itself, the language it speaks, its revision when it was built,
    and its licence, empty where none was stated.

    `is_public` says that what is internal was left out; else `root` is the folder that its addresses are relative to,
    and `archives` are the aliases that they may begin with.
    """

    name: str
    language: str
    revision: str
    licence: str
    is_public: bool
    root: str
    archives: Mapping[str, str]

    def written(self) -> str:
        """The same as it stands in a file."""
        return json.dumps(self._asdict(), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, said: str) -> "About":
        """What stands in a file. Raises ValueError, KeyError or TypeError where it is something else."""
        return cls(**json.loads(said))
