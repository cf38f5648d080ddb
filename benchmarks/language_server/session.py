"""An editor's talk with one server about one document: it opens it, writes in it, and waits for diagnostics.

Diagnostics are asked for where the server offers that, else waited for as they are pushed. Positions are UTF-16. All
times are seconds, from just before the first byte is written to the read that completes the answer.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import sleep
from typing import Any

from benchmarks.language_server.capabilities import CAPABILITIES
from benchmarks.language_server.client import Connection, Received, Silent, now
from benchmarks.language_server.documents import Sample

Json = Any
BUSY = 0.1
"""The share of one processor above which a server that says nothing is still at work."""
PATIENCE = 15.0
"""Seconds that one answer may take; a server that needs more is not measured any further."""
PATIENCE_AT_FIRST = 60.0
"""The same until the document is open, for a server may have a vocabulary to read, and to come to rest."""
ASK_AGAIN = (-32800, -32801, -32802)
"""Cancelled, content modified, cancelled by the server: an editor asks once more (LSP 3.17, "Error Codes")."""
FULL_SYNC = 1


class Refused(Exception):
    """The server answered with an error."""

    def __init__(self, method: str, error: Mapping[str, Json]) -> None:
        super().__init__(f"{method}: {error.get('message')}")
        self.code = error.get("code")


class Session:
    """One process and one document that is open in it.

    After `rest` seconds without a message and without work the server has said all it had to say.
    """

    def __init__(
        self, command: Sequence[str], sample: Sample, folder: Path, rest: float, patience: float = PATIENCE
    ) -> None:
        self.connection = Connection(command, folder, folder / "stderr.log")
        self._initialized: dict[str, Json] = {}
        self._sample, self._root, self._uri = sample, folder.as_uri(), (folder / sample.name).as_uri()
        self._requests, self._version, self._typed = 0, 1, False
        self._rest, self._patience, self._later_patience = rest, max(patience, PATIENCE_AT_FIRST), patience
        self._answered: set[int] = set()

    def initialize(self) -> float:
        """From the start of the process to the answer that says what the server can do."""
        params = {
            "processId": None,
            "rootUri": self._root,
            "workspaceFolders": [{"uri": self._root, "name": "benchmark"}],
            "capabilities": CAPABILITIES,
            "initializationOptions": self._sample.options,
        }
        request = self._request("initialize", params)
        self.connection.send(request)
        answer = self._answer(request)
        self._initialized = answer.content["result"]
        self.connection.send({"method": "initialized", "params": {}})
        return answer.moment - self.connection.started

    def open(self) -> tuple[float, list[tuple[float, int]]]:
        """Opens the document: the moment before, and of every answer about its diagnostics, with how many they are.

        The last one comes when the server neither pushes any more nor wants to be asked again.
        """
        began, answers = self._open_pulling() if self.pulls else self._open_pushed()
        self._patience = self._later_patience
        return began, answers

    def open_at_once(self) -> None:
        """Opens the document and waits for nothing."""
        self.connection.send(self._opening())

    def keystrokes(self, times: int) -> float:
        """So many one-letter edits in the middle of the document, queued, to the diagnostics of the last of them."""
        changes = [self._change() for _ in range(times)]
        if self.pulls:
            question = self._pull()
            began = self.connection.send(*changes, question)
            return self._pulled(question)[0] - began
        began = self.connection.send(*changes)
        return self._wait(self._is_published).moment - began

    def ask(self, method: str, params: Json) -> tuple[float, Json]:
        """A request by itself: how long its answer took, and the answer."""
        request = self._request(method, params)
        began = self.connection.send(request)
        answer = self._answer(request)
        return answer.moment - began, answer.content["result"]

    def ask_behind_keystroke(self, method: str, params: Json) -> float:
        """A request written right behind an edit: what a person waits for who types."""
        request = self._request(method, params)
        began = self.connection.send(self._change(), request)
        return self._answer(request).moment - began

    def keystrokes_beside(self, method: str, params: Json, pause: float, longest: float) -> tuple[float, list[float]]:
        """Asks something and types while the answer is waited for, with a pause between keystrokes, for so many seconds
        at most: how long that was, and how long each keystroke took."""
        request = self._request(method, params)
        began = self.connection.send(request)
        taken = [self.keystrokes(1)]
        while request["id"] not in self._answered and now() < began + longest:
            sleep(pause)
            taken.append(self.keystrokes(1))
        return now() - began, taken

    def settle(self) -> None:
        """Lets the server end what it is at."""
        while self._wait_until_still(lambda _: True):
            pass

    def exit(self) -> tuple[float, int]:
        """From just before shutdown is asked for to the end of the process, and its exit code."""
        request = self._request("shutdown", None)
        began = self.connection.send(request)
        self._answer(request)
        self.connection.send({"method": "exit"})
        return self.connection.ended(PATIENCE) - began, self.connection.process.wait()

    def close(self) -> None:
        """Ends the process if it has not ended by itself."""
        self.connection.close()

    @property
    def name(self) -> str:
        """What the server calls itself, with its version."""
        information = self._initialized.get("serverInfo") or {}
        return " ".join(filter(None, map(information.get, ("name", "version"))))

    @property
    def capabilities(self) -> dict[str, Json]:
        """What the server offers."""
        return self._initialized.get("capabilities") or {}

    @property
    def pulls(self) -> bool:
        """Whether diagnostics are asked for."""
        return bool(self.capabilities.get("diagnosticProvider"))

    def document(self) -> dict[str, Json]:
        """The parameters of a request about the whole document."""
        return {"textDocument": {"uri": self._uri}}

    def _request(self, method: str, params: Json) -> dict[str, Json]:
        """A request with a number of its own."""
        self._requests += 1
        return {"id": self._requests, "method": method} | ({} if params is None else {"params": params})

    def _change(self) -> dict[str, Json]:
        """The next edit: letters are put in, then taken out, and so on."""
        self._version += 1
        start, typed = self._sample.edit, self._sample.typed
        end = start._replace(character=start.character + len(typed)) if self._typed else start
        edit: Json = {"range": {"start": start._asdict(), "end": end._asdict()}, "text": "" if self._typed else typed}
        self._typed = not self._typed
        sync = self.capabilities.get("textDocumentSync")
        if FULL_SYNC in (sync, sync.get("change") if isinstance(sync, dict) else None):
            edit = {"text": self._sample.edited if self._typed else self._sample.text}
        document = {"uri": self._uri, "version": self._version}
        return {"method": "textDocument/didChange", "params": {"textDocument": document, "contentChanges": [edit]}}

    def _opening(self) -> Json:
        document = {"uri": self._uri, "languageId": self._sample.language, "version": 1, "text": self._sample.text}
        return {"method": "textDocument/didOpen", "params": {"textDocument": document}}

    def _open_pulling(self) -> tuple[float, list[tuple[float, int]]]:
        question = self._pull()
        began = self.connection.send(self._opening(), question)
        answers = [self._pulled(question)]
        while self._wait_until_still(_is_refresh):
            question = self._pull()
            self.connection.send(question)
            answers.append(self._pulled(question))
        return began, answers

    def _open_pushed(self) -> tuple[float, list[tuple[float, int]]]:
        answers = []
        began = self.connection.send(self._opening())
        published: Received | None = self._wait(self._is_published)
        while published:
            answers.append((published.moment, len(published.content["params"]["diagnostics"])))
            published = self._wait_until_still(self._is_published)
        return began, answers

    def _pull(self) -> dict[str, Json]:
        ident = self.capabilities["diagnosticProvider"].get("identifier")
        return self._request("textDocument/diagnostic", self.document() | ({"identifier": ident} if ident else {}))

    def _pulled(self, question: dict[str, Json]) -> tuple[float, int]:
        """The moment of the answer and how many diagnostics are in it; asked again where an editor does."""
        while True:
            try:
                answer = self._answer(question)
                return answer.moment, len(answer.content["result"].get("items", ()))
            except Refused as refused:
                if refused.code not in ASK_AGAIN:
                    raise
            question = self._pull()
            self.connection.send(question)

    def _answer(self, request: dict[str, Json]) -> Received:
        """The answer to a request; what comes before it is passed by."""
        answer = self._wait(lambda message: "method" not in message and message.get("id") == request["id"])
        if answer.content.get("error"):
            raise Refused(request["method"], answer.content["error"])
        return answer

    def _wait(self, wanted: Callable[[Json], bool]) -> Received:
        """The next message that is wanted. Raises Silent when its time is up."""
        deadline = now() + self._patience
        while received := self.connection.receive(deadline):
            self._reply(received.content)
            if "method" not in received.content:
                self._answered.add(received.content["id"])
            if wanted(received.content):
                return received
        raise Silent(f"no answer in {self._patience:.0f} s")

    def _wait_until_still(self, wanted: Callable[[Json], bool]) -> Received | None:
        """The next message that is wanted, or None once the server neither says nor does anything."""
        patience = max(self._patience, PATIENCE_AT_FIRST)
        deadline = now() + patience
        while now() < deadline:
            worked = self.connection.processor_seconds()
            received = self.connection.receive(now() + self._rest)
            if received is None and not self._worked_since(worked):
                return None
            if received:
                self._reply(received.content)
                if wanted(received.content):
                    return received
        raise Silent(f"not at rest after {patience:.0f} s")

    def _worked_since(self, seconds: float) -> bool:
        """Whether it has worked since it had worked so much, or is about to, be it only not its turn."""
        return self.connection.processor_seconds() - seconds > BUSY * self._rest or self.connection.at_work()

    def _reply(self, message: dict[str, Json]) -> None:
        """Answers what the server asks of an editor: there are no settings, and all else is well."""
        if "id" in message and "method" in message:
            asked = message["params"]["items"] if message["method"] == "workspace/configuration" else None
            self.connection.send({"id": message["id"], "result": asked and [None] * len(asked)})

    def _is_published(self, message: Json) -> bool:
        """Whether these are the document's diagnostics in its present version; a server may leave the version out."""
        if message.get("method") != "textDocument/publishDiagnostics":
            return False
        params = message["params"]
        return bool(params["uri"] == self._uri and params.get("version") in (self._version, None))


def _is_refresh(message: Json) -> bool:
    return bool(message.get("method") == "workspace/diagnostic/refresh")
