"""The documentations of one catalogue, by path and by id."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path

from vkd_catalog.documents.documentation import Documentation, read_documentation, unread_documentation
from vkd_catalog.files import FileReader
from vkd_catalog.folders import matching_files
from vkd_catalog.problems import WrongDocumentation
from vkd_grammar.syntax import Problem
from vkd_grammar.words import fold


class DocumentArchive:
    """Some documentations, in the order of their paths, which are relative to the workspace's root."""

    def __init__(self, documentations: Iterable[Documentation]) -> None:
        self.documentations = tuple(documentations)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DocumentArchive) and self.documentations == other.documentations

    def __hash__(self) -> int:
        return hash(self.documentations)

    @cached_property
    def by_path(self) -> Mapping[str, Documentation]:
        """The documentations by their paths."""
        return {one.path: one for one in self.documentations}

    @cached_property
    def by_id(self) -> Mapping[str, tuple[Documentation, ...]]:
        """The documentations by their ids, compared as words are; more than one of an id is an error."""
        found: dict[str, tuple[Documentation, ...]] = {}
        for one in self.documentations:
            if one.id:
                found[fold(one.id)] = (*found.get(fold(one.id), ()), one)
        return found

    def named(self, id_: str) -> Documentation | None:
        """The documentation of an id, the first by path where several have it; None where there is none."""
        return next(iter(self.by_id.get(fold(id_), ())), None)

    def problems_of(self, one: Documentation) -> tuple[Problem, ...]:
        """What is wrong with a documentation, also beside the others: an id that another has too."""
        same = [other for other in self.by_id.get(fold(one.id), ()) if other.path != one.path] if one.id else []
        if not same:
            return one.problems
        facts = WrongDocumentation("twice", one.id, same[0].path, same[0].place[0])
        return (Problem("VKD801", *one.place, facts), *one.problems)

    def with_documentation(self, documentation: Documentation) -> "DocumentArchive":
        """The same archive with one documentation as it stands in an editor."""
        others = (one for one in self.documentations if one.path != documentation.path)
        return DocumentArchive(sorted((*others, documentation), key=lambda one: one.path))


NO_DOCUMENTS = DocumentArchive(())
"""The archive of a workspace without documentations."""


def read_documents(root: Path, patterns: Iterable[str]) -> DocumentArchive:
    """The documentations that the patterns of `[documents] include` lead to from a workspace's root."""
    found = matching_files(root, patterns)
    reader = FileReader(root)
    read = [_read(path, reader.read, reader.unread) for path in found.paths]
    lost = [unread_documentation(path, why) for path, why in found.unread]
    return DocumentArchive(sorted((*read, *lost), key=lambda one: one.path))


def _read(path: str, read: Callable[[str], bytes | None], unread: Mapping[str, str]) -> Documentation:
    data = read(path)
    return unread_documentation(path, unread[path]) if data is None else read_documentation(path, data)
