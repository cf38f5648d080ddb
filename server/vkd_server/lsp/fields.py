"""The fields of a message's parameters, read one by one.

What is missing, or has another type than it must have, is an `RpcError` (-32602) that names the field.
"""

from collections.abc import Mapping
from typing import cast

from vkd_server.lsp.rpc import INVALID_PARAMS, RpcError

Params = Mapping[str, object]


def mapping(params: object, *path: str) -> Params:
    """The object at a path of keys; the parameters themselves without a path. Raises RpcError if it is no object."""
    value = _at(params, path)
    if not isinstance(value, dict):
        raise _wrong(path, "an object")
    return cast(Params, value)


def optional(params: object, *path: str) -> object:
    """The value at a path of keys, whatever its type; None where there is none."""
    value = params
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text(params: object, *path: str) -> str:
    """The text at a path of keys. Raises RpcError if there is none."""
    value = _at(params, path)
    if not isinstance(value, str):
        raise _wrong(path, "a text")
    return value


def number(params: object, *path: str) -> int:
    """The whole number at a path of keys. Raises RpcError if there is none or it is negative (LSP's uinteger)."""
    value = _at(params, path)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong(path, "a whole number that is not negative")
    return value


def items(params: object, *path: str) -> list[object]:
    """The list at a path of keys. Raises RpcError if there is none."""
    value = _at(params, path)
    if not isinstance(value, list):
        raise _wrong(path, "a list")
    return value


def invalid(message: str) -> RpcError:
    """The error for parameters that cannot be used."""
    return RpcError(INVALID_PARAMS, message)


def _at(params: object, path: tuple[str, ...]) -> object:
    value = params
    for index, key in enumerate(path):
        if not isinstance(value, dict) or key not in value:
            raise invalid(f"params.{'.'.join(path[: index + 1])} is missing")
        value = value[key]
    return value


def _wrong(path: tuple[str, ...], what: str) -> RpcError:
    return invalid(f"{'.'.join(('params', *path))} must be {what}")
