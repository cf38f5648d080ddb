"""What may be told to somebody outside: addresses that anybody can open, and nothing of archives inside."""

from vkd_catalog.catalogue import Catalogue

WITHHELD = "-"
"""Stands for an address that is stated and not told: it leads nowhere but inside."""

_INSIDE = frozenset(("local", "localhost", "localdomain", "internal", "intranet", "private", "corp", "home", "lan"))
"""Last parts of a host's name that no public register of names has."""


def public_address(stated: str, catalogue: Catalogue, product: str = "") -> str | None:
    """An address of a product, told by its identification, as anybody can open it, its alias replaced; None where it
    leads nowhere but inside."""
    resolved = catalogue.resolve(stated, product)
    return resolved.target if resolved.kind == "uri" and is_public(resolved.target) else None


def is_public(uri: str) -> bool:
    """Whether a web address has a host that is known everywhere, and tells no name or password."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(uri)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return False
    last = host.rpartition(".")[2]
    if "." not in host or not any(character.isalpha() for character in last):
        return _is_public_number(host)
    return last.lower() not in _INSIDE


def _is_public_number(host: str) -> bool:
    from ipaddress import ip_address

    try:
        return ip_address(host).is_global
    except ValueError:
        return False
