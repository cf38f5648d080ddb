"""Whether a changed file matters to a catalogue: because the catalogue is made of it, or because an address of a
product leads there."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from vkd_catalog.archives import resolved
from vkd_catalog.configuration import FILE_NAME, Configuration
from vkd_catalog.folders import leading_to
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_grammar.technical import ADDRESS_KEYS
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.project import Project


def is_concerned(project: Project, paths: Collection[Path]) -> bool:
    """Whether a catalogue reads one of some files, or any file in those of them that are folders or were. Its register
    must be there."""
    configuration = project.catalogue.configuration
    usual = {configuration.root / name for name in _USUAL_VOCABULARIES} if configuration.file is None else set()
    handed_out = {one.file for one in project.catalogue.configurations if one.file is not None}
    read = _vocabularies(project) | usual | handed_out
    if any(path.name == FILE_NAME or path in read for path in paths):
        return True
    if any(_leading_to(one, one.products, paths) for one in project.catalogue.configurations):
        return True
    if _leading_to(configuration, configuration.documents, paths):
        return True
    return any(os.path.isdir(path) or (not os.path.exists(path) and _was_folder(project, path)) for path in paths)


def is_product_file(project: Project, path: Path) -> bool:
    """Whether a file is one that may hold product descriptions of a catalogue, if it is there."""
    return bool(_product_files(project, (path,)))


def is_addressed(project: Project, paths: Collection[Path]) -> bool:
    """Whether an address of a registered product may lead to one of some files, or into it if it is or was a folder. A
    text of descriptions is no place of data or documents."""
    return any(_may_be_addressed(project.catalogue, path) for path in paths if path.suffix != ".vkd")


def _may_be_addressed(catalogue: BackgroundCatalogue, path: Path) -> bool:
    """Only the products are asked for that state something with the name of the file. What leads there without it is
    taken for an address: an archive's own folder, and what very many name."""
    if any(_leads_into(place, path) for place in _archives(catalogue)):
        return True
    naming = catalogue.stating(path.name, _MANY)
    # Another catalogue's addresses are in its own archives.
    every = (
        catalogue.resolve(value, product.identification if catalogue.others else "")
        for product in naming
        for key in ADDRESS_KEYS
        if (value := product.values.get(key))
    )
    return len(naming) == _MANY or any(one.kind == "path" and _leads_into(one.target, path) for one in every)


def _archives(catalogue: BackgroundCatalogue) -> Iterator[str]:
    """The folders on this machine that archives stand for, of all catalogues."""
    for configuration in catalogue.configurations:
        for alias in configuration.archives:
            archive = resolved(f"{alias}:", configuration.archives, configuration.root)
            if archive.kind == "path":
                yield archive.target


def _leads_into(target: str, path: Path) -> bool:
    return target == str(path) or target.startswith(f"{path}{os.sep}")


def _product_files(project: Project, paths: Collection[Path]) -> list[str]:
    configuration = project.catalogue.configuration
    return _leading_to(configuration, configuration.products, paths)


def _leading_to(configuration: Configuration, patterns: Collection[str], paths: Collection[Path]) -> list[str]:
    relative = (os.path.relpath(path, configuration.root).replace(os.sep, "/") for path in paths)
    return leading_to(patterns, relative)


def _vocabularies(project: Project) -> set[Path]:
    return {
        Path(os.path.normpath(configuration.root / path))
        for configuration in project.catalogue.configurations
        for path in configuration.vocabulary_paths
    }


def _was_folder(project: Project, path: Path) -> bool:
    """Whether a path that is no more was a folder with files that the catalogue knows."""
    root = project.catalogue.root
    return any(path in Path(os.path.normpath(root / file)).parents for file in project.catalogue.files) or any(
        path in file.parents for file in _vocabularies(project)
    )


_MANY = 1_000
"""Products that name one file."""

_USUAL_VOCABULARIES = frozenset(f"{name}.csv" for name in VOCABULARY_NAMES)
"""The vocabularies of a folder without `vkd.toml`."""
