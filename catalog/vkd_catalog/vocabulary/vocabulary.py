"""A vocabulary: concepts by code and by word, with what they inherit from the concepts above them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from vkd_catalog.vocabulary.concept import Concept, code_above, codes_above
from vkd_catalog.vocabulary.reader import VocabularyFile
from vkd_catalog.vocabulary_names import VocabularyName
from vkd_grammar.syntax import Problem
from vkd_grammar.words import fold


class Vocabulary(NamedTuple):
    """One of the four vocabularies (1972: ordliste), immutable.

    `by_word` maps a folded word to the codes of the concepts it names, more than one where it is ambiguous.
    """

    name: VocabularyName
    concepts: Mapping[str, Concept]
    by_word: Mapping[str, tuple[str, ...]]

    def coded(self, code: str) -> Concept | None:
        """The concept with a code, whichever way a keyboard made its letters."""
        return self.concepts.get(code if code.isascii() else normalize("NFC", code))

    def named(self, word: str) -> tuple[Concept, ...]:
        """The concepts a word names: none, one, or several where it is ambiguous."""
        return tuple(self.concepts[code] for code in self.by_word.get(fold(word), ()))

    def above(self, code: str) -> Iterator[Concept]:
        """The concepts above a code, the nearest first."""
        return (self.concepts[above] for above in codes_above(code) if above in self.concepts)

    def below(self, code: str) -> Iterator[Concept]:
        """The concepts directly below a code, in the order of the file; an empty code means the top ones."""
        return (concept for concept in self.concepts.values() if code_above(concept.code) == code)


class Clash(NamedTuple):
    """A code or a word of a concept that another concept had before: `word` is empty where it is the code (VKD601)."""

    file: VocabularyFile
    concept: Concept
    first: Concept
    word: str
    codes: tuple[str, ...]


def build_vocabulary(name: VocabularyName, files: Sequence[VocabularyFile]) -> tuple[Vocabulary, tuple[Clash, ...]]:
    """A vocabulary from its files, and which of their concepts clash with others before them."""
    clashes: list[Clash] = []
    concepts: dict[str, Concept] = {}
    by_word: dict[str, tuple[str, ...]] = {}
    for file in files:
        for concept in file.concepts:
            first = concepts.get(concept.code)
            if first is not None:
                clashes.append(Clash(file, concept, first, "", ()))
                continue
            concepts[concept.code] = concept
            for word, codes in _add_words(concept, by_word):
                clashes.append(Clash(file, concept, concepts[codes[0]], word, codes))
    return Vocabulary(name, _inherited(concepts), by_word), tuple(clashes)


def clash_problem(clash: Clash) -> Problem:
    """A clash with its place (VKD601, VKD602)."""
    file, concept, first, word, codes = clash
    if not word:
        facts = (("value", concept.code), ("path", first.source), ("row", first.row))
        return file.problem_at("VKD601", concept.row, "code", *facts)
    return file.problem_at("VKD602", concept.row, _column_of(concept, word, file), ("word", word), ("codes", codes))


def orphan_problems(file: VocabularyFile, concepts: Mapping[str, Concept]) -> Iterator[Problem]:
    """The concepts of a file whose concept above is missing (VKD603)."""
    for concept in file.concepts:
        above = code_above(concept.code)
        if above and above not in concepts:
            yield file.problem_at("VKD603", concept.row, "code", ("value", concept.code), ("above", above))


def _add_words(concept: Concept, by_word: dict[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    """Enters a concept's words; the answer is those that name another concept already."""
    clashing: list[tuple[str, tuple[str, ...]]] = []
    code = concept.code
    for word in concept.words():
        folded = fold(word)
        had = by_word.get(folded)
        if had is None:
            by_word[folded] = (code,)
        elif code not in had:
            by_word[folded] = (*had, code)
            clashing.append((word, by_word[folded]))
    return clashing


def _column_of(concept: Concept, word: str, file: VocabularyFile) -> str:
    for column, labels in (("prefLabel", concept.preferred), ("altLabel", concept.synonyms)):
        for label in labels:
            if label.text == word and f"{column}@{label.language}" in file.columns:
                return f"{column}@{label.language}"
    return "notation"


def _inherited(concepts: dict[str, Concept]) -> dict[str, Concept]:
    """The concepts; what one does not state is that of the nearest above that does (docs/language.md section 4)."""
    resolved: dict[str, Concept] = {}
    return {code: _resolved(concept, concepts, resolved) for code, concept in concepts.items()}


def _resolved(concept: Concept, concepts: dict[str, Concept], resolved: dict[str, Concept]) -> Concept:
    if "." not in concept.code:
        return concept
    if concept.code in resolved:
        return resolved[concept.code]
    above = next((concepts[code] for code in codes_above(concept.code) if code in concepts), None)
    if above is not None:
        above = _resolved(above, concepts, resolved)
        concept = concept._replace(
            kind=concept.kind or above.kind,
            number=concept.number or above.number,
            unit=concept.unit or above.unit,
            object_types=concept.object_types or above.object_types,
            temporality=concept.temporality or above.temporality,
        )
    resolved[concept.code] = concept
    return concept


def words_of(concepts: Iterable[Concept]) -> Iterator[str]:
    """Every word of some concepts, for suggestions."""
    for concept in concepts:
        yield from concept.words()
