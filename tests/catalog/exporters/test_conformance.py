"""What every exporter must do, whatever it writes. A new one is in the list with a reader of its own, or this fails."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from tests.server.workspaces import workspace
from tests.tidy.tree import ROOT
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.exporters import EXPORTERS, ExportedFile, Exporter
from vkd_catalog.vocabulary.concept import code_above
from vkd_server.cli import run_command

EXAMPLES = ("folketelling", "registre-dk", "utdanning")
DIFFICULT = 'code,prefLabel@nb,altLabel@nb,prefLabel@en\nÅ,"Sær ""rar"" \\\\ <b>&amp;</b> {x}",\U0001f600|it\'s,\u2028x\nÅ.b-_1,%41/#?,,\n'
"""Names with what other formats have a meaning for: quotes, backslashes, marks of XML and URIs, rare characters."""


class Exported(NamedTuple):
    """What a reader of a format finds of one concept: its words are pairs of language and text."""

    vocabulary: str
    code: str
    above: str
    words: frozenset[tuple[str, str]]


def read_skos(files: Sequence[ExportedFile]) -> Iterator[Exported]:
    """The concepts in SKOS, found by the addresses that they have and lead to."""
    for file in files:
        scheme, *concepts = json.loads(file.text)["@graph"]
        start = f"{scheme['@id']}:"
        for one in concepts:
            yield Exported(
                scheme["@id"].rpartition(":")[2],
                unquote(one["@id"].removeprefix(start)),
                unquote(one.get("broader", "").removeprefix(start)),
                frozenset(_words_of(one)),
            )


def _words_of(concept: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from concept.get("prefLabel", {}).items()
    for language, texts in concept.get("altLabel", {}).items():
        yield from ((language, text) for text in texts)


READERS: Mapping[str, Callable[[Sequence[ExportedFile]], Iterator[Exported]]] = {"skos": read_skos}
"""For each exporter what reads its files as another tool would."""


def held(catalogue: Catalogue) -> Iterator[Exported]:
    """What the catalogue itself says of its concepts."""
    for vocabulary in catalogue.vocabularies.four:
        for concept in vocabulary.concepts.values():
            above = code_above(concept.code)
            words = frozenset((label.language, label.text) for label in (*concept.preferred, *concept.synonyms))
            yield Exported(vocabulary.name, concept.code, above if above in vocabulary.concepts else "", words)


@pytest.fixture(params=EXPORTERS, ids=lambda exporter: exporter.name)
def exporter(request: pytest.FixtureRequest) -> Exporter:
    chosen: Exporter = request.param
    return chosen


@pytest.fixture(params=[*EXAMPLES, "difficult"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Catalogue:
    """The examples, and one with words that are difficult to write."""
    if request.param in EXAMPLES:
        return open_catalogue(ROOT / "examples" / request.param)
    return open_catalogue(workspace(tmp_path, {"vocabulary/names.csv": DIFFICULT}))


def test_every_exporter_is_tried_here() -> None:
    assert list(READERS) == [exporter.name for exporter in EXPORTERS]
    assert all(exporter.summary and "\n" not in exporter.summary for exporter in EXPORTERS)


def test_what_is_written_says_what_the_catalogue_says(exporter: Exporter, catalogue: Catalogue) -> None:
    found = list(READERS[exporter.name](list(exporter.files(catalogue))))
    assert len(found) == len(set(found))
    assert set(found) == set(held(catalogue))


def test_the_files_are_plain_text_in_the_folder_itself(exporter: Exporter, catalogue: Catalogue) -> None:
    files = list(exporter.files(catalogue))
    assert len({file.name.casefold() for file in files}) == len(files) > 0
    assert all(PurePath(file.name).parts == (file.name,) and not file.name.startswith(".") for file in files)
    assert all(file.text.endswith("\n") and "\r" not in file.text and file.text.encode() for file in files)


def test_the_same_catalogue_gives_the_same_files(exporter: Exporter, catalogue: Catalogue) -> None:
    again = open_catalogue(catalogue.root)
    assert list(exporter.files(again)) == list(exporter.files(catalogue))


def test_a_catalogue_that_holds_nothing_gives_no_files(exporter: Exporter, tmp_path: Path) -> None:
    assert list(exporter.files(open_catalogue(tmp_path))) == []


def test_the_command_writes_these_files_and_no_others(
    exporter: Exporter, catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out/of"
    call = ["catalogue", "export", exporter.name, "--workspace", str(catalogue.root), "--to", str(target)]
    assert run_command(call) == 0
    texts = {file.name: file.text for file in exporter.files(catalogue)}
    assert {path.name: path.read_bytes().decode() for path in target.iterdir()} == texts
    assert capsys.readouterr().out.splitlines() == [str(target / name) for name in texts]
