"""Why a product or a collection is not among the answers to a demand, or that it is: where each line first fails."""

from collections.abc import Iterator, Sequence

from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.evaluation.fit import FIELDS, LineFit, fit_of, products_called
from vkd_catalog.evaluation.found import Cover
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.languages import quoted, say
from vkd_catalog.message.wording import Wording
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import span
from vkd_grammar.words import fold


def why_not(
    answer: Answer, demand: CodedDescription, name: str, register: Register, vocabularies: Vocabularies
) -> tuple[str, ...]:
    """The explanation in sentences, in the answer's language; the first says whether it is among the answers.

    `name` is a product's identification, or that of a collection, whose editions are taken together.
    """
    products = products_called(register, name)
    telling = _Telling(answer, name, products, Wording(answer.language, vocabularies), register, vocabularies)
    if answer.status == "invalid":
        return (telling.say("invalid"),)
    if not products:
        return (telling.say("unknown"),)
    cover = answer.covers.first_with(products)
    if cover is not None:
        return (telling.among(cover),)
    matcher = Matcher(register, vocabularies)
    fits = fit_of(products, groups_of(demand, vocabularies), matcher, register, vocabularies)
    return (telling.say("not"), *telling.lines(fits), *telling.reasons(fits))


class _Telling:
    """Words about a product, or the editions of a collection, that go by a name."""

    def __init__(
        self,
        answer: Answer,
        name: str,
        products: Sequence[int],
        wording: Wording,
        register: Register,
        vocabularies: Vocabularies,
    ) -> None:
        self._answer = answer
        self._name = name
        self._wording = wording
        self._vocabularies = vocabularies
        self._identifications = {number: register.product(number).identification for number in products}

    def say(self, key: str, **facts: object) -> str:
        return say(f"why-not.{key}", self._answer.language, product=self._name, **facts)

    def among(self, cover: Cover) -> str:
        own = set(self._identifications.values())
        others = [member for member in cover.members if member not in own]
        grade = self._wording.say(f"grade-{cover.grade}")
        editions = self._wording.few([member for member in cover.members if member in own])
        key = "together" if others else "alone"
        return self.say(f"{key}{self._of_editions}", others=", ".join(others), grade=grade, editions=editions)

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
        own = set(self._identifications.values())
        misses = [one for one in self._answer.near_misses if one.product in own]
        if own <= {miss.product for miss in misses if miss.kind == "archive"}:
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
            if 0 < len(fit.left_out) < len(self._identifications):
                editions = self._wording.few([self._identifications[number] for number in fit.left_out])
                return self.say("leaves-out", line=fit.line, editions=editions)
            key = f"{'excluded' if fit.negated else 'met'}{self._of_editions}"
            return self.say(key, line=fit.line, product_line=fit.product_line, grade=grade, edition=self._edition(fit))
        numbered = self._wording.lines(lines)
        numbered = numbered[0].upper() + numbered[1:]
        if fit.field is None:
            return self.say("unmet-empty", lines=numbered)
        return self.say(
            f"unmet{self._of_editions}",
            lines=numbered,
            edition=self._edition(fit),
            product_line=fit.product_line,
            field=self._wording.say(f"field-{fit.field}").capitalize(),
            asked=self._value(fit.field, fit.asked),
            said=self._value(fit.field, fit.said),
        )

    @property
    def _of_editions(self) -> str:
        """What the keys of texts that name an edition of a collection end in."""
        return "" if fold(self._name) in map(fold, self._identifications.values()) else "-edition"

    def _edition(self, fit: LineFit) -> str:
        """The identification of the product whose sentence is told of."""
        return "" if fit.product is None else self._identifications[fit.product]

    def _value(self, field: str, value: str | tuple[int, int] | None) -> str:
        if isinstance(value, tuple):
            return self._wording.time(span(*value))
        vocabulary = self._vocabularies.four[FIELDS.index(field)]
        return quoted(self._wording.term(vocabulary, value), self._answer.language)
