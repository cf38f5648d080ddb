"""What a source states, given codes and words: the rows of the vocabularies, and what sentences write for each concept.

A word of a sentence means one thing: where two concepts are called the same, the word is written with its code.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from vkd_catalog.importers.labels import as_cell, clashing
from vkd_catalog.importers.object_types import UNIT, ObjectType
from vkd_catalog.importers.stated import Class, Classification, Group, Register, Stated, Texts, Variable
from vkd_catalog.importers.undescribed import not_described
from vkd_catalog.importers.words import legal_code, list_value, plain_label, shared_words
from vkd_catalog.importers.writer import Concept
from vkd_catalog.languages import is_language, with_fallbacks
from vkd_grammar.escapes import escape
from vkd_grammar.words import fold

UNDETERMINED = "und"
"""BCP-47's tag of a text whose language nobody has said."""

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SAME = {"no": "nb", "nob": "nb", "nor": "nb", "nno": "nn", "swe": "sv", "dan": "da", "eng": "en"}


Keyed = TypeVar("Keyed", Register, Group, Variable, Classification)


class Coded(NamedTuple):
    """What is stated, with its codes and with what sentences write for it, by the keys that the source has.

    `undescribed` is what is written for the characteristic of sets without variables; empty where all have some.
    `shared` are the words that several characteristics go by, `shared_names` those of several names, `left_out` the
    synonyms of each code that would have been such words.
    """

    stated: Stated
    language: str
    units: Sequence[ObjectType]
    names: Sequence[Concept]
    characteristics: Sequence[Concept]
    codes: Mapping[str, str]
    registers: Mapping[str, str]
    variables: Mapping[str, str]
    undescribed: str
    shared: frozenset[str]
    shared_names: frozenset[str]
    left_out: Mapping[str, Sequence[str]]


def coded(stated: Stated) -> Coded:
    """Gives everything that is stated its code and its words; of two that have one key the first counts."""
    stated = stated._replace(
        registers=_once(stated.registers),
        groups=_once(stated.groups),
        variables=_once(stated.variables),
        classifications=_once(stated.classifications),
    )
    tags = _Tags(tag_of(stated.language, UNDETERMINED))
    language = _language(stated, tags)
    classifications = _classification_codes(stated.classifications)
    registers = _unlike((one.key for one in stated.registers), classifications.values())
    groups = _group_codes(stated.groups)
    codes = _variable_codes(stated.variables, groups)
    names = _filled(
        *(_register(one.labels, one.definitions, registers[one.key], tags) for one in stated.registers),
        *(row for one in stated.classifications for row in _classification(one, classifications, tags)),
    )
    rows = _filled(
        *(_group(one, groups[one.key], tags) for one in stated.groups),
        *(_variable(one, codes, classifications, tags) for one in stated.variables),
    )
    left_out = clashing({row["code"]: _first_words(row) for row in rows}, {row["code"]: _synonyms(row) for row in rows})
    rows = _filled(*(_without(row, left_out.get(row["code"], ())) for row in rows))
    rest = _rest(stated, rows)
    rows += rest
    shared, shared_names = (shared_words({row["code"]: _words(row) for row in table}) for table in (rows, names))
    said = {row["code"]: _written(row, shared, language) for row in rows}
    named = {row["code"]: _written(row, shared_names, language) for row in names}
    return Coded(
        stated,
        language,
        _units(stated),
        names,
        rows,
        codes,
        {key: named[code] for key, code in registers.items()},
        {key: said[code] for key, code in codes.items()},
        said[rest[0]["code"]] if rest else "",
        shared,
        shared_names,
        left_out,
    )


def _once(stated: Sequence[Keyed]) -> Sequence[Keyed]:
    """The first of those with each key."""
    return tuple({one.key: one for one in reversed(stated)}.values())[::-1]


def tag_of(language: str, default: str) -> str:
    """A language as a BCP-47 tag that vkd's own languages go by; the default where it is none."""
    tag = language.strip().replace("_", "-")
    return _SAME.get(tag.lower(), tag) if _TAG.fullmatch(tag) else default


