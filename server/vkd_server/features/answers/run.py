"""Running demands: from a document to the answers of its demands (docs/language.md sections 6, 7 and 10)."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation import DEFAULT_MAX_SETS, Answer, evaluate, invalid
from vkd_catalog.languages import is_language
from vkd_grammar.document import Document
from vkd_grammar.kinds import language_of
from vkd_grammar.syntax import Description
from vkd_server.features.diagnostics import Diagnostic, diagnose, silenced_in
from vkd_server.rules.shared.personal import masked

if TYPE_CHECKING:
    from typing import Literal

    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation.funnel import Survivors


class RunOptions(NamedTuple):
    """How demands are run: `language` and `archive` override what a demand's own header decides."""

    max_sets: int = DEFAULT_MAX_SETS
    language: str | None = None
    archive: "Literal['data', 'document', 'both'] | None" = None


def _no_survivors() -> "tuple[Survivors, ...]":
    return ()


class Run(NamedTuple):
    """One demand with its answer; `diagnostics` is what is wrong with one that cannot be run.

    `funnel` tells how many information sets survive up to each line, found when it is first asked for.
    """

    demand: CodedDescription
    answer: Answer
    diagnostics: tuple[Diagnostic, ...]
    funnel: "Callable[[], tuple[Survivors, ...]]" = _no_survivors


def run_document(
    document: Document, path: str, catalogue: "Catalogue", options: RunOptions = RunOptions()
) -> Iterator[Run]:
    """The answers to every demand of a document, in order. `path` is named in the answers and diagnostics."""
    for index in range(len(document.rows)):
        run = run_piece(document, index, path, catalogue, options)
        if run is not None:
            yield run


def run_piece(
    document: Document, index: int, path: str, catalogue: "Catalogue", options: RunOptions = RunOptions()
) -> Run | None:
    """The answer to one description of a document; None where it is not a demand."""
    asked = asked_in(document, index, path, catalogue)
    return run_asked(asked, catalogue, options) if asked is not None else None


class Asked(NamedTuple):
    """One demand of a document, ready to be run: its description, the row where that starts, and the diagnostics of a
    demand that cannot be run."""

    demand: CodedDescription
    path: str
    row: int
    runnable: bool
    diagnostics: tuple[Diagnostic, ...]

    @property
    def id(self) -> str:
        """The demand's identification; masked if it cannot be run, as it may hold a personal identity number."""
        return self.demand.identification if self.runnable else masked(self.demand.identification)

    @property
    def line(self) -> int:
        """The line of the header in its file, from 1."""
        header = self.demand.description.header
        return self.row + (header.row if header else 0) + 1


def asked_in(document: Document, index: int, path: str, catalogue: "Catalogue") -> Asked | None:
    """One description of a document as a demand; None where it is none."""
    description, row = document.descriptions[index], document.rows[index]
    if description.kind != "demand":
        return None
    coded = catalogue.coder.code(description)
    found = diagnose(coded, document.piece_lines(index), path, catalogue, row=row, silenced=silenced_in(document.lines))
    runnable = _can_be_run(coded) and not any(one.severity == "error" for one in found)
    return Asked(coded, path, row, runnable, found)


def run_asked(asked: Asked, catalogue: "Catalogue", options: RunOptions = RunOptions()) -> Run:
    """The answer to a demand."""
    coded, path, row, runnable, found = asked
    language = options.language or message_language(coded.description, catalogue)
    if not runnable:
        answer = invalid(coded, path=path, row=row, language=language)
        return Run(coded, answer._replace(id=asked.id), found)
    answer = evaluate(
        coded,
        catalogue.register,
        catalogue.vocabularies,
        path=path,
        row=row,
        language=language,
        archive=options.archive,
        max_sets=options.max_sets,
    )

    @lru_cache(maxsize=1)
    def survivors() -> "tuple[Survivors, ...]":
        from vkd_catalog.evaluation.funnel import funnel

        vocabularies = catalogue.vocabularies
        return funnel(coded, catalogue.register, vocabularies, archive=answer.asked, max_sets=options.max_sets)

    return Run(coded, answer, (), survivors)


def message_language(description: Description, catalogue: "Catalogue") -> str:
    """The language of a demand's message: its header type's; where that is two languages', the catalogue's decides."""
    language = language_of(description.header.type if description.header else None, catalogue.language)
    return language if is_language(language) else "en"


def _can_be_run(coded: CodedDescription) -> bool:
    """Whether every line can be read and has a meaning, whatever levels the diagnostics are set to."""
    return (
        bool(coded.sentences)
        and len(coded.sentences) == len(coded.description.sentences)
        and all(sentence.complete for sentence in coded.sentences)
    )
