"""VKD401: product without data, doc, form or access."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_grammar.technical import key_named
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.wording import all_of

_EXPECTED = ("data", "doc", "form", "access")
_MESSAGE = Texts(
    "Produktet oppgir ikke {missing}. Legg det til i de tekniske dataene, som {example}.",
    "Produkten anger inte {missing}. Lägg till det i de tekniska data, som {example}.",
    "Produktet oplyser ikke {missing}. Tilføj det i de tekniske data, som {example}.",
    "The product does not state {missing}. Add it to the technical data, such as {example}.",
)
_EXAMPLES = {"data": "data=arkiv/person.csv", "doc": "doc=dok/person.md", "form": "form=csv", "access": "access=open"}


def _check(context: Context) -> Iterator[Problem]:
    values = context.coded.technical.values
    if all(key in values for key in _EXPECTED):
        return
    header = context.coded.description.header
    if header is None or context.coded.kind != "product":
        return
    # A key that is there with a value it does not take has its own diagnostic.
    stated = {key.name for entry in header.entries if (key := key_named(entry.key.text))}
    missing = tuple(key for key in _EXPECTED if key not in stated)
    if missing:
        place = header.fields[2] if len(header.fields) > 2 else header.fields[-1]
        yield at_field(header.row, place, "VKD401", ("missing", missing))


def _message(problem: Problem, context: Context) -> str:
    missing = problem.fact("missing")
    keys = missing if isinstance(missing, tuple) else ()
    return context.say(_MESSAGE, missing=all_of(keys, context.language), example=_EXAMPLES[keys[0]])


RULE = Rule(
    code="VKD401",
    title=Texts(
        "Produkt uten data, doc, form eller access",
        "Produkt utan data, doc, form eller access",
        "Produkt uden data, doc, form eller access",
        "Product without data, doc, form or access",
    ),
    reason=Texts(
        "Den som får vite at noe finnes, vil også vite hvor det er, i hvilken form og på hvilke vilkår.",
        "Den som får veta att något finns vill också veta var det är, i vilken form och på vilka villkor.",
        "Den, der får at vide, at noget findes, vil også vide, hvor det er, i hvilken form og på hvilke vilkår.",
        "Whoever learns that something exists also wants to know where it is, in what form and on what conditions.",
    ),
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; form=csv\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
    ),
    message=_message,
    check=_check,
)