class _Tags:
    """The texts of a source by language; `default` is the tag of those that do not say theirs."""

    def __init__(self, default: str) -> None:
        self.default = default

    def by_language(self, texts: Texts) -> Mapping[str, Sequence[str]]:
        """The texts of each language, each once, in the order of the source."""
        found: dict[str, list[str]] = {}
        for one in texts:
            text = plain_label(one.text)
            had = found.setdefault(tag_of(one.language, self.default), [])
            if text and fold(text) not in map(fold, had):
                had.append(text)
        return {tag: said for tag, said in found.items() if said}

    def labels(self, texts: Texts, synonyms: Texts = ()) -> dict[str, str]:
        """The columns of labels: the first text of a language is preferred, the others are synonyms."""
        columns: dict[str, str] = {}
        preferred = {tag: said[0] for tag, said in self.by_language(texts).items()}
        for tag, said in self.by_language((*texts, *synonyms)).items():
            first = preferred.get(tag, "")
            columns[f"prefLabel@{tag}"] = first
            columns[f"altLabel@{tag}"] = list_value(one for one in said if one != first)
        return columns

    def definitions(self, texts: Texts) -> dict[str, str]:
        """The columns of definitions."""
        return {f"definition@{tag}": " ".join(said) for tag, said in self.by_language(texts).items()}


def _language(stated: Stated, tags: _Tags) -> str:
    """The language of the catalogue: that of most labels among those that vkd speaks, else English."""
    labels = [
        *(one.labels for one in stated.variables),
        *(one.labels for one in stated.registers),
        *(one.labels for one in stated.classifications),
    ]
    counts = Counter(tag for texts in labels for tag in tags.by_language(texts) if is_language(tag))
    return counts.most_common(1)[0][0] if counts else "en"


def _units(stated: Stated) -> Sequence[ObjectType]:
    found = [unit for one in stated.variables for unit in one.units]
    for each in stated.sets:
        found += [each.unit, *(one.unit for one in each.holdings if one.unit)]
    return tuple({unit.unit: unit for unit in found or [UNIT]}.values())


# Codes.


def _unlike(keys: Iterable[str], taken: Iterable[str]) -> Mapping[str, str]:
    """A code of one segment for each key, all different and none of those that are taken."""
    used = set(taken)
    return {key: _below("", key, used) for key in keys}


def _classification_codes(classifications: Sequence[Classification]) -> Mapping[str, str]:
    taken: set[str] = set()
    codes = {one.key: _below("", one.segment or one.key, taken) for one in classifications if not one.above}
    for one in classifications:
        if one.above:
            codes[one.key] = _below(codes.get(one.above, ""), one.segment or one.key, taken)
    return codes


def _group_codes(groups: Sequence[Group]) -> Mapping[str, str]:
    known = {one.key: one for one in groups}
    codes = {one.key: one.code for one in groups if one.code}
    taken = set(codes.values())
    for one in groups:
        # From the top, so that what stands above has its code; a group that stands above itself has none.
        for each in reversed(list(_upwards(one, known))):
            if each.key not in codes:
                above = codes.get(each.above, "")
                codes[each.key] = _below(above, each.segment or each.key, taken)
    return codes


def _upwards(group: Group, known: Mapping[str, Group]) -> Iterator[Group]:
    """A group and those above it, the nearest first; one that stands above itself ends there."""
    seen: set[str] = set()
    while group.key not in seen:
        seen.add(group.key)
        yield group
        if group.above not in known:
            return
        group = known[group.above]


def _below(above: str, segment: str, taken: set[str]) -> str:
    """A code below another, none of those that are taken, and taken from then on."""
    prefix = f"{above}." if above else ""
    plain = code = prefix + legal_code(segment)
    number = 1
    while code in taken:
        number += 1
        code = f"{plain}_{number}"
    taken.add(code)
    return code


def _variable_codes(variables: Sequence[Variable], groups: Mapping[str, str]) -> Mapping[str, str]:
    stated = {one.key: one.code for one in variables if one.code}
    taken = {*groups.values(), *stated.values()}
    return {
        one.key: stated.get(one.key) or _below(groups.get(one.group, ""), one.notation or one.key, taken)
        for one in variables
    }


# Rows.


def _filled(*rows: Concept) -> list[Concept]:
    """Rows without their empty cells."""
    return [{column: cell for column, cell in row.items() if cell} for row in rows]


def _register(labels: Texts, definitions: Texts, code: str, tags: _Tags) -> dict[str, str]:
    return {"code": code, **tags.labels(labels), **tags.definitions(definitions), "kind": "register"}


def _classification(one: Classification, codes: Mapping[str, str], tags: _Tags) -> Iterator[dict[str, str]]:
    yield {
        "code": codes[one.key],
        **tags.labels(one.labels),
        **tags.definitions(one.definitions),
        "notation": plain_label(one.notation),
        "kind": "classification",
        "validFrom": one.valid[0],
        "validTo": one.valid[1],
    }
    yield from _classes(one.classes, codes[one.key], set(codes.values()), tags)


