"""Reading the other catalogues that a workspace names, each by itself: in its own vocabularies, with its own cache."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.configuration import Configuration
from vkd_catalog.federation.naming import folder_between
from vkd_catalog.federation.neighbours import Named, named_catalogues, settings_of_file
from vkd_grammar.parser import Parser

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue


class Other(NamedTuple):
    """Another catalogue that a workspace names: by which name, the way to its folder or register file, and the
    catalogue by itself."""

    name: str
    folder: str
    catalogue: "Catalogue"


def read_others(configuration: Configuration, parser: Parser) -> tuple[tuple[Named, ...], tuple[Other, ...]]:
    """The catalogues that some settings name, and those of them that can be read."""
    read = [_read(one, configuration.root, parser) for one in named_catalogues(configuration)]
    return tuple(named for named, _ in read), tuple(other for _, other in read if other is not None)


def _read(named: Named, root: Path, parser: Parser) -> tuple[Named, Other | None]:
    from vkd_catalog.catalogue import Catalogue

    if named.configuration is None:
        return named, None
    if named.digest:
        return _opened(named, root, parser)
    folder = folder_between(root, named.configuration.root)
    return named, Other(named.name, folder, Catalogue(named.configuration, parser))


def _opened(named: Named, root: Path, parser: Parser) -> tuple[Named, Other | None]:
    """A catalogue in a register file as the file is now, which another may have replaced since it was looked at."""
    from vkd_catalog.engines.built import open_built
    from vkd_catalog.federation.handed_out import HandedOutCatalogue

    file = Path(os.path.normpath(root / named.address))
    built = open_built(file)
    if isinstance(built, str):
        return Named(named.name, named.address, None, built), None
    settings = settings_of_file(file, built.about)
    other = Other(named.name, folder_between(root, file), HandedOutCatalogue(settings, built, parser))
    return named._replace(configuration=settings, digest=built.digest), other
