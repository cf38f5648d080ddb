"""The four vocabularies of a catalogue together, and whether the codes they name in each other exist."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

from vkd_catalog.problems import DerivedFromItself, MissingCode, MissingProduct
from vkd_catalog.vocabulary.concept import Concept
from vkd_catalog.vocabulary.links import NO_LINKS, Links
from vkd_catalog.vocabulary.mappings import MappingFile, links_in, mapping_problems
from vkd_catalog.vocabulary.rounds import rounds
from vkd_catalog.vocabulary.vocabulary import (
    Clash,
    Vocabulary,
    build_vocabulary,
    clash_problem,
    orphan_problems,
)
from vkd_catalog.vocabulary.vocabulary_file import VocabularyFile
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES, VocabularyName
from vkd_grammar.syntax import Problem
from vkd_grammar.times import Time

OfOthers = Literal["objectTypes", "classification"]
"""The columns that name codes of other vocabularies."""


class Checked(Protocol):
    """What was found when the files of one vocabulary were checked by themselves."""

    def problems(self, path: str) -> tuple[Problem, ...]:
        """What is wrong with a file whatever the other vocabularies say."""
        ...

    def named(self, column: OfOthers) -> Collection[str]:
        """The codes of another vocabulary that a column of any file names, each once."""
        ...

    def products(self) -> Collection[str]:
        """The identifications of the information sets that any file names, each once."""
        ...


class Vocabularies(NamedTuple):
    """The four vocabularies, the files they were read from, and per file what is wrong with it (VKD601 to VKD608).

    `alone` holds, for each of the four, what was found when its files were checked by themselves; `mappings` are the
    files that map concepts to each other.
    """

    object_types: Vocabulary
    names: Vocabulary
    characteristics: Vocabulary
    times: Vocabulary
    files: tuple[VocabularyFile, ...]
    problems: Mapping[str, tuple[Problem, ...]]
    alone: tuple["Checked", ...]
    mappings: tuple[MappingFile, ...] = ()

    def unread(self) -> Mapping[VocabularyName, VocabularyFile]:
        """The vocabularies of which all or many words could not be read, each with a file that could not."""
        return {file.vocabulary: file for file in reversed(self.files) if file.is_unread}

    @property
    def every_file(self) -> tuple[VocabularyFile | MappingFile, ...]:
        """The files of the vocabularies, and of the mappings between their concepts."""
        return (*self.files, *self.mappings)

    def file(self, path: str) -> VocabularyFile | MappingFile | None:
        """The file of a vocabulary, or of mappings, with a path relative to the root; None where there is none."""
        return next((file for file in self.every_file if file.path == path), None)

    @property
    def products_named(self) -> frozenset[str]:
        """The identifications of the information sets that characteristics are derived from."""
        return frozenset(identification for checked in self.alone for identification in checked.products())

    def called(self, name: VocabularyName) -> Vocabulary:
        """The vocabulary with a name."""
        return self[VOCABULARY_NAMES.index(name)]  # type: ignore[return-value]

    def classifications_of(self, characteristic: str, time: Time | None) -> tuple[str, ...]:
        """The codes of the classifications whose classes are a characteristic's values at a time.

        Of several that one after the other are valid it is those that meet the time; a time that says no day meets all.
        """
        concept = self.characteristics.coded(characteristic)
        codes = concept.classifications if concept else ()
        if len(codes) < 2:
            return codes
        names = ((code, self.names.coded(code)) for code in codes)
        return tuple(code for code, name in names if name is None or name.is_valid_at(time))

    @property
    def four(self) -> tuple[Vocabulary, Vocabulary, Vocabulary, Vocabulary]:
        """The vocabularies in the order their words stand in a sentence."""
        return self[:4]


class ProblemsByFile(Mapping[str, tuple[Problem, ...]]):
    """What is wrong with each file of the vocabularies, by its path.

    It is found when first asked for, since answering demands does not need it and finding places takes time.
    """

    def __init__(self, find: Callable[[], Mapping[str, tuple[Problem, ...]]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Mapping[str, tuple[Problem, ...]]:
        return self._find()

    def __getitem__(self, path: str) -> tuple[Problem, ...]:
        return self._found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class Alone(NamedTuple):
    """One vocabulary by itself, the files it was read from, and what was found when they were checked."""

    vocabulary: Vocabulary
    files: Sequence[VocabularyFile]
    checked: Checked


def read_alone(name: VocabularyName, files: Sequence[VocabularyFile]) -> Alone:
    """One vocabulary from its files, in memory."""
    vocabulary, clashes = build_vocabulary(name, files)
    return Alone(vocabulary, files, _CheckedInMemory(files, vocabulary, clashes))


def build_vocabularies(files: Sequence[VocabularyFile], mappings: Sequence[MappingFile] = ()) -> Vocabularies:
    """The four vocabularies from their files, in the order given; a vocabulary without a file is empty."""
    four = (read_alone(name, [file for file in files if file.vocabulary == name]) for name in VOCABULARY_NAMES)
    return together(list(four), mappings)


def with_file(vocabularies: Vocabularies, file: VocabularyFile) -> Vocabularies:
    """The vocabularies with another state of one of their files, by its path; the other files stay."""
    four = _each_alone(vocabularies)
    number = VOCABULARY_NAMES.index(file.vocabulary)
    four[number] = read_alone(file.vocabulary, [file if had.path == file.path else had for had in four[number].files])
    return together(four, vocabularies.mappings)


def with_mappings(vocabularies: Vocabularies, file: MappingFile) -> Vocabularies:
    """The vocabularies with another state of one of their files of mappings, by its path."""
    mappings = [file if had.path == file.path else had for had in vocabularies.mappings]
    return together(_each_alone(vocabularies), mappings)


def products_named(file: VocabularyFile) -> Iterator[tuple[Concept, str]]:
    """The concepts of a file that are derived from a characteristic in a certain information set, with its
    identification."""
    for concept in file.each_concept():
        for parts in concept.derived_from:
            yield from ((concept, part.product) for part in parts if part.product)


def missing_products(
    file: VocabularyFile, vocabularies: Vocabularies, is_product: Callable[[str], bool]
) -> Iterator[Problem]:
    """A problem (VKD605) for each identification that a file of some vocabularies names and no product has. Other
    problems need only the vocabularies."""
    missing = {one for one in vocabularies.products_named if not is_product(one)}
    # The rows are gone through only where something is missing.
    for concept, identification in products_named(file) if missing else ():
        if identification in missing:
            facts = MissingProduct(identification, "derivedFrom")
            yield file.problem_at("VKD605", concept.row, "derivedFrom", facts)


def together(four: Sequence[Alone], mappings: Sequence[MappingFile]) -> Vocabularies:
    """The four vocabularies, each read by itself, with the mappings between their concepts."""
    files = tuple(file for one in four for file in one.files)
    alone = tuple(one.checked for one in four)
    built = [one.vocabulary for one in four]
    problems = ProblemsByFile(
        lambda: {
            **_problems(files, built, alone),
            **{file.path: mapping_problems(file, [one.concepts for one in built]) for file in mappings},
        }
    )
    object_types, names, characteristics, times = (_linked(vocabulary, mappings) for vocabulary in built)
    return Vocabularies(object_types, names, characteristics, times, files, problems, alone, tuple(mappings))


def _each_alone(vocabularies: Vocabularies) -> list[Alone]:
    return [
        Alone(vocabulary, [file for file in vocabularies.files if file.vocabulary == vocabulary.name], checked)
        for vocabulary, checked in zip(vocabularies.four, vocabularies.alone, strict=True)
    ]


def _linked(vocabulary: Vocabulary, mappings: Sequence[MappingFile]) -> Vocabulary:
    links = links_in(mappings, vocabulary.concepts)
    if not links and vocabulary.links is NO_LINKS:
        return vocabulary
    return vocabulary._replace(links=Links(links) if links else NO_LINKS)


def _problems(
    files: Sequence[VocabularyFile], built: Sequence[Vocabulary], alone: Sequence[Checked]
) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with each file by itself, and with the codes of other vocabularies that it names."""
    unread = {file.vocabulary for file in files if file.is_unread}
    problems: dict[str, dict[Problem, None]] = {}
    for file in files:
        checked = alone[VOCABULARY_NAMES.index(file.vocabulary)]
        found = (*checked.problems(file.path), *_missing_elsewhere(file, checked, built, unread))
        problems.setdefault(file.path, {}).update(dict.fromkeys(found))
    return {path: tuple(found) for path, found in problems.items()}


