"""From fifteen yearly files and a codebook, as awkward as real ones, to an answered demand: what is left to mend by hand."""

import csv
import random
from pathlib import Path

from tests.server.cli.conftest import Vkd

YEARS = range(2009, 2024)
KNOWN = [
    ("Løpenr.", "Løpenummer", "", "", ""),
    ("KJONN", "Kjønn (ved intervjuet)", "1=Menn; 2=Kvinner", "", ""),
    ("alder", "Alder", "", "", ""),
    ("SIVST", "Sivilstand", "1=Ugift; 2=Gift; 3=Enke/enkemann; 9=Uoppgitt", "9", "Etter loven"),
    ("KOMM", "Bostedskommune", "", "", "Kommunenummer, fire sifre"),
    ("WYRK_INNT", "Yrkesinntekt", "", "-1, -2", 'Lønn og "næring", før skatt'),
    ("inntekt etter skatt", "Inntekt etter skatt", "", "", ""),
    ("dato", "Dato for intervju", "", "", ""),
]
NOT_IN_BOOK = ["vekt", "ALDER2", "merknad"]
ANSWERS = "1=Helt enig; 2=Enig, med forbehold; 3=Uenig; 8=Vet ikke; 9=Ubesvart"
ASKED = [
    (f"SP{number:02}", f"Hvor enig er du i at «{number}» er riktig / galt?", ANSWERS, "9", "")
    for number in range(1, 53)
]
VARIABLES = [*KNOWN, *ASKED]
COLUMNS = [*(row[0] for row in VARIABLES), *NOT_IN_BOOK]


def written(folder: Path) -> None:
    """The files: semicolons, decimal commas, Windows-1252, names of columns in another case from one year on."""
    draw = random.Random(1)
    folder.mkdir()
    for year in YEARS:
        with (folder / f"leve_{year}.csv").open("w", encoding="cp1252", newline="") as file:
            rows = csv.writer(file, delimiter=";")
            rows.writerow([name.lower() if year > 2015 else name for name in COLUMNS])
            for number in range(40):
                known = [
                    number + 1,
                    draw.choice("12"),
                    draw.randint(16, 90),
                    draw.choice("1239"),
                    "0301",
                    "-1",
                    "12,50",
                ]
                answers = [draw.choice("12389") for _ in ASKED]
                rows.writerow([*known, f"{year}-03-01", *answers, "1,25", 17, "så «enkelt»; er det"])
    with (folder / "kodebok.csv").open("w", encoding="cp1252", newline="") as file:
        file.write("Kodebok for levekårsundersøkelsen;;;;\r\n;;;;\r\n")
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["Variabelnavn", "Ledetekst", "Koder", "Manglende verdier", "Merknad"])
        rows.writerows(VARIABLES)


def test_from_files_to_an_answered_demand(vkd: Vkd, tmp_path: Path) -> None:
    written(tmp_path / "data")
    assert len(COLUMNS) == 63
    vkd("init", "ws", "--language", "nb")
    here = tmp_path / "ws"

    called = vkd("describe", "../data", "--apply", "--name", "Levekårsundersøkelsen", cwd=here)
    assert called.code == 0
    # All but what the codebook does not have is described.
    assert called.out.splitlines()[-1] == "60 kolonner er beskrevet, 3 er ukjente"
    file = here / "products/leve.vkd"
    text = file.read_text("utf-8")
    assert "dataarkiv=../data/leve_{year}.csv" in text
    assert "/ 2009..2023:A / O" in text
    assert [line for line in text.splitlines() if "unknown:" in line] == [
        "# unknown: vekt (nearest: –)",
        "# unknown: alder2 (nearest: Alder)",
        "# unknown: merknad (nearest: –)",
    ]

    # Mended by hand: a word for one column, its line; the others are nobody's business. And who may have it.
    file.write_text(
        text.replace("# unknown: alder2 (nearest: Alder)\n", "")
        .replace("# unknown: vekt (nearest: –)", "# unknown: vekt = Antall år")
        .replace("form=csv", "form=csv; vilkår=restricted"),
        "utf-8",
    )
    table = here / "vocabulary/characteristics.csv"
    table.write_text(table.read_text("utf-8") + "V1,Antall år,individual,P\n", "utf-8")
    called = vkd("describe", "../data", "--apply", "--name", "Levekårsundersøkelsen", cwd=here)
    assert called.out.splitlines()[-2:] == [
        "61 kolonner er beskrevet, 2 er ukjente",
        "products/leve.vkd: endret siden forrige gang, og det er beholdt",
    ]
    text = file.read_text("utf-8")
    assert "vekt=Antall år" in text
    assert "alder2" not in text, "a line that somebody has taken away does not come back"
    assert vkd("check", "--output-format", "json", "--ignore", "VKD501", cwd=here).json == []

    demand = here / "demands/spørsmål.vkd"
    demand.write_text(
        "0 / Etterspørselsbeskrivelse / bruker\n"
        "1 / Personer / Levekårsundersøkelsen / Sivilstand / 2010..2012:A / O\n"
        '2 / " / " / Yrkesinntekt / " / O\n'
        '3 / " / " / Kjønn / " / .\n',
        "utf-8",
    )
    (answer,) = vkd("run", demand, "--output-format", "json", cwd=here).demands
    assert [(cover["members"], cover["grade"]) for cover in answer["covers"]] == [(["leve"], "exact")]
