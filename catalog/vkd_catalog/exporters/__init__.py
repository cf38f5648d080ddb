"""Exporters: what a catalogue holds, in the forms that other tools read.

The list is explicit; a new exporter is its module and one line here.
"""

from vkd_catalog.exporters import skos
from vkd_catalog.exporters.exporter import ExportedFile, Exporter

EXPORTERS: tuple[Exporter, ...] = (skos.EXPORTER,)

__all__ = ["EXPORTERS", "ExportedFile", "Exporter"]
