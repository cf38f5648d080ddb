"""`vkd code`: codes for words and words for codes, and that nothing is meant otherwise on the way."""

from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import CENSUS, PARSER, workspace
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_grammar.document import read_document

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n"
EXAMPLES = sorted(path.relative_to(CENSUS).as_posix() for path in CENSUS.glob("*/*.vkd"))


def meaning(text: str, catalogue: Catalogue) -> list[object]:
    """What a text's fields mean, however they are written."""
    coded = [catalogue.coder.code(description) for description in read_document(text, PARSER).descriptions]
    return [
        (one.identification, one.technical.unit_id, [(*had[2:7], had.operator) for had in one.sentences])
        for one in coded
    ]


@pytest.mark.parametrize("path", EXAMPLES)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_there_and_back_means_the_same(vkd: Vkd, tmp_path: Path, path: str, language: str) -> None:
    catalogue = open_catalogue(workspace(tmp_path, {}), PARSER)
    before = (tmp_path / path).read_text(encoding="utf-8")
    coded = vkd("code", path)
    words = vkd("code", "--back", "--language", language, "-", stdin=coded.out.encode())
    assert (coded.code, coded.err, words.code, words.err) == (0, "", 0, "")
    assert meaning(coded.out, catalogue) == meaning(before, catalogue) == meaning(words.out, catalogue)
    assert vkd("code", "-", stdin=words.out.encode()).out == coded.out
    assert coded.out.count('"') == before.count('"')


@pytest.mark.parametrize(
    ("text", "coded"),
    [
        ("1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .", "1 / [A] / [P.70] / [K5] / 19701101 / ."),
        ("1 / Persons / - / Yrke [K5] / Folketellingen 1970 / .", "1 / [A] / - / [K5] / [T2] / ."),
        ("1 / Person / P00001 / Alder / 1960-årene / .", "1 / [A.B] / P00001 / [K3] / [T3] / ."),
        ("1 / [A] / [P] / [K5] / [T1] / .", "1 / [A] / [P] / [K5] / [T1] / ."),
    ],
)
def test_what_becomes_a_code(vkd: Vkd, tmp_path: Path, text: str, coded: str) -> None:
    workspace(tmp_path, {"a.vkd": f"{DEMAND}{text}\n"})
    called = vkd("code", "a.vkd")
    assert (called.code, called.out) == (0, f"{DEMAND}{coded}\n")


def test_what_has_no_code_is_left_and_told(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": f"{DEMAND}1 / Personer / Personreg.nov.70 / Yrkke / [K9] / .\n"})
    called = vkd("code", "a.vkd")
    assert called.code == 1
    assert called.out == f"{DEMAND}1 / [A] / [P.70] / Yrkke / [K9] / .\n"
    assert [line.split()[0] for line in called.err.splitlines()] == ["a.vkd:2:35:", "a.vkd:2:43:"]


def test_words_are_written_so_that_they_are_read_back(vkd: Vkd, tmp_path: Path) -> None:
    files = {
        "vocabulary/names.csv": "code,prefLabel@nb,kind\nA,Varer/tjenester,register\nB,Ord,class\nC,Ord,class\nD,-,class\n",
        "vocabulary/times.csv": "code,prefLabel@nb,from,to\nT,1970,19710101,19711231\n",
        "a.vkd": DEMAND + "".join(f"{n} / - / [{c}] / - / [T] / O\n" for n, c in enumerate("ABCD", 1)),
    }
    workspace(tmp_path, files)
    words = vkd("code", "--back", "a.vkd").out
    assert [line.split(" / ")[2].strip() for line in words.splitlines()[1:]] == [
        "Varer\\/tjenester",
        "Ord [B]",
        "Ord [C]",
        "\\-",
    ]
    assert [line.split(" / ")[4].strip() for line in words.splitlines()[1:]] == ["[T]"] * 4
    assert vkd("code", "-", stdin=words.encode()).out.count("[") == 8


def test_text_in_another_encoding(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND.encode("latin-1")})
    called = vkd("code", "a.vkd")
    assert (called.code, called.out, called.err.count("\n")) == (2, "", 1)
