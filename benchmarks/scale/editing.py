"""An editor's server over a catalogue, through its pipe and by the wall: what one waits for who writes a demand.

Each session is a server of its own, with one document that no file has.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import corpus
from benchmarks.language_server.client import now
from benchmarks.language_server.documents import Place, Sample
from benchmarks.language_server.servers import VKD, installed
from benchmarks.language_server.session import Session

_DEMAND = "0 / Demand description / q\n1 / Persons / Register 0 / {} / 2015 / .\n"
_RIGHT, _WRONG = "Variable 77", "Varaible 77"
_LONG = 100_000
"""Lines of the long document."""
_REST = 0.5
"""Seconds in which a server says nothing and does nothing when it rests."""
_PAUSE = 0.1
"""Seconds between keystrokes of one who types while something else is under way."""
_LONGEST = 60.0
"""Seconds that one types beside it."""
_PATIENCE = 900.0
_TIMES = 60
_COMPLETION, _SYMBOLS, _COMMAND = "textDocument/completion", "workspace/symbol", "workspace/executeCommand"


def first_words(folder: Path) -> dict[str, Any]:
    """The first misspelt word there ever is, for which the vocabularies' words are taken in; and typing meanwhile."""
    for file in (folder / ".vkd").glob("words-*"):
        file.unlink()
    with _session(folder, _DEMAND.format(_WRONG)) as session:
        _open(session)
        seconds, keystrokes = session.keystrokes_beside(_COMPLETION, _place(session, _WRONG), _PAUSE, _LONGEST)
    return {"seconds": seconds, "keystroke": _milliseconds(keystrokes)}


def start(folder: Path) -> dict[str, Any]:
    """A server's first completion after its start: where no server has been before, so that the words of large
    vocabularies are made, and where one has; and what it answers then."""
    for file in (folder / ".vkd").glob("words-*"):
        file.unlink()
    asked = _DEMAND.format(_RIGHT)
    with _session(folder, asked) as session:
        ever = _first_completion(session)
    with _session(folder, asked) as session:
        seconds = _first_completion(session)
        worked = session.connection.processor_seconds()
        completions = [session.ask(_COMPLETION, _place(session, _RIGHT))[0] for _ in range(_TIMES)]
        queries = [f"{word}{number}" for word in ("r", "Variable ") for number in range(60, 80)]
        first, *symbols = (session.ask(_SYMBOLS, {"query": query})[0] for query in queries)
        return {
            "first completion ever": ever,
            "first completion": seconds,
            "first completion, processor": worked,
            "completion": _milliseconds(completions),
            "first symbols": first,
            "symbols": _milliseconds(symbols),
            "megabytes": session.connection.peak_megabytes(),
        }


def _first_completion(session: Session) -> float:
    """Seconds from a server's start until it has completed a word."""
    session.open_at_once()
    while not session.ask(_COMPLETION, _place(session, _RIGHT))[1]["items"]:
        pass
    return now() - session.connection.started


def long_document(folder: Path) -> dict[str, Any]:
    """A document of a hundred thousand lines: seconds until all is checked, and each keystroke in it."""
    with _session(folder, corpus.more(int(folder.name), _LONG)) as session:
        began, answers = session.open()
        keystrokes = [session.keystrokes(1) for _ in range(_TIMES)]
        return {
            "opened": answers[-1][0] - began,
            "keystroke": _milliseconds(keystrokes),
            "megabytes": session.connection.peak_megabytes(),
        }


def indexing(folder: Path) -> dict[str, Any]:
    """Typing while all products are read for the first demand."""
    (folder / ".vkd/register.sqlite").unlink(missing_ok=True)
    with _session(folder, _DEMAND.format(_RIGHT)) as session:
        _open(session)
        run = {"command": "vkd.run", "arguments": [session.document()["textDocument"]["uri"], 0]}
        seconds, keystrokes = session.keystrokes_beside(_COMMAND, run, _PAUSE, _LONGEST)
        return {
            "seconds": seconds,
            "keystroke": _milliseconds(keystrokes),
            "megabytes": session.connection.peak_megabytes(),
        }


@contextmanager
def _session(folder: Path, text: str) -> Iterator[Session]:
    server = installed(VKD)
    assert server
    session = Session(server.command, _sample(text), folder, _REST, _PATIENCE)
    try:
        session.initialize()
        yield session
    finally:
        session.close()


def _open(session: Session) -> None:
    """Opens the document, and waits until something is said of it."""
    session.open_at_once()
    session.keystrokes(1)


def _sample(text: str) -> Sample:
    """A document that is typed in in the middle, within a word for a characteristic."""
    lines = text.split("\n")
    middle = next(at for at in range(len(lines) // 2, len(lines)) if "/ Var" in lines[at])
    place = Place(middle, lines[middle].index("/ Var") + len("/ Varia"))
    return Sample("vkd", "asked.vkd", text, {}, place, "x", place, place, {})


def _place(session: Session, word: str) -> dict[str, Any]:
    """The parameters of a request at the end of the word in the demand."""
    line = _DEMAND.format(word).split("\n")[1]
    return session.document() | {"position": {"line": 1, "character": line.index(word) + len(word)}}


def _milliseconds(seconds: list[float]) -> list[float]:
    return [one * 1000 for one in seconds]
