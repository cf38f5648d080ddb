"""What `vkd run --output-format json` prints and `vkd.run` answers (docs/language.md sections 10 and 11)."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation import Answer, Cover
from vkd_catalog.evaluation.answer import ProductFacts
from vkd_catalog.message.as_json import Json, answer_as_json, cover_as_json, facts_as_json, run_as_json
from vkd_grammar.text import Position
from vkd_server.features.answers.run import Run
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.rules.rule import Fix

_NO_COVERS = '"covers": []'
_NO_PRODUCTS = '"products": {}'
_LEFT_OPEN = re.compile(f"{re.escape(_NO_COVERS)}|{re.escape(_NO_PRODUCTS)}")
"""Where a demand's covers and products belong. In a text the quotes would be escaped, so it stands nowhere else."""

_INSIDE = "\n   "
"""What begins a line of covers or products beside what is theirs already: both stand three deep."""

_AT_ONCE = 100
"""So many covers or products are written at once. A cover of a collection cites hundreds of sentences."""

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
    """The answers with all their covers and products as JSON, piece by piece: of a million few are in memory at a
    time."""
    public_in = catalogue if public else None
    demands = [_run_as_json(run, public_in, (), {}) for run in runs]
    whole = json.dumps(run_as_json(catalogue, demands), ensure_ascii=False, indent=1)
    first, *others = _LEFT_OPEN.split(whole)
    yield first
    for run, between, after in zip(runs, others[::2], others[1::2], strict=True):
        yield from _covers(run.answer) if run.answer.covers else (_NO_COVERS,)
        yield between
        yield from _products(run.answer, public_in) if run.answer.products else (_NO_PRODUCTS,)
        yield after


def _covers(answer: Answer) -> Iterator[str]:
    covers, before = iter(answer.covers), '"covers": ['
    while some := [cover_as_json(cover, answer.language) for cover in islice(covers, _AT_ONCE)]:
        yield before + _laid_out(some)
        before = ","
    yield "\n   ]"


def _products(answer: Answer, public_in: Catalogue | None) -> Iterator[str]:
    products, before = iter(answer.products.items()), '"products": {'
    while some := dict(islice(products, _AT_ONCE)):
        yield before + _laid_out(facts_as_json(some, answer.language, public_in))
        before = ","
    yield "\n   }"


def _laid_out(some: Json | Sequence[Json]) -> str:
    """Covers or products as they stand in the whole, without what opens and closes them."""
    return json.dumps(some, ensure_ascii=False, indent=1)[1:-2].replace("\n", _INSIDE)


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


def _run_as_json(
    run: Run, public_in: Catalogue | None, covers: Sequence[Cover], products: Mapping[str, ProductFacts] | None = None
) -> Json:
    invalid = run.answer.status == "invalid"
    diagnostics = [diagnostic_as_json(diagnostic) for diagnostic in run.diagnostics] if invalid else None
    return answer_as_json(run.answer, diagnostics, public_in, covers, products)


def _fix(fix: Fix) -> Json:
    edits = [
        {"path": edit.path, "start": _place(edit.start), "end": _place(edit.end), "text": edit.text}
        for edit in fix.edits
    ]
    return {"title": fix.title, "edits": edits}


def _place(position: Position) -> Json:
    return {"line": position.row + 1, "column": position.column + 1}
