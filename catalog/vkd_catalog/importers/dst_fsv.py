"""Statistics Denmark's research registers, from the CSV tables of the PyPI package `dst-fsv` (MIT).

A register becomes a name, a variable name becomes one characteristic whatever the registers that have it, and a data
set becomes a product with a sentence for each variable that is available in its period: an edition of the collection
that its register is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.importers import object_types
from vkd_catalog.importers.dst_fsv_source import TABLES, DataSet, Labels, Register, Source, read
from vkd_catalog.importers.dst_fsv_times import times_of
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.labels import as_cell, clashing
from vkd_catalog.importers.packages import Package, find_folder
from vkd_catalog.importers.report import Unmapped
from vkd_catalog.importers.undescribed import NOT_STATED_TIME, not_described
from vkd_catalog.importers.words import (
    address,
    field,
    file_stems,
    label,
    legal_codes,
    list_value,
    shared_words,
    technical,
)
from vkd_catalog.importers.writer import (
    CHARACTERISTIC_COLUMNS,
    NAME_COLUMNS,
    Concept,
    Mapped,
    Mappings,
    Product,
    ProductFile,
    Sentence,
    Vocabulary,
    Workspace,
)
from vkd_grammar.technical import day_of

_SOURCE = "dst-fsv, from Statistics Denmark (Danmarks Statistik, Forskningsservice): dst_fsv/data"
_LICENCE = "MIT (package); contents free to use with Statistics Denmark named as the source"
_CATALOGUE = "Danmarks Statistiks forskningsregistre"
_LANGUAGE = "da"
_CLOSED = "Luk"
_YEAR = re.compile(r"[0-9]{4}")
_PUBLISHER = "Danmarks Statistik"
_DATA_SOURCE = "Danmarks Statistiks grunddatabank"
_OFFICIAL_NUMBERS = {
    "personnummer": object_types.PERSON,
    "cpr-nummer": object_types.PERSON,
    "cvr-nummer": object_types.ENTERPRISE,
}
"""What the labels of those variables say that hold the number a unit has everywhere, and what units have it."""

_ONE_NUMBER = "variabler, hvis betegnelse er det samme officielle nummer, er ét begreb; kilden siger det ikke"

_LANGUAGES = ("da", "en")
_LABEL_COLUMNS = ("prefLabel@da", "altLabel@da", "prefLabel@en", "altLabel@en")


class _Coded(NamedTuple):
    """The source with the code of every register and variable, and the words that would not say which variable.

    `fields` is what a sentence writes for each variable, and `units` what units a variable identifies. `left_out` are
    the synonyms of each variable, by its code, that also name another. `undescribed` is the characteristic of data sets
    without variables; None where none is.
    """

    source: Source
    registers: Mapping[str, str]
    variables: Mapping[str, str]
    ambiguous: frozenset[str]
    fields: Mapping[str, str]
    units: Mapping[str, object_types.ObjectType]
    left_out: Mapping[str, Sequence[str]]
    undescribed: Concept | None


def _read(request: Request) -> Draft:
    """The package's tables, found in or below the source."""
    coded = _coded(read(find_folder(request.source, "dst_fsv/data", TABLES)))
    return Draft(
        workspace=_workspace(coded),
        source=_SOURCE,
        version=coded.source.package.version,
        licence=_LICENCE,
        unmapped=_unmapped(coded),
    )


IMPORTER = Importer("dst-fsv", "Statistics Denmark's research registers, from the package dst-fsv", _read)


def _coded(source: Source) -> _Coded:
    variables = legal_codes(source.labels)
    names = {code: (name, *_preferred(source.labels[name])) for name, code in variables.items()}
    synonyms = {code: _synonyms(source.labels[name]) for name, code in variables.items()}
    ambiguous = shared_words(names)
    return _Coded(
        source,
        legal_codes(row.register for row in source.registers),
        variables,
        ambiguous,
        # A name that lost a no-break space to its code is written as the code, since the two look alike.
        {name: field(name, code, ambiguous) if code == name else f"[{code}]" for name, code in variables.items()},
        _identifiers(source),
        clashing(names, synonyms),
        not_described(_LANGUAGES, variables.values()) if any(_undescribed(source)) else None,
    )


