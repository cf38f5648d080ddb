"""Hover at a mark: the words for what stands there."""

import re
from pathlib import Path

import pytest

from tests.server.features.marked import marked, snapshot
from tests.server.workspaces import PARSER, workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.evaluation import Answer
from vkd_catalog.vocabulary import VocabularyName
from vkd_grammar.document import read_document
from vkd_grammar.text import Position
from vkd_server.features.answers.run import run_piece
from vkd_server.features.explain.hover import concept_text, hover
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.snapshot import Piece, Snapshot

HEADER = "# Til\n# artikkelen\n0 / Etterspørselsbeskrivelse / b_1 / archive=both\n"
LINES = (
    "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
    '2 / " / Selgere / Bakst / 196----- / N\n'
    "3 / Personaggregat / Yrke / Sum / 1970K4 / E\n"
    '4 / " / Døde / - / .. / .\n'
)
ONE = "Kjennemerket **Yrke** for Personer: enhetene i «Personregisteret nov. 70», 1970-11-01."
FOUR = "Kjennemerket **hva som helst** for Personaggregat: ett aggregat, «Døde», når som helst."


def said(text: str, language: str = "nb") -> tuple[str, Position, Position] | None:
    state, place = marked(text, language)
    return hover(state, place, lambda piece: answer(state, piece))


def answer(state: Snapshot, piece: Piece) -> Answer | None:
    run = run_piece(state.document, piece.number, state.path, state.catalogue)
    return run.answer if run else None


@pytest.mark.parametrize(("language", "title"), [("nb", "Alt"), ("en", "All *of* it")])
def test_a_title_stands_beside_the_identification(language: str, title: str) -> None:
    found = said(
        "0 / Produktbeskrivelse / ‸p / tittel=Alt; title@en=All *of* it\n1 / Personer / - / Yrke / 1970 / .\n", language
    )
    assert found is not None
    assert found[0].split("\n\n")[1] == title.replace("*", "\\*")


@pytest.mark.parametrize(
    ("kind", "time", "language", "words"),
    [
        ("Produkt", "1993..2023:A", "nb", "hvert år fra 1993 til 2023 (31 perioder)"),
        ("Produkt", "199302..199405:q", "nb", "hvert kvartal fra 1993K2 til 1994K1 (4 perioder)"),
        ("Produkt", "199302..199405:q", "en", "each quarter from 1993Q2 to 1994Q1 (4 periods)"),
        ("Produkt", "2020:U", "sv", "varje vecka från 2020U02 till 2020U52 (51 perioder)"),
        ("Produkt", "2020..2020:A", "da", "hvert år fra 2020 til 2020 (1 periode)"),
        ("Produkt", "1993..:A", "nn", "kvart år frå og med 1993"),
        ("Produkt", "..2023:D", "nb", "hver dag til og med 20231231"),
        ("Produkt", "?", "nb", "tid ikke oppgitt"),
    ],
)
def test_a_time_that_is_no_stretch_of_days(kind: str, time: str, language: str, words: str) -> None:
    found = said(f"0 / {kind}beskrivelse / x\n1 / Personer / Personreg.nov.70 / Yrke / ‸{time} / .\n", language)
    assert found is not None
    assert found[0].partition("\n")[0] == words


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("\n1", ONE),
        ("\n1 / Pers", f"**Personer** `A`\n\nFysiske personer\n\nSynonymer: Persons\n\n---\n\n{ONE}"),
        (
            "nov.70 / Yr",
            "**Yrke** `K5`\n\nHovedyrke på tellingsdagen\n\nSynonymer: Occupation\n\n"
            f"- Klassifikasjon: \\[Y\\] Yrkesklassifikasjon\n\n---\n\n{ONE}",
        ),
        ("Yrke / 1970", f"1970-11-01\n\n---\n\n{ONE}"),
        (
            '2 / "',
            '`"` står for **Personer** `A`\n\nFysiske personer\n\nSynonymer: Persons\n\n---\n\nPersoner: enhetene i «Selgere».',
        ),
        (
            "/ Selg",
            "**Selgere** `Y.3`\n\nYrkesklassifikasjon › Selgere\n\n*uten definisjon*\n\nSynonymer: Sales workers\n\n---\n\n"
            "Personer: enhetene i «Selgere».",
        ),
        ("/ Bak", "Personer: enhetene i «Selgere»."),
        ("/ 196", "fra 1960-01-01 til 1969-12-31\n\n---\n\nPersoner: enhetene i «Selgere»."),
        ("Døde / -", f"**hva som helst**\n\n---\n\n{FOUR}"),
        ("/ ..", f"når som helst\n\n---\n\n{FOUR}"),
        (
            "1970K4 / E",
            "**E**, eller: her slutter en gruppe og en annen begynner; én av dem er nok.\n\nGrupper: (1 ∧ 2 ∧ ¬3) ∨ (4)",
        ),
        ("archi", "**archive** (arkiv)"),
        ("both\n1 /", None),
        ("# Ti", None),
    ],
)
def test_text(before: str, text: str | None) -> None:
    whole = HEADER + LINES
    at = whole.index(before) + len(before)
    found = said(whole[:at] + "‸" + whole[at:])
    assert (found[0] if found else None) == text


