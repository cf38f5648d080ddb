"""What can be done with a demand: by a lens, by a code action, and what the client can do with the outcome."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace

DEMAND = "# Til én\n0 / {0} / bruker\n1 / Personer / Personreg.nov.70 / Lønnsinntekt / 1970 / .\n"
COPYING: Json = {"experimental": {"clipboard": True}}
HERE = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {}))


def commands(found: Json) -> list[Json]:
    return [one["command"] for one in found if "command" in one]


def offered(session: Session, uri: str) -> tuple[list[Json], list[Json]]:
    """The commands of the lenses, and those of the code actions."""
    context = {"diagnostics": [], "only": ["source"]}
    actions = session.ask("textDocument/codeAction", uri, range=HERE, context=context)
    return commands(session.ask("textDocument/codeLens", uri)), commands(actions)


@pytest.mark.parametrize(
    ("header", "titles"),
    [
        (
            "Etterspørselsbeskrivelse",
            ["Vis referansemelding", "Kjør", "Kopier som Markdown", "Hvorfor ikke ft70-person?"],
        ),
        ("Produktbeskrivelse", []),
    ],
)
def test_lenses_and_actions_offer_the_same(session: Session, header: str, titles: list[str]) -> None:
    session.start(COPYING)
    uri = session.open("demands/test.vkd", DEMAND.format(header))
    lenses, actions = offered(session, uri)
    actions = [one for one in actions if one["command"] != "vkd.profiles"]
    assert [one["title"] for one in actions] == titles
    assert actions[: len(lenses)] == lenses == [one for one in actions if one["command"] != "vkd.why"]
    assert all(one["arguments"][:2] == [uri, 1] for one in actions)


def test_copying_is_offered_to_who_can(session: Session) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND.format("Demand description"))
    lenses, _ = offered(session, uri)
    assert [one["command"] for one in lenses] == ["vkd.showMessage", "vkd.run"]


def test_every_offer_can_be_taken(session: Session) -> None:
    session.start(COPYING)
    uri = session.open("demands/test.vkd", DEMAND.format("Etterspørselsbeskrivelse"))
    _, actions = offered(session, uri)
    said = {one["command"]: session.run(one["command"], *one["arguments"]) for one in actions}
    assert said["vkd.copyMessage"] == said["vkd.showMessage"]
    assert said["vkd.run"]["demands"][0]["line"] == 2
    assert "ft70-person" in said["vkd.why"]


def test_why_is_shown_to_who_asked_by_an_action(session: Session) -> None:
    session.start()
    uri = session.open("demands/eksempel-4.vkd")
    assert session.run("vkd.why", uri, 0, "dode-yrke", True) == session.client.told("window/showMessage")["message"]
    session.run("vkd.why", uri, 0, "dode-yrke")
    assert session.client.is_silent() or not [one for one in session.client.heard if "showMessage" in str(one)]
