"""lsprotocol's converter, made to accept what a newer client says: a value of an enumeration that it does not know."""

import enum
from functools import cache
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pygls.protocol import default_converter


@cache
def tolerant_converter() -> Converter:
    """The converter, one for all clients, for making it is slow.

    An unknown value stays what it is: the server looks only for values it knows.
    """
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]
    for known in types.ALL_TYPES_MAP.values():
        # One by one: for an enumeration of texts or numbers cattrs prefers its own hook to one for all enumerations.
        if isinstance(known, type) and issubclass(known, enum.Enum):
            converter.register_structure_hook(known, _structure)
    return converter


def _structure(value: Any, wanted: Any) -> Any:
    try:
        return wanted(value)
    except ValueError:
        return value