def test_a_header_says_the_answer_in_short() -> None:
    found = said("# Hvem har *Yrke*?\n0 / Etterspørsels‸beskrivelse / bruker\n1 / Personer / - / Yrke / 19701101 / .\n")
    assert found == (
        "**bruker** · etterspørselsbeskrivelse · 1 linje\n\nHvem har \\*Yrke\\*?\n\n1 svar\n\n- ft70-person",
        Position(1, 0),
        Position(1, 37),
    )


def test_the_catalogue_decides_the_language_and_the_header_the_words() -> None:
    demand = "0 / Demand description / x\n1 / Persons / P‸.70 / Occupation / 1970 / .\n"
    found = said(demand.replace("P‸.70", "[P.7‸0]"), "da")
    assert found is not None
    assert found[0].endswith(
        "Kendetegnet **Occupation** for Persons: enhederne i »Population register Nov. 70«, fra 1970-01-01 til 1970-12-31."
    )


def test_nothing_is_said_of_an_empty_document() -> None:
    assert hover(snapshot(""), Position(0, 0), lambda _: None) is None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("1 / Personer / - / Yr‸ke / 1960 / .", "Finnes i 2 informasjonssett; 1 med resten av linjen: ft60-person"),
        (
            "1 / Pers‸oner / - / Yrke / - / .",
            "Finnes i 2 informasjonssett; 2 med resten av linjen: ft60-person, ft70-person",
        ),
        (
            "1 / Personer / - / Al‸der / - / .",
            "Finnes i 2 informasjonssett; 2 med resten av linjen: ft60-person, ft70-person",
        ),
        ("1 / Personer / Personreg‸.nov.60 / Inntekt / - / .", "Finnes i 1 informasjonssett; 0 med resten av linjen"),
        ("1 / Bedr‸ifter / - / - / - / .", "Finnes ikke i noe informasjonssett"),
    ],
)
def test_where_a_concept_is_used(line: str, text: str) -> None:
    state, place = marked("0 / Etterspørselsbeskrivelse / b\n" + line)
    for _ in range(3):
        found = hover(state, place, lambda _: None, state.catalogue.register)
        while state.lexicon.prepare():
            pass
    assert found is not None
    assert text in found.text.replace("\\", "").split("\n\n")


def test_a_product_that_is_edited_meanwhile_disturbs_nobody(tmp_path: Path) -> None:
    catalogue = open_catalogue(workspace(tmp_path, {}), PARSER)
    state, place = marked("0 / Etterspørselsbeskrivelse / b\n1 / Personer / - / Yr‸ke / - / .")
    state = state._replace(catalogue=catalogue, lexicon=Lexicon(catalogue.vocabularies))
    texts = []
    for edited in (False, False, False, True):
        if edited:
            catalogue.overlay("products/ft70.vkd", read_document("# borte\n", PARSER))
        found = hover(state, place, lambda _: None, catalogue.register)
        assert found is not None
        texts.append(found.text)
        while state.lexicon.prepare():
            pass
    assert [("ft60-person" in text, "ft70-person" in text) for text in texts[2:]] == [(True, True), (True, False)]


HOSTILE = "<img src=x onerror=alert(1)> [x](command:vkd.run) `y` ![z](http://evil.example/z.png) javascript:alert(1)"


