"""What editors show beside the text, in the four languages a catalogue may speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import Counted, Texts
from vkd_grammar.kinds import HEADER_TYPES, Kind, language_of
from vkd_grammar.syntax import Description

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer

DITTO = Texts("samme som over", "samma som ovan", "samme som ovenfor", "same as above")
DONT_CARE = Texts("hva som helst", "vad som helst", "hvad som helst", "anything")
MORE = Texts(
    "… {count} til: skriv mer", "… {count} till: skriv mer", "… {count} til: skriv mere", "… {count} more: type on"
)
OPERATORS = {
    "O": Texts("og", "och", "og", "and"),
    "E": Texts("eller", "eller", "eller", "or"),
    "N": Texts("ikke neste linje", "inte nästa rad", "ikke næste linje", "not the next line"),
    ".": Texts("slutt", "slut", "slut", "stop"),
}
BINDS = {
    "O": Texts(
        "**O**, og: linjen og den neste hører til samme gruppe.",
        "**O**, och: raden och nästa hör till samma grupp.",
        "**O**, og: linjen og den næste hører til samme gruppe.",
        "**O**, and: this line and the next belong to the same group.",
    ),
    "E": Texts(
        "**E**, eller: her slutter en gruppe og en annen begynner; én av dem er nok.",
        "**E**, eller: här slutar en grupp och en annan börjar; en av dem räcker.",
        "**E**, eller: her slutter en gruppe, og en anden begynder; én af dem er nok.",
        "**E**, or: one group ends here and another begins; one of them is enough.",
    ),
    "N": Texts(
        "**N**, ikke: neste linje må ikke finnes i det som svarer.",
        "**N**, inte: nästa rad får inte finnas i det som svarar.",
        "**N**, ikke: næste linje må ikke findes i det, der svarer.",
        "**N**, not: nothing that answers may match the next line.",
    ),
    ".": Texts(
        "**.** avslutter beskrivelsen.",
        "**.** avslutar beskrivningen.",
        "**.** afslutter beskrivelsen.",
        "**.** ends the description.",
    ),
}
GROUPS = Texts("Grupper", "Grupper", "Grupper", "Groups")
SYNONYMS = Texts("Synonymer", "Synonymer", "Synonymer", "Synonyms")
STANDS_FOR = Texts("står for", "står för", "står for", "stands for")
NOT_DEFINED = Texts("uten definisjon", "utan definition", "uden definition", "without definition")
TIMES_OF = {
    "point": Texts("{0}", "{0}", "{0}", "{0}"),
    "period": Texts("fra {0} til {1}", "från {0} till {1}", "fra {0} til {1}", "from {0} to {1}"),
    "until": Texts("til og med {1}", "till och med {1}", "til og med {1}", "up to {1}"),
    "since": Texts("fra og med {0}", "från och med {0}", "fra og med {0}", "since {0}"),
    "ever": Texts("når som helst", "när som helst", "når som helst", "at any time"),
    "mask": Texts("dager av formen {0}", "dagar av formen {0}", "dage af formen {0}", "days of the form {0}"),
}
DENOTES = {
    "unit": Texts("én enhet", "en enhet", "én enhed", "one unit"),
    "units": Texts("enhetene i «{name}»", "enheterna i ”{name}”", "enhederne i »{name}«", "the units in “{name}”"),
    "aggregate": Texts(
        "ett aggregat, «{name}»", "ett aggregat, ”{name}”", "ét aggregat, »{name}«", "one aggregate, “{name}”"
    ),
    "aggregates": Texts(
        "aggregatene av klassene i «{name}»",
        "aggregaten av klasserna i ”{name}”",
        "aggregaterne af klasserne i »{name}«",
        "the aggregates of the classes of “{name}”",
    ),
    "population": Texts(
        "populasjonen «{name}», som de andre linjene deler inn",
        "populationen ”{name}”, som de andra raderna delar in",
        "populationen »{name}«, som de andre linjer inddeler",
        "the population “{name}”, which the other lines classify",
    ),
}
CHARACTERISTIC_OF = Texts(
    "kjennemerket **{characteristic}** for {what}",
    "kännetecknet **{characteristic}** för {what}",
    "kendetegnet **{characteristic}** for {what}",
    "the characteristic **{characteristic}** of {what}",
)
SETS = {
    "none": Texts(
        "ingen informasjonssett", "inga informationsuppsättningar", "ingen informationssæt", "no information sets"
    ),
    "one": Texts("1 informasjonssett", "1 informationsuppsättning", "1 informationssæt", "1 information set"),
    "many": Texts(
        "{count} informasjonssett",
        "{count} informationsuppsättningar",
        "{count} informationssæt",
        "{count} information sets",
    ),
}
SETS_LEFT = (
    Texts("1 sett", "1 uppsättning", "1 sæt", "1 set"),
    Texts("{count} sett", "{count} uppsättningar", "{count} sæt", "{count} sets"),
)
"""One information set, and several, where there is little room."""
USED_IN = {
    "none": Texts(
        "Finnes ikke i noe informasjonssett",
        "Finns inte i någon informationsuppsättning",
        "Findes ikke i noget informationssæt",
        "Found in no information set",
    ),
    "one": Texts(
        "Finnes i 1 informasjonssett",
        "Finns i 1 informationsuppsättning",
        "Findes i 1 informationssæt",
        "Found in 1 information set",
    ),
    "many": Texts(
        "Finnes i {count} informasjonssett",
        "Finns i {count} informationsuppsättningar",
        "Findes i {count} informationssæt",
        "Found in {count} information sets",
    ),
}
WITH_THE_LINE = Texts(
    "{count} med resten av linjen",
    "{count} med resten av raden",
    "{count} med resten af linjen",
    "{count} with the rest of the line",
)
ANSWERS = {
    "none": Texts("ingen svar", "inga svar", "ingen svar", "no answers"),
    "one": Texts("1 svar", "1 svar", "1 svar", "1 answer"),
    "many": Texts("{count} svar", "{count} svar", "{count} svar", "{count} answers"),
}
INVALID = Texts(
    "kan ikke behandles: feil", "kan inte behandlas: fel", "kan ikke behandles: fejl", "cannot be run: errors"
)
LINES = Counted(
    Texts("{count} linje", "{count} rad", "{count} linje", "{count} line"),
    Texts("{count} linjer", "{count} rader", "{count} linjer", "{count} lines"),
)
COPY = Texts("Kopier som Markdown", "Kopiera som Markdown", "Kopiér som Markdown", "Copy as Markdown")
WHY_NOT = Texts("Hvorfor ikke {product}?", "Varför inte {product}?", "Hvorfor ikke {product}?", "Why not {product}?")
RUN = Texts("Kjør", "Kör", "Kør", "Run")
SHOW_MESSAGE = Texts(
    "Vis referansemelding", "Visa referensmeddelande", "Vis referencemeddelelse", "Show reference message"
)
PROFILES_MET = Texts(
    "Vis interesseprofilene det møter",
    "Visa intresseprofilerna den möter",
    "Vis interesseprofilerne, det møder",
    "Show the interest profiles it meets",
)
FIX_ALL = Texts(
    "Rett alt som er sikkert", "Rätta allt som är säkert", "Ret alt, der er sikkert", "Fix all that is safe to fix"
)
ORGANIZE = Texts(
    "Nummerer linjene og rett inn kolonnene",
    "Numrera raderna och räta in kolumnerna",
    "Nummerer linjerne og ret kolonnerne ind",
    "Number the lines and align the columns",
)
KINDS: dict[Kind, Texts] = {
    "product": Texts("produktbeskrivelse", "produktbeskrivning", "produktbeskrivelse", "product description"),
    "demand": Texts(
        "etterspørselsbeskrivelse", "efterfrågebeskrivning", "efterspørgselsbeskrivelse", "demand description"
    ),
}


def counted(texts: dict[str, Texts], count: int, language: str) -> str:
    """A number of things in words."""
    which = "none" if count == 0 else "one" if count == 1 else "many"
    return texts[which].in_language(language).format(count=count)


def word_language(description: Description, catalogue_language: str) -> str:
    """The language in which a description takes its words: its header type's; of two, the catalogue's."""
    return language_of(description.header.type if description.header else None, catalogue_language)


def header_type_for(kind: Kind, language: str) -> str:
    """The word that opens a description of a kind in a language."""
    return next(one.word for one in HEADER_TYPES if one.kind == kind and language in one.languages)


def in_short(answer: Answer, language: str) -> str:
    """Who asked, and how many answers there are."""
    if answer.status == "invalid":
        return f"{answer.id}: {INVALID.in_language(language)}"
    return f"{answer.id}: {counted(ANSWERS, len(answer.covers), language)}"
