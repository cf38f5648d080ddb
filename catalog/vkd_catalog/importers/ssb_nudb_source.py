"""The TOML files of the PyPI package `ssb-nudb-config`: variables and data sets as stated, checked for shape."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vkd_catalog.importers.packages import Package, package_beside
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.words import legal_code, legal_codes

Table = Mapping[str, Any]

NO_UNIT = "ukjent"
"""The source's own unit group for variables that have not been placed yet."""

_TEXT_KEYS = ("unit", "description_short", "outdated_comment", "klass_variant_search_term")
_ADDRESS_KEYS = ("team", "bucket", "path_glob")
_LIST_KEYS = ("renamed_from", "derived_from", "derived_uses_datasets", "derived_join_keys", "variables")
_NUMBER_KEYS = ("klass_codelist", "klass_variant", "klass_correspondence_to")
_TABLE_KEYS = ("thresholds_empty", "min_values", "max_values", "dataset_specific_renames")

MAPPED_KEYS = frozenset({*_TEXT_KEYS, *_ADDRESS_KEYS, *_LIST_KEYS, *_NUMBER_KEYS, *_TABLE_KEYS})
"""The keys of variables and data sets that find a place in the catalogue, or in its report one by one."""


_CONSTANTS_FILE = "constants.toml"


class Constants(NamedTuple):
    """Of the constants those that speak of variables: which identify persons, the first choice first, and what value
    stands for a missing one.
    """

    personal_ids: Sequence[str]
    missing_values: Mapping[str, str]


class Source(NamedTuple):
    """What the files say, in their order; `undefined` are variables that sets list and no file defines.

    `codes` has the code of every variable, defined or not: `pers.snr`.
    """

    package: Package
    variables: Mapping[str, Table]
    sets: Mapping[str, Table]
    constants: Constants
    undefined: Sequence[str]
    codes: Mapping[str, str]
    notes: Sequence[Unmapped]


def read(folder: Path) -> Source:
    """Reads every TOML file in `folder`. Raises ImportSourceError, naming the file and what in it is wrong."""
    notes: list[Unmapped] = []
    set_files = sorted(folder.glob("datasets*.toml"))
    if not set_files:
        raise ImportSourceError(folder, "holds variables.toml, but no datasets*.toml")
    variables = _merged(sorted(folder.glob("variables*.toml")), "variables", notes)
    sets = _merged(set_files, "datasets", notes)
    listed = dict.fromkeys(name for entry in sets.values() for name in texts(entry, "variables"))
    undefined = [name for name in listed if name not in variables]
    for path in sorted(folder.glob("*.toml")):
        if not path.name.startswith(("variables", "datasets")) and path.name != _CONSTANTS_FILE:
            notes.append(Unmapped("file", path.name, "describes the processing system, not data sets or variables"))
    package = package_beside(folder, "ssb-nudb-config")
    constants = _constants(folder / _CONSTANTS_FILE)
    return Source(package, variables, sets, constants, undefined, _codes(variables, undefined), notes)


def texts(entry: Table, key: str) -> Sequence[str]:
    """A list of names in an entry; empty where it has none."""
    return tuple(entry.get(key, ()))


def held_by(name: str, source: Source) -> Sequence[str]:
    """The variables that a data set holds as far as the source says, each once.

    Those it lists, else those that others are joined with it by.
    """
    listed = texts(source.sets[name], "variables")
    joined = (
        key
        for entry in source.variables.values()
        if name in texts(entry, "derived_uses_datasets")
        for key in join_keys(entry)
        if key in source.codes
    )
    return tuple(dict.fromkeys(listed or joined))


def join_keys(entry: Table) -> Sequence[str]:
    """What a variable's data sets are joined by: the keys that are named, else all that it is derived from."""
    return texts(entry, "derived_join_keys") or texts(entry, "derived_from")


def unit_of(entry: Table) -> str:
    """The unit group of a variable."""
    return str(entry.get("unit", "")).strip() or NO_UNIT


def _codes(variables: Mapping[str, Table], undefined: Sequence[str]) -> Mapping[str, str]:
    segments = legal_codes([*variables, *undefined])
    units = {name: unit_of(variables.get(name, {})) for name in segments}
    return {name: f"{legal_code(units[name])}.{segment}" for name, segment in segments.items()}


def _constants(path: Path) -> Constants:
    """What the file of constants says of variables; nothing where there is no such file."""
    table = _table(path, "constants") if path.is_file() else {}
    ids, missing = table.get("valid_personal_ids_prio", []), table.get("missing_vals", {})
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise ImportSourceError(path, "constants.valid_personal_ids_prio is not a list of names")
    if not isinstance(missing, dict) or not all(isinstance(one, str) for one in missing.values()):
        raise ImportSourceError(path, "constants.missing_vals is not a table of texts")
    return Constants(tuple(ids), missing)


def _merged(paths: Sequence[Path], table: str, notes: list[Unmapped]) -> Mapping[str, Table]:
    """The entries of one table from several files. Where two files have an entry, that of the first counts, and a note
    says so."""
    entries: dict[str, Table] = {}
    for path in paths:
        for name, entry in _table(path, table).items():
            if not isinstance(entry, dict):
                raise ImportSourceError(path, f"{table}.{name} is not a table")
            _check_shape(path, f"{table}.{name}", entry)
            if name in entries:
                notes.append(Unmapped(f"{table} entry", name, f"defined again in {path.name}; the first one counts"))
            entries.setdefault(name, entry)
    return entries


def _table(path: Path, name: str) -> Table:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get(name, {})
    except UnicodeDecodeError as error:
        raise ImportSourceError(path, f"is not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise ImportSourceError(path, f"is not TOML: {error}") from error
    if not isinstance(found, dict):
        raise ImportSourceError(path, f"{name} is not a table")
    return found


def _check_shape(path: Path, where: str, entry: Table) -> None:
    """Checks that the keys that are read have values of the right shape, so that all later code may rely on it. Raises
    ImportSourceError."""
    for keys, kind, what in (
        ((*_TEXT_KEYS, *_ADDRESS_KEYS), str, "text"),
        (_LIST_KEYS, list, "a list"),
        (_NUMBER_KEYS, int, "a whole number"),
        (_TABLE_KEYS, dict, "a table"),
    ):
        for key in keys:
            if key in entry and not isinstance(entry[key], kind):
                raise ImportSourceError(path, f"{where}.{key} is not {what}")
    for key in _LIST_KEYS:
        if not all(isinstance(item, str) and item.strip() for item in entry.get(key, ())):
            raise ImportSourceError(path, f"{where}.{key} holds something that is not a name")
