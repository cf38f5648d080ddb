"""How the server is doing, as a page: settings, what it has read, how long requests take, and recent errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import say

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue


class Setting(NamedTuple):
    """A setting's value now, and where it comes from: a file, or `editor`, or `default`."""

    name: str
    value: str
    origin: str


class CatalogueStatus(NamedTuple):
    """One catalogue. `revision` is empty, and products and sentences 0, as long as its products are being read.

    `register` tells where its register lies and what it holds, a line each.
    """

    name: str
    root: str
    revision: str
    products: int
    sentences: int
    concepts: Sequence[tuple[str, int]]
    settings: Sequence[Setting]
    register: Sequence[str] = ()


class MethodTimes(NamedTuple):
    """How often a method was asked for, and how long it took, in milliseconds."""

    method: str
    asked: int
    median: float
    most: float


class Mishap(NamedTuple):
    """An error that happened: a time of day, a method, and a code or a place in the server's source."""

    time: str
    method: str
    why: str


class Status(NamedTuple):
    """All that the page of the server's status says."""

    version: str
    catalogues: Sequence[CatalogueStatus]
    session: Sequence[Setting]
    open_documents: int
    open_lines: int
    closed_files: int
    times: Sequence[MethodTimes]
    mishaps: Sequence[Mishap]


def catalogue_status(
    catalogue: Catalogue, settings: Sequence[Setting], language: str = "", *, registered: bool, verify: bool = False
) -> CatalogueStatus:
    """The status of a catalogue; with `verify` its stored register is compared with the files, all of which are
    read."""
    from vkd_server.features.explain.register_status import register_lines, register_status

    products, sentences = catalogue.register.size() if registered else (0, 0)
    return CatalogueStatus(
        catalogue.configuration.name,
        str(catalogue.root),
        catalogue.revision if registered else "",
        products,
        sentences,
        [(vocabulary.name, len(vocabulary.concepts)) for vocabulary in catalogue.vocabularies.four],
        settings,
        # Where it lies is nobody's business where anybody may ask.
        list(register_lines(register_status(catalogue, verify=verify), language or catalogue.language))
        if registered and not catalogue.is_public
        else (),
    )


def status_text(status: Status, language: str) -> str:
    """The page in Markdown."""
    return "\n".join(_page(status, language)) + "\n"


def _page(status: Status, language: str) -> Iterator[str]:
    yield f"# {say('server-status.status', language)} {status.version}\n"
    for catalogue in status.catalogues:
        yield from _catalogue(catalogue, language)
    yield f"## {say('server-status.session', language)}\n"
    yield f"- {say('server-status.open', language, documents=status.open_documents, lines=status.open_lines)}"
    yield f"- {say('server-status.closed', language, files=status.closed_files)}\n"
    yield from _settings(status.session, language)
    yield f"## {say('server-status.times', language)}\n"
    rows = ((one.method, str(one.asked), f"{one.median:.1f}", f"{one.most:.1f}") for one in status.times)
    yield from _table(
        [
            say("server-status.method", language),
            say("server-status.count", language),
            say("server-status.median", language),
            say("server-status.most", language),
        ],
        rows,
    )
    yield f"## {say('server-status.mishaps', language)}\n"
    if status.mishaps:
        yield from _table(
            [
                say("server-status.time", language),
                say("server-status.method", language),
                say("server-status.why", language),
            ],
            status.mishaps,
        )
    else:
        yield say("server-status.none", language)


def _catalogue(catalogue: CatalogueStatus, language: str) -> Iterator[str]:
    from vkd_catalog.message.as_markdown import as_code, escaped

    yield f"## {say('server-status.catalogue', language)}: {escaped(catalogue.name)}\n"
    yield f"{as_code(str(catalogue.root))}\n"
    yield f"- {say('server-status.revision', language)}: {catalogue.revision or say('server-status.reading', language)}"
    if catalogue.revision:
        yield f"- {say('server-status.products', language)}: {catalogue.products}"
        yield f"- {say('server-status.sentences', language)}: {catalogue.sentences}"
    for name, count in catalogue.concepts:
        yield f"- {say('server-status.concepts', language)}, {say(f'vocabulary.{name}', language)}: {count}"
    yield from (f"- {line}" if not line.startswith(" ") else f"  - {line.strip()}" for line in catalogue.register)
    yield ""
    yield from _settings(catalogue.settings, language)


def _settings(settings: Sequence[Setting], language: str) -> Iterator[str]:
    from vkd_catalog.message.as_markdown import escaped

    heads = [say(text, language) for text in ("server-status.setting", "server-status.value", "server-status.origin")]
    yield from _table(
        heads, ((one.name, escaped(one.value), escaped(_origin(one.origin, language))) for one in settings)
    )


def _origin(origin: str, language: str) -> str:
    return say(f"server-status.origins.{origin}", language) if origin in ("editor", "default") else origin


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(row)} |"
    yield ""
