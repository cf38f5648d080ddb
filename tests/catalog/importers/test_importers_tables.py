"""Tables from PxWeb and SDMX: what their sentences say, and that demands are answered by them."""

from pathlib import Path

import pytest

from tests.catalog.importers.asked import answered
from tests.catalog.importers.reading import HERE, ran, read_workspace
from vkd_catalog.importers import Importer, ImportSourceError, pxweb, sdmx

SOURCES = HERE / "sources"


@pytest.mark.parametrize(
    ("importer", "source", "demand", "answers"),
    [
        (pxweb.IMPORTER, "boliger.nb.json", "1 / - / region / Igangsatte boliger / 2020M12 / .", [("boliger", "exact")]),
        (pxweb.IMPORTER, "boliger.nb.json", "1 / - / Oslo / Fullførte boliger / 2021M01 / .", [("boliger", "contained")]),
        (pxweb.IMPORTER, "boliger.nb.json", "1 / - / Oslo / Fullførte boliger / 2021M02 / .", []),
        (pxweb.IMPORTER, "FOLK1A.json", "1 / - / område / Folketal den 1. i kvartalet / 2024K1 / O\n2 / - / køn / \" / \" / .", [("FOLK1A", "exact")]),
        (pxweb.IMPORTER, "v2", "1 / - / sector / Substance / 1990..1992:A / .", [("TAB004", "exact")]),
        (pxweb.IMPORTER, "v2", "1 / - / AVFALL, TOTALT / Ämne / 1991 / .", [("TAB004", "contained")]),
        (sdmx.IMPORTER, "trade-2.1.xml", "1 / - / Reference area / Imports / 2011 / O\n2 / - / Partner country / \" / \" / .", [("TRADE", "exact")]),
        (sdmx.IMPORTER, "trade-2.1.xml", "1 / - / [REF_AREA.EU.DK] / Exports / 2011K3 / .", [("TRADE", "contained")]),
        (sdmx.IMPORTER, "trade-2.1.xml", "1 / - / Reference area / Imports / 2013 / .", []),
        (sdmx.IMPORTER, "rates-3.0.xml", "1 / - / Currency / Exchange rate / 2020 / .", [("EXR", "unstated")]),
        (sdmx.IMPORTER, "labour.json", "1 / - / Kön / Persons in the labour force / 2020 / .", [("LFS", "unstated")]),
    ],
)  # fmt: skip
def test_a_demand_is_answered_by_the_table(
    importer: Importer, source: str, demand: str, answers: list[tuple[str, str]], tmp_path: Path
) -> None:
    ran(importer, SOURCES / importer.name / source, tmp_path / "out")
    assert answered(tmp_path / "out", demand) == answers


@pytest.mark.parametrize(
    ("importer", "name", "text", "message"),
    [
        (pxweb.IMPORTER, "a.json", '{\n"variables": [,]}', ":2: is not JSON"),
        (pxweb.IMPORTER, "a.json", '{"variables": [1' + "0" * 5_000 + "]}", "is not JSON"),
        (pxweb.IMPORTER, "a.json", "[]", "not an object"),
        (pxweb.IMPORTER, "a.json", '{"tables": []}', "a list of tables"),
        (pxweb.IMPORTER, "a.json", '{"variables": ["x"]}', "not as the metadata of a table are"),
        (pxweb.IMPORTER, "a.json", '{"class": "dataset", "dimension": {}, "id": ["a"]}', "not as the metadata"),
        (sdmx.IMPORTER, "a.xml", "<a>\n<b></a>", ":2: no XML"),
        (sdmx.IMPORTER, "a.xml", "<a/>", "without structures"),
        (sdmx.IMPORTER, "a.xml", '<a xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"/>', "SDMX-ML 2.0"),
        (sdmx.IMPORTER, "a.json", '{"data": {"codelists": [{}]}}', "no structures as SDMX-JSON has them"),
        (sdmx.IMPORTER, "a.json", "{", ":1: is not JSON"),
        (sdmx.IMPORTER, "a.json", "[1" + "0" * 5_000 + "]", "is not JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(importer: Importer, name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ImportSourceError, match=message):
        ran(importer, tmp_path / name, tmp_path / "out")


def test_a_message_of_code_lists_alone_gives_their_classes(tmp_path: Path) -> None:
    whole = (SOURCES / "sdmx/trade-2.1.xml").read_text(encoding="utf-8")
    start, end = whole.index("<str:Dataflows>"), whole.index("</str:Dataflows>")
    other, last = whole.index("<str:DataStructures>"), whole.index("</mes:Structures>")
    text = whole[:start] + whole[end + len("</str:Dataflows>") : other] + whole[last:]
    (tmp_path / "lists.xml").write_text(text, encoding="utf-8")
    ran(sdmx.IMPORTER, tmp_path / "lists.xml", tmp_path / "out")
    workspace = read_workspace(tmp_path / "out")
    assert workspace.products == {}
    assert {"XX_CL_AREA", "XX_CL_AREA.EU.DK", "XX_CL_FREQ.A"} <= workspace.names.keys()
