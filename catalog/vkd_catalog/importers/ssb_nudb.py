"""The Norwegian education database (NUDB), from the TOML files of the PyPI package `ssb-nudb-config` (MIT).

A data set that lists its variables becomes a product, and a register of its name.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from vkd_catalog.importers import object_types
from vkd_catalog.importers.packages import Package, find_folder
from vkd_catalog.importers.report import Importer, ImportReport, Unmapped, Written
from vkd_catalog.importers.ssb_nudb_source import MAPPED_KEYS, Source, Table, read, texts
from vkd_catalog.importers.ssb_nudb_vocabulary import characteristics, names, registers_of
from vkd_catalog.importers.words import address, field, file_stems, label, shared_words, technical
from vkd_catalog.importers.writer import (
    OutputFolder,
    Product,
    ProductFile,
    Sentence,
    Vocabulary,
    Workspace,
    write_workspace,
)

_SOURCE = "ssb-nudb-config, from Statistics Norway (Statistisk sentralbyrå): nudb_config/config_tomls"
_LICENCE = "MIT"
_CATALOGUE = "Nasjonal utdanningsdatabase (NUDB)"
_LANGUAGE = "nb"
_OPEN_TIME = ".."
_PERSON_IDS = ("snr", "fnr")

_WHY_NOT = {
    "dtype": "a vocabulary has no place for a data type",
    "length": "a vocabulary has no place for the length of a value",
    "klass_use_relative_time": "a characteristic names its classification without a point in time",
    "klass_codelist_from_date": "a characteristic names its classification without a point in time",
    "derived_uses_datasets": "derivedFrom names characteristics, not the data sets they are taken from",
    "derived_join_keys": "derivedFrom does not say how data sets are joined",
    "derived_relevant_datasets": "a product lists the variables it holds, not those that could be added",
}


def run(source: Path, target: Path) -> ImportReport:
    """Imports the package's TOML files, found in or below `source`, as a workspace in `target`.

    Raises ImportSourceError and ImportTargetError.
    """
    found = read(find_folder(source, "nudb_config/config_tomls", ("variables.toml",)))
    folder = OutputFolder(target, IMPORTER.name)
    workspace = _workspace(found)
    counts = write_workspace(folder, workspace)
    report = ImportReport(
        source=_SOURCE,
        version=found.package.version,
        licence=_LICENCE,
        written=(
            Written("products", counts.products),
            Written("sentences", counts.sentences),
            Written("characteristics", len(found.codes)),
            Written("unit groups", len(workspace.characteristics.concepts) - len(found.codes)),
            Written("registers (names)", _of_kind(workspace.names, "register")),
            Written("classifications (names)", _of_kind(workspace.names, "classification")),
            Written("object types", len(workspace.object_types.concepts)),
        ),
        unmapped=tuple(_unmapped(found)),
    )
    folder.finish(report)
    return report


IMPORTER = Importer("ssb-nudb", "the Norwegian education database, from the package ssb-nudb-config", run)


def _workspace(source: Source) -> Workspace:
    version = source.package.version
    origin = f"Kilde: Statistisk sentralbyrå, pakken ssb-nudb-config, versjon {version}, lisens {_LICENCE}."
    vocabulary = characteristics(source)
    return Workspace(
        name=_CATALOGUE,
        language=_LANGUAGE,
        comment=(origin, f"Skrevet av `vkd catalogue import {IMPORTER.name}`; se IMPORT.md."),
        object_types=object_types.vocabulary((object_types.PERSON, object_types.UNIT)),
        names=names(source),
        characteristics=vocabulary,
        product_files=_product_files(source, vocabulary, origin),
        licence=_licence_note(source.package),
        ignored_rules={},
    )


def _licence_note(package: Package) -> str:
    text = package.licence_text or "MIT License\n\nCopyright © Statistics Norway"
    return (
        "# Licence of the source\n\n"
        "The vocabularies and product descriptions here are made from the Python package ssb-nudb-config,\n"
        f"version {package.version}, published by Statistics Norway (Statistisk sentralbyrå) under the MIT licence:\n\n"
        f"{text}\n"
    )


# Products.


def _product_files(source: Source, vocabulary: Vocabulary, origin: str) -> Iterator[ProductFile]:
    ambiguous = shared_words(
        {row["code"]: [row["prefLabel@nb"], *row.get("altLabel@nb", "").split("|")] for row in vocabulary.concepts}
    )
    registers = registers_of(source)
    stems = file_stems(registers)
    for name, code in registers.items():
        product = _product(source, name, field(label(name), code), ambiguous)
        yield ProductFile(f"products/{stems[name]}.vkd", (origin,), (product,))


def _product(source: Source, name: str, register: str, ambiguous: frozenset[str]) -> Product:
    entry = source.sets[name]
    listed = dict.fromkeys(texts(entry, "variables"))
    person_id = next((key for key in _PERSON_IDS if key in listed), "")
    kind = object_types.plural(object_types.PERSON if person_id else object_types.UNIT, _LANGUAGE)
    words = {variable: field(label(variable), source.codes[variable], ambiguous) for variable in listed}
    return Product(
        comment=(),
        identification=label(name),
        technical=_technical(entry, words.get(person_id, "")),
        sentences=[Sentence(kind, register, word, _OPEN_TIME) for word in words.values()],
    )


def _technical(entry: Table, unit_id: str) -> list[list[tuple[str, str]]]:
    pattern = entry.get("path_glob", "")
    team = entry.get("team", "")
    first = [
        ("form", "parquet" if pattern.endswith(".parquet") else ""),
        ("unit-id", unit_id),
        ("contact", technical(f"Dapla-team {team}") if team else ""),
    ]
    others = [
        ("data", address(f"gs://{entry['bucket']}/{pattern}") if entry.get("bucket") and pattern else ""),
        ("processing", technical(_processing(entry))),
        ("quality", technical(_quality(entry))),
    ]
    stated = [[(key, value) for key, value in line if value] for line in (first, *([pair] for pair in others))]
    return [line for line in stated if line]


def _processing(entry: Table) -> str:
    selected = [f"{name} fra og med {value}" for name, value in entry.get("min_values", {}).items()]
    selected += [f"{name} til og med {value}" for name, value in entry.get("max_values", {}).items()]
    renamed = [f"{old} til {new}" for old, new in entry.get("dataset_specific_renames", {}).items()]
    parts = (("utvalg", selected), ("omdøpt ved mottak", renamed))
    return ". ".join(f"{what}: {', '.join(items)}" for what, items in parts if items)


def _quality(entry: Table) -> str:
    shares = ", ".join(f"{name} {share}" for name, share in entry.get("thresholds_empty", {}).items())
    return f"høyeste godtatte andel tomme verdier i prosent: {shares}" if shares else ""


# The report.


def _of_kind(vocabulary: Vocabulary, kind: str) -> int:
    return sum(row["kind"] == kind for row in vocabulary.concepts)


def _unmapped(source: Source) -> Iterator[Unmapped]:
    yield from _set_notes(source)
    yield from _variable_notes(source)
    yield from _old_name_notes(source)
    yield from _key_notes(source)
    yield from source.notes


def _set_notes(source: Source) -> Iterator[Unmapped]:
    for name, entry in source.sets.items():
        listed = texts(entry, "variables")
        if not listed:
            yield Unmapped("data set", name, "lists no variables, so there is no sentence to write; no product")
        for variable, times in Counter(listed).items():
            if times > 1:
                yield Unmapped("variable", variable, f"listed {times} times in {name}; one sentence")
    yield Unmapped("time", "all data sets", f"no period is stated; every sentence has the open interval {_OPEN_TIME}")
    yield Unmapped("access and document archive", "all data sets", "not stated in the source; left out")
    yield Unmapped("bucket", "all data sets", "the address has the bucket's short name, as the source has it")


def _variable_notes(source: Source) -> Iterator[Unmapped]:
    for name in source.undefined:
        sets = ", ".join(each for each, entry in source.sets.items() if name in texts(entry, "variables"))
        yield Unmapped("variable", name, f"listed by {sets}, defined nowhere; a characteristic without definition")
    without = sum(not entry.get("description_short", "").strip() for entry in source.variables.values())
    none = sum(entry.get("klass_codelist") == 0 for entry in source.variables.values())
    for kind, what, why in (
        (
            "definition",
            f"{without} of {len(source.variables)} variables",
            "no description_short; where a product uses one, VKD501 says so",
        ),
        ("language", "definitions", "the source does not tag languages; all stand under nb, a few are English"),
        (
            "klass_codelist",
            f"{none} of {len(source.variables)} variables",
            "number 0 says that there is no code list; no classification",
        ),
        ("title", "classifications", "the source has Klass numbers without titles; the label is the number"),
    ):
        yield Unmapped(kind, what, why)
    for name, entry in source.variables.items():
        for part in texts(entry, "derived_from"):
            if part not in source.codes:
                yield Unmapped("derived_from", f"{name} from {part}", f"{part} is defined nowhere; left out")
        if "outdated_comment" in entry:
            comment = " ".join(entry["outdated_comment"].split())
            yield Unmapped("outdated_comment", name, f"a vocabulary has no place for it: {comment}")


def _old_name_notes(source: Source) -> Iterator[Unmapped]:
    for name, entry in source.variables.items():
        for old in texts(entry, "renamed_from"):
            if old in source.variables:
                yield Unmapped("old name", old, f"of {name}; also today's name of another variable, which keeps it")
            elif old in source.codes:
                yield Unmapped("old name", old, f"of {name}; also what a data set lists today, which keeps it")


def _key_notes(source: Source) -> Iterator[Unmapped]:
    for what, entries in (("variables", source.variables.values()), ("data sets", source.sets.values())):
        counts = Counter(key for entry in entries for key in entry if key not in MAPPED_KEYS)
        for key, count in counts.items():
            why = _WHY_NOT.get(key, "not known to this importer")
            yield Unmapped("key", f"{key} ({count} of {len(entries)} {what})", why)
