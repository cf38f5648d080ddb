"""A description's symbol does not hang on those before it, however alike they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.grammar.plain_texts import plain
from tests.grammar.texts import documents
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_server.lsp.requests.navigation.document_symbol import _Saying

PARSER = Parser()


@pytest.mark.parametrize("uri", ["", "file:///a.vkd"])
@given(text=st.one_of(plain(), documents()))
@settings(deadline=None)
def test_a_symbol_is_the_same_whatever_came_before(uri: str, text: str) -> None:
    document = read_document((text + "\n").replace("/ x", "/ y") + text + "\n" + text, PARSER)
    pieces = [document.piece_lines(index) for index in range(len(document.rows))]
    saying = _Saying(PARSER, uri, "utf-16")
    assert [saying.said(lines) for lines in pieces] == [_Saying(PARSER, uri, "utf-16").said(lines) for lines in pieces]
