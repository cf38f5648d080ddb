"""The data that products describe, held on this machine: which files an address means, which column belongs to which
sentence, what a cell says, and whether the description is true of them (docs/language.md section 12).

Nothing is fetched. `tables` alone speaks SQL and names DuckDB, which is the extra `data`; it is imported when data are
read and not before.
"""

from vkd_catalog.data.holding import ColumnFigures, Figures, Held, hold
from vkd_catalog.data.places import DataFile, Located, Unheld, located
from vkd_catalog.data.tables import ExtraMissing, require_extra

__all__ = [
    "ColumnFigures",
    "DataFile",
    "ExtraMissing",
    "Figures",
    "Held",
    "Located",
    "Unheld",
    "hold",
    "located",
    "require_extra",
]
