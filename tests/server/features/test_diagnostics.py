"""Diagnostics as values: where they stand, what silences them, how levels change them, and the checks rules make."""

from pathlib import Path

import pytest

from tests.server.workspaces import PARSER, diagnostics_of, found_in, found_in_text, workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_grammar.document import read_document
from vkd_server.features.diagnostics import diagnose, silenced_in

DEMAND = "0 / Etterspørselsbeskrivelse / bruker"
LINE = "1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / ."
PRODUCT = "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed"


def codes(*lines: str, levels: dict[str, str] | None = None) -> list[str]:
    """The codes found in a text, with the line they stand in, from 1."""
    found = found_in_text("\n".join(lines), levels=levels)
    return [f"{one.code}:{one.start.row + 1}" for one in found]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([DEMAND, LINE], ["VKD101:2"]),
        (["# vkd: ignore[VKD101]", DEMAND, LINE, DEMAND, LINE], []),
        (["", "# vkd: ignore[VKD101]", DEMAND, LINE, DEMAND, LINE], ["VKD101:6"]),
        (["", "# vkd: ignore[VKD101]", "# mer", DEMAND, LINE], []),
        (["", "# vkd: ignore[VKD101]", "", DEMAND, LINE], ["VKD101:5"]),
        ([DEMAND, "# vkd: ignore[VKD101]", LINE], []),
        ([DEMAND, "# vkd: ignore[VKD101]", "", LINE], ["VKD101:4"]),
        ([DEMAND, "# vkd: ignore[VKD102, vkd101]: venter", LINE], []),
        ([DEMAND, "#vkd:ignore[VKD101]", LINE], []),
        ([DEMAND, "# vkd: ignore[VKD1]", LINE], ["VKD101:3"]),
        ([DEMAND, "# vkd: ignore[]", LINE], ["VKD101:3"]),
        ([DEMAND, "# vkd: ignore[VKD101", LINE], ["VKD101:3"]),
        ([DEMAND, "# se vkd: ignore[VKD101]", LINE], ["VKD101:3"]),
        ([DEMAND, LINE, "# vkd: ignore[VKD101]"], ["VKD101:2"]),
        (["# vkd: ignore[VKD002]", LINE], ["VKD101:2"]),
        (["# vkd: ignore[VKD403]", PRODUCT.replace("F:", "Q:"), LINE.replace("Yrkke", "Yrke")], []),
        (["", "# vkd: ignore[VKD404]", PRODUCT.replace("eksempel", "ft70-person"), LINE.replace("Yrkke", "Yrke")], []),
        ([PRODUCT, "# vkd: ignore[VKD504] 01016050012", LINE.replace("Yrkke", "Yrke")], ["VKD504:2"]),
    ],
)
def test_what_comments_silence(lines: list[str], left: list[str]) -> None:
    assert codes(*lines) == left


@pytest.mark.parametrize(
    ("level", "severity"),
    [("error", "error"), ("warning", "warning"), ("info", "info"), ("hint", "hint"), ("off", None)],
)
def test_levels_change_what_is_said(level: str, severity: str | None) -> None:
    found = found_in_text(f"{DEMAND}\n{LINE}\n", levels={"VKD101": level})
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_places_are_rows_and_code_points() -> None:
    text = f"{DEMAND}\r\n1 / Personer / Personreg.nov.70 / 😀Å Yrkke / 1970 / .\r\n"
    (one,) = found_in_text(text)
    assert (one.start, one.end) == ((1, 34), (1, 42))
    assert one.message == "«😀Å Yrkke» er ikke et ord i ordlisten over kjennemerker."


def test_they_come_in_the_order_of_the_text() -> None:
    text = f"{LINE}\n{DEMAND}\n{LINE}\n0 / Tull / x\n1 / a / b / c / d / e\n# 01016050012\n"
    found = found_in_text(text)
    assert len(found) > 8
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_a_description_that_moves_takes_its_findings_along(tmp_path: Path) -> None:
    catalogue = open_catalogue(workspace(tmp_path, {}), PARSER)
    lines = (DEMAND + "\n", LINE.replace(" / .", " / O") + "\n")
    coded = catalogue.coder.code(read_document("".join(lines), PARSER).descriptions[0])
    near = diagnose(coded, lines, "a.vkd", catalogue)
    far = diagnose(coded, lines, "a.vkd", catalogue, row=40)
    assert [one.moved(40)[:6] for one in near] == [one[:6] for one in far]
    assert [one.moved(40).fixes() for one in near] == [one.fixes() for one in far]
    assert {edit.start.row for one in far for fix in one.fixes() for edit in fix.edits if edit.path == "a.vkd"} == {41}


def test_the_first_line_speaks_for_the_file() -> None:
    assert silenced_in(["# vkd: ignore[VKD101,VKD102]\n", "\n"]) == {"VKD101", "VKD102"}
    assert silenced_in(["\n", "# vkd: ignore[VKD101]\n"]) == set()
    assert silenced_in([]) == set()


