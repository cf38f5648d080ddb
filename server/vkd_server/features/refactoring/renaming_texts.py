"""Why something cannot be renamed so, in the four languages a catalogue may speak."""

from typing import Literal

from vkd_catalog.languages import Texts

Reason = Literal["empty", "characters", "other-concept", "time", "cell", "elsewhere", "ambiguous", "used", "alias"]

REFUSALS: dict[Reason, Texts] = {
    "empty": Texts(
        "Et nytt navn kan ikke være tomt.",
        "Ett nytt namn kan inte vara tomt.",
        "Et nyt navn kan ikke være tomt.",
        "A new name cannot be empty.",
    ),
    "characters": Texts(
        "{word} inneholder linjeskift eller styretegn.",
        "{word} innehåller radbrytning eller styrtecken.",
        "{word} indeholder linjeskift eller styretegn.",
        "{word} holds a line break or a control character.",
    ),
    "other-concept": Texts(
        "{word} er allerede et ord for et annet begrep, [{code}].",
        "{word} är redan ett ord för ett annat begrepp, [{code}].",
        "{word} er allerede et ord for et andet begreb, [{code}].",
        "{word} is a word for another concept already, [{code}].",
    ),
    "time": Texts(
        "{word} ville leses som en tid.",
        "{word} skulle läsas som en tid.",
        "{word} ville blive læst som en tid.",
        "{word} would be read as a time.",
    ),
    "cell": Texts(
        "{word} kan ikke skrives i cellen for begrepet, {path}:{line}.",
        "{word} kan inte skrivas i begreppets cell, {path}:{line}.",
        "{word} kan ikke skrives i begrebets celle, {path}:{line}.",
        "{word} cannot be written in the concept's cell, {path}:{line}.",
    ),
    "elsewhere": Texts(
        "{word} står allerede i {path}:{line} og ville få en annen betydning der.",
        "{word} står redan i {path}:{line} och skulle få en annan betydelse där.",
        "{word} står allerede i {path}:{line} og ville få en anden betydning dér.",
        "{word} stands in {path}:{line} already and would come to mean something else there.",
    ),
    "ambiguous": Texts(
        "{word} i {path}:{line} kan bety flere begreper. Skriv koden bak ordet der først.",
        "{word} i {path}:{line} kan betyda flera begrepp. Skriv koden efter ordet där först.",
        "{word} i {path}:{line} kan betyde flere begreber. Skriv koden efter ordet dér først.",
        "{word} in {path}:{line} may mean several concepts. Write the code behind the word there first.",
    ),
    "alias": Texts(
        "{word} kan ikke være et kortnavn: det har blanktegn, skråstrek, kolon, semikolon eller likhetstegn.",
        "{word} kan inte vara ett kortnamn: det har blanktecken, snedstreck, kolon, semikolon eller likhetstecken.",
        "{word} kan ikke være et kortnavn: det har blanktegn, skråstreg, kolon, semikolon eller lighedstegn.",
        "{word} cannot be an alias: it has a blank, a slash, a colon, a semicolon or an equals sign.",
    ),
    "used": Texts(
        "{word} brukes allerede i {path}:{line}.",
        "{word} används redan i {path}:{line}.",
        "{word} bruges allerede i {path}:{line}.",
        "{word} is used already in {path}:{line}.",
    ),
}
