"""A slow reading of docs/language.md section 6, to hold the answers of vkd against: plain values in, plain values out.

It shares no code with what it judges. Days are bits of a number, sets are tried one after the other, and each function names the
sentence of the reference it reads.
"""

from tests.catalog.reading.covers import Cover, covers
from tests.catalog.reading.days import parse
from tests.catalog.reading.facts import ANY, Catalogue, Demand, Line, Product, Sentence

__all__ = ["ANY", "Catalogue", "Cover", "Demand", "Line", "Product", "Sentence", "covers", "parse"]
