"""DCAT and its application profiles (DCAT-AP 2 and 3, with its extensions): data sets of a catalogue in RDF.

A data set becomes a product, its series a collection. DCAT names no variables: a product has the one sentence of what
is not described, unless its data set has a table as CSVW describes it, as HealthDCAT-AP asks for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.dates import day_of, time_between
from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.files import read_all
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.packages import NOT_STATED
from vkd_catalog.importers.rdf import DCTERMS, ENDINGS, EXTRA, RDFS, SKOS, TYPE, Graph, Term, local_name, read_graph
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.stated import DataSet, Holding, Register, Stated, Text, Texts, Variable
from vkd_catalog.importers.undescribed import NOT_STATED_TIME

_DCAT = "http://www.w3.org/ns/dcat#"
_DCT = DCTERMS
_FOAF = "http://xmlns.com/foaf/0.1/"
_VCARD = "http://www.w3.org/2006/vcard/ns#"
_CSVW = "http://www.w3.org/ns/csvw#"
_HAS_VARIABLES = "http://healthdataportal.eu/ns/health#hasVariables"
_SCHEMA = ("http://schema.org/", "https://schema.org/")
_NAMES = (f"{_FOAF}name", f"{_VCARD}fn", f"{_VCARD}organization-name", f"{RDFS}label")
_LABELS = (
    f"{SKOS}prefLabel",
    f"{RDFS}label",
    f"{_DCT}title",
)
_DATASET, _SERIES = f"{_DCAT}Dataset", f"{_DCAT}DatasetSeries"
_ACCESS = {
    "public": "open",
    "open": "open",
    "restricted": "restricted",
    "non_public": "closed",
    "non-public": "closed",
    "confidential": "closed",
}
"""The access rights of the EU's authority table, and words that are used instead of them."""

_NOT_HELD = {
    f"{_DCAT}keyword": "keyword",
    f"{_DCAT}theme": "theme",
    f"{_DCT}spatial": "spatial",
    f"{_DCT}accrualPeriodicity": "accrualPeriodicity",
    f"{_DCT}conformsTo": "conformsTo",
    f"{_DCT}relation": "relation",
    f"{_DCT}language": "language",
}
_NO_DATASET = "holds no dcat:Dataset"


class _Found(NamedTuple):
    """A data set: its subject, all that is said in the source, and the first file that speaks of it."""

    subject: str
    graph: Graph
    path: Path


def _read(request: Request) -> Draft:
    files, notes = read_all(request, ENDINGS, _file)
    whole = _together(graph for _, graph in files)
    first = {subject: path for path, graph in reversed(files) for subject in graph}
    data_sets = (subject for subject in whole.of_type(_DATASET) if not _is_series(whole, subject))
    found = [_Found(subject, whole, first[subject]) for subject in data_sets]
    registers = {_register(one): one for one in reversed(found)}
    if not found:
        raise ImportSourceError(request.source, _NO_DATASET)
    catalogues = list(whole.of_type(f"{_DCAT}Catalog"))
    licences = dict.fromkeys(_licence(whole, subject) for subject in catalogues)
    return drafted(
        Stated(
            name=next(filter(None, (whole.text(one, f"{_DCT}title") for one in catalogues)), "")
            or request.source.resolve().stem,
            source=f"{request.source.name}, DCAT",
            licence=", ".join(filter(None, licences)) or NOT_STATED,
            registers=[Register(key, *_described(one)) for key, one in reversed(registers.items())],
            variables=list(
                {variable.key: variable for one in reversed(found) for variable in _variables(one)}.values()
            ),
            sets=[_set(one) for one in found],
            notes=[*notes, *_notes(found, whole)],
        )
    )


IMPORTER = Importer("dcat-ap", "data sets of DCAT-AP catalogues (Turtle, RDF/XML, JSON-LD)", _read, EXTRA)


# Reading.


