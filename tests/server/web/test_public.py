"""What is internal is not told to the public, whatever a page asks: all that goes over the wire is looked through."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.server.web.wire import DOCUMENT, Page, served
from tests.server.workspaces import workspace

SECRETS = """\
0 / Produktbeskrivelse / innside / data=fob:hemmelig-fil.csv; doc=https://intra.etaten.local/notat; form=csv;
    ; access=restricted; unit-id=Fødselsnummer; series=serie-nord
1 / Personer / Personreg.nov.70 / Fødselsnummer / 19701101 / O
2 / "        / "                / Yrke          / "        / O
3 / "        / "                / Inntekt       / "        / .

# Notat til kollegene: ligger på hemmelig-maskin.
0 / Produktbeskrivelse / utside / data=ut:tabell/1; doc=https://www.ssb.no/dok; form=table; access=open
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .
"""
PROFILE = "0 / Etterspørselsbeskrivelse / hemmelig-person / profile=yes\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
ALIASES = (
    '\n[archives]\nF = "archive/"\nP = "documents/"\nfob = "arkivrom/hylle-7/"\nut = "https://www.ssb.no/statbank/"\n'
)
INTERNAL = (
    "fob:",
    "arkivrom",
    "hylle-7",
    "hemmelig",
    "intra.etaten",
    "serie-nord",
    "F:ft",
    "P:ft",
    "archive/",
    "documents/",
    "products/",
    "demands/",
    "vocabulary/",
    "vkd.toml",
    "file:",
)
DEMAND = """\
0 / Etterspørselsbeskrivelse / noen
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O
2 / "        / "                / Inntekt / "     / .
"""
PRODUCT = """\
0 / Produktbeskrivelse / innside / data=min:egen.csv; doc=/etc/hosts
1 / Personer / Personreg.nov.70 / Yrkee / 19701101 / O
2 / "        / "                / Yrke / "     / .
"""
INVALID = DEMAND.replace("Yrke", "Yrkex")
NUMBER, OTHER_NUMBER = "01016050012", "811218-9876"
PERSONAL = f"""\
# {NUMBER} har bestilt dette.
0 / Produktbeskrivelse / om-{NUMBER} / data=https://www.ssb.no/{NUMBER}; contact=Kari {NUMBER}; source={OTHER_NUMBER}
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .

0 / Produktbeskrivelse / enkeltvis / contact=utside
1 / Person / {NUMBER} / Yrke / 19701101 / O
2 / "      / {OTHER_NUMBER} / Yrke / " / .
"""
SETTINGS = """\
[vocabularies]
names = ["{there}", "{nowhere}"]
[products]
include = ["/**/*.vkd", "{there}*", "{nowhere}*"]
[archives]
B = "{nowhere}"
"""
HEADER = {"line": 0, "character": 50}


def census(folder: Path) -> Path:
    """The census with products whose addresses lead inside and outside, and somebody's interest profile."""
    place = workspace(folder, {"products/more.vkd": SECRETS, "demands/profil.vkd": PROFILE})
    settings = place / "vkd.toml"
    text = settings.read_text(encoding="utf-8")
    head, _, rest = text.partition("[archives]")
    settings.write_text(head + rest[rest.index("[") :] + ALIASES, encoding="utf-8")
    return place


