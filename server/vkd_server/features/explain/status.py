"""How the server is doing, as a page: what holds, what it knows, how long things take, and what went wrong of late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import Texts
from vkd_server.rules.wording import VOCABULARIES

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue


class Setting(NamedTuple):
    """A setting that holds, and where it is set: a file, or `editor`, or `default`."""

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
    """Something that went wrong: a time of day, a method, and a code or a place in the server."""

    time: str
    method: str
    why: str


class Status(NamedTuple):
    """The whole page."""

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
    """What a catalogue is made of; with `verify` its stored register is compared with the files, all of which are
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


_STATUS = Texts("Status for vkd", "Status för vkd", "Status for vkd", "Status of vkd")
_CATALOGUE = Texts("Katalog", "Katalog", "Katalog", "Catalogue")
_REVISION = Texts("Revisjon", "Revision", "Revision", "Revision")
_READING = Texts("leses ennå", "läses ännu", "læses endnu", "still being read")
_PRODUCTS = Texts("Produktbeskrivelser", "Produktbeskrivningar", "Produktbeskrivelser", "Product descriptions")
_SENTENCES = Texts("Setninger", "Satser", "Sætninger", "Sentences")
_CONCEPTS = Texts("Begreper", "Begrepp", "Begreber", "Concepts")
_SETTING = Texts("Innstilling", "Inställning", "Indstilling", "Setting")
_VALUE = Texts("Verdi", "Värde", "Værdi", "Value")
_ORIGIN = Texts("Satt i", "Satt i", "Sat i", "Set in")
_SESSION = Texts("Økt", "Session", "Session", "Session")
_OPEN = Texts(
    "Åpne dokumenter: {documents}, linjer i dem: {lines}",
    "Öppna dokument: {documents}, rader i dem: {lines}",
    "Åbne dokumenter: {documents}, linjer i dem: {lines}",
    "Open documents: {documents}, lines in them: {lines}",
)
_CLOSED = Texts(
    "Andre filer som er lest: {files}", "Andra filer som har lästs: {files}", "Andre filer, der er læst: {files}",
    "Other files read: {files}",
)  # fmt: skip
_TIMES = Texts("Tider", "Tider", "Tider", "Times")
_METHOD = Texts("Metode", "Metod", "Metode", "Method")
_COUNT = Texts("Antall", "Antal", "Antal", "Count")
_MEDIAN = Texts("Median, ms", "Median, ms", "Median, ms", "Median, ms")
_MOST = Texts("Lengst, ms", "Längst, ms", "Længst, ms", "Longest, ms")
_MISHAPS = Texts("Siste feil", "Senaste fel", "Seneste fejl", "Latest errors")
_NONE = Texts("ingen", "inga", "ingen", "none")
_TIME = Texts("Tid", "Tid", "Tid", "Time")
_WHY = Texts("Feil", "Fel", "Fejl", "Error")
_ORIGINS = {
    "editor": Texts("redigeringsprogrammet", "redigeraren", "editoren", "the editor"),
    "default": Texts("standard", "standard", "standard", "default"),
}


def _page(status: Status, language: str) -> Iterator[str]:
    def say(text: Texts, **values: object) -> str:
        return text.in_language(language).format(**values)

    yield f"# {say(_STATUS)} {status.version}\n"
    for catalogue in status.catalogues:
        yield from _catalogue(catalogue, language)
    yield f"## {say(_SESSION)}\n"
    yield f"- {say(_OPEN, documents=status.open_documents, lines=status.open_lines)}"
    yield f"- {say(_CLOSED, files=status.closed_files)}\n"
    yield from _settings(status.session, language)
    yield f"## {say(_TIMES)}\n"
    rows = ((one.method, str(one.asked), f"{one.median:.1f}", f"{one.most:.1f}") for one in status.times)
    yield from _table([say(_METHOD), say(_COUNT), say(_MEDIAN), say(_MOST)], rows)
    yield f"## {say(_MISHAPS)}\n"
    if status.mishaps:
        yield from _table([say(_TIME), say(_METHOD), say(_WHY)], status.mishaps)
    else:
        yield say(_NONE)


def _catalogue(catalogue: CatalogueStatus, language: str) -> Iterator[str]:
    from vkd_catalog.message.as_markdown import as_code, escaped

    yield f"## {_CATALOGUE.in_language(language)}: {escaped(catalogue.name)}\n"
    yield f"{as_code(str(catalogue.root))}\n"
    yield f"- {_REVISION.in_language(language)}: {catalogue.revision or _READING.in_language(language)}"
    if catalogue.revision:
        yield f"- {_PRODUCTS.in_language(language)}: {catalogue.products}"
        yield f"- {_SENTENCES.in_language(language)}: {catalogue.sentences}"
    for name, count in catalogue.concepts:
        vocabulary = next(text for known, text in VOCABULARIES.items() if known == name)
        yield f"- {_CONCEPTS.in_language(language)}, {vocabulary.in_language(language)}: {count}"
    yield from (f"- {line}" if not line.startswith(" ") else f"  - {line.strip()}" for line in catalogue.register)
    yield ""
    yield from _settings(catalogue.settings, language)


def _settings(settings: Sequence[Setting], language: str) -> Iterator[str]:
    from vkd_catalog.message.as_markdown import escaped

    heads = [text.in_language(language) for text in (_SETTING, _VALUE, _ORIGIN)]
    yield from _table(
        heads, ((one.name, escaped(one.value), escaped(_origin(one.origin, language))) for one in settings)
    )


def _origin(origin: str, language: str) -> str:
    return _ORIGINS[origin].in_language(language) if origin in _ORIGINS else origin


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (heads, ["---"] * len(heads), *rows):
        yield f"| {' | '.join(row)} |"
    yield ""
