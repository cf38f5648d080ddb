"""The units themselves, linked, with what a demand asks for of them and nothing else: for those who hold the files. The
log notes that they were handed out (docs/language.md section 12)."""

from pathlib import Path
from typing import Literal

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.data.faults import CannotRead
from vkd_catalog.data.figures import Refused
from vkd_catalog.data.individual.given import rules_stated
from vkd_catalog.data.individual.linked import Question, Repeated, listed
from vkd_catalog.data.individual.linking import linked
from vkd_catalog.data.individual.moments import Moment, moments_of
from vkd_catalog.data.individual.plan import Plan, of_extract
from vkd_catalog.data.individual.sets import Sets, opened_sets
from vkd_catalog.disclosure.answering import noted
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.evaluation.found import Cover
from vkd_catalog.languages import say
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import time_as_written


def write_extract(
    demand: CodedDescription,
    cover: Cover,
    catalogue: Catalogue,
    form: Literal["csv", "parquet"],
    to: Path,
    language: str,
) -> None:
    """Writes the units that an answer to a demand holds to a file: a row each, a column for each characteristic, as the
    cells stand in the data. Where they are of several times, a column before the others says which.

    Raises Refused, RulesMissing, LogUnusable, ExtraMissing as `computed_figures`, OSError.
    """
    stated = rules_stated(catalogue, language)
    lines = groups_of(demand, catalogue.vocabularies)[cover.group - 1].asked
    plan = of_extract(lines, cover, catalogue)
    with opened_sets(plan, catalogue, language) as sets:
        try:
            moments = moments_of(plan, sets)
            question = _question(plan, moments, sets, catalogue.own_vocabularies)
            header = _header(plan, moments, catalogue.own_vocabularies, language)
            noted(stated.log, _about(demand, plan, moments, catalogue, to))
            sets.reader.write(form, header, *question, to)
        except CannotRead as error:
            raise Refused("unreadable", product=", ".join(plan.products), reason=error.why.reason) from None


def _question(plan: Plan, moments: list[Moment], sets: Sets, vocabularies: Vocabularies) -> Question:
    """The question whose answer are the units of all moments, one after the other."""
    parts: list[str] = []
    parameters: list[object] = []
    for moment in moments:
        units = linked(plan, moment, sets, vocabularies)
        try:
            question = listed(sets.reader, units.units, units.axes)
        except Repeated as error:
            raise Refused("repeated", product=moment.rows[error.side].product) from None
        if len(moments) > 1:
            columns = ", ".join(f"x{at} AS x{at + 1}" for at in range(len(units.axes)))
            parts.append(f"SELECT ?::VARCHAR AS x0, {columns} FROM ({question.sql})")
            parameters.append(time_as_written(moment.when) if moment.when else "")
        else:
            parts.append(question.sql)
        parameters += question.parameters
    return Question(" UNION ALL ".join(parts), parameters)


def _header(plan: Plan, moments: list[Moment], vocabularies: Vocabularies, language: str) -> list[str]:
    """What the columns are called: by what they say, with its time or line where that would be the same."""
    labels = [vocabularies.characteristics.concepts[one.code].label(language) for one in plan.axes]
    timed = [
        f"{label} {time_as_written(choice.when)}" if labels.count(label) > 1 and choice.when else label
        for label, choice in zip(labels, moments[0].axes, strict=True)
    ]
    names = [
        f"{label} ({one.line})" if timed.count(label) > 1 else label
        for label, one in zip(timed, plan.axes, strict=True)
    ]
    return [say("data.time", language), *names] if len(moments) > 1 else names


def _about(
    demand: CodedDescription, plan: Plan, moments: list[Moment], catalogue: Catalogue, to: Path
) -> dict[str, object]:
    return {
        "demand": demand.identification,
        "revision": catalogue.revision,
        "lines": list(plan.lines),
        "products": list(plan.products),
        "times": [time_as_written(one.when) for one in moments if one.when],
        "file": to.name,
    }
