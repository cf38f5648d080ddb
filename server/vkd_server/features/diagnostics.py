"""Diagnostics: what is wrong with a description, document or vocabulary, said in words (docs/language.md section 8).

The lower floors find most problems and the rules the rest; here they become diagnostics with a severity, a message and,
when asked for, fixes. What a description's own text and the vocabularies decide (`diagnose`) is kept apart from what
other descriptions decide (`diagnose_beside`), so that the first can be kept for as long as the description stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from os.path import isabs
from typing import TYPE_CHECKING, NamedTuple, cast

from vkd_catalog.files import printable
from vkd_grammar.problems import Unreadable
from vkd_grammar.syntax import Description, Problem
from vkd_grammar.text import Position
from vkd_grammar.words import fold
from vkd_server.features.in_order import InOrder
from vkd_server.rules import rule_of, rules_that_check
from vkd_server.rules.rule import Context, Fix, Level, Related, Severity, TextEdit
from vkd_server.rules.shared.addresses import path_exists
from vkd_server.rules.shared.personal import masked

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue, Namesakes
    from vkd_catalog.coding import CodedDescription
    from vkd_catalog.documents import Documentation
    from vkd_catalog.vocabulary import MappingFile, VocabularyFile
    from vkd_grammar.document import Document
    from vkd_grammar.text import Undecodable

    NamesakesOf = Callable[[str], Namesakes]

_LONGEST_MESSAGE = 300
_IGNORE = re.compile(r"[^\S\r\n]*#?\s*vkd:\s*ignore\[([^\]]*)\]", re.IGNORECASE)
_NOTHING: frozenset[str] = frozenset()


class Diagnostic(NamedTuple):
    """One finding at its place: rows and columns from 0, columns in code points, the end exclusive."""

    code: str
    severity: Severity
    message: str
    path: str
    start: Position
    end: Position
    problem: Problem
    context: Context

    def fixes(self) -> tuple[Fix, ...]:
        """The fixes, the likeliest first. They are made when asked for, since looking for near words takes long.

        In a public catalogue there are none that change a file.
        """
        fixes = rule_of(self.code).fixes(self.problem, self.context)
        return tuple(
            _with_distinct_titles(fix for fix in fixes if all(self._may_change(edit.path) for edit in fix.edits))
        )

    def _may_change(self, path: str) -> bool:
        """Whether a fix may change a file: this one, and those of the workspace where it is not a public one."""
        is_outside = isabs(path) or path.replace("\\", "/").startswith("../")
        return path == self.path or not (is_outside or self.context.catalogue.is_public)

    def fixes_in(self, language: str) -> tuple[Fix, ...]:
        """The fixes with their titles in a language, which need not be the catalogue's."""
        return self._replace(context=self.context._replace(speaks=language)).fixes()

    def related(self) -> tuple[Related, ...]:
        """Other places that have to do with the diagnostic, as the first of two that clash; a public catalogue names
        none of its files."""
        related = rule_of(self.code).related(self.problem, self.context)
        return tuple(one for one in related if one.path == self.path or not self.context.catalogue.is_public)

    def message_in(self, language: str) -> str:
        """The diagnostic's message in a language, which need not be the catalogue's."""
        return _fit(rule_of(self.code).message(self.problem, self.context._replace(speaks=language)))

    def key(self, row: int) -> str:
        """A text that no other diagnostic of the same description has, wherever the description stands; its text starts
        at `row`."""
        return f"{self.code}:{self.start.row - row}:{self.start.column}"

    def moved(self, row: int) -> Diagnostic:
        """The same diagnostic after its description has moved to another row."""
        start, end = _place(self.problem, row)
        return self._replace(start=start, end=end, context=self.context._replace(row=row))


