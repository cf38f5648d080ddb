"""How completely a catalogue's information sets are described (docs/language.md section 9)."""

from vkd_catalog.coverage.counting import coverage_of
from vkd_catalog.coverage.shares import MEASURES, Coverage, Measure, Share, Shares

__all__ = ["MEASURES", "Coverage", "Measure", "Share", "Shares", "coverage_of"]
