"""One text in the four languages that a catalogue may speak."""

from typing import NamedTuple

_LANGUAGES = ("nb", "sv", "da", "en")


_MARKS = {"nb": "«»", "sv": "””", "da": "»«", "en": "“”"}


class Texts(NamedTuple):
    """One text in Norwegian, Swedish, Danish and English; `{names}` in it are filled in by whoever says it."""

    nb: str
    sv: str
    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in a language; in Norwegian where it is none of the four."""
        return self[_LANGUAGES.index(language)] if language in _LANGUAGES else self.nb


def quoted(text: str, language: str) -> str:
    """A text between the quotation marks of a language; of Norwegian where it is none of the four."""
    marks = _MARKS.get(language, _MARKS["nb"])
    return f"{marks[0]}{text}{marks[1]}"


class Counted(NamedTuple):
    """What things are called by their number: one of them, and any other number; `{count}` is filled in."""

    one: Texts
    many: Texts

    def in_language(self, language: str, count: int) -> str:
        """So many of them, in a language."""
        return (self.one if count == 1 else self.many).in_language(language).format(count=count)