CHECKS = [
    # VKD204: a population is stated by a register, in the same group.
    ("VKD204", [DEMAND, "1 / Personaggregater / Yrke / Sum / 1965 / ."], 1),
    ("VKD204", [DEMAND, "1 / Personaggregater / Yrke / Sum / 1965 / O", '2 / " / Døde / " / " / .'], 0),
    ("VKD204", [DEMAND, "1 / Personaggregater / Yrke / Sum / 1965 / E", '2 / " / Døde / " / " / .'], 1),
    ("VKD204", [DEMAND, "1 / Personaggregater / - / Sum / 1965 / ."], 0),
    # VKD303: a day, in a product, for what is accumulated; said once where dittos repeat it.
    ("VKD303", [PRODUCT, "1 / Bedrifter / Industri / Omsetning / 19701231 / ."], 1),
    ("VKD303", [PRODUCT, "1 / Bedrifter / Industri / Omsetning / 1970 / ."], 0),
    ("VKD303", [DEMAND, "1 / Bedrifter / Industri / Omsetning / 19701231 / ."], 0),
    ("VKD303", [PRODUCT, "1 / Bedrifter / Industri / Omsetning / 19701231 / O", '2 / " / Bakerier / " / " / .'], 1),
    # VKD401: one diagnostic, whatever is missing; a key with a bad value is not missing.
    ("VKD401", ["0 / Produktbeskrivelse / x", "1 / Personer / Personreg.nov.70 / Yrke / 1970 / ."], 1),
    ("VKD401", [DEMAND, "1 / Personer / Personreg.nov.70 / Yrke / 1970 / ."], 0),
    ("VKD401", [PRODUCT.replace("closed", "lukket"), "1 / Personer / Personreg.nov.70 / Yrke / 1970 / ."], 0),
    # VKD403: aliases, paths, wildcards, URIs.
    ("VKD403", [PRODUCT.replace("F:ft70-person.csv", "F:*.csv"), "1 / Personer / - / Yrke / 1970 / ."], 0),
    ("VKD403", [PRODUCT.replace("F:ft70-person.csv", "F:*.px"), "1 / Personer / - / Yrke / 1970 / ."], 1),
    ("VKD403", [PRODUCT.replace("F:ft70-person.csv", "archive"), "1 / Personer / - / Yrke / 1970 / ."], 0),
    ("VKD403", [PRODUCT.replace("F:ft70-person.csv", "https://ssb.no/x"), "1 / Personer / - / Yrke / 1970 / ."], 0),
    ("VKD403", [PRODUCT.replace("F:ft70-person.csv", "x" * 5000), "1 / Personer / - / Yrke / 1970 / ."], 1),
    # VKD502, VKD503: once a characteristic and description.
    ("VKD502", [PRODUCT, "1 / Personer / - / Inntekt / 1970 / O", '2 / " / " / " / 1971 / .'], 1),
    ("VKD503", [PRODUCT.replace("closed", "open, fritt"), "1 / Personer / - / Personnummer / 1970 / ."], 1),
    ("VKD503", [PRODUCT, "1 / Personer / Personreg.nov.70 / Personnummer / 1970 / ."], 0),
]  # fmt: skip


@pytest.mark.parametrize(("code", "lines", "count"), CHECKS)
def test_what_rules_find(code: str, lines: list[str], count: int) -> None:
    found = codes(*lines, levels={code: "warning"})
    assert len([one for one in found if one.startswith(code)]) == count


def test_missing_keys_are_named_in_one_message() -> None:
    text = "0 / Produktbeskrivelse / x / form=csv\n1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n"
    (one,) = found_in_text(text)
    assert "data, doc og access" in one.message


def test_both_places_of_an_identification_are_named(tmp_path: Path) -> None:
    line = "1 / Personer / Personreg.nov.70 / Yrke / 1970 / ."
    twice = f"{PRODUCT}\n{line}\n\n{PRODUCT.replace('eksempel', 'EKSEMPEL')}\n{line}\n"
    catalogue = open_catalogue(workspace(tmp_path, {"products/x.vkd": twice}), PARSER)
    first, second = diagnostics_of(catalogue, "products/x.vkd")
    for one in (first, second):
        assert one.code == "VKD404"
        assert one.message.endswith(": products/x.vkd:1 og products/x.vkd:4.") == (one is first)
        assert one.message.endswith(": products/x.vkd:4 og products/x.vkd:1.") == (one is second)
    assert [(other.path, other.row) for other in first.related()] == [("products/x.vkd", 3)]
    assert [(other.path, other.row) for other in second.related()] == [("products/x.vkd", 0)]


def test_of_many_of_one_identification_each_names_the_first_and_how_many_there_are(tmp_path: Path) -> None:
    line = "1 / Personer / Personreg.nov.70 / Yrke / 1970 / ."
    files = {f"products/{name}.vkd": f"{PRODUCT}\n{line}\n\n" * 3 for name in "ab"}
    catalogue = open_catalogue(workspace(tmp_path, files), PARSER)
    for path in files:
        found = [one for one in diagnostics_of(catalogue, path) if one.code == "VKD404"]
        assert [one.message.partition("brukt av ")[2] for one in found] == [
            f"6 produkter, blant dem {path}:1 og {path}:4.",
            f"6 produkter, blant dem {path}:4 og {path}:1.",
            f"6 produkter, blant dem {path}:7 og {path}:1.",
        ]
        assert [[other.row for other in one.related()] for one in found] == [[3], [0], [0]]


def test_an_identification_is_compared_with_other_files(tmp_path: Path) -> None:
    text = f"{PRODUCT.replace('eksempel', 'ft70-tabell')}\n1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n"
    (one,) = found_in(workspace(tmp_path, {"products/a.vkd": text}), "products/a.vkd")
    assert one.code == "VKD404"
    assert "products/a.vkd:1" in one.message
    assert "products/ft70.vkd:10" in one.message


@pytest.mark.parametrize("word", ["x" * 100_000, "{word}", "a\tb", "%s", "\u202e", "\x1b[31m"])
def test_messages_stay_short_and_plain(word: str) -> None:
    lines = [
        f"0 / {word} / {word} / {word}={word}; access={word}",
        f"1 / {word} / {word} [{word}] / [{word}] / 1{word} / {word}",
    ]
    for one in found_in_text("\n".join(lines)):
        assert len(one.message) <= 300
        assert "\n" not in one.message
        assert one.message.isprintable()
        assert all(len(fix.title) <= 300 for fix in one.fixes())
