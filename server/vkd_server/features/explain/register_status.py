"""Where a catalogue's register lies, what it holds, and whether it says what the files say, for people and programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import load, say
from vkd_catalog.message.message import shown
from vkd_catalog.verification import Verified, verified

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.folders import Unread
    from vkd_catalog.register import Register


class RegisterStatus(NamedTuple):
    """A catalogue's register.

    `state` is that of what is stored at `path` (`vkd_catalog.register.Stored`), of `size` bytes and `written`
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
        """Whether the register was compared with the files and found to differ."""
        return self.verified is not None and bool(self.verified.differences)


def register_status(catalogue: Catalogue, register: Register | None = None, *, verify: bool = False) -> RegisterStatus:
    """The status of a catalogue's stored register, which is not changed, or of `register` or the one in memory where
    none is stored."""
    from vkd_catalog.folders import product_files

    stored = catalogue.stored_register()
    held = stored.register or register or catalogue.register
    found = verified(held, catalogue) if verify else None
    products, sentences = held.size()
    status = RegisterStatus(
        catalogue.configuration.engine,
        stored.path,
        stored.state,
        stored.size,
        datetime.fromtimestamp(stored.written, UTC).isoformat(timespec="seconds") if stored.written else "",
        _revision(catalogue, held),
        len(held.files()),
        products,
        sentences,
        found.unread if found else product_files(catalogue.configuration).unread,
        found,
    )
    if stored.register is not None:
        stored.register.close()
    return status


def _revision(catalogue: Catalogue, held: Register) -> str:
    """The revision of a catalogue that answers from a register of its own products."""
    if not catalogue.named:
        return catalogue.over(held).revision
    whole = catalogue.with_others(held.copy(), catalogue.parser)
    said = catalogue.over(whole).revision
    whole.close()
    return said


def register_lines(status: RegisterStatus, language: str) -> Iterator[str]:
    """The status of the register in words, one string a line."""

    where = {"path": shown(status.path), "size": _size(status.size, language), "written": status.written}
    yield say(f"register.{status.state}", language, **where)
    held = {"files": status.files, "products": status.products, "sentences": status.sentences}
    yield say("register.holds", language, **held)
    yield say("register.revision", language, revision=status.revision)
    if status.unread:
        files = _listed([one.path for one in status.unread])
        yield say("register.unread", language, number=len(status.unread), files=files)
    if status.verified is not None:
        differs = "register.differs" if status.is_wrong else "register.same"
        yield say(differs, language, number=len(status.verified.differences))
        for one in status.verified.differences:
            yield f"  {say(f'register.differs.{one.kind}', language, path=shown(one.path))}"


def _size(size: int, language: str) -> str:
    said = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"
    return said.replace(".", load(language).decimal)


def _listed(paths: Sequence[str]) -> str:
    some = ", ".join(map(shown, paths[:_MOST]))
    return f"{some} …" if len(paths) > _MOST else some


_MOST = 10
