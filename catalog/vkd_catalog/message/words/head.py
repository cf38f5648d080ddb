"""The words of a message's head, its headings, and of fields and times."""

from vkd_catalog.languages import Texts

HEAD: dict[str, Texts] = {
    # The head of the message
    "title": Texts(
        "Referansemelding til {who}",
        "Referensmeddelande till {who}",
        "Referencemeddelelse til {who}",
        "Reference message for {who}",
    ),
    "title-to-nobody": Texts("Referansemelding", "Referensmeddelande", "Referencemeddelelse", "Reference message"),
    "place": Texts("{path}, linje {line}", "{path}, rad {line}", "{path}, linje {line}", "{path}, line {line}"),
    "catalogue": Texts(
        "Katalog: {name}, revisjon {revision}.",
        "Katalog: {name}, revision {revision}.",
        "Katalog: {name}, revision {revision}.",
        "Catalogue: {name}, revision {revision}.",
    ),
    "searched-one": Texts(
        "1 produktbeskrivelse er gjennomsøkt.",
        "1 produktbeskrivning har genomsökts.",
        "1 produktbeskrivelse er gennemsøgt.",
        "1 product description was searched.",
    ),
    "searched-many": Texts(
        "{count} produktbeskrivelser er gjennomsøkt.",
        "{count} produktbeskrivningar har genomsökts.",
        "{count} produktbeskrivelser er gennemsøgt.",
        "{count} product descriptions were searched.",
    ),
    "not-searched-one": Texts(
        "Den har 1 produktbeskrivelse, som ikke er gjennomsøkt.",
        "Den har 1 produktbeskrivning, som inte har genomsökts.",
        "Det har 1 produktbeskrivelse, som ikke er gennemsøgt.",
        "It has 1 product description, which was not searched.",
    ),
    "not-searched-many": Texts(
        "Den har {count} produktbeskrivelser, som ikke er gjennomsøkt.",
        "Den har {count} produktbeskrivningar, som inte har genomsökts.",
        "Det har {count} produktbeskrivelser, som ikke er gennemsøgt.",
        "It has {count} product descriptions, which were not searched.",
    ),
    "unread-files-one": Texts(
        "1 fil eller mappe kunne ikke leses",
        "1 fil eller mapp kunde inte läsas",
        "1 fil eller mappe kunne ikke læses",
        "1 file or folder could not be read",
    ),
    "unread-files-many": Texts(
        "{count} filer eller mapper kunne ikke leses",
        "{count} filer eller mappar kunde inte läsas",
        "{count} filer eller mapper kunne ikke læses",
        "{count} files or folders could not be read",
    ),
    "unread-sentences-one": Texts(
        "1 setning kunne ikke leses",
        "1 sats kunde inte läsas",
        "1 sætning kunne ikke læses",
        "1 sentence could not be read",
    ),
    "unread-sentences-many": Texts(
        "{count} setninger kunne ikke leses",
        "{count} satser kunde inte läsas",
        "{count} sætninger kunne ikke læses",
        "{count} sentences could not be read",
    ),
    "of-products": Texts(", i {products}", ", i {products}", ", i {products}", ", in {products}"),
    # The headings of the five parts
    "exists": Texts("Hva som finnes", "Vad som finns", "Hvad der findes", "What exists"),
    "form": Texts("I hvilken form", "I vilken form", "I hvilken form", "In what form"),
    "where": Texts("Hvor det finnes", "Var det finns", "Hvor det findes", "Where it is"),
    "conditions": Texts("På hvilke vilkår", "På vilka villkor", "På hvilke vilkår", "On what conditions"),
    "not-more": Texts("Hvorfor ikke mer", "Varför inte mer", "Hvorfor ikke mere", "Why not more"),
    "not-found": Texts(
        "Hvorfor ingenting ble funnet",
        "Varför inget hittades",
        "Hvorfor intet blev fundet",
        "Why nothing was found",
    ),
    "not-run": Texts(
        "Hvorfor etterspørselen ikke kunne kjøres",
        "Varför efterfrågan inte kunde köras",
        "Hvorfor efterspørgslen ikke kunne køres",
        "Why the demand could not be run",
    ),
    # What stands instead of facts
    "not-stated": Texts("ikke oppgitt", "ej angivet", "ikke oplyst", "not stated"),
    "could-not-be-run": Texts(
        "Etterspørselen kunne ikke behandles. Hvorfor står i del 5.",
        "Efterfrågan kunde inte behandlas. Varför står i del 5.",
        "Efterspørgslen kunne ikke behandles. Hvorfor står i del 5.",
        "The demand could not be run. Part 5 says why.",
    ),
    "nothing-found": Texts(
        "Ingenting å oppgi, siden ingenting ble funnet.",
        "Inget att ange, eftersom inget hittades.",
        "Intet at oplyse, da intet blev fundet.",
        "Nothing to state, since nothing was found.",
    ),
    "nothing-run": Texts(
        "Ingenting å oppgi, siden etterspørselen ikke ble behandlet.",
        "Inget att ange, eftersom efterfrågan inte behandlades.",
        "Intet at oplyse, da efterspørgslen ikke blev behandlet.",
        "Nothing to state, since the demand was not run.",
    ),
    # Fields and times in words
    "any-object-type": Texts("enhver objekttype", "valfri objekttyp", "enhver objekttype", "any object type"),
    "any-name": Texts("ethvert navn", "valfritt namn", "ethvert navn", "any name"),
    "any-characteristic": Texts(
        "ethvert kjennemerke", "valfritt kännetecken", "ethvert kendetegn", "any characteristic"
    ),
    "any-time": Texts("enhver tid", "valfri tid", "enhver tid", "any time"),
    "always": Texts("tid ikke oppgitt", "tid ej angiven", "tid ikke oplyst", "time not stated"),
    "since": Texts("fra og med {start}", "från och med {start}", "fra og med {start}", "from {start} on"),
    "until": Texts("til og med {end}", "till och med {end}", "til og med {end}", "until {end}"),
    "and": Texts("og", "och", "og", "and"),
}
