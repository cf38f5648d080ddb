"""The tables of the embedded register, as SQL."""

_TABLES = """
CREATE TABLE file (
    path TEXT PRIMARY KEY, signature TEXT NOT NULL, digest TEXT NOT NULL, products INTEGER NOT NULL,
    sentences INTEGER NOT NULL, content INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE product (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, row INTEGER NOT NULL, identification TEXT NOT NULL,
    folded TEXT NOT NULL, technical TEXT NOT NULL, unit_id TEXT NOT NULL, sensitive TEXT NOT NULL,
    collection TEXT NOT NULL, latest INTEGER NOT NULL, edition INTEGER NOT NULL, shelf TEXT NOT NULL
);
CREATE INDEX product_by_path ON product (path);
CREATE INDEX product_by_identification ON product (folded, path, row);
CREATE INDEX product_by_shelf ON product (edition, shelf, folded);
CREATE TABLE shadowed (number INTEGER PRIMARY KEY);
CREATE TABLE missed (
    path TEXT NOT NULL, identification TEXT NOT NULL, sentences INTEGER NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX missed_by_path ON missed (path);
CREATE TABLE term (number INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
CREATE TABLE sentence (
    product INTEGER NOT NULL, line INTEGER NOT NULL, object_type INTEGER NOT NULL, name INTEGER NOT NULL,
    characteristic INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, fixed INTEGER NOT NULL,
    step TEXT NOT NULL,
    PRIMARY KEY (product, line)
) WITHOUT ROWID;
CREATE TABLE stretch (
    number INTEGER PRIMARY KEY, characteristics BLOB, products BLOB NOT NULL, object_types BLOB NOT NULL,
    names BLOB NOT NULL, times BLOB NOT NULL
);
CREATE TABLE stated_time (number INTEGER PRIMARY KEY, time INTEGER NOT NULL);
CREATE TABLE name_use (name INTEGER PRIMARY KEY, products INTEGER NOT NULL);
"""

SENTENCE_INDEXES = {
    "sentence_by_characteristic": "CREATE INDEX sentence_by_characteristic ON sentence"
    " (characteristic, name, object_type, start, stop, fixed, step)",
    "sentence_by_name": "CREATE INDEX sentence_by_name ON sentence"
    " (name, characteristic, object_type, start, stop, fixed, step)",
}
"""The two indexes that hold all of every sentence, by name, with what makes each."""

SCHEMA = ";\n".join((_TABLES, *SENTENCE_INDEXES.values())) + ";"
"""What a database is made with. A sentence lies in its table by product, and in two indexes that hold all of it. The
`shelf` of an `edition` (1) is the folded name of its collection, that of another product (0) its own. The products that
are `shadowed` cannot be found, since others of their name come before them."""

VERSION = 13
"""Counts the changes of `SCHEMA`: a file of another number is made anew."""
