"""Cuts the tables of the package dst-fsv down to some registers, so that an importer can be run on a part of them.

    python benchmarks/dst_extract.py DIR TARGET REGISTER...

DIR holds the package (`build/sources/dst-fsv` after `make dst`); TARGET gets `dst_fsv/data` and the package's metadata.
The example catalogue of ten registers was made with it, see `examples/registre-dk/README.md`.
"""

import csv
import gzip
import shutil
import sys
from collections.abc import Collection
from pathlib import Path
from typing import TextIO

TABLES = ("registers", "variables", "datasets", "availability")


def registers_in(source: Path) -> list[str]:
    """The registers that have data sets, in the order of the package."""
    with _opened(source, "datasets") as file:
        return list(dict.fromkeys(row["register"] for row in csv.DictReader(file)))


def extract(source: Path, target: Path, registers: Collection[str]) -> None:
    """Writes the rows of some registers. ValueError where one of them is not in the package."""
    missing = sorted(set(registers) - set(registers_in(source)))
    if missing:
        raise ValueError(f"no data sets of {', '.join(missing)}")
    folder = target / "dst_fsv/data"
    folder.mkdir(parents=True)
    for table in TABLES:
        with _opened(source, table) as file:
            head, *rows = csv.reader(file)
        at = head.index("register")
        with gzip.open(folder / f"{table}.csv.gz", "wt", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([head, *(row for row in rows if row[at] in registers)])
    for metadata in source.glob("dst_fsv-*.dist-info"):
        shutil.copytree(metadata, target / metadata.name)


def _opened(source: Path, table: str) -> TextIO:
    return gzip.open(source / "dst_fsv/data" / f"{table}.csv.gz", "rt", encoding="utf-8", newline="")


if __name__ == "__main__":
    extract(Path(sys.argv[1]), Path(sys.argv[2]), set(sys.argv[3:]))
