"""The vocabularies of the Norwegian education database: variables as characteristics, Klass numbers as classifications.

The source has no labels: the variable's name is what people call it, so it is the preferred word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from vkd_catalog.importers.ssb_nudb_source import NO_UNIT, Source, Table, held_by, join_keys, texts, unit_of
from vkd_catalog.importers.undescribed import not_described
from vkd_catalog.importers.words import label, legal_code, legal_codes, list_value
from vkd_catalog.importers.writer import CHARACTERISTIC_COLUMNS, NAME_COLUMNS, Concept, Vocabulary
from vkd_grammar.words import fold

_UNIT_LABELS = {
    "enhet": "Enhetsvariabler",
    "pers": "Personvariabler",
    "data": "Datavariabler",
    "tid": "Tidsvariabler",
    "fag": "Fagvariabler",
    "skole": "Skolevariabler",
    "utd": "Utdanningsvariabler",
    "gr": "Grunnskolevariabler",
    "gro": "Grunnopplæringsvariabler",
    "vg": "Variabler for videregående utdanning",
    "fa": "Fagskolevariabler",
    "fuh": "Variabler for fagskole, universitet og høgskole",
    "uh": "Universitets- og høgskolevariabler",
    "bof": "Virksomhetsvariabler",
    "karakter": "Karaktervariabler",
    "land": "Landvariabler",
    "utdatert": "Utdaterte variabler",
    NO_UNIT: "Variabler uten gruppe",
}

_LABEL_COLUMNS = ("code", "prefLabel@nb", "altLabel@nb", "notation")


def characteristics(source: Source) -> Vocabulary:
    """A concept for every unit group, then one for every variable, under its group, then what is not described."""
    columns = (*_LABEL_COLUMNS, *CHARACTERISTIC_COLUMNS, "definition@nb", "seeAlso")
    return Vocabulary(columns, [*_unit_groups(source), *_variables(source), undescribed(source)])


def undescribed(source: Source) -> Concept:
    """The characteristic of the data sets that list no variables."""
    return not_described(("nb",), {legal_code(unit) for unit in _units(source)})


def missing_values(source: Source) -> Mapping[str, str]:
    """What stands for a missing value, by the variable that it is said of under today's name or an old one."""
    found = {name: value for name, value in source.constants.missing_values.items() if name in source.codes}
    for name, entry in source.variables.items():
        for old in texts(entry, "renamed_from"):
            if old in source.constants.missing_values and old not in source.codes:
                found.setdefault(name, source.constants.missing_values[old])
    return found


def derivation(entry: Table, source: Source) -> str:
    """What a variable is derived from: in the asker's own set what the others are joined by, and in those the rest.

    A variable that no joined data set lists is looked for in the asker's set, as are all where none is joined. Empty
    where the source names no variables, or does not say all that it takes (`why_not_derived`).
    """
    if why_not_derived(entry, source):
        return ""
    parts, sets, keys = texts(entry, "derived_from"), texts(entry, "derived_uses_datasets"), join_keys(entry)
    held = {name: {*keys, *held_by(name, source)} for name in sets}
    own = [part for part in parts if part in keys or not any(part in variables for variables in held.values())]
    needed = dict.fromkeys((*keys, *parts))
    joined = [f"{source.codes[part]}@{label(name)}" for name in sets for part in needed if part in held[name]]
    return "+".join([*(source.codes[part] for part in dict.fromkeys(own)), *joined])


def why_not_derived(entry: Table, source: Source) -> str:
    """What the source leaves open of what a variable is derived from; empty where nothing."""
    sets = texts(entry, "derived_uses_datasets")
    parts = dict.fromkeys((*texts(entry, "derived_from"), *join_keys(entry)))
    unknown = [part for part in parts if part not in source.codes] + [name for name in sets if name not in source.sets]
    if unknown:
        return f"{', '.join(unknown)} is defined nowhere"
    return "" if sets or not texts(entry, "derived_join_keys") else "the data set that is joined is not named"


def names(source: Source) -> Vocabulary:
    """A register for every data set, and every classification that variables name."""
    codes = registers_of(source)
    registers = ({"code": code, "prefLabel@nb": label(name), "kind": "register"} for name, code in codes.items())
    return Vocabulary((*_LABEL_COLUMNS, *NAME_COLUMNS, "seeAlso"), [*registers, *_classifications(source)])


def registers_of(source: Source) -> Mapping[str, str]:
    """The data sets, each with its code as a name."""
    return legal_codes(source.sets)


def _units(source: Source) -> Sequence[str]:
    units = dict.fromkeys(map(unit_of, source.variables.values()))
    return (*units, *([NO_UNIT] if source.undefined and NO_UNIT not in units else []))


