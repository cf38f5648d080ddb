"""Catalogues and demands of the reading as the files that vkd reads: every concept by its code, or by a word of two senses."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.catalog.reading.facts import ANY, Catalogue, Concept, Concepts, Demand, Line, Product

_LISTS = {
    "object_types": "objectTypes",
    "classifications": "classification",
    "see_also": "seeAlso",
}
_PLAIN = {
    "kind": "kind",
    "number": "number",
    "unit": "unit",
    "valid_from": "validFrom",
    "valid_to": "validTo",
    "temporality": "temporality",
    "sensitive": "sensitive",
    "identifies": "identifies",
    "function": "function",
    "of": "of",
}
_OWN = {
    "object-types": ("kind", "number", "unit", "see_also"),
    "names": ("kind", "object_types", "valid_from", "valid_to", "see_also"),
    "characteristics": (
        "kind",
        "object_types",
        "temporality",
        "classifications",
        "derived_from",
        "sensitive",
        "identifies",
        "function",
        "of",
        "see_also",
    ),
}
FIELDS = ("object_type", "name", "characteristic")


def write(catalogue: Catalogue, demands: Sequence[Demand], root: Path) -> None:
    """A workspace of a catalogue, and all demands in the file `demands.vkd`."""
    tables = (catalogue.object_types, catalogue.names, catalogue.characteristics)
    words = {frozenset(codes) for demand in demands for line in demand.lines for codes in line[1:4] if len(codes) > 1}
    for name, concepts in zip(_OWN, tables, strict=True):
        _put(root / f"{name}.csv", _vocabulary(name, concepts, words))
    _put(root / "mappings.tsv", _mappings(catalogue))
    _put(root / "vkd.toml", _configuration())
    _put(root / "products.vkd", "\n".join(product_text(one) for one in catalogue.products))
    _put(root / "demands.vkd", "\n".join(demand_text(one, str(place)) for place, one in enumerate(demands)))


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _configuration() -> str:
    vocabularies = "".join(f'{name} = ["{name}.csv"]\n' for name in _OWN)
    return (
        f'[catalogue]\nname = "t"\nlanguage = "en"\n[vocabularies]\n{vocabularies}mappings = ["mappings.tsv"]\n'
        '[products]\ninclude = ["products.vkd"]\n'
    )


def _mappings(catalogue: Catalogue) -> str:
    rows = [f"{row.subject}\tskos:{row.predicate}\t{row.object}" for row in catalogue.mappings]
    return "\n".join(["subject_id\tpredicate_id\tobject_id", *rows, ""])


def word_of(codes: Iterable[str]) -> str:
    """The word that several concepts share."""
    return "Word of " + " and ".join(sorted(codes))


def _vocabulary(name: str, concepts: Concepts, words: set[frozenset[str]]) -> str:
    own = _OWN[name]
    header = ["code", "prefLabel@en", "altLabel@en", *(_column(field) for field in own)]
    rows = [",".join(header)]
    for code, concept in concepts.items():
        shared = "|".join(sorted(word_of(codes) for codes in words if code in codes))
        rows.append(",".join([code, f"{name} {code}", shared, *(_cell(concept, field) for field in own)]))
    return "\n".join([*rows, ""])


def _column(field: str) -> str:
    return "derivedFrom" if field == "derived_from" else _LISTS.get(field) or _PLAIN[field]


def _cell(concept: Concept, field: str) -> str:
    if field == "derived_from":
        return "|".join("+".join(parts) for parts in concept.derived_from)
    value = getattr(concept, field)
    return "|".join(value) if field in _LISTS else value


def product_text(product: Product) -> str:
    """A product description."""
    stated = {
        "data": product.data,
        "doc": product.doc,
        "access": product.access,
        "unit-id": ", ".join("+".join(f"[{code}]" for code in one) for one in product.unit_id),
        "series": product.series,
        "collection": product.collection,
        "updated": product.updated,
    }
    technical = "; ".join(f"{key}={value}" for key, value in stated.items() if value)
    fields = [(*((one,) for one in sentence[:3]), sentence.time) for sentence in product.sentences]
    header = f"0 / Product description / {product.identification} / {technical}".rstrip(" /")
    return "\n".join([header, *_lines(fields, "O" * (len(fields) - 1) + "."), ""])


def demand_text(demand: Demand, who: str = "somebody") -> str:
    """A demand description."""
    return "\n".join(
        [
            f"0 / Demand description / {who} / archive={demand.archive}",
            *_lines([line[1:5] for line in demand.lines], demand.operators),
            "",
        ]
    )


def _lines(rows: Sequence[Sequence[Any]], operators: str) -> Iterator[str]:
    for number, (row, operator) in enumerate(zip(rows, operators, strict=True), start=1):
        *codes, time = row
        yield " / ".join([str(number), *(field_text(one) for one in codes), str(time), operator])


def field_text(codes: Sequence[str]) -> str:
    """A field that means one concept, several by one word, a unit, or all."""
    if len(codes) > 1:
        return word_of(codes)
    (code,) = codes
    return ANY if code == ANY else code[1:] if code.startswith("=") else f"[{code}]"


def line_text(line: Line) -> str:
    """A line as it stands in a demand, without its operator."""
    return next(_lines([line[1:5]], "."))
