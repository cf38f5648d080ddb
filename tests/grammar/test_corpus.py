"""One corpus judges both grammars and the parser: each text of `grammar/corpus` has its golden tree beside it.

After a change that is meant, run with VKD_UPDATE_GOLDENS=1, which writes the goldens anew from the formal definition,
and read the difference.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.grammar.agreement import agree
from tests.grammar.readings import grammar, pieces, read
from vkd_grammar import formal
from vkd_grammar.formal import Line, Part
from vkd_grammar.syntax import Problem
from vkd_grammar.text import decode, split_lines

CORPUS = Path(__file__).parents[2] / "grammar/corpus"
TEXTS = sorted(CORPUS.glob("*.vkd"))
UPDATE = "VKD_UPDATE_GOLDENS"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_reading_is_the_golden_one(path: Path) -> None:
    text, undecodable = decode(path.read_bytes())
    lines = [f"not UTF-8 {place.row}:{place.column} byte {byte:#x}" for place, byte in undecodable]
    lines.extend(_trees(formal.parse(text), split_lines(text)))
    lines.extend(_problems(text))
    golden = path.with_suffix(".tree")
    if os.environ.get(UPDATE):
        golden.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == golden.read_text(encoding="utf-8").split("\n")[:-1]
    agree(text)


def test_the_corpus_shows_every_node_and_every_problem() -> None:
    goldens = " ".join(path.read_text(encoding="utf-8") for path in CORPUS.glob("*.tree")).split()
    ids = range(grammar().node_kind_count)
    nodes = {grammar().node_kind_for_id(i) for i in ids if grammar().node_kind_is_named(i)}
    above_lines = {"document", "description", "technical_data"}
    assert nodes - set(goldens) == above_lines
    assert {f"VKD00{digit}" for digit in range(1, 10)} <= set(goldens)


def test_no_golden_stands_without_its_text() -> None:
    assert {path.stem for path in CORPUS.glob("*.tree")} == {path.stem for path in TEXTS}


def _trees(lines: tuple[Line, ...], rows: list[str]) -> Iterator[str]:
    for line in lines:
        written = rows[line.row]
        yield f"{line.row} {line.kind}"
        yield from (f"    {_part(field, written)}" for field in line.fields)
        for key, value in line.entries:
            yield f"    entry {_part(key, written)}" + (f" = {_part(value, written)}" if value else "")


def _part(part: Part, written: str) -> str:
    text = f" {written[part.start : part.end]!r}" if part.kind != "empty" else ""
    return f"{part.kind} {part.start}-{part.end}{text}"


def stated(problem: Problem) -> Iterator[tuple[str, object]]:
    """The facts of a problem by name, those left out that say nothing here."""
    names: tuple[str, ...] = getattr(problem.facts, "_fields", ())
    left_out: dict[str, object] = getattr(problem.facts, "_field_defaults", {})
    for name, fact in zip(names, problem.facts, strict=True):
        if name not in left_out or fact != left_out[name]:
            yield name, fact


def _problems(text: str) -> Iterator[str]:
    for begin, lines in pieces(text):
        for problem in sorted(read(lines).problems, key=lambda problem: problem[1:4]):
            facts = " ".join(f"{key}={value!r}" for key, value in stated(problem))
            yield f"{problem.code} {begin + problem.row}:{problem.start}-{problem.end} {facts}".rstrip()
