"""Products as DDI-Codebook 2.5 (DDI Alliance): a codebook for each, with a variable for each of its characteristics.

What the format has no element for stands in notes whose subject is `vkd`, so that the importer reads back what was
there. It holds what sentences say of units; what they say of aggregates is counted in a note, and left out.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.exporter import ExportedFile, Exporter, Stated
from vkd_catalog.importers.words import file_stems
from vkd_catalog.message.public import WITHHELD
from vkd_catalog.register import ProductRecord, SentenceRecord
from vkd_catalog.technical import title_in
from vkd_catalog.vocabulary import Concept, Label
from vkd_catalog.vocabulary.concept import codes_above
from vkd_grammar.times import Series, Span, time_as_written

_NAMESPACE = "ddi:codebook:2_5"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_OWN = "vkd"
_ALTERNATIVE = "alternative"
_IN_NOTES = ("access", "data", "form", "lead-time", "series")
"""The keys of technical data that DDI-Codebook has no element for, or one that says less."""

_CONDITIONS = {"open": "open access", "restricted": "restricted access", "closed": "metadata only access"}
"""What the COAR vocabulary of access rights calls conditions; it has no term for what is had on application."""


class _Variable(NamedTuple):
    """A characteristic as a variable of a codebook: its identifier there, and the sentences that name it.

    One for each object type and name that it stands with.
    """

    identifier: str
    concept: Concept
    sentences: Sequence[SentenceRecord]


def _files(catalogue: Catalogue, stated: Stated) -> Iterator[ExportedFile]:
    """A file for each product, such as `ft70-person.xml`."""
    register_namespace("", _NAMESPACE)
    products = catalogue.register.products()
    stems = file_stems(record.identification for _, record in products)
    for number, record in products:
        name = f"{stems[record.identification]}.xml"
        sentences = catalogue.register.sentences(number)
        left_out = len(sentences) - len(_of_units(catalogue, sentences))
        if left_out:
            stated.note(f"{record.identification}: {left_out} sentences speak of aggregates; they are left out")
        yield ExportedFile(name, partial(_parts, catalogue, stated, record, sentences))


def _of_units(catalogue: Catalogue, sentences: Sequence[SentenceRecord]) -> Sequence[SentenceRecord]:
    """The sentences that speak of units; what is said of aggregates a codebook does not hold."""
    kinds = catalogue.vocabularies.object_types.concepts
    return [one for one in sentences if one.object_type in kinds and kinds[one.object_type].kind != "aggregate"]


def _parts(
    catalogue: Catalogue, stated: Stated, record: ProductRecord, sentences: Sequence[SentenceRecord]
) -> Iterator[str]:
    codebook = _Codebook(catalogue, stated, record, sentences).element()
    indent(codebook, " ")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield tostring(codebook, encoding="unicode")
    yield "\n"


EXPORTER = Exporter("ddi-codebook", "products as codebooks of DDI-Codebook 2.5, an XML file each", _files)


class _Codebook:
    """Writes one product."""

    def __init__(
        self, catalogue: Catalogue, stated: Stated, record: ProductRecord, sentences: Sequence[SentenceRecord]
    ) -> None:
        self._vocabularies = catalogue.vocabularies
        self._language = catalogue.language
        of_all = {"licence": stated.licence, "publisher": stated.publisher, "contact": stated.contact}
        told = {key: text for key, text in record.values.items() if text != WITHHELD}
        self._values = {**{key: text for key, text in of_all.items() if text}, **told}
        self._record = record
        said = _of_units(catalogue, sentences)
        self._left_out = len(sentences) - len(said)
        self._variables = list(self._grouped(said))
        self._first = said[0] if said else None

    def element(self) -> Element:
        codebook = Element(_tag("codeBook"), {"version": "2.5"})
        study = SubElement(codebook, _tag("stdyDscr"))
        self._citation(study)
        self._summary(study)
        self._method(study)
        self._access(study)
        self._study_notes(study)
        self._file(codebook)
        self._data(codebook)
        return codebook

    # What stands in it.

    def _grouped(self, sentences: Sequence[SentenceRecord]) -> Iterator[_Variable]:
        """The characteristics of the sentences, in their order."""
        found: dict[tuple[str, str, str], list[SentenceRecord]] = {}
        for one in sentences:
            found.setdefault((one.characteristic, one.object_type, one.name), []).append(one)
        for number, (key, said) in enumerate(found.items(), start=1):
            concept = self._vocabularies.characteristics.concepts.get(key[0])
            if concept:
                yield _Variable(f"V{number}", concept, said)

    # The study.

    def _citation(self, study: Element) -> None:
        citation = SubElement(study, _tag("citation"))
        titles = SubElement(citation, _tag("titlStmt"))
        title = title_in(self._values, self._language) or self._record.identification
        _text(titles, "titl", self._values.get("title") or title)
        for key, value in self._values.items():
            if key.startswith("title@"):
                _text(titles, "parTitl", value, key.partition("@")[2])
        _text(titles, "IDNo", self._record.identification, agency=_OWN)
        self._said(titles, "IDNo", "pid")
        if "licence" in self._values:
            self._said(SubElement(citation, _tag("prodStmt")), "copyright", "licence")
        if "publisher" in self._values or "contact" in self._values:
            distribution = SubElement(citation, _tag("distStmt"))
            self._said(distribution, "distrbtr", "publisher")
            self._said(distribution, "contact", "contact")
        if "collection" in self._values:
            self._said(SubElement(citation, _tag("serStmt")), "serName", "collection")
        if "version" in self._values or "updated" in self._values:
            day = self._values.get("updated", "")
            version = _text(SubElement(citation, _tag("verStmt")), "version", self._values.get("version", ""))
            if day:
                version.set("date", _iso(int(day)))
        if "doc" in self._values:
            SubElement(citation, _tag("holdings"), {"URI": self._values["doc"]})

    def _said(self, above: Element, name: str, key: str) -> None:
        if key in self._values:
            _text(above, name, self._values[key])

    def _summary(self, study: Element) -> None:
        summary = SubElement(SubElement(study, _tag("stdyInfo")), _tag("sumDscr"))
        times = dict.fromkeys(one.time for variable in self._variables for one in variable.sentences)
        dated = [time for time in times if isinstance(time, Span | Series)]
        for number, time in enumerate(dated, start=1):
            _period(summary, time, f"P{number}")
        if self._first:
            self._unit(summary, "anlyUnit", self._first.object_type)
        self._said(summary, "universe", "population")

    def _unit(self, above: Element, name: str, code: str) -> None:
        kind = self._vocabularies.object_types.concepts.get(code)
        if kind:
            element = _text(above, name, kind.label(self._language))
            _text(element, "concept", kind.unit or kind.code, vocab=_OWN)

    def _method(self, study: Element) -> None:
        if not self._values.keys() & {"source", "quality", "processing"}:
            return
        collection = SubElement(SubElement(study, _tag("method")), _tag("dataColl"))
        self._said(collection, "sampProc", "quality")
        if "source" in self._values:
            self._said(SubElement(collection, _tag("sources")), "dataSrc", "source")
        self._said(collection, "cleanOps", "processing")

    def _access(self, study: Element) -> None:
        condition, _, said = self._values.get("access", "").partition(",")
        term = _CONDITIONS.get(condition.strip().casefold(), "")
        if not term and not said:
            return
        statement = SubElement(SubElement(study, _tag("dataAccs")), _tag("useStmt"))
        if said:
            _text(statement, "restrctn", said.strip())
        if term:
            _text(statement, "conditions", term).set("elementVersion", "COAR Access Right Vocabulary")

    def _study_notes(self, study: Element) -> None:
        for key in _IN_NOTES:
            if key in self._values:
                _note(study, key, self._values[key])
        if self._first:
            self._names(study, self._first.name)
        if self._left_out:
            text = f"{self._left_out} sentences of this product speak of aggregates, which this codebook leaves out."
            _text(study, "notes", text, "en")

    def _names(self, above: Element, code: str) -> None:
        """What a register is called, in each language."""
        name = self._vocabularies.names.concepts.get(code)
        for label in name.preferred if name else ():
            _note(above, "name", label.text, label.language)
        if not name or not name.preferred:
            _note(above, "name", (name.notation if name else "") or code)

    # The data.

    def _file(self, codebook: Element) -> None:
        address, form = self._values.get("data", ""), self._values.get("form", "")
        keys = [self._key(alternative) for alternative in self._record.unit_id]
        if not address and not form and not any(keys):
            return
        description = SubElement(codebook, _tag("fileDscr"), {"ID": "F1", **({"URI": address} if address else {})})
        file = SubElement(description, _tag("fileTxt"))
        structure = SubElement(file, _tag("fileStrc")) if any(keys) else None
        for key in filter(None, keys):
            if structure is not None:
                SubElement(structure, _tag("recGrp"), {"keyvar": key})
        if form:
            _text(file, "fileType", form)

    def _key(self, alternative: str) -> str:
        """The variables that identify a unit together, as references; empty where one of them is no variable."""
        known = {variable.concept.code: variable.identifier for variable in reversed(self._variables)}
        parts = alternative.split("+")
        return " ".join(known[part] for part in parts) if set(parts) <= set(known) else ""

    def _data(self, codebook: Element) -> None:
        if not self._variables:
            return
        data = SubElement(codebook, _tag("dataDscr"))
        self._groups(data)
        for variable in self._variables:
            self._variable(data, variable)

    def _groups(self, data: Element) -> None:
        """The concepts above the variables, of which none is a variable itself."""
        held = {variable.concept.code for variable in self._variables}
        above: dict[str, list[str]] = {}
        for variable in self._variables:
            for level, code in enumerate(codes_above(variable.concept.code)):
                named = above.setdefault(code, [])
                if level == 0:
                    named.append(variable.identifier)
        concepts = self._vocabularies.characteristics.concepts
        groups = [code for code in sorted(above) if code in concepts and code not in held]
        for number, code in enumerate(groups, start=1):
            attributes = {"ID": f"G{number}", **({"var": " ".join(above[code])} if above[code] else {})}
            group = SubElement(data, _tag("varGrp"), attributes)
            _labels(group, "labl", concepts[code].preferred)
            _labels(group, "txt", concepts[code].definitions)
            _note(group, "code", code)

    def _variable(self, data: Element, variable: _Variable) -> None:
        concept = variable.concept
        # A variable must have a name; where that is its identifier, the importer knows that it is none.
        name = concept.notation or variable.identifier
        attributes = {"ID": variable.identifier, "name": name, "measUnit": concept.measure}
        element = SubElement(data, _tag("var"), {key: value for key, value in attributes.items() if value})
        _labels(element, "labl", concept.preferred)
        _labels(element, "labl", concept.synonyms, level=_ALTERNATIVE)
        first = variable.sentences[0]
        if self._first and first.object_type != self._first.object_type:
            self._unit(element, "anlysUnit", first.object_type)
        self._missing(element, concept)
        _labels(element, "txt", concept.definitions)
        for code in concept.classifications:
            classification = self._vocabularies.names.concepts.get(code)
            if classification:
                label = next(iter(classification.preferred), Label("", classification.label(self._language)))
                _text(element, "stdCatgry", label.text, label.language)
        for value in concept.values:
            category = SubElement(element, _tag("catgry"), {"missing": "Y"} if value.value in concept.missing else {})
            _text(category, "catValu", value.value)
            _labels(category, "labl", value.labels)
        self._derivation(element, concept)
        self._variable_notes(element, variable)

    def _missing(self, element: Element, concept: Concept) -> None:
        """The missing values that are not in the code list."""
        listed = {value.value for value in concept.values}
        others = [value for value in concept.missing if value not in listed]
        ranges = SubElement(element, _tag("invalrng")) if others else None
        for value in others:
            if ranges is not None:
                SubElement(ranges, _tag("item"), {"VALUE": value})

    def _derivation(self, element: Element, concept: Concept) -> None:
        """What the variable is computed from, where all of it is in the codebook."""
        for alternative in concept.derived_from[:1]:
            key = self._key("+".join(source.written for source in alternative))
            if key:
                SubElement(element, _tag("derivation"), {"var": key})

    def _variable_notes(self, element: Element, variable: _Variable) -> None:
        concept, first = variable.concept, variable.sentences[0]
        _note(element, "code", concept.code)
        for kind in ("temporality", "sensitive", "identifies"):
            if said := getattr(concept, kind):
                _note(element, kind, said)
        for sentence in variable.sentences:
            _note(element, "time", time_as_written(sentence.time))
        if self._first and first.name != self._first.name:
            self._names(element, first.name)


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _text(above: Element, name: str, text: str, language: str = "", **attributes: str) -> Element:
    element = SubElement(above, _tag(name), attributes)
    if language:
        element.set(f"{_XML}lang", language)
    element.text = text
    return element


def _note(above: Element, kind: str, text: str, language: str = "") -> None:
    _text(above, "notes", text, language, type=kind, subject=_OWN)


def _labels(above: Element, name: str, labels: Sequence[Label], **attributes: str) -> None:
    for label in labels:
        _text(above, name, label.text, label.language, **attributes)


def _period(above: Element, time: Span | Series, cycle: str) -> None:
    """A time as DDI-Codebook dates it: a single date, or a start and an end."""
    written = time_as_written(time)
    if len(written) in (4, 6, 8) and written.isdigit():
        _dated(above, "single", "-".join(filter(None, (written[:4], written[4:6], written[6:]))), cycle)
        return
    if 0 < time.start < 99999999:
        _dated(above, "start", _iso(time.start), cycle)
    if 0 < time.end < 99999999:
        _dated(above, "end", _iso(time.end), cycle)


def _dated(above: Element, event: str, date: str, cycle: str) -> None:
    SubElement(above, _tag("timePrd"), {"event": event, "date": date, "cycle": cycle})


def _iso(day: int) -> str:
    text = f"{day:08d}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
