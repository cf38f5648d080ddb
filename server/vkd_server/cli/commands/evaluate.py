"""How well demands are answered, against judgements: the three counts of 1972 fig. 4, recall and precision.

DIR holds demands and judgements.csv with the columns demand, product and relevant (yes or no).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.files import read_file
from vkd_catalog.judging import (
    FILE_NAME,
    Counts,
    Judgement,
    JudgementError,
    read_judgements,
    relevant_to_demands,
    together,
)
from vkd_catalog.message.message import shown
from vkd_grammar.parser import Parser
from vkd_grammar.words import fold
from vkd_server.cli import FOUND, CallError
from vkd_server.cli.catalogues import catalogue_of
from vkd_server.cli.demands import demand_texts, home_of
from vkd_server.cli.inputs import Inputs
from vkd_server.cli.parser import share
from vkd_server.cli.streams import print_json, print_line
from vkd_server.features.answers.judged import Judged, judged
from vkd_server.features.answers.run import Run, run_document

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_ALL = "all demands"


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the arguments of `vkd evaluate` to its parser."""
    add = parser.add_argument
    add("folder", metavar="DIR", help=f"a folder with demands and {FILE_NAME}")
    add("--workspace", metavar="DIR", help="whose catalogue is searched; without it, the one the demands belong to")
    add("--output-format", choices=("text", "json"), default="text")
    add("--min-recall", type=share, default=0.0, metavar="X", help="from 0 to 1: exit 1 below it")
    add("--min-precision", type=share, default=0.0, metavar="X", help="from 0 to 1: exit 1 below it")
    add("--compare", metavar="FILE", help="an earlier run's JSON to compare with")


def run(arguments: Namespace) -> int:
    """Counts and prints. Returns 1 where recall or precision over all demands is below the required share, else 0."""
    parser, inputs = Parser(), Inputs("evaluate")
    texts = [text for text in demand_texts([arguments.folder], None, parser, inputs) if text.has_demands]
    catalogue = catalogue_of(home_of(texts, arguments.workspace), parser)
    file = Path(arguments.folder) / FILE_NAME
    try:
        judgements = read_judgements(file)
    except JudgementError as error:
        raise CallError(str(error)) from error
    runs = [one for text in texts for one in run_document(text.document, text.path_in(catalogue), catalogue)]
    found = list(judged(runs, relevant_to_demands(judgements), catalogue))
    if not found:
        raise CallError(f"{arguments.folder}: no demand there is named in {FILE_NAME}")
    for said in _unknown(judgements, runs, catalogue):
        print_line(f"vkd evaluate: {file}:{said}", error=True)
    rows = [*found, _total(found)]
    before = _earlier(arguments.compare) if arguments.compare else {}
    if arguments.output_format == "json":
        demands = [_as_json(row, before.get(row.demand)) for row in rows]
        print_json(json.dumps({"version": 1, "demands": demands}, ensure_ascii=False, indent=1))
    else:
        _print(rows, before)
    overall = rows[-1].counts
    enough = overall.recall >= arguments.min_recall and overall.precision >= arguments.min_precision
    return inputs.exit_code(0 if enough else FOUND)


def _unknown(judgements: Sequence[Judgement], runs: Sequence[Run], catalogue: Catalogue) -> Iterator[str]:
    """A line for each judgement that names a demand or product that does not exist, since it would be counted as
    missed."""
    demands = {fold(one.answer.id) for one in runs}
    for judgement in judgements:
        if fold(judgement.demand) not in demands:
            yield f"{judgement.line}: no demand there is by {shown(judgement.demand)}"
        elif not catalogue.places_of(judgement.product):
            yield f"{judgement.line}: no product description is called {shown(judgement.product)}"


def _total(found: list[Judged]) -> Judged:
    return Judged(_ALL, together(row.counts for row in found), together(row.baseline for row in found))


def _print(rows: list[Judged], before: dict[str, tuple[float, float]]) -> None:
    width = max(len(row.demand) for row in rows)
    print(f"{'':{width}}  found, relevant  found, other  missed  recall  precision  title search: recall  precision")
    for row in rows:
        counts, baseline = row.counts, row.baseline
        line = (
            f"{row.demand:{width}}  {counts.found_relevant:15}  {counts.found_other:12}  {counts.missed:6}  "
            f"{counts.recall:6.2f}  {counts.precision:9.2f}  {baseline.recall:20.2f}  {baseline.precision:9.2f}"
        )
        earlier = before.get(row.demand)
        if earlier is not None:
            line += f"  (before: {earlier[0]:.2f}, {earlier[1]:.2f})"
        print_line(line)


def _as_json(row: Judged, before: tuple[float, float] | None) -> dict[str, object]:
    earlier = {"before": dict(zip(("recall", "precision"), before, strict=True))} if before else {}
    return {"demand": row.demand, **_counts(row.counts), "title_search": _counts(row.baseline), **earlier}


def _counts(counts: Counts) -> dict[str, object]:
    return {**counts._asdict(), "recall": round(counts.recall, 4), "precision": round(counts.precision, 4)}


def _earlier(file: str) -> dict[str, tuple[float, float]]:
    """Recall and precision of an earlier run, by demand."""
    try:
        rows = json.loads(read_file(file))["demands"]
        return {str(row["demand"]): (float(row["recall"]), float(row["precision"])) for row in rows}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CallError(f"{file}: is not what vkd evaluate --output-format json prints") from error
