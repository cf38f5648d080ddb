"""The answers of `vkd run` to the same demands, and where they differ from the reading."""

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.catalog.reading.covers import Cover, covers
from tests.catalog.reading.days import is_endless, parse
from tests.catalog.reading.facts import Catalogue, Demand
from tests.catalog.reading.linkage import VERDICTS
from tests.catalog.reading.matching import Matcher
from tests.catalog.reading.misses import misses_that_differ
from tests.catalog.reading.why import why_differs
from tests.catalog.reading.writing import write
from vkd_server.cli import run_command


def answers(catalogue: Catalogue, demands: Sequence[Demand]) -> list[dict[str, Any]]:
    """What `vkd run --output-format json` says of demands that allow the same number of sets."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write(catalogue, demands, root)
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        arguments = ["run", str(root / "demands.vkd"), "--output-format", "json", "--workspace", folder]
        with redirect_stdout(out), redirect_stderr(io.TextIOWrapper(io.BytesIO())):
            run_command([*arguments, "--max-sets", str(demands[0].max_sets)])
        found: list[dict[str, Any]] = json.loads(_printed(out))["demands"]
        return found


def _printed(out: io.TextIOWrapper) -> bytes:
    out.flush()
    written = out.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue()


def differences(catalogue: Catalogue, demands: Sequence[Demand]) -> Iterator[tuple[int, str]]:
    """Where the answers differ from the reading: the demand's place and what differs, as one sentence."""
    matcher = Matcher(catalogue)
    for place, (demand, got) in enumerate(zip(demands, answers(catalogue, demands), strict=True)):
        expected = covers(catalogue, demand, matcher)
        difference = difference_of(expected, got, in_order=_has_order(catalogue, demand, expected))
        # What is near and why nothing was found follow from the covers, so that they are looked at where those agree.
        found = (
            [difference]
            if difference
            else [misses_that_differ(matcher, demand, got), why_differs(matcher, demand, got)]
        )
        yield from ((place, one) for one in found if one)


def _has_order(catalogue: Catalogue, demand: Demand, expected: Sequence[Cover]) -> bool:
    """Whether the order of covers is laid down.

    Of times without end no share of years can be told, and which sentences a table is computed from may be told in several ways.
    """
    if any(cover.grade == "computable" for cover in expected):
        return False
    asked = any(line.time == "-" or is_endless(parse(line.time).days) for line in demand.lines)
    had = any(is_endless(parse(one.time, p.updated).days) for p in catalogue.products for one in p.sentences)
    return not (asked and had)


def difference_of(expected: Sequence[Cover], got: dict[str, Any], *, in_order: bool = True) -> str:
    """What differs first between the covers that should be and an answer; nothing where they agree."""
    if got["status"] == "invalid":
        return f"invalid: {[one['code'] for one in got['diagnostics']]}"
    keys = [(cover.group, cover.members) for cover in expected]
    found = [(cover["group"], tuple(sorted(cover["members"]))) for cover in got["covers"]]
    if sorted(keys) != sorted(found):
        return f"covers: reading {sorted(keys)}, vkd {sorted(found)}"
    told = dict(zip(found, got["covers"], strict=True))
    for key, cover in zip(keys, expected, strict=True):
        if difference := _cover_differs(cover, told[key]):
            return f"{key}: {difference}"
    if in_order and keys != found:
        ranks = {(cover.group, cover.members): cover.rank for cover in expected}
        return f"order: reading {keys}, vkd {found}; ranks {ranks}"
    return ""


def _cover_differs(cover: Cover, got: dict[str, Any]) -> str:
    checks = {
        "grade": (cover.grade, got["grade"]),
        "grades": ({str(number): grade for number, grade in cover.grades.items()}, got.get("grades")),
        "candidates": (
            [(collection or None, list(products)) for collection, products in cover.candidates],
            sorted(
                ((one["collection"], sorted(one["products"])) for one in got.get("candidates", ())),
                key=lambda one: (one[0] or "", one[1]),
            ),
        ),
        "lacks": ({str(n): list(labels) for n, labels in cover.lacks.items()}, got.get("lacks") or {}),
    }
    for what, (expected, had) in checks.items():
        if expected != had:
            return f"{what}: reading {expected}, vkd {had}"
    return _lines_differ(cover, got) or _linkage_differs(cover, got)


def _lines_differ(cover: Cover, got: dict[str, Any]) -> str:
    for number, expected in cover.lines.items():
        if cover.grades[number] == "computable":
            continue
        hits = got["lines"].get(str(number), [])
        told = {(hit["product"], hit["line"]): hit["grade"] for hit in hits}
        if told != expected:
            return f"line {number}: reading {expected}, vkd {told}"
        for hit in hits:
            key = number, hit["product"], hit["line"]
            if tuple(sorted(hit.get("population") or ())) != cover.populations.get(key, ()):
                return f"population of {key}: reading {cover.populations.get(key, ())}, vkd {hit.get('population')}"
            senses = cover.senses.get(key, frozenset())
            if (hit.get("sense") or "") not in (senses or {""}):
                return f"sense of {key}: reading {set(senses)}, vkd {hit.get('sense')}"
    return ""


def _linkage_differs(cover: Cover, got: dict[str, Any]) -> str:
    for across in (False, True):
        expected = {
            (one.a, one.b): {rule: VERDICTS[verdict] for rule, verdict in one.rules}
            for one in cover.linkage
            if one.across is across
        }
        told = {
            tuple(sorted((one["a"], one["b"]))): one["rules"]
            for one in got["linkage"]
            if bool(one.get("across")) is across
        }
        if expected != told:
            return f"{'across' if across else 'linkage'}: reading {expected}, vkd {told}"
    return ""