def _identifiers(source: Source) -> Mapping[str, object_types.ObjectType]:
    """The variables that are labelled as an official number, those of persons first."""
    said = {name: _OFFICIAL_NUMBERS.get(labels.da[0].casefold()) for name, labels in source.labels.items() if labels.da}
    found = {name: kind for name, kind in said.items() if kind}
    return dict(sorted(found.items(), key=lambda one: one[1] is not object_types.PERSON))


def _preferred(labels: Labels) -> tuple[str, ...]:
    return (*labels.da[:1], *labels.en[:1])


def _synonyms(labels: Labels) -> tuple[str, ...]:
    return (*labels.da[1:], *labels.en[1:])


def _undescribed(source: Source) -> Iterator[DataSet]:
    """The data sets that become products and list no variables."""
    registers = (source.data_sets.get(row.register, ()) for row in source.registers)
    return (each for data_sets in registers for each in data_sets if not each.variables)


# Vocabularies.


def _workspace(coded: _Coded) -> Workspace:
    version = coded.source.package.version
    return Workspace(
        name=_CATALOGUE,
        language=_LANGUAGE,
        source=_origin(version),
        comment=("Se IMPORT.md.",),
        object_types=object_types.vocabulary((object_types.PERSON, object_types.ENTERPRISE, object_types.UNIT)),
        names=Vocabulary(
            ("code", *_LABEL_COLUMNS, "notation", *NAME_COLUMNS),
            [_name(row, coded) for row in coded.source.registers],
        ),
        characteristics=Vocabulary(
            ("code", *_LABEL_COLUMNS, "notation", *CHARACTERISTIC_COLUMNS, "values@da", "values@en"),
            list(_characteristics(coded)),
        ),
        mappings=_mappings(coded),
        product_files=_product_files(coded),
        files=sum(row.register in coded.source.data_sets for row in coded.source.registers),
        licence=_licence_note(coded.source.package),
        undescribed=_undescribed_field(coded),
        ignored_rules={"VKD501": "kilden har betegnelser, men ingen definitioner; reglen ville gælde hver linje."},
    )


def _mappings(coded: _Coded) -> Mappings | None:
    """Variables that are labelled as the same official number are one concept; None where there are no two."""
    first: dict[str, str] = {}
    rows = []
    for name, kind in coded.units.items():
        code = coded.variables[name]
        if first.setdefault(kind.unit, code) != code:
            rows.append(Mapped(code, "skos:exactMatch", first[kind.unit]))
    comment = (f"Kilde: {_origin(coded.source.package.version)}.", f"guessed: {_ONE_NUMBER}.")
    return Mappings(comment, rows) if rows else None


def _origin(version: str) -> str:
    return f"pakken dst-fsv, version {version} (Danmarks Statistik, licens MIT)"


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


def _characteristics(coded: _Coded) -> Iterator[Concept]:
    for name, code in coded.variables.items():
        identifies = "global" if name in coded.units else ""
        yield _characteristic(name, code, coded.source.labels[name], coded.left_out.get(code, ()), identifies)
    if coded.undescribed:
        yield coded.undescribed


def _characteristic(name: str, code: str, labels: Labels, left_out: Sequence[str], identifies: str) -> Concept:
    return {
        "code": code,
        "prefLabel@da": labels.da[0] if labels.da else "",
        "altLabel@da": list_value(word for word in labels.da[1:] if word not in left_out),
        "prefLabel@en": labels.en[0] if labels.en else "",
        "altLabel@en": list_value(word for word in labels.en[1:] if word not in left_out),
        "notation": name,
        "kind": "individual",
        "identifies": identifies,
        "values@da": as_cell(labels.values_da),
        "values@en": as_cell(labels.values_en),
    }


# Products.


