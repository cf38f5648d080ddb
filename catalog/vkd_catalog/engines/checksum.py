"""A checksum of what is registered of a file, by which a register sees that it is stored as it was registered."""

import marshal
from binascii import crc32
from collections.abc import Sequence
from typing import Any

from vkd_catalog.register import Registered

_WITHOUT_REFERENCES = 2
"""The version of marshal's format in which equal values are written alike, whoever made them."""


def summed(products: Sequence[Registered]) -> tuple[int, int, int]:
    """How many products and sentences a file has, and a checksum of all that is registered of them."""
    checksum = sentences = 0
    for product, lines in products:
        sentences += len(lines)
        # By columns it takes a third of the time that it takes by sentences.
        said: tuple[Any, ...] = (*product._replace(values=dict(product.values)), *zip(*lines, strict=True))
        checksum = crc32(marshal.dumps(said, _WITHOUT_REFERENCES), checksum)
    return len(products), sentences, checksum
