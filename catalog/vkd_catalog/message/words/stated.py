"""The words of parts 2 to 4: what products state."""

from vkd_catalog.message.words.words import Words

STATED: dict[str, Words] = {
    "product": Words("Produkt", "Produkt", "Produkt", "Product"),
    "in-form": Words("Form", "Form", "Form", "Form"),
    "data": Words("Dataarkiv", "Dataarkiv", "Dataarkiv", "Data archive"),
    "doc": Words("Dokumentarkiv", "Dokumentarkiv", "Dokumentarkiv", "Document archive"),
    "in-the-archive": Words(
        "i arkivet; spør registerholderen",
        "i arkivet; fråga registerhållaren",
        "i arkivet; spørg registerholderen",
        "in the archive; ask the register holder",
    ),
    "only-data": Words(
        "Etterspørselen gjelder bare dataarkivet.",
        "Efterfrågan gäller bara dataarkivet.",
        "Efterspørgslen gælder kun dataarkivet.",
        "The demand asks for the data archive only.",
    ),
    "only-document": Words(
        "Etterspørselen gjelder bare dokumentarkivet.",
        "Efterfrågan gäller bara dokumentarkivet.",
        "Efterspørgslen gælder kun dokumentarkivet.",
        "The demand asks for the document archive only.",
    ),
    "access": Words("Tilgang", "Åtkomst", "Adgang", "Access"),
    "access-open": Words("åpen", "öppen", "åben", "open"),
    "access-on-application": Words("etter søknad", "efter ansökan", "efter ansøgning", "on application"),
    "access-restricted": Words("begrenset", "begränsad", "begrænset", "restricted"),
    "access-closed": Words("lukket", "stängd", "lukket", "closed"),
    "lead-time": Words("Leveringstid", "Leveranstid", "Leveringstid", "Lead time"),
    "days-one": Words("1 dag", "1 dag", "1 dag", "1 day"),
    "days-many": Words("{count} dager", "{count} dagar", "{count} dage", "{count} days"),
    "sensitive": Words("Følsomme opplysninger", "Känsliga uppgifter", "Følsomme oplysninger", "Sensitive"),
    "sensitive-yes": Words("ja", "ja", "ja", "yes"),
    "sensitive-no": Words("nei", "nej", "nej", "no"),
    "sensitive-not assessed": Words("ikke vurdert", "ej bedömt", "ikke vurderet", "not assessed"),
    "contact": Words("Kontakt", "Kontakt", "Kontakt", "Contact"),
    "about": Words(
        "Det produktene oppgir om seg selv",
        "Det produkterna anger om sig själva",
        "Det, produkterne oplyser om sig selv",
        "What the products state of themselves",
    ),
    "units": Words("Enheter", "Enheter", "Enheder", "Units"),
    "identified": Words("Identifisert ved", "Identifieras av", "Identificeret ved", "Identified by"),
    "of-series": Words(
        "{identified}, serie {series}",
        "{identified}, serie {series}",
        "{identified}, serie {series}",
        "{identified}, series {series}",
    ),
    "sources": Words("Kilder", "Källor", "Kilder", "Sources"),
    "processing": Words("Bearbeiding", "Bearbetning", "Bearbejdning", "Processing"),
    "standards": Words("Standarder", "Standarder", "Standarder", "Standards"),
    "quality": Words("Kvalitet", "Kvalitet", "Kvalitet", "Quality"),
    "usable-with": Words("Kan brukes sammen med", "Kan användas med", "Kan bruges sammen med", "Usable together with"),
    "usable-closed": Words(
        "ingenting, siden det er lukket",
        "ingenting, eftersom det är stängt",
        "intet, da det er lukket",
        "nothing, since it is closed",
    ),
    "usable-same-id": Words(
        "produkter med samme enhets-id",
        "produkter med samma enhets-id",
        "produkter med samme enheds-id",
        "products with the same unit-id",
    ),
    "usable-same-series": Words(
        "produkter med samme enhets-id og serie",
        "produkter med samma enhets-id och serie",
        "produkter med samme enheds-id og serie",
        "products with the same unit-id and series",
    ),
    "usable-shown": Words("her: {products}", "här: {products}", "her: {products}", "here: {products}"),
    "usable-perhaps": Words(
        "uavklart: {products}", "oklart: {products}", "uafklaret: {products}", "not known: {products}"
    ),
    "words-and-more": Words(
        "{words} og {count} til", "{words} och {count} till", "{words} og {count} til", "{words} and {count} more"
    ),
    "joint-lead-time": Words(
        "Leveringstid for svar av flere produkter",
        "Leveranstid för svar av flera produkter",
        "Leveringstid for svar af flere produkter",
        "Lead time of answers made of several products",
    ),
    "all-joint": Words("Alle", "Alla", "Alle", "All"),
    "longest": Words(
        "{days}, den lengste av produktenes",
        "{days}, den längsta av produkternas",
        "{days}, den længste af produkternes",
        "{days}, the longest of its products",
    ),
    "longest-stated": Words(
        "minst {days}; {products} oppgir ingen",
        "minst {days}; {products} anger ingen",
        "mindst {days}; {products} oplyser ingen",
        "at least {days}; not stated by {products}",
    ),
}
