"""The vocabularies of the Norwegian education database: variables as characteristics, Klass numbers as classifications.

The source has no labels: the variable's name is what people call it, so it is the preferred word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from vkd_catalog.importers.ssb_nudb_source import NO_UNIT, Source, Table, texts, unit_of
from vkd_catalog.importers.words import label, legal_code, legal_codes, list_value
from vkd_catalog.importers.writer import CHARACTERISTIC_COLUMNS, NAME_COLUMNS, Concept, Vocabulary

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
    """A concept for every unit group, then one for every variable, under its group."""
    columns = (*_LABEL_COLUMNS, *CHARACTERISTIC_COLUMNS, "definition@nb", "seeAlso")
    return Vocabulary(columns, [*_unit_groups(source), *_variables(source)])


def names(source: Source) -> Vocabulary:
    """A register for every data set that becomes a product, and every classification that variables name."""
    codes = registers_of(source)
    registers = ({"code": code, "prefLabel@nb": label(name), "kind": "register"} for name, code in codes.items())
    return Vocabulary((*_LABEL_COLUMNS, *NAME_COLUMNS, "seeAlso"), [*registers, *_classifications(source)])


def registers_of(source: Source) -> Mapping[str, str]:
    """The data sets that list variables, each with its code as a name."""
    return legal_codes(name for name, entry in source.sets.items() if texts(entry, "variables"))


def _unit_groups(source: Source) -> Iterator[Concept]:
    units = dict.fromkeys(map(unit_of, source.variables.values()))
    if source.undefined:
        units[NO_UNIT] = None
    for unit in units:
        yield {"code": legal_code(unit), "prefLabel@nb": _UNIT_LABELS.get(unit, label(unit)), "kind": "individual"}


def _variables(source: Source) -> Iterator[Concept]:
    see_also = _see_also(source)
    for name, code in source.codes.items():
        entry = source.variables.get(name, {})
        yield {
            "code": code,
            "prefLabel@nb": label(name),
            "altLabel@nb": list_value(label(old) for old in texts(entry, "renamed_from") if old not in source.codes),
            "notation": label(name),
            "kind": "individual",
            "classification": _classification(entry),
            "derivedFrom": "+".join(source.codes[of] for of in texts(entry, "derived_from") if of in source.codes),
            "definition@nb": " ".join(entry.get("description_short", "").split()),
            "seeAlso": list_value(see_also.get(code, ())),
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
