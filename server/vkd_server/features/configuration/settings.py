"""The settings of a `vkd.toml`: what each is for and which values it takes. `editors/vkd.schema.json` says the same."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from vkd_catalog.configuration import ENGINES, LANGUAGES, LEVELS
from vkd_catalog.languages import Texts
from vkd_catalog.toml import Path
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_server.rules import LEVELS as RULES

Takes = Literal["text", "paths", "patterns", "codes", "table"]


class Setting(NamedTuple):
    """What a key is about and takes: a text, of `values` where there are any, a list of texts of a kind, or a table."""

    about: Texts
    takes: Takes
    values: tuple[str, ...] = ()
    default: str = ""


CODES = tuple(RULES)
"""The codes of all diagnostics."""

_LEVEL = Setting(
    Texts("Nivået meldingen får.", "Nivån meddelandet får.", "Niveauet, meddelelsen får.", "The level it is given."),
    "text",
    LEVELS,
)
_ALIAS = Setting(
    Texts(
        "En adresse eller mappe; i produkter skrives `navn:resten`.",
        "En adress eller mapp; i produkter skrivs `namn:resten`.",
        "En adresse eller mappe; i produkter skrives `navn:resten`.",
        "An address or a folder; products write `name:the rest`.",
    ),
    "text",
)

SETTINGS: Mapping[Path, Setting] = {
    ("catalogue",): Setting(
        Texts(
            "Hva katalogen heter, og hvilket språk den taler.",
            "Vad katalogen heter och vilket språk den talar.",
            "Hvad kataloget hedder, og hvilket sprog det taler.",
            "What the catalogue is called and which language it speaks.",
        ),
        "table",
    ),
    ("catalogue", "name"): Setting(
        Texts(
            "Navnet i referansemeldinger. Uten det: mappens.",
            "Namnet i referensmeddelanden. Utan det: mappens.",
            "Navnet i referencemeddelelser. Uden det: mappens.",
            "The name in reference messages. Without it, the folder's.",
        ),
        "text",
    ),
    ("catalogue", "language"): Setting(
        Texts("Meldingenes språk.", "Meddelandenas språk.", "Meddelelsernes sprog.", "The language of messages."),
        "text",
        LANGUAGES,
        "nb",
    ),
    ("vocabularies",): Setting(
        Texts(
            "Hver ordlistes CSV-filer, én eller flere.",
            "Varje ordlistas CSV-filer, en eller flera.",
            "Hver ordlistes CSV-filer, én eller flere.",
            "The CSV files of each vocabulary, one or more.",
        ),
        "table",
    ),
    ("vocabularies", "object-types"): Setting(
        Texts(
            "Filer med objekttypene: personer, bedrifter, aggregater av dem.",
            "Filer med objekttyperna: personer, företag, aggregat av dem.",
            "Filer med objekttyperne: personer, virksomheder, aggregater af dem.",
            "Files with the object types: persons, establishments, aggregates of them.",
        ),
        "paths",
    ),
    ("vocabularies", "names"): Setting(
        Texts(
            "Filer med navn på registre, klassifikasjoner, klasser og enheter.",
            "Filer med namn på register, klassifikationer, klasser och enheter.",
            "Filer med navne på registre, klassifikationer, klasser og enheder.",
            "Files with the names of registers, classifications, classes and units.",
        ),
        "paths",
    ),
    ("vocabularies", "characteristics"): Setting(
        Texts(
            "Filer med kjennemerkene som enheter og aggregater har.",
            "Filer med kännetecknen som enheter och aggregat har.",
            "Filer med de kendetegn, som enheder og aggregater har.",
            "Files with the characteristics that units and aggregates have.",
        ),
        "paths",
    ),
    ("vocabularies", "times"): Setting(
        Texts(
            "Filer med ord for dager og tidsrom.",
            "Filer med ord för dagar och tidsperioder.",
            "Filer med ord for dage og tidsrum.",
            "Files with words for days and stretches of days.",
        ),
        "paths",
    ),
    ("products",): Setting(
        Texts(
            "Hvor det letes etter produktbeskrivelser.",
            "Var produktbeskrivningar söks.",
            "Hvor der søges efter produktbeskrivelser.",
            "Where product descriptions are looked for.",
        ),
        "table",
    ),
    ("products", "include"): Setting(
        Texts(
            "Mønstre for filnavn; ** står for hvilke mapper som helst.",
            "Mönster för filnamn; ** står för vilka mappar som helst.",
            "Mønstre for filnavne; ** står for hvilke mapper som helst.",
            "Patterns of file names; ** stands for any folders.",
        ),
        "patterns",
        default="**/*.vkd",
    ),
    ("archives",): Setting(
        Texts(
            'Hva kortnavnene i adresser står for: med F = "archive/" er F:a.csv archive/a.csv.',
            'Vad kortnamnen i adresser står för: med F = "archive/" är F:a.csv archive/a.csv.',
            'Hvad kortnavnene i adresser står for: med F = "archive/" er F:a.csv archive/a.csv.',
            'What the short names in addresses stand for: with F = "archive/", F:a.csv is archive/a.csv.',
        ),
        "table",
    ),
    ("check",): Setting(
        Texts(
            "Hvilke meldinger som gis, og hvor alvorlige de er.",
            "Vilka meddelanden som ges och hur allvarliga de är.",
            "Hvilke meldinger der gives, og hvor alvorlige de er.",
            "Which diagnostics are given, and how serious they are.",
        ),
        "table",
    ),
    ("check", "ignore"): Setting(
        Texts(
            "Meldinger som ikke gis.",
            "Meddelanden som inte ges.",
            "Meldinger, der ikke gives.",
            "Diagnostics that are not given.",
        ),
        "codes",
    ),
    ("check", "levels"): Setting(
        Texts(
            "Et annet nivå for en melding enn dens eget.",
            "En annan nivå för ett meddelande än dess egen.",
            "Et andet niveau for en meddelelse end dens eget.",
            "A level for a diagnostic, other than its own.",
        ),
        "table",
    ),
    ("register",): Setting(
        Texts(
            "Hva som holder registeret over produkter.",
            "Vad som håller registret över produkter.",
            "Hvad der holder registret over produkter.",
            "What keeps the register of products.",
        ),
        "table",
    ),
    ("register", "engine"): Setting(
        Texts("Motoren.", "Motorn.", "Motoren.", "The engine."), "text", ENGINES, "embedded"
    ),
}
"""Every setting by the names of its sections and its own; archives and levels have keys of their users' making."""


def setting_of(path: Path) -> Setting | None:
    """What a key takes; None for one that is not known."""
    if len(path) == 2 and path[0] == "archives":
        return _ALIAS
    if len(path) == 3 and path[:2] == ("check", "levels"):
        return _LEVEL
    return SETTINGS.get(path)


def keys_in(section: Path) -> tuple[str, ...]:
    """The keys, sections among them, that may stand in a section; all codes in that of levels."""
    if section == ("check", "levels"):
        return CODES
    return tuple(path[-1] for path in SETTINGS if path[:-1] == section)


VOCABULARY_PATHS = tuple(("vocabularies", name) for name in VOCABULARY_NAMES)
"""The settings that name vocabularies."""
