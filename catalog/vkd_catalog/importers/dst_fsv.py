"""Statistics Denmark's research registers, from the CSV tables of the PyPI package `dst-fsv` (MIT).

A register becomes a name, a variable name becomes one characteristic whatever the registers that have it, and a data
set becomes a product with a sentence for each variable that is available in its period.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers import object_types
from vkd_catalog.importers.dst_fsv_source import TABLES, DataSet, Labels, Register, Source, read
from vkd_catalog.importers.packages import Package, find_folder
from vkd_catalog.importers.report import Importer, ImportReport, Unmapped, Written
from vkd_catalog.importers.words import (
    address,
    field,
    file_stems,
    label,
    legal_codes,
    list_value,
    shared_words,
)
from vkd_catalog.importers.writer import (
    CHARACTERISTIC_COLUMNS,
    NAME_COLUMNS,
    Concept,
    OutputFolder,
    Product,
    ProductFile,
    Sentence,
    Vocabulary,
    Workspace,
    write_workspace,
)

_SOURCE = "dst-fsv, from Statistics Denmark (Danmarks Statistik, Forskningsservice): dst_fsv/data"
_LICENCE = "MIT (package); contents free to use with Statistics Denmark named as the source"
_CATALOGUE = "Danmarks Statistiks forskningsregistre"
_LANGUAGE = "da"
_CLOSED = "Luk"
_YEAR = re.compile(r"[0-9]{4}")
_UNIT_IDS = (("PNR", object_types.PERSON), ("CVRNR", object_types.ENTERPRISE))

_LABEL_COLUMNS = ("prefLabel@da", "altLabel@da", "prefLabel@en", "altLabel@en")


class _Coded(NamedTuple):
    """The source, the codes given to its registers and variables, and the words that several variables share."""

    source: Source
    registers: Mapping[str, str]
    variables: Mapping[str, str]
    ambiguous: frozenset[str]


def run(source: Path, target: Path) -> ImportReport:
    """Imports the package's tables, found in or below `source`, as a workspace in `target`.

    Raises ImportSourceError and ImportTargetError.
    """
    coded = _coded(read(find_folder(source, "dst_fsv/data", TABLES)))
    folder = OutputFolder(target, IMPORTER.name)
    workspace = _workspace(coded)
    counts = write_workspace(folder, workspace)
    report = ImportReport(
        source=_SOURCE,
        version=coded.source.package.version,
        licence=_LICENCE,
        written=(
            Written("registers (names)", len(coded.registers)),
            Written("characteristics", len(coded.variables)),
            Written("products", counts.products),
            Written("sentences", counts.sentences),
            Written("product files", counts.files),
            Written("object types", len(workspace.object_types.concepts)),
        ),
        unmapped=tuple(_unmapped(coded)),
    )
    folder.finish(report)
    return report


IMPORTER = Importer("dst-fsv", "Statistics Denmark's research registers, from the package dst-fsv", run)


def _coded(source: Source) -> _Coded:
    variables = legal_codes(source.labels)
    words = {code: (name, *source.labels[name].da, *source.labels[name].en) for name, code in variables.items()}
    return _Coded(source, legal_codes(row.register for row in source.registers), variables, shared_words(words))


# Vocabularies.


def _workspace(coded: _Coded) -> Workspace:
    version = coded.source.package.version
    return Workspace(
        name=_CATALOGUE,
        language=_LANGUAGE,
        comment=(_origin(version), f"Skrevet af `vkd catalogue import {IMPORTER.name}`; se IMPORT.md."),
        object_types=object_types.vocabulary((object_types.PERSON, object_types.ENTERPRISE, object_types.UNIT)),
        names=Vocabulary(
            ("code", *_LABEL_COLUMNS, "notation", *NAME_COLUMNS),
            [_name(row, coded) for row in coded.source.registers],
        ),
        characteristics=Vocabulary(
            ("code", *_LABEL_COLUMNS, "notation", *CHARACTERISTIC_COLUMNS),
            [_characteristic(name, code, coded.source.labels[name]) for name, code in coded.variables.items()],
        ),
        product_files=_product_files(coded),
        licence=_licence_note(coded.source.package),
        ignored_rules={"VKD501": "kilden har betegnelser, men ingen definitioner; reglen ville gælde hver linje."},
    )


def _origin(version: str) -> str:
    return f"Kilde: Danmarks Statistik, gennem pakken dst-fsv, version {version}, licens MIT."


def _name(row: Register, coded: _Coded) -> Concept:
    first, last = _years(row, coded.source.data_sets.get(row.register, ()))
    return {
        "code": coded.registers[row.register],
        "prefLabel@da": label(row.title_da),
        "prefLabel@en": label(row.title_en),
        "notation": row.register,
        "kind": "register",
        "validFrom": f"{first}0101" if first else "",
        "validTo": f"{last}1231" if last and row.update_frequency == _CLOSED else "",
    }


def _years(row: Register, data_sets: Sequence[DataSet]) -> tuple[str, str]:
    """The first and last year that the register table or a data set of the register states."""
    periods = [data_set.period[:4] for data_set in data_sets]
    first = [year for year in (row.first_year, *periods) if _YEAR.fullmatch(year)]
    last = [year for year in (row.last_year, *periods) if _YEAR.fullmatch(year)]
    return min(first, default=""), max(last, default="")


def _characteristic(name: str, code: str, labels: Labels) -> Concept:
    return {
        "code": code,
        "prefLabel@da": labels.da[0] if labels.da else "",
        "altLabel@da": list_value(labels.da[1:]),
        "prefLabel@en": labels.en[0] if labels.en else "",
        "altLabel@en": list_value(labels.en[1:]),
        "notation": name,
        "kind": "individual",
    }


# Products.


def _product_files(coded: _Coded) -> Iterator[ProductFile]:
    stems = file_stems(coded.registers)
    for row in coded.source.registers:
        data_sets = coded.source.data_sets.get(row.register, ())
        if data_sets:
            products = [_product(data_set, row, coded) for data_set in data_sets]
            yield ProductFile(f"products/{stems[row.register]}.vkd", tuple(_file_comment(row, coded)), products)


def _file_comment(row: Register, coded: _Coded) -> Iterator[str]:
    yield f"{row.register}: {label(row.title_da)} ({label(row.title_en)})."
    years = f"{row.first_year}-{row.last_year}"
    yield label(f"{years}, {row.reference_type}, opdatering {row.update_frequency}, ændret {row.latest_change}.")
    yield f"Registerhistorik: {address(row.url_history)}"
    yield _origin(coded.source.package.version)


def _product(data_set: DataSet, row: Register, coded: _Coded) -> Product:
    unit_id, kind = next(((key, kind) for key, kind in _UNIT_IDS if key in data_set.variables), ("", object_types.UNIT))
    register = field(row.register, coded.registers[row.register])
    word = object_types.plural(kind, _LANGUAGE)
    return Product(
        comment=(_doc_comment(data_set),),
        identification=data_set.name,
        technical=_technical(row, unit_id and _word(unit_id, coded)),
        sentences=[Sentence(word, register, _word(name, coded), data_set.period) for name in data_set.variables],
    )


def _word(variable: str, coded: _Coded) -> str:
    code = coded.variables[variable]
    # A name that lost a no-break space to its code is written as the code, since the two look alike.
    return field(variable, code, coded.ambiguous) if code == variable else f"[{code}]"


def _doc_comment(data_set: DataSet) -> str:
    observations, size = _thousands(data_set.observations), _thousands(data_set.size)
    return f"{observations} observationer, {size} bytes, dannet {data_set.created or 'ikke oplyst'}."


def _thousands(number: str) -> str:
    return f"{int(number):,}".replace(",", ".") if number.isdecimal() else "ikke oplyst antal"


def _technical(row: Register, unit_id: str) -> list[list[tuple[str, str]]]:
    first = [("form", "dataset"), ("access", "on-application"), ("unit-id", unit_id), ("source", "Danmarks Statistik")]
    lines = [first, [("data", address(row.url_datasets))], [("doc", address(row.url_variables))]]
    stated = [[(key, value) for key, value in line if value] for line in lines]
    return [line for line in stated if line]


# The report.


def _unmapped(coded: _Coded) -> Iterator[Unmapped]:
    source = coded.source
    yield from source.notes
    yield from _code_notes(coded)
    yield from _label_notes(coded)
    yield from _column_notes(source)


def _code_notes(coded: _Coded) -> Iterator[Unmapped]:
    for what, codes in (("register", coded.registers), ("variable", coded.variables)):
        for name, code in codes.items():
            if name != code:
                yield Unmapped(what, name, f"no legal code as it is; its code is {code}, its notation is the name")
    listed = [name for sets in coded.source.data_sets.values() for each in sets for name in each.variables]
    by_code = [name for name in listed if _word(name, coded).startswith("[")]
    if by_code:
        yield Unmapped(
            "word",
            f"{len(set(by_code))} variable names in {len(by_code)} sentences",
            "are also a label of another variable, or no legal code; the sentence has the code in brackets",
        )


def _label_notes(coded: _Coded) -> Iterator[Unmapped]:
    labels = coded.source.labels.values()
    for language, without in (
        ("Danish", sum(not each.da for each in labels)),
        ("English", sum(not each.en for each in labels)),
    ):
        yield Unmapped(
            "label",
            f"{without} of {len(labels)} variables",
            f"have no {language} label, or one that says there is none",
        )
    yield Unmapped("label", f"{len(coded.ambiguous)} words", "name several variables; check says so (VKD602)")
    yield Unmapped("definition", "all variables", "the source has labels only; VKD501 is off in vkd.toml")


def _column_notes(source: Source) -> Iterator[Unmapped]:
    remarks = sum(bool(row.remark) for row in source.registers)
    sentences = sum(len(each.variables) for sets in source.data_sets.values() for each in sets)
    yield Unmapped("cells", f"{source.cells} rows of availability", f"state {sentences} different cells of data sets")
    yield Unmapped(
        "column", f"remark_da ({remarks} of {len(source.registers)} registers)", "says only that there is a remark"
    )
    for kind, what, why in (
        ("column", "reference_type, update_frequency, latest_change_date", "in the comment that opens the file"),
        ("column", "n_observations, n_bytes, created_iso", "in the comment above the description"),
        ("column", "times_url, hkv_url of variables", "a vocabulary has no place for an address"),
        ("column", "first_year, last_year", "when the name is valid; widened to its data sets, no end if not closed"),
        ("table", "history.csv.gz", "a log of changes; the comment that opens each file has its address"),
        ("access", "all data sets", "the source does not state it; on-application, as for all research registers"),
        ("unit-id", "data sets without PNR and CVRNR", "the source does not say what identifies a unit"),
    ):
        yield Unmapped(kind, what, why)


def _licence_note(package: Package) -> str:
    text = package.licence_text or "The package states the MIT licence and carries no text of it."
    return (
        "# Licence of the source\n\n"
        "The vocabularies and product descriptions here are made from the Python package dst-fsv,\n"
        f"version {package.version}, published by the danish-registry-schema project under the MIT licence.\n\n"
        f"{text}\n\n"
        "What it describes are the research registers of Statistics Denmark (Danmarks Statistik, Forskningsservice);\n"
        "these contents are free to use with Statistics Denmark named as the source.\n"
    )
