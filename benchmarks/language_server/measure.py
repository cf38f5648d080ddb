"""The figures of one server on one document, one measurement after the other.

Milliseconds, at the client's end of the pipe, from just before the first byte is written to the read that completes
the answer, before it is decoded. Every measurement is repeated, up to a number and up to some seconds. What is asked
about the whole document is asked for the first time after a keystroke whose diagnostics have come.
"""

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.language_server.client import Gone, Silent, now
from benchmarks.language_server.documents import Place, Sample
from benchmarks.language_server.session import Refused, Session

QUEUED = 21
"""Edits written at once: an odd number, so that the text after them is not the text before."""
WINDOW = 30
"""Lines to either side of the edit that a screen shows."""
LEAST = 3
"""Repetitions, however long they take."""


class Effort(NamedTuple):
    """How often each is measured at most, for how many seconds together, and how long a server rests in between."""

    starts: int = 3
    keystrokes: int = 60
    completions: int = 200
    requests: int = 5
    seconds: float = 1.0
    rest: float = 0.25


class Figure(NamedTuple):
    """One figure: its key in the results, its name in the tables, what it is, and its unit, or none for a number."""

    key: str
    name: str
    meaning: str
    unit: str = "ms"


FIGURES = (
    Figure("cold", "cold start", "from the start of the process to the answer to `initialize`, no document open"),
    Figure("open", "open, first", "from `didOpen` to the first diagnostics that are not none, in a server at rest"),
    Figure("open_all", "open, all", "from `didOpen` to the answer that has all diagnostics"),
    Figure("diagnostics", "diagnostics", "how many that are", ""),
    Figure("start_open", "start and open", "from the start of the process to all diagnostics, where it ran before"),
    Figure("key", "keystroke, p50", "from a one-letter `didChange` to the diagnostics of the new version"),
    Figure("key_p95", "keystroke, p95", "the same"),
    Figure("queued", f"{QUEUED} queued edits", "written at once, to the diagnostics of the last"),
    Figure("completion", "completion, p50", "in the middle of a word, nothing else going on"),
    Figure("completion_p99", "completion, p99", "the same"),
    Figure("items", "completion, items", "how many it offers", ""),
    Figure("key_completion", "keystroke + completion", "a completion asked for right behind a `didChange`"),
    Figure("hover", "hover", "on a word"),
    Figure("tokens", "tokens, full", "all semantic tokens"),
    Figure("tokens_range", "tokens, range", f"those of {2 * WINDOW} lines around the edit"),
    Figure("tokens_delta", "tokens, delta", "what has changed in them since they were asked for last"),
    Figure("symbols", "symbols", "all document symbols"),
    Figure("folding", "folding", "all folding ranges"),
    Figure("formatting", "formatting", "the whole document, of which at most one line is not laid out well"),
    Figure("memory", "peak memory", "of the process and those it started, after all of the above", "MB"),
    Figure("exit", "exit", "from `shutdown` to the end of the process, the document still open"),
    Figure("exit_code", "exit code", "0 where all went well", ""),
)


class Request(NamedTuple):
    """A request that is measured like others: its figure, where it is offered, and what it asks beside the document."""

    figure: str
    offered: tuple[str, ...]
    method: str
    params: Callable[[Sample], dict[str, Any]] = lambda _: {}


REQUESTS = (
    Request("hover", ("hoverProvider",), "textDocument/hover", lambda sample: _at(sample.hover)),
    Request("tokens", ("semanticTokensProvider", "full"), "textDocument/semanticTokens/full"),
    Request(
        "tokens_range",
        ("semanticTokensProvider", "range"),
        "textDocument/semanticTokens/range",
        lambda sample: {"range": _window(sample.edit)},
    ),
    Request("symbols", ("documentSymbolProvider",), "textDocument/documentSymbol"),
    Request("folding", ("foldingRangeProvider",), "textDocument/foldingRange"),
    Request(
        "formatting",
        ("documentFormattingProvider",),
        "textDocument/formatting",
        lambda _: {"options": {"tabSize": 2, "insertSpaces": True}},
    ),
)


class Result(NamedTuple):
    """What a server calls itself, its figures by key, and notes on those that are missing, and why."""

    server: str
    figures: dict[str, float]
    notes: list[str]


Step = Callable[[Session, Sample, Effort], Iterator[tuple[str, float]]]
"""One part of a session: figures by key, each given as soon as it is known."""


def measured(command: Sequence[str], sample: Sample, effort: Effort = Effort()) -> Result:
    """All that a server offers, in a fresh workspace.

    What it refuses is noted, and the rest measured; once it is silent or gone, that is the end of it.
    """
    result = Result("", {}, [])
    doing = "start"
    with tempfile.TemporaryDirectory(prefix="benchmark-") as path:
        folder = _laid_out(sample, Path(path).resolve())
        try:
            with closing(Session(command, sample, folder, effort.rest)) as session:
                result.figures["cold"] = session.initialize() * 1000
                result = result._replace(server=session.name)
                for what, step in STEPS:
                    doing = what
                    try:
                        result.figures.update(step(session, sample, effort))
                    except Refused as refused:
                        result.notes.append(f"{doing}: {refused}")
            doing = "start once more"
            result.figures.update(_restarts(command, sample, folder, effort, result.figures["cold"]))
        except (Silent, Gone, Refused) as reason:
            result.notes.append(f"{doing}: {reason}")
    return result