def _product_files(coded: _Coded) -> Iterator[ProductFile]:
    stems = file_stems(coded.registers)
    for row in coded.source.registers:
        data_sets = coded.source.data_sets.get(row.register, ())
        if data_sets:
            times = times_of(row.reference_type, row.first_year, [data_set.period for data_set in data_sets])
            products = [_product(*each, row, coded) for each in zip(data_sets, times, strict=True)]
            comment = (*_file_comment(row, coded), *_guesses(row, data_sets, times, coded))
            yield ProductFile(f"products/{stems[row.register]}.vkd", comment, products)


def _file_comment(row: Register, coded: _Coded) -> Iterator[str]:
    yield f"{row.register}: {label(row.title_da)} ({label(row.title_en)})."
    years = f"{row.first_year}-{row.last_year}"
    yield label(f"{years}, {row.reference_type}, opdatering {row.update_frequency}, ændret {row.latest_change}.")
    yield f"Registerhistorik: {address(row.url_history)}"


def _guesses(row: Register, data_sets: Sequence[DataSet], times: Sequence[str], coded: _Coded) -> Iterator[str]:
    """What the products say that the source does not say in so many words."""
    unit_ids = [unit_id for unit_id, _ in (_unit(data_set, coded) for data_set in data_sets) if unit_id]
    if unit_ids:
        listed = " og ".join(dict.fromkeys(unit_ids))
        yield f"guessed: enhedstype og unit-id efter {listed}; kilden siger ikke, hvad enhederne er."
    yield "guessed: access=on-application; kilden siger, at datasæt kan bestilles, og intet om vilkårene."
    if any(".." in time for time in times):
        yield f"guessed: årene fra {row.first_year} er registrets; det har ingen datasæt for de første af dem alene."


def _unit(data_set: DataSet, coded: _Coded) -> tuple[str, object_types.ObjectType]:
    """What identifies the units of a data set, as far as its variables tell, and what the units are."""
    held = {*data_set.variables}
    return next((found for found in coded.units.items() if found[0] in held), ("", object_types.UNIT))


def _product(data_set: DataSet, time: str, row: Register, coded: _Coded) -> Product:
    unit_id, kind = _unit(data_set, coded)
    register = field(row.register, coded.registers[row.register])
    word = object_types.plural(kind, _LANGUAGE)
    sentences = [Sentence(word, register, coded.fields[name], time) for name in data_set.variables]
    if not sentences:
        sentences = [Sentence(word, register, _undescribed_field(coded), NOT_STATED_TIME)]
    return Product(
        comment=(_doc_comment(data_set),),
        identification=data_set.name,
        technical=_technical(data_set, row, coded.fields[unit_id] if unit_id else ""),
        sentences=sentences,
    )


def _undescribed_field(coded: _Coded) -> str:
    rest = coded.undescribed
    return field(rest["prefLabel@da"], rest["code"], coded.ambiguous) if rest else ""


def _doc_comment(data_set: DataSet) -> str:
    return f"{_thousands(data_set.observations)} observationer, {_thousands(data_set.size)} bytes."


def _thousands(number: str) -> str:
    return f"{int(number):,}".replace(",", ".") if number.isdecimal() else "ikke oplyst antal"


def _technical(data_set: DataSet, row: Register, unit_id: str) -> list[list[tuple[str, str]]]:
    lines = [
        [
            ("title", technical(label(row.title_da))),
            ("title@en", technical(label(row.title_en))),
            ("collection", technical(row.register)),
        ],
        [
            ("form", "dataset"),
            ("access", "on-application"),
            ("unit-id", unit_id),
            ("publisher", _PUBLISHER),
            ("source", _DATA_SOURCE),
            ("updated", _day(data_set.created)),
        ],
        [("data", address(row.url_datasets))],
        [("doc", address(row.url_variables))],
    ]
    stated = [[(key, value) for key, value in line if value] for line in lines]
    return [line for line in stated if line]


def _day(iso: str) -> str:
    """A day as technical data has it; empty where the source has none."""
    digits = iso.replace("-", "")
    return digits if day_of(digits) else ""


# The report.


