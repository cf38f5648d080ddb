"""Vocabularies with a mark where the cursor is, which stand in for those of the census example."""

from tests.server.features.marked import MARK, census
from tests.server.workspaces import CENSUS
from vkd_catalog.vocabulary import VocabularyFile, VocabularyName, read_vocabulary_lines
from vkd_grammar.text import Position, split_lines
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.vocabulary_rows.table import Table

Marked = tuple[Table, Position, VocabularyFile]


def marked_table(name: VocabularyName, text: str, language: str = "nb") -> Marked:
    """A vocabulary and the place of the mark in it; the catalogue reads it as it is without the mark."""
    before, _, after = text.partition(MARK)
    lines = split_lines(before)
    ended = not lines or lines[-1][-1] in "\r\n"
    place = Position(len(lines), 0) if ended else Position(len(lines) - 1, len(lines[-1]))
    path = f"vocabulary/{name}.csv"
    file = read_vocabulary_lines(path, split_lines(before + after), name)
    catalogue = census(language)[0].with_vocabulary(file)
    return Table(path, name, file.lines, catalogue, Lexicon(catalogue.vocabularies)), place, file


def in_census(name: VocabularyName, before: str, language: str = "nb") -> Marked:
    """The census example's vocabulary, the mark behind the first place where some text stands."""
    text = (CENSUS / f"vocabulary/{name}.csv").read_text(encoding="utf-8")
    assert before in text
    return marked_table(name, text.replace(before, before + MARK, 1), language)
