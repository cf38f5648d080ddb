"""Where `vkd` starts. `vkd --version` imports nothing more than this."""

from __future__ import annotations

import sys

from vkd_server import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from vkd_catalog.configuration import Configuration


def main() -> int:
    """Runs the command line; answers the exit code (docs/language.md section 10)."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        try:
            print(f"vkd {__version__}", flush=True)
        except OSError:
            # Where it cannot be written is told below, as for every other call.
            pass
        else:
            return 0
    from vkd_server.cli import run_command

    return run_command(sys.argv[1:], _serve, _show)


def _serve(tcp: tuple[str, int] | None, ws: tuple[str, int] | None, origins: Collection[str]) -> int:
    # The command line does not know the protocol; here, above both, the one is handed to the other.
    from vkd_server.lsp import serve

    return serve(tcp=tcp, ws=ws, origins=origins)


def _show(configuration: Configuration, port: int, *, private: bool, ready: Callable[[str], None]) -> int:
    from vkd_server.web import serve_page

    return serve_page(configuration, port, private=private, ready=ready)


if __name__ == "__main__":
    sys.exit(main())
