"""DDI-Codebook: what its elements become, what is the same variable in several studies, and files that are no such."""

from pathlib import Path

import pytest

from tests.catalog.importers.reading import HERE, ran, read_workspace
from vkd_catalog.importers import ImportSourceError, ddi_codebook

_SURVEY = HERE / "sources/ddi-codebook/survey.xml"
_STUDY = """<codeBook xmlns="ddi:codebook:2_5" xml:lang="en"><stdyDscr><citation><titlStmt><titl>{title}</titl>
<IDNo>{title}</IDNo></titlStmt>{series}</citation><stdyInfo><sumDscr>{summary}</sumDscr></stdyInfo></stdyDscr>
<dataDscr>{variables}</dataDscr></codeBook>"""
_SERIES = "<serStmt><serName>Panel</serName></serStmt>"
_SEX = """<var ID="{id}" name="sex"><labl>Sex</labl><catgry><catValu>1</catValu><labl>{one}</labl></catgry></var>"""


def _study(folder: Path, title: str, series: str = "", summary: str = "", variables: str = "") -> None:
    text = _STUDY.format(title=title, series=series, summary=summary, variables=variables)
    (folder / f"{title}.xml").write_text(text, encoding="utf-8")


def test_a_study_of_two_files_is_two_products(tmp_path: Path) -> None:
    ran(ddi_codebook.IMPORTER, _SURVEY, tmp_path)
    person, household = read_workspace(tmp_path).products.values()
    assert person.identification == "LKU2012 person.csv"
    assert person.technical == {
        "collection": "Levekårsundersøkelsene",
        "form": "csv",
        "access": "restricted",
        "unit-id": "Løpenummer",
        "version": "2",
        "updated": "20130502",
        "title": "Levekårsundersøkelsen 2012",
        "title@en": "Survey of living conditions 2012",
        "doc": "https://arkivet.example/LKU2012",
        "population": "Personer 16 år og over\\; Norge",
        "source": "Intervju",
        "quality": "Tilfeldig utvalg",
        "processing": "Kontrollert maskinelt",
        "publisher": "Arkivet",
        "contact": "post@arkivet.example",
        "licence": "CC BY 4.0",
        "pid": "10.5072/LKU2012",
        "data": "https://arkivet.example/LKU2012/person.csv",
    }
    assert person.sentences[2:4] == [
        ("Personer", "Levekårsundersøkelsene", "Kjønn", "2012"),
        ("Personer", "Levekårsundersøkelsene", "Kjønn", "2010..2011"),
    ]
    assert {sentence[0] for sentence in household.sentences} == {"Personer", "Husholdninger"}


def test_variables_groups_and_categories_are_characteristics(tmp_path: Path) -> None:
    ran(ddi_codebook.IMPORTER, _SURVEY, tmp_path)
    rows = read_workspace(tmp_path).characteristics
    sex = {column: cell for column, cell in rows["levekårsundersøkelsene.G1.kjonn"].items() if cell}
    assert sex == {
        "code": "levekårsundersøkelsene.G1.kjonn",
        "prefLabel@nb": "Kjønn",
        "prefLabel@en": "Sex",
        "definition@nb": "Kjønn etter folkeregisteret.",
        "notation": "kjonn",
        "kind": "individual",
        "values@nb": "1=Mann|2=Kvinne|9=Uoppgitt",
        "values@en": "1=Man|2=Woman",
        "missing": "9",
    }
    assert rows["levekårsundersøkelsene.G1.alder"]["definition@nb"] == "Hvor gammel er du?"
    assert rows["levekårsundersøkelsene.G1.G2.helse"]["classification"] == "icd-10"
    assert rows["levekårsundersøkelsene.G1.G2.helse"]["derivedFrom"] == (
        "levekårsundersøkelsene.G1.kjonn+levekårsundersøkelsene.G1.alder"
    )
    assert rows["levekårsundersøkelsene.G1.G2"]["definition@nb"] == "Om helse."


