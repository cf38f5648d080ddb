"""Checking the files of one workspace, and only those that have changed since the last time."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.configuration import Configuration
from vkd_catalog.federation.neighbours import named_catalogues
from vkd_catalog.files import FileReader, Reason
from vkd_catalog.folders import leading_to, matches, product_files
from vkd_server.cli.finding import Finding
from vkd_server.cli.inputs import Source
from vkd_server.cli.outcome_cache import Others, Outcome, OutcomeCache, Place, digest_of
from vkd_server.cli.writing import write
from vkd_server.rules.shared.addresses import path_exists

if TYPE_CHECKING:
    from vkd_catalog.documents import DocumentArchive
    from vkd_grammar.parser import Parser
    from vkd_server.cli.file_checker import FileChecker, Unheld


class Checked(NamedTuple):
    """What was found in one file, or why it could not be read; its path is relative to the workspace's root. `unheld`
    are its products that should have been held to their data and could not."""

    configuration: Configuration
    path: str
    findings: tuple[Finding, ...]
    unread: Reason | None = None
    unheld: tuple[Unheld, ...] = ()


class Checker:
    """Checks files of one workspace. `parser` gives the parser when the first file has to be read anew."""

    def __init__(self, configuration: Configuration, parser: Callable[[], Parser]) -> None:
        self._configuration = configuration
        self._parser = parser
        self._files = FileReader(configuration.root)
        self._outcomes: dict[str, Outcome] = {}
        self._ahead: dict[str, tuple[str, Outcome | None]] = {}
        self._places: dict[str, list[Place]] = {}
        self._counts: Counter[str] = Counter()
        self._counts_here: Counter[tuple[str, str]] = Counter()
        self._indexed: set[str] = set()
        self._indexed_all_but: str | None = None

    def check(self, source: Source, *, all_fixes: bool) -> Checked:
        """What is found in a file. With `all_fixes` fixes are looked for everywhere, else only where they are shown.

        A vocabulary that cannot be read is a finding; descriptions that cannot are `unread`.
        """
        path = source.path
        data = self._files.read(path)
        if source.is_documentation:
            return Checked(self._configuration, path, self._file_checker.documentation(path, data))
        if data is None and not source.is_vocabulary:
            return Checked(self._configuration, path, (), self._files.unread[path])
        if source.is_settings:
            # What they name may change though they do not.
            return Checked(self._configuration, path, self._at_settings(data or b""))
        digest = self._files.digests[path]
        outcome = self._recalled(path, digest)
        if outcome is None or not self._still_holds(path, outcome, all_fixes):
            if source.is_vocabulary:
                outcome = self._file_checker.vocabulary(path, self._elsewhere, all_fixes=all_fixes)
            else:
                outcome = self._file_checker.descriptions(path, data or b"", self._elsewhere, all_fixes=all_fixes)
            self._cache.keep(path, digest, outcome)
        # For what the other files need of it, its products are enough.
        self._outcomes[path] = outcome._replace(findings=None)
        return Checked(self._configuration, path, outcome.findings or ())

    def check_text(self, source: Source, data: bytes, *, all_fixes: bool) -> Checked:
        """What is found in a text that stands for a file, as an editor's unsaved one does; the outcome is not
        cached."""
        if source.is_settings:
            return Checked(self._configuration, source.path, self._at_settings(data))
        if source.is_documentation:
            return Checked(self._configuration, source.path, self._file_checker.documentation(source.path, data))
        if source.is_vocabulary:
            outcome = self._file_checker.vocabulary_text(source.path, data, self._elsewhere, all_fixes=all_fixes)
        else:
            outcome = self._file_checker.descriptions(source.path, data, self._elsewhere, all_fixes=all_fixes)
        return Checked(self._configuration, source.path, outcome.findings or ())

    def held(self, checked: Checked, data: bytes, *, all_fixes: bool) -> Checked:
        """What was found in a file of descriptions, and what is found where its products are held to their data: that
        is looked for each time, since data change by themselves. Raises ExtraMissing where nothing reads data."""
        found, unheld = self._file_checker.held(data, checked.path, all_fixes=all_fixes)
        findings = sorted((*checked.findings, *found), key=lambda one: (one.start, one.end, one.code))
        return checked._replace(findings=tuple(findings), unheld=unheld)

    def fix(self, source: Source) -> int:
        """Applies the safe fixes to a file of descriptions. Returns how many places were changed; 0 if it cannot be
        read."""
        file = self._configuration.root / source.path
        data = self._files.read(source.path)
        if data is None:
            return 0
        text, count = self._file_checker.fixed(source.path, data)
        if count:
            write(file, text, data)
        return count

    def _recalled(self, path: str, digest: str) -> Outcome | None:
        """The cached outcome of a file whose content has this hash."""
        known_digest, outcome = self._ahead.pop(path, ("", None))
        return outcome if known_digest == digest else self._cache.recall(path, digest)

    def _still_holds(self, path: str, outcome: Outcome, all_fixes: bool) -> bool:
        """Whether checking a file now would give the cached outcome: nothing else that it depends on has changed."""
        if outcome.findings is None or (all_fixes and any(finding.fixes is None for finding in outcome.findings)):
            return False
        if outcome.products and self._configuration.file is not None and not self._is_named(path):
            return False
        return all(path_exists(target) == existed for target, existed in outcome.addresses.items()) and all(
            self._elsewhere(identification, path) == others for identification, others in outcome.others.items()
        )

    def _is_named(self, path: str) -> bool:
        """Whether `include` leads to a path by itself. Where it does not, a link may, and links come and go."""
        return bool(leading_to(self._configuration.products, [path]))

    def _at_settings(self, data: bytes) -> tuple[Finding, ...]:
        """What is found in the `vkd.toml`, which is parsed only if a pattern of an `include` leads to no file, or
        another catalogue cannot be read."""
        root, patterns = self._configuration.root, self._configuration.products
        if any(one.lost for one in named_catalogues(self._configuration)):
            return self._file_checker.settings(data)
        has_products = (len(patterns) == 1 and self._product_files) or all(matches(root, one) for one in patterns)
        if has_products and all(matches(root, one) for one in self._configuration.documents):
            return ()
        return self._file_checker.settings(data)

    def _elsewhere(self, identification: str, path: str) -> Others:
        """The products of an identification that other files of the catalogue describe."""
        from vkd_grammar.words import fold

        self._index_all_but(path)
        name = fold(identification)
        if self._counts[name] == self._counts_here[path, name]:
            return 0, ()
        same = self._names_of_file(path)
        others = (place for place in self._places.get(name, ()) if place[0] not in same)
        count = self._counts[name] - sum(self._counts_here[one, name] for one in same)
        return count, tuple(islice(others, 2))

    def _names_of_file(self, path: str) -> Collection[str]:
        """The paths under which the products of one file are indexed; several where links lead to it."""
        try:
            return {path, *self._paths_by_file.get(self._file_at(path), ())}
        except OSError:
            return {path}

    @cached_property
    def _paths_by_file(self) -> dict[tuple[int, int], list[str]]:
        """The product files' paths, by what file on the disk they are."""
        found: dict[tuple[int, int], list[str]] = {}
        for path in self._product_files:
            with suppress(OSError):
                found.setdefault(self._file_at(path), []).append(path)
        return found

    def _file_at(self, path: str) -> tuple[int, int]:
        state = os.stat(self._configuration.root / path)
        return state.st_dev, state.st_ino

    def _index_all_but(self, path: str) -> None:
        """Indexes the products of the catalogue's other files; those of this one may be about to change."""
        if self._indexed_all_but == path:
            return
        from vkd_grammar.words import fold

        for other in self._product_files:
            if other != path and other not in self._indexed:
                self._indexed.add(other)
                for identification, row in self._products(other):
                    name = fold(identification)
                    self._places.setdefault(name, []).append((other, row))
                    self._counts[name] += 1
                    self._counts_here[other, name] += 1
        self._indexed_all_but = path

    def _products(self, path: str) -> Sequence[tuple[str, int]]:
        if path not in self._outcomes:
            data = self._files.read(path)
            if data is None:
                return ()
            digest = self._files.digests[path]
            outcome = self._cache.recall(path, digest)
            # Most files are asked for their products first, and then checked themselves.
            self._ahead[path] = digest, outcome
            if outcome is None:
                from vkd_grammar.text import decode
                from vkd_server.cli.products import products_in

                outcome = Outcome(products_in(decode(data)[0]), {}, {}, None)
                self._cache.keep(path, digest, outcome)
            self._outcomes[path] = outcome
        return self._outcomes[path].products

    @cached_property
    def _product_files(self) -> Sequence[str]:
        return product_files(self._configuration).paths

    @cached_property
    def _cache(self) -> OutcomeCache:
        settings = self._configuration
        parts = [repr(settings)]
        # What a demand means depends on the words of other catalogues too.
        named = named_catalogues(settings)
        parts += [one.digest for one in named]
        others = [one.configuration for one in named if one.configuration is not None]
        for one in (settings, *others):
            parts.append(str(one.root))
            for path in one.vocabulary_paths:
                place = path if one is settings else os.path.join(one.root, path)
                self._files.read(place)
                parts.append(f"{place} {self._files.digests[place]}")
        # A product's `doc` may name any documentation.
        parts += sorted(self._documents.by_id)
        return OutcomeCache(settings, digest_of(*parts))

    @cached_property
    def _documents(self) -> DocumentArchive:
        from vkd_catalog.documents import NO_DOCUMENTS, read_documents

        settings = self._configuration
        return read_documents(settings.root, settings.documents) if settings.documents else NO_DOCUMENTS

    @cached_property
    def _file_checker(self) -> FileChecker:
        from vkd_server.cli.file_checker import FileChecker

        return FileChecker(self._configuration, self._parser(), self._documents)
