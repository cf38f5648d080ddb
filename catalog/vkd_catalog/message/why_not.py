"""Why one product is not among the answers to a demand, or that it is: each line's first field that does not fit."""

from collections.abc import Iterator

from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.evaluation.fit import FIELDS, LineFit, fit_of
from vkd_catalog.evaluation.found import Cover
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.languages import quoted, say
from vkd_catalog.message.wording import Wording
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import span
from vkd_grammar.words import fold


def why_not(
    answer: Answer, demand: CodedDescription, identification: str, register: Register, vocabularies: Vocabularies
) -> tuple[str, ...]:
    """The explanation in sentences, in the answer's language; the first says whether it is among the answers."""
    telling = _Telling(answer, identification, Wording(answer.language, vocabularies), vocabularies)
    number = next(
        (number for number, had in register.products() if fold(had.identification) == fold(identification)), None
    )
    if answer.status == "invalid":
        return (telling.say("invalid"),)
    if number is None:
        return (telling.say("unknown"),)
    cover = answer.covers.first_with(number)
    if cover is not None:
        return (telling.among(cover),)
    fits = fit_of(number, groups_of(demand, vocabularies), Matcher(register, vocabularies), register)
    return (telling.say("not"), *telling.lines(fits), *telling.reasons(fits))


class _Telling:
    def __init__(self, answer: Answer, identification: str, wording: Wording, vocabularies: Vocabularies) -> None:
        self._answer = answer
        self._identification = identification
        self._wording = wording
        self._vocabularies = vocabularies

    def say(self, key: str, **facts: object) -> str:
        return say(f"why-not.{key}", self._answer.language, product=self._identification, **facts)

    def among(self, cover: Cover) -> str:
        others = [member for member in cover.members if fold(member) != fold(self._identification)]
        grade = self._wording.say(f"grade-{cover.grade}")
        return self.say("together" if others else "alone", others=", ".join(others), grade=grade)

    def lines(self, fits: tuple[LineFit, ...]) -> Iterator[str]:
        """What each line finds in the product; lines that fail for the same reason are listed together."""
        told: dict[LineFit, list[int]] = {}
        for fit in fits:
            if not (fit.negated and fit.grade is None):
                alike = fit._replace(line=0) if fit.grade is None else fit
                told.setdefault(alike, []).append(fit.line)
        for fit, lines in told.items():
            yield self._line(fit, lines)

    def reasons(self, fits: tuple[LineFit, ...]) -> Iterator[str]:
        """What stands in the way besides the lines."""
        misses = [one for one in self._answer.near_misses if fold(one.product) == fold(self._identification)]
        if any(miss.kind == "archive" for miss in misses):
            yield self.say("no-address")
        apart: dict[tuple[str, ...], dict[str, None]] = {}
        for miss in misses:
            if miss.beside is not None:
                apart.setdefault(miss.rules, {})[miss.beside] = None
        for rules, others in apart.items():
            reasons = "; ".join(f"{rule}: {self._wording.say(f'unlinkable-{rule}')}" for rule in rules)
            yield self.say("unlinkable", beside=self._wording.few(list(others)), rules=reasons)
        for group in dict.fromkeys(fit.group for fit in fits):
            asked = [fit for fit in fits if fit.group == group and not fit.negated]
            met = [fit for fit in asked if fit.met]
            if 0 < len(met) < len(asked):
                yield self.say("no-partner", some=len(met), all=len(asked))

    def _line(self, fit: LineFit, lines: list[int]) -> str:
        if fit.grade is not None:
            grade = self._wording.say(f"grade-{fit.grade}")
            key = "excluded" if fit.negated else "met"
            return self.say(key, line=fit.line, product_line=fit.product_line, grade=grade)
        numbered = self._wording.lines(lines)
        numbered = numbered[0].upper() + numbered[1:]
        if fit.field is None:
            return self.say("unmet-empty", lines=numbered)
        return self.say(
            "unmet",
            lines=numbered,
            product_line=fit.product_line,
            field=self._wording.say(f"field-{fit.field}").capitalize(),
            asked=self._value(fit.field, fit.asked),
            said=self._value(fit.field, fit.said),
        )

    def _value(self, field: str, value: str | tuple[int, int] | None) -> str:
        if isinstance(value, tuple):
            return self._wording.time(span(*value))
        vocabulary = self._vocabularies.four[FIELDS.index(field)]
        return quoted(self._wording.term(vocabulary, value), self._answer.language)
