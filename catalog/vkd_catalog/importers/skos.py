"""Concept schemes in SKOS and XKOS as vocabularies (W3C SKOS Reference; XKOS, DDI Alliance).

A concept's code is the path to it: its own segment below that of its broader concept, and below its scheme where that
is a classification. What the catalogue's own export wrote has its codes in its addresses, and comes back as it was.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from vkd_catalog.importers.files import find, read_each
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.labels import clashing
from vkd_catalog.importers.rdf import DCTERMS, ENDINGS, EXTRA, RDFS, SKOS, TYPE, Graph, Term, read_graph
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.skos_source import (
    OWN,
    PREFERRED,
    SCHEME,
    SYNONYMS,
    TITLES,
    XKOS,
    Concepts,
    Scheme,
    concepts_of,
    notation_of,
)
from vkd_catalog.importers.words import label, list_value
from vkd_catalog.importers.writer import Concept, Mapped, Mappings, Workspace, vocabulary
from vkd_catalog.languages import is_language, say
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES, VocabularyName

_DEFINITIONS = (f"{SKOS}definition", f"{XKOS}coreContentNote", f"{SKOS}scopeNote")
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_PLAIN = ("kind", "number", "unit", "temporality", "sensitive", "measure", "identifies", "function")
_CODES = ("objectTypes", "classification", "of")
_VERSION = "http://www.w3.org/2002/07/owl#versionInfo"
_READ = frozenset(
    (
        *(TYPE, *TITLES, *SYNONYMS, *_DEFINITIONS, f"{SKOS}notation", f"{SKOS}related", f"{RDFS}seeAlso"),
        *(f"{SKOS}{name}" for name in ("broader", "narrower", "inScheme", "topConceptOf", "hasTopConcept", *_MATCHES)),
        *(f"{XKOS}{name}" for name in ("specializes", "generalizes", "isPartOf", "hasPart")),
    )
)


def _read(request: Request) -> Draft:
    found = find(request.source, *ENDINGS)
    notes: list[Unmapped] = []
    graph = Graph()
    for _ in read_each(request, found, lambda file: read_graph(file, graph, request.follow), notes):
        pass
    said = concepts_of(graph, cast(VocabularyName, request.vocabulary or "names"))
    if not said.scheme_of:
        raise ImportSourceError(request.source, "holds no concepts of SKOS")
    rows = {name: list(_rows(said, name, notes)) for name in VOCABULARY_NAMES}
    return Draft(
        workspace=_workspace(said, rows, said.catalogue or Path(found.called).stem, found.called),
        source=f"SKOS, {found.called}",
        version=next(filter(None, (graph.text(one, _VERSION) for one in said.schemes)), "not stated"),
        licence=_licence(graph) or "not stated in the files",
        unmapped=[*notes, *_notes(said)],
    )


IMPORTER = Importer(
    "skos", "concept schemes in SKOS or XKOS: Turtle, RDF/XML, JSON-LD", _read, EXTRA, options=("vocabulary",)
)


def _workspace(said: Concepts, rows: Mapping[VocabularyName, Sequence[Concept]], name: str, source: str) -> Workspace:
    language = said.language if is_language(said.language) else "en"
    mapped = list(_mapped(said))
    comment = (say("import.mappings", language, source=source),)
    return Workspace(
        name=name,
        language=language,
        source=source,
        comment=(),
        object_types=vocabulary(rows["object-types"]),
        names=vocabulary(rows["names"]),
        characteristics=vocabulary(rows["characteristics"]),
        times=vocabulary(rows["times"]),
        product_files=(),
        files=0,
        licence=f"# Licence of the source\n\n{_licence(said.graph) or 'The files state no licence.'}\n",
        mappings=Mappings(comment, mapped) if mapped else None,
        ignored_rules={"VKD605": say("import.sets-elsewhere", language)} if _names_sets(said) else {},
    )


def _names_sets(said: Concepts) -> bool:
    """Whether something is derived from what stands in an information set: none of these is here."""
    derived = (term for one in said.scheme_of for term in said.graph.texts(one, f"{OWN}derivedFrom"))
    return any("@" in term.text for term in derived)


def _licence(graph: Graph) -> str:
    predicates = (f"{DCTERMS}license", f"{DCTERMS}rights")
    terms = [term for scheme in graph.of_type(SCHEME) for term in graph.all(scheme, *predicates)]
    return ", ".join(dict.fromkeys(" ".join(one.text.split()) for one in terms if not one.text.startswith("_:")))


# Rows.


def _rows(said: Concepts, name: VocabularyName, notes: list[Unmapped]) -> Iterator[Concept]:
    """The rows of a vocabulary. A synonym that is also a word of another concept is left out and told of."""
    held = [one for one, scheme in said.scheme_of.items() if said.schemes[scheme].vocabulary == name]
    foreign = [one for one in held if not said.schemes[said.scheme_of[one]].is_own]
    left_out = clashing(
        {one: [label(term.text) for term in said.graph.texts(one, *PREFERRED)] for one in held},
        {one: [label(term.text) for term in said.graph.texts(one, *SYNONYMS)] for one in foreign},
    )
    if left_out:
        count = sum(map(len, left_out.values()))
        notes.append(Unmapped("synonym", f"{count} of {len(left_out)} concepts", "also words of others; left out"))
    for scheme in said.schemes.values():
        if scheme.vocabulary == name and scheme.code:
            words = _labels(said, scheme.address, "prefLabel", TITLES)
            yield {
                "code": scheme.code,
                **(words or {f"prefLabel@{said.language}": scheme.code}),
                "kind": "classification",
            }
    for one in held:
        yield _row(said, one, said.schemes[said.scheme_of[one]], left_out.get(one, ()))


def _row(said: Concepts, one: str, scheme: Scheme, left_out: Sequence[str]) -> Concept:
    graph, code = said.graph, said.codes[one]
    own = {column: graph.text(one, f"{OWN}{column}") for column in _PLAIN}
    first, last = ("from", "to") if scheme.vocabulary == "times" else ("validFrom", "validTo")
    return {
        "code": code,
        **_labels(said, one, "prefLabel", PREFERRED),
        **_synonyms(said, one, left_out),
        **_labels(said, one, "definition", _DEFINITIONS),
        "notation": _notation(said, one, scheme),
        "seeAlso": list_value(_see_also(said, one)),
        **own,
        "kind": own["kind"] or _kind(scheme),
        **{column: list_value(_codes_in(said, one, column)) for column in _CODES},
        "derivedFrom": list_value(term.text for term in graph.texts(one, f"{OWN}derivedFrom")),
        **_values(said, one),
        first: graph.text(one, f"{OWN}validFrom").replace("-", ""),
        last: graph.text(one, f"{OWN}validTo").replace("-", ""),
    }


def _kind(scheme: Scheme) -> str:
    """What the concepts of a scheme are: those of a classification are its classes."""
    return "class" if scheme.code else ""


def _notation(said: Concepts, one: str, scheme: Scheme) -> str:
    """The official code; the export writes the concept's own code as one, too."""
    notations = [label(term.text) for term in said.graph.texts(one, f"{SKOS}notation")]
    if scheme.is_own:
        return said.graph.text(one, f"{OWN}officialCode")
    words = {label(term.text) for term in said.graph.texts(one, *PREFERRED)}
    return next((text for text in notations if text not in words), "")


