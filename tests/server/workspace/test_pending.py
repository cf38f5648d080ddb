"""While a large vocabulary is compiled documents are written in and checked by their text alone; then by its words."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest

from tests.server.lsp.client import PATIENCE, Json, connected
from vkd_catalog.configuration import Configuration, read_configuration
from vkd_catalog.reading import COMPILED_FROM
from vkd_grammar.parser import Parser
from vkd_server.workspace import background
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.background_task import PendingError
from vkd_server.workspace.workspace import Workspace

CONCEPTS = 200
DEMAND = "0 / Demand description / me\n1 / Unknown / - / Word 7 / 2001 / X\n"
OF_TEXT, OF_WORDS = "VKD004", "VKD101"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace whose vocabulary is just so large that it is compiled."""
    definition = "x" * (COMPILED_FROM // CONCEPTS)
    rows = (f"C{number},Word {number},{definition}\n" for number in range(CONCEPTS))
    (tmp_path / "characteristics.csv").write_text("code,prefLabel@en,definition@en\n" + "".join(rows), "utf-8")
    (tmp_path / "vkd.toml").write_text(
        '[catalogue]\nlanguage = "en"\n[vocabularies]\ncharacteristics = ["characteristics.csv"]\n', "utf-8"
    )
    return tmp_path


def codes_in(files: Workspace, uri: str) -> set[str]:
    document = files.settled(uri)
    assert document is not None
    return {one.code for found in document.found.values() for one in found}


def until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end
        sleep(0.01)


def test_another_catalogue_stands_in(folder: Path) -> None:
    may_be_made = Event()

    def make(configuration: Configuration, parser: Parser) -> BackgroundCatalogue:
        may_be_made.wait()
        return BackgroundCatalogue(configuration, parser)

    files, uri = Workspace(make), (folder / "a.vkd").as_uri()
    try:
        files.open(uri, 1, DEMAND)
        assert codes_in(files, uri) == {OF_TEXT}
        assert not files.take_made()
        with pytest.raises(PendingError):
            files.project_of(folder / "a.vkd")
        may_be_made.set()
        until(files.take_made)
        assert {OF_TEXT, OF_WORDS} <= codes_in(files, uri)
        assert files.project_of(folder / "a.vkd").catalogue.vocabularies.characteristics.concepts["C7"].code == "C7"
        assert not files.pending
    finally:
        may_be_made.set()
        files.end()


def asked(folder: Path, method: str, text: str = DEMAND, **more: Json) -> Json:
    """The answer to a request that is asked right after a start."""
    with connected() as client:
        client.initialize({"window": {"workDoneProgress": True}}, rootUri=folder.as_uri())
        uri = (folder / "a.vkd").as_uri()
        client.open(uri, text)
        return client.request(method, {"textDocument": {"uri": uri}, **more})


@pytest.mark.parametrize("typed", ["Word 7", "Wrod 7"])
def test_what_words_are_needed_for_waits(folder: Path, typed: str) -> None:
    place = {"line": 1, "character": len(f"1 / Unknown / - / {typed}")}
    items = asked(folder, "textDocument/completion", DEMAND.replace("Word 7", typed), position=place)["items"]
    assert "Word 7" in [one["label"] for one in items]


def test_what_is_asked_of_all_catalogues_waits(folder: Path) -> None:
    assert [one["name"] for one in asked(folder, "workspace/symbol", query="word 77")] == ["Word 77 [C77]"]


def test_many_products_are_read_by_a_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "p.vkd").write_text("0 / Product description / p\n1 / U / R / Word 7 / 2001 / .\n", "utf-8")
    monkeypatch.setattr(background, "_MUCH", 0)
    catalogue = BackgroundCatalogue(read_configuration(folder / "vkd.toml"), Parser())
    try:
        assert catalogue.register.numbered("p") is not None
        assert catalogue.stored_register().state == "whole"
        assert catalogue.preparation is None
    finally:
        catalogue.close()


def test_a_person_is_shown_how_far_it_has_come(folder: Path) -> None:
    with connected() as client:
        client.initialize({"window": {"workDoneProgress": True}}, rootUri=folder.as_uri())
        client.open((folder / "a.vkd").as_uri(), DEMAND)
        created = client.asked("window/workDoneProgress/create")
        client.send({"id": created["id"], "result": None})
        told = [client.told("$/progress")]
        while told[-1]["value"]["kind"] != "end":
            told.append(client.told("$/progress"))
        assert {one["token"] for one in told} == {created["params"]["token"]}
        assert told[0]["value"]["kind"] == "begin"
        assert told[0]["value"]["title"] == "Compiling vocabularies"
