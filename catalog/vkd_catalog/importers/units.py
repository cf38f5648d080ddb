"""What sources call the units they describe, and the object type of each: four forms in four languages.

The names are those of Statistics Norway's unit types (Klass 702 and microdata.no) and of the DDI Alliance's controlled
vocabulary AnalysisUnit, with the words that archives write instead.
"""

from collections.abc import Sequence
from typing import NamedTuple

from vkd_catalog.importers.object_types import ENTERPRISE, LANGUAGES, PERSON, UNIT, Form, ObjectType
from vkd_catalog.importers.words import legal_code, plain_label
from vkd_grammar.words import fold

_AGGREGATES = ("Aggregater av", "Aggregater af", "Aggregaten av", "Aggregates of")
_AGGREGATE = ("Aggregat av", "Aggregat af", "Aggregat av", "Aggregate of")
_SEVERAL = ("enheter", "enheder", "enheter", "units")


class _Known(NamedTuple):
    """A unit type: its plural and singular in each of `LANGUAGES`, and what sources call it besides."""

    unit: str
    plural: str
    singular: str
    names: str


_KNOWN = (
    _Known(
        "household", "Husholdninger|Husstande|Hushåll|Households", "Husholdning|Husstand|Ett hushåll|Household", "10"
    ),
    _Known(
        "family",
        "Familier|Familier|Familjer|Families",
        "Familie|Familie|Familj|Family",
        "06|Family: Household family|Family.HouseholdFamily",
    ),
    _Known(
        "establishment",
        "Bedrifter|Arbejdssteder|Arbetsställen|Establishments",
        "Bedrift|Arbejdssted|Arbetsställe|Establishment",
        "13|Virksomhet|VIRKSOMHET|BEDRIFT",
    ),
    _Known(
        "organisation",
        "Organisasjoner|Organisationer|Organisationer|Organisations",
        "Organisasjon|Organisation|En organisation|Organisation",
        "Organization|Organizations|Institutions/organisations|11|22|Juridisk enhet|Statlig virksomhet",
    ),
    _Known(
        "dwelling",
        "Boliger|Boliger|Bostäder|Dwellings",
        "Bolig|Bolig|Bostad|Dwelling",
        "03|Housing unit|HousingUnit|BRUKSENHET",
    ),
    _Known("building", "Bygninger|Bygninger|Byggnader|Buildings", "Bygning|Bygning|Byggnad|Building", "04"),
    _Known("address", "Adresser|Adresser|Adresser|Addresses", "Adresse|Adresse|Adress|Address", "01"),
    _Known("property", "Eiendommer|Ejendomme|Fastigheter|Properties", "Eiendom|Ejendom|Fastighet|Property", "05"),
    _Known("vehicle", "Kjøretøyer|Køretøjer|Fordon|Vehicles", "Kjøretøy|Køretøj|Ett fordon|Vehicle", "15|KJORETOY"),
    _Known(
        "municipality",
        "Kommuner|Kommuner|Kommuner|Municipalities",
        "Kommune|Kommune|Kommun|Municipality",
        "16|17|Kommune (forvaltning)|Kommune (geografisk)",
    ),
    _Known(
        "county",
        "Fylker|Amter|Län|Counties",
        "Fylke|Amt|Ett län|County",
        "07|08|Fylke (forvaltning)|Fylke (geografisk)",
    ),
    _Known("job", "Jobber|Job|Arbeten|Jobs", "Jobb|Et job|Arbete|Job", "Arbeidsforhold"),
    _Known("course", "Kurs|Kurser|Kurser|Courses", "Et kurs|Kursus|Kurs|Course", "18|KURS"),
    _Known(
        "accident",
        "Trafikkulykker|Trafikulykker|Trafikolyckor|Traffic accidents",
        "Trafikkulykke|Trafikulykke|Trafikolycka|Traffic accident",
        "24",
    ),
    _Known(
        "event",
        "Hendelser|Hændelser|Händelser|Events",
        "Hendelse|Hændelse|Händelse|Event",
        "EventOrProcess|Event/process|Event or process",
    ),
    _Known(
        "work-accident",
        "Arbeidsulykker|Arbejdsulykker|Arbetsolyckor|Accidents at work",
        "Arbeidsulykke|Arbejdsulykke|Arbetsolycka|Accident at work",
        "02",
    ),
    _Known(
        "port-call",
        "Havneanløp|Havneanløb|Hamnanlöp|Port calls",
        "Et havneanløp|Et havneanløb|Ett hamnanlöp|Port call",
        "09",
    ),
    _Known(
        "activity-unit",
        "Bransjeenheter|Brancheenheder|Branschenheter|Kind-of-activity units",
        "Bransjeenhet|Brancheenhed|Branschenhet|Kind-of-activity unit",
        "14",
    ),
    _Known(
        "offence", "Lovbrudd|Lovovertrædelser|Brott|Offences", "Et lovbrudd|Lovovertrædelse|Ett brott|Offence", "19"
    ),
    _Known("ship", "Skip|Skibe|Fartyg|Ships", "Et skip|Skib|Ett fartyg|Ship", "21"),
    _Known("cattle", "Storfe|Kvæg|Nötkreatur|Cattle", "Et storfe|Et stykke kvæg|Ett nötkreatur|Head of cattle", "23"),
    _Known(
        "transaction",
        "Transaksjoner|Transaktioner|Transaktioner|Transactions",
        "Transaksjon|Transaktion|En transaktion|Transaction",
        "25",
    ),
    _Known("election", "Valg|Valg|Val|Elections", "Et valg|Et valg|Ett val|Election", "26"),
    _Known(
        "product",
        "Varer og tjenester|Varer og tjenester|Varor och tjänster|Goods and services",
        "Vare eller tjeneste|Vare eller tjeneste|Vara eller tjänst|Good or service",
        "27|Vare/tjeneste",
    ),
    _Known(
        "security",
        "Verdipapirer|Værdipapirer|Värdepapper|Securities",
        "Verdipapir|Værdipapir|Ett värdepapper|Security",
        "28",
    ),
    _Known(
        "legal-act",
        "Rettsstiftelser|Retsstiftelser|Rättshandlingar|Legal acts",
        "Rettsstiftelse|Retsstiftelse|Rättshandling|Legal act",
        "29",
    ),
    _Known(
        "area",
        "Geografiske områder|Geografiske områder|Geografiska områden|Geographic units",
        "Geografisk område|Geografisk område|Geografiskt område|Geographic unit",
        "GeographicUnit|Region|Regioner|Regions",
    ),
)

