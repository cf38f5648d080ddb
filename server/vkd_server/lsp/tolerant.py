"""lsprotocol's converter, made to accept what a newer client says: a value of an enumeration that it does not know."""

import enum
from typing import Any

from cattrs import Converter
from pygls.protocol import default_converter


def tolerant_converter() -> Converter:
    """The converter; an unknown value stays what it is, for the server looks only for values it knows."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]
    converter.register_structure_hook_func(_is_enumeration, _structure)
    return converter


def _is_enumeration(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, enum.Enum)


def _structure(value: Any, wanted: Any) -> Any:
    try:
        return wanted(value)
    except ValueError:
        return value
