"""The sources that every importer is tried on, at least one for each; see `README.md` for where they are from."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.catalog.importers.reading import HERE, dst_source, nudb_source
from vkd_catalog.importers import (
    Importer,
    datadoc,
    dcat_ap,
    ddi_codebook,
    dst_fsv,
    exported_tables,
    klass,
    microdata_no,
    px,
    pxweb,
    reg_meta,
    registream,
    sdmx,
    skos,
    ssb_nudb,
    table,
    vardef,
    vardok,
)


class Specimen(NamedTuple):
    """A small source of an importer, and what it says.

    `lay` lays it into a folder and returns what is named to the importer. `times` are the times that it states, as
    sentences write them: any other is invented. `notes` stand where it has words, and are none. It `assesses` whether
    its variables are sensitive, or does not say.
    """

    importer: Importer
    name: str
    lay: Callable[[Path], Path]
    times: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    assesses: bool = False

    def __str__(self) -> str:
        return f"{self.importer.name}-{self.name}"


def of(importer: Importer, name: str, *times: str) -> Specimen:
    """The file or folder `name` of `sources`, which states these times."""
    return Specimen(importer, name, lambda folder: _copied(HERE / "sources" / importer.name / name, folder), times)


def _copied(source: Path, folder: Path) -> Path:
    target = folder / "source" / source.name
    target.parent.mkdir(exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)
    return target


def _database(folder: Path) -> Path:
    """The database that the statements of a file make."""
    path = folder / "reg-meta.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript((HERE / "sources/reg-meta/catalogue.sql").read_text(encoding="utf-8"))
    return path


SPECIMENS: tuple[Specimen, ...] = (
    Specimen(ssb_nudb.IMPORTER, "extract", lambda folder: nudb_source(folder / "source"), ()),
    Specimen(
        dst_fsv.IMPORTER,
        "extract",
        lambda folder: dst_source(folder / "source/dst_fsv/data"),
        ("202103", "202603", "202606", "1991", "2007", "1970..2025"),
        ("Ingen label", "No label", "Se dokumentation hos SDS/sundhedsdatastyrelsen"),
    ),
    of(px.IMPORTER, "TAB001.px", "1981", "1991", "2001"),
    of(px.IMPORTER, "TAB003.px", "2010", "2012", "2014", "2016"),
    of(px.IMPORTER, "kvartal.px", "2018K1", "2020K1..2020K4:K"),
    of(skos.IMPORTER, "naering.ttl"),
    of(pxweb.IMPORTER, "boliger.nb.json", "202011..202101:M", "202103"),
    of(pxweb.IMPORTER, "FOLK1A.json", "2023K4..2024K2:K"),
    of(pxweb.IMPORTER, "v2", "1990..1992:A"),
    of(sdmx.IMPORTER, "trade-2.1.xml", "2010..2012:A", "2010K1..2012K4:K"),
    of(sdmx.IMPORTER, "rates-3.0.xml"),
    of(sdmx.IMPORTER, "labour.json"),
    of(ddi_codebook.IMPORTER, "survey.xml", "2012", "2010..2011"),
    of(ddi_codebook.IMPORTER, "cps_00006.xml", "196203", "196303"),
    of(ddi_codebook.IMPORTER, "synthetic_compliant_cmm.xml"),
    of(ddi_codebook.IMPORTER, "synthetic_compliant_cmm_nesstar_no_language.xml"),
    of(ddi_codebook.IMPORTER, ".", "2012", "2010..2011", "196203", "196303"),
    of(vardok.IMPORTER, "definitions")._replace(assesses=True),
    of(vardef.IMPORTER, "definitions")._replace(assesses=True),
    of(klass.IMPORTER, "versions"),
    of(datadoc.IMPORTER, "files", "20100905..20220905", "20240426", "20211231"),
    of(
        microdata_no.IMPORTER,
        "listed",
        *("..", "1993..2023:A", "201501..202509:A", "20150116..20250916", "2013..2025", "2023.."),
    ),
    of(microdata_no.IMPORTER, "sets")._replace(assesses=True),
    of(microdata_no.IMPORTER, "service", "2016..2019:A", "19850325..20201113"),
    of(dcat_ap.IMPORTER, "."),
    of(dcat_ap.IMPORTER, "catalogue.jsonld"),
    of(dcat_ap.IMPORTER, "catalogue.rdf"),
    of(registream.IMPORTER, "bundle", "2005", "2006", "2007", "20201015"),
    Specimen(reg_meta.IMPORTER, "catalogue", _database, ("2020..2021", "1990..", "2021"), assesses=True),
    of(table.IMPORTER, "variabler.csv", "2005..2020", "2005.."),
    of(exported_tables.IMPORTER, "danmark", "2019..2022:A", "2020")._replace(assesses=True),
)
