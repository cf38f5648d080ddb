"""The error texts of calls with wrong arguments, in the language of the call."""

from collections.abc import Sequence

from vkd_catalog.languages import is_language, say
from vkd_server.cli.locale import language_of_locale


def language_of(arguments: Sequence[str]) -> str:
    """The language of a call: the one it asks for, else that of the locale."""
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--language":
            asked = value if equals else next(iter(arguments[place + 1 : place + 2]), "")
            if is_language(asked):
                return asked
    return language_of_locale()


def said(text: str, language: str, near: str, command: str, **values: str) -> str:
    """The error text of a call, with what may have been meant; where nothing is near, it says how to get help."""
    hint = say("usage.meant", language, near=near) if near else say("usage.help", language, command=command)
    return f"{say(text, language, **values)}; {hint}"
