"""Published tables as a workspace: what PX files, PxWeb and SDMX structures say alike of a table.

A table is an aggregate product. What it is broken down by are classifications, whose values are classes; what it
measures are aggregate characteristics; and it has a sentence for each classification, measure and time, which together
say that all of them are crossed (1972 example 2).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers import object_types
from vkd_catalog.importers.undescribed import not_described
from vkd_catalog.importers.words import field, file_stems, label, legal_code, shared_words, technical
from vkd_catalog.importers.writer import Concept, Product, ProductFile, Sentence, Workspace, vocabulary
from vkd_catalog.languages import is_language, say, with_fallbacks
from vkd_grammar.words import fold

Labels = Mapping[str, str]
"""What something is called, by language as a BCP-47 tag, the source's first language first."""

_UNITS = (object_types.PERSON, object_types.ENTERPRISE, object_types.UNIT)
_PLURAL, _SINGULAR = 2, 3
_TAGS = {"no": "nb"}


class Class(NamedTuple):
    """A value of a classification: its code in the source, its words, and the code of the one above it."""

    code: str
    labels: Labels
    above: str = ""


class Dimension(NamedTuple):
    """What a table is broken down by. `scheme` names the code list, where the source does, so that tables share it."""

    code: str
    labels: Labels
    classes: Sequence[Class]
    scheme: str = ""


class Measure(NamedTuple):
    """What the cells hold: `unit` is the unit of measurement, `temporality` as in the vocabulary; empty: not stated."""

    code: str
    labels: Labels
    unit: str = ""
    temporality: str = ""


class Table(NamedTuple):
    """One table. `times` are written as in sentences; `facts` are keys of technical data with their plain texts;
    `guesses` are keys of texts that say what was concluded; `origin` is the file it stands in."""

    identification: str
    titles: Labels
    dimensions: Sequence[Dimension]
    measures: Sequence[Measure]
    times: Sequence[str]
    facts: Mapping[str, str]
    comment: Sequence[str] = ()
    guesses: Sequence[str] = ()
    origin: str = ""


def language_tag(text: str) -> str:
    """A language of a source as the tag that vocabularies have: `no` is `nb`."""
    tag = text.strip().replace("_", "-")
    return _TAGS.get(tag.casefold(), tag)


def workspace_of(
    tables: Sequence[Table],
    *,
    name: str,
    source: str,
    licence: str,
    archives: Mapping[str, Path],
    besides: Sequence[Dimension] = (),
) -> Workspace:
    """The workspace of some tables, a file each. Its language is that of the first table, or English.

    `besides` are classifications that stand in no table.
    """
    found = next(
        (tag for one in (*(table.titles for table in tables), *(each.labels for each in besides)) for tag in one), "en"
    )
    language = found if is_language(found) else "en"
    coded = _Coded(tables, besides, language)
    return Workspace(
        name=name,
        language=language,
        source=source,
        comment=(),
        object_types=object_types.vocabulary(_UNITS),
        names=vocabulary(coded.names),
        characteristics=vocabulary(coded.characteristics),
        product_files=coded.product_files(),
        files=len(tables),
        licence=licence,
        undescribed=coded.undescribed,
        ignored_rules={"VKD501": say("import.no-definitions", language)},
        archives=archives,
    )


class _Classification(NamedTuple):
    code: str
    classes: dict[str, Class]


