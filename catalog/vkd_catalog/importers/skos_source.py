"""The concepts in a graph of SKOS or XKOS: which there are, what each stands below, and the code that each gets."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from vkd_catalog.importers.rdf import DCTERMS, RDFS, SKOS, TYPE, Graph, languages_in, local_name
from vkd_catalog.importers.words import legal_code
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES, VocabularyName

OWN = "urn:vkd:terms:"
"""What the names begin with that the catalogue's own export has for what SKOS has no word for."""

XKOS = "http://rdf-vocabulary.ddialliance.org/xkos#"
_XL = "http://www.w3.org/2008/05/skos-xl#"
PREFERRED = (f"{SKOS}prefLabel", f"{_XL}prefLabel")
SYNONYMS = (f"{SKOS}altLabel", f"{_XL}altLabel")
TITLES = (*PREFERRED, f"{DCTERMS}title", f"{RDFS}label", "http://purl.org/dc/elements/1.1/title")
SCHEME = f"{SKOS}ConceptScheme"
_DEEPEST = 60
"""So far down goes no hierarchy that people made; a concept below that stands at the top of its scheme again."""

_BROADER = (f"{SKOS}broader", f"{XKOS}specializes", f"{XKOS}isPartOf")
_NARROWER = (f"{SKOS}narrower", f"{XKOS}generalizes", f"{XKOS}hasPart")
_MEMBERSHIP = (f"{SKOS}inScheme", f"{SKOS}topConceptOf")
_OWN_SCHEME = re.compile(rf"urn:vkd:(?P<catalogue>[^:]*):(?P<vocabulary>{'|'.join(VOCABULARY_NAMES)})")


class Scheme(NamedTuple):
    """A concept scheme and the vocabulary it is; `code` is that of its own concept, empty where it is none.

    A scheme of names is a classification, and its concepts stand below it. One that the catalogue's own export wrote
    (`is_own`) is nothing but the vocabulary.
    """

    address: str
    vocabulary: VocabularyName
    is_own: bool
    code: str


class Concepts(NamedTuple):
    """The concepts of a graph by their addresses: the scheme of each (an empty address where none is named), its code,
    and what else is broader than it than what it stands below.

    `circular` are those whose broader concepts lead back to them. `language` is that of texts that name none, and
    `catalogue` what the catalogue is called, empty where nothing says so.
    """

    graph: Graph
    schemes: Mapping[str, Scheme]
    scheme_of: Mapping[str, str]
    codes: Mapping[str, str]
    also_above: Mapping[str, Sequence[str]]
    circular: Sequence[str]
    language: str
    catalogue: str


def concepts_of(graph: Graph, vocabulary_else: VocabularyName) -> Concepts:
    """The concepts of a graph; a scheme that does not say which vocabulary it is, is the one that is given."""
    lists = {one for about in graph for one in graph.things(about, f"{OWN}values")}
    scheme_of = _schemes(graph, lists)
    schemes: dict[str, Scheme] = {}
    for address in dict.fromkeys(scheme_of.values()):
        schemes[address] = _scheme(address, vocabulary_else, {one.code for one in schemes.values()})
    above, also_above, circular = _hierarchy(graph, scheme_of)
    texts = [term for one in scheme_of for term in graph.texts(one, *PREFERRED)]
    own = [found["catalogue"] for address in schemes if (found := _OWN_SCHEME.fullmatch(address))]
    titles = [text for address in schemes if (text := graph.text(address, *TITLES))]
    return Concepts(
        graph,
        schemes,
        scheme_of,
        _codes(graph, schemes, scheme_of, above),
        also_above,
        circular,
        next(iter(languages_in(texts)), "en"),
        unquote(own[0]) if own else titles[0] if len(titles) == 1 else "",
    )


def own_code(address: str) -> str:
    """The code in an address that the catalogue's own export made; empty for any other."""
    found = re.match(rf"{_OWN_SCHEME.pattern}:(?P<code>[^:]+)", address)
    return unquote(found["code"]) if found else ""


def _schemes(graph: Graph, lists: Container[str]) -> dict[str, str]:
    """The scheme of each concept: the one it names, else that of a broader one. Those of code lists are left out."""
    tops = {one: scheme for scheme in graph for one in graph.things(scheme, f"{SKOS}hasTopConcept")}
    named = {one: _named(graph, one, tops) for one in _all(graph)}
    return {one: scheme for one, scheme in named.items() if scheme not in lists}


