"""Building a register file: all that somebody else's demands need of a catalogue, in one file."""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from unicodedata import normalize

from vkd_catalog.compiled.tables import (
    INSERT_CONCEPT,
    INSERT_TRAIT,
    INSERT_WORD,
    concept_rows,
    trait_rows,
    word_rows,
)
from vkd_catalog.engines import REGISTER_SUFFIX
from vkd_catalog.engines.built.about import TABLES, About, file_version
from vkd_catalog.engines.built.seal import seal
from vkd_catalog.engines.embedded import EmbeddedRegister, lay_out
from vkd_catalog.register import FileState, Missed, Registered
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.mappings import links_in

_IN_NO_NAME = re.compile(r"[^\w.+-]+")
_LONGEST_NAME = 80
_PART = ".part"


def write_built(
    folder: Path, about: About, vocabularies: Vocabularies, products: Iterable[Registered], missed: Sequence[Missed]
) -> Path:
    """Writes a register file into a folder and returns its path, `NAME-<hash>.vkdreg`.

    `products` come in the order of their identifications, each of which is there once. The same content gives the same
    file, whenever it is built. Whoever looks into the folder sees no file or the whole one. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{os.getpid()}{REGISTER_SUFFIX}{_PART}"
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        _fill(part, vocabularies, products, missed)
        with part.open("r+b") as file:
            digest = seal(file, about, file_version())
            file.flush()
            os.fsync(file.fileno())
        built = folder / f"{_file_name(about.name)}-{digest}{REGISTER_SUFFIX}"
        os.replace(part, built)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return built


def _file_name(name: str) -> str:
    """A catalogue's name as the name of a file: what systems have a meaning for is a hyphen."""
    return _IN_NO_NAME.sub("-", normalize("NFC", name)).strip("-.")[:_LONGEST_NAME] or "register"


def _fill(part: Path, vocabularies: Vocabularies, products: Iterable[Registered], missed: Sequence[Missed]) -> None:
    """Fills a database on the disk, so that memory does not grow with it."""
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            # Nobody else sees the file yet, and what is left of an interrupted build is thrown away.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            lay_out(connection, "")
            connection.executescript(TABLES)
            _enter_products(connection, products, missed)
            connection.execute("BEGIN")
            for place, vocabulary in enumerate(vocabularies.four):
                connection.executemany(INSERT_CONCEPT, concept_rows(vocabulary, place, placed=False))
                connection.executemany(INSERT_WORD, word_rows(vocabulary, place))
                connection.executemany(INSERT_TRAIT, trait_rows(vocabulary, place))
            connection.executemany("INSERT INTO link VALUES (?, ?, ?)", _link_rows(vocabularies))
            connection.execute("COMMIT")
            connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(part.parent)) from error


def _enter_products(connection: sqlite3.Connection, products: Iterable[Registered], missed: Sequence[Missed]) -> None:
    """Registers products one by one. Where they were read is nobody's business, and no file of the one who reads."""
    register = EmbeddedRegister(connection)
    one_by_one = ((product.identification, FileState("", ""), [(product, lines)]) for product, lines in products)
    unread = [one._replace(path="") for one in missed]
    register.replace(one_by_one, (), missed=unread)
    connection.execute("UPDATE product SET path = '', row = 0")
    connection.execute("DELETE FROM file")


def _link_rows(vocabularies: Vocabularies) -> Iterator[tuple[str, str, str]]:
    for vocabulary in vocabularies.four:
        yield from links_in(vocabularies.mappings, vocabulary.concepts)
