"""The editors' queries fit the grammar and capture what they should."""

import json
from pathlib import Path

import pytest
from tree_sitter import Query, QueryCursor

import vkd_server
from tests.grammar.readings import grammar, tree_of

FOLDER = Path(__file__).parents[2] / "grammar/tree-sitter-vkd"
SAMPLE = """\
# A comment
0 / Etterspørselsbeskrivelse / bruker 1 / archive=both
    ; profile = yes
1 / Personer / [P.60] / Yrke [K5] / 19601101 / O
2 / " / - / Kjønn / 1960..1970:A / E
3 / Person / Døde / " / Folketellingen 1960 / og
4 / Person
0 / Notat / x
1 / Person / Døde / Sum / 1960.. / .
"""
DESCRIPTIONS = [SAMPLE[SAMPLE.index("0 / E") : SAMPLE.index("0 / N")], SAMPLE[SAMPLE.index("0 / N") :]]

CAPTURES = {
    "highlights": {
        "comment": ["# A comment"],
        "spell": ["# A comment"],
        "keyword": ["Etterspørselsbeskrivelse"],
        "comment.error": ["og", "Notat"],
        "markup.heading": ["bruker 1", "x"],
        "property": ["archive", "profile"],
        "string": ["both", "yes"],
        "number": ["0", "1", "19601101", "2", "1960..1970:A", "3", "4", "0", "1", "1960.."],
        "type": ["Personer", "Person", "Person"],
        "function": ["Døde", "Døde"],
        "variable.member": ["Yrke [K5]", "Kjønn", "Sum"],
        "string.special": ["Folketellingen 1960"],
        "keyword.operator": ["O", "E", "."],
        "constant": ["[P.60]"],
        "punctuation.special": ['"', '"'],
        "character.special": ["-"],
        "punctuation.delimiter": ["/"] * 3 + [";"] + ["/"] * 23,
        "operator": ["=", "="],
    },
    "injections": {"injection.content": ["# A comment"]},
    "locals": {"local.scope": DESCRIPTIONS, "local.definition": ["bruker 1", "x"]},
    "folds": {"fold": DESCRIPTIONS},
}


def captured(name: str, text: str) -> dict[str, list[str]]:
    """What a query captures: for each name the texts, in the order in which they stand."""
    query = Query(grammar(), (FOLDER / f"queries/{name}.scm").read_text(encoding="utf-8"))
    nodes = QueryCursor(query).captures(tree_of(text))
    return {
        capture: [(node.text or b"").decode() for node in sorted(found, key=lambda node: node.start_byte)]
        for capture, found in nodes.items()
    }


@pytest.mark.parametrize("name", CAPTURES)
def test_captures(name: str) -> None:
    assert captured(name, SAMPLE) == CAPTURES[name]


def test_no_node_has_two_colours() -> None:
    query = Query(grammar(), (FOLDER / "queries/highlights.scm").read_text(encoding="utf-8"))
    nodes = QueryCursor(query).captures(tree_of(SAMPLE))
    places = [node.byte_range for capture, found in nodes.items() if capture != "spell" for node in found]
    assert len(places) == len(set(places))


def test_text_objects() -> None:
    found = captured("textobjects", SAMPLE)
    lines = SAMPLE.splitlines()
    assert [text.splitlines()[0] for text in found["class.outer"]] == [lines[1], lines[7]]
    assert found["statement.outer"] == [*lines[3:7], lines[8]]
    assert found["assignment.outer"] == ["archive=both", "profile = yes"]
    assert (found["assignment.lhs"], found["assignment.rhs"]) == (["archive", "profile"], ["both", "yes"])
    assert found["comment.outer"] == lines[:1]
    assert found["parameter.inner"][:6] == ["1", "Personer", "[P.60]", "Yrke [K5]", "19601101", "O"]


def test_indents() -> None:
    found = captured("indents", SAMPLE)
    lines = SAMPLE.splitlines()
    assert found["indent.auto"] == [lines[2].strip()]
    assert len(found["indent.zero"]) == len(lines) - 1


def test_every_query_is_tried_here() -> None:
    assert {path.stem for path in FOLDER.glob("queries/*.scm")} == {*CAPTURES, "textobjects", "indents"}


def test_the_grammar_has_the_projects_version_and_its_queries() -> None:
    told = json.loads((FOLDER / "tree-sitter.json").read_text(encoding="utf-8"))
    assert told["metadata"]["version"] == vkd_server.__version__
    assert (FOLDER / told["grammars"][0]["highlights"]).is_file()
