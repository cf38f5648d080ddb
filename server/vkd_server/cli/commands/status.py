"""What a workspace's catalogue is made of, where that is set, and what its register holds and where it lies.

With --verify the stored register is compared with the files, every one of which is read: exit code 1 where it does not
say what they say, or is damaged. The next call that needs it brings it up to date in any case.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.configuration import configuration_for
from vkd_catalog.disclosure.rules import Rules, stated_in
from vkd_catalog.disclosure.saying import lacks, stated
from vkd_catalog.federation.naming import parted
from vkd_catalog.folders import matching_files
from vkd_catalog.languages import counted, languages, say
from vkd_catalog.message.message import shown
from vkd_server import __version__
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.streams import print_json
from vkd_server.features.explain.register_status import RegisterStatus, register_lines, register_status

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from vkd_catalog.catalogue import Catalogue

_BROKEN = ("damaged", "outdated")
_NOT_MADE_YET = ("absent", "elsewhere", "not-kept")


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd status` to its parser."""
    add = parser.add_argument
    add("path", nargs="?", type=Path, default=Path(), metavar="PATH", help="a file or folder of the workspace")
    add("--verify", action="store_true", help="compare the stored register with the files; exit 1 where they differ")
    add("--output-format", choices=("text", "json"), default="text")
    add("--language", choices=languages(), help="the language of the text; else the catalogue's")


def run(arguments: Namespace) -> int:
    """Prints the status. Returns the exit code: 1 if the register was compared with the files and is wrong, else 0.

    Raises CallError where nothing has the path that was given.
    """
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
    """The status of the register: after it was brought up to date, or with `verify` as it is stored."""
    stored = catalogue.stored_register()
    state = stored.state
    if stored.register is not None:
        stored.register.close()
    if not verify or state in _NOT_MADE_YET:
        _ = catalogue.register
    if verify and state in _BROKEN:
        # What is not believed is not compared, and is left for the call that makes it anew.
        return register_status(catalogue, catalogue.beside_the_stored())
    return register_status(catalogue, verify=verify)


def _page(catalogue: Catalogue, found: RegisterStatus, language: str) -> Iterator[str]:
    configuration = catalogue.configuration
    yield f"vkd {__version__}"
    name, root = shown(configuration.name), shown(str(catalogue.root))
    yield f"{say('status.catalogue', language)}: {name} ({configuration.language}), {root}"
    file = shown(str(configuration.file)) if configuration.file else say("status.no-settings", language)
    yield f"{say('status.settings', language)}: {file}"
    for vocabulary in catalogue.own_vocabularies.four:
        paths = ", ".join(map(shown, configuration.vocabularies.get(vocabulary.name, ()))) or say(
            "status.none", language
        )
        count = say("status.concepts", language, number=len(vocabulary.concepts))
        yield f"{say(f'vocabulary.{vocabulary.name}', language).capitalize()}: {paths} ({count})"
    for what, patterns in (("products", configuration.products), ("documents", configuration.documents)):
        for pattern, number in _patterns(catalogue, patterns):
            count = say("status.files", language, number=number)
            yield f"{say(f'status.{what}', language)}: {shown(pattern)} ({count})"
    for alias, base in configuration.archives.items():
        yield f"{say('status.archive', language)} {shown(alias)}: {shown(base)}"
    yield from _rules(configuration.disclosure, language)
    for other in _others(catalogue):
        counted_as = counted("status.other-products", other.products, language)
        said = f"{shown(other.title)}, {shown(other.root)} ({counted_as})" if not other.unread else ""
        said = said or f"{shown(other.address)} ({say(f'unread.{other.unread}', language)})"
        yield f"{say('status.catalogue', language)} {shown(other.name)}: {said}"
    yield f"{say('status.register', language)}: {configuration.engine}"
    yield from (f"  {line}" for line in register_lines(found, language))


class _OtherCatalogue(NamedTuple):
    """Another catalogue that the settings name; `root` is its folder or register file, and `unread` says why it cannot
    be read, and is empty where it can."""

    name: str
    address: str
    title: str
    root: str
    products: int
    unread: str


def _others(catalogue: Catalogue) -> Iterator[_OtherCatalogue]:
    names = [one.name for one in catalogue.named]
    if not names:
        return
    products = Counter(parted(one.identification, names)[0] for _, one in catalogue.register.products())
    for one in catalogue.named:
        settings = one.configuration
        if settings is None:
            yield _OtherCatalogue(one.name, one.address, "", "", 0, one.lost or "failed")
        else:
            place = settings.file if one.digest else settings.root
            yield _OtherCatalogue(one.name, one.address, settings.name, str(place), products[one.name], "")


def _rules(rules: Rules | None, language: str) -> Iterator[str]:
    """The rules that figures of single units are given under, and what they lack for any to be given; nothing where the
    settings have no such section."""
    if rules is not None:
        listed = ", ".join(f"{key} = {shown(value)}" for key, value in stated(rules).items()) or "-"
        yield f"{say('status.disclosure', language)}: {listed}"
        yield from filter(None, [lacks(rules, language)])


def _patterns(catalogue: Catalogue, patterns: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The patterns that files are looked for by, each with the number of files that it leads to."""
    for pattern in patterns:
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
            for one in catalogue.own_vocabularies.four
        },
        "products": _included(catalogue, configuration.products),
        "documents": _included(catalogue, configuration.documents),
        "archives": dict(configuration.archives),
        "disclosure": stated_in(configuration.disclosure) if configuration.disclosure is not None else None,
        "catalogues": [{**one._asdict(), "unread": one.unread or None} for one in _others(catalogue)],
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


def _included(catalogue: Catalogue, patterns: Iterable[str]) -> list[dict[str, object]]:
    return [{"include": pattern, "files": number} for pattern, number in _patterns(catalogue, patterns)]
