"""The servers that are measured: how each is started, what it reads, and where it is had."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.language_server import documents
from benchmarks.language_server.documents import Sample

FOLDER = Path(__file__).parents[2] / "build/peers"


class Server(NamedTuple):
    """One server: its command, the documents of its language, and whether a vocabulary can be given to it."""

    name: str
    command: tuple[str, ...]
    sample: Callable[[int, int | None], Sample]
    vocabulary: bool = True


FLOOR = Server("floor", (sys.executable, str(Path(__file__).with_name("floor.py"))), documents.vkd)
VKD = Server("vkd", ("vkd", "server"), documents.vkd)
PEERS = (
    Server("ruff", ("ruff", "server"), documents.python, vocabulary=False),
    Server("tombi", ("tombi", "lsp", "--offline"), documents.toml),
    Server("vscode-json", ("vscode-json-language-server", "--stdio"), documents.json_document),
)


def installed(server: Server) -> Server | None:
    """The server with its program's whole path: from `build/peers`, this environment, or the search path; else None."""
    program, *arguments = server.command
    for folder in (FOLDER / "bin", FOLDER / "node_modules/.bin", Path(sys.executable).parent, None):
        found = shutil.which(program, path=folder)
        if found:
            return server._replace(command=(found, *arguments))
    return None
