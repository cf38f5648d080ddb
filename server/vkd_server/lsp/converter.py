"""Between JSON and what pygls works with, without cattrs, which pygls would else use for every message.

cattrs compiles a function for each of lsprotocol's classes it meets, takes tens of microseconds a value, and refuses a
message for one value it does not know, as a newer client may well say.
"""

import enum
from collections.abc import Mapping
from typing import Any


class View:
    """A JSON object whose values are read as attributes, named as lsprotocol names them; what is not there is None."""

    def __init__(self, value: Mapping[str, object]) -> None:
        self._value = value

    def __getattr__(self, name: str) -> Any:
        value = self._value.get(camel_case(name))
        return View(value) if isinstance(value, dict) else value


class Converter:
    """The converter that pygls asks for: it makes plain data of lsprotocol's objects, and never the reverse."""

    def unstructure(self, value: Any, _wanted: object = None) -> Any:
        """An object of lsprotocol as plain data for JSON; attributes that are None are left out."""
        if isinstance(value, enum.Enum):
            return value.value
        if isinstance(value, list | tuple):
            return [self.unstructure(one) for one in value]
        if not hasattr(value, "__attrs_attrs__"):
            return value
        stated = ((field.name, getattr(value, field.name)) for field in value.__attrs_attrs__)
        return {camel_case(name): self.unstructure(one) for name, one in stated if one is not None}


def camel_case(name: str) -> str:
    """The name that LSP has for a Python name of lsprotocol."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(part.capitalize() for part in rest)
