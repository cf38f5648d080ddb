"""What is said about a `vkd.toml`, in the four languages a catalogue may speak."""

from vkd_catalog.languages import Texts

NOT_TOML = Texts(
    "Ikke gyldig TOML: {reason}", "Inte giltig TOML: {reason}", "Ikke gyldig TOML: {reason}", "Not valid TOML: {reason}"
)
UNKNOWN = Texts(
    "{key} er ingen innstilling her. Kjent er {known}.",
    "{key} är ingen inställning här. Kända är {known}.",
    "{key} er ingen indstilling her. Kendt er {known}.",
    "{key} is not a setting here. Known are {known}.",
)
EXPECTED = {
    "text": Texts(
        "{key} skal være en tekst i hermetegn.",
        "{key} ska vara en text inom citattecken.",
        "{key} skal være en tekst i anførselstegn.",
        "{key} must be a text in quotes.",
    ),
    "list": Texts(
        '{key} skal være en liste av tekster, ["…"].',
        '{key} ska vara en lista av texter, ["…"].',
        '{key} skal være en liste af tekster, ["…"].',
        '{key} must be a list of texts, ["…"].',
    ),
    "table": Texts(
        "{key} skal være en tabell, [{key}].",
        "{key} ska vara en tabell, [{key}].",
        "{key} skal være en tabel, [{key}].",
        "{key} must be a table, [{key}].",
    ),
}
NOT_AMONG = Texts(
    "{key} kan ikke være {value}. Kjent er {known}.",
    "{key} kan inte vara {value}. Kända är {known}.",
    "{key} kan ikke være {value}. Kendt er {known}.",
    "{key} cannot be {value}. Known are {known}.",
)
NO_FILE = Texts(
    "Filen {path} finnes ikke.",
    "Filen {path} finns inte.",
    "Filen {path} findes ikke.",
    "The file {path} does not exist.",
)
NO_FOLDER = Texts(
    "{path} finnes ikke i arbeidsområdet.",
    "{path} finns inte i arbetsområdet.",
    "{path} findes ikke i arbejdsområdet.",
    "{path} does not exist in the workspace.",
)
NO_RULE = Texts(
    "{code} er ingen melding.", "{code} är inget meddelande.", "{code} er ingen meddelelse.", "{code} is no diagnostic."
)
WRITE = Texts("Skriv {text}", "Skriv {text}", "Skriv {text}", "Write {text}")
VALUES = Texts("Verdier", "Värden", "Værdier", "Values")
DEFAULT = Texts("Uten den", "Utan den", "Uden den", "Without it")
STANDS_FOR = Texts("Står for", "Står för", "Står for", "Stands for")