def _file(path: Path) -> Sequence[tuple[Path, Graph]]:
    graph = read_graph(path)
    if not any(next(graph.of_type(kind), None) for kind in (_DATASET, _SERIES, f"{_DCAT}Catalog")):
        raise ImportSourceError(path, _NO_DATASET)
    return [(path, graph)]


def _together(graphs: Iterable[Graph]) -> Graph:
    """What several files say of each subject."""
    whole = Graph()
    for graph in graphs:
        for about in graph:
            for predicate in graph.predicates(about):
                for term in graph.all(about, predicate):
                    whole.add(about, predicate, term)
    return whole


def _is_series(graph: Graph, subject: str) -> bool:
    return _SERIES in graph.things(subject, TYPE)


def _texts(graph: Graph, subject: str, *predicates: str) -> Texts:
    return tuple(Text(term.text.strip(), term.language) for term in graph.texts(subject, *predicates))


def _address(graph: Graph, subject: str, *predicates: str) -> str:
    """The first address among what is said, or text that reads as one; empty where there is none."""
    return next((term.text for term in graph.all(subject, *predicates) if _is_address(term)), "")


def _is_address(term: Term) -> bool:
    return not term.text.startswith("_:") if term.is_thing else "://" in term.text


# Mapping.


def _register(one: _Found) -> str:
    """The key of the register that a data set's sentence names: its series, else itself."""
    return _series(one) or one.subject


def _series(one: _Found) -> str:
    return next((each.text for each in one.graph.all(one.subject, f"{_DCAT}inSeries")), "")


def _described(one: _Found) -> tuple[Texts, Texts]:
    """What a register is called, and what is said of it."""
    subject = _register(one)
    titles = _texts(one.graph, subject, f"{_DCT}title") or (Text(_identification(one, subject), ""),)
    return titles, _texts(one.graph, subject, f"{_DCT}description")


def _identification(one: _Found, subject: str) -> str:
    """What the data set's publisher calls it; where that is an address, what the address ends in."""
    said = one.graph.text(subject, f"{_DCT}identifier") or subject
    title = one.graph.text(subject, f"{_DCT}title")
    return (local_name(said) or title) if "://" in said else (said if said != subject else title or said)


def _set(one: _Found) -> DataSet:
    return DataSet(
        identification=_identification(one, one.subject),
        register=_register(one),
        file=one.path.stem,
        times=_times(one),
        titles=_texts(one.graph, one.subject, f"{_DCT}title"),
        technical=_technical(one),
        holdings=[Holding(key) for key in dict.fromkeys(variable.key for variable in _variables(one))],
    )


def _variables(one: _Found) -> Iterator[Variable]:
    """The columns of a data set's tables, as variables: those that have the same address are the same."""
    graph = one.graph
    groups = [each.text for each in graph.all(one.subject, _HAS_VARIABLES)]
    tables = [each.text for group in groups for each in graph.all(group, f"{_CSVW}table")]
    schemas = [each.text for table in tables for each in graph.all(table, f"{_CSVW}tableSchema")]
    for column in (each.text for place in (*groups, *tables, *schemas) for each in graph.all(place, f"{_CSVW}column")):
        name = graph.text(column, f"{_CSVW}name")
        labels = _texts(graph, column, f"{_CSVW}title", f"{_CSVW}titles", f"{_DCT}title")
        # A description must be stated: where there is none it is the title again.
        said = tuple(one for one in _texts(graph, column, f"{_DCT}description") if one not in labels)
        key = _address(graph, column, f"{_CSVW}propertyUrl") or "|".join((name, *(label.text for label in labels)))
        if key:
            yield Variable(key, labels or (Text(name, ""),), notation=name, definitions=said)


