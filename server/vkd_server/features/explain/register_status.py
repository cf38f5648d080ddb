"""Where a catalogue's register lies, what it holds, and whether it says what the files say, for people and programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.engines.embedded import REGISTER_FILE, stored_register
from vkd_catalog.languages import Texts
from vkd_catalog.message.message import shown
from vkd_catalog.verification import Verified, verified

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.folders import Unread
    from vkd_catalog.register import Register


class RegisterStatus(NamedTuple):
    """A catalogue's register.

    `state` is that of what is stored at `path` (`vkd_catalog.engines.embedded.Stored`), of `size` bytes and `written`
    at a time in RFC 3339, or ''. What is held is that of the stored one, or of the one in memory where none is stored
    that could be used. `unread` is what could not be read; `verified` is None where nobody asked, or where nothing is
    stored that could be compared with the files.
    """

    engine: str
    path: str
    state: str
    size: int
    written: str
    revision: str
    files: int
    products: int
    sentences: int
    unread: tuple[Unread, ...]
    verified: Verified | None

    @property
    def is_stored(self) -> bool:
        """Whether the register is kept between calls; else it is made in memory by each."""
        return self.state == "whole"

    @property
    def is_wrong(self) -> bool:
        """Whether it was compared with the files and does not say what they say."""
        return self.verified is not None and bool(self.verified.differences)


def register_status(catalogue: Catalogue, register: Register | None = None, *, verify: bool = False) -> RegisterStatus:
    """How a catalogue's stored register is, which is left as it is; else how `register`, or the catalogue's own, is."""
    from vkd_catalog.folders import product_files

    cache = catalogue.cache
    stored = stored_register(cache, catalogue.register_key) if cache else None
    loaded = stored.register if stored else None
    held = loaded or register or catalogue.register
    found = verified(held, catalogue) if verify else None
    products, sentences = held.size()
    status = RegisterStatus(
        catalogue.configuration.engine,
        str(cache.folder / REGISTER_FILE) if cache else "",
        stored.state if stored else "absent",
        stored.size if stored else 0,
        datetime.fromtimestamp(stored.written, UTC).isoformat(timespec="seconds") if stored and stored.written else "",
        catalogue.over(held).revision,
        len(held.files()),
        products,
        sentences,
        found.unread if found else product_files(catalogue.configuration).unread,
        found,
    )
    if loaded is not None:
        loaded.close()
    return status


def register_lines(status: RegisterStatus, language: str) -> Iterator[str]:
    """The same in words, a line each."""

    def say(text: Texts, **values: object) -> str:
        return text.in_language(language).format(**values)

    yield say(_WHERE[status.state], path=shown(status.path), size=_size(status.size, language), written=status.written)
    yield say(_HOLDS, files=status.files, products=status.products, sentences=status.sentences)
    yield say(_REVISION, revision=status.revision)
    if status.unread:
        yield say(_UNREAD, number=len(status.unread), files=_listed([one.path for one in status.unread]))
    if status.verified is not None:
        yield say(_DIFFERS if status.is_wrong else _SAME, number=len(status.verified.differences))
        for one in status.verified.differences:
            yield f"  {say(_KINDS[one.kind], path=shown(one.path))}"


def _size(size: int, language: str) -> str:
    said = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"
    return said if language == "en" else said.replace(".", ",")


def _listed(paths: Sequence[str]) -> str:
    some = ", ".join(map(shown, paths[:_MOST]))
    return f"{some} …" if len(paths) > _MOST else some


_MOST = 10

_IN_MEMORY = Texts(
    " Registeret holdes i minnet, og filene leses på nytt hver gang.",
    " Registret hålls i minnet, och filerna läses på nytt varje gång.",
    " Registeret holdes i hukommelsen, og filerne læses på ny hver gang.",
    " The register is kept in memory, and the files are read anew every time.",
)


def _in_memory(nb: str, sv: str, da: str, en: str) -> Texts:
    return Texts(*(why + what for why, what in zip((nb, sv, da, en), _IN_MEMORY, strict=True)))


_WHERE = {
    "whole": Texts(
        "Lagret i {path}, {size}, skrevet {written}.",
        "Sparat i {path}, {size}, skrivet {written}.",
        "Gemt i {path}, {size}, skrevet {written}.",
        "Stored in {path}, {size}, written {written}.",
    ),
    "absent": _in_memory(
        "Ikke lagret: det kan ikke skrives til {path}.",
        "Inte sparat: det går inte att skriva till {path}.",
        "Ikke gemt: der kan ikke skrives til {path}.",
        "Not stored: {path} cannot be written.",
    ),
    "elsewhere": _in_memory(
        "{path} er laget et annet sted og brukes ikke.",
        "{path} har skapats någon annanstans och används inte.",
        "{path} er lavet et andet sted og bruges ikke.",
        "{path} was made elsewhere and is not used.",
    ),
    "outdated": _in_memory(
        "{path} er laget for andre ordlister eller av en annen utgave av vkd og brukes ikke.",
        "{path} har skapats för andra ordlistor eller av en annan version av vkd och används inte.",
        "{path} er lavet til andre ordlister eller af en anden version af vkd og bruges ikke.",
        "{path} was made for other vocabularies or by another version of vkd and is not used.",
    ),
    "damaged": _in_memory(
        "{path} er skadet eller endret av et annet program og brukes ikke.",
        "{path} är skadat eller ändrat av ett annat program och används inte.",
        "{path} er beskadiget eller ændret af et andet program og bruges ikke.",
        "{path} is damaged, or was changed by another program, and is not used.",
    ),
    "link": _in_memory(
        "{path} er en lenke, ligger bak en lenke eller er ingen vanlig fil, og brukes ikke.",
        "{path} är en länk, ligger bakom en länk eller är ingen vanlig fil, och används inte.",
        "{path} er et link, ligger bag et link eller er ikke en almindelig fil, og bruges ikke.",
        "{path} is a link, lies behind one or is no plain file, and is not used.",
    ),
    "foreign": _in_memory(
        "{path} er en database som vkd ikke har laget, og røres ikke.",
        "{path} är en databas som vkd inte har skapat, och lämnas orörd.",
        "{path} er en database, som vkd ikke har lavet, og røres ikke.",
        "{path} is a database that vkd has not made, and is left alone.",
    ),
    "unreadable": _in_memory(
        "{path} kan ikke leses.", "{path} kan inte läsas.", "{path} kan ikke læses.", "{path} cannot be read."
    ),
}
_HOLDS = Texts(
    "Filer: {files}; produktbeskrivelser: {products}; setninger: {sentences}.",
    "Filer: {files}; produktbeskrivningar: {products}; satser: {sentences}.",
    "Filer: {files}; produktbeskrivelser: {products}; sætninger: {sentences}.",
    "Files: {files}; product descriptions: {products}; sentences: {sentences}.",
)
_REVISION = Texts("Revisjon {revision}.", "Revision {revision}.", "Revision {revision}.", "Revision {revision}.")
_UNREAD = Texts(
    "Kunne ikke leses: {number} ({files}).",
    "Kunde inte läsas: {number} ({files}).",
    "Kunne ikke læses: {number} ({files}).",
    "Could not be read: {number} ({files}).",
)
_SAME = Texts(
    "Registeret sier det samme som filene.",
    "Registret säger detsamma som filerna.",
    "Registeret siger det samme som filerne.",
    "The register says what the files say.",
)
_DIFFERS = Texts(
    "Registeret sier ikke det samme som filene ({number}):",
    "Registret säger inte detsamma som filerna ({number}):",
    "Registeret siger ikke det samme som filerne ({number}):",
    "The register does not say what the files say ({number}):",
)
_KINDS = {
    "changed": Texts(
        "{path} er endret siden", "{path} har ändrats sedan dess", "{path} er ændret siden", "{path} has changed since"
    ),
    "new": Texts(
        "{path} er ikke med ennå", "{path} är inte med än", "{path} er ikke med endnu", "{path} is not in it yet"
    ),
    "gone": Texts(
        "{path} finnes ikke lenger", "{path} finns inte längre", "{path} findes ikke længere", "{path} is gone"
    ),
    "unread": Texts(
        "{path} kan ikke leses lenger",
        "{path} kan inte läsas längre",
        "{path} kan ikke længere læses",
        "{path} can no longer be read",
    ),
    "altered": Texts(
        "det som er registrert av {path}, er ikke som det ble skrevet",
        "det som har registrerats av {path} är inte som det skrevs",
        "det, der er registreret af {path}, er ikke, som det blev skrevet",
        "what is registered of {path} is not as it was written",
    ),
}
