"""Lines that are read without the grammar are read as the grammar reads them, whatever came before."""

from hypothesis import given
from hypothesis import strategies as st

from tests.grammar.plain_texts import plain
from tests.grammar.texts import anything
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.plain import PlainLines

PARSER = Parser()
"""It remembers what every example has told."""


class Nothing(PlainLines):
    """Finds no line plain, so that all goes to the grammar."""

    def sentence(self, line: str) -> None:
        return None

    def header(self, row: int, line: str) -> None:
        return None

    def further(self, row: int, line: str) -> None:
        return None


@given(st.one_of(plain(), plain(), anything()))
def test_plain_lines_are_read_as_the_grammar_reads_them(text: str) -> None:
    by_grammar = Parser()
    by_grammar._plain = Nothing()
    wanted = list(read_document(text, by_grammar).descriptions)
    assert list(read_document(text, PARSER).descriptions) == wanted
    assert list(read_document(text, Parser()).descriptions) == wanted