def test_no_word_of_a_vocabulary_is_markup(tmp_path: Path) -> None:
    code = "A.1"
    rows = (
        f'code,prefLabel@nb,altLabel@nb,definition@nb\n"{code}","{HOSTILE}","{HOSTILE} 2","{HOSTILE}\n\n# {HOSTILE}"\n'
    )
    place = workspace(tmp_path, {"vocabulary/object-types.csv": rows})
    catalogue = open_catalogue(place)
    (concept,) = catalogue.vocabularies.object_types.concepts.values()
    text = concept_text(catalogue, "object-types", concept.code)
    assert "alert" in text
    for opens in ("<img", "[x](", "![", "# <"):
        assert not re.search(rf"(?<!\\){re.escape(opens)}", text)
    assert "`" not in text.replace("\\`", "").replace(f"`{concept.code}`", "")


STATED = (
    "code,prefLabel@nb,values,values@nb,values@en,missing,measure,identifies,function,of,classification,derivedFrom,temporality\n"
    "K1,Inntekt,,,,,kroner,,,,,\n"
    "K2,Svar,,1=Ja|2=*Nei*|9=Vil ikke svare,1=Yes,9|8,,,,,,\n"
    f"K3,Fylke,{'|'.join(f'{number}=F{number}' for number in range(1, 15))},,,,,,,,,\n"
    "K4,Nummer,,,,,,global,,,,\nK5,Løpenr,,,,,,series,,,,\n"
    "S1,Tall,,,,,,,count,,,\nS2,Gjennomsnitt,,,,,,,mean,K1,,\nS3,Ukjent,,,,,,,,K1,,\n"
    "K6,Yrke,,,,,,,,,Y65|Y11,K1@ind2010+K2|K3\nK7,Flyttinger,,,,,,,,,,,accumulated\n"
)
NAMES = "code,prefLabel@nb,validFrom,validTo\nY65,Yrker 1965,,2010\nY11,Yrker 2011,2011,\nY11.1,Ledere,,\n"


@pytest.mark.parametrize(
    ("vocabulary", "code", "said"),
    [
        ("characteristics", "K1", ["- Måleenhet: kroner"]),
        (
            "characteristics",
            "K2",
            [r"- Verdier: 1 = Ja, 2 = \*Nei\*, 9 = Vil ikke svare", "- Uten opplysning: 9 = Vil ikke svare, 8"],
        ),
        (
            "characteristics",
            "K3",
            [f"- Verdier: {', '.join(f'{number} = F{number}' for number in range(1, 11))} og 4 til"],
        ),
        ("characteristics", "K4", ["- Identifiserer: en enhet har samme verdi overalt"]),
        ("characteristics", "K5", ["- Identifiserer: et pseudonym, som gjelder i sin serie"]),
        ("characteristics", "S1", ["- Funksjon: antall"]),
        ("characteristics", "S2", [r"- Funksjon: gjennomsnitt av \[K1\] Inntekt"]),
        ("characteristics", "S3", [r"- Funksjon: ? av \[K1\] Inntekt"]),
        (
            "characteristics",
            "K6",
            [
                r"- Klassifikasjon: \[Y65\] Yrker 1965 (til og med 2010-12-31), \[Y11\] Yrker 2011 (fra og med 2011-01-01)",
                r"- Avledet av: \[K1\] Inntekt \@ ind2010 + \[K2\] Svar \| \[K3\] Fylke",
            ],
        ),
        ("characteristics", "K7", ["- Forhold til tiden: samles opp over et tidsrom"]),
        ("names", "Y65", ["- Gyldig: til og med 2010-12-31"]),
        ("names", "Y11.1", ["- Gyldig: fra og med 2011-01-01"]),
        ("times", "T1", ["- Tid: 1960-11-01"]),
    ],
)
def test_what_the_row_of_a_concept_states(
    tmp_path: Path, vocabulary: VocabularyName, code: str, said: list[str]
) -> None:
    files = {"vocabulary/characteristics.csv": STATED, "vocabulary/names.csv": NAMES}
    text = concept_text(open_catalogue(workspace(tmp_path, files)), vocabulary, code)
    assert [line for line in text.splitlines() if line.startswith("- ")] == said
