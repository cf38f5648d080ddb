"""The words of parts 2 to 4: what products state."""

from vkd_catalog.languages import Texts

STATED: dict[str, Texts] = {
    "product": Texts("Produkt", "Produkt", "Produkt", "Product"),
    "in-form": Texts("Form", "Form", "Form", "Form"),
    "data": Texts("Dataarkiv", "Dataarkiv", "Dataarkiv", "Data archive"),
    "doc": Texts("Dokumentarkiv", "Dokumentarkiv", "Dokumentarkiv", "Document archive"),
    "in-the-archive": Texts(
        "i arkivet; spør registerholderen",
        "i arkivet; fråga registerhållaren",
        "i arkivet; spørg registerholderen",
        "in the archive; ask the register holder",
    ),
    "only-data": Texts(
        "Etterspørselen gjelder bare dataarkivet.",
        "Efterfrågan gäller bara dataarkivet.",
        "Efterspørgslen gælder kun dataarkivet.",
        "The demand asks for the data archive only.",
    ),
    "only-document": Texts(
        "Etterspørselen gjelder bare dokumentarkivet.",
        "Efterfrågan gäller bara dokumentarkivet.",
        "Efterspørgslen gælder kun dokumentarkivet.",
        "The demand asks for the document archive only.",
    ),
    "access": Texts("Tilgang", "Åtkomst", "Adgang", "Access"),
    "access-open": Texts("åpen", "öppen", "åben", "open"),
    "access-on-application": Texts("etter søknad", "efter ansökan", "efter ansøgning", "on application"),
    "access-restricted": Texts("begrenset", "begränsad", "begrænset", "restricted"),
    "access-closed": Texts("lukket", "stängd", "lukket", "closed"),
    "lead-time": Texts("Leveringstid", "Leveranstid", "Leveringstid", "Lead time"),
    "days-one": Texts("1 dag", "1 dag", "1 dag", "1 day"),
    "days-many": Texts("{count} dager", "{count} dagar", "{count} dage", "{count} days"),
    "sensitive": Texts("Følsomme opplysninger", "Känsliga uppgifter", "Følsomme oplysninger", "Sensitive"),
    "sensitive-yes": Texts("ja", "ja", "ja", "yes"),
    "sensitive-no": Texts("nei", "nej", "nej", "no"),
    "sensitive-not assessed": Texts("ikke vurdert", "ej bedömt", "ikke vurderet", "not assessed"),
    "contact": Texts("Kontakt", "Kontakt", "Kontakt", "Contact"),
    "about": Texts(
        "Det produktene oppgir om seg selv",
        "Det produkterna anger om sig själva",
        "Det, produkterne oplyser om sig selv",
        "What the products state of themselves",
    ),
    "units": Texts("Enheter", "Enheter", "Enheder", "Units"),
    "identified": Texts("Identifisert ved", "Identifieras av", "Identificeret ved", "Identified by"),
    "of-series": Texts(
        "{identified}, serie {series}",
        "{identified}, serie {series}",
        "{identified}, serie {series}",
        "{identified}, series {series}",
    ),
    "sources": Texts("Kilder", "Källor", "Kilder", "Sources"),
    "processing": Texts("Bearbeiding", "Bearbetning", "Bearbejdning", "Processing"),
    "standards": Texts("Standarder", "Standarder", "Standarder", "Standards"),
    "quality": Texts("Kvalitet", "Kvalitet", "Kvalitet", "Quality"),
    "usable-with": Texts("Kan brukes sammen med", "Kan användas med", "Kan bruges sammen med", "Usable together with"),
    "usable-closed": Texts(
        "ingenting, siden det er lukket",
        "ingenting, eftersom det är stängt",
        "intet, da det er lukket",
        "nothing, since it is closed",
    ),
    "usable-same-id": Texts(
        "produkter med samme enhets-id",
        "produkter med samma enhets-id",
        "produkter med samme enheds-id",
        "products with the same unit-id",
    ),
    "usable-same-series": Texts(
        "produkter med samme enhets-id og serie",
        "produkter med samma enhets-id och serie",
        "produkter med samme enheds-id og serie",
        "products with the same unit-id and series",
    ),
    "usable-shown": Texts("her: {products}", "här: {products}", "her: {products}", "here: {products}"),
    "usable-perhaps": Texts(
        "uavklart: {products}", "oklart: {products}", "uafklaret: {products}", "not known: {products}"
    ),
    "words-and-more": Texts(
        "{words} og {count} til", "{words} och {count} till", "{words} og {count} til", "{words} and {count} more"
    ),
    "joint-lead-time": Texts(
        "Leveringstid for svar av flere produkter",
        "Leveranstid för svar av flera produkter",
        "Leveringstid for svar af flere produkter",
        "Lead time of answers made of several products",
    ),
    "all-joint": Texts("Alle", "Alla", "Alle", "All"),
    "longest": Texts(
        "{days}, den lengste av produktenes",
        "{days}, den längsta av produkternas",
        "{days}, den længste af produkternes",
        "{days}, the longest of its products",
    ),
    "longest-stated": Texts(
        "minst {days}; {products} oppgir ingen",
        "minst {days}; {products} anger ingen",
        "mindst {days}; {products} oplyser ingen",
        "at least {days}; not stated by {products}",
    ),
}
