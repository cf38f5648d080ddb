"""Reports of diagnostics to clients that ask: whole, or that nothing has changed (LSP 3.17, "Pull Diagnostics")."""

from hashlib import blake2b


def report(items: str, previous: object) -> tuple[str, str]:
    """A full report, or, where nothing changed since the previous one, only that.

    A result's id is a hash of its content.
    """
    ident = ident_of(items)
    if ident == previous:
        return "unchanged", f'"resultId":"{ident}"'
    return "full", f'"resultId":"{ident}","items":{items}'


def ident_of(items: str) -> str:
    """The id of a result: a hash of its content."""
    return blake2b(items.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
