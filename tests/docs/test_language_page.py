"""docs/language.md: its examples are answered as it says, and its tables are the code's."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from tests.docs.pages import blocks, tables, written
from tests.tidy.tree import ROOT, text
from vkd_catalog.agreement import _DENOTES, _NAME_KINDS
from vkd_catalog.evaluation.answer import NearMissKind
from vkd_catalog.evaluation.found import GRADES
from vkd_catalog.vocabulary.columns import OWN, SHARED, VALUES
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.technical import KEYS
from vkd_grammar.times import BEGINNING, END, Time, outermost, read_time

PAGE = text(ROOT / "docs/language.md")
EXAMPLES = [block for block in blocks(PAGE) if block.language == "vkd" and not block.title]


class Told(NamedTuple):
    """What vkd finds in the page's workspace: diagnostics by file, demands by file."""

    diagnostics: dict[str, list[str]]
    demands: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The page's catalogue, and each example in a file of its own, checked and run."""
    folder = tmp_path_factory.mktemp("language")
    written(blocks(PAGE), folder)
    for block in EXAMPLES:
        (folder / f"{block.line}.vkd").write_text(block.text, encoding="utf-8")
    diagnostics: dict[str, list[str]] = {}
    for one in vkd(folder, "check", "--data", "--output-format", "json", "."):
        # The examples lie beside the catalogue, so that they do not answer each other, and VKD405 tells of that.
        if one["code"] != "VKD405":
            diagnostics.setdefault(Path(one["path"]).name, []).append(one["code"])
    demands: dict[str, list[dict[str, Any]]] = {}
    for one in vkd(folder, "run", "--output-format", "json", ".")["demands"]:
        demands.setdefault(Path(one["path"]).name, []).append(one)
    return Told(diagnostics, demands)


def vkd(folder: Path, *arguments: str) -> Any:
    command = [sys.executable, "-m", "vkd_server", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def said(block: str, what: str) -> list[list[str]]:
    """What the comments of an example say under one head, a list for each."""
    return [line.split("; ") for line in re.findall(rf"^# {what}: (.*)$", block, re.MULTILINE)]


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: f"line {block.line}")
def test_an_example_is_found_and_answered_as_it_says(block: Any, told: Told) -> None:
    name = f"{block.line}.vkd"
    assert sorted(told.diagnostics.get(name, [])) == sorted(
        code for codes in said(block.text, "Diagnostics") for code in codes
    )
    demands = [one for one in told.demands.get(name, []) if one["status"] != "invalid"]
    answers = [[f"{' + '.join(one['members'])} ({one['grade']})" for one in demand["covers"]] for demand in demands]
    assert [found or ["none"] for found in answers] == said(block.text, "Answers")
    misses = [[f"{one['kind']} {one['product']}" for one in demand["near_misses"]] for demand in demands]
    promised = said(block.text, "Near misses")
    assert not promised or [sorted(set(found)) for found in misses] == [sorted(near) for near in promised]


def test_nothing_is_wrong_with_the_catalogue_of_the_page(told: Told) -> None:
    catalogue = [Path(block.title).name for block in blocks(PAGE) if block.title]
    found = {name: told.diagnostics[name] for name in catalogue if name in told.diagnostics}
    # The documentation is unfinished, as the page says.
    assert found == {"income.md": ["VKD802"]}


def test_the_times() -> None:
    rows = tables(PAGE, "written | is")
    assert len(rows) > 10
    for written_so, _, first, last in rows:
        time = read_time(written_so.strip("`"))
        assert isinstance(time, Time)
        days = outermost(time)
        assert tuple("–" if day in (BEGINNING, END) else f"{day:08d}" for day in days) == (first, last)


def test_the_header_types() -> None:
    (heads,) = re.findall(r"^\| kind \| (Norwegian.*) \|$", PAGE, re.MULTILINE)
    languages = re.findall(r"\((\w\w)\)", heads)
    assert set(languages) == {language for one in HEADER_TYPES for language in one.languages}
    told = {
        (kind, language, word)
        for kind, *words in tables(PAGE, "kind | Norw")
        for language, word in zip(languages, words, strict=True)
    }
    assert told == {(one.kind, language, one.word) for one in HEADER_TYPES for language in one.languages}


def test_the_keys_of_technical_data() -> None:
    told = [(key, also, kind, value) for key, also, kind, value, _ in tables(PAGE, "key | also")]
    assert told == [
        (f"`{key.name}`", ", ".join(f"`{alias}`" for alias in key.aliases), key.kind, key.value) for key in KEYS
    ]


def test_the_columns_of_the_vocabularies() -> None:
    rows = [(column.strip("`"), says) for column, says in tables(PAGE, "column | holds")]
    own = [column for columns in OWN.values() for column in columns]
    told = [column for column, _ in rows if "@" not in column]
    assert told == ["code", "notation", "seeAlso", *own]
    assert set(SHARED) == set(told[:3])
    for (vocabulary, column), values in VALUES.items():
        assert any(name == column and all(f"`{value}`" in says for value in values) for name, says in rows), vocabulary


def test_the_table_of_agreement() -> None:
    rows = tables(PAGE, "object type | number")
    assert {(kind, number) for kind, number, *_ in rows} == set(_DENOTES)
    # What section 5 lists as exceptions under the table are the kinds of names that a row leaves out.
    assert all(set(names.split(", ")) <= set(_NAME_KINDS[kind, number]) for kind, number, names, *_ in rows)


def test_the_operators_grades_and_near_misses() -> None:
    assert {row[0].strip("`") for row in tables(PAGE, "operator | says")} == {"O", "E", "N", "."}
    assert [row[0].strip("`") for row in tables(PAGE, "grade | a sentence")] == list(GRADES)
    assert [row[0].strip("`") for row in tables(PAGE, "kind | the product has")] == list(get_args(NearMissKind))
