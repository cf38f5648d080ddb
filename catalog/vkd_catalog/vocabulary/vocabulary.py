"""A vocabulary: concepts by code and by word, with what they inherit from the concepts above them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple, Protocol, runtime_checkable
from unicodedata import normalize

from vkd_catalog.problems import CodeTwice, NoneAbove, SharedWord
from vkd_catalog.vocabulary.concept import Concept, catalogue_of, code_above, codes_above, is_same_or_below, qualified
from vkd_catalog.vocabulary.concepts import Concepts, HeldConcepts, kind_with_number
from vkd_catalog.vocabulary.inheritance import Inheritance, taking
from vkd_catalog.vocabulary.links import NO_LINKS, Links, Reach
from vkd_catalog.vocabulary.vocabulary_file import VocabularyFile
from vkd_catalog.vocabulary_names import VocabularyName
from vkd_grammar.syntax import Problem
from vkd_grammar.words import fold


@runtime_checkable
class SearchedWords(Protocol):
    """Words that are kept where those that hold a text need not be looked for one by one."""

    def holding(self, text: str, most: int, *, inside: bool) -> Iterable[tuple[str, Sequence[str]]]:
        """As `Vocabulary.words_holding`."""
        ...


class Vocabulary(NamedTuple):
    """One of the four vocabularies (1972: ordliste), immutable.

    `by_word` maps a folded word to the codes of the concepts it names, more than one where it is ambiguous. `links` are
    the mappings between its concepts.
    """

    name: VocabularyName
    concepts: Concepts
    by_word: Mapping[str, tuple[str, ...]]
    links: Links = NO_LINKS

    def coded(self, code: str) -> Concept | None:
        """The concept with a code, whichever way a keyboard made its letters."""
        return self.concepts.get(code if code.isascii() else normalize("NFC", code))

    def named(self, word: str) -> tuple[Concept, ...]:
        """The concepts a word names: none, one, or several where it is ambiguous."""
        return tuple(self.concepts[code] for code in self.by_word.get(fold(word), ()))

    def words_holding(self, text: str, most: int, *, inside: bool = True) -> Iterable[tuple[str, Sequence[str]]]:
        """The folded words that hold a folded text, with the codes that each names: those that begin with it before all
        others, of both the shorter, at most so many. Unless `inside`, the others need not be there."""
        if isinstance(self.by_word, SearchedWords):
            return self.by_word.holding(text, most, inside=inside)
        found = (word for word in self.by_word if text in word)
        first = nsmallest(most, found, key=lambda word: (not word.startswith(text), len(word), word))
        return [(word, self.by_word[word]) for word in first]

    def spelling(self, word: str, code: str) -> str:
        """A concept's word as it can be looked up: of another catalogue with its name before it where the word alone
        names something else. Empty where it names the concept in neither way."""
        ways = (word, qualified(catalogue_of(code), word)) if catalogue_of(code) else (word,)
        return next((way for way in ways if code in self.by_word.get(fold(way), ())), "")

    def above(self, code: str) -> Iterator[Concept]:
        """The concepts above a code, the nearest first."""
        return (self.concepts[above] for above in codes_above(code) if above in self.concepts)

    def reach(self, code: str) -> Reach:
        """The codes that are the same as a concept, below it or close to it, by codes and mappings."""
        return self.links.reach(code)

    def is_same_or_below(self, code: str, above: str) -> bool:
        """Whether a code is another or stands below it, by codes or mappings."""
        if is_same_or_below(code, above):
            return True
        roots = self.links.reach(above).below
        return code in roots or any(one in roots for one in codes_above(code))

    def distinct(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Some codes without those that are the same concept as one before them."""
        kept: dict[str, None] = {}
        for code in codes:
            if self.links.reach(code).same.isdisjoint(kept):
                kept[code] = None
        return tuple(kept)

    def classification_of(self, concept: Concept) -> str:
        """The code of the classification that a class belongs to: the nearest above it, or else the topmost code."""
        above = (one.code for one in self.above(concept.code) if one.kind == "classification")
        return next(above, concept.code.split(".")[0])

    def below(self, code: str) -> Iterator[Concept]:
        """The concepts directly below a code, in the order of the file; an empty code means the top ones."""
        return (self.concepts[below] for below in self.concepts.codes_with("above", code))

    def count_below(self, code: str) -> int:
        """How many concepts stand directly below a code."""
        return len(self.concepts.codes_with("above", code))

    def of_kind(self, kind: str, number: str = "") -> Sequence[str]:
        """The codes of the concepts of a kind; of object types, of which some are plural, those of a number too."""
        return self.concepts.codes_with("kind", kind_with_number(kind, number))

    def of_unit(self, unit: str) -> Iterator[Concept]:
        """The object types of a unit type."""
        return (self.concepts[code] for code in self.concepts.codes_with("unit", unit))

    def classified_by(self, classification: str) -> Sequence[str]:
        """The codes of the characteristics whose values are the classes of a classification."""
        return self.concepts.codes_with("classification", classification)