class _CheckedInMemory:
    """What is found in the files of one vocabulary, when somebody first asks."""

    def __init__(self, files: Sequence[VocabularyFile], vocabulary: Vocabulary, clashes: Sequence[Clash]) -> None:
        self._files = files
        self._vocabulary = vocabulary
        self._clashes = clashes

    def problems(self, path: str) -> tuple[Problem, ...]:
        return self._found[path]

    def named(self, column: OfOthers) -> Collection[str]:
        return {code for file in self._files for concept in file.each_concept() for code in _codes_in(concept, column)}

    def products(self) -> Collection[str]:
        return {identification for file in self._files for _, identification in products_named(file)}

    @cached_property
    def _found(self) -> Mapping[str, tuple[Problem, ...]]:
        problems: dict[str, list[Problem]] = {file.path: list(file.problems) for file in self._files}
        for clash in self._clashes:
            problems[clash.file.path].append(clash_problem(clash))
        for path, problem in missing_in(self._files, self._vocabulary):
            problems[path].append(problem)
        sources = {code: source_codes(concept) for code, concept in self._vocabulary.concepts.items()}
        for path, problem in circles_in(self._files, self._vocabulary, sources):
            problems[path].append(problem)
        return {path: tuple(found) for path, found in problems.items()}


def missing_in(files: Sequence[VocabularyFile], vocabulary: Vocabulary) -> Iterator[tuple[str, Problem]]:
    """The problems of the files of one vocabulary, by their paths: concepts that have none above them (VKD603), or name
    codes that the vocabulary does not have (VKD605)."""
    # What seems to be missing where a file could not be read may stand in it: that it was not read is told once, there.
    for file in () if any(file.is_unread for file in files) else files:
        yield from ((file.path, problem) for problem in orphan_problems(file, vocabulary.concepts))
        yield from ((file.path, problem) for problem in _missing_codes(file, OF_ITS_OWN, vocabulary))


