"""What headers say, read without parsing, is what the parser says of them."""

from hypothesis import given, settings

from tests.grammar.texts import anything
from tests.server.workspaces import PARSER
from vkd_grammar.document import read_document
from vkd_server.features.navigation.headings import Heading, headings


@settings(max_examples=300, deadline=None)
@given(anything())
def test_headings_are_those_of_the_tree(text: str) -> None:
    document = read_document(text, PARSER)
    parsed = [
        Heading(number, row + one.header.row, one.kind, one.header.identification)
        for number, (row, one) in enumerate(document.pieces())
        if one.header is not None and one.kind is not None
    ]
    assert list(headings(document)) == parsed