def _labels(said: Concepts, one: str, column: str, predicates: Sequence[str]) -> Concept:
    """One text in each language, of the first predicate that has one there."""
    found: dict[str, str] = {}
    for term in said.graph.texts(one, *predicates):
        if text := _cell(said, one, column, term):
            found.setdefault(f"{column}@{term.language or said.language}", text)
    return found


def _cell(said: Concepts, one: str, column: str, term: Term) -> str:
    """A text as a cell has it. What our export wrote stays as it is, and so do the lines of a definition."""
    is_own = one in said.scheme_of and said.schemes[said.scheme_of[one]].is_own
    return term.text.strip() if is_own or column == "definition" else label(term.text)


def _synonyms(said: Concepts, one: str, left_out: Sequence[str]) -> Concept:
    """The other words by language, with preferred ones beyond the first of a language; of our export as they are."""
    is_own = said.schemes[said.scheme_of[one]].is_own
    preferred = {} if is_own else _labels(said, one, "prefLabel", PREFERRED)
    words: dict[str, dict[str, None]] = {}
    for term in said.graph.texts(one, *SYNONYMS, *(() if is_own else PREFERRED)):
        text, language = _cell(said, one, "altLabel", term), term.language or said.language
        if text and text not in left_out and preferred.get(f"prefLabel@{language}") != text:
            words.setdefault(f"altLabel@{language}", {})[text] = None
    return {column: list_value(texts) for column, texts in words.items()}


