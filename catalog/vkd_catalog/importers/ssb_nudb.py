"""The Norwegian education database (NUDB), from the TOML files of the PyPI package `ssb-nudb-config` (MIT).

A data set becomes a product, and a register of its name. The source dates none of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from vkd_catalog.importers import object_types
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.packages import Package, find_folder
from vkd_catalog.importers.report import Unmapped
from vkd_catalog.importers.ssb_nudb_source import MAPPED_KEYS, Source, Table, held_by, read, texts
from vkd_catalog.importers.ssb_nudb_vocabulary import (
    characteristics,
    missing_values,
    names,
    registers_of,
    shared_old_names,
    undescribed,
    why_not_derived,
)
from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_catalog.importers.words import address, field, file_stems, label, shared_words, technical
from vkd_catalog.importers.writer import (
    Product,
    ProductFile,
    Sentence,
    Workspace,
)

_SOURCE = "ssb-nudb-config, from Statistics Norway (Statistisk sentralbyrå): nudb_config/config_tomls"
_LICENCE = "MIT"
_CATALOGUE = "Nasjonal utdanningsdatabase (NUDB)"
_LANGUAGE = "nb"
_PUBLISHER = "Statistisk sentralbyrå"

_NOT_LISTED = "list no variables; they have a sentence with the characteristic Ikke beskrevet"

_WHY_NOT = {
    "dtype": "a vocabulary has no place for a data type",
    "length": "a vocabulary has no place for the length of a value",
    "klass_use_relative_time": "a characteristic names its classification without a point in time",
    "klass_codelist_from_date": "a characteristic names its classification without a point in time",
    "derived_relevant_datasets": "a product lists the variables it holds, not those that could be added",
}


def _read(request: Request) -> Draft:
    """The package's TOML files, found in or below the source."""
    found = read(find_folder(request.source, "nudb_config/config_tomls", ("variables.toml",)))
    return Draft(
        workspace=_workspace(found),
        source=_SOURCE,
        version=found.package.version,
        licence=_LICENCE,
        unmapped=_unmapped(found),
    )


IMPORTER = Importer("ssb-nudb", "the Norwegian education database, from the package ssb-nudb-config", _read)


def _workspace(source: Source) -> Workspace:
    version = source.package.version
    origin = f"pakken ssb-nudb-config, versjon {version} (Statistisk sentralbyrå, lisens {_LICENCE})"
    vocabulary = characteristics(source)
    ambiguous = shared_words(
        {row["code"]: [row["prefLabel@nb"], *row.get("altLabel@nb", "").split("|")] for row in vocabulary.concepts}
    )
    return Workspace(
        name=_CATALOGUE,
        language=_LANGUAGE,
        source=origin,
        comment=("Se IMPORT.md.",),
        object_types=object_types.vocabulary((object_types.PERSON, object_types.UNIT)),
        names=names(source),
        characteristics=vocabulary,
        product_files=_product_files(source, ambiguous),
        undescribed=_undescribed_field(source, ambiguous),
        files=len(source.sets),
        licence=_licence_note(source.package),
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


def _product_files(source: Source, ambiguous: frozenset[str]) -> Iterator[ProductFile]:
    registers = registers_of(source)
    stems = file_stems(registers)
    for name, code in registers.items():
        held = held_by(name, source)
        personal_ids = [key for key in source.constants.personal_ids if key in held]
        product = _product(source, name, personal_ids, field(label(name), code), ambiguous)
        yield ProductFile(f"products/{stems[name]}.vkd", tuple(_guess(personal_ids)), (product,))


def _guess(personal_ids: Sequence[str]) -> Iterator[str]:
    """What a product says that the source does not say in so many words."""
    if personal_ids:
        yield f"guessed: Personer og unit-id etter {' og '.join(personal_ids)}; kilden sier ikke hva enhetene er."


def _product(
    source: Source, name: str, personal_ids: Sequence[str], register: str, ambiguous: frozenset[str]
) -> Product:
    entry = source.sets[name]
    held = held_by(name, source)
    kind = object_types.plural(object_types.PERSON if personal_ids else object_types.UNIT, _LANGUAGE)
    words = {variable: field(label(variable), source.codes[variable], ambiguous) for variable in held}
    sentences = [Sentence(kind, register, word, NOT_STATED_TIME) for word in words.values()]
    if not texts(entry, "variables"):
        sentences.append(Sentence(kind, register, _undescribed_field(source, ambiguous), NOT_STATED_TIME))
    return Product(
        comment=(),
        identification=label(name),
        technical=_technical(entry, ", ".join(words[key] for key in personal_ids)),
        sentences=sentences,
    )


def _undescribed_field(source: Source, ambiguous: frozenset[str]) -> str:
    rest = undescribed(source)
    return field(rest["prefLabel@nb"], rest["code"], ambiguous)


def _technical(entry: Table, unit_id: str) -> list[list[tuple[str, str]]]:
    pattern = entry.get("path_glob", "")
    team = entry.get("team", "")
    first = [
        ("form", "parquet" if pattern.endswith(".parquet") else ""),
        ("unit-id", unit_id),
        ("publisher", _PUBLISHER),
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
            known = ", ".join(held_by(name, source)) or "none"
            yield Unmapped(
                "data set", name, f"lists no variables; not described, but for what it is joined by: {known}"
            )
        for variable, times in Counter(listed).items():
            if times > 1:
                yield Unmapped("variable", variable, f"listed {times} times in {name}; one sentence")
    for kind, what, why in (
        ("data set", f"{sum(not texts(entry, 'variables') for entry in source.sets.values())} data sets", _NOT_LISTED),
        ("time", "all data sets", f"no period is stated; the time of every sentence is {NOT_STATED_TIME}"),
        ("title, access and document archive", "all data sets", "not stated in the source; left out"),
        ("licence", "all data sets", "the licence is the package's; the source states none for the data"),
        ("object type, unit-id", "data sets with a personal id", "a guess: the source does not say what the units are"),
        ("temporality", "all variables", "not stated in the source; left empty"),
    ):
        yield Unmapped(kind, what, why)
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
        if why_not_derived(entry, source):
            yield Unmapped("derived_from", name, f"{why_not_derived(entry, source)}; left out")
        if "outdated_comment" in entry:
            comment = " ".join(entry["outdated_comment"].split())
            yield Unmapped("outdated_comment", name, f"a vocabulary has no place for it: {comment}")
    mapped = missing_values(source).values()
    for name, value in source.constants.missing_values.items():
        if name not in source.codes and value not in mapped:
            yield Unmapped("missing value", f"{name}: {value}", "no variable of that name; left out")


def _old_name_notes(source: Source) -> Iterator[Unmapped]:
    for name, entry in source.variables.items():
        for old in texts(entry, "renamed_from"):
            if old in source.variables:
                yield Unmapped("old name", old, f"of {name}; also today's name of another variable, which keeps it")
            elif old in source.codes:
                yield Unmapped("old name", old, f"of {name}; also what a data set lists today, which keeps it")

    for old, had_by in shared_old_names(source).items():
        yield Unmapped("old name", old, f"of {', '.join(had_by)}; it would not say which is meant, so it is no synonym")


def _key_notes(source: Source) -> Iterator[Unmapped]:
    for what, entries in (("variables", source.variables.values()), ("data sets", source.sets.values())):
        counts = Counter(key for entry in entries for key in entry if key not in MAPPED_KEYS)
        for key, count in counts.items():
            why = _WHY_NOT.get(key, "not known to this importer")
            yield Unmapped("key", f"{key} ({count} of {len(entries)} {what})", why)