def _open(session: Session, _: Sample, __: Effort) -> Iterator[tuple[str, float]]:
    """The document is opened once, when the server has come to rest."""
    session.settle()
    began, answers = session.open()
    first = next((moment for moment, found in answers if found), answers[0][0])
    yield "open", (first - began) * 1000
    yield "open_all", (_whole(answers) - began) * 1000
    yield "diagnostics", answers[-1][1]


def _keystrokes(session: Session, _: Sample, effort: Effort) -> Iterator[tuple[str, float]]:
    single = _repeated(lambda: session.keystrokes(1), effort.keystrokes, effort)
    yield "key", _percentile(single, 50)
    yield "key_p95", _percentile(single, 95)
    session.settle()


def _queued(session: Session, _: Sample, effort: Effort) -> Iterator[tuple[str, float]]:
    yield "queued", _percentile(_repeated(lambda: session.keystrokes(QUEUED), LEAST, effort), 50)
    session.settle()


def _completion(session: Session, sample: Sample, effort: Effort) -> Iterator[tuple[str, float]]:
    if not _offered(session, "completionProvider"):
        return
    asked = "textDocument/completion", session.document() | _at(sample.complete)
    yield "items", _number_of_items(session.ask(*asked)[1])
    alone = _repeated(lambda: session.ask(*asked)[0], effort.completions, effort)
    yield "completion", _percentile(alone, 50)
    yield "completion_p99", _percentile(alone, 99)
    behind = _repeated(lambda: session.ask_behind_keystroke(*asked), effort.keystrokes, effort)
    yield "key_completion", _percentile(behind, 50)
    session.settle()


def _asked(request: Request, session: Session, sample: Sample, effort: Effort) -> Iterator[tuple[str, float]]:
    """A request if it is offered, each time right after a keystroke and its diagnostics."""

    def once() -> float:
        session.keystrokes(1)
        return session.ask(request.method, session.document() | request.params(sample))[0]

    if _offered(session, *request.offered):
        yield request.figure, _percentile(_repeated(once, effort.requests, effort), 50)


def _tokens_delta(session: Session, _: Sample, effort: Effort) -> Iterator[tuple[str, float]]:
    """Each from the one before it, a keystroke between them."""
    if not _offered(session, "semanticTokensProvider", "full", "delta"):
        return
    tokens = session.ask("textDocument/semanticTokens/full", session.document())[1]

    def once() -> float:
        nonlocal tokens
        session.keystrokes(1)
        known = {"previousResultId": tokens["resultId"]}
        seconds, tokens = session.ask("textDocument/semanticTokens/full/delta", session.document() | known)
        return seconds

    yield "tokens_delta", _percentile(_repeated(once, effort.requests, effort), 50)


def _end(session: Session, _: Sample, __: Effort) -> Iterator[tuple[str, float]]:
    session.settle()
    yield "memory", session.connection.peak_megabytes()
    seconds, code = session.exit()
    yield "exit", seconds * 1000
    yield "exit_code", code


STEPS: tuple[tuple[str, Step], ...] = (
    ("open", _open),
    ("keystrokes", _keystrokes),
    ("queued edits", _queued),
    ("completion", _completion),
    *((request.figure, partial(_asked, request)) for request in REQUESTS),
    ("tokens_delta", _tokens_delta),
    ("exit", _end),
)
"""In this order, and each with its name for the notes."""


def _restarts(
    command: Sequence[str], sample: Sample, folder: Path, effort: Effort, cold: float
) -> Iterator[tuple[str, float]]:
    """Starts where the first one has been, the document opened as soon as may be; slow ones are not repeated."""
    colds = [cold]
    opened: list[float] = []
    end = now() + effort.seconds * LEAST
    while len(colds) < effort.starts and (not opened or now() < end):
        with closing(Session(command, sample, folder, effort.rest)) as session:
            colds.append(session.initialize() * 1000)
            _, answers = session.open()
            opened.append((_whole(answers) - session.connection.started) * 1000)
            session.exit()
    yield "cold", statistics.median(colds)
    if opened:
        yield "start_open", statistics.median(opened)


def _whole(answers: Sequence[tuple[float, int]]) -> float:
    """The moment of the first answer that has as many diagnostics as the last."""
    return next(moment for moment, found in answers if found == answers[-1][1])


def _repeated(once: Callable[[], float], times: int, effort: Effort) -> list[float]:
    """Milliseconds of each repetition."""
    taken: list[float] = []
    end = now() + effort.seconds
    while len(taken) < times and (len(taken) < LEAST or now() < end):
        taken.append(once() * 1000)
    return taken


def _percentile(taken: Sequence[float], percent: int) -> float:
    """What so many in a hundred stay within; of few, the nearest."""
    return sorted(taken)[round((len(taken) - 1) * percent / 100)]


def _offered(session: Session, *path: str) -> bool:
    """Whether the capabilities say so: true, or an object, be it empty."""
    found: object = session.capabilities
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found not in (None, False)


def _number_of_items(answer: Any) -> int:
    """Of a completion list, a bare list, or nothing."""
    return len(answer["items"] if isinstance(answer, dict) else answer or ())


def _at(place: Place) -> dict[str, Any]:
    return {"position": place._asdict()}


def _window(middle: Place) -> dict[str, Any]:
    start = Place(max(0, middle.line - WINDOW), 0)
    return {"start": start._asdict(), "end": start._replace(line=start.line + 2 * WINDOW)._asdict()}


def _laid_out(sample: Sample, folder: Path) -> Path:
    """The folder, the workspace and the document in it."""
    for path, text in {**sample.files, sample.name: sample.text}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder
