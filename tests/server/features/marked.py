"""Texts with a mark where the cursor is, read against the census example."""

from functools import cache

from tests.server.workspaces import CENSUS, PARSER
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import configuration_for
from vkd_grammar.document import Document, read_document
from vkd_grammar.text import Position, split_lines
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.snapshot import Snapshot

MARK = "‸"


@cache
def census(language: str = "nb") -> tuple[Catalogue, Lexicon]:
    """The catalogue of the census example, its messages in a language."""
    catalogue = Catalogue(configuration_for(CENSUS)._replace(language=language), PARSER)
    return catalogue, Lexicon(catalogue.vocabularies)


def marked(text: str, language: str = "nb") -> tuple[Snapshot, Position]:
    """A document and the place of the mark in it."""
    before, _, after = text.partition(MARK)
    lines = split_lines(before)
    ended = not lines or lines[-1][-1] in "\r\n"
    place = Position(len(lines), 0) if ended else Position(len(lines) - 1, len(lines[-1]))
    return snapshot(before + after, language), place


def snapshot(text: str, language: str = "nb") -> Snapshot:
    """A document."""
    catalogue, lexicon = census(language)
    document: Document = read_document(text, PARSER)
    return Snapshot(document, "demands/test.vkd", catalogue, lexicon, lambda _: ())