def everything(page: Page, place: Path) -> None:
    """Asks everything that there is to ask, and some things that there are not."""
    overview = page.ask("overview")
    for language in ("nb", "sv", "da", "en"):
        page.ask("example", language=language)
        page.ask("registers", language=language)
        for vocabulary in overview["vocabularies"]:
            for concept in page.ask("tree", vocabulary=vocabulary, language=language)["concepts"]:
                page.ask("concept", vocabulary=vocabulary, code=concept["code"], language=language)
        listed = page.ask("products", language=language)
        for entry in listed["entries"]:
            page.ask("collection", id=entry["id"], language=language)
        for product in listed["entries"]:
            page.ask("line", id=product["id"], line="1", language=language)
            page.ask("product", id=product["id"], language=language)
    page.ask("demands")
    for text in ("fob", "hemmelig", "ft", "yrke", "serie", "0101605", "8112"):
        page.ask("search", text=text, language="nb")
    page.open(rootUri=place.parent.as_uri(), initializationOptions={"catalogue": str(place / "vkd.toml")})
    for text in (DEMAND, INVALID, PRODUCT):
        page.write(text)
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
        for line, row in enumerate(text.split("\n")):
            for column in range(0, len(row) + 1, 3):
                at = {"line": line, "character": column}
                page.about("hover", position=at)
                for item in (page.about("completion", position=at) or {"items": []})["items"][:5]:
                    page.request("completionItem/resolve", item)
        for method in ("inlayHint", "codeAction"):
            page.about(method, range=whole, context={"diagnostics": []})
        for method in ("codeLens", "semanticTokens/full", "formatting", "documentLink", "documentSymbol", "diagnostic"):
            page.about(method, options={"tabSize": 2, "insertSpaces": True})
        for line in range(4):
            for name in ("vkd.run", "vkd.message", "vkd.profiles", "vkd.rebuild"):
                page.command(name, DOCUMENT, line)
            page.command("vkd.why", DOCUMENT, line, "innside")
        page.notify("textDocument/didClose", {"textDocument": {"uri": DOCUMENT}})
    page.command("vkd.run", (place / "demands/profil.vkd").as_uri())
    for query in ("", "innside", "Yrke"):
        page.request("workspace/symbol", {"query": query})
    page.request("workspace/diagnostic", {"previousResultIds": []})


def test_nothing_internal_is_told(tmp_path: Path) -> None:
    place = census(tmp_path / "etaten")
    with served(place) as page:
        everything(page, place)
    told = "\n".join(page.told)
    assert "utside" in told
    assert "https://www.ssb.no/statbank/tabell/1" in told
    assert [internal for internal in INTERNAL if internal in told] == []
    assert str(tmp_path) not in told
    assert tmp_path.name not in told