class _Coded:
    """The concepts of tables. Tables share a classification where they call it alike and its values say the same."""

    def __init__(self, tables: Sequence[Table], besides: Sequence[Dimension], language: str) -> None:
        self._tables = tables
        self._language = language
        self._known: dict[tuple[str, str], list[_Classification]] = {}
        self._taken: set[str] = set()
        self._titles: dict[str, Dimension] = {}
        self._measures: dict[tuple[object, ...], str] = {}
        self._measure_codes: set[str] = set()
        self._uses = {
            (table.identification, index): self._classification(dimension)
            for table in tables
            for index, dimension in enumerate(table.dimensions)
        }
        for dimension in besides:
            self._classification(dimension)
        self._whole = legal_code("all", self._taken)
        self.names = list(self._names())
        self.characteristics = list(self._characteristics())
        self._name_fields = _fields(self.names, language)
        self._measure_fields = _fields(self.characteristics, language)

    @property
    def undescribed(self) -> str:
        """What sentences of tables write that do not say what they measure; empty where all do."""
        return self._measure_fields.get(self._missing["code"], "")

    def product_files(self) -> Iterator[ProductFile]:
        """A file for each table."""
        stems = file_stems(table.identification for table in self._tables)
        for table in self._tables:
            path = f"products/{stems[table.identification]}.vkd"
            yield ProductFile(path, (), (self._product(table),), table.origin)

    def _classification(self, dimension: Dimension) -> str:
        """The code of the classification that a dimension is, with its classes added."""
        title = fold(next(iter(dimension.labels.values()), ""))
        key = (dimension.scheme or dimension.code, "" if dimension.scheme else title)
        alike = self._known.setdefault(key, [])
        for known in alike:
            if all(_same(known.classes.get(one.code), one) for one in dimension.classes):
                known.classes.update({one.code: one for one in dimension.classes if one.code not in known.classes})
                return known.code
        code = legal_code(dimension.scheme or dimension.code or title, self._taken)
        self._taken.add(code)
        self._titles[code] = dimension
        alike.append(_Classification(code, {one.code: one for one in dimension.classes}))
        return code

    def _names(self) -> Iterator[Concept]:
        for classification in (one for alike in self._known.values() for one in alike):
            dimension = self._titles[classification.code]
            yield _row(classification.code, dimension.labels, dimension.code, {"kind": "classification"})
            codes = _class_codes(classification)
            for one in classification.classes.values():
                yield _row(codes[one.code], one.labels, one.code, {"kind": "class"})
        if any(not table.dimensions for table in self._tables):
            words = {self._language: say("import.population", self._language)}
            yield _row(self._whole, words, "", {"kind": "register"})

    def _characteristics(self) -> Iterator[Concept]:
        coded = {self._measure_code(measure): measure for table in self._tables for measure in table.measures}
        for code, measure in coded.items():
            own = {"kind": "aggregate", "temporality": measure.temporality, "measure": label(measure.unit)}
            yield _row(code, measure.labels, measure.code, own)
        if any(not table.measures for table in self._tables):
            yield self._missing

    @property
    def _missing(self) -> Concept:
        return {**not_described((self._language,), self._measure_codes), "kind": "aggregate"}

    def _measure_code(self, measure: Measure) -> str:
        words = tuple(map(fold, measure.labels.values()))
        key = (measure.code, words[:1], fold(measure.unit), measure.temporality)
        if key not in self._measures:
            code = legal_code(measure.code or next(iter(measure.labels.values()), ""), self._measure_codes)
            self._measures[key] = code
            self._measure_codes.add(code)
        return self._measures[key]

    def _product(self, table: Table) -> Product:
        guesses = [say(key, self._language) for key in ("import.guessed-units", *table.guesses)]
        titles = {
            f"title@{tag}" if number else "title": text for number, (tag, text) in enumerate(table.titles.items())
        }
        lines = [[(key, technical(text))] for key, text in {**titles, **table.facts}.items() if text.strip()]
        return Product(
            comment=[*(line for text in table.comment for line in text.splitlines() if line.strip()), *guesses],
            identification=label(table.identification),
            technical=lines,
            sentences=list(self._sentences(table)),
        )

    def _sentences(self, table: Table) -> Iterator[Sentence]:
        forms = object_types.UNIT.forms
        names = [self._name_fields[self._uses[table.identification, index]] for index in range(len(table.dimensions))]
        form = forms[_PLURAL] if names else forms[_SINGULAR]
        word = form.words[
            object_types.LANGUAGES.index(
                next(filter(object_types.LANGUAGES.__contains__, with_fallbacks(self._language)))
            )
        ]
        measures = [self._measure_fields[self._measure_code(measure)] for measure in table.measures]
        for measure in dict.fromkeys(measures) or [self.undescribed]:
            for time in table.times:
                for name in dict.fromkeys(names) or [self._name_fields[self._whole]]:
                    yield Sentence(word, name, measure, time)


def _class_codes(classification: _Classification) -> Mapping[str, str]:
    """The code of each class, below the one that it stands under; one that stands under itself is below none."""
    own: dict[str, str] = {}
    taken: set[str] = set()
    for code in classification.classes:
        own[code] = legal_code(code, taken)
        taken.add(own[code])
    return {code: ".".join((classification.code, *(own[one] for one in _path(code, classification)))) for code in own}


def _path(code: str, classification: _Classification) -> list[str]:
    """The classes from the uppermost down to one."""
    path = [code]
    while (above := classification.classes[path[0]].above) in classification.classes and above not in path:
        path.insert(0, above)
    return path


def _same(one: Class | None, other: Class) -> bool:
    if one is None:
        return True
    shared = one.labels.keys() & other.labels.keys()
    return one.above == other.above and all(fold(one.labels[tag]) == fold(other.labels[tag]) for tag in shared)


def _row(code: str, labels: Labels, notation: str, own: Concept) -> Concept:
    words = {f"prefLabel@{tag}": label(text) for tag, text in labels.items() if label(text)}
    called = label(notation)
    said = called if called and fold(called) not in {fold(text) for text in words.values()} else ""
    return {"code": code, **words, "notation": said, **own}


def _fields(rows: Iterable[Concept], language: str) -> Mapping[str, str]:
    """What a sentence writes for each concept: its word in the catalogue's language, or its first, where that settles
    which is meant; else its code."""
    ambiguous = shared_words({row["code"]: _words(row) for row in rows})
    preferred = {row["code"]: row.get(f"prefLabel@{language}") or next(_words(row), "") for row in rows}
    return {code: field(word, code, ambiguous) for code, word in preferred.items()}


def _words(row: Concept) -> Iterator[str]:
    return (cell for column, cell in row.items() if cell and column.startswith(("prefLabel@", "notation")))