def test_a_variable_is_the_same_in_the_studies_of_a_series_alone(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    man, male = _SEX.format(id="V1", one="Man"), _SEX.format(id="V7", one="Male")
    _study(source, "a", _SERIES, variables=man)
    _study(source, "b", _SERIES, variables=man.replace("V1", "V3"))
    _study(source, "c", _SERIES, variables=male)
    _study(source, "d", variables=man)
    ran(ddi_codebook.IMPORTER, source, tmp_path / "out")
    workspace = read_workspace(tmp_path / "out")
    said = {name: product.sentences[0][2] for name, product in workspace.products.items()}
    assert said == {"a": "Sex [panel.sex]", "b": "Sex [panel.sex]", "c": "Sex [panel.sex_2]", "d": "Sex [d.sex]"}
    assert {product.technical.get("collection") for product in workspace.products.values()} == {"Panel", None}


@pytest.mark.parametrize(
    ("summary", "times"),
    [
        ("", ["?"]),
        ('<timePrd date="1994"/>', ["1994"]),
        ('<timePrd event="start" date="1994"/><timePrd event="end" date="2004"/>', ["1994..2004"]),
        ('<timePrd event="start" date="1994-01-01"/><timePrd event="end" date="1994-12-31"/>', ["1994"]),
        ('<timePrd event="start" date="1994"/>', ["1994"]),
        ('<timePrd event="start" date="2004"/><timePrd event="end" date="1994"/>', ["?"]),
        ('<timePrd date="1994"/><timePrd date="1996-05"/><timePrd date="1994"/>', ["1994", "199605"]),
        ("<timePrd>1994</timePrd>", ["1994"]),
        ("<timePrd>The nineties</timePrd>", ["?"]),
        ('<collDate date="2018-10-21T00:00:00Z"/>', ["20181021"]),
        ('<timePrd date="1994"/><collDate date="1995"/>', ["1994"]),
    ],
)
def test_the_times_of_a_study(tmp_path: Path, summary: str, times: list[str]) -> None:
    source = tmp_path / "source"
    source.mkdir()
    _study(source, "a", summary=summary, variables=_SEX.format(id="V1", one="Man"))
    ran(ddi_codebook.IMPORTER, source, tmp_path / "out")
    assert [sentence[3] for sentence in read_workspace(tmp_path / "out").products["a"].sentences] == times


def test_a_file_of_its_own_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    _study(source, "a", variables=_SEX.format(id="V1", one="Man"))
    (source / "b.xml").write_text("<codeBook>\n<var>", encoding="utf-8")
    report = ran(ddi_codebook.IMPORTER, source, tmp_path / "out")
    assert list(read_workspace(tmp_path / "out").products) == ["a"]
    told = [one for one in report.unmapped if one.kind == "file that could not be read"]
    assert [(one.what, one.why) for one in told] == [("b.xml:2", "is not well-formed XML: no element found (column 6)")]


def test_letters_that_a_document_type_elsewhere_declares_are_read(tmp_path: Path) -> None:
    text = (
        '<!DOCTYPE codeBook SYSTEM "http://www.icpsr.umich.edu/DDI/Version1-2-2.dtd">\n'
        '<codeBook><dataDscr><var name="A"><labl>K&oslash;nn &amp; &own;</labl></var></dataDscr></codeBook>'
    )
    (tmp_path / "a.xml").write_text(text, encoding="utf-8")
    ran(ddi_codebook.IMPORTER, tmp_path / "a.xml", tmp_path / "out")
    assert [sentence[2] for sentence in read_workspace(tmp_path / "out").products["a"].sentences] == ["Kønn & &own;"]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("<codeBook>\n<var></codeBook>", "is not well-formed XML: mismatched tag", 2),
        ("", "is not well-formed XML: no element found", 1),
        ("<DDIInstance/>", "holds no codeBook", 0),
        ('<!DOCTYPE a [\n<!ENTITY b "c">]><codeBook/>', "declares the entity b, and entities are not expanded", 2),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>', "declares the entity b", 1),
        ("<codeBook>" + "<a>" * 300 + "</a>" * 300 + "</codeBook>", "has elements more than 200 deep", 1),
        ('<?xml version="1.0" encoding="klingon"?><codeBook/>', "unknown encoding", 0),
    ],
)
def test_what_is_no_ddi_codebook_is_refused_with_its_place(tmp_path: Path, text: str, message: str, line: int) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportSourceError, match=message) as refused:
        ran(ddi_codebook.IMPORTER, path, tmp_path / "out")
    assert (refused.value.path, refused.value.line) == (path, line)
    assert not (tmp_path / "out").exists()
