"""Vocabularies in the editor, over a pipe: in the client's units, unsaved, half typed, and seen by everything else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import PULL, Session, codes
from tests.server.workspaces import CENSUS, workspace
from vkd_grammar.text import Encoding, split_lines, units_from_column

TABLE = "vocabulary/characteristics.csv"
DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / - / {word} / 19701101 / .\n"
ROW = "K99,å🙂Ord,,Word,individual,A,,,,no,,K5\r\n"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, workspace(tmp_path, {}))


def with_row(session: Session, row: str = ROW) -> str:
    """The vocabulary, opened with one row more; its address."""
    text = (session.root / TABLE).read_bytes().decode()
    return session.open(TABLE, text + row)


def last(session: Session, column: int, encoding: Encoding = "utf-16") -> Json:
    """A column of the added row, in the client's units."""
    row = len(split_lines((session.root / TABLE).read_bytes().decode()))
    return {"position": {"line": row, "character": units_from_column(ROW, column, encoding)}}


def test_an_unsaved_vocabulary_is_what_descriptions_are_read_against(session: Session) -> None:
    session.start(PULL)
    demand = session.open("demands/test.vkd", DEMAND.format(word="å🙂Ord"))
    assert codes(session.ask("textDocument/diagnostic", demand)["items"]) == ["VKD101"]
    table = with_row(session)
    assert session.ask("textDocument/diagnostic", demand)["items"] == []
    items = session.ask("textDocument/completion", demand, position={"line": 1, "character": 20})["items"]
    assert "å🙂Ord" in {item["label"] for item in items}
    session.client.change(table, 2, {"range": last_range(session), "text": "K99,Annet,,,,,,,,,,"})
    assert codes(session.ask("textDocument/diagnostic", demand)["items"]) == ["VKD101"]
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": table}})
    assert codes(session.ask("textDocument/diagnostic", demand)["items"]) == ["VKD101"]
    assert session.ask("textDocument/diagnostic", table)["items"] == []


def last_range(session: Session) -> Json:
    row = last(session, 0)["position"]["line"]
    return {"start": {"line": row, "character": 0}, "end": {"line": row + 1, "character": 0}}


