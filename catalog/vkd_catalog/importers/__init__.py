"""Importers: files on disk made into complete workspaces.

The list is explicit; a new format is its module and one line here.
"""

from vkd_catalog.importers import (
    datadoc,
    dcat_ap,
    ddi_codebook,
    dst_fsv,
    exported_tables,
    klass,
    microdata_no,
    px,
    pxweb,
    reg_meta,
    registream,
    sdmx,
    skos,
    ssb_nudb,
    table,
    vardef,
    vardok,
)
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
    ddi_codebook.IMPORTER,
    vardok.IMPORTER,
    vardef.IMPORTER,
    klass.IMPORTER,
    datadoc.IMPORTER,
    microdata_no.IMPORTER,
    dcat_ap.IMPORTER,
    registream.IMPORTER,
    reg_meta.IMPORTER,
    table.IMPORTER,
    exported_tables.IMPORTER,
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
