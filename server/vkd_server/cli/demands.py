"""The texts whose demands a call asks to be answered, and the one catalogue they are asked of."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import Configuration, configuration_for
from vkd_catalog.files import printable
from vkd_grammar.document import Document, read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode
from vkd_server.cli import CallError
from vkd_server.cli.inputs import Inputs, Workspaces, standard_input, workspace_named
from vkd_server.features.navigation.headings import headings

STANDARD_INPUT = "-"


class DemandText(NamedTuple):
    """A text that may hold demands. `given` is the argument that led to it, `named` the file's name in messages.

    `place` is the absolute path of the file that it is or stands for, which decides the catalogue it belongs to.
    """

    given: str
    named: str
    place: Path
    document: Document

    @property
    def has_demands(self) -> bool:
        """Whether any description in it is a demand."""
        return any(heading.kind == "demand" for heading in headings(self.document))

    def path_in(self, catalogue: Catalogue) -> str:
        """The name of the file in answers: relative to the catalogue's root where it lies below it, else as it was
        given."""
        root = Path(os.path.abspath(catalogue.root))
        if self.named != STANDARD_INPUT and self.place.is_relative_to(root):
            return printable(self.place.relative_to(root).as_posix())
        return self.named.replace(os.sep, "/")


def demand_texts(
    paths: Iterable[str], stdin_filename: str | None, parser: Parser, inputs: Inputs
) -> Iterator[DemandText]:
    """The texts that some arguments lead to, each once. Raises CallError for a path that does not exist.

    Files that cannot be read are noted in `inputs`.
    """
    given = list(dict.fromkeys(paths))
    if stdin_filename is not None and STANDARD_INPUT not in given:
        raise CallError(
            f"--stdin-filename is what {STANDARD_INPUT} stands for, and {STANDARD_INPUT} is not a path here"
        )
    seen: set[Path] = set()
    for path in given:
        if path == STANDARD_INPUT:
            yield _standard_input(stdin_filename, parser)
            continue
        start = Path(os.path.abspath(path))
        for place, data in inputs.read([path]):
            if place not in seen:
                seen.add(place)
                named = printable(str(Path(path) / place.relative_to(start)))
                yield DemandText(path, named, place, _read(data, parser))


def home_of(texts: Sequence[DemandText], workspace: str | None) -> Configuration:
    """The settings of the catalogue to search: that of a folder if one is named, else the one that all texts with
    demands belong to.

    One call searches one catalogue, since its answers name one; raises CallError where the texts belong to several.
    """
    if workspace is not None:
        return workspace_named(workspace)
    workspaces = Workspaces()
    asking = [text for text in texts if text.has_demands] or texts[:1]
    homes = {(home := workspaces.of(text.place)).root: home for text in asking}
    if not homes:
        return configuration_for(Path.cwd())
    first, *others = homes.values()
    if others:
        raise CallError(
            f"the demands belong to {len(homes)} catalogues, {first.root} and {others[0].root} among them: "
            "run each by itself, or name the one to search with --workspace"
        )
    return first


def without_demands(texts: Sequence[DemandText]) -> Iterator[str]:
    """A sentence for each argument that led to texts, but to no demand."""
    asking = {text.given for text in texts if text.has_demands}
    for given in dict.fromkeys(text.given for text in texts):
        if given not in asking:
            yield f"{'standard input' if given == STANDARD_INPUT else given}: no demand description in it"


def _standard_input(filename: str | None, parser: Parser) -> DemandText:
    place = Path(os.path.abspath(filename or STANDARD_INPUT))
    return DemandText(STANDARD_INPUT, filename or STANDARD_INPUT, place, _read(standard_input(), parser))


def _read(data: bytes, parser: Parser) -> Document:
    return read_document(decode(data)[0], parser)