def test_no_personal_number_is_told(tmp_path: Path) -> None:
    place = census(tmp_path / "etaten")
    (place / "products/personal.vkd").write_text(PERSONAL, encoding="utf-8")
    names = place / "vocabulary/characteristics.csv"
    text = names.read_text(encoding="utf-8")
    names.write_text(text.replace("Yrke", f"Yrke {NUMBER}", 1), encoding="utf-8")
    settings = place / "vkd.toml"
    settings.write_text(
        re.sub("name = .*", f'name = "{NUMBER}"', settings.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
    with served(place) as page:
        everything(page, place)
    told = "\n".join(page.told)
    assert "•••" in told
    assert "enkeltvis" in told
    assert [number for number in (NUMBER, OTHER_NUMBER) if number in told] == []


@pytest.mark.parametrize(
    ("uri", "language"),
    [
        ("untitled:vkd.toml", "vkd"),
        ("untitled:vkd.toml", "toml"),
        ("untitled:a", "toml"),
        ("untitled:names.csv", "csv"),
    ],
)
def test_a_page_has_demands_and_no_settings(tmp_path: Path, uri: str, language: str) -> None:
    place = workspace(tmp_path / "etaten", {})
    there, nowhere = place / "vkd.toml", place / "ingenting"
    with served(place) as page:
        page.open()
        text = SETTINGS.format(there=there, nowhere=nowhere)
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        page.notify("textDocument/didOpen", {"textDocument": item})
        assert page.about("hover", uri=uri, position=HEADER) in (-32601, -32602)
        # Nobody waits while the disk is walked, and what is told next is of the demand.
        page.write(DEMAND)
        assert published(page) == []
    assert "ingenting" not in "\n".join(page.told)


def test_an_invalid_demand_names_no_file(tmp_path: Path) -> None:
    place = workspace(tmp_path / "etaten", {})
    with served(place) as page:
        page.open()
        page.write(INVALID)
        demand = page.command("vkd.run", DOCUMENT, 0)["demands"][0]
        assert demand["status"] == "invalid"
        fixes = [fix for one in demand["diagnostics"] for fix in one["fixes"]]
        assert {edit["path"] for fix in fixes for edit in fix["edits"]} == {DOCUMENT}


@pytest.mark.parametrize("method", [["initialize"], 7, None, {}, True])
def test_a_message_without_a_method_is_answered(tmp_path: Path, method: object) -> None:
    with served(workspace(tmp_path / "etaten", {})) as page:
        page.open()
        page.send({"id": 99, "method": method})
        assert page.hear()["error"]["code"] == -32600
        assert page.request("$/cancelRequest", {"id": 99}) == -32601
        page.write(DEMAND)
        assert page.command("vkd.run", DOCUMENT, 0)["version"] == 1


def test_the_same_questions_tell_staff_what_is_internal(tmp_path: Path) -> None:
    place = census(tmp_path / "etaten")
    with served(place, "--private") as page:
        everything(page, place)
    told = "\n".join(page.told)
    assert {"fob:", "hemmelig", "intra.etaten", "F:ft", "arkivrom", "hylle-7"} <= {
        one for one in INTERNAL if one in told
    }
    # No file can be reached by a page, whoever has it open.
    assert "file:" not in told


def test_staff_are_told(tmp_path: Path) -> None:
    place = census(tmp_path / "etaten")
    with served(place, "--private") as page:
        assert not page.ask("overview")["public"]
        facts = {fact["key"]: fact["text"] for fact in page.ask("product", id="innside", language="nb")["facts"]}
        assert facts["data"] == "fob:hemmelig-fil.csv"
        assert [one["id"] for one in page.ask("demands") if one["profile"]] == ["hemmelig-person"]
        page.open()
        page.write(DEMAND)
        assert "fob:hemmelig-fil.csv" in page.command("vkd.message", DOCUMENT, 0)["text"]


def test_the_public_is_told_the_same_answer_and_revision(tmp_path: Path) -> None:
    place = census(tmp_path / "etaten")
    told = []
    for options in ((), ("--private",)):
        with served(place, *options) as page:
            page.open()
            page.write(DEMAND)
            answer = page.command("vkd.run", DOCUMENT, 0)
            demand = answer["demands"][0]
            told.append((page.ask("overview")["revision"], answer["catalogue"], demand["covers"], demand["status"]))
    assert told[0] == told[1]
    assert told[0][2]


def test_nothing_is_looked_for_on_the_disk_for_the_public(tmp_path: Path) -> None:
    place = workspace(tmp_path / "etaten", {})
    there, nowhere = place / "vkd.toml", place / "ingenting"
    with served(place) as page:
        page.open()
        found = []
        for path in (there, nowhere):
            page.write(PRODUCT.replace("/etc/hosts", str(path)))
            found.append([one["code"] for one in published(page)])
            page.notify("textDocument/didClose", {"textDocument": {"uri": DOCUMENT}})
            assert published(page) == []
        assert found[0] == found[1] != []


def published(page: Page) -> Any:
    """The diagnostics that come next."""
    while (message := page.hear()).get("method") != "textDocument/publishDiagnostics":
        pass
    return message["params"]["diagnostics"]


def test_a_page_reaches_no_file_and_no_other_folder(tmp_path: Path) -> None:
    place = workspace(tmp_path / "etaten", {})
    other = workspace(tmp_path / "andre", {})
    product = (place / "products/ft60-person.vkd").as_uri()
    with served(place, "--private") as page:
        page.open(rootUri=other.as_uri(), workspaceFolders=[{"uri": other.as_uri(), "name": "andre"}])
        page.write("0 / Demand description / x\n", uri=product)
        assert page.about("hover", uri=product, position=HEADER) == -32601
        assert page.command("vkd.run", product) == -32601
        assert page.request("workspace/textDocumentContent", {"uri": f"vkd-message:/0/a.md?{product}"}) == -32601
        page.write(DEMAND)
        assert page.command("vkd.run", DOCUMENT, 0)["catalogue"]["products"] == 4
    assert "andre" not in "\n".join(page.told)
