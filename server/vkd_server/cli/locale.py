"""The language of the user's locale, for calls where no catalogue decides."""

import os

from vkd_catalog.languages import is_language


def language_of_locale() -> str:
    """The language that the user's locale names; English where vkd does not speak it."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    language = named.split("_")[0].split(".")[0].lower()
    return "nb" if language == "no" else language if is_language(language) else "en"
