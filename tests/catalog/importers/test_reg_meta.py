"""reg-meta: variants of registers and the periods of their variables, and databases that are no such catalogue."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.catalog.importers.reading import ran, read_workspace
from tests.catalog.importers.specimens import SPECIMENS
from vkd_catalog.importers import ImportSourceError, reg_meta

(_SPECIMEN,) = (one for one in SPECIMENS if one.importer is reg_meta.IMPORTER)


def test_a_variant_of_a_register_is_a_product(tmp_path: Path) -> None:
    ran(reg_meta.IMPORTER, _SPECIMEN.lay(tmp_path), tmp_path / "out")
    workspace = read_workspace(tmp_path / "out")
    product = workspace.products["LISA – Individer"]
    assert product.technical == {
        "unit-id": "Löpnummer",
        "title": "LISA – Individer",
        "population": "Hela befolkningen",
    }
    assert product.sentences == [
        ("Personer", "LISA – Individer", "Kön [LISA.Kon]", "2020..2021"),
        ("Personer", "LISA – Individer", "Sjukpenning", "1990.."),
        ("Personer", "LISA – Individer", "Löpnummer", "2020..2021"),
    ]
    assert workspace.products["Företagsregistret – Företag"].sentences[0][0] == "Företag"
    row = workspace.characteristics["LISA.SJUKPENNING"]
    assert (row["notation"], row["altLabel@sv"], row["sensitive"], row["measure"]) == (
        "SJUKPENNING",
        "SjukP",
        "yes",
        "kr",
    )
    assert workspace.characteristics["LISA.Kon"]["values@sv"] == "1=Man|2=Kvinna"


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        ("create table other (a)", "is not reg-meta's catalogue: register lacks the column register_id"),
        (None, "cannot be read as SQLite: file is not a database"),
    ],
)
def test_another_database_is_refused(tmp_path: Path, statements: str | None, message: str) -> None:
    path = tmp_path / "a.db"
    if statements is None:
        path.write_bytes(b"no database" * 100)
    else:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(statements)
    with pytest.raises(ImportSourceError, match=message):
        ran(reg_meta.IMPORTER, path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
