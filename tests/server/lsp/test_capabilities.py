"""Every row of docs/capabilities.md, tried over a pipe: one request that means something, and what must come of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lsprotocol import converters, types

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace
from vkd_server.lsp.requests import COMMANDS, FEATURES
from vkd_server.lsp.requests.refactoring.code_action import action_kinds

TEXT = """\
0 / Etterspørselsbeskrivelse / bruker
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O
2 / "  / " / Lønnsinntekt / " / .
# Her er noe galt.
0 / Produktbeskrivelse / nytt / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=open
4 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .
0 / Produktbeskrivelse / godt / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O
2 / Personer / Personreg.nov.70 / Kjønn / 19701101 / .
0 / Produktbeskrivelse / delt / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed
1 / Personer / [P.70] / Yrke / 19701101 / N
2 / Personer / [P.70] / Alder / 19701101 / E
3 / Personer / [P.70] / Kjønn / 19701101 / .
"""
PANEL = """\
0 / Etterspørselsbeskrivelse / panel
1 / Personer / [P.70] / Yrke / 1970..1975 / O
2 / Personer / [P.70] / Kjønn / 1970..1975:A / .
0 / Produktbeskrivelse / kolonner / data=F:ft60-person.csv; form=csv
1 / Personer / [P.70] / Kjønn / 19701101 / .
# unknown: yrke1 (nearest: Yrke)
"""
"""Below the text where kinds of code action are asked for: a demand for a stretch and for a series, and a product with a
column that is not known."""

WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
CONVERTER = converters.get_converter()
OPTIONS = {"tabSize": 4, "insertSpaces": True}
HERE, CENSUS = "@test", "@root"
"""In parameters, the address of the open document and of the workspace."""

Ask = Callable[[str], Json]


class Row(NamedTuple):
    """What is sent, and whether what comes is right. A function makes the parameters from another method's answer."""

    params: Json
    holds: Callable[[Json], bool]


def at(line: int, character: int, **more: object) -> Json:
    position = {"line": line, "character": character}
    return {"textDocument": {"uri": HERE}, "position": position, "positions": [position], "options": OPTIONS, **more}


def within(line: int = 0, **more: object) -> Json:
    span = WHOLE if not line else {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 99}}
    return {"textDocument": {"uri": HERE}, "range": span, "options": OPTIONS, **more}


def actions(*only: str, line: int = 1) -> Json:
    return within(line, context={"diagnostics": [], **({"only": list(only)} if only else {})})


def first(method: str, key: str | int = 0) -> Callable[[Ask], Json]:
    return lambda ask: ask(method)[key]


def item_of(method: str) -> Callable[[Ask], Json]:
    return lambda ask: {"item": ask(method)[0]}


def starts(result: Json) -> list[int]:
    return [one["range"]["start"]["line"] for one in result]


def files(result: Json) -> set[str]:
    return {one["uri"].rpartition("/")[2] for one in result}


def codes(report: Json) -> set[str]:
    return {one["code"] for one in report["items"]}


