"""Workspaces for tests: the census example with other files laid over it."""

import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from vkd_catalog.catalogue import Catalogue, Namesakes, open_catalogue
from vkd_catalog.configuration import configuration_for
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode, split_lines
from vkd_server.features.diagnostics import (
    Diagnostic,
    diagnose_document,
    diagnose_documentation,
    diagnose_vocabulary,
)
from vkd_server.features.held import held_products

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
MAPPINGS = "vocabulary/mappings.tsv"
PARSER = Parser()


def workspace(
    folder: Path, files: Mapping[str, str | bytes], *, language: str = "nb", levels: Mapping[str, str] | None = None
) -> Path:
    """The census example in a folder, with files of its own and a `vkd.toml` that says language and levels, and no rules
    for figures of single units."""
    shutil.copytree(CENSUS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".vkd", "utlevert.jsonl"))
    written = (folder / "vkd.toml").read_text(encoding="utf-8").partition("\n#")[0]
    settings = written.replace('language = "nb"', f'language = "{language}"')
    if MAPPINGS in files:
        settings = settings.replace("[vocabularies]", f'[vocabularies]\nmappings = ["{MAPPINGS}"]')
    lines = [f'{code} = "{level}"' for code, level in (levels or {}).items()]
    (folder / "vkd.toml").write_text("\n".join([settings, "[check.levels]", *lines, ""]), encoding="utf-8")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def found_in_text(
    text: str, *, language: str = "nb", levels: Mapping[str, str] | None = None
) -> tuple[Diagnostic, ...]:
    """What is found in a text that lies in the census example, where other products are of no account."""
    catalogue = _census(language, tuple((levels or {}).items()))
    return diagnose_document(read_document(text, PARSER), "a.vkd", catalogue, elsewhere=lambda _: Namesakes(0, ()))


@lru_cache
def _census(language: str, levels: tuple[tuple[str, str], ...]) -> Catalogue:
    return Catalogue(configuration_for(CENSUS)._replace(language=language, levels=dict(levels)), PARSER)


def diagnostics_of(catalogue: Catalogue, name: str) -> tuple[Diagnostic, ...]:
    """What is found in one file of a catalogue's workspace."""
    if name.endswith((".csv", ".tsv")):
        file = catalogue.vocabularies.file(name)
        assert file is not None
        return diagnose_vocabulary(
            file, catalogue, None, lambda identification: catalogue.namesakes_elsewhere(identification, "")
        )
    text, faults = decode((catalogue.root / name).read_bytes())
    if name.endswith(".md"):
        return diagnose_documentation(catalogue.documents.by_path[name], split_lines(text), catalogue)
    return diagnose_document(read_document(text, PARSER), name, catalogue, faults=faults)


def found_in(folder: Path, name: str) -> tuple[Diagnostic, ...]:
    """What is found in one file of a workspace."""
    return diagnostics_of(open_catalogue(folder, PARSER), name)


def found_in_data(folder: Path, name: str) -> tuple[Diagnostic, ...]:
    """What is found where the products of one file of a workspace are held to their data."""
    catalogue = open_catalogue(folder, PARSER)
    document = read_document((folder / name).read_text(encoding="utf-8"), PARSER)
    return tuple(one for held in held_products(document, name, catalogue) for one in held.diagnostics)