def _unmapped(coded: _Coded) -> Iterator[Unmapped]:
    source = coded.source
    yield from source.notes
    yield from _code_notes(coded)
    yield from _mapping_notes(coded)
    yield from _label_notes(coded)
    yield from _column_notes(source)


def _code_notes(coded: _Coded) -> Iterator[Unmapped]:
    for what, codes in (("register", coded.registers), ("variable", coded.variables)):
        for name, code in codes.items():
            if name != code:
                yield Unmapped(what, name, f"no legal code as it is; its code is {code}, its notation is the name")
    listed = [name for sets in coded.source.data_sets.values() for each in sets for name in each.variables]
    by_code = [name for name in listed if coded.fields[name].startswith("[")]
    if by_code:
        yield Unmapped(
            "word",
            f"{len(set(by_code))} variable names in {len(by_code)} sentences",
            "are also a label of another variable, or no legal code; the sentence has the code in brackets",
        )


def _mapping_notes(coded: _Coded) -> Iterator[Unmapped]:
    mappings = _mappings(coded)
    for row in mappings.rows if mappings else ():
        yield Unmapped(
            "mapping", f"{row.subject} and {row.object}", "labelled as the same number, so one concept; a guess"
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
    if coded.left_out:
        yield Unmapped(
            "label",
            f"{sum(map(len, coded.left_out.values()))} labels of {len(coded.left_out)} variables",
            "are less used for the variable, and also name another; no synonyms",
        )
    listed = sum(bool(each.values_da or each.values_en) for each in labels)
    if listed:
        yield Unmapped("label", f"{listed} variables", "list their values in a label; these are in the column values")
    yield Unmapped("definition", "all variables", "the source has labels only; VKD501 is off in vkd.toml")


def _column_notes(source: Source) -> Iterator[Unmapped]:
    remarks = sum(bool(row.remark) for row in source.registers)
    sentences = sum(len(each.variables) for sets in source.data_sets.values() for each in sets)
    yield Unmapped("cells", f"{source.cells} rows of availability", f"state {sentences} different cells of data sets")
    undescribed = sum(1 for _ in _undescribed(source))
    if undescribed:
        yield Unmapped("data set", f"{undescribed} data sets", "list no variables; one sentence each, not described")
    yield Unmapped(
        "column", f"remark_da ({remarks} of {len(source.registers)} registers)", "says only that there is a remark"
    )
    yield from _years_notes(source)
    for kind, what, why in (
        ("column", "reference_type, update_frequency, latest_change_date", "in the comment that opens the file"),
        ("column", "n_observations, n_bytes", "in the comment above the description"),
        ("column", "times_url, hkv_url of variables", "a vocabulary has no place for an address"),
        ("column", "first_year, last_year", "when the name is valid; widened to its data sets, no end if not closed"),
        ("table", "history.csv.gz", "a log of changes; the comment that opens each file has its address"),
        ("temporality", "all variables", "a register has a reference type, a variable has none; left empty"),
        ("identifies", "variables not labelled as a personal or company number", "not stated; left empty"),
        ("licence", "all data sets", "the licence is the package's; the source states none for the data"),
        ("access", "all data sets", "the source says that they can be ordered; on-application, a guess"),
        ("object type, unit-id", "data sets with such a number", "a guess: the source does not say what the units are"),
        ("unit-id", "data sets without such a number", "the source does not say what identifies a unit"),
    ):
        yield Unmapped(kind, what, why)


def _years_notes(source: Source) -> Iterator[Unmapped]:
    """How many data sets hold all the years of their register, by its reference type."""
    counts: Counter[str] = Counter()
    for row in source.registers:
        periods = [each.period for each in source.data_sets.get(row.register, ())]
        counts[row.reference_type] += sum(".." in one for one in times_of(row.reference_type, row.first_year, periods))
    for kind, count in counts.items():
        if count:
            why = "hold their register's years from the first one on, which have no data sets of their own; a guess"
            yield Unmapped("time", f"{count} data sets of type {kind}", why)


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
