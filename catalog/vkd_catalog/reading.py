"""What the files of a catalogue say: its vocabularies, and which of its product files are not as they are known."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from vkd_catalog.cache import Cache
from vkd_catalog.configuration import Configuration
from vkd_catalog.files import FileReader
from vkd_catalog.folders import product_files
from vkd_catalog.register import FileState, Missed, Register, Registered
from vkd_catalog.usual import UsualReader
from vkd_catalog.vocabulary import (
    VOCABULARY_NAMES,
    OpenedFile,
    Vocabularies,
    VocabularyName,
    missing_mappings,
    missing_vocabulary,
    open_vocabulary,
    read_mappings,
)
from vkd_catalog.vocabulary.vocabularies import Alone, read_alone, together
from vkd_grammar.text import decode

COMPILED_FROM = 1 << 20
"""Bytes of a vocabulary's files from which it is compiled: to read so many takes some 0.1 s at each start."""

Follow = Callable[[Sequence[str]], Iterable[str]]
"""Passes on what is worked through, and shows how far that has come."""


def read_vocabularies(
    configuration: Configuration,
    files: FileReader,
    cache: Cache | None = None,
    follow: Follow = iter,
    compiled_from: int | None = None,
) -> Vocabularies:
    """The vocabularies that some settings name, and the mappings between their concepts, from their files. Those of so
    many bytes are compiled into the `cache`; what that takes goes through `follow`."""
    least = COMPILED_FROM if compiled_from is None else compiled_from
    four = []
    for name in VOCABULARY_NAMES:
        paths = configuration.vocabularies.get(name, ())
        is_large = sum(map(files.size, paths)) >= least
        four.append(_vocabulary(name, paths, files, cache if is_large else None, follow if is_large else iter))
    mappings = []
    for path in configuration.mappings:
        data = files.read(path)
        missed = files.unread.get(path, "missing")
        mappings.append(missing_mappings(path, missed) if data is None else read_mappings(path, data))
    return together(four, mappings)


def are_at_hand(configuration: Configuration, files: FileReader, cache: Cache) -> bool:
    """Whether the vocabularies that some settings name can be read in next to no time: each is small or compiled."""
    return all(
        sum(map(files.size, paths)) < COMPILED_FROM or _is_compiled(name, paths, files, cache)
        for name, paths in configuration.vocabularies.items()
    )


def _is_compiled(name: VocabularyName, paths: Sequence[str], files: FileReader, cache: Cache) -> bool:
    from vkd_catalog.compiled.vocabulary import is_compiled

    return is_compiled(name, paths, files, cache)


def _vocabulary(
    name: VocabularyName, paths: Sequence[str], files: FileReader, cache: Cache | None, follow: Follow
) -> Alone:
    """One vocabulary: compiled where it can be kept, else in memory."""

    def opened(path: str) -> OpenedFile:
        data = files.read(path)
        if data is None:
            return missing_vocabulary(path, name, files.unread.get(path, "missing"))
        return open_vocabulary(path, data, name, follow)

    if cache is None:
        return read_alone(name, [opened(path).read() for path in paths])
    from vkd_catalog.compiled.vocabulary import compiled_vocabulary

    return compiled_vocabulary(name, paths, files, cache, opened)


def files_not_as_known(
    known: Mapping[str, FileState], paths: Iterable[str], reader: FileReader
) -> Iterator[tuple[str, FileState, bytes | None]]:
    """The files that are not as they are known, with their content where that is new. Those that cannot be read are
    left out; the reader knows why."""
    for path in paths:
        signature = reader.signature(path)
        had = known.get(path)
        if had is not None and signature and had.signature == signature:
            continue
        data = reader.read(path)
        if data is None:
            continue
        state = FileState(signature, reader.digests[path])
        if had is None or had.digest != state.digest:
            yield path, state, data
        elif had != state:
            yield path, state, None


def bring_up_to_date(
    register: Register,
    configuration: Configuration,
    product_reader: UsualReader,
    follow: Callable[[Sequence[str]], Iterable[str]],
) -> None:
    """Registers the product files whose content is new; the rest is left as it is.

    Files are read when their turn comes, and go one by one through `follow`, so that no more than one is held.
    """
    known, before = register.files(), {one.path: one.reason for one in register.missed() if one.reason}
    found = product_files(configuration)
    paths = [path for path in found.paths if path in known or path in before]
    reader = FileReader(configuration.root)
    touched, wanted = {}, set(found.paths).difference(paths)
    for path, state, data in files_not_as_known(known, paths, reader):
        if data is None:
            touched[path] = state
        else:
            wanted.add(path)
    unread = dict(found.unread) | {path: why for path, why in reader.unread.items() if why != "missing"}
    missed = [Missed(path, "", 0, why) for path, why in unread.items() if before.get(path) != why]
    # What can no longer be read is not answered from what it said, or answers would depend on who read it before.
    gone = known.keys() - (set(found.paths) - reader.unread.keys())
    gone |= {path for path, why in before.items() if unread.get(path) != why}
    to_read = [path for path in found.paths if path in wanted]
    if to_read:
        register.replace(_Reading(to_read, follow, reader, product_reader, missed), gone, touched, missed)
    else:
        register.replace((), gone, touched, missed)


class _Reading:
    """What is registered of files, each read when its turn comes; what is missed of them is added to `missed`.

    It can be gone through again, as a register does that cannot be stored where it began.
    """

    def __init__(
        self,
        paths: Sequence[str],
        follow: Callable[[Sequence[str]], Iterable[str]],
        reader: FileReader,
        product_reader: UsualReader,
        missed: list[Missed],
    ) -> None:
        self._paths = paths
        self._follow = follow
        self._reader = reader
        self._product_reader = product_reader
        self._missed = missed
        self._missed_before = len(missed)

    def __len__(self) -> int:
        return len(self._paths)

    def __iter__(self) -> Iterator[tuple[str, FileState, Sequence[Registered]]]:
        del self._missed[self._missed_before :]
        for path in self._follow(self._paths):
            signature = self._reader.signature(path)
            data = self._reader.read(path)
            if data is not None:
                products, left = self._product_reader.read(decode(data)[0], path)
                self._missed += left
                yield path, FileState(signature, self._reader.digests[path]), products
            elif (why := self._reader.unread[path]) != "missing":
                self._missed.append(Missed(path, "", 0, why))
