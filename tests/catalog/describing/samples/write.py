"""Writes the samples beside it, which programs write and `vkd describe` reads: run where pandas, pyreadstat and openpyxl
are installed. What is in them is made up."""

from pathlib import Path

import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]
import pyreadstat
from openpyxl import Workbook  # type: ignore[import-not-found,import-untyped,unused-ignore]

HERE = Path(__file__).parent
FRAME = pandas.DataFrame(
    {
        "lnr": [1.0, 2.0, 3.0, 4.0],
        "kjonn": [1.0, 2.0, 2.0, 1.0],
        "sivst": [1.0, 2.0, 9.0, 98.0],
        "navn": ["Åse", "Øyvind", "Ærlend", "Per"],
    }
)
LABELS: dict[str, str | None] = {"lnr": "Løpenummer", "kjonn": "Kjønn", "sivst": "Sivilstand", "navn": "Navn"}
VALUES: dict[str, dict[int | float, str]] = {
    "kjonn": {1: "Menn", 2: "Kvinner"},
    "sivst": {1: "Ugift", 2: "Gift", 9: "Vil ikke svare", 98: "Uoppgitt"},
}

pyreadstat.write_sav(
    FRAME,
    HERE / "leve.sav",
    file_label="Levekårsundersøkelsen",
    column_labels=LABELS,
    variable_value_labels=VALUES,
    missing_ranges={"sivst": [9, {"lo": 97, "hi": 99}]},
)
pyreadstat.write_sav(FRAME, HERE / "leve.zsav", column_labels=LABELS, variable_value_labels=VALUES, compress=True)
pyreadstat.write_dta(FRAME, HERE / "leve.dta", column_labels=LABELS, variable_value_labels=VALUES, version=14)
pyreadstat.write_por(FRAME[["lnr", "kjonn", "sivst"]], HERE / "leve.por", column_labels={"sivst": "Sivilstand"})
pyreadstat.write_xport(FRAME, HERE / "leve.xpt", column_labels=LABELS)

book = Workbook()
book.active.title = "Om boken"
book.active.append(["Kodebok for levekår"])
sheet = book.create_sheet("Variabler")
sheet.append(["Levekårsundersøkelsen 2019"])
sheet.append([])
sheet.append(["Variabel", "Ledetekst", "Kode", "Kodetekst"])
for row in (
    ("lnr", "Løpenummer", None, None),
    ("kjonn", "Kjønn", 1, "Menn"),
    (None, None, 2, "Kvinner"),
    ("sivst", "Sivilstand", 1, "Ugift"),
    (None, None, 2, "Gift"),
    (None, None, 9, "Uoppgitt"),
):
    sheet.append(row)
book.save(HERE / "kodebok.xlsx")