def diagnose(
    coded: CodedDescription,
    lines: Sequence[str],
    path: str,
    catalogue: Catalogue,
    *,
    exists: Callable[[str], bool] = path_exists,
    row: int = 0,
    silenced: frozenset[str] = _NOTHING,
) -> tuple[Diagnostic, ...]:
    """The diagnostics that follow from one description's text, the vocabularies and the settings, and whether its
    addresses lead anywhere.

    `row` is where its `lines` start. `silenced` holds the codes that the file's first line ignores (`silenced_in`).
    """
    settings = _settings_of(catalogue)
    context = Context(catalogue, path, row, lines, coded, _nowhere, exists)
    problems = coded.problems
    for check in settings.checks:
        problems += tuple(check(context))
    return tuple(_diagnostics(problems, context, settings.levels, silenced)) if problems else ()


def diagnose_beside(
    coded: CodedDescription,
    lines: Sequence[str],
    path: str,
    catalogue: Catalogue,
    namesakes: NamesakesOf,
    *,
    row: int = 0,
    silenced: frozenset[str] = _NOTHING,
) -> tuple[Diagnostic, ...]:
    """The diagnostics of a description that follow from other descriptions (VKD404). `namesakes` knows those of this
    file too."""
    settings = _settings_of(catalogue)
    context = Context(catalogue, path, row, lines, coded, namesakes, path_exists)
    problems = tuple(problem for check in settings.checks_beside for problem in check(context))
    return tuple(_diagnostics(problems, context, settings.levels, silenced)) if problems else ()


def diagnose_held(
    problems: Sequence[Problem],
    coded: CodedDescription,
    lines: Sequence[str],
    path: str,
    catalogue: Catalogue,
    *,
    row: int = 0,
    silenced: frozenset[str] = _NOTHING,
) -> tuple[Diagnostic, ...]:
    """The diagnostics of what was found where a description was held to its data (VKD701 to VKD706)."""
    context = Context(catalogue, path, row, lines, coded, _nowhere, path_exists)
    return tuple(_diagnostics(problems, context, _settings_of(catalogue).levels, silenced)) if problems else ()


def diagnose_document(
    document: Document,
    path: str,
    catalogue: Catalogue,
    *,
    elsewhere: NamesakesOf | None = None,
    exists: Callable[[str], bool] = path_exists,
    faults: Sequence[Undecodable] = (),
) -> tuple[Diagnostic, ...]:
    """Everything about one document, in the order of the text. `path` is relative to the workspace's root.

    `elsewhere` tells of the products of an identification in other files; without it the register is asked. `faults`
    are what could not be read as UTF-8.
    """
    silenced = silenced_in(document.lines)
    found = list(_undecodable(document, faults, path, catalogue, silenced))
    products: list[tuple[int, str, int]] = []
    in_order = InOrder()
    for index, row in enumerate(document.rows):
        lines = document.piece_lines(index)
        called = in_order.called(lines)
        if called is not None and in_order.has(called):
            if called.kind == "product":
                products.append((index, called.identification, row))
            continue
        coded = catalogue.coder.code(document.descriptions[index])
        diagnostics = diagnose(coded, lines, path, catalogue, exists=exists, row=row, silenced=silenced)
        found += diagnostics
        if called is not None and not diagnostics:
            in_order.learn(called)
        header = coded.description.header
        if header is not None and coded.kind == "product" and coded.identification:
            products.append((index, coded.identification, row + header.row))
    known = _with_own(products, path, elsewhere or (lambda name: catalogue.namesakes_elsewhere(name, path)))
    for index, identification, _ in products:
        if known(identification).total > 1:
            coded, lines = catalogue.coder.code(document.descriptions[index]), document.piece_lines(index)
            found += diagnose_beside(coded, lines, path, catalogue, known, row=document.rows[index], silenced=silenced)
    return tuple(sorted(found, key=_by_place))


def diagnose_unreadable(path: str, catalogue: Catalogue) -> tuple[Diagnostic, ...]:
    """The diagnostic of a file that is no text at all (VKD009)."""
    problem = Problem("VKD009", 0, 0, 0, Unreadable("binary"))
    context = Context(catalogue, path, 0, (), _nothing_coded(), _nowhere, path_exists)
    return tuple(_diagnostics([problem], context, _settings_of(catalogue).levels, _NOTHING))


