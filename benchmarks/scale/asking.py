"""Demands in a warm process, beside the same in SQL by hand; and what else is asked: by the page, and by products that
are new."""

import gc
import sys
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.corpus import SEED
from benchmarks.percolation import profile
from benchmarks.scale.by_hand import ByHand, agrees
from benchmarks.scale.demands import WIDEST, Drawn, answer_to, demands
from benchmarks.scale.measures import peak_megabytes, timed
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.configuration import configuration_for
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.message import MessageOptions, message_of
from vkd_catalog.message.as_text import as_text
from vkd_catalog.percolation import Percolator
from vkd_server.web.browse import Browse
from vkd_server.workspace.public import PublicCatalogue

_PROFILES = 100_000
_DRAWN = 20_000
"""So many products are drawn, with replacement, for profiles to ask for what they say."""
_NEW = 200
"""So many of these come as if they were new."""


def mix(folder: Path) -> dict[str, Any]:
    """The mix of demands and the widest one: of each, by its kind, milliseconds for its answer, its message as text
    and the same by hand; and the most memory that answers and messages took. What is not equal ends it."""
    catalogue = open_catalogue(folder)
    catalogue.register.size()
    gc.freeze()
    asked = [*demands(catalogue, Random(SEED)), ("widest", [WIDEST])]
    taken = [_answered(catalogue, lines) for _, lines in asked]
    held = peak_megabytes()
    by_hand = ByHand(folder / ".vkd/register.sqlite", catalogue.vocabularies)
    times: dict[str, list[tuple[float, ...]]] = {}
    for (kind, lines), (answering, telling) in zip(asked, taken, strict=True):
        # The one that was measured is not kept: of many that are, memory would be full.
        demand, answer = answer_to(catalogue, lines)
        took, found = timed(by_hand, demand)
        if not agrees(answer, found):
            sys.exit(f"By hand {lines} is answered otherwise: {found}")
        times.setdefault(kind, []).append((answering, telling, took))
    return {"megabytes": held, "times": times}


def _answered(catalogue: Catalogue, lines: list[str]) -> tuple[float, float]:
    """Milliseconds for an answer, and for its message as text."""
    answering, (demand, answer) = timed(answer_to, catalogue, lines)
    telling, _ = timed(_message, demand, answer, catalogue)
    return answering, telling


def _message(demand: CodedDescription, answer: Answer, catalogue: Catalogue) -> str:
    return as_text(message_of(demand, answer, catalogue, MessageOptions()))


def page(folder: Path) -> dict[str, Any]:
    """What the page asks: seconds until it is ready for the first time, and milliseconds of searching as one types, of
    what it opens and of its list."""
    for file in (folder / ".vkd").glob("lookup-*"):
        file.unlink()
    shown = Browse(configuration_for(folder), PublicCatalogue)
    seconds, _ = timed(shown.prepare)
    asked = {
        "search": [{"text": text[:end]} for text in _SEARCHED for end in range(1, len(text) + 1)],
        "product": [{"id": f"r{number}-{number}"} for number in range(50)],
        "products": [{"first": str(first)} for first in range(0, 5_000, 100)],
    }
    times = {question: [timed(shown.ask, question, one)[0] for one in some] for question, some in asked.items()}
    return {"ready": seconds / 1000, **times, "megabytes": peak_megabytes()}


_SEARCHED = ("Variable 77", "Register 12", "Measure 5", "Registr 7", "r77")


def profiles(folder: Path) -> dict[str, Any]:
    """A hundred thousand interest profiles drawn from what products say of their units beside who they are; how many of
    them a new product meets, and milliseconds for that."""
    catalogue, random = open_catalogue(folder), Random(SEED)
    drawn = Drawn(catalogue, random)
    said = [sentences for _ in range(_DRAWN) if (sentences := drawn.product()[1:])]
    wanted = [profile(random.choice(said), random) for _ in range(_PROFILES)]
    percolator = Percolator(catalogue.vocabularies)
    put_in = [timed(percolator.add, f"p{at}", groups)[0] for at, groups in enumerate(wanted)]
    gc.freeze()
    met = [timed(percolator.met_by, one, ()) for one in said[:_NEW]]
    return {
        "put in": sum(put_in) / _PROFILES,
        "met": [len(found) for _, found in met],
        "product": [taken for taken, _ in met],
        "megabytes": peak_megabytes(),
    }
