"""Addresses of Statistics Norway's metadata, which other formats refer to classifications and definitions by."""

import re

_CLASSIFICATION = re.compile(r"(?:klassifikasjoner|classifications?(?:/klass)?)/(\d+)")
_LANGUAGES = ("nb", "nn", "en")


def classification_in(address: str) -> str:
    """The number of the classification of Klass that an address leads to, be it to its codes or a version of it.

    Of another address, or of a number alone, what it ends in.
    """
    found = _CLASSIFICATION.search(address)
    return found[1] if found else identifier_in(address)


def identifier_in(address: str) -> str:
    """What an address of Klass, Vardok or Vardef ends in, whatever language is behind it."""
    parts = [part for part in address.split("/") if part and part not in _LANGUAGES]
    return parts[-1] if parts else ""
