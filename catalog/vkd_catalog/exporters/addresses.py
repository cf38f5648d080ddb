"""The addresses (IRIs) that exported things go by."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.exporter import Stated
from vkd_catalog.message.public import WITHHELD

_IN_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+")


class Addresses:
    """Makes addresses that begin with what who exports says, else with `urn:vkd:` and the catalogue's name."""

    def __init__(self, catalogue: Catalogue, stated: Stated) -> None:
        self.base = stated.base or f"urn:vkd:{quote(catalogue.configuration.name, safe='')}:"
        self._mark = ":" if self.base.startswith("urn:") else "/"
        if not self.base.endswith((":", "/", "#")):
            self.base += self._mark

    def of(self, *parts: str) -> str:
        """The address of something by its kind and what it is called, as `of("names", "BEF")`."""
        return self.base + self._mark.join(quote(part, safe="") for part in parts)


def is_iri(text: str) -> bool:
    """Whether a text is an address as RDF takes one."""
    return _IRI.fullmatch(text) is not None


def web_address(text: str) -> str:
    """A stated address that leads to the web, with what no address holds written otherwise; else empty."""
    return _IN_NO_IRI.sub(lambda one: quote(one[0]), text) if text.lower().startswith(("http://", "https://")) else ""


def told_addresses(catalogue: Catalogue, texts: Sequence[str], identification: str) -> list[str]:
    """The stated addresses that lead to the web, their aliases replaced, each once."""
    stated = [text for text in texts if text and text != WITHHELD]
    resolved = (catalogue.resolve(text, identification).target for text in stated)
    return list(dict.fromkeys(filter(None, map(web_address, resolved))))
