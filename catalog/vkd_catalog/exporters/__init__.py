"""Exporters: what a catalogue holds, in the forms that other tools read.

The list is explicit; a new exporter is its module and one line here.
"""

from vkd_catalog.exporters import dataset_search, dcat_ap, ddi_codebook, health_dcat_ap, skos, sssom, tables
from vkd_catalog.exporters.addresses import is_iri
from vkd_catalog.exporters.exporter import ExportedFile, Exporter, ExportRefusedError, Stated

EXPORTERS: tuple[Exporter, ...] = (
    skos.EXPORTER,
    tables.EXPORTER,
    sssom.EXPORTER,
    dcat_ap.EXPORTER,
    health_dcat_ap.EXPORTER,
    dataset_search.EXPORTER,
    ddi_codebook.EXPORTER,
)

__all__ = ["EXPORTERS", "ExportRefusedError", "ExportedFile", "Exporter", "Stated", "is_iri"]
