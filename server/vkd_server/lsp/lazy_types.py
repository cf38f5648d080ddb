"""lsprotocol's types, each made when it is first used.

lsprotocol has attrs compile 554 classes whenever it is imported, which takes two thirds of the server's start; no cache
of bytecode helps, for attrs makes their methods anew each time. The server uses forty of them.
"""

import threading
from typing import Any

import attrs


def import_types() -> None:
    """Imports `lsprotocol.types` so that attrs sees a class when the first object of it is made, and not before."""
    define = attrs.define
    attrs.define = _define_later  # type: ignore[assignment]
    try:
        import lsprotocol.types  # noqa: F401
    finally:
        attrs.define = define


def _define_later(cls: type) -> type:
    def define_and_initialize(self: Any, *values: object, **named: object) -> None:
        with _DEFINING:
            # Several clients may begin at the same moment, each in its own thread.
            if cls.__init__ is define_and_initialize:  # type: ignore[misc]
                # With slots it would make another class.
                attrs.define(cls, slots=False, init=True)
        self.__init__(*values, **named)

    cls.__init__ = define_and_initialize  # type: ignore[misc]
    return cls


_DEFINING = threading.RLock()
