"""Fixes: what a text becomes by them. A case is the rule, a text with one thing wrong, and all that may come of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.rules_there_are import LEVELS, SAFELY_FIXED
from tests.server.workspaces import CENSUS, PARSER, found_in, found_in_text, workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_grammar.text import split_lines
from vkd_server.features.refactoring.fixes import applied
from vkd_server.rules.rule import Fix

DEMAND = "0 / Etterspørselsbeskrivelse / bruker"
PRODUCT = "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed"
BEFORE = "1 / Personer / Personreg.nov.70 / Yrke"
LINE = f"{BEFORE} / 19701101"
SECOND = '2 / " / " / Alder / "'


def fixes_of(text: str, code: str) -> tuple[tuple[str, ...], list[Fix]]:
    """The lines of a text, and every fix of the first diagnostic of a code."""
    levels = {code: "warning"} if LEVELS[code] == "off" else {}
    found = [one for one in found_in_text(text, levels=levels) if one.code == code]
    return tuple(text.splitlines(keepends=True)), list(found[0].fixes())


NEW_SYNONYM, NEW_CONCEPT = "Nytt synonym: «Yrkke»", "Nytt begrep: «Yrkke» med koden K10"

CASES = [
    ("VKD001", [DEMAND, LINE, f"{SECOND} / ."], [[DEMAND, f"{LINE} / O", f"{SECOND} / ."]]),
    ("VKD001", [DEMAND, LINE], [[DEMAND, f"{LINE} / ."]]),
    ("VKD002", ["0 / Etterspørsel / bruker", f"{LINE} / ."], [[DEMAND, f"{LINE} / ."]]),
    ("VKD003", [DEMAND, f"4 {LINE[2:]} / O", f"9 {SECOND[2:]} / ."], [[DEMAND, f"{LINE} / O", f"{SECOND} / ."]]),
    ("VKD003", [f"7 {DEMAND[2:]}", f"{LINE} / ."], [[DEMAND, f"{LINE} / ."]]),
    ("VKD004", [DEMAND, f"{LINE} / 0", f"{SECOND} / ."], [[DEMAND, f"{LINE} / O", f"{SECOND} / ."]]),
    ("VKD004", [DEMAND, f"{LINE} / og", f"{SECOND} / ."], [[DEMAND, f"{LINE} / O", f"{SECOND} / ."]]),
    ("VKD004", [DEMAND, f"{LINE} / eller", f"{SECOND} / ."], [[DEMAND, f"{LINE} / E", f"{SECOND} / ."]]),
    ("VKD004", [DEMAND, f"{LINE} / ?", f"{SECOND} / ."], []),
    ("VKD004", [DEMAND, f"{LINE} / O"], [[DEMAND, f"{LINE} / ."]]),
    ("VKD004", [PRODUCT, f"{LINE} / .", f"{SECOND} / ."], [[PRODUCT, f"{LINE} / O", f"{SECOND} / ."]]),
    (
        "VKD004",
        [DEMAND, f"{LINE} / .", f"{SECOND} / ."],
        [[DEMAND, f"{LINE} / O", f"{SECOND} / ."], [DEMAND, f"{LINE} / E", f"{SECOND} / ."]],
    ),
    ("VKD005", [DEMAND, f"{LINE} / O", f'" {SECOND[2:]} / .'], [[DEMAND, f"{LINE} / O", f"{SECOND} / ."]]),
    ("VKD005", [DEMAND, f"{LINE} / O", f'{SECOND} / "'], [[DEMAND, f"{LINE} / O", f"{SECOND} / ."]]),
    ("VKD005", [DEMAND, '1 / " / Personreg.nov.70 / Yrke / 1970 / .'], []),
    (
        "VKD006",
        [PRODUCT, f"{LINE} / E", f"{SECOND} / ."],
        [
            [PRODUCT, f"{LINE} / O", f"{SECOND} / ."],
            [
                PRODUCT,
                f"{LINE} / .",
                "",
                PRODUCT.replace("eksempel", "eksempel-2"),
                f"{LINE[:-15]}Alder / 19701101 / .",
            ],
        ],
    ),
    (
        "VKD006",
        [PRODUCT, f"{LINE} / N", f"{SECOND} / ."],
        [[PRODUCT, f"{LINE} / O", f"{SECOND} / ."], [PRODUCT, f"{LINE} / ."]],
    ),
    (
        "VKD008",
        [DEMAND, f"{LINE} / O", "2 / / - / Alder / 1970 / ."],
        [
            [DEMAND, f"{LINE} / O", '2 / " / - / Alder / 1970 / .'],
            [DEMAND, f"{LINE} / O", "2 / - / - / Alder / 1970 / ."],
        ],
    ),
    ("VKD008", [DEMAND, f"/{LINE[3:]} / ."], [[DEMAND, f"1 /{LINE[3:]} / ."]]),
    ("VKD104", [DEMAND, LINE.replace("Yrke", "Yrke [K55]") + " / ."], [[DEMAND, f"{LINE} / ."]]),
    (
        "VKD105",
        [DEMAND, "1 / Person / A7 / Alder [K5] / 1970 / ."],
        [[DEMAND, "1 / Person / A7 / Alder / 1970 / ."]],
    ),
    (
        "VKD106",
        [DEMAND, "1 / Person / A7 / Personnummer / 1970 / ."],
        [[DEMAND, "1 / Person / A7 / Fødselsnummer / 1970 / ."]],
    ),
    (
        "VKD202",
        [DEMAND, "1 / Personaggregat / Yrke / Sum / 1965 / ."],
        [[DEMAND, "1 / Personaggregater / Yrke / Sum / 1965 / ."]],
    ),
    (
        "VKD202",
        [DEMAND, "1 / Personaggregat / Døde / Sum / 1965 / O", '2 / " / Yrke / " / " / .'],
        [[DEMAND, "1 / Personaggregater / Døde / Sum / 1965 / O", '2 / " / Yrke / " / " / .']],
    ),
    ("VKD101", [DEMAND, LINE.replace("Yrke", "K5") + " / ."], [[DEMAND, LINE.replace("Yrke", "[K5]") + " / ."]]),
    ("VKD101", [DEMAND, f"{BEFORE} / K4 1970 / ."], [[DEMAND, f"{BEFORE} / 1970K4 / ."]]),
    ("VKD302", [DEMAND, f"{BEFORE} / 1970..1960 / ."], [[DEMAND, f"{BEFORE} / 1960..1970 / ."]]),
    *(
        ("VKD301", [DEMAND, f"{BEFORE} / {wrong} / ."], [[DEMAND, f"{BEFORE} / {right} / ."]])
        for wrong, right in {
            "197O1101": "19701101",
            "1970-11-01": "19701101",
            "1.11.1970": "19701101",
            "01111970": "19701101",
            "1960–69": "1960..1969",
            "1970-tallet": "1970..1979",
            "19701131": "19701130",
            "1970-01-01..1970-12-31": "19700101..19701231",
        }.items()
    ),
    ("VKD402", [PRODUCT.replace("form=", "fom="), f"{LINE} / ."], [[PRODUCT, f"{LINE} / ."]]),
    ("VKD402", [PRODUCT.replace("closed", "klosed"), f"{LINE} / ."], [[PRODUCT, f"{LINE} / ."]]),
    ("VKD402", [PRODUCT + "; form=px", f"{LINE} / ."], [[PRODUCT, f"{LINE} / ."]]),
    ("VKD402", [PRODUCT, "  ; form=csv; source=SSB", f"{LINE} / ."], [[PRODUCT, "  ; source=SSB", f"{LINE} / ."]]),
    *(
        (
            "VKD402",
            [f"{header} / p / {wrong}=a", f"{LINE} / ."],
            [[f"{header} / p / {key}=a", f"{LINE} / ."] for key in keys],
        )
        for header, wrong, *keys in (
            # The nearest key is told in the language of the header; an English name that is near comes after it.
            ("0 / Product description", "titl", "title"),
            ("0 / Product description", "versio", "version"),
            ("0 / Product description", "kvalitt", "quality"),
            ("0 / Product description", "titl@nb", "title@nb"),
            ("0 / Produktbeskrivelse", "kvalitt", "kvalitet"),
            ("0 / Produktbeskrivelse", "leveringstd", "leveringstid"),
            ("0 / Produktbeskrivelse", "kild", "kilde"),
            ("0 / Produktbeskrivelse", "titl", "tittel", "title"),
            ("0 / Produktbeskrivelse", "publiser", "publisher"),
            ("0 / Produktbeskrivelse", "acess", "access"),
            ("0 / Produktbeskrivning", "kall", "källa"),
            ("0 / Produktbeskrivning", "kild", "källa"),
            ("0 / Produktbeskrivning", "uppdatera", "uppdaterad"),
            ("0 / Demand description", "arkive", "archive"),
            ("0 / Etterspørselsbeskrivelse", "arkivv", "arkiv"),
        )
    ),
    ("VKD402", [PRODUCT + "; updated=2024-01-31", f"{LINE} / ."], [[PRODUCT + "; updated=20240131", f"{LINE} / ."]]),
    (
        "VKD101",
        [PRODUCT + "; unit-id=Fødselsnummer, Fødsel", f"{LINE} / ."],
        [[PRODUCT + "; unit-id=Fødselsnummer, Fødselsdato", f"{LINE} / ."]],
    ),
    (
        "VKD101",
        [DEMAND, LINE.replace("Yrke", "Alder, Kjønn") + " / ."],
        [
            [
                DEMAND,
                LINE.replace("Yrke", "Alder       ") + " / O",
                '2 / "        / "                / Kjønn        / "        / .',
            ]
        ],
    ),
    (
        "VKD101",
        [DEMAND, f"{LINE.replace('Yrke', 'alder og yrkke')} / E", "2 / Personer / - / Kjønn / 1970 / ."],
        [
            [
                DEMAND,
                f"{LINE.replace('Yrke', 'alder         ')} / O",
                '2 / "        / "                / Yrke           / "        / E',
                "3 / Personer / - / Kjønn / 1970 / .",
            ]
        ],
    ),
    (
        "VKD105",
        [DEMAND, f"{LINE.replace('Yrke', 'Alder [K3], Kjønn [K4]')} / ."],
        [
            [
                DEMAND,
                f"{LINE.replace('Yrke', 'Alder [K3]            ')} / O",
                '2 / "        / "                / Kjønn [K4]             / "        / .',
            ]
        ],
    ),
    ("VKD403", [PRODUCT.replace("data=F:", "data=f:"), f"{LINE} / ."], [[PRODUCT, f"{LINE} / ."]]),
]


@pytest.mark.parametrize(("code", "before", "after"), CASES)
def test_what_the_fixes_make_of_a_text(code: str, before: list[str], after: list[list[str]]) -> None:
    lines, fixes = fixes_of("\n".join(before), code)
    made = [applied(lines, fix.edits).split("\n") for fix in fixes]
    # Rules that look for near words may know more than the one that is meant; that one comes first.
    assert made[: len(after)] == after
    assert len(made) == len(after) or code in ("VKD002", "VKD101", "VKD104", "VKD105", "VKD301", "VKD402", "VKD403")
    assert code in SAFELY_FIXED or not any(fix.safe for fix in fixes)


SAFE = {
    "VKD003": [DEMAND, f"4 {LINE[2:]} / ."],
    "VKD004": [DEMAND, f"{LINE} / 0", f"{SECOND} / ."],
    "VKD005": [DEMAND, f"{LINE} / O", f'" {SECOND[2:]} / .'],
    "VKD008": [DEMAND, f"/{LINE[3:]} / ."],
    "VKD106": [DEMAND, "1 / Person / A7 / Personnummer / 1970 / ."],
    "VKD202": [DEMAND, "1 / Personaggregat / Yrke / Sum / 1965 / ."],
    "VKD402": [PRODUCT + "; form=csv", f"{LINE} / ."],
}


@pytest.mark.parametrize("code", SAFELY_FIXED)
def test_what_can_be_fixed_without_asking(code: str) -> None:
    _, fixes = fixes_of("\n".join(SAFE[code]), code)
    assert fixes[0].safe


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("VKD402", [PRODUCT + "; form=px", f"{LINE} / ."]),
        ("VKD004", [DEMAND, f"{LINE} / .", f"{SECOND} / ."]),
        ("VKD008", [DEMAND, f"{LINE} / O", "2 / / - / Alder / 1970 / ."]),
        ("VKD302", [DEMAND, LINE.replace("19701101", "1970..1960") + " / ."]),
    ],
)
def test_what_cannot(code: str, text: list[str]) -> None:
    _, fixes = fixes_of("\n".join(text), code)
    assert fixes
    assert not any(fix.safe for fix in fixes)


def test_an_unknown_word_is_replaced_or_added() -> None:
    text = f"{DEMAND}\n{LINE.replace('Yrke', 'Yrkke')} / .\n"
    lines, fixes = fixes_of(text, "VKD101")
    assert applied(lines, fixes[0].edits) == f"{DEMAND}\n{LINE} / .\n"
    synonym, concept = (fix for fix in fixes if fix.title in (f"{NEW_SYNONYM} for «Yrke»", NEW_CONCEPT))
    for fix, changed in ((synonym, "K5,Yrke,Yrkke,Occupation,"), (concept, "K10,Yrkke,,,individual,,,,,,,,,,,\n")):
        (edit,) = fix.edits
        file = (CENSUS / edit.path).read_text(encoding="utf-8").splitlines(keepends=True)
        assert edit.path == "vocabulary/characteristics.csv"
        assert changed in applied(file, [edit])


def messages(folder: Path, name: str) -> list[str]:
    return [one.message for one in found_in(folder, name)]


LAYOUTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "no line end at the end": lambda text: text.rstrip("\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "every cell quoted": lambda text: re.sub(r"[^,\n]+", r'"\g<0>"', text),
    "blank lines at the end": lambda text: text + "\n\n",
    "a cell of two lines at the end": lambda text: text + 'ZZ,"Ett\nord",\n',
}
FIELDS = {
    "object-types": "1 / {} / Personreg.nov.70 / Yrke / 19701101 / .",
    "names": "1 / Personer / {} / Yrke / 19701101 / .",
    "characteristics": "1 / Personer / Personreg.nov.70 / {} / 19701101 / .",
}
UNKNOWN = {"object-types": "Personner", "names": "Personreg. nov 71", "characteristics": 'Lønns"inntekt,'}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("vocabulary", FIELDS)
def test_both_ways_of_1972_into_the_vocabulary(tmp_path: Path, vocabulary: str, layout: str) -> None:
    """Page 16: a word that is not in the vocabulary becomes a synonym of a concept there, or a concept of its own."""
    name = f"vocabulary/{vocabulary}.csv"
    before = LAYOUTS[layout]((CENSUS / name).read_text(encoding="utf-8"))
    word, description = UNKNOWN[vocabulary], f"{DEMAND}\n{FIELDS[vocabulary]}\n".format(UNKNOWN[vocabulary])
    folder = workspace(tmp_path / "before", {name: before, "a.vkd": description})
    known = open_catalogue(folder, PARSER).vocabularies.called(vocabulary)  # type: ignore[arg-type]
    found = [one for one in found_in(folder, "a.vkd") if one.code == "VKD101"]
    ways = [fix for fix in found[0].fixes() if fix.title.startswith("Nytt")]
    assert [fix.title.split(":")[0] for fix in ways[-2:]] == ["Nytt synonym", "Nytt begrep"]
    for number, fix in enumerate(ways):
        (edit,) = fix.edits
        assert edit.path == name
        after = applied(split_lines(before), [edit])
        folder = workspace(tmp_path / str(number), {name: after, "a.vkd": description})
        assert [one.code for one in found_in(folder, "a.vkd") if one.code < "VKD200"] == []
        assert messages(folder, name) == messages(tmp_path / "before", name)
        now = open_catalogue(folder, PARSER).vocabularies.called(vocabulary)  # type: ignore[arg-type]
        (meant,) = now.named(word)
        had = {code: concept._replace(row=0) for code, concept in known.concepts.items()}
        have = {code: concept._replace(row=0) for code, concept in now.concepts.items()}
        assert {code for code in have if have[code] != had.get(code)} == {meant.code}
        assert (meant.code in had) is (number < len(ways) - 1)


def test_a_word_is_written_so_that_it_is_read_back(tmp_path: Path) -> None:
    names = 'code,prefLabel@nb,kind,altLabel@nb\nA,Varer/tjenester,register,"Alt, mulig"\nB,Ord,class,\nC,Ord,class,\n'
    files = {"vocabulary/names.csv": names, "a.vkd": f"{DEMAND}\n1 / Personer / Varertjenester / Yrke / 1970 / .\n"}
    found = [one for one in found_in(workspace(tmp_path, files), "a.vkd") if one.code == "VKD101"]
    fixes = found[0].fixes()
    assert fixes[0].edits[0].text == "Varer\\/tjenester"
    synonym = next(fix for fix in fixes if "synonym" in fix.title)
    assert synonym.edits[0].text == '"Alt, mulig|Varertjenester"'


def test_each_code_of_an_ambiguous_word_is_a_fix(tmp_path: Path) -> None:
    files = {
        "vocabulary/names.csv": "code,prefLabel@nb,kind\nA,Ord,class\nB,Ord,register\n",
        "a.vkd": f"{DEMAND}\n1 / Personer / Ord / Yrke / 1970 / .\n",
    }
    found = [one for one in found_in(workspace(tmp_path, files), "a.vkd") if one.code == "VKD103"]
    lines = files["a.vkd"].splitlines(keepends=True)
    made = [applied(lines, fix.edits).splitlines()[1] for fix in found[0].fixes()]
    assert made == [f"1 / Personer / Ord [{code}] / Yrke / 1970 / ." for code in "AB"]


@pytest.mark.parametrize(
    ("before", "below"),
    [
        # N concerns one line, so that two of them would say something else than the list; so would the ditto.
        (f"{LINE} / N", "2 / Personer / - / Alder, Kjønn / 1970 / ."),
        (f"{LINE.replace('Yrke', 'Alder, Kjønn')} / O", '2 / Personer / - / " / 1970 / .'),
    ],
)
def test_of_several_words_none_is_dropped(before: str, below: str) -> None:
    assert fixes_of(f"{DEMAND}\n{before}\n{below}", "VKD101")[1] == []


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "1 felt."), ("sv", "1 fält."), ("da", "1 felt."), ("en", "1 field.")]
)
def test_one_is_said_in_the_singular(language: str, said: str) -> None:
    (found,) = [one for one in found_in_text(f"{DEMAND}\n1\n", language=language) if one.code == "VKD001"]
    assert said in found.message


PLAIN = "Hvor mange har\nyrke / næring?\n"


def test_plain_words_are_no_description(tmp_path: Path) -> None:
    (found,) = found_in_text(PLAIN)
    assert (found.code, found.start.row) == ("VKD002", 0)
    assert found.message.startswith("Dette er ingen beskrivelse.")
    (fix,) = found.fixes()
    fixed = applied(split_lines(PLAIN), fix.edits)
    assert fixed == f"# Hvor mange har\n# yrke / næring?\n{DEMAND.replace('bruker', 'a')}\n1 / - / - / - / - / .\n"
    assert found_in_text(fixed) == ()


@pytest.mark.parametrize(
    ("text", "code", "made"),
    [
        # A line without its number, and a header without its own.
        (f"{DEMAND}\n{LINE[4:]} / .", "VKD001", [f"{DEMAND}\n{LINE} / ."]),
        (f"{DEMAND}\na{LINE[1:]} / .", "VKD003", [f"{DEMAND}\n{LINE} / ."]),
        (f"{DEMAND[4:]}\n{LINE} / .", "VKD002", [f"{DEMAND}\n{LINE} / ."]),
        # Where the header is missing, what follows says what it may be.
        (
            f"{LINE} / .",
            "VKD002",
            [f"0 / {kind} / a\n{LINE} / ." for kind in ("Etterspørselsbeskrivelse", "Produktbeskrivelse")],
        ),
        (f"{LINE} / N\n{SECOND} / .", "VKD002", [f"{DEMAND.replace('bruker', 'a')}\n{LINE} / N\n{SECOND} / ."]),
    ],
)
def test_what_is_lacking_is_put_there(text: str, code: str, made: list[str]) -> None:
    (found,) = found_in_text(text)
    assert found.code == code
    assert [applied(split_lines(text), fix.edits) for fix in found.fixes()] == made


def test_each_word_of_a_unit_id_has_its_own_place() -> None:
    text = f"{PRODUCT}; unit-id=Yrk, Yrk\n{LINE} / .\n"
    found = [one for one in found_in_text(text) if one.code == "VKD101"]
    assert [one.start.column for one in found] == [text.index("Yrk,"), text.index("Yrk\n")]
    lines = text.splitlines(keepends=True)
    made = [applied(lines, one.fixes()[0].edits).splitlines()[0].partition("unit-id=")[2] for one in found]
    assert made == ["Yrke, Yrk", "Yrk, Yrke"]


FORMS = "code,prefLabel@nb,kind,number,unit\nC,Personaggregater,aggregate,plural,p\nA,Personer,individual,plural,p\n"
ALIKE = "code,prefLabel@nb,kind\nR,Levende,register\nK,Levendes,classification\nL,Levendee,register\n"


@pytest.mark.parametrize(
    ("word", "line", "offered"),
    [
        ("Person", "1 / {} / Levende / Yrke / 1970 / .", ["Personer", "Personaggregater"]),
        ("Persons", "1 / {} / Levende / Yrke / 1970 / .", ["Personer", "Personaggregater"]),
        # What agrees with the line comes first, of words that are equally near.
        ("Levendex", "1 / Personer / {} / Yrke / 1970 / .", ["Levendee", "Levende", "Levendes"]),
        ("Levendex", "1 / Personaggregater / {} / Sum / 1970 / .", ["Levendes", "Levendee", "Levende"]),
    ],
)
def test_a_word_that_agrees_with_the_line_comes_first(tmp_path: Path, word: str, line: str, offered: list[str]) -> None:
    files = {
        "vocabulary/object-types.csv": FORMS,
        "vocabulary/names.csv": ALIKE,
        "a.vkd": f"{DEMAND}\n{line.format(word)}\n",
    }
    found = [one for one in found_in(workspace(tmp_path, files), "a.vkd") if one.code == "VKD101"]
    texts = [fix.edits[0].text for fix in found[0].fixes() if fix.edits[0].path == "a.vkd"]
    assert texts == offered


def test_titles_of_long_words_are_told_apart_by_their_codes(tmp_path: Path) -> None:
    word = "Personer som bor i kommuner med over hundre tusen innbyggere"
    files = {
        "vocabulary/names.csv": f"code,prefLabel@nb,kind\nA,{word},class\nB,{word},register\n",
        "a.vkd": f"{DEMAND}\n1 / Personer / {word} / Yrke / 1970 / .\n",
    }
    found = [one for one in found_in(workspace(tmp_path, files), "a.vkd") if one.code == "VKD103"]
    titles = [fix.title for fix in found[0].fixes()]
    assert ["[A]" in titles[0], "[B]" in titles[1]] == [True, True]
    assert all(len(title) < 160 for title in titles)


def test_no_fix_reaches_out_of_the_workspace(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    folder = workspace(inner, {"a.vkd": f"{DEMAND}\n{LINE.replace('Yrke', 'Yrkke')} / .\n"})
    (folder / "vocabulary/characteristics.csv").rename(tmp_path / "characteristics.csv")
    settings = (folder / "vkd.toml").read_text(encoding="utf-8")
    settings = settings.replace('"vocabulary/characteristics.csv"', '"../characteristics.csv"')
    (folder / "vkd.toml").write_text(settings, encoding="utf-8")
    found = [one for one in found_in(folder, "a.vkd") if one.code == "VKD101"]
    assert [{edit.path for edit in fix.edits} for fix in found[0].fixes()] == [{"a.vkd"}]


def test_a_word_of_a_unit_id_is_escaped_as_values_are(tmp_path: Path) -> None:
    files = {
        "vocabulary/characteristics.csv": "code,prefLabel@nb,kind\nK,Nr/navn,individual\nY,Yrke,individual\n",
        "a.vkd": f"{PRODUCT}; unit-id=Nrnavn\n{LINE} / .\n",
    }
    found = [one for one in found_in(workspace(tmp_path, files), "a.vkd") if one.code == "VKD101"]
    assert found[0].fixes()[0].edits[0].text == "Nr\\/navn"


def test_sensitivity_is_assessed_in_the_vocabulary() -> None:
    text = f"{PRODUCT}\n{LINE.replace('Yrke', 'Inntekt')} / .\n"
    _, fixes = fixes_of(text, "VKD502")
    file = (CENSUS / "vocabulary/characteristics.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    made = [applied(file, fix.edits) for fix in fixes]
    assert [
        f"K6,Inntekt,,Income,individual,A,status,,,{value}," in text
        for text, value in zip(made, ("yes", "no"), strict=True)
    ] == [True, True]