def codes_of_others(concept: Concept) -> Iterator[tuple[OfOthers, Sequence[str]]]:
    """The codes of other vocabularies that a concept names, by the column."""
    yield "objectTypes", concept.object_types
    yield "classification", concept.classifications


def codes_named(concept: Concept) -> Iterator[str]:
    """The codes of its own vocabulary that a concept names."""
    for column in OF_ITS_OWN:
        yield from _codes_in(concept, column)


def source_codes(concept: Concept) -> Sequence[str]:
    """The codes that a concept is derived from."""
    return _codes_in(concept, "derivedFrom")


_Column = Literal["seeAlso", "of", "derivedFrom"] | OfOthers
OF_ITS_OWN: tuple[_Column, ...] = ("seeAlso", "of", "derivedFrom")
"""The columns that name codes of the vocabulary itself."""

OF_OTHERS: Mapping[OfOthers, VocabularyName] = {"objectTypes": "object-types", "classification": "names"}
"""The vocabularies whose codes columns of others name."""


def _codes_in(concept: Concept, column: _Column) -> Sequence[str]:
    """The codes that a column names."""
    match column:
        case "seeAlso":
            return concept.see_also
        case "objectTypes":
            return concept.object_types
        case "classification":
            return concept.classifications
        case "of":
            return (concept.of,) if concept.of else ()
        case "derivedFrom":
            return [one.code for part in concept.derived_from for one in part]


def _missing_elsewhere(
    file: VocabularyFile, checked: Checked, built: Sequence[Vocabulary], unread: Collection[VocabularyName]
) -> Iterator[Problem]:
    """The codes of other vocabularies that a file names and that are none (VKD605)."""
    for column, name in OF_OTHERS.items():
        other = built[VOCABULARY_NAMES.index(name)].concepts
        # Its rows are gone through only where something is missing.
        if name not in unread and not all(code in other for code in checked.named(column)):
            yield from _missing_codes(file, (column,), built[VOCABULARY_NAMES.index(name)])


def _missing_codes(file: VocabularyFile, columns: Sequence[_Column], vocabulary: Vocabulary) -> Iterator[Problem]:
    """The codes that some columns of a file name and a vocabulary does not have (VKD605)."""
    for concept in file.each_concept():
        for column in columns:
            for code in _codes_in(concept, column):
                if code not in vocabulary.concepts:
                    facts = MissingCode(code, column, vocabulary.name)
                    yield file.problem_at("VKD605", concept.row, column, facts)


def circles_in(
    files: Sequence[VocabularyFile], vocabulary: Vocabulary, sources: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Problem]]:
    """A problem (VKD606), by the path of its file, for each characteristic that is derived from itself, directly or
    over others. `sources` are the codes that each is derived from."""
    if vocabulary.name != "characteristics":
        return
    known = {code: [one for one in named if one in vocabulary.concepts] for code, named in sources.items() if named}
    circular: dict[str, frozenset[str]] = {}
    for together in rounds(known, lambda code: known.get(code, ())):
        if len(together) > 1 or together[0] in known.get(together[0], ()):
            circular |= dict.fromkeys(together, frozenset(together))
    for file in files if circular else ():
        for concept in file.each_concept():
            if concept.code in circular:
                facts = DerivedFromItself(concept.code, _way_back(concept.code, known, circular[concept.code]))
                yield file.path, file.problem_at("VKD606", concept.row, "derivedFrom", facts)


_FARTHEST = 100
"""So many codes are looked at for a way back: of a circle so large nobody reads each code, and each has its own way."""


def _way_back(code: str, sources: Mapping[str, Sequence[str]], together: Collection[str]) -> tuple[str, ...]:
    """The codes on a shortest way from a code over its sources back to itself; of a long way only the beginning and the
    end."""
    came_from: dict[str, str] = {}
    here = deque([code])
    at = code
    while here and code not in came_from and len(came_from) < _FARTHEST:
        at = here.popleft()
        for source in sources[at]:
            if source not in came_from and source in together:
                came_from[source] = at
                here.append(source)
    way = [code]
    if code not in came_from:
        way += ["…", at]
    while len(way) == 1 or way[-1] != code:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
