"""The times that a table is made for: of each, which rows say what is wanted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.data.figures import Refused
from vkd_catalog.data.individual.plan import Plan, Wanted
from vkd_catalog.data.individual.sets import Choice, RowsOf, Sets
from vkd_grammar.times import Series, Span, Time, time_as_written


class Moment(NamedTuple):
    """One time that a table is made for, with what is chosen for everything that is wanted; `when` is None where its
    parts are of several times."""

    when: Span | None
    axes: tuple[Choice, ...]
    taken: Choice | None
    populations: tuple[Choice, ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """All that is chosen."""
        return (*self.axes, *([self.taken] if self.taken else []), *self.populations)

    @property
    def rows(self) -> tuple[RowsOf, ...]:
        """The rows that it is made of, each once."""
        return tuple(dict.fromkeys(choice.rows for choice in self.chosen))


def moments_of(plan: Plan, sets: Sets) -> list[Moment]:
    """The times that a plan asks for and the data have, in their order. Raises Refused where there is none, or where it
    is not clear which rows are meant."""
    choices = {wanted: _choices(wanted, sets) for wanted in (*_dividing(plan), *plan.populations)}
    found = []
    for when in _times(plan, choices):
        moment = _moment(when, plan, choices)
        if moment is not None:
            found.append(moment)
    if not found:
        raise Refused("nothing", notes="")
    return found


def _dividing(plan: Plan) -> tuple[Wanted, ...]:
    return (*plan.axes, *([plan.taken] if plan.taken else []))


def _choices(wanted: Wanted, sets: Sets) -> list[Choice]:
    found = [one for held in wanted.held for one in sets.by_product[held.product].choices(held, wanted.asked)]
    if not found:
        products = ", ".join(dict.fromkeys(held.product for held in wanted.held))
        asked = time_as_written(wanted.asked) if wanted.asked else "-"
        raise Refused("no-such-time", product=products, line=wanted.line, time=asked)
    firm = [one for one in found if not one.is_fixed]
    return firm or found


_Choices = Mapping[Wanted, Sequence[Choice]]


def _times(plan: Plan, choices: _Choices) -> list[Span | None]:
    """The times that a table is made for. Raises Refused where what is wanted has several, which do not meet."""
    wanted = _dividing(plan) or plan.populations
    firm = [one for one in wanted if not choices[one][0].is_fixed] or list(wanted)
    whens = [list(dict.fromkeys(choice.when for choice in choices[one])) for one in firm]
    asked = {one.asked for one in firm}
    only = next(iter(asked)) if len(asked) == 1 else None
    if isinstance(only, Series):
        return [period for period in only.periods() if all(_at(period, some) for some in whens)]
    if all(len(some) == 1 for some in whens):
        together = {some[0] for some in whens}
        return [next(iter(together)) if len(together) == 1 else only if isinstance(only, Span) else None]
    if len(asked) == 1:
        shared = (when for when in whens[0] if when is not None and all(when in some for some in whens))
        return [*sorted(shared)]
    line = next(one.line for one, some in zip(firm, whens, strict=True) if len(some) > 1)
    raise Refused("several-times", line=line)


def _at(period: Span, whens: Iterable[Span | None]) -> list[Span | None]:
    """Those of some times that are of a period, or contain it."""
    return [
        when
        for when in whens
        if when is None
        or (period.start <= when.start and when.end <= period.end)
        or (when.start <= period.start and period.end <= when.end)
    ]


def _moment(when: Span | None, plan: Plan, choices: _Choices) -> Moment | None:
    used: list[RowsOf] = []

    def chosen(wanted: Wanted) -> Choice | None:
        found = _of_time(when, wanted.asked, choices[wanted])
        known = [choice for choice in found if choice.rows in used]
        if not known and len({choice.when for choice in found if not choice.is_fixed}) > 1:
            raise Refused("several-times", line=wanted.line)
        best = next(iter(known or found), None)
        if best is not None and best.rows not in used:
            used.append(best.rows)
        return best

    # What changes is chosen first, so that what does not is taken from the same rows.
    dividing = sorted(_dividing(plan), key=lambda one: choices[one][0].is_fixed)
    made = {wanted: chosen(wanted) for wanted in (*dividing, *plan.populations)}
    if None in made.values():
        return None
    sure = {wanted: choice for wanted, choice in made.items() if choice is not None}
    axes = tuple(sure[one] for one in plan.axes)
    taken = sure[plan.taken] if plan.taken else None
    return Moment(when, axes, taken, tuple(sure[one] for one in plan.populations))


def _of_time(when: Span | None, asked: Time | None, found: Sequence[Choice]) -> list[Choice]:
    """Of what may be chosen what is of a time; what never changes, or has one time only, whatever that is."""
    if when is None:
        return list(found)
    if isinstance(asked, Series):
        of_time = [one for one in found if _at(when, [one.when])]
    else:
        of_time = [one for one in found if one.when == when]
    if of_time:
        return of_time
    is_free = found[0].is_fixed or len({one.when for one in found}) == 1
    return list(found) if (is_free and not isinstance(asked, Series)) or found[0].is_fixed else []
