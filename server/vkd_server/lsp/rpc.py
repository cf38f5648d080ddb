"""JSON-RPC as LSP uses it: every request is answered exactly once, with the right code, whatever comes and whenever.

Work is done on one thread, in the order it was asked for. A handler that takes long is a generator: between its steps
whatever else has come is handled, and a cancellation ends it.
"""

import traceback
from collections import deque
from collections.abc import Callable, Generator
from math import inf
from time import perf_counter
from typing import NamedTuple, Protocol

from vkd_server.lsp.frames import MALFORMED, encode_message, to_json
from vkd_server.lsp.inbox import CLOSED, Arrived, Inbox
from vkd_server.lsp.log import log
from vkd_server.lsp.record import Record
from vkd_server.workspace.background_task import HELD, WAITING

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
NOT_INITIALIZED = -32002
REQUEST_FAILED = -32803
CONTENT_MODIFIED = -32801
REQUEST_CANCELLED = -32800

Handler = Callable[[object], object]
"""Takes a message's parameters, answers what JSON can say, `Encoded`, or a generator that returns one of them."""


class RpcError(Exception):
    """An error response to a request: one of the codes above, and a message for a person."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


Steps = Generator[str | None, None, object]
"""A handler that takes long: between its steps other work is done. WAITING says that the next one is not there yet."""


class Encoded(NamedTuple):
    """A result that is already JSON."""

    json: str


class _Task(NamedTuple):
    """A request that is answered in steps; a notification, without an id, that is handled in steps."""

    ident: int | str | None
    method: str
    started: float
    steps: Steps


class InWork(NamedTuple):
    """Whether any tasks are running that somebody waits for, and when the oldest began (`perf_counter`); infinity where
    none is running."""

    is_awaited: bool
    oldest: float


class Pause(Protocol):
    """The work that is done when no message waits."""

    def work(self, in_work: InWork) -> bool:
        """Does one piece of idle work; False where there is nothing to do."""
        ...

    def patience(self) -> float:
        """Seconds that may pass without a message before `rest`."""
        ...

    def rest(self) -> bool:
        """Clears up when nothing has come for a while; False where there is nobody left to serve."""
        ...


class Dispatcher:
    """Hands each message to its handler and sends the answers.

    `find` returns the handler of a method, or None; `respond` handles the client's responses to the server's own
    requests; `idle` does the work for which there is time when no message waits. `record` gets the time that each
    message took, and `timed` writes that of requests in the log.
    """

    def __init__(
        self,
        inbox: Inbox,
        send: Callable[[bytes], None],
        find: Callable[[str], Handler | None],
        respond: Callable[[dict[str, object]], None],
        idle: Pause,
        record: Record,
        *,
        timed: bool = True,
    ) -> None:
        self._inbox = inbox
        self._send = send
        self._find = find
        self._respond = respond
        self._idle = idle
        self._record = record
        self._timed = timed
        self._tasks: deque[_Task] = deque()
        self._held: deque[_Task] = deque()
        self._initialized = False
        self._shut_down = False
        self._exit: int | None = None

    def run(self) -> int:
        """Handles messages until the client says exit or is gone. Returns the process's exit code (LSP 3.17, "Exit
        Notification")."""
        try:
            while self._exit is None:
                message = self._inbox.take(0)
                if message is not None:
                    self._handle(message)
                elif not self._work():
                    self._wait(_BETWEEN_STEPS if self._tasks else self._idle.patience())
        except OSError:
            # Only sending gets here: the client no longer reads, so there is nobody left to tell.
            self._exit = self._exit_code()
        finally:
            self._inbox.close()
        return self._exit

    def _work(self) -> bool:
        """Continues one task, and does a little idle work; False where there is nothing of either to do."""
        stepped = self._step()
        try:
            return self._idle.work(self._in_work()) or stepped
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - the server outlives its own bugs
            log(f"between messages: {_fault(error)}")
            return stepped

    def _in_work(self) -> InWork:
        return InWork(bool(self._tasks), min((task.started for task in (*self._tasks, *self._held)), default=inf))

    def _wait(self, seconds: float) -> None:
        message = self._inbox.take(seconds)
        if message is not None:
            self._handle(message)
        elif not self._tasks and not self._idle.rest():
            self._exit = self._exit_code()

    def _exit_code(self) -> int:
        return 0 if self._shut_down else 1

    def _handle(self, message: Arrived) -> None:
        if message == CLOSED:
            self._exit = self._exit_code()
        elif message == MALFORMED:
            self._refuse(None, PARSE_ERROR, "the message is not JSON")
        elif not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            self._refuse(_ident(message), INVALID_REQUEST, "not a JSON-RPC 2.0 message")
        elif "method" not in message and ("result" in message or "error" in message):
            self._quietly("an answer", lambda: self._respond(message))
        else:
            self._call(message)

    def _call(self, message: dict[str, object]) -> None:
        method, ident = message.get("method"), _ident(message)
        if not isinstance(method, str) or ("id" in message and ident is None):
            self._refuse(ident, INVALID_REQUEST, "a request has a method, and a number or a text as its id")
        elif ident is None:
            self._notify(method, message.get("params"))
        else:
            self._request(ident, method, message.get("params"))

    def _notify(self, method: str, params: object) -> None:
        if method == "exit":
            self._exit = self._exit_code()
        elif self._initialized and not self._shut_down and (handler := self._find(method)):
            started = perf_counter()
            self._quietly(method, lambda: self._begin(method, handler(params)))
            self._record.took(method, perf_counter() - started)

    def _begin(self, method: str, outcome: object) -> None:
        """Starts a task for a notification whose handler returned a generator."""
        if isinstance(outcome, Generator):
            self._tasks.append(_Task(None, method, perf_counter(), outcome))

    def _quietly(self, what: str, call: Callable[[], object]) -> None:
        """Calls a function whose errors have no recipient; they go to the log."""
        try:
            call()
        except RpcError as error:
            log(f"{what}: ignored, {error.code}")
            self._record.failed(what, str(error.code))
        except Exception as error:  # noqa: BLE001 - the server outlives its own bugs
            log(f"{what}: {_fault(error)}")
            self._record.failed(what, _fault(error))

    def _request(self, ident: int | str, method: str, params: object) -> None:
        started = perf_counter()
        try:
            self._admit(ident, method)
            handler = self._find(method)
            if handler is None:
                raise RpcError(METHOD_NOT_FOUND, f"no such method: {method[:100]}")
            result = handler(params)
            if self._inbox.is_cancelled(ident):
                raise RpcError(REQUEST_CANCELLED, "cancelled while it was worked on")
        except RpcError as error:
            self._fail(ident, method, started, error)
        except Exception as error:  # noqa: BLE001 - the server outlives its own bugs
            self._fault(ident, method, started, error)
        else:
            if isinstance(result, Generator):
                # What is done in one step is answered in its turn.
                self._advance(_Task(ident, method, started, result))
                return
            self._initialized = self._initialized or method == "initialize"
            self._shut_down = self._shut_down or method == "shutdown"
            self._succeed(ident, method, started, result)

    def _admit(self, ident: int | str, method: str) -> None:
        if self._shut_down:
            raise RpcError(INVALID_REQUEST, "the server is shutting down")
        if not self._initialized and method != "initialize":
            raise RpcError(NOT_INITIALIZED, "the first request must be initialize")
        if self._initialized and method == "initialize":
            raise RpcError(INVALID_REQUEST, "the server is initialized already")
        if self._inbox.is_cancelled(ident):
            raise RpcError(REQUEST_CANCELLED, "cancelled before it started")

    def _step(self) -> bool:
        """Continues the task whose turn it is by one step; False where there are no tasks, or all wait."""
        went_on = [self._advance(self._held.popleft()) for _ in range(len(self._held))]
        return any(self._advance(self._tasks.popleft()) for _ in range(len(self._tasks))) or any(went_on)

    def _advance(self, task: _Task) -> bool:
        """Continues a task by one step; False where it waits for something."""
        try:
            if self._shut_down or self._inbox.is_cancelled(task.ident):
                task.steps.close()
                raise RpcError(REQUEST_CANCELLED, "cancelled")
            state = next(task.steps)
        except StopIteration as end:
            self._succeed(task.ident, task.method, task.started, end.value)
        except RpcError as error:
            self._fail(task.ident, task.method, task.started, error)
        except Exception as error:  # noqa: BLE001 - the server outlives its own bugs
            self._fault(task.ident, task.method, task.started, error)
        else:
            (self._held if state == HELD else self._tasks).append(task)
            return state not in (WAITING, HELD)
        return True

    def _succeed(self, ident: int | str | None, method: str, started: float, result: object) -> None:
        try:
            body = result.json if isinstance(result, Encoded) else to_json(result)
        except (TypeError, ValueError, RecursionError) as error:
            self._fault(ident, method, started, error)
            return
        if ident is not None:
            self._reply(ident, f'"result":{body}')
        self._record.took(method, perf_counter() - started)
        self._note(method, started)

    def _fault(self, ident: int | str | None, method: str, started: float, error: Exception) -> None:
        log(f"{method}: {_fault(error)}")
        self._record.failed(method, _fault(error))
        self._fail(ident, method, started, RpcError(INTERNAL_ERROR, "internal error; the server's log says where"))

    def _fail(self, ident: int | str | None, method: str, started: float, error: RpcError) -> None:
        if ident is not None:
            self._refuse(ident, error.code, error.message)
        if self._find(method) is not None and error.code not in _EXPECTED:
            self._record.failed(method, str(error.code))
        self._note(f"{method[:100]!a}", started, f", {error.code}")

    def _refuse(self, ident: int | str | None, code: int, message: str) -> None:
        self._reply(ident, f'"error":{to_json({"code": code, "message": message})}')

    def _reply(self, ident: int | str | None, body: str) -> None:
        self._inbox.answered(ident)
        self._send(encode_message(f'{{"jsonrpc":"2.0","id":{to_json(ident)},{body}}}'))

    def _note(self, method: str, started: float, outcome: str = "") -> None:
        if self._timed:
            log(f"{method} {(perf_counter() - started) * 1000:.1f} ms{outcome}")


_EXPECTED = frozenset((REQUEST_CANCELLED, CONTENT_MODIFIED, INTERNAL_ERROR))
"""What is no mishap to be told of: clients cancel, texts change; and a bug is told of with its place."""

_BETWEEN_STEPS = 0.02
"""Seconds until a task that waits is asked again."""


def _ident(message: object) -> int | str | None:
    """A message's id; None where it has none that can be answered to."""
    ident = message.get("id") if isinstance(message, dict) else None
    return ident if isinstance(ident, int | str) and not isinstance(ident, bool) else None


def _fault(error: Exception) -> str:
    """What a log may say of a bug: its type and where it is. The message may hold the user's text and is left out."""
    places = traceback.extract_tb(error.__traceback__)[-6:]
    return f"{type(error).__name__} in " + " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places))
