"""The words a reference message is made of, in the four languages it can be given in.

A name that ends in `-one` has a twin in `-many`; a text's `{places}` are the same in all languages.
"""

from typing import NamedTuple


class Words(NamedTuple):
    """One text in Norwegian, Swedish, Danish and English."""

    nb: str
    sv: str
    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in a language; in Norwegian where it is none of the four."""
        return (
            self.sv if language == "sv" else self.da if language == "da" else self.en if language == "en" else self.nb
        )


WORDS: dict[str, Words] = {
    # The head of the message
    "title": Words(
        "Referansemelding til {who}",
        "Referensmeddelande till {who}",
        "Referencemeddelelse til {who}",
        "Reference message for {who}",
    ),
    "title-to-nobody": Words("Referansemelding", "Referensmeddelande", "Referencemeddelelse", "Reference message"),
    "place": Words("{path}, linje {line}", "{path}, rad {line}", "{path}, linje {line}", "{path}, line {line}"),
    "catalogue": Words(
        "Katalog: {name}, revisjon {revision}.",
        "Katalog: {name}, revision {revision}.",
        "Katalog: {name}, revision {revision}.",
        "Catalogue: {name}, revision {revision}.",
    ),
    "searched-one": Words(
        "1 produktbeskrivelse er gjennomsøkt.",
        "1 produktbeskrivning har genomsökts.",
        "1 produktbeskrivelse er gennemsøgt.",
        "1 product description was searched.",
    ),
    "searched-many": Words(
        "{count} produktbeskrivelser er gjennomsøkt.",
        "{count} produktbeskrivningar har genomsökts.",
        "{count} produktbeskrivelser er gennemsøgt.",
        "{count} product descriptions were searched.",
    ),
    "not-searched-one": Words(
        "Den har 1 produktbeskrivelse, som ikke er gjennomsøkt.",
        "Den har 1 produktbeskrivning, som inte har genomsökts.",
        "Det har 1 produktbeskrivelse, som ikke er gennemsøgt.",
        "It has 1 product description, which was not searched.",
    ),
    "not-searched-many": Words(
        "Den har {count} produktbeskrivelser, som ikke er gjennomsøkt.",
        "Den har {count} produktbeskrivningar, som inte har genomsökts.",
        "Det har {count} produktbeskrivelser, som ikke er gennemsøgt.",
        "It has {count} product descriptions, which were not searched.",
    ),
    # The headings of the five parts
    "exists": Words("Hva som finnes", "Vad som finns", "Hvad der findes", "What exists"),
    "form": Words("I hvilken form", "I vilken form", "I hvilken form", "In what form"),
    "where": Words("Hvor det finnes", "Var det finns", "Hvor det findes", "Where it is"),
    "conditions": Words("På hvilke vilkår", "På vilka villkor", "På hvilke vilkår", "On what conditions"),
    "not-more": Words("Hvorfor ikke mer", "Varför inte mer", "Hvorfor ikke mere", "Why not more"),
    "not-found": Words(
        "Hvorfor ingenting ble funnet",
        "Varför inget hittades",
        "Hvorfor intet blev fundet",
        "Why nothing was found",
    ),
    "not-run": Words(
        "Hvorfor etterspørselen ikke kunne kjøres",
        "Varför efterfrågan inte kunde köras",
        "Hvorfor efterspørgslen ikke kunne køres",
        "Why the demand could not be run",
    ),
    # What stands instead of facts
    "not-stated": Words("ikke oppgitt", "ej angivet", "ikke oplyst", "not stated"),
    "could-not-be-run": Words(
        "Etterspørselen kunne ikke kjøres. Hvorfor står i del 5.",
        "Efterfrågan kunde inte köras. Varför står i del 5.",
        "Efterspørgslen kunne ikke køres. Hvorfor står i del 5.",
        "The demand could not be run. Part 5 says why.",
    ),
    "nothing-found": Words(
        "Ingenting å oppgi, siden ingenting ble funnet.",
        "Inget att ange, eftersom inget hittades.",
        "Intet at oplyse, da intet blev fundet.",
        "Nothing to state, since nothing was found.",
    ),
    "nothing-run": Words(
        "Ingenting å oppgi, siden etterspørselen ikke ble kjørt.",
        "Inget att ange, eftersom efterfrågan inte kördes.",
        "Intet at oplyse, da efterspørgslen ikke blev kørt.",
        "Nothing to state, since the demand was not run.",
    ),
    # Part 1: how much there is
    "answers-none": Words(
        "Ingenting i katalogen svarer på hele etterspørselen.",
        "Inget i katalogen svarar på hela efterfrågan.",
        "Intet i kataloget svarer på hele efterspørgslen.",
        "Nothing in the catalogue answers the whole demand.",
    ),
    "answers-one": Words(
        "Katalogen har 1 svar på etterspørselen.",
        "Katalogen har 1 svar på efterfrågan.",
        "Kataloget har 1 svar på efterspørgslen.",
        "The catalogue has 1 answer to the demand.",
    ),
    "answers-many": Words(
        "Katalogen har {count} svar på etterspørselen.",
        "Katalogen har {count} svar på efterfrågan.",
        "Kataloget har {count} svar på efterspørgslen.",
        "The catalogue has {count} answers to the demand.",
    ),
    "answers-shown": Words(
        "{shown} vises her, de beste først; {more} til er utelatt.",
        "{shown} visas här, de bästa först; {more} till utelämnas.",
        "{shown} vises her, de bedste først; {more} til er udeladt.",
        "{shown} shown here, the best first; {more} more left out.",
    ),
    # Part 1: line by line
    "line-by-line": Words("Linje for linje", "Rad för rad", "Linje for linje", "Line by line"),
    "alternative": Words(
        "Linje for linje, alternativ {number}",
        "Rad för rad, alternativ {number}",
        "Linje for linje, alternativ {number}",
        "Line by line, alternative {number}",
    ),
    "line": Words("Linje {line}", "Rad {line}", "Linje {line}", "Line {line}"),
    "lines-one": Words("linje {lines}", "rad {lines}", "linje {lines}", "line {lines}"),
    "lines-many": Words("linje {lines}", "raderna {lines}", "linje {lines}", "lines {lines}"),
    "product-line": Words(
        "{product}, linje {line}", "{product}, rad {line}", "{product}, linje {line}", "{product}, line {line}"
    ),
    "excludes": Words(
        "ikke {asked}; det som svarer på denne linjen, er holdt utenfor",
        "inte {asked}; det som svarar på denna rad hålls utanför",
        "ikke {asked}; det, der svarer på denne linje, er holdt udenfor",
        "not {asked}; what answers this line is kept out",
    ),
    "unanswered-both": Words(
        "Ingen produkter svarer på denne linjen.",
        "Inga produkter svarar på denna rad.",
        "Ingen produkter svarer på denne linje.",
        "No product answers this line.",
    ),
    "unanswered-data": Words(
        "Ingen produkter med adresse i dataarkivet svarer på denne linjen.",
        "Inga produkter med adress i dataarkivet svarar på denna rad.",
        "Ingen produkter med adresse i dataarkivet svarer på denne linje.",
        "No product with an address in the data archive answers this line.",
    ),
    "unanswered-document": Words(
        "Ingen produkter med adresse i dokumentarkivet svarer på denne linjen.",
        "Inga produkter med adress i dokumentarkivet svarar på denna rad.",
        "Ingen produkter med adresse i dokumentarkivet svarer på denne linje.",
        "No product with an address in the document archive answers this line.",
    ),
    "and-more-one": Words(
        "{text} (og 1 linje til)", "{text} (och 1 rad till)", "{text} (og 1 linje til)", "{text} (and 1 more line)"
    ),
    "and-more-many": Words(
        "{text} (og {count} linjer til)",
        "{text} (och {count} rader till)",
        "{text} (og {count} linjer til)",
        "{text} (and {count} more lines)",
    ),
    "more-products-one": Words("og 1 produkt til", "och 1 produkt till", "og 1 produkt til", "and 1 more product"),
    "more-products-many": Words(
        "og {count} produkter til",
        "och {count} produkter till",
        "og {count} produkter til",
        "and {count} more products",
    ),
    # Grades: of a line, with what the product says, and of a whole answer
    "line-exact": Words("nøyaktig", "exakt", "præcis", "exact"),
    "line-narrower": Words(
        "en del av det etterspurte",
        "en del av det efterfrågade",
        "en del af det efterspurgte",
        "a part of what was asked",
    ),
    "line-contained": Words(
        "en del av en større tabell",
        "en del av en större tabell",
        "en del af en større tabel",
        "a part of a larger table",
    ),
    "line-derived": Words(
        "grunnlag for å avlede det",
        "underlag för att härleda det",
        "grundlag for at udlede det",
        "a basis for deriving it",
    ),
    "line-partial": Words(
        "bare en del av tiden",
        "bara en del av tiden",
        "kun en del af tiden",
        "only a part of the time",
    ),
    "line-computable": Words(
        "grunnlag for å beregne tabellen",
        "underlag för att beräkna tabellen",
        "grundlag for at beregne tabellen",
        "a basis for computing the table",
    ),
    "grade-exact": Words(
        "nøyaktig det etterspurte", "exakt det efterfrågade", "præcis det efterspurgte", "exactly what was asked"
    ),
    "grade-narrower": Words(
        "en del av det etterspurte",
        "en del av det efterfrågade",
        "en del af det efterspurgte",
        "a part of what was asked",
    ),
    "grade-contained": Words(
        "inneholdt i en større tabell",
        "ingår i en större tabell",
        "indeholdt i en større tabel",
        "contained in a larger table",
    ),
    "grade-derived": Words("kan avledes", "kan härledas", "kan udledes", "can be derived"),
    "grade-partial": Words(
        "dekker bare en del av tiden",
        "täcker bara en del av tiden",
        "dækker kun en del af tiden",
        "covers only a part of the time",
    ),
    "grade-computable": Words(
        "tabellen kan beregnes", "tabellen kan beräknas", "tabellen kan beregnes", "the table can be computed"
    ),
    # Part 1: the answers and their linkage
    "answers": Words("Svar", "Svar", "Svar", "Answers"),
    "answer": Words("Svar {number}", "Svar {number}", "Svar {number}", "Answer {number}"),
    "answer-single": Words("{products}: {grade}", "{products}: {grade}", "{products}: {grade}", "{products}: {grade}"),
    "answer-joint": Words(
        "{products} sammen: {grade}",
        "{products} tillsammans: {grade}",
        "{products} sammen: {grade}",
        "{products} together: {grade}",
    ),
    "to-alternative": Words(
        "{answer} (alternativ {number})",
        "{answer} (alternativ {number})",
        "{answer} (alternativ {number})",
        "{answer} (alternative {number})",
    ),
    "linked-yes": Words(
        "{pair} kan kobles: {reasons}",
        "{pair} kan kopplas: {reasons}",
        "{pair} kan kobles: {reasons}",
        "{pair} can be linked: {reasons}",
    ),
    "linked-unknown": Words(
        "Om {pair} kan kobles, er ikke kjent: {reasons}",
        "Om {pair} kan kopplas är inte känt: {reasons}",
        "Om {pair} kan kobles, vides ikke: {reasons}",
        "Whether {pair} can be linked is not known: {reasons}",
    ),
    "linked-no": Words(
        "{pair} kan ikke kobles: {reasons}",
        "{pair} kan inte kopplas: {reasons}",
        "{pair} kan ikke kobles: {reasons}",
        "{pair} cannot be linked: {reasons}",
    ),
    "reason-unknown": Words("uavklart: {reason}", "oklart: {reason}", "uafklaret: {reason}", "not known: {reason}"),
    "linked-without": Words(
        "Produktene trenger ikke kobles: de svarer på linjer som ikke gjelder de samme enhetene.",
        "Produkterna behöver inte kopplas: de svarar på rader som inte gäller samma enheter.",
        "Produkterne behøver ikke kobles: de svarer på linjer, der ikke gælder de samme enheder.",
        "The products need not be linked: they answer lines that are not about the same units.",
    ),
    # Parts 2 to 4: what the products state
    "product": Words("Produkt", "Produkt", "Produkt", "Product"),
    "in-form": Words("Form", "Form", "Form", "Form"),
    "data": Words("Dataarkiv", "Dataarkiv", "Dataarkiv", "Data archive"),
    "doc": Words("Dokumentarkiv", "Dokumentarkiv", "Dokumentarkiv", "Document archive"),
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
    # Part 5: what comes near
    "near-none": Words(
        "Ingenting annet i katalogen ligger nær det etterspurte uten å svare på det.",
        "Inget annat i katalogen ligger nära det efterfrågade utan att svara på det.",
        "Intet andet i kataloget ligger nær det efterspurgte uden at svare på det.",
        "Nothing else in the catalogue comes near what was asked without answering it.",
    ),
    "near-none-at-all": Words(
        "Ingenting i katalogen ligger nær det etterspurte.",
        "Inget i katalogen ligger nära det efterfrågade.",
        "Intet i kataloget ligger nær det efterspurgte.",
        "Nothing in the catalogue comes near what was asked.",
    ),
    "near": Words("Nær, men ikke svar", "Nära, men inte svar", "Nær, men ikke svar", "Near, but no answer"),
    "near-shown": Words(
        "I alt {count}; de første av hvert slag vises her.",
        "Sammanlagt {count}; de första av varje slag visas här.",
        "I alt {count}; de første af hver slags vises her.",
        "{count} in all; the first of each kind are shown here.",
    ),
    "its-line": Words("Dets linje", "Dess rad", "Dets linje", "Its line"),
    "your-line": Words("Din linje", "Din rad", "Din linje", "Your line"),
    "why-no-answer": Words(
        "Hvorfor det ikke svarer", "Varför det inte svarar", "Hvorfor det ikke svarer", "Why it does not answer"
    ),
    "broader-object-type": Words(
        "videre objekttype enn etterspurt",
        "vidare objekttyp än efterfrågat",
        "bredere objekttype end efterspurgt",
        "broader object type than asked",
    ),
    "broader-name": Words(
        "videre navn enn etterspurt",
        "vidare namn än efterfrågat",
        "bredere navn end efterspurgt",
        "broader name than asked",
    ),
    "broader-characteristic": Words(
        "videre kjennetegn enn etterspurt",
        "vidare kännetecken än efterfrågat",
        "bredere kendetegn end efterspurgt",
        "broader characteristic than asked",
    ),
    "flow-too-long": Words(
        "samlet over lengre tid enn etterspurt, og kan ikke deles opp",
        "samlat över längre tid än efterfrågat, och kan inte delas upp",
        "samlet over længere tid end efterspurgt, og kan ikke deles op",
        "added up over a longer time than asked, and cannot be split",
    ),
    "marginal-only": Words(
        "en tabell for seg, ikke krysset med de andre linjene",
        "en tabell för sig, inte korsad med de andra raderna",
        "en tabel for sig, ikke krydset med de andre linjer",
        "a table of its own, not crossed with the other lines",
    ),
    "unlinkable": Words("kan ikke kobles", "kan inte kopplas", "kan ikke kobles", "cannot be linked"),
    "unlinkable-with": Words(
        "kan ikke kobles med {beside}: {reasons}",
        "kan inte kopplas till {beside}: {reasons}",
        "kan ikke kobles med {beside}: {reasons}",
        "cannot be linked with {beside}: {reasons}",
    ),
    "unlinkable-R1": Words("ulike enhetstyper", "olika enhetstyper", "forskellige enhedstyper", "different unit types"),
    "unlinkable-R2": Words(
        "ingen felles enhets-id i samme serie",
        "inget gemensamt enhets-id i samma serie",
        "intet fælles enheds-id i samme serie",
        "no shared unit-id of one series",
    ),
    "unlinkable-R3": Words(
        "populasjonene er atskilte klasser",
        "populationerna är åtskilda klasser",
        "populationerne er adskilte klasser",
        "the populations are classes apart",
    ),
    "unlinkable-R4": Words(
        "minst ett av dem er lukket",
        "minst en av dem är stängd",
        "mindst ét af dem er lukket",
        "at least one is closed",
    ),
    "archive-data": Words(
        "oppgir ingen adresse i dataarkivet",
        "anger ingen adress i dataarkivet",
        "oplyser ingen adresse i dataarkivet",
        "states no address in the data archive",
    ),
    "archive-document": Words(
        "oppgir ingen adresse i dokumentarkivet",
        "anger ingen adress i dokumentarkivet",
        "oplyser ingen adresse i dokumentarkivet",
        "states no address in the document archive",
    ),
    # Part 5: why nothing was found
    "failing-one": Words(
        "Ingenting svarer på {lines}.",
        "Inget svarar på {lines}.",
        "Intet svarer på {lines}.",
        "Nothing answers {lines}.",
    ),
    "failing-many": Words(
        "Ingenting svarer på {lines} samtidig.",
        "Inget svarar på {lines} samtidigt.",
        "Intet svarer på {lines} samtidig.",
        "Nothing answers {lines} together.",
    ),
    "succeeding": Words(
        "Det finnes svar på {sets}.",
        "Det finns svar på {sets}.",
        "Der findes svar på {sets}.",
        "There are answers to {sets}.",
    ),
    "only-first-explained": Words(
        "Forklaringen gjelder alternativ 1 ({lines}).",
        "Förklaringen gäller alternativ 1 ({lines}).",
        "Forklaringen gælder alternativ 1 ({lines}).",
        "This explains alternative 1 ({lines}).",
    ),
    "changes": Words(
        "Endringer som ville gi svar",
        "Ändringar som skulle ge svar",
        "Ændringer, der ville give svar",
        "Changes that would give answers",
    ),
    "no-change": Words(
        "Ingen enkelt endring ville gi svar.",
        "Ingen enskild ändring skulle ge svar.",
        "Ingen enkelt ændring ville give svar.",
        "No single change would give an answer.",
    ),
    "change": Words("Endring", "Ändring", "Ændring", "Change"),
    "change-to": Words("{field}: {to}", "{field}: {to}", "{field}: {to}", "{field}: {to}"),
    "change-to-any": Words(
        "{field}: - (hva som helst)",
        "{field}: - (vad som helst)",
        "{field}: - (hvad som helst)",
        "{field}: - (anything)",
    ),
    "change-drop": Words("linjen strykes", "raden stryks", "linjen stryges", "the line is dropped"),
    "field-object-type": Words("objekttype", "objekttyp", "objekttype", "object type"),
    "field-name": Words("navn", "namn", "navn", "name"),
    "field-characteristic": Words("kjennetegn", "kännetecken", "kendetegn", "characteristic"),
    "field-time": Words("tid", "tid", "tid", "time"),
    "gives": Words("Antall svar", "Antal svar", "Antal svar", "Answers"),
    "at-most-one": Words(
        "Det er bare søkt etter svar av ett produkt.",
        "Bara svar av en enda produkt har sökts.",
        "Der er kun søgt efter svar af ét produkt.",
        "Only answers of a single product were looked for.",
    ),
    "at-most-many": Words(
        "Det er søkt etter svar av høyst {count} produkter sammen.",
        "Svar av högst {count} produkter tillsammans har sökts.",
        "Der er søgt efter svar af højst {count} produkter sammen.",
        "Answers of at most {count} products together were looked for.",
    ),
    # Part 5: why the demand could not be run
    "finding": Words(
        "Linje {line}, kolonne {column}",
        "Rad {line}, kolumn {column}",
        "Linje {line}, kolonne {column}",
        "Line {line}, column {column}",
    ),
    "unexplained": Words(
        "En linje lar seg ikke tyde, og meldingen som sier hvorfor, er slått av.",
        "En rad går inte att tyda, och meddelandet som säger varför är avstängt.",
        "En linje kan ikke tydes, og meddelelsen, der siger hvorfor, er slået fra.",
        "A line has no meaning, and the message that says why is turned off.",
    ),
    # Fields and times in words
    "any-object-type": Words("enhver objekttype", "valfri objekttyp", "enhver objekttype", "any object type"),
    "any-name": Words("ethvert navn", "valfritt namn", "ethvert navn", "any name"),
    "any-characteristic": Words(
        "ethvert kjennetegn", "valfritt kännetecken", "ethvert kendetegn", "any characteristic"
    ),
    "any-time": Words("enhver tid", "valfri tid", "enhver tid", "any time"),
    "always": Words("uten tidsgrenser", "utan tidsgränser", "uden tidsgrænser", "without limits in time"),
    "since": Words("fra og med {start}", "från och med {start}", "fra og med {start}", "from {start} on"),
    "until": Words("til og med {end}", "till och med {end}", "til og med {end}", "until {end}"),
    "and": Words("og", "och", "og", "and"),
}
