"""The message to a user when the stored register was damaged or somebody else's, or could not be stored."""

from vkd_catalog.languages import say
from vkd_catalog.message.message import shown
from vkd_catalog.register import Trouble


def trouble_text(trouble: Trouble, language: str) -> str:
    """The trouble as one line for a person to read."""
    return say(f"register-trouble.{trouble.kind}", language, path=shown(trouble.path), why=shown(trouble.why))
