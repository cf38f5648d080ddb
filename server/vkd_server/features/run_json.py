"""What `vkd run --output-format json` prints and `vkd.run` answers (LANGUAGE.md sections 10 and 11)."""

from collections.abc import Iterable

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.message.as_json import Json, answer_as_json, run_as_json
from vkd_grammar.text import Position
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.features.run import Run
from vkd_server.rules.rule import Fix


def runs_as_json(runs: Iterable[Run], catalogue: Catalogue, *, public: bool = False) -> Json:
    """The answers to some demands; of one that cannot be run, what `check` says. `public` tells nothing internal."""
    return run_as_json(catalogue, [_run_as_json(run, catalogue if public else None) for run in runs])


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


def _run_as_json(run: Run, public_in: Catalogue | None) -> Json:
    if run.answer.status != "invalid":
        return answer_as_json(run.answer, None, public_in)
    return answer_as_json(run.answer, [diagnostic_as_json(diagnostic) for diagnostic in run.diagnostics], public_in)


def _fix(fix: Fix) -> Json:
    edits = [
        {"path": edit.path, "start": _place(edit.start), "end": _place(edit.end), "text": edit.text}
        for edit in fix.edits
    ]
    return {"title": fix.title, "edits": edits}


def _place(position: Position) -> Json:
    return {"line": position.row + 1, "column": position.column + 1}
