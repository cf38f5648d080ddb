"""Why one product is not among the answers to a demand, or that it is: each line's first field that does not fit."""

from collections.abc import Iterator

from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.evaluation.fit import FIELDS, LineFit, fit_of
from vkd_catalog.evaluation.found import Cover
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.languages import Texts, quoted
from vkd_catalog.message.wording import Wording
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import Period
from vkd_grammar.words import fold

_WORDS = {
    "unknown": Texts(
        "Ingen produktbeskrivelse heter {product}.",
        "Ingen produktbeskrivning heter {product}.",
        "Ingen produktbeskrivelse hedder {product}.",
        "No product description is called {product}.",
    ),
    "invalid": Texts(
        "Etterspørselen har feil og er ikke behandlet.",
        "Efterfrågan har fel och har inte behandlats.",
        "Efterspørgslen har fejl og er ikke behandlet.",
        "The demand has errors and was not run.",
    ),
    "alone": Texts(
        "{product} er blant svarene, alene: {grade}.",
        "{product} är bland svaren, på egen hand: {grade}.",
        "{product} er blandt svarene, alene: {grade}.",
        "{product} is among the answers, by itself: {grade}.",
    ),
    "together": Texts(
        "{product} er blant svarene, sammen med {others}: {grade}.",
        "{product} är bland svaren, tillsammans med {others}: {grade}.",
        "{product} er blandt svarene, sammen med {others}: {grade}.",
        "{product} is among the answers, together with {others}: {grade}.",
    ),
    "not": Texts(
        "{product} er ikke blant svarene.",
        "{product} är inte bland svaren.",
        "{product} er ikke blandt svarene.",
        "{product} is not among the answers.",
    ),
    "met": Texts(
        "Linje {line}: svarer, med linje {product_line} ({grade}).",
        "Rad {line}: svarar, med rad {product_line} ({grade}).",
        "Linje {line}: svarer, med linje {product_line} ({grade}).",
        "Line {line}: answers, with line {product_line} ({grade}).",
    ),
    "unmet": Texts(
        "{lines}: svarer ikke. {field}: det spørres om {asked}, nærmest er linje {product_line} med {said}.",
        "{lines}: svarar inte. {field}: det efterfrågas {asked}, närmast är rad {product_line} med {said}.",
        "{lines}: svarer ikke. {field}: der spørges om {asked}, nærmest er linje {product_line} med {said}.",
        "{lines}: no answer. {field}: {asked} is asked for, nearest is line {product_line} with {said}.",
    ),
    "unmet-empty": Texts(
        "{lines}: svarer ikke, for informasjonssettet har ingen linjer som kan leses.",
        "{lines}: svarar inte, för informationsuppsättningen har inga rader som kan läsas.",
        "{lines}: svarer ikke, for informationssættet har ingen linjer, der kan læses.",
        "{lines}: no answer, for the product has no lines that can be read.",
    ),
    "excluded": Texts(
        "Linje {line} er negert (N), og linje {product_line} i {product} svarer til den: det utelukker {product}.",
        "Rad {line} är negerad (N), och rad {product_line} i {product} svarar mot den: det utesluter {product}.",
        "Linje {line} er negeret (N), og linje {product_line} i {product} svarer til den: det udelukker {product}.",
        "Line {line} is negated (N), and the product's line {product_line} matches it: that excludes the product.",
    ),
    "no-address": Texts(
        "Informasjonssettet oppgir ingen adresse i arkivet det spørres om.",
        "Informationsuppsättningen anger ingen adress i det arkiv som efterfrågas.",
        "Informationssættet oplyser ingen adresse i det arkiv, der spørges om.",
        "The product states no address in the archive asked for.",
    ),
    "unlinkable": Texts(
        "Det kan ikke kobles med {beside} ({rules}).",
        "Den kan inte kopplas ihop med {beside} ({rules}).",
        "Det kan ikke kobles med {beside} ({rules}).",
        "It cannot be linked with {beside} ({rules}).",
    ),
    "no-partner": Texts(
        "Det svarer på {some} av {all} linjer i gruppen; ikke noe annet informasjonssett dekker resten sammen med det.",
        (
            "Den svarar på {some} av {all} rader i gruppen; ingen annan informationsuppsättning täcker resten "
            "tillsammans med den."
        ),
        "Det svarer på {some} af {all} linjer i gruppen; intet andet informationssæt dækker resten sammen med det.",
        "It answers {some} of {all} lines of the group; no other set covers the rest together with it.",
    ),
}


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
        return _WORDS[key].in_language(self._answer.language).format(product=self._identification, **facts)

    def among(self, cover: Cover) -> str:
        others = [member for member in cover.members if fold(member) != fold(self._identification)]
        grade = self._wording.say(f"grade-{cover.grade}")
        return self.say("together" if others else "alone", others=", ".join(others), grade=grade)

    def lines(self, fits: tuple[LineFit, ...]) -> Iterator[str]:
        """What each line finds in the product; lines that fail alike are told together."""
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
            return self._wording.time(Period(*value))
        vocabulary = self._vocabularies.four[FIELDS.index(field)]
        return quoted(self._wording.term(vocabulary, value), self._answer.language)
