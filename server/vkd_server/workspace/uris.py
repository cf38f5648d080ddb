"""Document URIs and the paths they stand for."""

import os
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit


def path_of(uri: str) -> Path | None:
    """The file a URI names; None for a document that is no file, as an untitled one."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or "\0" in (path := unquote(parts.path)) or not path:
        return None
    # A drive stands behind a slash, `/c:/arkiv`, which Windows would take for the root of the current drive.
    return Path(path.lstrip("/") if os.name == "nt" and path[2:3] == ":" else path)


def uri_of(path: Path) -> str:
    """The URI of a file, its path absolute."""
    text = path.as_posix()
    return "file://" + quote(text if text.startswith("/") else f"/{text}", safe="/:", errors="surrogatepass")
