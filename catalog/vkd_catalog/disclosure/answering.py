"""Tables of data on single units, given under the rules and by the log, or refused (docs/language.md section 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.data.crosstab import Crosstab, Place
from vkd_catalog.disclosure.comparing import compared
from vkd_catalog.disclosure.log import Answer, Told, held, now
from vkd_catalog.disclosure.rules import Rules
from vkd_catalog.disclosure.treating import Refusal, Treated, treated


class Asked(NamedTuple):
    """A table that is asked for, as it is in the data, and what is said of it in the log: by which demand it was asked,
    and of what it was made. That is JSON."""

    crosstab: Crosstab
    about: Mapping[str, object]


def require_log(path: Path) -> None:
    """Raises LogUnusable where there can be no log at a path, so that nothing is computed in vain."""
    with held(path):
        pass


def answered(asked: Sequence[Asked], rules: Rules, path: Path) -> list[Treated] | Refusal:
    """The tables as they may be given, or why none of them is.

    They stand in the log before they are returned. Raises LogUnusable, and then nothing may be given.
    """
    with held(path) as log:
        answers: list[Answer] = []
        given: list[Treated] = []
        for one in asked:
            table = treated(one.crosstab, rules)
            if isinstance(table, Refusal):
                return table
            answer = _answer(one, table, rules, log.next_number() + len(answers))
            if refusal := compared(answer, [*log.answers, *answers], rules.smallest_group):
                return refusal
            answers.append(answer)
            given.append(table)
        log.add(answers)
    return given


def noted(path: Path, about: Mapping[str, object]) -> None:
    """Writes in the log that units themselves are handed out. Raises LogUnusable, and then they may not be."""
    with held(path) as log:
        log.note(about)


def _answer(asked: Asked, table: Treated, rules: Rules, number: int) -> Answer:
    crosstab = asked.crosstab
    return Answer(
        number,
        now(),
        asked.about,
        crosstab.axes,
        crosstab.units,
        crosstab.function,
        crosstab.of,
        table.is_exact,
        rules,
        {place: _told(place, crosstab, table) for place in crosstab.cells},
    )


def _told(place: Place, crosstab: Crosstab, table: Treated) -> Told:
    cell = crosstab.cells[place]
    return Told(cell.number, cell.sketch, table.values[place], place in table.hidden)
