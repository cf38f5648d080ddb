"""What is said to a call that is not as the manual has it, in the language of the call."""

from collections.abc import Sequence

from vkd_catalog.languages import Texts
from vkd_server.cli.locale import LANGUAGES, language_of_locale

NO_COMMAND = Texts(
    "en kommando mangler; vkd --help viser dem",
    "ett kommando saknas; vkd --help visar dem",
    "en kommando mangler; vkd --help viser dem",
    "a command is missing; vkd --help lists them",
)
UNKNOWN_COMMAND = Texts(
    "{word} er ingen kommando",
    "{word} är inget kommando",
    "{word} er ingen kommando",
    "{word} is not a command",
)
UNKNOWN_OPTION = Texts(
    "det finnes ikke noe valg {word}",
    "det finns inget alternativ {word}",
    "der findes ikke noget tilvalg {word}",
    "there is no option {word}",
)
TOO_MANY = Texts(
    "{word} er ett argument for mye",
    "{word} är ett argument för mycket",
    "{word} er ét argument for meget",
    "{word} is one argument too many",
)
UNKNOWN_VALUE = Texts(
    "{word} er ingen verdi her; det er {names}",
    "{word} är inget värde här; det finns {names}",
    "{word} er ingen værdi her; der er {names}",
    "{word} is no value here; there are {names}",
)
MEANT = Texts("mente du {near}?", "menade du {near}?", "mente du {near}?", "did you mean {near}?")
HELP = Texts(
    "{command} --help viser hva som kan stå her",
    "{command} --help visar vad som kan stå här",
    "{command} --help viser, hvad der kan stå her",
    "{command} --help tells what may stand here",
)


def language_of(arguments: Sequence[str]) -> str:
    """The language of a call: the one it asks for, else that of the locale."""
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--language":
            asked = value if equals else next(iter(arguments[place + 1 : place + 2]), "")
            if asked in LANGUAGES:
                return asked
    return language_of_locale()


def said(text: Texts, language: str, near: str, command: str, **values: str) -> str:
    """What is wrong with a call, and what may have been meant; where nothing is near, how to find out."""
    hint = MEANT.in_language(language).format(near=near) if near else HELP.in_language(language).format(command=command)
    return f"{text.in_language(language).format(**values)}; {hint}"
