"""Importers: files on disk made into complete workspaces.

The list is explicit; a new format is its module and one line here.
"""

from vkd_catalog.importers import dst_fsv, px, pxweb, sdmx, skos, ssb_nudb
from vkd_catalog.importers.importer import Draft, Importer, Request, run_import
from vkd_catalog.importers.report import (
    REPORT_FILE,
    Changed,
    ImportRefusedError,
    ImportReport,
    ImportSourceError,
    ImportTargetError,
    MissingExtraError,
    Unmapped,
    Written,
)

IMPORTERS: tuple[Importer, ...] = (
    ssb_nudb.IMPORTER,
    dst_fsv.IMPORTER,
    px.IMPORTER,
    skos.IMPORTER,
    pxweb.IMPORTER,
    sdmx.IMPORTER,
)

__all__ = [
    "IMPORTERS",
    "REPORT_FILE",
    "Changed",
    "Draft",
    "ImportRefusedError",
    "ImportReport",
    "ImportSourceError",
    "ImportTargetError",
    "Importer",
    "MissingExtraError",
    "Request",
    "Unmapped",
    "Written",
    "run_import",
]
