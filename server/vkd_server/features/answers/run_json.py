"""What `vkd run --output-format json` prints and `vkd.run` answers (docs/language.md sections 10 and 11)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation import Answer, Cover
from vkd_catalog.message.as_json import Json, answer_as_json, cover_as_json, run_as_json
from vkd_grammar.text import Position
from vkd_server.features.answers.run import Run
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.rules.rule import Fix

_NO_COVERS = '"covers": []'
_INSIDE = "\n   "
"""What begins a line of covers beside what is theirs already: the list stands three deep."""

_AT_ONCE = 1000
"""So many covers are written at once: each call of the encoder leaves garbage that a short process does not collect."""

MOST_IN_AN_EDITOR = 10_000
"""So many covers of one demand an editor is sent, which holds them all in memory."""


def runs_as_json(runs: Iterable[Run], catalogue: Catalogue, *, public: bool = False) -> Json:
    """The answers to some demands; of one that cannot be run, what `check` says. `public` tells nothing internal.

    Where there are more covers than an editor can hold, `more` in the JSON says how many were left out.
    """
    demands: list[Json] = []
    for run in runs:
        covers = run.answer.covers
        entry = _run_as_json(run, catalogue if public else None, covers[:MOST_IN_AN_EDITOR])
        demands.append(entry | ({"more": more} if (more := len(covers) - MOST_IN_AN_EDITOR) > 0 else {}))
    return run_as_json(catalogue, demands)


def json_text(runs: Sequence[Run], catalogue: Catalogue, *, public: bool = False) -> Iterator[str]:
    """The answers with all their covers as JSON, piece by piece: of a million covers a few are in memory at a time."""
    demands = [_run_as_json(run, catalogue if public else None, ()) for run in runs]
    whole = json.dumps(run_as_json(catalogue, demands), ensure_ascii=False, indent=1)
    # In a text the quotes would be escaped, so this stands nowhere but where the covers belong.
    first, *others = whole.split(_NO_COVERS)
    yield first
    for run, piece in zip(runs, others, strict=True):
        yield from _covers(run.answer)
        yield piece


def _covers(answer: Answer) -> Iterator[str]:
    if not answer.covers:
        yield _NO_COVERS
        return
    covers, before = iter(answer.covers), '"covers": ['
    while some := [cover_as_json(cover, answer.language) for cover in islice(covers, _AT_ONCE)]:
        text = json.dumps(some, ensure_ascii=False, indent=1)
        yield before + text[1:-2].replace("\n", _INSIDE)
        before = ","
    yield "\n   ]"


def diagnostic_as_json(diagnostic: Diagnostic) -> Json:
    """One diagnostic as `vkd check --output-format json` prints it: lines and columns from 1, the end exclusive."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "start": _place(diagnostic.start),
        "end": _place(diagnostic.end),
        "fixes": [_fix(fix) for fix in diagnostic.fixes()],
    }


def _run_as_json(run: Run, public_in: Catalogue | None, covers: Sequence[Cover]) -> Json:
    invalid = run.answer.status == "invalid"
    diagnostics = [diagnostic_as_json(diagnostic) for diagnostic in run.diagnostics] if invalid else None
    return answer_as_json(run.answer, diagnostics, public_in, covers)


def _fix(fix: Fix) -> Json:
    edits = [
        {"path": edit.path, "start": _place(edit.start), "end": _place(edit.end), "text": edit.text}
        for edit in fix.edits
    ]
    return {"title": fix.title, "edits": edits}


def _place(position: Position) -> Json:
    return {"line": position.row + 1, "column": position.column + 1}
