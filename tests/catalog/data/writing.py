"""Data files for tests, and descriptions held to them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb

from tests.server.workspaces import CENSUS
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import configuration_for
from vkd_catalog.data import Held, hold
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser

PARSER = Parser()


def census(folder: Path) -> Catalogue:
    """A catalogue with the vocabularies of the census example whose addresses lead to a folder."""
    settings = configuration_for(CENSUS)
    vocabularies = {name: tuple(str(CENSUS / one) for one in paths) for name, paths in settings.vocabularies.items()}
    own = settings._replace(root=folder, file=None, archives={}, products=(), vocabularies=vocabularies, documents=())
    return Catalogue(own, PARSER)


def held(text: str, catalogue: Catalogue) -> Held:
    """What is found where the one product of a text is held to its data."""
    description = read_document(text, PARSER).descriptions[0]
    return hold(catalogue.coder.code(description), catalogue)


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]], separator: str = ";") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_parquet(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]], types: Sequence[str]) -> None:
    connection = duckdb.connect()
    columns = ", ".join(
        f'"{name.replace(chr(34), chr(34) * 2)}" {kind}' for name, kind in zip(header, types, strict=True)
    )
    connection.execute(f"CREATE TABLE t ({columns})")
    if rows:
        connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(header))})", [list(row) for row in rows])
    quoted = str(path).replace("'", "''")
    connection.execute(f"COPY t TO '{quoted}' (FORMAT parquet)")
    connection.close()
