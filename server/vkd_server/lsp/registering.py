"""Registration of the files besides descriptions that a client may ask about: vocabularies and documentations
of its catalogues, and `vkd.toml`.

A client knows `.vkd` by name, but not which of a workspace's tables are vocabularies: others may be large, and should
not be sent. So those files are registered by path, as far as the client takes registrations (LSP 3.17,
"client/registerCapability").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path

from lsprotocol import types

from vkd_catalog.configuration import FILE_NAME
from vkd_server.lsp.feature import BY_KIND
from vkd_server.workspace.open_sources import Kind

_CAPABILITY = {
    "didOpen": "synchronization",
    "didChange": "synchronization",
    "didSave": "synchronization",
    "didClose": "synchronization",
    "prepareTypeHierarchy": "typeHierarchy",
}
"""What a client's capability is called where that is not the method's own name."""

_WITH_ANOTHER = ("prepareRename",)
"""Methods that come with another one's registration."""

_INCREMENTAL = 2
_DIAGNOSTIC = {"interFileDependencies": True, "workspaceDiagnostics": False}
_WILD = re.compile(r"[][{}*?]")


class Registrar:
    """Registers each file once. `can` says whether the client has a capability, `register` sends a registration, and
    `options` are what is advertised about methods."""

    def __init__(
        self,
        can: Callable[..., bool],
        register: Callable[[types.RegistrationParams], object],
        options: Mapping[str, object],
    ) -> None:
        self._can = can
        self._register = register
        self._options = options
        self._known: set[str] = set()

    def settings(self) -> None:
        """Registers every `vkd.toml`."""
        self._patterns("configuration", [f"**/{FILE_NAME}"])

    def vocabularies(self, paths: Iterable[Path]) -> None:
        """Registers vocabulary files with the client, so that it sends requests about them; known ones are skipped."""
        self._patterns("vocabulary", [_WILD.sub("?", path.as_posix()) for path in paths])

    def documentations(self, patterns: Iterable[str]) -> None:
        """Registers the patterns that lead to documentations, from the root of the file system; known ones are
        skipped."""
        self._patterns("documentation", patterns)

    def _patterns(self, kind: Kind, patterns: Iterable[str]) -> None:
        new = [pattern for pattern in patterns if pattern not in self._known]
        if not new or not self._can("textDocument", "synchronization", "dynamicRegistration"):
            return
        self._known.update(new)
        selector = [{"scheme": "file", "pattern": pattern} for pattern in new]
        methods = ("textDocument/didOpen", *import_module(BY_KIND[kind]).ANSWERS)
        number = len(self._known)
        registrations = [
            types.Registration(f"{method} {number}", method, {"documentSelector": selector, **self._about(method)})
            for method in methods
            if self._is_taken(method)
        ]
        self._register(types.RegistrationParams(registrations))

    def _is_taken(self, method: str) -> bool:
        part, _, name = method.partition("/")
        capability = _CAPABILITY.get(name, name)
        taken = part == "textDocument" and name not in _WITH_ANOTHER
        return taken and self._can("textDocument", capability, "dynamicRegistration")

    def _about(self, method: str) -> Mapping[str, object]:
        """The options of a registration beside the files."""
        if method == types.TEXT_DOCUMENT_DID_CHANGE:
            return {"syncKind": _INCREMENTAL}
        if method == types.TEXT_DOCUMENT_RENAME:
            return {"prepareProvider": True}
        if method == types.TEXT_DOCUMENT_DIAGNOSTIC:
            # The workspace is asked about once, not once for each kind of file.
            return {**_DIAGNOSTIC, "identifier": "vkd"}
        options = self._options.get(method)
        return options if isinstance(options, Mapping) else {}