_OTHER_NAMES = (
    (
        PERSON,
        "20|Individual|Individuals|Individ|Individer|Person|PERSON|Personer|Persons|People|Respondent|Respondents",
    ),
    (ENTERPRISE, "12|Foretak|FORETAK|Enterprise|Enterprises|Företag|Company|Companies"),
    (UNIT, "Other"),
)


def unit_called(*names: str) -> ObjectType | None:
    """The object type of the first of these names that is a known unit type's; None where none is."""
    return next((found for name in names if (found := _BY_NAME.get(fold(name)))), None)


def unit_of(*names: str) -> ObjectType:
    """The object type that a source calls by these names: that of the first known one, else a new one by the first."""
    said = [word for word in map(plain_label, names) if word]
    return unit_called(*said) or (_new(said[0]) if said else UNIT)


def unit_named(unit: str, plural: str) -> ObjectType:
    """The object type of a unit type that vkd itself calls so, with its plural: a known one, else one made of these."""
    if known := unit_called(unit, plural):
        return known
    singular = unit if fold(unit) != fold(plural) else f"{unit} – 1"
    return _made(legal_code(unit), [plain_label(plural)] * len(LANGUAGES), [plain_label(singular)] * len(LANGUAGES))


def _new(name: str) -> ObjectType:
    """The object type of a unit that is known by its name alone: its plural is put in other words."""
    plurals = [f"{name} – {several}" for several in _SEVERAL]
    return _made(legal_code(name), plurals, [name] * len(LANGUAGES))


def _made(unit: str, plural: Sequence[str], singular: Sequence[str]) -> ObjectType:
    lower = [word[:1].lower() + word[1:] for word in plural]
    tables = [f"{aggregates} {word}" for aggregates, word in zip(_AGGREGATES, lower, strict=True)]
    table = [f"{aggregate} {word}" for aggregate, word in zip(_AGGREGATE, lower, strict=True)]
    code = f"U-{unit}"
    return ObjectType(
        unit,
        (
            Form(code, "individual", "plural", _four(plural)),
            Form(f"{code}.one", "individual", "singular", _four(singular)),
            Form(f"{code}-aggregate", "aggregate", "plural", _four(tables)),
            Form(f"{code}-aggregate.one", "aggregate", "singular", _four(table)),
        ),
    )


def _four(words: Sequence[str]) -> tuple[str, str, str, str]:
    nb, da, sv, en = words
    return nb, da, sv, en


def _by_name() -> dict[str, ObjectType]:
    found = {fold(name): kind for kind, names in _OTHER_NAMES for name in names.split("|")}
    for known in _KNOWN:
        kind = _made(known.unit, known.plural.split("|"), known.singular.split("|"))
        for name in (known.unit, *known.plural.split("|"), *known.singular.split("|"), *known.names.split("|")):
            found.setdefault(fold(name), kind)
    return found


_BY_NAME = _by_name()
