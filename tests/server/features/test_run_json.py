"""What `vkd.run` answers an editor: the object that `vkd run --output-format json` prints, up to what it can hold."""

import json

import pytest

from tests.server.workspaces import CENSUS
from vkd_catalog.catalogue import open_catalogue
from vkd_grammar.document import read_document
from vkd_server.features.answers import run_json
from vkd_server.features.answers.run import run_document
from vkd_server.features.answers.run_json import json_text, runs_as_json

DEMAND = "0 / Demand description / q\n1 / Persons / - / Occupation / - / .\n"


def test_an_editor_is_told_of_what_it_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = open_catalogue(CENSUS)
    runs = list(run_document(read_document(DEMAND, catalogue.parser), "q.vkd", catalogue))
    whole = json.loads("".join(json_text(runs, catalogue)))
    assert runs_as_json(runs, catalogue) == whole
    monkeypatch.setattr(run_json, "MOST_IN_AN_EDITOR", 1)
    (all_of_it,), (some,) = whole["demands"], json.loads(json.dumps(runs_as_json(runs, catalogue)))["demands"]
    assert [cover["members"] for cover in all_of_it["covers"]] == [["ft70-person"], ["ft60-person"]]
    assert some == {**all_of_it, "covers": all_of_it["covers"][:1], "more": 1}