def _classes(classes: Sequence[Class], classification: str, taken: set[str], tags: _Tags) -> Iterator[dict[str, str]]:
    """The rows of classes; none has a code that is taken, as a version has that of a classification with classes."""
    placed: dict[str, str] = {}
    for one in classes:
        code = _below(placed.get(one.above, classification), one.code, taken)
        placed.setdefault(one.code, code)
        yield {
            "code": code,
            **tags.labels(one.labels),
            **tags.definitions(one.definitions),
            "notation": plain_label(one.code),
            "kind": "class",
            "validFrom": one.valid[0],
            "validTo": one.valid[1],
        }


def _group(one: Group, code: str, tags: _Tags) -> dict[str, str]:
    return {"code": code, **tags.labels(one.labels), **tags.definitions(one.definitions), "kind": "individual"}


def _variable(
    one: Variable, codes: Mapping[str, str], classifications: Mapping[str, str], tags: _Tags
) -> dict[str, str]:
    return {
        "code": codes[one.key],
        **tags.labels(one.labels, one.synonyms),
        **tags.definitions(one.definitions),
        "notation": plain_label(one.notation),
        "kind": "individual",
        "objectTypes": list_value(unit.forms[0].code for unit in one.units),
        "temporality": one.temporality,
        "classification": list_value(classifications[key] for key in one.classifications if key in classifications),
        "derivedFrom": "+".join(codes[key] for key in one.derived_from if key in codes and key != one.key),
        "missing": list_value(value for value in map(plain_label, one.missing) if value),
        "identifies": one.identifies,
        "sensitive": one.sensitive,
        "measure": plain_label(one.measure),
        "seeAlso": list_value(codes[key] for key in one.see_also if key in codes and key != one.key),
        **_values(one, tags),
    }


def _values(one: Variable, tags: _Tags) -> Mapping[str, str]:
    """The columns of a code list: one for each language, and one for labels of a language that nobody has said.

    A value that holds what parts values from labels is left out (see `unwritten_values`).
    """
    columns: dict[str, dict[str, str]] = {}
    for value in one.values:
        if "=" in value.value or not plain_label(value.value):
            continue
        for tag, said in (tags.by_language(value.labels) or {UNDETERMINED: [""]}).items():
            column = "values" if tag == UNDETERMINED else f"values@{tag}"
            columns.setdefault(column, {})[plain_label(value.value)] = said[0]
    return {column: as_cell(values) for column, values in columns.items()}


def _rest(stated: Stated, rows: Sequence[Concept]) -> list[Concept]:
    """The characteristic of sets whose source names no variables, where there are such sets."""
    if all(one.holdings for one in stated.sets):
        return []
    tags = dict.fromkeys(column.partition("@")[2] for row in rows for column in row if column.startswith("prefLabel@"))
    spoken = tuple(tag for tag in tags if tag in ("nb", "sv", "da", "en"))
    return [not_described(spoken or ("nb", "sv", "da", "en"), {row["code"] for row in rows})]


# Words.


def _first_words(row: Concept) -> Sequence[str]:
    """What a concept is called first of all."""
    return [cell for column, cell in row.items() if cell and (column == "notation" or column.startswith("prefLabel@"))]


def _synonyms(row: Concept) -> Sequence[str]:
    cells = (cell for column, cell in row.items() if column.startswith("altLabel@"))
    return [word for cell in cells for word in cell.split("|") if word]


def _words(row: Concept) -> Sequence[str]:
    return [*_first_words(row), *_synonyms(row)]


def _without(row: Concept, words: Sequence[str]) -> Concept:
    """A row without those synonyms."""
    if not words:
        return row
    kept = {column: cell for column, cell in row.items() if column.startswith("altLabel@")}
    return {
        **row,
        **{column: list_value(word for word in cell.split("|") if word not in words) for column, cell in kept.items()},
    }


def _written(row: Concept, shared: frozenset[str], language: str) -> str:
    """What a sentence writes for a concept: its word, its code with it where the word names others too."""
    spoken = (row.get(f"prefLabel@{tag}", "") for tag in with_fallbacks(language))
    word = next(filter(None, (*spoken, *_first_words(row))), "")
    if not word:
        return f"[{row['code']}]"
    return f"{escape(word)} [{row['code']}]" if fold(word) in shared else escape(word)