def diagnose_vocabulary(
    file: VocabularyFile | MappingFile,
    catalogue: Catalogue,
    rows: range | None = None,
    namesakes: NamesakesOf | None = None,
) -> tuple[Diagnostic, ...]:
    """Everything about a file of a vocabulary or of mappings, or about some rows of it (VKD601 to VKD608), in the order
    of its text.

    `namesakes` tells which products have an identification; without it nothing is said of those that the file names.
    """
    from vkd_catalog.vocabulary import VocabularyFile, missing_products

    problems = catalogue.vocabularies.problems.get(file.path, ())
    if namesakes is not None and isinstance(file, VocabularyFile):
        problems += tuple(
            missing_products(file, catalogue.vocabularies, lambda identification: namesakes(identification).total > 0)
        )
    if rows is not None:
        problems = tuple(problem for problem in problems if problem.row in rows)
    if not problems:
        return ()
    context = Context(catalogue, file.path, 0, file.lines, _nothing_coded(), _nowhere, path_exists)
    found = _diagnostics(problems, context, _settings_of(catalogue).levels, _NOTHING)
    return tuple(sorted(found, key=_by_place))


def diagnose_documentation(
    documentation: Documentation, lines: Sequence[str], catalogue: Catalogue
) -> tuple[Diagnostic, ...]:
    """Everything about one documentation of a catalogue, given its lines (VKD009, VKD801, VKD802), in the order of its
    text."""
    problems = catalogue.documents.problems_of(documentation)
    context = Context(catalogue, documentation.path, 0, lines, _nothing_coded(), _nowhere, path_exists)
    found = _diagnostics(problems, context, _settings_of(catalogue).levels, _NOTHING)
    return tuple(sorted(found, key=_by_place))


def diagnose_settings(lines: Sequence[str], catalogue: Catalogue) -> tuple[Diagnostic, ...]:
    """What is found in a catalogue's `vkd.toml`, given its lines: catalogues that cannot be read (VKD403), and patterns
    that lead to no file (VKD405)."""
    from vkd_catalog.configuration import FILE_NAME
    from vkd_server.rules.vkd403_address_not_found import catalogues_not_found
    from vkd_server.rules.vkd405_file_not_included import patterns_without_files

    context = Context(catalogue, FILE_NAME, 0, lines, _nothing_coded(), _nowhere, path_exists)
    problems = (*catalogues_not_found(lines, catalogue.root), *patterns_without_files(lines, catalogue.root))
    return tuple(_diagnostics(problems, context, _settings_of(catalogue).levels, silenced_in(lines[:1])))


def silenced_in(lines: Sequence[str]) -> frozenset[str]:
    """The codes that a file's first line ignores for all of the file."""
    return _ignored(lines[0]) if lines and "#" in lines[0] else _NOTHING


class _Settings(NamedTuple):
    levels: Mapping[str, Level]
    checks: tuple[Callable[[Context], Iterator[Problem]], ...]
    checks_beside: tuple[Callable[[Context], Iterator[Problem]], ...]


def _settings_of(catalogue: Catalogue) -> _Settings:
    return _settings(tuple(catalogue.configuration.levels.items()))


@lru_cache(maxsize=16)
def _settings(changed: tuple[tuple[str, str], ...]) -> _Settings:
    """The levels that are changed, and the checks of the rules that are not off; one that is off is not imported."""
    levels = cast("dict[str, Level]", dict(changed))
    rules = rules_that_check(levels)
    return _Settings(
        levels,
        tuple(one.check for one in rules if one.check and not one.beside),
        tuple(one.check for one in rules if one.check and one.beside),
    )


def _diagnostics(
    problems: Iterable[Problem], context: Context, levels: Mapping[str, Level], silenced: frozenset[str]
) -> Iterator[Diagnostic]:
    everywhere, by_row = _silenced_by_comments(context.coded.description)
    silenced |= everywhere
    for problem in problems:
        code = problem.code
        level = levels.get(code) or rule_of(code).level
        if level == "error" and rule_of(code).warns(problem, context):
            level = "warning"
        if level != "off" and code not in silenced and code not in by_row.get(problem.row, _NOTHING):
            message = _fit(rule_of(code).message(problem, context))
            yield Diagnostic(code, level, message, context.path, *_place(problem, context.row), problem, context)