class Clash(NamedTuple):
    """A code or a word that several concepts share; `concept` is not the first to have it.

    `word` is empty where it is the code (VKD601), of which there is a clash for each concept but the first. Of a word
    there is one, and `codes` are all the concepts that it names (VKD602).
    """

    file: VocabularyFile
    concept: Concept
    first: Concept
    word: str
    codes: tuple[str, ...]


def build_vocabulary(name: VocabularyName, files: Sequence[VocabularyFile]) -> tuple[Vocabulary, tuple[Clash, ...]]:
    """A vocabulary from its files, and which of their concepts clash with others before them."""
    clashes: list[Clash] = []
    concepts: dict[str, Concept] = {}
    inheritance, words = Inheritance(dated=name == "names"), _Words()
    for file in files:
        for concept in file.concepts:
            first = concepts.get(concept.code)
            if first is not None:
                clashes.append(Clash(file, concept, first, "", ()))
                continue
            concepts[concept.code] = inheritance.take(concept)
            for word in words.add(concept):
                clashes.append(Clash(file, concept, concept, word, ()))
    for code, passed in inheritance.settled():
        concepts[code] = taking(concepts[code], passed)
    vocabulary = Vocabulary(name, HeldConcepts(concepts), words.by_word())
    whole = [_with_all(clash, vocabulary) if clash.word else clash for clash in clashes]
    return vocabulary, tuple(clash for clash in whole if not is_of_many_classifications(clash, vocabulary))


def clash_problem(clash: Clash) -> Problem:
    """The problem for a clash, at its place in the vocabulary file: VKD601 for a code, VKD602 for a word."""
    file, concept, first, word, codes = clash
    if not word:
        return file.problem_at("VKD601", concept.row, "code", CodeTwice(concept.code, first.source, first.row))
    return file.problem_at("VKD602", concept.row, _column_of(concept, word, file), SharedWord(word, codes))


def orphan_problems(file: VocabularyFile, concepts: Mapping[str, Concept]) -> Iterator[Problem]:
    """The concepts of a file whose concept above is missing (VKD603)."""
    for concept in file.each_concept():
        above = code_above(concept.code)
        if above and above not in concepts:
            yield file.problem_at("VKD603", concept.row, "code", NoneAbove(concept.code, above))


def is_of_many_classifications(clash: Clash, vocabulary: Vocabulary) -> bool:
    """Whether a word names one class in each of several classifications, as it may where one replaces another."""
    concepts = [vocabulary.concepts[code] for code in clash.codes]
    if not concepts or not all(concept.kind == "class" for concept in concepts):
        return False
    return len({vocabulary.classification_of(concept) for concept in concepts}) == len(concepts)


class _Words:
    """The words of a vocabulary while it is built; most name one concept, some name many."""

    def __init__(self) -> None:
        self._one: dict[str, tuple[str, ...]] = {}
        self._several: dict[str, dict[str, None]] = {}

    def add(self, concept: Concept) -> list[str]:
        """Adds a concept's words. Returns those that name two concepts now."""
        clashing: list[str] = []
        code = concept.code
        for word in concept.words():
            folded = fold(word)
            had = self._one.setdefault(folded, (code,))
            if had[0] == code:
                continue
            several = self._several.get(folded)
            if several is None:
                self._several[folded] = dict.fromkeys((*had, code))
                clashing.append(word)
            else:
                several[code] = None
        return clashing

    def by_word(self) -> dict[str, tuple[str, ...]]:
        """For each word the codes of the concepts it names, in the order they were entered."""
        return self._one | {word: tuple(codes) for word, codes in self._several.items()}


def _with_all(clash: Clash, vocabulary: Vocabulary) -> Clash:
    """A clash of words with the codes of all concepts that share the word."""
    codes = vocabulary.by_word[fold(clash.word)]
    return clash._replace(first=vocabulary.concepts[codes[0]], codes=codes)


def _column_of(concept: Concept, word: str, file: VocabularyFile) -> str:
    for column, labels in (("prefLabel", concept.preferred), ("altLabel", concept.synonyms)):
        for label in labels:
            if label.text == word and f"{column}@{label.language}" in file.columns:
                return f"{column}@{label.language}"
    return "notation"


def words_of(concepts: Iterable[Concept]) -> Iterator[str]:
    """Every word of some concepts, for suggestions."""
    for concept in concepts:
        yield from concept.words()
