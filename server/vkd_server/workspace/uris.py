"""Document URIs and the paths they stand for."""

import os
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes, urlsplit


def is_path(text: str) -> bool:
    """Whether a text can be a path: it holds no NUL, and no lone surrogate but those that stand for bytes that are not
    UTF-8 (PEP 383)."""
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return bool(text) and "\0" not in text


def path_of(uri: str) -> Path | None:
    """The file that a URI names; None for a document that is no file, as an untitled one.

    The name of a file is bytes, which need not be UTF-8; percent-encoding can write them all.
    """
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    path = os.fsdecode(unquote_to_bytes(parts.path.encode("utf-8", "surrogatepass")))
    if parts.scheme != "file" or not is_path(path):
        return None
    # A drive stands behind a slash, `/c:/arkiv`, which Windows would take for the root of the current drive.
    return Path(path.lstrip("/") if os.name == "nt" and path[2:3] == ":" else path)


def key_of(uri: str) -> str:
    """A key that is the same for every spelling of a file's URI: clients differ in what they escape, and how."""
    path = path_of(uri)
    return uri if path is None else uri_of(path)


def uri_of(path: Path) -> str:
    """The URI of a file, its path absolute."""
    text = path.as_posix()
    text = text if text.startswith("/") else f"/{text}"
    try:
        name = os.fsencode(text)
    except UnicodeEncodeError:
        # No file is called so, but a client may have said it.
        name = text.encode("utf-8", "surrogatepass")
    return "file://" + quote(name, safe="/:")
