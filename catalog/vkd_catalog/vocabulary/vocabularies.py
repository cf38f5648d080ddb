"""The four vocabularies of a catalogue together, and whether the codes they name in each other exist."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.vocabulary.concept import Concept
from vkd_catalog.vocabulary.reader import VocabularyFile
from vkd_catalog.vocabulary.vocabulary import Vocabulary, build_vocabulary
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES, VocabularyName
from vkd_grammar.syntax import Problem


class Vocabularies(NamedTuple):
    """The four vocabularies, the files they were read from, and per file what is wrong with it (VKD601 to VKD606)."""

    object_types: Vocabulary
    names: Vocabulary
    characteristics: Vocabulary
    times: Vocabulary
    files: tuple[VocabularyFile, ...]
    problems: Mapping[str, tuple[Problem, ...]]

    def called(self, name: VocabularyName) -> Vocabulary:
        """The vocabulary with a name."""
        return self[VOCABULARY_NAMES.index(name)]  # type: ignore[return-value]

    @property
    def four(self) -> tuple[Vocabulary, Vocabulary, Vocabulary, Vocabulary]:
        """The vocabularies in the order their words stand in a sentence."""
        return self[:4]


def build_vocabularies(files: Sequence[VocabularyFile]) -> Vocabularies:
    """The four vocabularies from their files, in the order given; a vocabulary without a file is empty."""
    built: list[Vocabulary] = []
    problems: dict[str, list[Problem]] = {file.path: list(file.problems) for file in files}
    for name in VOCABULARY_NAMES:
        vocabulary, found = build_vocabulary(name, [file for file in files if file.vocabulary == name])
        built.append(vocabulary)
        for path, more in found.items():
            problems[path].extend(more)
    for file in files:
        problems[file.path].extend(_missing_codes(file, built))
    for file, problem in _circles(files, built[2]):
        problems[file.path].append(problem)
    object_types, names, characteristics, times = built
    found_in = {path: tuple(found) for path, found in problems.items()}
    return Vocabularies(object_types, names, characteristics, times, tuple(files), found_in)


def _missing_codes(file: VocabularyFile, built: Sequence[Vocabulary]) -> Iterator[Problem]:
    own = built[VOCABULARY_NAMES.index(file.vocabulary)]
    object_types, names, characteristics = built[0], built[1], built[2]
    for concept in file.concepts:
        named = (
            ("seeAlso", own, concept.see_also),
            ("objectTypes", object_types, concept.object_types),
            ("classification", names, (concept.classification,) if concept.classification else ()),
            ("derivedFrom", characteristics, tuple(code for part in concept.derived_from for code in part)),
        )
        for column, vocabulary, codes in named:
            for code in codes:
                if code not in vocabulary.concepts:
                    facts = (("column", column), ("value", code), ("vocabulary", vocabulary.name))
                    yield file.problem_at("VKD605", concept.row, column, *facts)


def _circles(files: Sequence[VocabularyFile], characteristics: Vocabulary) -> Iterator[tuple[VocabularyFile, Problem]]:
    """The characteristics that are derived from themselves, by any way (VKD606)."""
    for file in files:
        if file.vocabulary != "characteristics":
            continue
        for concept in file.concepts:
            if concept.derived_from and (way := _way_back(concept, characteristics)):
                facts = (("value", concept.code), ("way", way))
                yield file, file.problem_at("VKD606", concept.row, "derivedFrom", *facts)


def _way_back(concept: Concept, characteristics: Vocabulary) -> tuple[str, ...]:
    """The codes on a shortest way from a concept over `derivedFrom` back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(concept.code,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        here = characteristics.coded(way[-1])
        for code in [code for part in here.derived_from for code in part] if here else []:
            if code == concept.code:
                return (*way, code)
            if code not in seen:
                seen.add(code)
                ways.append((*way, code))
    return ()
