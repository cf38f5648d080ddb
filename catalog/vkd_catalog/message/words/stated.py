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
    "joint-lead-time": Words(
        "Leveringstid for svar av flere produkter",
        "Leveranstid för svar av flera produkter",
        "Leveringstid for svar af flere produkter",
        "Lead time of answers made of several products",
    ),
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
