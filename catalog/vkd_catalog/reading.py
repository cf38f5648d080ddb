"""What the files of a catalogue say: its vocabularies, and which of its product files are not as they are known."""

from collections.abc import Iterable, Iterator, Mapping

from vkd_catalog.configuration import Configuration
from vkd_catalog.files import FileReader
from vkd_catalog.register import FileState
from vkd_catalog.vocabulary import (
    Vocabularies,
    build_vocabularies,
    missing_mappings,
    missing_vocabulary,
    read_mappings,
    read_vocabulary,
)


def read_vocabularies(configuration: Configuration, files: FileReader) -> Vocabularies:
    """The vocabularies that some settings name, and the mappings between their concepts, from their files."""
    read = []
    for name, paths in configuration.vocabularies.items():
        for path in paths:
            data = files.read(path)
            missed = files.unread.get(path, "missing")
            read.append(missing_vocabulary(path, name, missed) if data is None else read_vocabulary(path, data, name))
    mappings = []
    for path in configuration.mappings:
        data = files.read(path)
        missed = files.unread.get(path, "missing")
        mappings.append(missing_mappings(path, missed) if data is None else read_mappings(path, data))
    return build_vocabularies(read, mappings)


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