def _unit_groups(source: Source) -> Iterator[Concept]:
    for unit in _units(source):
        yield {"code": legal_code(unit), "prefLabel@nb": _UNIT_LABELS.get(unit, label(unit)), "kind": "individual"}


def _variables(source: Source) -> Iterator[Concept]:
    see_also = _see_also(source)
    missing = missing_values(source)
    old_names = _old_names(source)
    for name, code in source.codes.items():
        entry = source.variables.get(name, {})
        yield {
            "code": code,
            "prefLabel@nb": label(name),
            "altLabel@nb": list_value(old_names[name]),
            "notation": label(name),
            "kind": "individual",
            "classification": _classification(entry),
            "missing": missing.get(name, ""),
            "derivedFrom": derivation(entry, source),
            "identifies": "global" if name in source.constants.personal_ids else "",
            "definition@nb": " ".join(entry.get("description_short", "").split()),
            "seeAlso": list_value(see_also.get(code, ())),
        }


def shared_old_names(source: Source) -> Mapping[str, Sequence[str]]:
    """The old names that several variables had, with those variables: as synonyms they would not say which is meant."""
    found: dict[str, list[str]] = {}
    for name, entry in source.variables.items():
        for old in dict.fromkeys(texts(entry, "renamed_from")):
            found.setdefault(fold(label(old)), []).append(name)
    return {old: names for old, names in found.items() if len(names) > 1}


def _old_names(source: Source) -> Mapping[str, Sequence[str]]:
    """The words that each variable was called by and no other is or was."""
    today, shared = {fold(label(name)) for name in source.codes}, shared_old_names(source)
    return {
        name: [
            label(old)
            for old in texts(source.variables.get(name, {}), "renamed_from")
            if fold(label(old)) not in today and fold(label(old)) not in shared
        ]
        for name in source.codes
    }


def _see_also(source: Source) -> Mapping[str, Sequence[str]]:
    """For each variable that is out of use, the codes of those to look at instead: those that were renamed from it, and
    those that the comment on it names."""
    found: dict[str, dict[str, None]] = {}
    for name, entry in source.variables.items():
        for old in texts(entry, "renamed_from"):
            if old in source.codes:
                found.setdefault(source.codes[old], {})[source.codes[name]] = None
    for name, entry in source.variables.items():
        for word in re.findall(r"\w+", entry.get("outdated_comment", "")):
            if _is_current(word, source):
                found.setdefault(source.codes[name], {})[source.codes[word]] = None
    return {code: tuple(others) for code, others in found.items()}


def _is_current(word: str, source: Source) -> bool:
    # Some outdated variables are called what is an ordinary word too (annen, voksen); no comment means those.
    return word in source.variables and "outdated_comment" not in source.variables[word]


def _classification(entry: Table) -> str:
    """The code of the classification whose classes are the variable's values; empty where the source names none.

    Klass number 0 says that there is none. A variant that is searched for by its title stands under its classification.
    """
    number = entry.get("klass_codelist", 0)
    if number and "klass_variant_search_term" in entry:
        return _variant(number, entry["klass_variant_search_term"])
    if number:
        return _klass(number)
    return f"klass-variant-{entry['klass_variant']}" if "klass_variant" in entry else ""


def _classifications(source: Source) -> Iterator[Concept]:
    entries = source.variables.values()
    corresponding = {
        entry["klass_codelist"]: entry["klass_correspondence_to"]
        for entry in entries
        if entry.get("klass_codelist") and entry.get("klass_correspondence_to")
    }
    terms = {
        (entry["klass_codelist"], entry["klass_variant_search_term"])
        for entry in entries
        if entry.get("klass_codelist") and "klass_variant_search_term" in entry
    }
    numbers = {entry.get("klass_codelist", 0) for entry in entries} | set(corresponding.values())
    for number in sorted(numbers - {0}):
        also = _klass(corresponding[number]) if number in corresponding else ""
        yield _row(_klass(number), f"Klass {number}", notation=str(number), see_also=also)
        for term in sorted(term for of, term in terms if of == number):
            yield _row(_variant(number, term), f"Klass {number}: {label(term)}")
    for variant in sorted({entry["klass_variant"] for entry in entries if "klass_variant" in entry}):
        yield _row(f"klass-variant-{variant}", f"Klass-variant {variant}")


def _klass(number: int) -> str:
    return f"klass-{number}"


def _variant(number: int, term: str) -> str:
    return f"{_klass(number)}.{legal_code(term)}"


def _row(code: str, title: str, notation: str = "", see_also: str = "") -> Concept:
    return {"code": code, "prefLabel@nb": title, "notation": notation, "kind": "classification", "seeAlso": see_also}
