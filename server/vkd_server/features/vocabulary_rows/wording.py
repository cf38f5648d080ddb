"""What editors show in vocabularies, in the four languages a catalogue may speak."""

from vkd_catalog.languages import Texts

COLUMNS = {
    "code": Texts(
        "Begrepets kode: ledd med punktum mellom. Leddene foran er koden til begrepet over.",
        "Begreppets kod: led med punkt emellan. Leden framför är koden för begreppet ovanför.",
        "Begrebets kode: led med punktum imellem. Leddene foran er koden for begrebet over.",
        "The concept's code: segments with full stops between. The segments before are the code of the concept above.",
    ),
    "prefLabel": Texts(
        "Det foretrukne ordet på et språk.",
        "Det föredragna ordet på ett språk.",
        "Det foretrukne ord på et sprog.",
        "The preferred word in a language.",
    ),
    "altLabel": Texts(
        "Andre ord for det samme på et språk, med | mellom. Alle er like gode i en beskrivelse.",
        "Andra ord för detsamma på ett språk, med | emellan. Alla är lika goda i en beskrivning.",
        "Andre ord for det samme på et sprog, med | imellem. Alle er lige gode i en beskrivelse.",
        "Other words for the same in a language, with | between. All are equal in a description.",
    ),
    "definition": Texts(
        "Hva begrepet er, på et språk.",
        "Vad begreppet är, på ett språk.",
        "Hvad begrebet er, på et sprog.",
        "What the concept is, in a language.",
    ),
    "notation": Texts(
        "En offisiell kode, som også kan brukes som ord.",
        "En officiell kod, som också kan användas som ord.",
        "En officiel kode, som også kan bruges som ord.",
        "An official code, which may be used as a word as well.",
    ),
    "seeAlso": Texts(
        "Koder i samme ordliste som det er verdt å se på, med | mellom. De svarer aldri i stedet for begrepet.",
        "Koder i samma ordlista som är värda att se på, med | emellan. De svarar aldrig i stället för begreppet.",
        "Koder i samme ordliste, som det er værd at se på, med | imellem. De svarer aldrig i stedet for begrebet.",
        "Codes of the same vocabulary that are worth a look, with | between. They never match in the concept's place.",
    ),
    "kind": Texts(
        "Hva slags begrep det er.", "Vad för slags begrepp det är.", "Hvad slags begreb det er.", "Its kind."
    ),
    "number": Texts(
        "Om objekttypen står i entall eller flertall.",
        "Om objekttypen står i singular eller plural.",
        "Om objekttypen står i ental eller flertal.",
        "Whether the object type is one or many.",
    ),
    "unit": Texts(
        "Enhetstypen som de fire formene av en objekttype deler, som person.",
        "Enhetstypen som de fyra formerna av en objekttyp delar, som person.",
        "Enhedstypen, som de fire former af en objekttype deler, som person.",
        "The unit type that the four forms of an object type share, as person.",
    ),
    "objectTypes": Texts(
        "Koder for objekttypene det gjelder for, med | mellom. Tom: alle.",
        "Koder för de objekttyper det gäller för, med | emellan. Tom: alla.",
        "Koder for de objekttyper, det gælder for, med | imellem. Tom: alle.",
        "Codes of the object types it is defined for, with | between. Empty: any.",
    ),
    "validFrom": Texts(
        "Første dag navnet gjelder, åtte sifre.",
        "Första dag namnet gäller, åtta siffror.",
        "Første dag navnet gælder, otte cifre.",
        "The first day the name is valid, eight digits.",
    ),
    "validTo": Texts(
        "Siste dag navnet gjelder, åtte sifre.",
        "Sista dag namnet gäller, åtta siffror.",
        "Sidste dag navnet gælder, otte cifre.",
        "The last day the name is valid, eight digits.",
    ),
    "temporality": Texts(
        "Hvordan verdien forholder seg til tiden. Tom: status.",
        "Hur värdet förhåller sig till tiden. Tom: status.",
        "Hvordan værdien forholder sig til tiden. Tom: status.",
        "How the value goes with time. Empty: status.",
    ),
    "classification": Texts(
        "Koden til navnet hvis klasser er kjennemerkets verdier.",
        "Koden för det namn vars klasser är kännetecknets värden.",
        "Koden for det navn, hvis klasser er kendetegnets værdier.",
        "The code of the name whose classes are its values.",
    ),
    "derivedFrom": Texts(
        "Koder for kjennemerker det kan regnes ut av: A+B trenger begge, | skiller muligheter.",
        "Koder för kännetecken det kan räknas ut ur: A+B kräver båda, | skiljer möjligheter.",
        "Koder for kendetegn, det kan beregnes af: A+B kræver begge, | skiller muligheder.",
        "Codes of the characteristics it can be worked out from: A+B needs both, | stands between alternatives.",
    ),
    "sensitive": Texts(
        "Om kjennemerket er følsomt. Tom: ikke vurdert.",
        "Om kännetecknet är känsligt. Tom: inte bedömt.",
        "Om kendetegnet er følsomt. Tom: ikke vurderet.",
        "Whether the characteristic is sensitive. Empty: not assessed.",
    ),
    "measure": Texts("Måleenheten.", "Måttenheten.", "Måleenheden.", "The unit of measurement."),
    "from": Texts(
        "Første dag, åtte sifre.",
        "Första dag, åtta siffror.",
        "Første dag, otte cifre.",
        "The first day, eight digits.",
    ),
    "to": Texts(
        "Siste dag, åtte sifre.", "Sista dag, åtta siffror.", "Sidste dag, otte cifre.", "The last day, eight digits."
    ),
}
"""What each column holds; those with a language by what stands before the @."""

TAKES = Texts("Verdier", "Värden", "Værdier", "Values")

PRODUCTS = {
    "none": Texts(
        "i ingen informasjonssett", "i inga informationsuppsättningar", "i ingen informationssæt", "in no products"
    ),
    "one": Texts("i ett informasjonssett", "i en informationsuppsättning", "i ét informationssæt", "in one product"),
    "many": Texts(
        "i {count} informasjonssett",
        "i {count} informationsuppsättningar",
        "i {count} informationssæt",
        "in {count} products",
    ),
}
"""How many information sets have a concept or one below it."""

ROWS = {
    "none": Texts(
        "nevnt av ingen andre rader",
        "nämns av inga andra rader",
        "nævnt af ingen andre rækker",
        "named by no other row",
    ),
    "one": Texts("nevnt av én rad", "nämns av en rad", "nævnt af én række", "named by one row"),
    "many": Texts(
        "nevnt av {count} rader", "nämns av {count} rader", "nævnt af {count} rækker", "named by {count} rows"
    ),
}

CODE_STAYS = Texts(
    "En kode gis ikke nytt navn: den er begrepet i beskrivelser som er arkivert i kodet form, og bestemmer hva som "
    "står over. Endre ordet i stedet.",
    "En kod byter inte namn: den är begreppet i beskrivningar som har arkiverats i kodad form, och bestämmer vad som "
    "står ovanför. Ändra ordet i stället.",
    "En kode omdøbes ikke: den er begrebet i beskrivelser, der er arkiveret i kodet form, og bestemmer, hvad der står "
    "over. Ret ordet i stedet.",
    "A code is not renamed: it is the concept in descriptions archived in coded form, and decides what stands above. "
    "Change the word instead.",
)
"""Why a code has no rename."""
