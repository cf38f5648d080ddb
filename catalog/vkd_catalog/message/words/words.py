"""One text in the four languages a message can be given in."""

from typing import NamedTuple


class Words(NamedTuple):
    """One text in Norwegian, Swedish, Danish and English."""

    nb: str
    sv: str
    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in a language; in Norwegian where it is none of the four."""
        return (
            self.sv if language == "sv" else self.da if language == "da" else self.en if language == "en" else self.nb
        )
