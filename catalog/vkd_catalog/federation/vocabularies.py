"""One set of vocabularies over those of several catalogues (docs/language.md section 9).

Nothing is copied: a concept of another catalogue is made when somebody asks for it, and kept.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from vkd_catalog.federation.naming import parted, qualified_concept
from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concept import MARK, codes_above, qualified
from vkd_catalog.vocabulary.concepts import Concepts, Trait
from vkd_catalog.vocabulary.links import Link, Links
from vkd_catalog.vocabulary.mappings import MappingFile, links_in, mapping_problems
from vkd_catalog.vocabulary.vocabularies import ProblemsByFile
from vkd_grammar.syntax import Problem
from vkd_grammar.words import fold


class Neighbour(NamedTuple):
    """The vocabularies of another catalogue: the name it goes by here, and the way to its folder from the root."""

    name: str
    folder: str
    vocabularies: Vocabularies


def federated(own: Vocabularies, neighbours: Sequence[Neighbour], unread: Sequence[str] = ()) -> Vocabularies:
    """The workspace's vocabularies with those of other catalogues beside them.

    Its mappings may lead from one to another; what they name in the catalogues of `unread`, which could not be read, is
    not said to be missing.
    """
    four = [
        _united(vocabulary, [(one, one.vocabularies.four[place]) for one in neighbours])
        for place, vocabulary in enumerate(own.four)
    ]
    linked = [_linked(vocabulary, place, own, neighbours) for place, vocabulary in enumerate(four)]
    concepts = [vocabulary.concepts for vocabulary in four]
    problems = ProblemsByFile(
        lambda: {
            **own.problems,
            **{file.path: tuple(_mapping_problems(file, concepts, unread)) for file in own.mappings},
        }
    )
    return own._replace(
        object_types=linked[0], names=linked[1], characteristics=linked[2], times=linked[3], problems=problems
    )


def _united(own: Vocabulary, others: Sequence[tuple[Neighbour, Vocabulary]]) -> Vocabulary:
    by_name = {neighbour.name: (neighbour, vocabulary) for neighbour, vocabulary in others}
    return own._replace(concepts=_Concepts(own, by_name), by_word=_Words(own, by_name))


_OF_CODES: tuple[Trait, ...] = ("above", "classification")
"""The traits whose values are codes, and so of one catalogue."""


class _Concepts(Concepts):
    """The concepts of several catalogues by their codes, those of others under their name."""

    def __init__(self, own: Vocabulary, others: Mapping[str, tuple[Neighbour, Vocabulary]]) -> None:
        self._own = own.concepts
        self._others = others
        self._made: dict[str, Concept] = {}
        self._with: dict[tuple[Trait, str], tuple[str, ...]] = {}

    def __getitem__(self, code: str) -> Concept:
        found = self._own.get(code) or self._made.get(code)
        if found is None:
            name, rest = parted(code, self._others)
            if not name:
                raise KeyError(code)
            neighbour, vocabulary = self._others[name]
            found = self._made[code] = qualified_concept(vocabulary.concepts[rest], name, neighbour.folder)
        return found

    def __contains__(self, code: object) -> bool:
        if code in self._own:
            return True
        name, rest = parted(code, self._others) if isinstance(code, str) else ("", "")
        return bool(name) and rest in self._others[name][1].concepts

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        for name, (_, vocabulary) in self._others.items():
            yield from (qualified(name, code) for code in vocabulary.concepts)

    def __len__(self) -> int:
        return len(self._own) + sum(len(vocabulary.concepts) for _, vocabulary in self._others.values())

    def codes_with(self, trait: Trait, value: str) -> Sequence[str]:
        """The codes of the concepts of which a trait has a value; the codes among the values have names too."""
        found = self._with.get((trait, value))
        if found is None:
            found = self._with[trait, value] = (*self._own.codes_with(trait, value), *self._in_others(trait, value))
        return found

    def values_of(self, trait: Trait) -> Collection[str]:
        """The values that a trait has in any of the catalogues."""
        found = set(self._own.values_of(trait))
        for name, (_, vocabulary) in self._others.items():
            values = vocabulary.concepts.values_of(trait)
            found.update(qualified(name, one) for one in values) if trait in _OF_CODES else found.update(values)
        return found

    def _in_others(self, trait: Trait, value: str) -> Iterator[str]:
        of, rest = parted(value, self._others) if trait in _OF_CODES else ("", value)
        for name in (of,) if of else self._others if not value or trait not in _OF_CODES else ():
            for code in self._others[name][1].concepts.codes_with(trait, rest):
                yield qualified(name, code)


class _Words(Mapping[str, tuple[str, ...]]):
    """The codes that a folded word names: of the workspace's own vocabulary, else of all others.

    With the name of a catalogue before it a word is that catalogue's.
    """

    def __init__(self, own: Vocabulary, others: Mapping[str, tuple[Neighbour, Vocabulary]]) -> None:
        self._own = own.by_word
        self._others = {name: vocabulary.by_word for name, (_, vocabulary) in others.items()}
        self._names = {fold(name): name for name in others}

    def __getitem__(self, word: str) -> tuple[str, ...]:
        codes = self._own.get(word) or self._in_others(word)
        if not codes:
            raise KeyError(word)
        return codes

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.get(word) is not None

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        told: set[str] = set()
        for name, words in self._others.items():
            for word in words:
                if word not in self._own and word not in told:
                    told.add(word)
                    yield word
                else:
                    yield f"{fold(name)}{MARK}{word}"

    def __len__(self) -> int:
        return len(self._own) + sum(map(len, self._others.values()))

    def _in_others(self, word: str) -> tuple[str, ...]:
        everywhere = tuple(
            qualified(name, code) for name, words in self._others.items() for code in words.get(word, ())
        )
        if everywhere or MARK not in word:
            return everywhere
        before, _, rest = word.partition(MARK)
        name = self._names.get(before.strip(), "")
        return tuple(qualified(name, code) for code in self._others[name].get(rest.strip(), ())) if name else ()


def _linked(vocabulary: Vocabulary, place: int, own: Vocabularies, neighbours: Sequence[Neighbour]) -> Vocabulary:
    """A vocabulary with the mappings of the workspace and those that each catalogue has of its own."""
    links = chain(
        links_in(own.mappings, vocabulary.concepts),
        *(_links_of(one, one.vocabularies.four[place]) for one in neighbours),
        _same_units(own, neighbours) if place == 0 else (),
    )
    return vocabulary._replace(links=Links(links))


def _links_of(neighbour: Neighbour, vocabulary: Vocabulary) -> Iterator[Link]:
    for link in links_in(neighbour.vocabularies.mappings, vocabulary.concepts):
        yield link._replace(
            subject=qualified(neighbour.name, link.subject), object=qualified(neighbour.name, link.object)
        )


def _same_units(own: Vocabularies, neighbours: Sequence[Neighbour]) -> Iterator[Link]:
    """Object types of one unit, kind and number are the same in all catalogues: of each the topmost that is such."""
    every = [("", own.object_types), *((one.name, one.vocabularies.object_types) for one in neighbours)]
    first: dict[tuple[str, str, str], str] = {}
    for name, object_types in every:
        for form, code in _topmost(object_types).items():
            called = qualified(name, code) if name else code
            had = first.setdefault(form, called)
            if had != called:
                yield Link(had, "exactMatch", called)


def _topmost(object_types: Vocabulary) -> dict[tuple[str, str, str], str]:
    """For each unit type, kind and number the first object type that has none of the same above it."""
    found: dict[tuple[str, str, str], str] = {}
    for code, concept in object_types.concepts.items():
        form = (fold(concept.unit), concept.kind, concept.number)
        above = (object_types.concepts.get(one) for one in codes_above(code))
        if concept.unit and not any(one and (fold(one.unit), one.kind, one.number) == form for one in above):
            found.setdefault(form, code)
    return found


def _mapping_problems(
    file: MappingFile, four: Iterable[Mapping[str, object]], unread: Sequence[str]
) -> Iterator[Problem]:
    """What is wrong with a file of mappings, but for what may only follow from a catalogue that could not be read."""
    lost = {row.row for row in file.rows if any(parted(code, unread)[0] for code in (row.subject, row.object))}
    return (problem for problem in mapping_problems(file, list(four)) if problem.row not in lost)
