"""The language server: one client on standard input and output, or all that come to an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `vkd server`."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--stdio", action="store_true", help="standard input and output, as without this option")
    ways.add_argument("--tcp", type=_address, metavar="HOST:PORT", help="listen for TCP clients")
    ways.add_argument("--ws", type=_address, metavar="HOST:PORT", help="listen for WebSocket clients")


def run(arguments: Namespace) -> int:
    """Serves until the client is gone, or for good where it listens."""
    from vkd_server.lsp import serve

    return serve(tcp=arguments.tcp, ws=arguments.ws)


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not (host and port.isascii() and port.isdigit() and int(port) < 65536):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{text!r} is not HOST:PORT, as in 127.0.0.1:7000")
    return host.strip("[]"), int(port)
