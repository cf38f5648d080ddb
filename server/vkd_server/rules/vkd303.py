"""VKD303: point time for an accumulated characteristic in a product."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import CHARACTERISTIC, TIME, Problem
from vkd_grammar.times import Period
from vkd_server.rules.rule import Context, Example, Rule

_MESSAGE = Texts(
    "{characteristic} regnes sammen over et tidsrom, men {time} er en enkelt dag. Skriv tidsrommet, som 1970.",
    "{characteristic} räknas ihop över en tidsperiod, men {time} är en enda dag. Skriv tidsperioden, som 1970.",
    "{characteristic} lægges sammen over et tidsrum, men {time} er en enkelt dag. Skriv tidsrummet, som 1970.",
    "{characteristic} is added up over a stretch of time, but {time} is a single day. Write the stretch, such as 1970.",
)


def _check(context: Context) -> Iterator[Problem]:
    if context.coded.kind != "product":
        return
    concepts = context.catalogue.vocabularies.characteristics.concepts
    for sentence in context.coded.sentences:
        characteristic = concepts.get(sentence.characteristic or "")
        if characteristic is None or characteristic.temporality != "accumulated":
            continue
        fields = sentence.sentence.fields
        repeated = fields[CHARACTERISTIC].kind == fields[TIME].kind == "ditto"
        if isinstance(sentence.time, Period) and sentence.time.is_point and not repeated:
            facts = (("characteristic", characteristic.code), ("time", sentence.time.start))
            yield at_field(sentence.sentence.row, fields[TIME], "VKD303", *facts)


def _message(problem: Problem, context: Context) -> str:
    concept = context.catalogue.vocabularies.characteristics.concepts[str(problem.fact("characteristic"))]
    characteristic = context.quoted(concept.label(context.language))
    return context.say(_MESSAGE, characteristic=characteristic, time=problem.fact("time"))


RULE = Rule(
    code="VKD303",
    title=Texts(
        "En enkelt dag for noe som regnes sammen over tid",
        "En enda dag för något som räknas ihop över tid",
        "En enkelt dag for noget, der lægges sammen over tid",
        "Point time for an accumulated characteristic",
    ),
    reason=Texts(
        "Omsetningen på én dag er noe annet enn omsetningen i et år; den som søker etter året, finner ikke dette.",
        "Omsättningen på en dag är något annat än omsättningen under ett år; den som söker året hittar inte detta.",
        "Omsætningen på én dag er noget andet end omsætningen i et år; den, der søger efter året, finder ikke dette.",
        "The turnover of a day is not that of a year; who asks for the year will not find this.",
    ),
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-tabell.csv; doc=P:ft70.md; form=csv; access=restricted\n"
            "1 / Bedrifter / Industri / Omsetning / 19701231 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-tabell.csv; doc=P:ft70.md; form=csv; access=restricted\n"
            "1 / Bedrifter / Industri / Omsetning / 1970 / .\n"
        ),
    ),
    message=_message,
    check=_check,
)
