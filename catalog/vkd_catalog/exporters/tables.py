"""A catalogue as CSV: the vocabularies in the native form, and tables of products and of their sentences.

`vkd catalogue import csv` makes the same catalogue of them. Values that a concept inherits are written out.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import identification_in
from vkd_catalog.exporters.exporter import ExportedFile, Exporter, Stated
from vkd_catalog.message.public import WITHHELD
from vkd_catalog.register import ProductRecord, SentenceRecord
from vkd_catalog.vocabulary import Concept, Label, Value, Vocabulary
from vkd_catalog.vocabulary.columns import OWN, SHARED
from vkd_grammar.technical import ADDRESS_KEYS, KEYS
from vkd_grammar.times import BEGINNING, END, time_as_written

ABOUT, PRODUCTS, SENTENCES, MAPPINGS = "catalogue.csv", "products.csv", "sentences.csv", "mappings.tsv"
"""The files beside those of the vocabularies."""

IDENTIFICATION = "identification"
"""The first column of the table of products; those behind it are keys of technical data."""

TIME = "time"
CODE_COLUMNS = ("object-type-code", "name-code", "characteristic-code")
SENTENCE_COLUMNS = ("product", "line", "object-type", "name", "characteristic", TIME, *CODE_COLUMNS)
MAPPING_COLUMNS = ("subject_id", "predicate_id", "object_id")


def _files(catalogue: Catalogue, stated: Stated) -> Iterator[ExportedFile]:
    vocabularies = [one for one in catalogue.vocabularies.four if one.concepts]
    if vocabularies or catalogue.register.size()[0]:
        yield ExportedFile(ABOUT, lambda: _about(catalogue, stated))
    for vocabulary in vocabularies:
        yield ExportedFile(f"{vocabulary.name}.csv", _made_by(_concepts, vocabulary))
    if catalogue.register.size()[0]:
        yield ExportedFile(PRODUCTS, _made_by(_products, catalogue))
        yield ExportedFile(SENTENCES, _made_by(_sentences, catalogue))
    if any(file.rows for file in catalogue.vocabularies.mappings):
        yield ExportedFile(MAPPINGS, _made_by(_mappings, catalogue))


EXPORTER = Exporter("csv", "concepts, products and sentences as CSV tables", _files)


def _made_by(rows: Callable[..., Iterator[str]], of: object) -> Callable[[], Iterator[str]]:
    return lambda: rows(of)


def _about(catalogue: Catalogue, stated: Stated) -> Iterator[str]:
    settings = catalogue.configuration
    said = {"name": settings.name, "language": settings.language, "revision": catalogue.revision}
    yield _line(("key", "value"))
    for key, value in {**said, "licence": stated.licence, "publisher": stated.publisher}.items():
        if value:
            yield _line((key, value))


def _concepts(vocabulary: Vocabulary) -> Iterator[str]:
    rows = [_cells(concept, vocabulary) for concept in vocabulary.concepts.values()]
    used = {column for row in rows for column in row}
    columns = sorted(used, key=lambda column: (_place(column), column))
    yield _line(columns)
    yield from (_line([row.get(column, "") for column in columns]) for row in rows)


_IN_ORDER = ("code", "prefLabel", "altLabel", "definition", "notation")


def _place(column: str) -> int:
    """Where a column stands: what everybody looks for first comes first."""
    own = [column for columns in OWN.values() for column in columns]
    order = list(dict.fromkeys((*_IN_ORDER, *own, *SHARED)))
    return order.index(column.partition("@")[0])


def _cells(concept: Concept, vocabulary: Vocabulary) -> dict[str, str]:
    """What a concept says, by column; what it does not say is not there."""
    days = ("from", "to") if vocabulary.name == "times" else ("validFrom", "validTo")
    cells = {
        "code": concept.code,
        **_labelled("prefLabel", concept.preferred),
        **_labelled("altLabel", concept.synonyms),
        **_labelled("definition", concept.definitions),
        "notation": concept.notation,
        "seeAlso": "|".join(concept.see_also),
        "kind": concept.kind,
        "number": concept.number,
        "unit": concept.unit,
        "objectTypes": "|".join(concept.object_types),
        "temporality": concept.temporality,
        "classification": "|".join(concept.classifications),
        **_code_list(concept.values),
        "missing": "|".join(concept.missing),
        "derivedFrom": "|".join("+".join(part.written for part in parts) for parts in concept.derived_from),
        "sensitive": concept.sensitive,
        "measure": concept.measure,
        "identifies": concept.identifies,
        "function": concept.function,
        "of": concept.of,
        **dict(zip(days, (_day(concept.valid[0]), _day(concept.valid[1])), strict=True)),
    }
    return {column: cell for column, cell in cells.items() if cell}


def _labelled(column: str, labels: Sequence[Label]) -> dict[str, str]:
    texts: dict[str, list[str]] = {}
    for label in labels:
        texts.setdefault(f"{column}@{label.language}", []).append(label.text)
    return {name: "|".join(said) for name, said in texts.items()}


def _code_list(values: Sequence[Value]) -> dict[str, str]:
    """A code list in a column for each language; values without a label in one without."""
    parts: dict[str, list[str]] = {}
    for one in values:
        for label in one.labels or (Label("", ""),):
            column = f"values@{label.language}" if label.language else "values"
            parts.setdefault(column, []).append(f"{one.value}={label.text}" if label.text else one.value)
    return {column: "|".join(said) for column, said in parts.items()}


def _day(day: int) -> str:
    return f"{day:08d}" if BEGINNING < day < END else ""


def _products(catalogue: Catalogue) -> Iterator[str]:
    products = [product for _, product in catalogue.register.products()]
    stated = {key for product in products for key, text in product.values.items() if text != WITHHELD}
    known = [key.name for key in KEYS]
    keys = sorted(stated, key=lambda key: (known.index(key.partition("@")[0]), key))
    if catalogue.is_public:
        keys = [key for key in keys if not any(one.internal and one.name == key for one in KEYS)]
    yield _line([IDENTIFICATION, *keys])
    for product in products:
        yield _line([product.identification, *(_told(catalogue, product, key) for key in keys)])


def _told(catalogue: Catalogue, product: ProductRecord, key: str) -> str:
    """A value as it is stated; an address with its alias replaced, as no other catalogue knows that."""
    text = product.values.get(key, "")
    if not text or text == WITHHELD or key not in ADDRESS_KEYS:
        return "" if text == WITHHELD else text
    return catalogue.resolve(text, product.identification).target


def _sentences(catalogue: Catalogue) -> Iterator[str]:
    yield _line(SENTENCE_COLUMNS)
    four = catalogue.vocabularies
    labels = [
        _Labels(one.concepts, catalogue.language) for one in (four.object_types, four.names, four.characteristics)
    ]
    for number, product in catalogue.register.products():
        for sentence in catalogue.register.sentences(number):
            yield _line([product.identification, *_fields(sentence, labels)])


def _fields(sentence: SentenceRecord, labels: Sequence["_Labels"]) -> Iterator[str]:
    terms = (sentence.object_type, sentence.name, sentence.characteristic)
    yield str(sentence.line)
    yield from (words[term] for term, words in zip(terms, labels, strict=True))
    yield time_as_written(sentence.time)
    # A unit's own identification stands in no vocabulary.
    yield from ("" if identification_in(term) else term for term in terms)


class _Labels(dict[str, str]):
    """The words of codes, each looked up once."""

    def __init__(self, concepts: Mapping[str, Concept], language: str) -> None:
        super().__init__()
        self._concepts = concepts
        self._language = language

    def __missing__(self, code: str) -> str:
        concept = self._concepts.get(code)
        word = self[code] = concept.label(self._language) if concept else identification_in(code) or code
        return word


def _mappings(catalogue: Catalogue) -> Iterator[str]:
    yield _line(MAPPING_COLUMNS, "\t")
    for file in catalogue.vocabularies.mappings:
        for row in file.rows:
            yield _line((row.subject, f"skos:{row.predicate}", row.object), "\t")


def _line(cells: Sequence[str], separator: str = ",") -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator="\n").writerow(cells)
    return line.getvalue()
