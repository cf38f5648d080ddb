"""What a documentation goes by, and a product's `doc` names it by."""

import re

_ADDRESS = re.compile(r"[:/.{]")


def is_document_id(text: str) -> bool:
    """Whether a text can be the id of a documentation: as a product's `doc` it is no address, which has a `:`, `/` or
    `.`, or leaves a period open."""
    return bool(text) and not _ADDRESS.search(text)
