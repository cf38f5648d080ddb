"""The language server: on standard input and output, or on an address that editors and browsers connect to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


class Address(NamedTuple):
    """A host and a port to listen on."""

    host: str
    port: int


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd server` to its parser. `--stdio`, which some editors pass, changes nothing."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--stdio", action="store_true", help="standard input and output, as without any option")
    way.add_argument("--tcp", type=_address, metavar="HOST:PORT", help="listen on a TCP address")
    way.add_argument("--ws", type=_address, metavar="HOST:PORT", help="listen for WebSockets")
    parser.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="with --ws: let in the pages of this origin too, as https://editor.example; may be given again",
    )


def run(arguments: Namespace) -> int:
    """Serves until the client has gone."""
    code: int = arguments.serve(arguments.tcp, arguments.ws, arguments.origin)
    return code


def _address(text: str) -> Address:
    from argparse import ArgumentTypeError

    host, colon, port = text.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ArgumentTypeError(f"{text!r} is not HOST:PORT")
    return Address(host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port))
