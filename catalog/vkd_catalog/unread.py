"""Why a file or folder could not be read, in words."""

from collections.abc import Mapping

from vkd_catalog.languages import Texts

WHY: Mapping[str, Texts] = {
    "missing": Texts("finnes ikke", "finns inte", "findes ikke", "no such file"),
    "dangling": Texts(
        "en lenke som ikke fører noe sted",
        "en länk som inte leder någonstans",
        "et link, der ikke fører nogen steder hen",
        "a link that leads nowhere",
    ),
    "circle": Texts(
        "en lenke som fører tilbake til seg selv",
        "en länk som leder tillbaka till sig själv",
        "et link, der fører tilbage til sig selv",
        "a link that leads back to itself",
    ),
    "denied": Texts("ingen lesetilgang", "läsrättighet saknas", "ingen læseadgang", "permission denied"),
    "not-regular": Texts("ingen vanlig fil", "ingen vanlig fil", "ikke en almindelig fil", "not a regular file"),
    "too-large": Texts(
        "for stor til å være tekst",
        "för stor för att vara text",
        "for stor til at være tekst",
        "too large to be text",
    ),
    "too-long": Texts("stien er for lang", "sökvägen är för lång", "stien er for lang", "the path is too long"),
    "failed": Texts(
        "kunne ikke leses fra disken",
        "kunde inte läsas från disken",
        "kunne ikke læses fra disken",
        "could not be read from the disk",
    ),
}
"""What is said after the path and a colon, by the reason (`files.Reason`)."""
