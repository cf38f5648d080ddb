"""Why two products can be linked, or cannot, or why it is not known: the rules R1 to R4 in words."""

from vkd_catalog.evaluation.found import Linkage

_REASONS: dict[str, dict[str, str]] = {
    "R1-same": {
        "nb": "samme enhetstype",
        "sv": "samma enhetstyp",
        "da": "samme enhedstype",
        "en": "same unit type",
    },
    "R1-differ": {
        "nb": "ulike enhetstyper",
        "sv": "olika enhetstyper",
        "da": "forskellige enhedstyper",
        "en": "different unit types",
    },
    "R1-not-stated": {
        "nb": "enhetstypen er ikke oppgitt",
        "sv": "enhetstypen är inte angiven",
        "da": "enhedstypen er ikke oplyst",
        "en": "the unit type is not stated",
    },
    "R2-shared": {
        "nb": "felles enhets-id",
        "sv": "gemensamt enhets-id",
        "da": "fælles enheds-id",
        "en": "a shared unit-id",
    },
    "R2-none-shared": {
        "nb": "ingen felles enhets-id",
        "sv": "inget gemensamt enhets-id",
        "da": "intet fælles enheds-id",
        "en": "no shared unit-id",
    },
    "R2-series-differ": {
        "nb": "enhets-id i ulike serier",
        "sv": "enhets-id i olika serier",
        "da": "enheds-id i forskellige serier",
        "en": "unit-ids of different series",
    },
    "R2-series-not-stated": {
        "nb": "serien er oppgitt bare for det ene",
        "sv": "serien är angiven bara för det ena",
        "da": "serien er kun oplyst for det ene",
        "en": "the series is stated for one only",
    },
    "R2-not-stated": {
        "nb": "enhets-id er ikke oppgitt",
        "sv": "enhets-id är inte angivet",
        "da": "enheds-id er ikke oplyst",
        "en": "the unit-id is not stated",
    },
    "R3-overlap": {
        "nb": "populasjonene kan overlappe",
        "sv": "populationerna kan överlappa",
        "da": "populationerne kan overlappe",
        "en": "the populations may overlap",
    },
    "R3-apart": {
        "nb": "populasjonene er atskilte klasser",
        "sv": "populationerna är åtskilda klasser",
        "da": "populationerne er adskilte klasser",
        "en": "the populations are disjoint classes",
    },
    "R3-not-stated": {
        "nb": "populasjonenes slag er ikke oppgitt",
        "sv": "populationernas slag är inte angivet",
        "da": "populationernes slags er ikke oplyst",
        "en": "the kind of the populations is not stated",
    },
    "R4-not-closed": {
        "nb": "ingen av dem er lukket",
        "sv": "ingen av dem är stängd",
        "da": "ingen af dem er lukket",
        "en": "neither is closed",
    },
    "R4-closed": {
        "nb": "minst ett er lukket",
        "sv": "minst ett är stängt",
        "da": "mindst ét er lukket",
        "en": "at least one is closed",
    },
    "R4-not-stated": {
        "nb": "vilkår er ikke oppgitt",
        "sv": "villkor är inte angivna",
        "da": "vilkår er ikke oplyst",
        "en": "the conditions are not stated",
    },
}


def linkage_reason(pair: Linkage, language: str) -> str:
    """The reasons of a linkage verdict in a language, one for each rule, in the order of the rules."""
    return "; ".join(f"{rule}: {reason}" for rule, reason in linkage_reasons(pair, language))


def linkage_reasons(pair: Linkage, language: str) -> list[tuple[str, str]]:
    """Each rule with its reason in a language."""
    return [(key.partition("-")[0], _REASONS[key][language]) for key in pair.reasons]