ROWS: dict[str, Row] = {
    "textDocument/diagnostic": Row(within(), lambda found: codes(found) == {"VKD003", "VKD006", "VKD101"}),
    "workspace/diagnostic": Row(
        {"previousResultIds": []}, lambda found: {one["kind"] for one in found["items"]} == {"full"}
    ),
    "textDocument/completion": Row(
        at(1, 38), lambda found: [one["label"] for one in found["items"]] == ["Yrke"] and found["isIncomplete"]
    ),
    "completionItem/resolve": Row(
        lambda ask: ask("textDocument/completion")["items"][0],
        lambda item: "Hovedyrke på tellingsdagen" in item["documentation"]["value"],
    ),
    "textDocument/hover": Row(at(2, 5), lambda found: "Fysiske personer" in found["contents"]["value"]),
    "textDocument/definition": Row(at(1, 38), lambda found: found["uri"].endswith("/characteristics.csv")),
    "textDocument/declaration": Row(at(1, 38), lambda found: found["range"]["start"]["line"] == 5),
    "textDocument/typeDefinition": Row(at(2, 14), lambda found: found["range"]["start"]["line"] == 6),
    "textDocument/implementation": Row(at(1, 38), lambda found: {"ft70.vkd", "ft60-person.vkd"} <= files(found)),
    "textDocument/references": Row(
        at(1, 38, context={"includeDeclaration": True}),
        lambda found: {"characteristics.csv", "test.vkd", "ft70.vkd"} <= files(found),
    ),
    "textDocument/documentHighlight": Row(at(1, 5), lambda found: starts(found) == [1, 2, 5, 7, 8, 10, 11, 12]),
    "textDocument/moniker": Row(
        at(1, 38), lambda found: [one["identifier"] for one in found] == ["characteristics/K5"]
    ),
    "textDocument/linkedEditingRange": Row(at(1, 5), lambda found: found is None),
    "textDocument/inlineCompletion": Row(at(13, 0, context={"triggerKind": 2}), lambda found: found == {"items": []}),
    "textDocument/inlayHint": Row(within(), lambda found: "Personer" in str(found)),
    "textDocument/codeLens": Row(
        within(), lambda found: [one["command"]["command"] for one in found] == ["vkd.showMessage", "vkd.run"]
    ),
    "codeLens/resolve": Row(
        {
            "range": {"start": {"line": 4, "character": 0}, "end": {"line": 4, "character": 0}},
            "data": {"uri": HERE, "line": 4},
        },
        lambda lens: lens["command"]["title"] == "møter ingen interesseprofil",
    ),
    "textDocument/codeAction": Row(actions(line=5), lambda found: "Skriv «Yrke»" in {one["title"] for one in found}),
    "codeAction/resolve": Row(
        lambda ask: next(one for one in ask("textDocument/codeAction") if one["title"] == "Skriv «Yrke»"),
        lambda action: '"newText": "Yrke"' in json.dumps(action["edit"]),
    ),
    "textDocument/documentSymbol": Row(
        within(), lambda found: [one["name"] for one in found] == ["bruker", "nytt", "godt", "delt"]
    ),
    "textDocument/prepareTypeHierarchy": Row(at(2, 14), lambda found: found[0]["name"] == "Lønnsinntekt"),
    "typeHierarchy/supertypes": Row(
        item_of("textDocument/prepareTypeHierarchy"), lambda found: [one["name"] for one in found] == ["Inntekt"]
    ),
    "typeHierarchy/subtypes": Row(item_of("textDocument/prepareTypeHierarchy"), lambda found: found == []),
    "textDocument/prepareCallHierarchy": Row(at(0, 30), lambda found: found[0]["name"] == "bruker"),
    "callHierarchy/incomingCalls": Row(
        {"item": {"data": [f"{CENSUS}/products/dode.vkd", 1]}},
        lambda found: [one["from"]["name"] for one in found] == ["bruker 2"],
    ),
    "callHierarchy/outgoingCalls": Row(
        {"item": {"data": [f"{CENSUS}/demands/eksempel-4.vkd", 1]}},
        lambda found: [one["to"]["name"] for one in found] == ["dode-yrke"],
    ),
    "workspace/symbol": Row({"query": "yrke"}, lambda found: "Yrke [K5]" in {one["name"] for one in found}),
    "textDocument/selectionRange": Row(at(1, 38), lambda found: found[0]["range"]["start"]["character"] == 34),
    "textDocument/documentLink": Row(within(), lambda found: starts(found) == [4, 4, 6, 6, 9, 9]),
    "documentLink/resolve": Row(
        first("textDocument/documentLink"), lambda link: link["target"].endswith("/archive/ft70-person.csv")
    ),
    "textDocument/foldingRange": Row(
        within(),
        lambda found: [(one["startLine"], one["endLine"]) for one in found] == [(0, 2), (4, 5), (6, 8), (9, 12)],
    ),
    "textDocument/semanticTokens/full": Row(within(), lambda found: len(found["data"]) // 5 > 20),
    "textDocument/semanticTokens/full/delta": Row(
        lambda ask: {**within(), "previousResultId": ask("textDocument/semanticTokens/full")["resultId"]},
        lambda found: found["edits"] == [],
    ),
    "textDocument/semanticTokens/range": Row(within(2), lambda found: found["data"][0] == 2),
    "textDocument/formatting": Row(within(), lambda found: starts(found)[0] == 1),
    "textDocument/rangeFormatting": Row(within(2), lambda found: starts(found) == [2]),
    "textDocument/rangesFormatting": Row(
        {**within(), "ranges": [within(2)["range"], within(10)["range"], within(2)["range"]]},
        lambda found: starts(found) == [2, 10],
    ),
    "textDocument/onTypeFormatting": Row(at(2, 0, ch="\n"), lambda found: found == []),
    "textDocument/prepareRename": Row(at(1, 38), lambda found: found["placeholder"] == "Yrke"),
    "textDocument/rename": Row(
        at(1, 38, newName="Stilling"),
        lambda edit: any(uri.endswith("/characteristics.csv") for uri in edit["changes"]),
    ),
    "workspace/willRenameFiles": Row(
        {"files": [{"oldUri": f"{CENSUS}/vocabulary/names.csv", "newUri": f"{CENSUS}/vocabulary/navn.csv"}]},
        lambda edit: (
            [one["newText"] for edits in edit["changes"].values() for one in edits] == ['"vocabulary/navn.csv"']
        ),
    ),
    "workspace/executeCommand": Row(
        {"command": "vkd.run", "arguments": [HERE, 0]}, lambda answer: answer["demands"][0]["id"] == "bruker"
    ),
    "workspace/textDocumentContent": Row(
        {"uri": "vkd-rule:/VKD101.md"}, lambda answer: answer["text"].startswith("# VKD101")
    ),
}
"""A row for each request."""


def _in_english(told: Json) -> bool:
    return any("is not a word" in one["message"] for one in told["diagnostics"])


TOLD: dict[str, Row] = {
    "textDocument/didOpen": Row(
        {"textDocument": {"uri": HERE, "version": 7, "languageId": "vkd", "text": "1 / x\n"}},
        lambda told: (told["version"], codes({"items": told["diagnostics"]})) == (7, {"VKD001", "VKD002"}),
    ),
    "textDocument/didChange": Row(
        {"textDocument": {"uri": HERE, "version": 2}, "contentChanges": [{"text": "# ingenting\n"}]},
        lambda told: (told["version"], told["diagnostics"]) == (2, []),
    ),
    "textDocument/didSave": Row({"textDocument": {"uri": HERE}}, lambda told: told["message"] == "bruker: ingen svar"),
    "textDocument/didClose": Row({"textDocument": {"uri": HERE}}, lambda told: told["diagnostics"] == []),
    "workspace/didChangeConfiguration": Row({"settings": {"vkd": {"language": "en"}}}, _in_english),
    "workspace/didCreateFiles": Row({"files": [{"uri": f"{CENSUS}/vkd.toml"}]}, _in_english),
    "workspace/didDeleteFiles": Row({"files": [{"uri": f"{CENSUS}/vkd.toml"}]}, _in_english),
    "workspace/didRenameFiles": Row(
        {"files": [{"oldUri": f"{CENSUS}/old.toml", "newUri": f"{CENSUS}/vkd.toml"}]}, _in_english
    ),
    "workspace/didChangeWatchedFiles": Row({"changes": [{"uri": f"{CENSUS}/vkd.toml", "type": 2}]}, _in_english),
    "workspace/didChangeWorkspaceFolders": Row(
        {"event": {"added": [], "removed": [{"uri": CENSUS, "name": "census"}]}},
        lambda told: len(told["diagnostics"]) == 4,
    ),
}
"""A row for each notification, and what is published or shown after it."""

RUN: dict[str, Row] = {
    "vkd.run": Row([HERE, 0], lambda answer: answer["demands"][0]["id"] == "bruker"),
    "vkd.copyMessage": Row([HERE, 0], lambda text: text.startswith("# Referansemelding")),
    "vkd.showStatus": Row([], lambda text: text.startswith("# Status for vkd")),
    "vkd.showMessage": Row([HERE, 0], lambda text: text.startswith("# Referansemelding")),
    "vkd.message": Row(
        [HERE, 0], lambda told: told["references"][0]["target"].endswith("#L1") and told["text"].startswith("# Ref")
    ),
    "vkd.data": Row(
        [f"{CENSUS}/demands/eksempel-4.vkd", 1],
        lambda told: (
            (told["answer"], told["tables"][0]["value"][:3], told["text"].split("\n")[0]) == (1, [3, 7, 7], "## Tall")
        ),
    ),
    "vkd.showData": Row(
        [f"{CENSUS}/demands/eksempel-4.vkd", 1], lambda text: "| Y.2 Kontorfunksjonærer | 1962 | 7 |" in text
    ),
    "vkd.why": Row([HERE, 0, "dode-yrke"], lambda text: "dode-yrke" in text),
    "vkd.profiles": Row([HERE, 4], lambda answer: (answer["product"], answer["meets"]) == ("nytt", [])),
    "vkd.checkData": Row([HERE, 6], lambda answer: (answer["product"], answer["rows"]) == ("godt", 174)),
    "vkd.catalogue": Row([], lambda answer: answer["catalogues"][0]["name"] == "Folketelling"),
    "vkd.describe": Row(
        [f"{CENSUS}/archive/ft60-person.csv"],
        lambda told: (
            "/ Yrke " in told["text"] and {"column": "Yrke", "word": "Yrke", "why": "nøyaktig ord"} in told["columns"]
        ),
    ),
    "vkd.rebuild": Row([], lambda answer: answer is None),
}
"""A row for each command."""

OFFERED: dict[str, tuple[int, str]] = {
    "quickfix": (5, "Skriv «Yrke»"),
    "source.fixAll.vkd": (5, "Rett alt som er sikkert"),
    "source": (1, "Kjør"),
    "source.organize.vkd": (5, "Nummerer linjene og rett inn kolonnene"),
    "refactor.move.vkd.up": (2, "Flytt linjen opp"),
    "refactor.move.vkd.down": (1, "Flytt linjen ned"),
    "refactor.rewrite.vkd.sort": (7, "Sorter linjene etter koder"),
    "refactor.rewrite.vkd.renumber": (5, "Nummerer linjene på nytt"),
    "refactor.rewrite.vkd.split": (10, "Del ved E: en beskrivelse for hver gruppe"),
    "refactor.rewrite.vkd.withoutNegated": (10, "Stryk linjene som N sier at produktet ikke har"),
    "refactor.rewrite.vkd.unfoldLine": (2, "Skriv ut gjentakelsestegnene i linjen"),
    "refactor.rewrite.vkd.unfold": (2, "Skriv ut gjentakelsestegnene i beskrivelsen"),
    "refactor.rewrite.vkd.fold": (7, "Sett gjentakelsestegn for det som gjentas"),
    "refactor.rewrite.vkd.demand": (7, "Lag en etterspørsel av dette produktet"),
    "refactor.rewrite.vkd.product": (2, "Lag et produkt av denne etterspørselen"),
    "refactor.rewrite.vkd.series": (14, "Be om en verdi for hver periode (panel)"),
    "refactor.rewrite.vkd.stretch": (15, "Be om hele tidsrommet under ett"),
    "refactor.rewrite.vkd.column": (18, "Beskriv kolonnen yrke1 som Yrke"),
    "refactor.rewrite.vkd.columns": (16, "Beskriv kolonnene i denne filen"),
    "refactor.rewrite.vkd.relax": (2, "Stryk linje 2 (1 svar)"),
}
"""A row for each kind of code action: the line it is asked for at, and a title."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {}))


def filled(params: Json, session: Session) -> Json:
    """Parameters with the addresses of this session in them."""
    text = (
        json.dumps(params).replace(HERE, session.uri("demands/test.vkd")).replace(CENSUS, session.uri("").rstrip("/"))
    )
    return json.loads(text)


def ask(session: Session, method: str) -> Json:
    params = ROWS[method].params
    made = filled(params(lambda other: ask(session, other)) if callable(params) else params, session)
    return session.client.request(method, made)


def test_every_row_has_its_test() -> None:
    assert [feature.method for feature in FEATURES if feature.method not in ROWS | TOLD] == []
    assert set(RUN) == {command.name for command in COMMANDS}
    assert set(OFFERED) == set(action_kinds())


@pytest.mark.parametrize("method", ROWS)
def test_a_request_is_answered(session: Session, method: str) -> None:
    tree = {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}
    capabilities = session.start({"textDocument": {"diagnostic": {}, **tree}})["capabilities"]
    CONVERTER.structure(capabilities, types.ServerCapabilities)
    session.open("demands/test.vkd", TEXT)
    session.run("vkd.run", session.uri("demands/test.vkd"))
    result = ask(session, method)
    assert ROWS[method].holds(result), result
    response = types.METHOD_TO_TYPES[method][1]
    assert response
    CONVERTER.structure({"jsonrpc": "2.0", "id": 1, "result": result}, response)


@pytest.mark.parametrize("method", TOLD)
def test_a_notification_has_its_effect(session: Session, method: str) -> None:
    session.start(initializationOptions={"run": {"onSave": True}})
    session.open("demands/test.vkd", TEXT)
    session.published()
    settings = session.root / "vkd.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"nb"', '"en"'), encoding="utf-8")
    session.client.notify(method, filled(TOLD[method].params, session))
    shown = "window/showMessage" if method.endswith("didSave") else "textDocument/publishDiagnostics"
    told = session.client.told(shown)
    assert TOLD[method].holds(told), told


@pytest.mark.parametrize("command", RUN)
def test_a_command_is_carried_out(session: Session, command: str) -> None:
    session.start()
    session.open("demands/test.vkd", TEXT)
    assert RUN[command].holds(session.run(command, *filled(RUN[command].params, session)))


@pytest.mark.parametrize("kind", OFFERED)
def test_a_kind_of_code_action_is_offered(session: Session, kind: str) -> None:
    line, title = OFFERED[kind]
    session.start()
    uri = session.open("demands/test.vkd", TEXT + PANEL)
    session.run("vkd.run", uri)
    found = session.client.request("textDocument/codeAction", filled(actions(kind, line=line), session))
    assert kind in {one["kind"] for one in found}
    assert title in [one["title"] for one in found]
    chosen = next(one for one in found if one["title"] == title)
    assert chosen.get("edit") or chosen["command"]