def _see_also(said: Concepts, one: str) -> Iterator[str]:
    for other in dict.fromkeys(said.graph.things(one, f"{RDFS}seeAlso", f"{SKOS}related")):
        if other in said.codes and _vocabulary(said, other) == _vocabulary(said, one):
            yield said.codes[other]


def _codes_in(said: Concepts, one: str, column: str) -> Iterator[str]:
    """The codes of the concepts that a column of ours names, those that are there."""
    return (said.codes[other] for other in said.graph.things(one, f"{OWN}{column}") if other in said.codes)


def _values(said: Concepts, one: str) -> Concept:
    """A code list of the concept's own, as the export writes it: a scheme whose concepts are the values."""
    graph = said.graph
    tops = [top for scheme in graph.things(one, f"{OWN}values") for top in graph.things(scheme, f"{SKOS}hasTopConcept")]
    missing = [*graph.things(one, f"{OWN}missing")]
    columns: dict[str, list[str]] = {}
    for top in tops:
        labels: list[Term] = [*graph.texts(top, *PREFERRED)]
        for term in labels:
            column = f"values@{term.language}" if term.language else "values"
            columns.setdefault(column, []).append(f"{notation_of(graph, top)}={term.text}")
        if not labels and top not in missing:
            columns.setdefault("values", []).append(notation_of(graph, top))
    cells = {column: list_value(parts) for column, parts in columns.items()}
    return {**cells, "missing": list_value(notation_of(graph, top) for top in missing)}


def _vocabulary(said: Concepts, one: str) -> VocabularyName:
    return said.schemes[said.scheme_of[one]].vocabulary


# Mappings: what else is broader, and what other schemes have alike.


def _mapped(said: Concepts) -> Iterator[Mapped]:
    for one, others in said.also_above.items():
        yield from (Mapped(said.codes[one], "skos:broadMatch", said.codes[other]) for other in others)
    for one in said.scheme_of:
        for match in _MATCHES:
            for other in said.graph.things(one, f"{SKOS}{match}"):
                if other in said.codes and _vocabulary(said, other) == _vocabulary(said, one):
                    yield Mapped(said.codes[one], f"skos:{match}", said.codes[other])


# The report.


def _notes(said: Concepts) -> Iterator[Unmapped]:
    graph = said.graph
    guessed = [scheme.address for scheme in said.schemes.values() if not scheme.is_own]
    if guessed:
        shown = f"{len(guessed)} schemes" if len(guessed) > 1 else guessed[0] or "concepts without a scheme"
        yield Unmapped("vocabulary", shown, f"does not say which it is; {said.schemes[guessed[0]].vocabulary}")
    if said.also_above:
        yield Unmapped("broader", f"{len(said.also_above)} concepts", "have several; the others are in mappings.tsv")
    if said.circular:
        yield Unmapped("broader", f"{len(said.circular)} concepts", "stand below themselves; cut where that shows")
    abroad = Counter(
        match
        for one in said.scheme_of
        for match in _MATCHES
        for other in graph.things(one, f"{SKOS}{match}")
        if other not in said.codes
    )
    for match, count in abroad.items():
        yield Unmapped(match, f"{count} concepts elsewhere", "are not in these files; left out")
    absent = Counter(
        column
        for one in said.scheme_of
        for column in _CODES
        for other in graph.things(one, f"{OWN}{column}")
        if other not in said.codes
    )
    for column, count in absent.items():
        yield Unmapped(column, f"{count} concepts", "are not in these files; left out")
    untagged = sum(not term.language for one in said.scheme_of for term in graph.texts(one, *PREFERRED))
    if untagged:
        yield Unmapped("language", f"{untagged} words", f"have none; taken for {said.language}, a guess")
    unnamed = sum(not any(graph.texts(one, *PREFERRED)) for one in said.scheme_of)
    if unnamed:
        yield Unmapped("prefLabel", f"{unnamed} concepts", "have none; they are known by code and notation alone")
    yield from _predicate_notes(said)


def _predicate_notes(said: Concepts) -> Iterator[Unmapped]:
    counts = Counter(
        predicate
        for one in said.scheme_of
        for predicate in said.graph.predicates(one)
        if predicate not in _READ and not predicate.startswith(OWN)
    )
    for predicate, count in sorted(counts.items()):
        yield Unmapped("property", predicate, f"of {count} concepts; a vocabulary has no place for it")
