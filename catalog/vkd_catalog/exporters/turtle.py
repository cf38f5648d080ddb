"""Writing RDF as Turtle (W3C, RDF 1.1 Turtle), a statement at a time."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')
_IN_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


class Node(NamedTuple):
    """A thing with what is said of it, pairs of a predicate and a term; one without an address is said where it
    stands."""

    address: str
    kind: str
    facts: tuple[tuple[str, "str | Node"], ...] = ()


def iri(address: str) -> str:
    """An address as a term."""
    return f"<{_IN_NO_IRI.sub(lambda one: f'%{ord(one[0]):02X}', address)}>"


def literal(text: str, language: str = "") -> str:
    """A text as a term, in a language where one is given."""
    quoted = f'"{_TO_ESCAPE.sub(_escape, text)}"'
    return f"{quoted}@{language}" if _TAG.fullmatch(language) else quoted


def typed(text: str, kind: str) -> str:
    """A value as a term, of a type such as `xsd:date`."""
    return f"{literal(text)}^^{kind}"


def prefixes(names: Mapping[str, str]) -> str:
    """The lines that say what the beginnings of names stand for."""
    return "".join(f"@prefix {name}: <{address}> .\n" for name, address in names.items())


class Writer:
    """Writes statements; what is said of a thing with an address is written once, where it is first come to."""

    def __init__(self) -> None:
        self._written: set[str] = set()

    def statements(self, node: Node) -> Iterator[str]:
        """All that is said of a thing with an address, and of those that it leads to and nothing was said of before."""
        if node.address not in self._written:
            self._written.add(node.address)
            yield f"\n{iri(node.address)} a {node.kind}{''.join(_facts(node, '  '))} .\n"
            yield from self._beyond(node)

    def _beyond(self, node: Node) -> Iterator[str]:
        for _, term in node.facts:
            if isinstance(term, Node):
                yield from self.statements(term) if term.address else self._beyond(term)


def _facts(node: Node, indent: str) -> Iterator[str]:
    for predicate, term in node.facts:
        yield f" ;\n{indent}{predicate} {_term(term, indent)}"


def _term(term: "str | Node", indent: str) -> str:
    if isinstance(term, str):
        return term
    if term.address:
        return iri(term.address)
    deeper = f"{indent}  "
    return f"[ a {term.kind}{''.join(_facts(term, deeper))} ]"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04X}"


def languages_of(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Texts with their languages as terms, each once."""
    yield from dict.fromkeys(literal(text, language) for language, text in texts if text)
