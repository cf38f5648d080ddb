"""Statements in RDF, read from any of its common spellings with pyoxigraph (the extra `rdf`). Nothing is fetched."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.importers.files import Followed
from vkd_catalog.importers.packages import needed
from vkd_catalog.importers.report import Follow, ImportSourceError, unfollowed

EXTRA = "rdf"
ENDINGS = (".ttl", ".rdf", ".xml", ".owl", ".jsonld", ".json", ".nt", ".n3", ".trig", ".nq")

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
TYPE = f"{RDF}type"

_FORMATS = {
    ".ttl": "TURTLE",
    ".rdf": "RDF_XML",
    ".xml": "RDF_XML",
    ".owl": "RDF_XML",
    ".jsonld": "JSON_LD",
    ".json": "JSON_LD",
    ".nt": "N_TRIPLES",
    ".n3": "N3",
    ".trig": "TRIG",
    ".nq": "N_QUADS",
}
_BASE = "http://source.invalid/"
"""What addresses that a file leaves open are relative to: a name that can never be somebody's."""


class Term(NamedTuple):
    """What a statement says of something: another thing, by its address or blank name, or a text in a language."""

    text: str
    language: str = ""
    is_thing: bool = False


class Graph:
    """Statements by what they are about, each in the order that the files have them."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, dict[Term, None]]] = {}

    def __iter__(self) -> Iterator[str]:
        """Everything that something is said of."""
        return iter(self._said)

    def add(self, about: str, predicate: str, said: Term) -> None:
        """Adds a statement; one that is there already is one."""
        self._said.setdefault(about, {}).setdefault(predicate, {})[said] = None

    def all(self, about: str, *predicates: str) -> Iterator[Term]:
        """What is said of something with any of the predicates, those of the first one first."""
        said = self._said.get(about, {})
        return (term for predicate in predicates for term in said.get(predicate, ()))

    def predicates(self, about: str) -> Iterator[str]:
        """What is said of something at all."""
        return iter(self._said.get(about, {}))

    def things(self, about: str, *predicates: str) -> Iterator[str]:
        """The things among that."""
        return (term.text for term in self.all(about, *predicates) if term.is_thing)

    def texts(self, about: str, *predicates: str) -> Iterator[Term]:
        """The texts among that; of a thing that holds a text (`rdf:value`, SKOS-XL) its text."""
        for term in self.all(about, *predicates):
            if term.is_thing:
                yield from self.texts(term.text, f"{RDF}value", "http://www.w3.org/2008/05/skos-xl#literalForm")
            else:
                yield term

    def text(self, about: str, *predicates: str) -> str:
        """The first of the texts; empty where there is none."""
        return next((term.text for term in self.texts(about, *predicates)), "")

    def of_type(self, kind: str) -> Iterator[str]:
        """The things of a type."""
        return (about for about in self if kind in self.things(about, TYPE))


def read_graph(path: Path, graph: Graph | None = None, follow: Follow = unfollowed) -> Graph:
    """The statements of a file, whose name's ending says how it is spelt; they are added to a `graph` that is given.

    Raises ImportSourceError with the line where the file cannot be read, and MissingExtraError.
    """
    oxigraph = needed("pyoxigraph", EXTRA, path)
    # A file that breaks off must leave nothing of itself in a graph that others are in.
    statements: list[tuple[str, str, Term]] = []
    spelling = getattr(oxigraph.RdfFormat, _FORMATS.get(path.suffix.lower(), "TURTLE"))
    try:
        with Followed(path, follow) as file:
            for quad in oxigraph.parse(file, format=spelling, base_iri=_BASE, rename_blank_nodes=True):
                statements.append((_name(quad.subject), quad.predicate.value, _term(quad.object)))
    except (SyntaxError, ValueError) as error:
        raise ImportSourceError(path, _reason(error), getattr(error, "lineno", 0) or 0) from error
    found = graph or Graph()
    for statement in statements:
        found.add(*statement)
    return found


def local_name(address: str) -> str:
    """The last part of an address: what stands behind its last `#`, `/` or `:`."""
    return re.split(r"[#/:]", address.rstrip("#/"))[-1]


def languages_in(terms: Sequence[Term]) -> tuple[str, ...]:
    """The languages of texts, the most frequent first."""
    counts: dict[str, int] = {}
    for term in terms:
        if term.language:
            counts[term.language] = counts.get(term.language, 0) + 1
    return tuple(sorted(counts, key=lambda language: -counts[language]))


def _name(node: object) -> str:
    value = getattr(node, "value", "")
    return value if str(node).startswith("<") else f"_:{value}"


def _term(node: object) -> Term:
    written = str(node)
    if written.startswith(("<", "_:")) and not written.startswith("<<"):
        return Term(_name(node), is_thing=True)
    return Term(str(getattr(node, "value", "")), str(getattr(node, "language", None) or ""))


def _reason(error: Exception) -> str:
    text = " ".join(str(getattr(error, "msg", "") or error).split())
    return f"cannot be read: {text[:200]}"
