"""What a workspace's catalogue is made of, where that is set, and what its register holds and where it lies.

With --verify the stored register is compared with the files, every one of which is read: exit code 1 where it does not
say what they say, or is damaged. The next call that needs it brings it up to date in any case.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.configuration import configuration_for
from vkd_catalog.engines.embedded import stored_register
from vkd_catalog.folders import matching_files
from vkd_catalog.languages import Texts
from vkd_catalog.message.message import shown
from vkd_server import __version__
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.locale import LANGUAGES
from vkd_server.cli.streams import print_json
from vkd_server.features.explain.register_status import RegisterStatus, register_lines, register_status
from vkd_server.rules.wording import VOCABULARIES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from vkd_catalog.catalogue import Catalogue

_BROKEN = ("damaged", "outdated")
_NOT_MADE_YET = ("absent", "elsewhere")


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `vkd status`."""
    add = parser.add_argument
    add("path", nargs="?", type=Path, default=Path(), metavar="PATH", help="a file or folder of the workspace")
    add("--verify", action="store_true", help="compare the stored register with the files; exit 1 where they differ")
    add("--output-format", choices=("text", "json"), default="text")
    add("--language", choices=LANGUAGES, help="the language of the text; else the catalogue's")


def run(arguments: Namespace) -> int:
    """Tells it; 1 where the register was compared with the files and is not right."""
    path = arguments.path.absolute()
    if not path.exists():
        raise CallError(f"{arguments.path}: no such file or folder")
    catalogue = catalogue_of(configuration_for(path), language=arguments.language)
    found = _found(catalogue, verify=arguments.verify)
    if arguments.output_format == "json":
        print_json(json.dumps(_as_json(catalogue, found), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_page(catalogue, found, arguments.language or catalogue.language)))
    is_broken = arguments.verify and found.state in _BROKEN
    return FOUND if found.is_wrong or is_broken else 0


def _found(catalogue: Catalogue, *, verify: bool) -> RegisterStatus:
    """How the register is: brought up to date, or, where it is to be compared, as it was left if it was ever made."""
    stored = stored_register(catalogue.cache, catalogue.register_key).state if catalogue.cache else "absent"
    if not verify or stored in _NOT_MADE_YET:
        _ = catalogue.register
    if verify and stored in _BROKEN:
        # What is not believed is not compared, and is left for the call that makes it anew.
        return register_status(catalogue, catalogue.beside_the_stored())
    return register_status(catalogue, verify=verify)


def _page(catalogue: Catalogue, found: RegisterStatus, language: str) -> Iterator[str]:
    def say(text: Texts) -> str:
        return text.in_language(language)

    configuration = catalogue.configuration
    yield f"vkd {__version__}"
    yield f"{say(_CATALOGUE)}: {shown(configuration.name)} ({configuration.language}), {shown(str(catalogue.root))}"
    yield f"{say(_SETTINGS)}: {shown(str(configuration.file)) if configuration.file else say(_NO_SETTINGS)}"
    for vocabulary in catalogue.vocabularies.four:
        paths = ", ".join(map(shown, configuration.vocabularies.get(vocabulary.name, ()))) or say(_NONE)
        count = say(_CONCEPTS).format(number=len(vocabulary.concepts))
        yield f"{say(VOCABULARIES[vocabulary.name]).capitalize()}: {paths} ({count})"
    for pattern, number in _patterns(catalogue):
        yield f"{say(_PRODUCTS)}: {shown(pattern)} ({say(_FILES).format(number=number)})"
    for alias, base in configuration.archives.items():
        yield f"{say(_ARCHIVE)} {shown(alias)}: {shown(base)}"
    yield f"{say(_REGISTER)}: {configuration.engine}"
    yield from (f"  {line}" for line in register_lines(found, language))


def _patterns(catalogue: Catalogue) -> Iterator[tuple[str, int]]:
    """What product files are looked for by, and how many files each leads to."""
    for pattern in catalogue.configuration.products:
        yield pattern, len(matching_files(catalogue.root, [pattern]).paths)


def _as_json(catalogue: Catalogue, found: RegisterStatus) -> dict[str, object]:
    configuration = catalogue.configuration
    return {
        "version": 1,
        "vkd": __version__,
        "catalogue": {
            "name": configuration.name,
            "language": configuration.language,
            "root": str(catalogue.root),
            "settings": str(configuration.file) if configuration.file else None,
        },
        "vocabularies": {
            one.name: {
                "files": list(configuration.vocabularies.get(one.name, ())),
                "concepts": len(one.concepts),
            }
            for one in catalogue.vocabularies.four
        },
        "products": [{"include": pattern, "files": number} for pattern, number in _patterns(catalogue)],
        "archives": dict(configuration.archives),
        "register": {
            "engine": found.engine,
            "stored": found.is_stored,
            "state": found.state,
            "path": found.path,
            "bytes": found.size,
            "written": found.written or None,
            "revision": found.revision,
            "files": found.files,
            "products": found.products,
            "sentences": found.sentences,
            "unread": [one._asdict() for one in found.unread],
        },
        "differences": None if found.verified is None else [one._asdict() for one in found.verified.differences],
    }


_CATALOGUE = Texts("Katalog", "Katalog", "Katalog", "Catalogue")
_SETTINGS = Texts("Innstillinger", "Inställningar", "Indstillinger", "Settings")
_NO_SETTINGS = Texts(
    "ingen vkd.toml; mappens egne filer brukes",
    "ingen vkd.toml; mappens egna filer används",
    "ingen vkd.toml; mappens egne filer bruges",
    "no vkd.toml; the folder's own files are used",
)
_NONE = Texts("ingen fil", "ingen fil", "ingen fil", "no file")
_CONCEPTS = Texts("begreper: {number}", "begrepp: {number}", "begreber: {number}", "concepts: {number}")
_PRODUCTS = Texts("Produktbeskrivelser", "Produktbeskrivningar", "Produktbeskrivelser", "Product descriptions")
_FILES = Texts("filer: {number}", "filer: {number}", "filer: {number}", "files: {number}")
_ARCHIVE = Texts("Arkiv", "Arkiv", "Arkiv", "Archive")
_REGISTER = Texts("Register", "Register", "Register", "Register")
