"""What a person is told when the stored register was not as it was left, or could not be stored."""

from vkd_catalog.languages import Texts
from vkd_catalog.message.message import shown
from vkd_catalog.register import Trouble

_SAID = {
    "damaged": Texts(
        "Registeret {path} var skadet eller endret av et annet program. Det brukes ikke; alt er lest på nytt fra "
        "filene.",
        "Registret {path} var skadat eller ändrat av ett annat program. Det används inte; allt har lästs på nytt från "
        "filerna.",
        "Registeret {path} var beskadiget eller ændret af et andet program. Det bruges ikke; alt er læst på ny fra "
        "filerne.",
        "The register {path} was damaged, or changed by another program. It is not used; everything has been read anew "
        "from the files.",
    ),
    "link": Texts(
        "{path} er en lenke, ligger bak en lenke eller er ingen vanlig fil, og brukes derfor ikke. Filene leses på "
        "nytt hver gang.",
        "{path} är en länk, ligger bakom en länk eller är ingen vanlig fil, och används därför inte. Filerna läses "
        "på nytt varje gång.",
        "{path} er et link, ligger bag et link eller er ikke en almindelig fil, og bruges derfor ikke. Filerne læses "
        "på ny hver gang.",
        "{path} is a link, lies behind one or is no plain file, and so is not used. The files are read anew every "
        "time.",
    ),
    "foreign": Texts(
        "{path} er en database som vkd ikke har laget. Den er ikke rørt, og filene leses på nytt hver gang.",
        "{path} är en databas som vkd inte har skapat. Den har lämnats orörd, och filerna läses på nytt varje gång.",
        "{path} er en database, som vkd ikke har lavet. Den er ikke rørt, og filerne læses på ny hver gang.",
        "{path} is a database that vkd has not made. It has been left alone, and the files are read anew every time.",
    ),
    "unwritten": Texts(
        "Registeret {path} kunne ikke lagres ({why}). Svarene er riktige, men filene må leses på nytt neste gang.",
        "Registret {path} kunde inte sparas ({why}). Svaren är riktiga, men filerna måste läsas på nytt nästa gång.",
        "Registeret {path} kunne ikke gemmes ({why}). Svarene er rigtige, men filerne skal læses på ny næste gang.",
        "The register {path} could not be saved ({why}). The answers are right, but the files must be read anew next "
        "time.",
    ),
}


def trouble_text(trouble: Trouble, language: str) -> str:
    """One line for a person, in nb, sv, da or en."""
    said = _SAID[trouble.kind].in_language(language)
    return said.format(path=shown(trouble.path), why=shown(trouble.why))