def test_a_pushing_client_hears_of_both_when_a_vocabulary_changes(session: Session) -> None:
    session.start()
    demand = session.open("demands/test.vkd", DEMAND.format(word="å🙂Ord"))
    assert codes(session.published()["diagnostics"]) == ["VKD101"]
    table = with_row(session, ROW.replace("K5", "K55"))
    heard = {one["uri"]: codes(one["diagnostics"]) for one in (session.published(), session.published())}
    assert heard == {table: ["VKD605"], demand: []}
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": table}})
    found = [session.published() for _ in range(3)]
    assert [(one["uri"], codes(one["diagnostics"])) for one in found if one["uri"] == table][-1] == (table, [])
    assert [codes(one["diagnostics"]) for one in found if one["uri"] == demand] == [["VKD101"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_places_are_in_the_clients_units(session: Session, encoding: Encoding) -> None:
    session.start({"general": {"positionEncodings": [encoding]}})
    table = with_row(session)
    row = last(session, 0)["position"]["line"]
    end = units_from_column(ROW, 9, encoding)
    word = {"start": {"line": row, "character": 4}, "end": {"line": row, "character": end}}
    found = session.ask("textDocument/prepareRename", table, **last(session, 7, encoding))
    assert found == {"range": word, "placeholder": "å🙂Ord"}
    assert session.ask("textDocument/hover", table, **last(session, 8, encoding))["range"] == word
    (code,) = [session.ask("textDocument/definition", table, **last(session, len(ROW) - 3, encoding))]
    assert code["range"]["start"] == {"line": 5, "character": 0}
    edit = session.ask("textDocument/rename", table, newName="Nytt", **last(session, 7, encoding))
    assert edit["changes"][table] == [{"range": word, "newText": "Nytt"}]


def test_rename_edits_what_is_in_the_editor_and_what_is_not(session: Session) -> None:
    session.start({"workspace": {"workspaceEdit": {"documentChanges": True}}})
    table = with_row(session)
    demand = session.open("demands/test.vkd", DEMAND.format(word="å🙂Ord"))
    edit = session.ask("textDocument/rename", table, newName="A/B, C", **last(session, 6))
    changes = {one["textDocument"]["uri"]: one for one in edit["documentChanges"]}
    assert changes.keys() == {table, demand}
    assert changes[table]["textDocument"]["version"] == 1
    assert [one["newText"] for one in changes[table]["edits"]] == ['"A/B, C"']
    assert [one["newText"] for one in changes[demand]["edits"]] == ["A\\/B, C"]
    from_text = session.ask("textDocument/rename", demand, newName="X", position={"line": 1, "character": 20})
    again = {one["textDocument"]["uri"]: one for one in from_text["documentChanges"]}
    assert again[table]["edits"][0]["range"] == changes[table]["edits"][0]["range"]
    ident = session.client.ask("textDocument/prepareRename", {"textDocument": {"uri": table}, **last(session, 2)})
    assert session.client.answer(ident)["error"]["code"] == -32803


def test_a_concept_is_found_where_it_is_used(session: Session) -> None:
    session.start()
    table = session.open("vocabulary/names.csv")
    at = {"position": {"line": 3, "character": 0}}
    found = session.ask("textDocument/references", table, context={"includeDeclaration": True}, **at)
    assert found[0] == {
        "uri": table,
        "range": {"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 4}},
    }
    assert {one["uri"].rpartition("/")[2] for one in found[1:]} == {"ft70.vkd", "eksempel-3.vkd"}
    (product,) = session.ask("textDocument/implementation", table, **at)
    assert product["uri"] == session.uri("products/ft70.vkd")
    assert session.ask("textDocument/typeDefinition", table, **at)["range"]["start"]["line"] == 1
    (item,) = session.ask("textDocument/prepareTypeHierarchy", table, **at)
    (above,) = session.client.request("typeHierarchy/supertypes", {"item": item})
    assert len(session.client.request("typeHierarchy/subtypes", {"item": above})) == 3


def test_what_a_row_names_is_lit_up_and_explained(session: Session) -> None:
    session.start()
    table = session.open(TABLE)
    found = session.ask("textDocument/documentHighlight", table, position={"line": 8, "character": 1})
    assert [one["range"]["start"] for one in found] == [{"line": 5, "character": 73}, {"line": 8, "character": 0}]
    (item, *_) = session.ask("textDocument/completion", table, position={"line": 5, "character": 75})["items"]
    assert item["label"] == "K7"
    assert "Næring" in session.client.request("completionItem/resolve", item)["documentation"]["value"]


def test_symbols_folds_and_fixes(session: Session) -> None:
    session.start({"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}})
    table = with_row(session, "K99,Ord,,,individual,A,,,,no,,K55\n")
    symbols = session.ask("textDocument/documentSymbol", table)
    (income,) = [one for one in symbols if one["children"]]
    assert (income["name"], income["detail"], income["children"][0]["name"]) == ("Inntekt", "K6", "Lønnsinntekt")
    assert session.ask("textDocument/foldingRange", table) == [{"startLine": 6, "endLine": 7}]
    (fix, *_) = session.ask("textDocument/codeAction", table, range=last_range(session), context={"diagnostics": []})
    assert fix["title"] == "Skriv «K5»"
    assert [one["newText"] for one in fix["edit"]["changes"][table]] == ["K5"]


@pytest.mark.parametrize("uri", ["untitled:Untitled-1", "file:///nowhere/else.csv"])
def test_a_table_that_no_catalogue_has_is_left_alone(session: Session, uri: str) -> None:
    session.start(PULL)
    document = {"uri": uri, "languageId": "csv", "version": 1, "text": "a,b\nc,d\n"}
    session.client.notify("textDocument/didOpen", {"textDocument": document})
    here = {"position": {"line": 1, "character": 0}}
    assert session.ask("textDocument/diagnostic", uri)["items"] == []
    assert session.ask("textDocument/completion", uri, **here)["items"] == []
    for method in ("hover", "definition", "prepareRename", "rename", "semanticTokens/full", "formatting", "codeLens"):
        assert session.ask(f"textDocument/{method}", uri, newName="x", **here) is None
    for method in ("references", "documentHighlight", "documentSymbol", "foldingRange"):
        assert session.ask(f"textDocument/{method}", uri, context={}, **here) == []


def test_edits_of_every_kind_leave_the_text_that_the_client_has(session: Session) -> None:
    session.start()
    table = session.open(TABLE, "code,prefLabel@nb\r")
    session.client.change(
        table, 2, {"range": span(1, 0, 1, 0), "text": "\nK1,å🙂"}, {"range": span(1, 4, 1, 6), "text": "b"}
    )
    session.client.change(table, 3, {"range": span(9, 0, 9, 9), "text": "c\r\nK2,d\n"})
    symbols = session.ask("textDocument/documentSymbol", table)
    assert [(one["name"], one["location"]["range"]["start"]["line"]) for one in symbols] == [("åbc", 1), ("d", 2)]
    session.client.change(table, 4, {"text": "code\nK9\n"})
    assert [one["name"] for one in session.ask("textDocument/documentSymbol", table)] == ["K9"]


def span(first: int, start: int, last: int, end: int) -> Json:
    return {"start": {"line": first, "character": start}, "end": {"line": last, "character": end}}


def test_a_saved_vocabulary_is_read_and_products_are_registered_by_it(session: Session) -> None:
    session.start()
    demand = session.open("demands/test.vkd", DEMAND.format(word="Ord"))
    assert session.run("vkd.run", demand, 0)["demands"][0]["status"] == "invalid"
    path = session.root / TABLE
    text = path.read_text(encoding="utf-8").replace("K5,Yrke,,", "K5,Yrke,Ord,")
    table = session.open(TABLE, text)
    assert session.run("vkd.run", demand, 0)["demands"][0]["status"] == "found"
    path.write_text(text, encoding="utf-8")
    session.client.notify("textDocument/didSave", {"textDocument": {"uri": table}})
    assert session.run("vkd.run", demand, 0)["demands"][0]["status"] == "found"


DYNAMIC: Json = {
    "synchronization": {"dynamicRegistration": True},
    "hover": {"dynamicRegistration": True},
    "rename": {"dynamicRegistration": True},
    "typeHierarchy": {"dynamicRegistration": True},
    "completion": {"dynamicRegistration": False},
    "diagnostic": {"dynamicRegistration": True},
}


def registered(session: Session) -> dict[str, Json]:
    """What is registered next, by method; an answer is given as a client does."""
    asked = session.client.asked("client/registerCapability")
    session.client.send({"id": asked["id"], "result": None})
    return {one["method"]: one["registerOptions"] for one in asked["params"]["registrations"]}


def test_vocabularies_settings_and_documentations_are_registered_and_no_other_file(session: Session) -> None:
    session.start({"textDocument": DYNAMIC})
    settings, tables = registered(session), registered(session)
    assert settings["textDocument/didOpen"] == {"documentSelector": [{"scheme": "file", "pattern": "**/vkd.toml"}]}
    selector = tables["textDocument/didOpen"]["documentSelector"]
    assert [Path(one["pattern"]).name for one in selector] == [
        "object-types.csv",
        "names.csv",
        "characteristics.csv",
        "times.csv",
    ]
    assert set(tables) == {
        *(f"textDocument/did{what}" for what in ("Open", "Change", "Save", "Close")),
        *(f"textDocument/{what}" for what in ("hover", "rename", "prepareTypeHierarchy", "diagnostic")),
    }
    assert tables["textDocument/rename"] == {"documentSelector": selector, "prepareProvider": True}
    assert tables["textDocument/diagnostic"]["workspaceDiagnostics"] is False
    documents = registered(session)["textDocument/didOpen"]["documentSelector"]
    assert documents == [{"scheme": "file", "pattern": f"{session.root.as_posix()}/documents/*.md"}]
    session.open("demands/eksempel-3.vkd")
    session.open("demands/eksempel-4.vkd")
    assert session.client.is_silent()


def test_a_client_that_takes_no_registrations_is_left_alone(session: Session) -> None:
    session.start(PULL)
    session.open("demands/eksempel-3.vkd")
    assert session.client.is_silent()


def test_what_was_asked_of_an_older_text_is_not_answered_from_a_newer(session: Session) -> None:
    session.start()
    table = with_row(session, "K99,Ord\n" * 20_000)
    ident = session.client.ask("textDocument/hover", {"textDocument": {"uri": table}, **last(session, 1)})
    session.client.change(table, 2, {"text": "code\nK9\n"})
    assert session.client.answer(ident)["error"]["code"] == -32801
    assert [one["name"] for one in session.ask("textDocument/documentSymbol", table)] == ["K9"]


def test_a_fix_of_a_description_edits_the_vocabulary_as_it_stands_in_the_editor(session: Session) -> None:
    session.start()
    demand = session.open("demands/test.vkd", DEMAND.format(word="Aldder"))
    text = (session.root / TABLE).read_text(encoding="utf-8")
    table = session.open(TABLE, text.replace("K1,", "K0,🙂,,,individual,A,,,,,,\nK1,"))
    found = session.ask("textDocument/codeAction", demand, range=span(1, 19, 1, 19), context={"diagnostics": []})
    edits = [edit for one in found for edit in one.get("edit", {}).get("changes", {}).get(table, [])]
    (synonym,) = [edit for edit in edits if edit["newText"] == "Aldder"]
    assert synonym["range"] == span(4, 9, 4, 9)
    assert {edit["range"]["start"]["line"] for edit in edits} >= {4, 14}


def test_what_is_answered_again_is_what_was_answered(session: Session) -> None:
    session.start(PULL)
    table = with_row(session, ROW.replace("K5", "K55"))
    before = session.ask("textDocument/diagnostic", table), session.ask("textDocument/documentSymbol", table)
    assert before == (session.ask("textDocument/diagnostic", table), session.ask("textDocument/documentSymbol", table))
    other = session.open("vocabulary/object-types.csv", "code,prefLabel@nb\nA,Personer\n")
    assert len(session.ask("textDocument/diagnostic", table)["items"]) > len(before[0]["items"])
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": other}})
    assert session.ask("textDocument/diagnostic", table) == before[0]


def test_a_product_that_a_vocabulary_names_is_looked_for_among_those_as_they_stand(session: Session) -> None:
    session.start(PULL)
    table = with_row(session, "K99,Ord,,,individual,A,,,K5@ny,no,Av et sett,\r\n")
    assert codes(session.ask("textDocument/diagnostic", table)["items"]) == ["VKD605"]
    product = session.root / "products/ny.vkd"
    product.write_text(
        "0 / Produktbeskrivelse / ny / form=csv; access=open\n1 / Personer / Døde / Yrke / 1970 / .\n", encoding="utf-8"
    )
    session.client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": product.as_uri(), "type": 1}]})
    assert codes(session.ask("textDocument/diagnostic", table)["items"]) == []


def test_a_product_that_a_vocabulary_names_is_led_to(session: Session) -> None:
    session.start(PULL)
    row = "K99,Ord,,,individual,A,,,K5@ft70-Person,no,Av et sett,\r\n"
    table = with_row(session, row)
    assert codes(session.ask("textDocument/diagnostic", table)["items"]) == []
    for typed, found in (("K5@ft", [("products/ft70.vkd", 1)]), ("K5", ("vocabulary/characteristics.csv", 5))):
        place = last(session, 0)
        place["position"]["character"] = row.index(typed) + len(typed) - 1
        said = session.ask("textDocument/definition", table, **place)
        places = [(one["uri"], one["range"]["start"]["line"]) for one in (said if isinstance(said, list) else [said])]
        assert places == [(session.uri(path), line) for path, line in (found if isinstance(found, list) else [found])]


def test_a_word_that_its_line_settles_is_a_use_in_texts_that_are_not_open_too(tmp_path: Path) -> None:
    names = (CENSUS / "vocabulary/names.csv").read_text(
        encoding="utf-8"
    ) + "M,Grupper,,,class,E,,\nM.5,Industri,,,class,E,,\n"
    lines = "1 / Personer / Industri / Yrke / 1970 / O\n2 / Bedrifter / Industri / Omsetning / 1970 / .\n"
    demand = f"0 / Etterspørselsbeskrivelse / bruker\n{lines}"
    folder = workspace(tmp_path, {"vocabulary/names.csv": names, "demands/lukket.vkd": demand})
    with connected() as client:
        session = Session(client, folder)
        session.start(PULL)
        opened = session.open("demands/test.vkd", demand)
        place = {"position": {"line": 1, "character": 17}, "context": {"includeDeclaration": False}}
        found = session.ask("textDocument/references", opened, **place)
    uses = sorted((one["uri"].rpartition("/")[2], one["range"]["start"]["line"]) for one in found)
    assert uses == [("lukket.vkd", 1), ("lukket.vkd", 2), ("test.vkd", 1), ("test.vkd", 2)]