def _technical(one: _Found) -> Mapping[str, str]:
    graph, subject = one.graph, one.subject
    shares = [each.text for each in graph.all(subject, f"{_DCAT}distribution")]
    series = _series(one)
    identifiers = [each.text for each in graph.all(subject, f"{_DCT}identifier")]
    return {
        "collection": (graph.text(series, f"{_DCT}title") or local_name(series)) if series else "",
        "data": next(
            filter(None, (_address(graph, share, f"{_DCAT}downloadURL", f"{_DCAT}accessURL") for share in shares)), ""
        ),
        "doc": _address(graph, subject, f"{_DCAT}landingPage", f"{_FOAF}page"),
        "form": ", ".join(dict.fromkeys(filter(None, (_form(graph, share) for share in shares)))),
        "access": _access(graph, subject),
        "source": _named(graph, subject, f"{_DCT}provenance"),
        "publisher": _named(graph, subject, f"{_DCT}publisher", f"{_DCT}creator"),
        "contact": _contact(graph, subject),
        "licence": next(filter(None, (_licence(graph, each) for each in (subject, *shares))), ""),
        "version": graph.text(subject, f"{_DCAT}version", "http://www.w3.org/2002/07/owl#versionInfo"),
        "pid": next((each for each in identifiers if each.startswith(("10.", "doi:", "urn:", "https://doi.org/"))), ""),
        "updated": day_of(graph.text(subject, f"{_DCT}modified")),
    }


def _form(graph: Graph, share: str) -> str:
    for each in graph.all(share, f"{_DCT}format", f"{_DCAT}mediaType"):
        return each.text if not each.is_thing else (graph.text(each.text, *_LABELS) or local_name(each.text))
    return ""


def _access(graph: Graph, subject: str) -> str:
    for each in graph.all(subject, f"{_DCT}accessRights"):
        said = local_name(each.text) if _is_address(each) else graph.text(each.text, *_LABELS) or each.text
        if said.casefold() in _ACCESS:
            return _ACCESS[said.casefold()]
    return ""


def _named(graph: Graph, subject: str, *predicates: str) -> str:
    """What something that a data set refers to is called: its name, else what its address ends in."""
    for each in graph.all(subject, *predicates):
        if not each.is_thing:
            return each.text
        return graph.text(each.text, *_NAMES, *_LABELS) or (local_name(each.text) if _is_address(each) else "")
    return ""


def _contact(graph: Graph, subject: str) -> str:
    for each in graph.all(subject, f"{_DCAT}contactPoint"):
        address = _address(graph, each.text, f"{_VCARD}hasEmail") or next(
            (one.text for one in graph.all(each.text, f"{_VCARD}hasEmail")), ""
        )
        name = graph.text(each.text, *_NAMES)
        return ", ".join(filter(None, (name, address.removeprefix("mailto:"))))
    return ""


def _licence(graph: Graph, subject: str) -> str:
    for each in graph.all(subject, f"{_DCT}license"):
        return graph.text(each.text, *_LABELS) or each.text
    return ""


def _times(one: _Found) -> Sequence[str]:
    """The periods that a data set covers, which no sentence can say of variables that are not named."""
    periods = [each.text for each in one.graph.all(one.subject, f"{_DCT}temporal")]
    found = (time_between(*_ends(one.graph, period)) for period in periods)
    return tuple(dict.fromkeys(time for time in found if time != NOT_STATED_TIME)) or (NOT_STATED_TIME,)


def _ends(graph: Graph, period: str) -> tuple[str, str]:
    first, last = (
        graph.text(period, f"{_DCAT}{side}Date", *(f"{schema}{side}Date" for schema in _SCHEMA))
        for side in ("start", "end")
    )
    return first, last


# The report.


def _notes(found: Sequence[_Found], whole: Graph) -> Iterator[Unmapped]:
    counts = Counter(
        name for one in found for predicate, name in _NOT_HELD.items() if any(one.graph.all(one.subject, predicate))
    )
    for name, count in counts.items():
        yield Unmapped("property", f"{name} ({count} of {len(found)} data sets)", "a product has no place for it")
    several = sum(len(list(one.graph.all(one.subject, f"{_DCAT}distribution"))) > 1 for one in found)
    if several:
        yield Unmapped("distribution", f"{several} data sets", "have several; the address is that of the first")
    services = len(list(whole.of_type(f"{_DCAT}DataService")))
    if services:
        yield Unmapped("DataService", f"{services} services", "no data set, and so no product")
