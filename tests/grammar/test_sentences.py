"""The laws of dittos and groups: what each line says, and which lines are bound together (1972 p.12-14)."""

import pytest

from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.sentences import groups, operator_of, said_by_each

PARSER = Parser()

SAID = {
    "a ditto, also of a ditto": ('1 / a / b / c / 1970 / O\n2 / " / d / " / " / O\n3 / " / " / e / ” / .', "a b c 1970|a d c 1970|a d e 1970"),
    "the first line has nothing above it": ('1 / " / b / c / 1970 / .', "? b c 1970"),
    "below a line that cannot be read": ('1 / a / b / c / 1970 / O\n2 / a\n3 / " / b / c / 1970 / .', "a b c 1970|? b c 1970"),
    "a ditto of what is empty or open": ('1 / a / / - / 1970 / O\n2 / " / " / " / " / .', "a  - 1970|a  - 1970"),
}  # fmt: skip
GROUPS = {
    "O.": "12",
    "E.": "1 2",
    "N.": "1¬2",
    "NEO.": "1¬2 34",
    "ONN.": "12¬3¬4",
    "EE.": "1 2 3",
    "E": "1",
    "x.": "12",
}


@pytest.mark.parametrize(("lines", "expected"), SAID.values(), ids=SAID)
def test_what_each_line_says(lines: str, expected: str) -> None:
    (_, description), *_ = read_document(f"0 / Produktbeskrivelse / p\n{lines}\n", PARSER).pieces()
    said = said_by_each(description.sentences, lambda _, field: field.text, "?")
    assert "|".join(" ".join(terms) for _, terms in said) == expected


@pytest.mark.parametrize(("operators", "expected"), GROUPS.items())
def test_which_lines_are_bound(operators: str, expected: str) -> None:
    lines = "\n".join(f"{at} / a / b / c / 1970 / {operator}" for at, operator in enumerate(operators, 1))
    (_, description), *_ = read_document(f"0 / Demand description / d\n{lines}\n", PARSER).pieces()
    found = groups(description.sentences, operator_of)
    told = ("".join(f"{'¬' if one.negated else ''}{one.line.fields[0].text}" for one in group) for group in found)
    assert " ".join(told) == expected
