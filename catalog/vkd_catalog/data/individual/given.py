"""Tables of single units that may be shown: computed, put under the rules that the catalogue states, held against its
log, and given with what they rest on (docs/language.md section 12)."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.data.faults import CannotRead
from vkd_catalog.data.figures import FigureTable, Note, Refused
from vkd_catalog.data.individual.crossed import Crossed, crossed
from vkd_catalog.data.individual.linking import linked
from vkd_catalog.data.individual.moments import moments_of
from vkd_catalog.data.individual.plan import Crossing, Plan, of_aggregates, of_individuals
from vkd_catalog.data.individual.sets import opened_sets
from vkd_catalog.data.individual.shown import as_shown
from vkd_catalog.data.published import figures_of, tables_asked
from vkd_catalog.disclosure.answering import Asked, answered, require_log
from vkd_catalog.disclosure.rules import Rules
from vkd_catalog.disclosure.saying import lacks, refusal
from vkd_catalog.disclosure.treating import Refusal
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.evaluation.found import Cover
from vkd_catalog.languages import say
from vkd_grammar.times import time_as_written


class RulesMissing(Exception):
    """Raised where the catalogue does not state what is needed before anything is computed of single units; `said` says
    what."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class Stated(NamedTuple):
    """The rules that a catalogue states, and its log."""

    rules: Rules
    log: Path


def rules_stated(catalogue: Catalogue, language: str) -> Stated:
    """The rules of a catalogue and its log, which can be read and written. Raises RulesMissing, LogUnusable."""
    rules = catalogue.configuration.disclosure
    if rules is None:
        raise RulesMissing(say("data.no-rules", language))
    if lacking := lacks(rules, language):
        raise RulesMissing(lacking)
    log = catalogue.root / (rules.log or "")
    require_log(log)
    return Stated(rules, log)


def computed_figures(
    demand: CodedDescription, cover: Cover, catalogue: Catalogue, asked: Crossing | None, language: str
) -> list[FigureTable]:
    """The tables that an answer to a demand holds, those of single units computed: as `asked`, else those that the
    demand asks for.

    Raises Refused where they cannot be given, RulesMissing and LogUnusable where nothing may be computed, ExtraMissing.
    """
    stated = rules_stated(catalogue, language)
    lines = groups_of(demand, catalogue.vocabularies)[cover.group - 1].asked
    tables: list[FigureTable] = []
    made: list[tuple[Plan, list[Crossed]]] = []
    if asked is not None:
        plan = of_individuals(lines, asked, cover, catalogue)
        made.append((plan, _made(plan, catalogue, stated.rules, language)))
    else:
        for own in tables_asked(lines, catalogue.vocabularies):
            if all(cover.grades[line.line] == "computable" for line in own):
                plan = of_aggregates(own, cover, catalogue)
                made.append((plan, _made(plan, catalogue, stated.rules, language)))
            else:
                tables += figures_of(own, cover, catalogue, language)
    asked_for = [Asked(one.crosstab, _about(demand, plan, one, catalogue)) for plan, some in made for one in some]
    given = answered(asked_for, stated.rules, stated.log)
    if isinstance(given, Refusal):
        raise Refused("rules", why=refusal(given, language))
    under = iter(given)
    for plan, some in made:
        given_now = [next(under) for _ in some]
        table = as_shown(plan, some, given_now, stated.rules, catalogue.own_vocabularies, language)
        tables.append(table._replace(notes=(*table.notes, *_doubtful(plan, cover))))
    return tables


def _made(plan: Plan, catalogue: Catalogue, rules: Rules, language: str) -> list[Crossed]:
    """The tables of a plan as they are in the data, one for each time."""
    vocabularies = catalogue.own_vocabularies
    with opened_sets(plan, catalogue, language) as sets:
        try:
            found = []
            for moment in moments_of(plan, sets):
                units = linked(plan, moment, sets, vocabularies)
                found.append(crossed(plan, moment, units, sets, rules, vocabularies))
            return found
        except CannotRead as error:
            raise Refused("unreadable", product=", ".join(plan.products), reason=error.why.reason) from None


def _doubtful(plan: Plan, cover: Cover) -> Iterator[Note]:
    """The sets of which it is not known that they identify units alike."""
    for pair in cover.linkage:
        if not pair.across and pair.rules["R2"] != "yes" and {pair.a, pair.b} <= {*plan.products}:
            yield Note("linkage-unknown", 2, (pair.a, pair.b))


def _about(demand: CodedDescription, plan: Plan, one: Crossed, catalogue: Catalogue) -> dict[str, object]:
    """What the log says of a table for people."""
    when = one.moment.when
    return {
        "demand": demand.identification,
        "revision": catalogue.revision,
        "lines": list(plan.lines),
        "products": list(dict.fromkeys(rows.product for rows in one.moment.rows)),
        "times": [time_as_written(when)] if when else [],
        "label": " x ".join(axis.code for axis in one.crosstab.axes),
    }
