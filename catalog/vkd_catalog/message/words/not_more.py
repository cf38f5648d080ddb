"""The words of part 5: what comes near, why nothing was found, why a demand could not be run."""

from vkd_catalog.languages import Texts

NOT_MORE: dict[str, Texts] = {
    # Part 5: what would have to be observed anew
    "observe-one": Texts(
        "Ingenting i katalogen svarer på {lines}; det må i så fall skaffes ved egne observasjoner:",
        "Inget i katalogen svarar på {lines}; uppgifterna måste i så fall samlas in:",
        "Intet i kataloget svarer på {lines}; det må i så fald indsamles:",
        "Nothing in the catalogue answers {lines}; it would have to be collected:",
    ),
    "observe-many": Texts(
        "Ingenting i katalogen svarer på {lines} slik det er spurt; det må i så fall skaffes ved egne observasjoner:",
        "Inget i katalogen svarar på {lines} så som frågan är ställd; uppgifterna måste i så fall samlas in:",
        "Intet i kataloget svarer på {lines}, sådan som der er spurgt; det må i så fald indsamles:",
        "Nothing in the catalogue answers {lines} as it was asked; it would have to be collected:",
    ),
    "not-read": Texts(
        "Ingenting av det som kunne leses, svarer på {lines}. Om det finnes, kan ikke sies, for ikke alt kunne leses:",
        "Inget av det som kunde läsas svarar på {lines}. Om det finns går inte att säga, för allt kunde inte läsas:",
        "Intet af det, der kunne læses, svarer på {lines}. Om det findes, kan ikke siges, for ikke alt kunne læses:",
        "Nothing of what could be read answers {lines}. Whether it exists cannot be said, for not all could be read:",
    ),
    "observe-nothing": Texts(
        "Egne observasjoner trengs ikke: hver linje har noe som svarer på den, men ikke sammen med resten.",
        "Inga uppgifter behöver samlas in: varje rad har något som svarar på den, men inte tillsammans med resten.",
        "Intet behøver at indsamles: hver linje har noget, der svarer på den, men ikke sammen med resten.",
        "Nothing would have to be collected: every line is answered by something, but not together with the rest.",
    ),
    "observe-nothing-in-archive": Texts(
        "Egne observasjoner trengs ikke: hver linje har noe som svarer på den, men ikke i arkivet det spørres om.",
        "Inga uppgifter behöver samlas in: något svarar på varje rad, men inte i det arkiv som efterfrågas.",
        "Intet behøver at indsamles: hver linje har noget, der svarer på den, men ikke i det arkiv, der spørges om.",
        "Nothing would have to be collected: something answers every line, but not in the archive asked for.",
    ),
    "beside-one": Texts(
        "Ingenting i katalogen svarer på {lines} slik den er skrevet. Det som ligger nærmest, står nedenfor.",
        "Inget i katalogen svarar på {lines} så som den är skriven. Det som ligger närmast står nedan.",
        "Intet i kataloget svarer på {lines}, som den er skrevet. Det, der ligger nærmest, står nedenfor.",
        "Nothing in the catalogue answers {lines} as it is written. What comes nearest stands below.",
    ),
    "beside-many": Texts(
        "Ingenting i katalogen svarer på {lines} slik de er skrevet. Det som ligger nærmest, står nedenfor.",
        "Inget i katalogen svarar på {lines} så som de är skrivna. Det som ligger närmast står nedan.",
        "Intet i kataloget svarer på {lines}, som de er skrevet. Det, der ligger nærmest, står nedenfor.",
        "Nothing in the catalogue answers {lines} as they are written. What comes nearest stands below.",
    ),
    "limit": Texts(
        "Med {count} produkter sammen finnes det svar; det er ikke søkt etter så mange (--max-sets {count}).",
        "Med {count} produkter tillsammans finns det svar; så många har inte sökts (--max-sets {count}).",
        "Med {count} produkter sammen findes der svar; der er ikke søgt efter så mange (--max-sets {count}).",
        "With {count} products together there are answers; so many were not looked for (--max-sets {count}).",
    ),
    # Part 5: what comes near
    "near-none": Texts(
        "Ingenting annet i katalogen ligger nær det etterspurte uten å svare på det.",
        "Inget annat i katalogen ligger nära det efterfrågade utan att svara på det.",
        "Intet andet i kataloget ligger nær det efterspurgte uden at svare på det.",
        "Nothing else in the catalogue comes near what was asked without answering it.",
    ),
    "near-none-at-all": Texts(
        "Ingenting i katalogen ligger nær det etterspurte.",
        "Inget i katalogen ligger nära det efterfrågade.",
        "Intet i kataloget ligger nær det efterspurgte.",
        "Nothing in the catalogue comes near what was asked.",
    ),
    "near": Texts("Nær, men ikke svar", "Nära, men inte svar", "Nær, men ikke svar", "Near misses"),
    "near-shown": Texts(
        "I alt {count}; de første av hvert slag vises her.",
        "Sammanlagt {count}; de första av varje slag visas här.",
        "I alt {count}; de første af hver slags vises her.",
        "{count} in all; the first of each kind are shown here.",
    ),
    "its-line": Texts("Dets linje", "Dess rad", "Dets linje", "Its line"),
    "your-line": Texts("Din linje", "Din rad", "Din linje", "Your line"),
    "why-no-answer": Texts(
        "Hvorfor det ikke svarer", "Varför det inte svarar", "Hvorfor det ikke svarer", "Why it does not answer"
    ),
    "broader-object-type": Texts(
        "bredere objekttype enn den etterspurte",
        "bredare objekttyp än den efterfrågade",
        "bredere objekttype end den efterspurgte",
        "broader object type than asked for",
    ),
    "broader-name": Texts(
        "bredere navn enn det etterspurte",
        "bredare namn än det efterfrågade",
        "bredere navn end det efterspurgte",
        "broader name than asked for",
    ),
    "broader-characteristic": Texts(
        "bredere kjennemerke enn det etterspurte",
        "bredare kännetecken än det efterfrågade",
        "bredere kendetegn end det efterspurgte",
        "broader characteristic than asked for",
    ),
    "flow-too-long": Texts(
        "samlet over lengre tid enn etterspurt, og kan ikke deles opp",
        "samlat över längre tid än efterfrågat, och kan inte delas upp",
        "samlet over længere tid end efterspurgt, og kan ikke deles op",
        "added up over a longer time than asked for, and cannot be split",
    ),
    "other-time": Texts("for en annen tid", "för en annan tid", "for en anden tid", "for another time"),
    "other-name": Texts(
        "det samme under et annet navn",
        "detsamma under ett annat namn",
        "det samme under et andet navn",
        "the same under another name",
    ),
    "marginal-only": Texts(
        "en tabell for seg, ikke krysset med de andre linjene",
        "en tabell för sig, inte korsad med de andra raderna",
        "en tabel for sig, ikke krydset med de andre linjer",
        "a table of its own, not crossed with the other lines",
    ),
    "unlinkable": Texts("kan ikke kobles", "kan inte kopplas", "kan ikke kobles", "cannot be linked"),
    "unlinkable-with": Texts(
        "kan ikke kobles med {beside}: {reasons}",
        "kan inte kopplas ihop med {beside}: {reasons}",
        "kan ikke kobles med {beside}: {reasons}",
        "cannot be linked with {beside}: {reasons}",
    ),
    "unlinkable-R1": Texts("ulike enhetstyper", "olika enhetstyper", "forskellige enhedstyper", "different unit types"),
    "unlinkable-R2": Texts(
        "ingen felles enhets-id i samme serie",
        "inget gemensamt enhets-id i samma serie",
        "intet fælles enheds-id i samme serie",
        "no shared unit-id of one series",
    ),
    "unlinkable-R3": Texts(
        "populasjonene er atskilte klasser",
        "populationerna är åtskilda klasser",
        "populationerne er adskilte klasser",
        "the populations are disjoint classes",
    ),
    "unlinkable-R4": Texts(
        "minst ett av dem er lukket",
        "minst en av dem är stängd",
        "mindst ét af dem er lukket",
        "at least one is closed",
    ),
    "archive-data": Texts(
        "oppgir ingen adresse i dataarkivet",
        "anger ingen adress i dataarkivet",
        "oplyser ingen adresse i dataarkivet",
        "states no address in the data archive",
    ),
    "archive-document": Texts(
        "oppgir ingen adresse i dokumentarkivet",
        "anger ingen adress i dokumentarkivet",
        "oplyser ingen adresse i dokumentarkivet",
        "states no address in the document archive",
    ),
    # Part 5: why nothing was found
    "failing-one": Texts(
        "Ingenting svarer på {lines}.",
        "Inget svarar på {lines}.",
        "Intet svarer på {lines}.",
        "Nothing answers {lines}.",
    ),
    "failing-many": Texts(
        "Ingenting svarer på {lines} samtidig.",
        "Inget svarar på {lines} samtidigt.",
        "Intet svarer på {lines} samtidig.",
        "Nothing answers {lines} together.",
    ),
    "succeeding-more-one": Texts(
        "Det samme gjelder ett annet utvalg av linjene.",
        "Detsamma gäller ett annat urval av raderna.",
        "Det samme gælder ét andet udvalg af linjerne.",
        "The same is true of one other choice of the lines.",
    ),
    "succeeding-more-many": Texts(
        "Det samme gjelder {count} andre utvalg av linjene.",
        "Detsamma gäller {count} andra urval av raderna.",
        "Det samme gælder {count} andre udvalg af linjerne.",
        "The same is true of {count} other choices of the lines.",
    ),
    "succeeding": Texts(
        "Det finnes svar på {sets}.",
        "Det finns svar på {sets}.",
        "Der findes svar på {sets}.",
        "There are answers to {sets}.",
    ),
    "only-first-explained": Texts(
        "Forklaringen gjelder alternativ 1 ({lines}).",
        "Förklaringen gäller alternativ 1 ({lines}).",
        "Forklaringen gælder alternativ 1 ({lines}).",
        "This explains alternative 1 ({lines}).",
    ),
    "changes": Texts(
        "Endringer som ville gi svar",
        "Ändringar som skulle ge svar",
        "Ændringer, der ville give svar",
        "Changes that would give answers",
    ),
    "no-change": Texts(
        "Ingen enkelt endring ville gi svar.",
        "Ingen enskild ändring skulle ge svar.",
        "Ingen enkelt ændring ville give svar.",
        "No single change would give an answer.",
    ),
    "change": Texts("Endring", "Ändring", "Ændring", "Change"),
    "anything": Texts("- (hva som helst)", "- (vad som helst)", "- (hvad som helst)", "- (anything)"),
    "change-drop": Texts("linjen strykes", "raden stryks", "linjen stryges", "the line is dropped"),
    "field-object-type": Texts("objekttype", "objekttyp", "objekttype", "object type"),
    "field-name": Texts("navn", "namn", "navn", "name"),
    "field-characteristic": Texts("kjennemerke", "kännetecken", "kendetegn", "characteristic"),
    "field-time": Texts("tid", "tid", "tid", "time"),
    "gives": Texts("Antall svar", "Antal svar", "Antal svar", "Answers"),
    "at-most-one": Texts(
        "Det er bare søkt etter svar av ett informasjonssett.",
        "Bara svar av en enda informationsuppsättning har sökts.",
        "Der er kun søgt efter svar af ét informationssæt.",
        "Only single products were searched.",
    ),
    "at-most-many": Texts(
        "Det er søkt etter svar av høyst {count} informasjonssett sammen.",
        "Svar av högst {count} informationsuppsättningar tillsammans har sökts.",
        "Der er søgt efter svar af højst {count} informationssæt sammen.",
        "Combinations of up to {count} products were searched.",
    ),
    # Part 5: why the demand could not be run
    "finding": Texts(
        "Linje {line}, kolonne {column}",
        "Rad {line}, kolumn {column}",
        "Linje {line}, kolonne {column}",
        "Line {line}, column {column}",
    ),
    "unexplained": Texts(
        "En linje lar seg ikke tyde, og meldingen som sier hvorfor, er slått av.",
        "En rad går inte att tyda, och meddelandet som säger varför är avstängt.",
        "En linje kan ikke tydes, og meddelelsen, der siger hvorfor, er slået fra.",
        "A line has no meaning, and the message that says why is turned off.",
    ),
}
