"""Whatever a text is: diagnosing it does not fail, every fix can be made, and safe fixes come to an end."""

from hypothesis import given, settings

from tests.grammar.texts import anything
from tests.server.rules_there_are import LEVELS
from tests.server.workspaces import PARSER, found_in_text
from vkd_grammar.document import read_document
from vkd_grammar.text import content, split_lines
from vkd_server.features.refactoring.fixes import applied, safe_edits

EVERYTHING = {code: "warning" for code, level in LEVELS.items() if level == "off"}


@settings(max_examples=60, deadline=None)
@given(anything())
def test_every_finding_has_its_place_its_words_and_its_fixes(text: str) -> None:
    lines = split_lines(text)
    for one in found_in_text(text, levels=EVERYTHING):
        assert 0 < len(one.message) <= 300
        assert one.start.row == one.end.row
        assert one.start.row < max(1, len(lines))
        assert 0 <= one.start.column <= one.end.column <= len(content(lines[one.start.row]) if lines else "")
        for fix in one.fixes():
            here = [edit for edit in fix.edits if edit.path == "a.vkd"]
            assert not here or applied(lines, here) != text


@settings(max_examples=40, deadline=None)
@given(anything())
def test_safe_fixes_lose_no_line_and_come_to_an_end(text: str) -> None:
    for _ in range(10):
        edits = safe_edits(found_in_text(text))
        if not edits:
            break
        fixed = applied(read_document(text, PARSER).lines, edits)
        assert len(split_lines(fixed)) == len(split_lines(text))
        text = fixed
    assert not safe_edits(found_in_text(text))
