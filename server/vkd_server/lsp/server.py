"""The server one client talks to: the loop in which messages are handled, and what is done between them.

pygls carries the lifecycle, the capabilities and our requests to the client. Messages come and go by our own reader and
dispatcher, and documents are our own: ARCHITECTURE.md says why, measured. Little is imported before the client has its
answer to `initialize`; the rest is imported when first needed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from pygls.lsp.server import LanguageServer

from vkd_server import __version__
from vkd_server.lsp.client import Client
from vkd_server.lsp.converter import Converter
from vkd_server.lsp.frames import encode_message
from vkd_server.lsp.handling import handler_of
from vkd_server.lsp.idle import Idle
from vkd_server.lsp.inbox import Inbox
from vkd_server.lsp.protocol import Protocol, chosen_encoding
from vkd_server.lsp.record import Record
from vkd_server.lsp.requests import COMMANDS, FEATURES
from vkd_server.lsp.rpc import Dispatcher, Handler
from vkd_server.lsp.session import Session

if TYPE_CHECKING:
    from vkd_server.workspace.pending import Make


class Server(LanguageServer):
    """One client's server. Its session begins with `initialize`; before, every request is refused."""

    protocol: Protocol

    def __init__(
        self,
        inbox: Inbox,
        send: Callable[[bytes], None],
        *,
        watch_parent: bool,
        make: Make | None = None,
        timed: bool = True,
    ) -> None:
        logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
        super().__init__("vkd", __version__, protocol_cls=Protocol, converter_factory=Converter)
        self.protocol.send = send
        self._make = make
        self._record = Record()
        self._session: Session | None = None
        self._handlers: dict[str, Handler] = {
            "initialize": self._initialize,
            "initialized": self._initialized,
            "shutdown": lambda _: None,
        }
        self._features = {feature.method: feature for feature in FEATURES}
        self._advertise()
        self._idle = Idle(inbox, watch_parent=watch_parent)
        self._dispatcher = Dispatcher(
            inbox, send, self._handler, self.protocol.respond, self._idle, self._record, timed=timed
        )

    def run(self) -> int:
        """Serves the client until it is gone. Returns the process's exit code."""
        return self._dispatcher.run()

    def end(self) -> None:
        """Closes everything that was opened for the client, once the client is gone."""
        if self._session is not None:
            self._session.end()

    def _initialize(self, params: object) -> object:
        client = Client(params, chosen_encoding(params))
        result = self.protocol.initialize(params, client.encoding)
        self._session = Session(client, self, self._notify, self._record, self._make, FEATURES)
        self._idle.begin(self._session)
        return result

    def _initialized(self, _params: object) -> None:
        if self._session is not None:
            self._session.begin()

    def _notify(self, method: str, params: str) -> None:
        """Sends a notification whose parameters are JSON already."""
        self.protocol.send(encode_message(f'{{"jsonrpc":"2.0","method":"{method}","params":{params}}}'))

    def _advertise(self) -> None:
        """Registers every feature with pygls, so that it advertises them to the client. The handlers are not given to
        pygls."""
        for feature in FEATURES:
            self.feature(feature.method, feature.options)(_nobody)
        for command in COMMANDS:
            self.command(command.name)(_nobody)

    def _handler(self, method: str) -> Handler | None:
        """The function that handles a method; None where there is none, or none yet."""
        if method not in self._handlers and method in self._features and self._session is not None:
            self._handlers[method] = handler_of(self._session, self._features[method])
        return self._handlers.get(method)


def _nobody(*_: object) -> None:
    """A handler that does nothing, for pygls, which must have one for every feature."""