def _named(graph: Graph, one: str, tops: Mapping[str, str]) -> str:
    seen: set[str] = set()
    waiting = [one]
    while waiting:
        at = waiting.pop()
        scheme = next(graph.things(at, *_MEMBERSHIP), "") or tops.get(at, "")
        if scheme:
            return scheme
        seen.add(at)
        waiting += [above for above in graph.things(at, *_BROADER) if above not in seen]
    return ""


def _all(graph: Graph) -> Iterator[str]:
    """What is said to be a concept, or is called something in a scheme."""
    for one in graph:
        kinds = [*graph.things(one, TYPE)]
        is_called = any(graph.texts(one, *PREFERRED)) and any(graph.things(one, *_MEMBERSHIP))
        if f"{SKOS}Concept" in kinds or (is_called and SCHEME not in kinds):
            yield one


def _scheme(address: str, vocabulary_else: VocabularyName, taken: Container[str]) -> Scheme:
    own = _OWN_SCHEME.fullmatch(address)
    if own:
        name = next(name for name in VOCABULARY_NAMES if name == own["vocabulary"])
        return Scheme(address, name, is_own=True, code="")
    is_classification = vocabulary_else == "names" and address
    code = legal_code(local_name(address), taken) if is_classification else ""
    return Scheme(address, vocabulary_else, is_own=False, code=code)


# What stands below what.


def _hierarchy(
    graph: Graph, scheme_of: Mapping[str, str]
) -> tuple[Mapping[str, str], Mapping[str, Sequence[str]], Sequence[str]]:
    """What each concept stands below, what else is broader than it, and those that stand below themselves."""
    broader: dict[str, list[str]] = {one: [] for one in scheme_of}
    for one in scheme_of:
        for over in graph.things(one, *_BROADER):
            _put_below(one, over, broader, scheme_of)
    for one in scheme_of:
        for under in graph.things(one, *_NARROWER):
            _put_below(under, one, broader, scheme_of)
    above: dict[str, str] = {}
    also: dict[str, Sequence[str]] = {}
    circular: list[str] = []
    for one, found in broader.items():
        free = [each for each in found if not _leads_to(each, one, above)]
        circular += [one] if len(free) < len(found) else []
        if free:
            above[one] = free[0]
        if len(free) > 1:
            also[one] = free[1:]
    return above, also, circular


def _put_below(one: str, above: str, broader: dict[str, list[str]], scheme_of: Mapping[str, str]) -> None:
    if one in broader and scheme_of.get(above) == scheme_of[one] and above not in broader[one] and above != one:
        broader[one].append(above)


def _leads_to(one: str, other: str, above: Mapping[str, str]) -> bool:
    """Whether a concept stands below another, or is it."""
    while one != other and one in above:
        one = above[one]
    return one == other


# Codes.


def _codes(
    graph: Graph, schemes: Mapping[str, Scheme], scheme_of: Mapping[str, str], above: Mapping[str, str]
) -> Mapping[str, str]:
    """The code of each concept: its own segment below what it stands below."""
    codes: dict[str, str] = {}
    taken: dict[str, set[str]] = {"": {scheme.code for scheme in schemes.values()}}
    for one in scheme_of:
        for each in reversed(_uncoded(one, above, codes)):
            codes[each] = _code(graph, each, schemes[scheme_of[each]], above, codes, taken)
    return codes


def _code(
    graph: Graph,
    one: str,
    scheme: Scheme,
    above: Mapping[str, str],
    codes: Mapping[str, str],
    taken: dict[str, set[str]],
) -> str:
    if scheme.is_own and (own := own_code(one)):
        return own
    parent = codes[above[one]] if one in above else scheme.code
    if parent.count(".") > _DEEPEST:
        parent = scheme.code
    notation = notation_of(graph, one)
    over = notation_of(graph, above[one]) if one in above else ""
    # A notation that goes on from the one above it, as 01.1 from 01, says only once what they share.
    own_part = notation[len(over) + 1 :] if over and notation.startswith(f"{over}.") else notation
    siblings = taken.setdefault(parent, set())
    segment = legal_code(own_part or local_name(one), siblings)
    siblings.add(segment)
    return f"{parent}.{segment}" if parent else segment


def notation_of(graph: Graph, one: str) -> str:
    """The official code of a concept; empty where it has none."""
    return graph.text(one, f"{SKOS}notation").strip()


def _uncoded(one: str, above: Mapping[str, str], codes: Container[str]) -> list[str]:
    """A concept and what it stands below, itself first, up to one that has its code."""
    path: list[str] = []
    at: str | None = one
    while at is not None and at not in codes:
        path.append(at)
        at = above.get(at)
    return path