def _place(problem: Problem, row: int) -> tuple[Position, Position]:
    row += problem.row
    return Position(row, problem.start), Position(row, problem.end)


def _with_distinct_titles(fixes: Iterable[Fix]) -> Iterator[Fix]:
    """Fixes with the same edits only once, and with titles that differ: titles that were cut to the same text get a
    number."""
    done: set[tuple[TextEdit, ...]] = set()
    titles: Counter[str] = Counter()
    for fix in fixes:
        if fix.edits in done:
            continue
        done.add(fix.edits)
        title = _fit(fix.title)
        titles[title] += 1
        yield fix._replace(title=title if titles[title] == 1 else f"{title} ({titles[title]})")


def _fit(text: str) -> str:
    """A text cut to the longest that is allowed, with personal identity numbers masked."""
    text = printable(masked(text))
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


def _silenced_by_comments(description: Description) -> tuple[frozenset[str], dict[int, frozenset[str]]]:
    """The codes a doc comment ignores for the description, and those that comments above sentences do, by row."""
    if not any("[" in comment.text for comment in description.comments):
        return _NOTHING, {}
    by_comment = {comment.row: _ignored(comment.text) for comment in description.comments}
    everywhere = _NOTHING.union(*(by_comment[comment.row] for comment in description.documentation))
    by_row: dict[int, frozenset[str]] = {}
    for sentence in description.sentences:
        row = sentence.row - 1
        while row in by_comment:
            by_row[sentence.row] = by_row.get(sentence.row, _NOTHING) | by_comment[row]
            row -= 1
    return everywhere, by_row


def _ignored(comment: str) -> frozenset[str]:
    match = _IGNORE.match(comment)
    return frozenset(code.strip().upper() for code in match[1].split(",")) if match else _NOTHING


def _undecodable(
    document: Document, faults: Sequence[Undecodable], path: str, catalogue: Catalogue, silenced: frozenset[str]
) -> Iterator[Diagnostic]:
    """One diagnostic for a whole file, at its first byte that is not UTF-8: a file in another encoding has
    thousands."""
    for fault in faults[:1]:
        facts = Unreadable("utf-8", byte=fault.byte)
        problem = Problem("VKD009", *fault.position, fault.position.column + 1, facts)
        context = Context(catalogue, path, 0, document.lines, _nothing_coded(), _nowhere, path_exists)
        yield from _diagnostics([problem], context, _settings_of(catalogue).levels, silenced)


def _with_own(products: Iterable[tuple[int, str, int]], path: str, elsewhere: NamesakesOf) -> NamesakesOf:
    """The products of an identification: of this document as it stands now, given as number, identification and row,
    then those that `elsewhere` knows.

    Each identification is looked up once, whatever the number of its products.
    """
    from vkd_catalog.catalogue import ProductPlace, namesakes_of

    own: dict[str, list[ProductPlace]] = {}
    for _, identification, row in products:
        own.setdefault(fold(identification), []).append(ProductPlace(identification, path, row))

    @cache
    def namesakes(name: str) -> Namesakes:
        return namesakes_of(own.get(name, ())).besides(elsewhere(name))

    return lambda identification: namesakes(fold(identification))


def _nowhere(_identification: str) -> Namesakes:
    from vkd_catalog.catalogue import namesakes_of

    return namesakes_of(())


@lru_cache(maxsize=1)
def _nothing_coded() -> CodedDescription:
    """An empty description, for problems that stand in none."""
    from vkd_catalog.coding import CodedDescription
    from vkd_catalog.technical import TechnicalData

    return CodedDescription(Description(None, (), (), 0, ()), "", TechnicalData({}, ()), (), ())


def _by_place(diagnostic: Diagnostic) -> tuple[Position, Position, str]:
    return diagnostic.start, diagnostic.end, diagnostic.code
