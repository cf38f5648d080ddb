"""The words of part 1: how much there is, line by line, with grades and linkage."""

from vkd_catalog.languages import Texts

EXISTS: dict[str, Texts] = {
    # Part 1: how much there is
    "answers-none": Texts(
        "Ingenting i katalogen svarer på hele etterspørselen.",
        "Inget i katalogen svarar på hela efterfrågan.",
        "Intet i kataloget svarer på hele efterspørgslen.",
        "Nothing in the catalogue answers the whole demand.",
    ),
    "answers-one": Texts(
        "Katalogen har 1 svar på etterspørselen.",
        "Katalogen har 1 svar på efterfrågan.",
        "Kataloget har 1 svar på efterspørgslen.",
        "The catalogue has 1 answer to the demand.",
    ),
    "answers-many": Texts(
        "Katalogen har {count} svar på etterspørselen.",
        "Katalogen har {count} svar på efterfrågan.",
        "Kataloget har {count} svar på efterspørgslen.",
        "The catalogue has {count} answers to the demand.",
    ),
    "answers-shown": Texts(
        "{shown} vises her, de beste først; {more} til er utelatt.",
        "{shown} visas här, de bästa först; {more} till utelämnas.",
        "{shown} vises her, de bedste først; {more} til er udeladt.",
        "{shown} shown here, the best first; {more} more left out.",
    ),
    # Part 1: the answers in numbers
    "in-numbers": Texts("Svarene i tall", "Svaren i siffror", "Svarene i tal", "The answers in numbers"),
    "counted-by": Texts("Fordelt på", "Uppdelat efter", "Fordelt på", "Broken down by"),
    "found-there": Texts("Funnet", "Hittat", "Fundet", "Found"),
    "by-grade": Texts("Grad av treff", "Träffgrad", "Grad af match", "Degree of match"),
    "by-register": Texts("Register", "Register", "Register", "Register"),
    "by-name": Texts("Navn", "Namn", "Navn", "Name"),
    "by-year": Texts("År", "År", "År", "Year"),
    "each-year": Texts(
        "hvert år {first}–{last}", "varje år {first}–{last}", "hvert år {first}–{last}", "each year {first}–{last}"
    ),
    "different-years": Texts("ulike år", "olika år", "forskellige år", "different years"),
    "line-field": Texts(
        "Linje {line}, {field}", "Rad {line}, {field}", "Linje {line}, {field}", "Line {line}, {field}"
    ),
    "others": Texts("{count} andre", "{count} andra", "{count} andre", "{count} others"),
    # Part 1: line by line
    "line-by-line": Texts("Linje for linje", "Rad för rad", "Linje for linje", "Line by line"),
    "alternative": Texts(
        "Linje for linje, alternativ {number}",
        "Rad för rad, alternativ {number}",
        "Linje for linje, alternativ {number}",
        "Line by line, alternative {number}",
    ),
    "line": Texts("Linje {line}", "Rad {line}", "Linje {line}", "Line {line}"),
    "lines-one": Texts("linje {lines}", "rad {lines}", "linje {lines}", "line {lines}"),
    "lines-many": Texts("linje {lines}", "raderna {lines}", "linje {lines}", "lines {lines}"),
    "product-line": Texts(
        "{product}, linje {line}", "{product}, rad {line}", "{product}, linje {line}", "{product}, line {line}"
    ),
    "excludes": Texts(
        "ikke {asked}; det som svarer på denne linjen, er holdt utenfor",
        "inte {asked}; det som svarar på denna rad hålls utanför",
        "ikke {asked}; det, der svarer på denne linje, er holdt udenfor",
        "not {asked}; what answers this line is kept out",
    ),
    "unanswered-both": Texts(
        "Ingen informasjonssett svarer på denne linjen.",
        "Inga informationsuppsättningar svarar på denna rad.",
        "Ingen informationssæt svarer på denne linje.",
        "No product answers this line.",
    ),
    "unanswered-data": Texts(
        "Ingen informasjonssett med adresse i dataarkivet svarer på denne linjen.",
        "Inga informationsuppsättningar med adress i dataarkivet svarar på denna rad.",
        "Ingen informationssæt med adresse i dataarkivet svarer på denne linje.",
        "No product with an address in the data archive answers this line.",
    ),
    "unanswered-document": Texts(
        "Ingen informasjonssett med adresse i dokumentarkivet svarer på denne linjen.",
        "Inga informationsuppsättningar med adress i dokumentarkivet svarar på denna rad.",
        "Ingen informationssæt med adresse i dokumentarkivet svarer på denne linje.",
        "No product with an address in the document archive answers this line.",
    ),
    "and-more-one": Texts(
        "{text} (og 1 linje til)", "{text} (och 1 rad till)", "{text} (og 1 linje til)", "{text} (and 1 more line)"
    ),
    "and-more-many": Texts(
        "{text} (og {count} linjer til)",
        "{text} (och {count} rader till)",
        "{text} (og {count} linjer til)",
        "{text} (and {count} more lines)",
    ),
    "more-products-one": Texts(
        "og 1 informasjonssett til",
        "och 1 informationsuppsättning till",
        "og 1 informationssæt til",
        "and 1 more product",
    ),
    "more-products-many": Texts(
        "og {count} informasjonssett til",
        "och {count} informationsuppsättningar till",
        "og {count} informationssæt til",
        "and {count} more products",
    ),
    # Grades: of a line, with what the product says, and of a whole answer
    "line-exact": Texts("nøyaktig", "exakt", "præcis", "exact"),
    "line-narrower": Texts(
        "en del av det etterspurte",
        "en del av det efterfrågade",
        "en del af det efterspurgte",
        "part of what was asked for",
    ),
    "line-contained": Texts(
        "en del av en større tabell",
        "en del av en större tabell",
        "en del af en større tabel",
        "part of a larger table",
    ),
    "line-derived": Texts(
        "grunnlag for å avlede det",
        "underlag för att härleda det",
        "grundlag for at udlede det",
        "a basis for deriving it",
    ),
    "line-partial": Texts(
        "bare en del av tiden",
        "bara en del av tiden",
        "kun en del af tiden",
        "only part of the time",
    ),
    "line-computable": Texts(
        "grunnlag for å beregne tabellen",
        "underlag för att beräkna tabellen",
        "grundlag for at beregne tabellen",
        "a basis for computing the table",
    ),
    "grade-exact": Texts(
        "nøyaktig det etterspurte", "exakt det efterfrågade", "præcis det efterspurgte", "exactly what was asked"
    ),
    "grade-narrower": Texts(
        "en del av det etterspurte",
        "en del av det efterfrågade",
        "en del af det efterspurgte",
        "part of what was asked for",
    ),
    "grade-contained": Texts(
        "inngår i en større tabell",
        "ingår i en större tabell",
        "indgår i en større tabel",
        "contained in a larger table",
    ),
    "grade-derived": Texts("kan avledes", "kan härledas", "kan udledes", "can be derived"),
    "grade-partial": Texts(
        "dekker bare en del av tiden",
        "täcker bara en del av tiden",
        "dækker kun en del af tiden",
        "covers only part of the time",
    ),
    "grade-computable": Texts(
        "tabellen kan beregnes", "tabellen kan beräknas", "tabellen kan beregnes", "the table can be computed"
    ),
    # Part 1: the answers and their linkage
    "answers": Texts("Svar", "Svar", "Svar", "Answers"),
    "answer": Texts("Svar {number}", "Svar {number}", "Svar {number}", "Answer {number}"),
    "together": Texts("{products} sammen", "{products} tillsammans", "{products} sammen", "{products} together"),
    "to-alternative": Texts(
        "{answer} (alternativ {number})",
        "{answer} (alternativ {number})",
        "{answer} (alternativ {number})",
        "{answer} (alternative {number})",
    ),
    "linked-yes": Texts(
        "{pair} kan kobles: {reasons}",
        "{pair} kan kopplas ihop: {reasons}",
        "{pair} kan kobles: {reasons}",
        "{pair} can be linked: {reasons}",
    ),
    "linked-unknown": Texts(
        "Om {pair} kan kobles, er ikke kjent: {reasons}",
        "Om {pair} kan kopplas ihop är inte känt: {reasons}",
        "Om {pair} kan kobles, vides ikke: {reasons}",
        "Whether {pair} can be linked is not known: {reasons}",
    ),
    "linked-no": Texts(
        "{pair} kan ikke kobles: {reasons}",
        "{pair} kan inte kopplas ihop: {reasons}",
        "{pair} kan ikke kobles: {reasons}",
        "{pair} cannot be linked: {reasons}",
    ),
    "all-pairs": Texts("alle parene", "alla paren", "alle par", "all pairs"),
    "same-reasons": Texts(
        "grunnene er de samme som i svar {number}",
        "skälen är desamma som i svar {number}",
        "grundene er de samme som i svar {number}",
        "the reasons are those of answer {number}",
    ),
    "reason-unknown": Texts("uavklart: {reason}", "oklart: {reason}", "uafklaret: {reason}", "not known: {reason}"),
    "linked-without": Texts(
        "Informasjonssettene trenger ikke kobles: de svarer på linjer som ikke gjelder de samme enhetene.",
        "Informationsuppsättningarna behöver inte kopplas ihop: de svarar på rader som inte gäller samma enheter.",
        "Informationssættene behøver ikke kobles: de svarer på linjer, der ikke gælder de samme enheder.",
        "The products need not be linked: they answer lines that are not about the same units.",
    ),
}
