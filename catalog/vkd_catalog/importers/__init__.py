"""Importers: public catalogues on disk made into complete workspaces.

The list is explicit; a new importer is its module and one line here.
"""

from vkd_catalog.importers import dst_fsv, ssb_nudb
from vkd_catalog.importers.report import (
    REPORT_FILE,
    Importer,
    ImportRefusedError,
    ImportReport,
    ImportSourceError,
    ImportTargetError,
    Unmapped,
    Written,
)

IMPORTERS: tuple[Importer, ...] = (ssb_nudb.IMPORTER, dst_fsv.IMPORTER)

__all__ = [
    "IMPORTERS",
    "REPORT_FILE",
    "ImportRefusedError",
    "ImportReport",
    "ImportSourceError",
    "ImportTargetError",
    "Importer",
    "Unmapped",
    "Written",
]
