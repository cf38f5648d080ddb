"""`vkd why DEMAND PRODUCT`: the first field of each line that does not fit, and whatever else stands in the way."""

import shutil
from pathlib import Path

import pytest

from vkd_catalog.catalogue import open_catalogue
from vkd_grammar.document import read_document
from vkd_server.cli import run_command
from vkd_server.features.answers.run import run_piece
from vkd_server.features.answers.why import why

FOLKETELLING = Path(__file__).parents[3] / "examples" / "folketelling"

CASES = {
    "an answer by itself": (
        "1 / Persons / Personreg.nov.70 / Occupation / 19701101 / .",
        "ft70-person",
        ["ft70-person is among the answers, by itself: exactly what was asked."],
    ),
    "an answer together with another": (
        '1 / Persons / Personreg.nov.60 / Sex / 19601101 / O\n2 / " / Personreg.nov.70 / Income / 19701101 / .',
        "FT70-PERSON",
        ["FT70-PERSON is among the answers, together with ft60-person: exactly what was asked."],
    ),
    "another time": (
        "1 / Persons / Personreg.nov.70 / Occupation / 1971 / .",
        "ft70-person",
        [
            "ft70-person is not among the answers.",
            "Line 1: no answer. Time: 1971 is asked for, nearest is line 2 with 1970-11-01.",
        ],
    ),
    "excluded by a negated line": (
        '1 / Persons / Personreg.nov.70 / Occupation / 19701101 / N\n2 / " / " / Income / " / .',
        "ft70-person",
        [
            "ft70-person is not among the answers.",
            "Line 1: answers, with line 2 (exactly what was asked).",
            "Line 2 is negated (N), and the product's line 4 matches it: that excludes the product.",
        ],
    ),
    "nobody has the rest": (
        '1 / Persons / - / Occupation / 19701101 / O\n2 / " / " / Education / " / .',
        "ft70-person",
        [
            "ft70-person is not among the answers.",
            "Line 1: answers, with line 2 (exactly what was asked).",
            "Line 2: no answer. Characteristic: “Education” is asked for, nearest is line 1 with “Date of birth”.",
            "It answers 1 of 2 lines of the group; no other set covers the rest together with it.",
        ],
    ),
    "an unknown product": (
        "1 / Persons / Personreg.nov.70 / Occupation / 1972 / .",
        "nothing-such",
        ["No product description and no collection is called nothing-such."],
    ),
}

EDITIONS = "".join(
    f"0 / Product description / ind{year} / collection=IND; unit-id=Fødselsnummer; access=open\n"
    f"1 / Persons / Personreg. / {what} / {year} / .\n"
    for year, what in ((1980, "Income"), (1981, "Income"), (1982, "Occupation"))
)
OF_A_COLLECTION = {
    "by itself, with the editions that it needs": (
        "1 / Persons / Personreg. / Income / 1980..1981:A / .",
        "IND",
        ["IND is among the answers, by itself, with ind1980 and ind1981: exactly what was asked."],
    ),
    "lines answered by different editions": (
        '1 / Persons / Personreg. / Income / 1981 / O\n2 / " / " / Occupation / 1982 / .',
        "ind",
        ["ind is among the answers, by itself, with ind1981 and ind1982: exactly what was asked."],
    ),
    "no edition of that year": (
        '1 / Persons / Personreg. / Occupation / 1982 / O\n2 / " / " / Income / 1990 / .',
        "IND",
        [
            "IND is not among the answers.",
            "Line 1: answers, with line 1 of ind1982 (exactly what was asked).",
            "Line 2: no answer. Time: 1990 is asked for, nearest is line 1 of ind1981 with 1981.",
            "It answers 1 of 2 lines of the group; no other set covers the rest together with it.",
        ],
    ),
    "the editions that a negated line leaves out": (
        '1 / Persons / Personreg. / Occupation / 1982 / N\n2 / " / " / Occupation / " / .',
        "IND",
        [
            "IND is not among the answers.",
            "Line 1: no answer. Characteristic: “Occupation” is asked for, nearest is line 1 of ind1981 with “Income”.",
            "Line 2 is negated (N): it leaves out ind1982.",
        ],
    ),
    "every edition left out": (
        '1 / Persons / Personreg. / Sex / 1982 / N\n2 / " / " / - / - / .',
        "IND",
        [
            "IND is not among the answers.",
            "Line 1: no answer. Characteristic: “Sex” is asked for, nearest is line 1 of ind1982 with “Occupation”.",
            "Line 2 is negated (N), and all editions match it, as line 1 of ind1980 does: that excludes IND.",
        ],
    ),
    "an edition by itself": (
        "1 / Persons / Personreg. / Income / 1981 / .",
        "IND1981",
        ["IND1981 is among the answers, by itself: exactly what was asked."],
    ),
}


def test_many_that_it_cannot_be_linked_to_are_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(FOLKETELLING, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".vkd"))
    text = "0 / Product description / {} / access=open; unit-id=Fødselsnummer; series={}\n1 / Persons / - / {} / 1980 / .\n"
    sets = [("y", 1, "Occupation"), *((f"i{number}", 2, "Income") for number in range(1, 9))]
    products = "".join(text.format(*one) for one in sets).replace("/ - /", "/ Personreg. /")
    (tmp_path / "products/p.vkd").write_text(products, encoding="utf-8")
    lines = '0 / Demand description / q\n1 / Persons / - / Occupation / 1980 / O\n2 / " / " / Income / " / .\n'
    (tmp_path / "q.vkd").write_text(lines, encoding="utf-8")
    assert run_command(["why", str(tmp_path / "q.vkd"), "y"]) == 1
    said = "It cannot be linked with i1, i2, i3, i4, i5 and 3 more (R2: no shared unit-id of one series)."
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("product", "code"), [("FT70-Person", 0), ("ft60-person", 1), ("ingen", 2)])
def test_the_exit_code_tells_whether_the_product_answers(product: str, code: int, tmp_path: Path) -> None:
    demand = tmp_path / "q.vkd"
    demand.write_text("0 / Demand description / q\n1 / Persons / - / Occupation / 19701101 / .\n", encoding="utf-8")
    assert run_command(["why", str(demand), product, "--workspace", str(FOLKETELLING)]) == code


@pytest.mark.parametrize("name", CASES)
def test_why(name: str) -> None:
    lines, product, expected = CASES[name]
    catalogue = open_catalogue(FOLKETELLING)
    document = read_document(f"0 / Demand description / q\n{lines}\n", catalogue.parser)
    run = run_piece(document, 0, "q.vkd", catalogue)
    assert run is not None
    assert why(run, product, catalogue).split("\n") == expected


@pytest.mark.parametrize("name", OF_A_COLLECTION)
def test_why_a_collection(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, collection, expected = OF_A_COLLECTION[name]
    shutil.copytree(FOLKETELLING, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".vkd"))
    (tmp_path / "products/ind.vkd").write_text(EDITIONS, encoding="utf-8")
    (tmp_path / "q.vkd").write_text(f"0 / Demand description / q\n{lines}\n", encoding="utf-8")
    code = run_command(["why", str(tmp_path / "q.vkd"), collection])
    assert [line.strip() for line in capsys.readouterr().out.splitlines()[1:]] == expected
    assert code == (1 if "not among" in expected[0] else 0)
